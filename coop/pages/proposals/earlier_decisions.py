"""Which earlier decisions a proposal takes the place of, or repeals: named before its vote, struck again."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coop.charter.models import Cooperative
from coop.decisions import actions
from coop.decisions.afterwards import NAMED, named, obstacles_to_saying_what_ends
from coop.decisions.models import Ending
from coop.decisions.register import by_label
from coop.members.models import Power
from coop.proposals.models import Proposal
from coop.refusals import Reason, Refused, refuse_if

from .. import access
from ..access import Here, acting, enter
from ..sheets import Sheet, WordsField

_QUOTED = re.compile(
    r"(?:D )?(?P<code>\S{1,12}) (?P<year>[0-9]{4})-(?P<number>[0-9]{1,5})", re.IGNORECASE | re.ASCII
)


def _how() -> list[tuple[str, str]]:
    return [(how.value, capfirst(str(how.label))) for how in Ending.How]


class Earlier(Sheet):
    label = WordsField(
        label=gettext_lazy("Number of the earlier decision"),
        max_length=40,
        widget=forms.TextInput(attrs={"placeholder": "D GA 2026-7", "autocomplete": "off"}),
        help_text=gettext_lazy("As the register of decisions quotes it, such as D GA 2026-7."),
        error_messages={"required": gettext_lazy("Write the number of the decision.")},
    )
    how = forms.ChoiceField(
        label=gettext_lazy("What this proposal does with it"),
        choices=_how,
        widget=forms.RadioSelect,
        initial=Ending.How.SUPERSEDES,
    )

    def __init__(self, *args: Any, cooperative: Cooperative, **more: Any) -> None:
        super().__init__(*args, **more)
        self.cooperative = cooperative

    def clean_label(self) -> Any:
        quoted = _QUOTED.fullmatch(" ".join(self.cleaned_data["label"].replace("\u2011", "-").split()))
        found = (
            by_label(self.cooperative, quoted["code"], int(quoted["year"]), int(quoted["number"]))
            if quoted
            else None
        )
        if found is None:
            raise forms.ValidationError(
                _("There is no decision with this number. Look it up in the register.")
            )
        return found


def beside(here: Here, found: Proposal) -> dict[str, Any]:
    """For the page of a proposal: what it ends, and whether whoever looks may say so now."""
    me = acting(here)
    asks = found.state == Proposal.State.DRAFT or here.may(Power.CONVENE)
    return {
        "earlier": NAMED.all(proposal=found.pk),
        "names_earlier": asks and not obstacles_to_saying_what_ends(found, by=me, at=here.at),
        "strikes_earlier": asks
        and not obstacles_to_saying_what_ends(found, by=me, at=here.at, striking=True),
    }


@require_http_methods(["GET", "POST"])
def name(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found, me = access.proposal(here, key), acting(here)
    refuse_if(obstacles_to_saying_what_ends(found, by=me, at=here.at))
    form = Earlier(request.POST if request.method == "POST" else None, cooperative=here.cooperative)
    if request.method == "GET":
        return _page(request, found, form)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    earlier, how = form.cleaned_data["label"], form.cleaned_data["how"]
    try:
        actions.name_earlier(proposal=found, earlier=earlier, how=how, by=me, at=here.at)
    except Refused as refusal:
        return _page(request, found, form, refused=refusal.reasons, status=409)
    messages.success(request, _("It stands under the text that is voted."))
    return redirect("proposal", coop, key)


@require_POST
def strike(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    ending = access.ending(here, key)
    actions.strike_earlier(ending=ending, by=acting(here), at=here.at)
    messages.success(request, _("The proposal leaves that decision alone."))
    return redirect("proposal", coop, ending.proposal_id)


def _page(
    request: HttpRequest,
    found: Proposal,
    form: Earlier,
    *,
    refused: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"proposal": found, "form": form, "refused": refused, "earlier": list(named(found))}
    return render(request, "decisions/after_the_decision/earlier.html", context, status=status)
