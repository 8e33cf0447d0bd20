"""Giving one's office up: what follows from it is said before, not after."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.elections import actions
from coop.elections.models import Petition
from coop.elections.rules.vacancies import obstacles_to_letting_go, obstacles_to_resigning
from coop.members.alternates import next_alternate
from coop.members.models import Mandate
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..reasons import say
from ..sheets import Sheet, WordsField
from ..timetable import say_day


class ResignForm(Sheet):
    because = WordsField(
        label=gettext_lazy("Why"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Nobody has to say why. What you write is read by whoever runs elections and by the audit."
        ),
    )


@require_http_methods(["GET", "POST"])
def resign(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    mandate = access.mandate(here, key)
    if mandate.member_id != acting(here).pk:
        raise Http404
    form = ResignForm(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            made = actions.resign(
                mandate=mandate, because=form.cleaned_data["because"], by=acting(here), at=here.at
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            said = (
                _("You have resigned; the office is no longer yours.")
                if made.counts_from is not None
                else _(
                    "You have resigned. It counts as soon as the body can meet without you; until then you stay."
                )
            )
            messages.success(request, said)
            return redirect("my-offices", coop)
    against = obstacles_to_resigning(mandate, by=acting(here), at=here.at)
    context = {
        "mandate": mandate,
        "form": form,
        "reasons": reasons,
        "against": [] if reasons else against,
        "follows": _what_follows(here, mandate),
    }
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "recalls/resign.html", context, status=status)


def _what_follows(here: Here, mandate: Mandate) -> list[str]:
    """As it stands now: the seat, the petition if there is one, and the bar."""
    said = [say(reason) for reason in obstacles_to_letting_go(mandate, here.at, here.bylaws)]
    if not said:
        said.append(_("It counts in the moment you press the button. It cannot be taken back."))
        said.append(_after(here, mandate))
    petition = Petition.objects.filter(mandate=mandate, state__in=Petition.PENDING).first()
    if petition is not None:
        said.append(_("%(label)s is without object then, and no vote follows.") % {"label": petition.label})
        if here.bylaws.recall_bar_on_resignation and here.bylaws.recall_bar != "none":
            said.append(_("The bar after a recall holds for you as well: that is what the bylaws say."))
    return said


def _after(here: Here, mandate: Mandate) -> str:
    if mandate.seat.alternate:
        return _("You are an alternate: nobody loses a power by it.")
    waiting = next_alternate(mandate.seat, here.at)
    if waiting is None:
        return _("There is no alternate: the seat is empty until somebody is elected.")
    told: dict[str, Any] = {"name": waiting.member.name}
    if mandate.until is None:
        return _("%(name)s, alternate, holds the office in the same moment.") % told
    told["day"] = say_day(here.cooperative.day_of(mandate.until))
    return _("%(name)s, alternate, holds the office in the same moment, until %(day)s.") % told
