"""What is said of an amendment beside its words: the council's decision, what it is contrary to, when it is voted."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coop.decisions.actions import back as name_decision
from coop.decisions.models import Decision
from coop.meetings import actions as meetings
from coop.members.models import Power
from coop.members.powers import obstacles_without
from coop.proposals import actions
from coop.proposals.amended_text import AmendedText
from coop.proposals.models import Amendment
from coop.proposals.rules import obstacles_to_leading
from coop.refusals import Reason, Refused, refuse_if

from .. import access
from ..access import acting, enter
from ..fields import LAST, Choice, typed_in

MOST_DECISIONS = 50  # of a council since the text was published


class OneDecision(Choice):
    """A decision says why by itself."""

    because = None  # type: ignore[assignment]


# --- The council's decision -----------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def back(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found, me = access.amendment(here, key), acting(here)
    if found.on_behalf_of is None:
        raise Http404
    refuse_if(obstacles_without(Power.CONVENE, by=me, at=here.at, body=found.on_behalf_of))
    decisions = _decisions(found)
    choices = [(str(one.pk), str(one)) for one in decisions]
    form = OneDecision(typed_in(request), label=_("The council's decision"), choices=choices)
    told = {
        "headline": _("Name the decision by which the council moves it"),
        "lede": _("Only decisions that the council has carried since the text was published stand here."),
        "go": _("This is the decision"),
        "none": _("The council has carried nothing since the text was published."),
    }
    if request.method == "GET":
        waits = found.state == Amendment.State.SUBMITTED
        reasons = [] if waits else [Reason("amendment-seeks-no-council", {"state": found.state})]
        return _page(request, found, form, told, obstacles=reasons)
    if not form.is_valid():
        return _page(request, found, form, told, status=422)
    chosen = next(one for one in decisions if str(one.pk) == form.cleaned_data["chosen"])
    try:
        name_decision(amendment=found, decision=chosen, by=me, at=here.at)
    except Refused as refusal:
        return _page(request, found, form, told, refused=refusal.reasons, status=409)
    messages.success(request, _("The decision is named."))
    return redirect("amendment", coop, key)


def _decisions(found: Amendment) -> list[Decision]:
    """What the council has carried since the text was published, the latest first."""
    carried = Decision.objects.select_related("body").filter(
        body=found.on_behalf_of,
        outcome=Decision.Outcome.CARRIED,
        decided_at__gte=found.proposal.published_at or found.submitted_at,
    )
    return list(carried.order_by("-decided_at", "-pk")[:MOST_DECISIONS])


# --- Contrary to another --------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def contrary(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found, me = access.amendment(here, key), acting(here)
    if found.author_id != me.pk:
        refuse_if(obstacles_to_leading(found.proposal, by=me, at=here.at))
    text = AmendedText.of(found.proposal)
    others = [one for one in text.amendments.values() if _may_pull_against(found, one)]
    choices = [(str(one.pk), f"{one.short}, {one.author.name}") for one in others]
    form = Choice(typed_in(request), label=_("Contrary to"), choices=choices)
    told = {
        "headline": _("Which amendment is it contrary to?"),
        "lede": _(
            "Both could stand in one text, and should not. When one is carried the other falls,"
            " unless the meeting wants to vote on it all the same."
        ),
        "go": _("They are contrary"),
        "none": _("There is no other amendment that could be."),
    }
    if request.method == "GET":
        reasons = [] if found.is_alive else [Reason("amendment-ended", {"state": found.state})]
        return _page(request, found, form, told, obstacles=reasons)
    if not form.is_valid():
        return _page(request, found, form, told, status=422)
    other = text.amendments[int(form.cleaned_data["chosen"])]
    try:
        actions.declare_contrary(
            one=found, two=other, because=form.cleaned_data["because"], by=me, at=here.at
        )
    except Refused as refusal:
        return _page(request, found, form, told, refused=refusal.reasons, status=409)
    messages.success(request, _("It stands beside both of them now."))
    return redirect("amendment", coop, key)


def _may_pull_against(found: Amendment, other: Amendment) -> bool:
    same_text = other.amends_id == found.amends_id and other.kind != Amendment.Kind.BLOCK
    return same_text and other.is_alive and other.pk != found.pk


# --- When it is voted -----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found, me = access.amendment(here, key), acting(here)
    refuse_if(obstacles_to_leading(found.proposal, by=me, at=here.at))
    order = {str(one.pk): one for one, _place in AmendedText.of(found.proposal).order if one.pk != found.pk}
    choices = [
        *((pk, _("before %(label)s") % {"label": one.short}) for pk, one in order.items()),
        (LAST, _("at the end")),
    ]
    form = Choice(typed_in(request), label=_("Where it shall be voted"), choices=choices)
    told = {
        "headline": _("Put it elsewhere in the order of voting"),
        "lede": _("The order is computed; whoever leads may change it with a reason, which is read out."),
        "go": _("Put it there"),
        "none": "",
    }
    if request.method == "GET":
        reasons = [] if found.state == Amendment.State.ADMITTED else [Reason("not-in-the-order")]
        return _page(request, found, form, told, obstacles=reasons)
    if not form.is_valid():
        return _page(request, found, form, told, status=422)
    before = order.get(form.cleaned_data["chosen"])
    try:
        meetings.move_amendment(
            amendment=found, before=before, because=form.cleaned_data["because"], by=me, at=here.at
        )
    except Refused as refusal:
        return _page(request, found, form, told, refused=refusal.reasons, status=409)
    messages.success(request, _("It has its new place, with the reason beside it."))
    return redirect("proposal-order", coop, found.proposal_id)


def _page(
    request: HttpRequest,
    found: Amendment,
    form: Choice,
    told: dict[str, str],
    *,
    obstacles: list[Reason] | None = None,
    refused: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    nothing = len(form.fields["chosen"].choices) < 2  # type: ignore[attr-defined]
    context = {
        "amendment": found,
        "form": form,
        "obstacles": obstacles,
        "refused": refused,
        "nothing": nothing,
    }
    return render(request, "proposals/amendments/choice.html", context | told, status=status)
