"""The agenda as pages show it: hour by the clock, where each item stands, and what was decided in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coop.asked_often import Often, Said
from coop.ballots.acta.sentences import say_result
from coop.ballots.models import Ballot, Tally
from coop.ballots.models.ballots import Channel
from coop.budget.models import Amendment as BudgetAmendment
from coop.charter.models import Cooperative
from coop.decisions.models import Decision
from coop.meetings.budgets import ASKED, IN_BLOCS, asked_in, in_blocs, voted_on_the_line_of, why_it_fell
from coop.meetings.item_record import why_fallen
from coop.meetings.models import AgendaItem, Meeting
from coop.meetings.resting import has_voted
from coop.proposals.models import Amendment, Proposal

from .. import kept
from ..outcomes.decided import outcome_of
from .course import CALLS, Times, times_of
from .read import ITEMS, LINES, QUESTIONS, asking_in, items_of

MEETING_SHAPES = {
    "draft": "draft",
    "convened": "waiting",
    "in_session": "live",
    "closed": "done",
    "cancelled": "stopped",
}
WITH_A_VOTE = (
    BudgetAmendment.State.CARRIED,
    BudgetAmendment.State.NOT_CARRIED,
    BudgetAmendment.State.FALLEN,
)
AMENDMENT_SHAPES: dict[str, str] = {Amendment.State.CARRIED: "yes", Amendment.State.NOT_CARRIED: "no"}


@dataclass(frozen=True)
class Line:
    """One item of an agenda."""

    item: AgendaItem
    begins: datetime.datetime | None
    word: str
    shape: str
    tally: Tally | None = None
    asking: int = 0  # how many of those present ask that it be voted in secret
    also: tuple[
        datetime.datetime, ...
    ] = ()  # when it begins in the later sittings, until the first is opened
    times: Times | None = None  # once it was called
    told: bool = True  # while the meeting sits a result is for the hall only once the chair has announced it
    amendments: int = 0  # that are asked for in its proposal and can still come into it
    block: int | None = None  # number of the block in which an amendment is voted
    why: str = ""  # an amendment stands where it stands in the order of voting; told at the desk
    budget: BudgetAmendment | None = None  # what of a budget is asked for under it

    @property
    def order(self) -> tuple[int, int]:
        """Where it stands among the others: 4, 4.1, 4.2, 5."""
        return self.item.number, self.item.part

    @property
    def lapsed(self) -> bool:
        """An amendment on which no vote of its own is held any more: it fell, was given up, or goes with others."""
        if self.budget is not None:
            return self.budget.state != BudgetAmendment.State.ADMITTED or self.block is not None
        amendment = self.item.amendment
        return amendment is not None and (
            amendment.state != Amendment.State.ADMITTED or self.block is not None
        )

    @property
    def mover(self) -> str:
        """Whose text or amendment it is."""
        if self.budget is not None and self.budget.on_behalf_of is not None:
            return self.budget.on_behalf_of.name
        amendment = self.item.amendment
        if amendment is not None:
            return (amendment.on_behalf_of or amendment.author).name
        return self.item.proposal.author.name if self.item.proposal else ""

    @property
    def fell(self) -> str:
        """Why an amendment fell, in a sentence; empty for everything else."""
        if self.budget is not None:
            return why_it_fell(self.budget)
        return why_fallen(self.item.amendment) if self.item.amendment else ""

    @property
    def ballot(self) -> Ballot | None:
        return self.item.decision.ballot if self.item.decision else None

    @property
    def live(self) -> bool:
        """Being voted, or closed and still to be counted."""
        return self.item.decision is not None and self.item.decision.outcome == Decision.Outcome.PENDING

    @property
    def open(self) -> bool:
        return self.ballot is not None and self.ballot.state == Ballot.State.OPEN

    @property
    def under_way(self) -> bool:
        """The chair has called it, and no other since."""
        return self.times is not None and self.times.ended_at is None

    @property
    def rests(self) -> bool:
        """Open, and every sitting that is held now has voted."""
        return rests(self.item)

    @property
    def by_hands(self) -> bool:
        return self.ballot is not None and Channel.HANDS in self.ballot.channels

    @property
    def on_paper(self) -> bool:
        return self.ballot is not None and Channel.PAPER in self.ballot.channels

    @property
    def decided(self) -> bool:
        return self.tally is not None and not self.live

    @property
    def open_to_vote(self) -> bool:
        """There is something to decide on it, and it has not been decided."""
        undecided = self.item.decision is None or self.item.decision.outcome == Decision.Outcome.VOID
        return self.item.proposal is not None and undecided and not self.lapsed

    @property
    def sentence(self) -> str:
        return say_result(self.tally) if self.tally and not self.live else ""


def lines(meeting: Meeting, asking: Mapping[int, int] | None = None) -> list[Line]:
    """The whole agenda in a constant number of queries. `asking`: `asking_in(meeting)`, where it is known."""
    items = items_of(meeting)
    sits = meeting.state == Meeting.State.IN_SESSION
    hours = sorted(sitting.starts_at for sitting in meeting.sittings.all())
    first, later = (hours[0], hours[1:]) if hours else (None, [])
    if meeting.state not in (Meeting.State.DRAFT, Meeting.State.CONVENED):
        later = []
    gone = datetime.timedelta()
    times = times_of(meeting, _planned(items))
    told = _announced(items) if sits else None
    if asking is None:
        asking = asking_in(meeting) if sits else {}
    of_budget = _of_budget(meeting, items, told)
    of_bloc = voted_on_the_line_of(items, of_budget, inside=in_blocs(meeting)) if of_budget else {}
    found = []
    for item in items:
        budget, block = of_budget.get(item.proposal_id or 0), getattr(item, "block", None)
        word, shape = _standing(item, getattr(item, "signed", False), block)
        led = of_bloc.get(item.proposal_id or 0)
        if budget is not None and not _settled(item):
            word, shape = _standing_in_budget(budget, led) or (word, shape)
        begins = first + gone if first else None
        also = tuple(hour + gone for hour in later)
        heard = told is None or not _settled(item) or item.decision_id in told
        found.append(
            Line(
                item,
                begins,
                word,
                shape,
                _tally(item),
                asking.get(item.pk, 0),
                also,
                times.get(item.pk),
                heard,
                amendments=getattr(item, "asked_for", None) or 0,
                block=led.number if led else block,
                budget=budget,
            )
        )
        gone += datetime.timedelta(minutes=item.planned_minutes)
    return found


def _of_budget(
    meeting: Meeting, items: Iterable[AgendaItem], told: Mapping[int, datetime.datetime] | None
) -> dict[int, BudgetAmendment]:
    """Proposal -> what of a budget it asks for; no query where none is on the agenda. What fell with a result that
    the hall was not told yet still waits here."""
    if not any(item.part and item.proposal and item.proposal.kind == Proposal.Kind.BUDGET for item in items):
        return {}
    found = asked_in(meeting)
    settled = [item.decision for item in items if _settled(item) and item.decision is not None]
    untold = [one.decided_at for one in settled if told is not None and one.pk not in told and one.decided_at]
    for one in found.values():
        ended = one.state in WITH_A_VOTE and one.ended_at is not None
        if ended and untold and one.ended_at >= min(untold):  # type: ignore[operator]
            one.state = BudgetAmendment.State.ADMITTED
    return found


def drawn(
    house: Cooperative, meeting: Meeting, said: tuple[Said, ...], asking: Mapping[int, int]
) -> SafeString:
    """The agenda for whoever may do nothing to it: most of those who read it. `said`: everything that the database
    says of the meeting, its sittings and its agenda."""

    def read() -> dict[str, Any]:
        return {"lines": lines(meeting, asking), "states": True, "here": {"cooperative": house}}

    return kept.drawn("meetings/agenda.html", house, (said, *asking.items()), read)


def said_of(meeting: Meeting, *, voted: bool, counted: bool, of_budget: bool) -> tuple[Said, ...]:
    """Everything that the database says of an agenda, whoever reads it. `voted`, `counted`: a vote was opened, one was
    counted. `of_budget`: amendments of a budget stand on it."""
    questions: list[Often[Any]] = [ITEMS, CALLS]
    questions += [QUESTIONS] if voted else []
    questions += [LINES] if counted else []
    questions += [ASKED, IN_BLOCS] if of_budget else []
    return tuple(one.answer(meeting=meeting.pk).said for one in questions)


def without_parts(found: Iterable[Line]) -> list[Line]:
    """The items alone, as the notice has them."""
    return [line for line in found if not line.item.part]


def next_to_call(found: list[Line], under_way: Line | None) -> Line | None:
    """What the chair calls next: after an item its amendments in their order, then the item again for its last vote."""
    if under_way is None:
        return next((line for line in found if not line.item.part and line.times is None), None)
    here = [line for line in found if line.item.number == under_way.item.number]
    if any(line.item.part for line in here):
        others = [line for line in here if line is not under_way and line.open_to_vote]
        ahead = [line for line in others if line.item.part]
        return next(iter(ahead or others), None) or _next_item(found, under_way)
    return _next_item(found, under_way)


def _next_item(found: list[Line], under_way: Line) -> Line | None:
    later = (line for line in found if line.order > under_way.order and not line.item.part)
    return next((line for line in later if line.times is None), None)


def _planned(items: Iterable[AgendaItem]) -> dict[int, datetime.timedelta]:
    """Item -> how long after the beginning it should be called."""
    found, so_far = {}, datetime.timedelta(0)
    for item in items:
        found[item.pk] = so_far
        so_far += datetime.timedelta(minutes=item.planned_minutes)
    return found


def rests(item: AgendaItem) -> bool:
    """No query but for votes that rest, and none where the sittings of the meeting are prefetched."""
    ballot = item.decision.ballot if item.decision else None
    if ballot is None or ballot.state != Ballot.State.OPEN or not ballot.parts_over:
        return False
    sittings = list(item.meeting.sittings.all())
    return not any(one.is_open and not has_voted(ballot, one, sittings) for one in sittings)


def _announced(items: Iterable[AgendaItem]) -> dict[int, datetime.datetime]:
    """Decision -> when the hall was told."""
    told = {item.decision_id: getattr(item, "announced_at", None) for item in items}
    return {decision: at for decision, at in told.items() if decision is not None and at is not None}


def ends_at(agenda: list[Line]) -> datetime.datetime | None:
    """When the last item should be done, as planned."""
    if not agenda or agenda[-1].begins is None:
        return None
    return agenda[-1].begins + datetime.timedelta(minutes=agenda[-1].item.planned_minutes)


def _standing_in_budget(asked: BudgetAmendment, led: BudgetAmendment | None) -> tuple[str, str] | None:
    """Of an amendment of a budget that has no vote of its own; None while it waits for one."""
    if asked.state == BudgetAmendment.State.ADMITTED and led is None:
        return None
    return _standing_of(asked, led.number if led else None)


def _standing_of(amendment: Amendment | BudgetAmendment, block: int | None) -> tuple[str, str] | None:
    """Of an amendment that has no vote of its own; None while it waits for one."""
    if amendment.state == Amendment.State.ADMITTED:
        return (
            (_("voted together with others, as A%(number)s") % {"number": block}, "draft") if block else None
        )
    word = str(amendment.get_state_display())
    if block and amendment.state in AMENDMENT_SHAPES:
        word = _("%(outcome)s, together with others as A%(number)s") % {"outcome": word, "number": block}
    return word, AMENDMENT_SHAPES.get(amendment.state, "stopped")


def _settled(item: AgendaItem) -> bool:
    """Counted, and not annulled."""
    not_yet = (Decision.Outcome.PENDING, Decision.Outcome.VOID)
    return item.decision is not None and item.decision.outcome not in not_yet


def _tally(item: AgendaItem) -> Tally | None:
    if item.decision is None or item.decision.ballot.state != Ballot.State.COUNTED:
        return None
    return next((question.tally for question in item.decision.ballot.questions.all()), None)


def _standing(item: AgendaItem, signed: bool, block: int | None) -> tuple[str, str]:
    """Where an item stands: a word and a shape."""
    if item.amendment is not None and item.decision is None:
        found = _standing_of(item.amendment, block)
        if found is not None:
            return found
    over = item.meeting.state == Meeting.State.CLOSED
    if item.kind == AgendaItem.Kind.SIGNERS:
        return (_("named"), "done") if signed else (_("to be named"), "waiting")
    if item.kind == AgendaItem.Kind.PROBLEMS:
        return _("problem by problem"), "done" if over else "waiting"
    if item.kind == AgendaItem.Kind.REPORT:
        return (_("report, no vote"), "done" if over else "waiting")
    if item.decision is not None:
        if (
            item.decision.outcome == Decision.Outcome.PENDING
            and item.decision.ballot.state != Ballot.State.OPEN
        ):
            return _("being counted"), "live"
        if rests(item):
            return _("rests until the next sitting"), "waiting"
        return outcome_of(item.decision, item.proposal)
    return (_("not put to the vote"), "stopped") if over else (_("waits for its vote"), "waiting")
