"""Two posts of one's own that exclude each other: one is kept."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.elections import actions
from coop.elections.choices import choices_waiting
from coop.refusals import Reason, Refused

from ..access import acting, enter
from ..sheets import Sheet


class ChooseForm(Sheet):
    keep = forms.ChoiceField(label=gettext_lazy("Which one you keep"), widget=forms.RadioSelect)


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, coop: str) -> HttpResponse:
    """The first pair that waits; where there are several, one after the other."""
    here = enter(request, coop)
    waiting = choices_waiting(here.cooperative, here.at, member=acting(here))
    choice = waiting[0] if waiting else None
    form = ChooseForm(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = [] if choice or request.method == "GET" else [Reason("nothing-to-choose")]
    if choice is not None:
        pair = {str(one.pk): one for one in (choice.first, choice.second)}
        form.fields["keep"].choices = [  # type: ignore[attr-defined]
            (key, f"{capfirst(one.seat.office.title)}, {one.seat.office.body.name}")
            for key, one in pair.items()
        ]
        if form.is_valid():
            keep = pair.pop(form.cleaned_data["keep"])
            (give_up,) = pair.values()
            try:
                actions.choose_post(keep=keep, give_up=give_up, by=acting(here), at=here.at)
            except Refused as refusal:
                reasons = refusal.reasons
            else:
                told = {"kept": keep.seat.office.title, "given": give_up.seat.office.title}
                messages.success(request, _("You keep: %(kept)s. Given up: %(given)s.") % told)
                return redirect("my-offices", coop)
    status = 409 if reasons else 422 if choice is not None and form.errors else 200
    context = {"choice": choice, "form": form, "reasons": reasons}
    return render(request, "elections/vacancies/choose.html", context, status=status)
