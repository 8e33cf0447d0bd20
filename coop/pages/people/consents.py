"""What somebody in office asks the register office for: without it nobody moves them or writes them out."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.elections.constituencies import constituency_of
from coop.members import actions
from coop.members.models import Consent, Member
from coop.members.rules.protection import HOLDS_FOR, offices_protected
from coop.refusals import Reason, Refused

from ..access import Here, acting, enter
from ..sheets import Sheet


class ConsentSheet(Sheet):
    to = forms.ChoiceField(
        label=gettext_lazy("What I ask for"),
        choices=Consent.To.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you ask for.")},
    )


@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest, coop: str) -> HttpResponse:
    """One's own alone: nobody gives it for another, and no office reads more than that it was given."""
    here = enter(request, coop)
    me = acting(here)
    form = ConsentSheet(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            actions.give_consent(to=form.cleaned_data["to"], by=me, at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Asked. Whoever keeps the register can write it now, once."))
            return redirect("consent", coop)
    offices = offices_protected(me, here.at)
    context = {
        "form": form,
        "reasons": reasons,
        "offices": offices,
        "of_their_place": [one for one in offices if any(constituency_of(one.seat).place.values())],
        "given": [
            (one, one.given_at + HOLDS_FOR) for one in Consent.objects.filter(member=me).order_by("-pk")[:5]
        ],
        "days": HOLDS_FOR.days,
    }
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "people/consents/consent.html", context, status=status)


def note_about(here: Here, person: Member) -> str:
    """What whoever keeps the register is told beside the sheets about somebody in office; nothing about others."""
    held = offices_protected(person, here.at)
    if not held:
        return ""
    told = {"name": person.name, "office": held[0].seat.office.title}
    words = _(
        "%(name)s holds an office (%(office)s). Nobody suspends or excludes them without a decision of the assembly. "
        "They are moved, struck or written as gone at their own wish, which they say on their page “My offices”."
    )
    return words % told
