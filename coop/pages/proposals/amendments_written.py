"""Writing an amendment: choose a clause, change its words in the box, look at the change, move it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from coop.members.models import Body
from coop.proposals import actions
from coop.proposals.amended_text import AmendedText
from coop.proposals.amending import Amending, Change, Insert, Whole, marked
from coop.proposals.models import Amendment, Proposal
from coop.proposals.rules import obstacles_to_amending, obstacles_to_writing_an_amendment
from coop.proposals.wording import tidy_changes
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter, page_of
from ..belonging import councils_of
from .amendment_marks import Shown, shown, words_in_and_out
from .amendment_sheets import AmendmentSheet, Slot, slots_in
from .amendments_told import changes_told, in_clause, in_words_of

CLAUSES_ON_A_PAGE = 20
BOXES_AT_ONCE = 5  # an amendment that brings no more wordings than this is opened with all of them

KINDS = ("words", "insert", "delete")


@dataclass(frozen=True)
class Desk:
    """What an amendment is written against: a proposal's clauses, or the words of another amendment."""

    proposal: Proposal
    clauses: Sequence[str]
    amends: Amendment | None = None
    councils: Sequence[Body] = ()

    @property
    def label(self) -> str:
        return self.amends.short if self.amends else ""

    def sheet(self, slots: Sequence[Slot], *data: Any, **more: Any) -> AmendmentSheet:
        return AmendmentSheet(
            *data, slots=slots, clauses=self.clauses, councils=self.councils, amends=self.label, **more
        )


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    proposal = access.proposal(here, key)
    clauses = [clause.text for clause in proposal.clauses.all()]
    return write(request, here, Desk(proposal, clauses, councils=councils_of(here)))


@require_http_methods(["GET", "POST"])
def amend_again(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """An amendment of the words of an amendment."""
    here = enter(request, coop)
    parent = access.amendment(here, key)
    texts = AmendedText.of(parent.proposal).wordings_of(parent)
    return write(request, here, Desk(parent.proposal, texts, parent, councils_of(here)))


def write(request: HttpRequest, here: Here, desk: Desk) -> HttpResponse:
    if request.method == "GET":
        return _begin(request, here, desk)
    slots = slots_in(request.POST)
    if request.POST.get("drop"):
        slots = [slot for slot in slots if slot.name != request.POST["drop"]]
        typed = desk.sheet(slots, request.POST).typed
        return page(request, desk, desk.sheet(slots, initial=typed))
    if request.POST.get("do") == "add":
        return one_more(request, desk, slots)
    form = desk.sheet(slots, request.POST)
    if not form.is_valid():
        return page(request, desk, form, status=422)
    body = next((one for one in desk.councils if one.code == form.cleaned_data.get("on_behalf_of")), None)
    facts: dict[str, Any] = {"amends": desk.amends, "on_behalf_of": body, "by": acting(here), "at": here.at}
    changes = tidy_changes(form.changes())
    if request.POST.get("do") != "move":
        reasons = obstacles_to_amending(desk.proposal, changes, day=here.day, bylaws=here.bylaws, **facts)
        if reasons:
            return page(request, desk, form, refused=reasons, status=409)
        return page(request, desk, form, preview=preview_of(desk, changes))
    try:
        made = actions.submit(
            proposal=desk.proposal, changes=changes, reasons=form.cleaned_data["reasons"], **facts
        )
    except Refused as refusal:
        return page(request, desk, form, refused=refusal.reasons, status=409)
    messages.success(request, _moved(made))
    return redirect("amendment", here.cooperative.slug, made.pk)


def _moved(made: Amendment) -> str:
    facts = {"label": made.label}
    if made.is_late:
        return (
            _("It is moved as %(label)s, after the last day: the meeting decides whether it takes it up.")
            % facts
        )
    if made.on_behalf_of_id is not None:
        return _("It is moved as %(label)s. Name the council's decision, and it will be voted.") % facts
    missing = max(0, made.support_needed - 1)
    words = ngettext(
        "It is moved as %(label)s and carries your signature; %(count)s more is needed.",
        "It is moved as %(label)s and carries your signature; %(count)s more are needed.",
        missing,
    )
    return words % (facts | {"count": missing})


# --- Choosing, and one more -----------------------------------------------------------------------------------------


def _begin(request: HttpRequest, here: Here, desk: Desk) -> HttpResponse:
    """The clauses to choose from; with one chosen in the address its box. A clause that is not there is not there."""
    obstacles = obstacles_to_writing_an_amendment(
        desk.proposal, by=acting(here), day=here.day, bylaws=here.bylaws
    )
    if desk.amends and not desk.amends.is_alive:
        obstacles.append(Reason("amendment-ended", {"state": desk.amends.state}))
    elif desk.amends and not desk.clauses:
        obstacles.append(Reason("nothing-to-amend"))
    asked = [f"{kind}-{number}" for kind in KINDS for number in request.GET.getlist(kind)]
    slots = slots_in([*asked, *(["whole"] if "whole" in request.GET and not desk.amends else [])])
    if len(slots) < len(asked) or any(slot_obstacle(desk, slot) for slot in slots):
        raise Http404
    if not slots and desk.amends and len(desk.clauses) <= BOXES_AT_ONCE:
        slots = [Slot(number, "words") for number in range(1, len(desk.clauses) + 1)]
    if slots and not obstacles:
        return page(request, desk, desk.sheet(slots))
    found = page_of(request, desk.clauses, CLAUSES_ON_A_PAGE)
    first = (found.number - 1) * CLAUSES_ON_A_PAGE
    context = {
        "proposal": desk.proposal,
        "amends": desk.amends,
        "clauses": [{"number": number, "text": text} for number, text in enumerate(found, first + 1)],
        "page": found,
        "obstacles": obstacles,
    }
    return render(request, "proposals/amendments/choose.html", context)


def slot_obstacle(desk: Desk, slot: Slot) -> Reason | None:
    """Why a box cannot be opened there."""
    first = 0 if slot.kind in ("insert", "whole") else 1
    if desk.amends and slot.kind != "words":
        return Reason("outside-the-amendment", {"label": desk.label})
    if not first <= slot.clause <= len(desk.clauses):
        return Reason("no-such-clause", {"number": slot.clause, "last": len(desk.clauses)})
    return None


def one_more(request: HttpRequest, desk: Desk, slots: list[Slot], **context: Any) -> HttpResponse:
    """The form with a further box, and everything that was typed."""
    typed = desk.sheet(slots, request.POST).typed
    kind, number = request.POST.get("add_kind", ""), request.POST.get("add_clause", "").strip()
    asked = slots_in([f"{kind}-{number}"]) if kind in KINDS and number.isdecimal() else []
    refused = [] if asked else [Reason("no-such-clause", {"number": number[:9], "last": len(desk.clauses)})]
    for slot in asked:
        there = [one for one in slots if one.clause == slot.clause]
        if obstacle := slot_obstacle(desk, slot):
            refused.append(obstacle)
        elif kind == "insert":
            copies = max([one.copy for one in there if one.kind == kind], default=0) + 1
            if copies <= 9:
                slots = sorted([*slots, Slot(slot.clause, kind, copies)], key=_in_the_text)
        elif any(one.kind in ("words", "delete") for one in there):
            refused.append(Reason("clause-changed-twice", {"number": slot.clause}))
        else:
            slots = sorted([*slots, slot], key=_in_the_text)
    if refused:
        context |= {"add_kind": kind, "add_clause": number[:9]}
    form = desk.sheet(slots, initial=typed)
    return page(request, desk, form, refused=refused, status=422 if refused else 200, **context)


def _in_the_text(slot: Slot) -> tuple[int, bool, int]:
    return slot.clause, slot.kind == "insert", slot.copy


# --- The page -------------------------------------------------------------------------------------------------------


def preview_of(desk: Desk, changes: Sequence[Change]) -> dict[str, Any]:
    """The change as it will be read: marks, and the same in words."""
    where = in_words_of(desk.label) if desk.amends else in_clause
    found: list[Shown] = []
    for change in changes:
        if isinstance(change, Whole):
            found += [shown(clause) for clause in marked(desk.clauses, [Amending(0, (change,))])]
        else:
            old = desk.clauses[change.clause - 1] if change.clause else ""
            number = None if isinstance(change, Insert) else change.clause
            found.append(Shown(number, words_in_and_out(old, change)))
    return {"clauses": found, "told": changes_told(desk.clauses, Amending(0, tuple(changes)), where)}


def page(
    request: HttpRequest, desk: Desk, form: AmendmentSheet, *, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {"proposal": desk.proposal, "amends": desk.amends, "form": form, "last": len(desk.clauses)}
    return render(request, "proposals/amendments/write.html", context, status=status)
