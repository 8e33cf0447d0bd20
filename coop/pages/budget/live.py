"""How far the assembly is with a budget: what was carried, has fallen or waits, which is next, and the totals so far.

A result that the chair has not told yet is not told here either: nothing that came of it is counted in.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from coop.ballots.models import Ballot
from coop.budget.balance import Applied
from coop.budget.models import Amendment, Year
from coop.decisions.budgets import motion_of
from coop.decisions.models import Decision
from coop.meetings.budgets import item_of, voted_on_the_line_of, why_it_fell
from coop.meetings.course import announced
from coop.meetings.models import AgendaItem, Meeting
from coop.proposals.models import BudgetMotion

from ..agenda.agenda import Line
from .told import Round, told_fall, whose, why_there
from .words import AMENDMENT_SHAPES, in_words, told

State = Amendment.State
VOTED = (State.CARRIED, State.NOT_CARRIED)


@dataclass(frozen=True)
class Vote:
    """One amendment that was put. `item`: its line on the agenda of the meeting that votes on it."""

    amendment: Amendment
    state: str
    word: str
    shape: str
    told: str
    moves: list[str]
    who: str
    item: AgendaItem | None
    decision: Decision | None  # of its own vote, or of the one that it shares
    round: Round

    @property
    def is_open(self) -> bool:
        return self.decision is not None and self.decision.ballot.state == Ballot.State.OPEN

    @property
    def may_be_wanted(self) -> bool:
        """Asked for whoever chairs alone: it is computed anew for each that fell."""
        return self.state == State.FALLEN and self.round.table.fall_if_wanted(self.amendment.pk) is None

    @property
    def waits(self) -> bool:
        return self.state == State.ADMITTED

    @property
    def in_bloc(self) -> bool:
        """It will be voted in one question with others."""
        return self.waits and self.decision is None and self.amendment.pk in self.round.table.bloc


class Standing:
    """Of a budget that is put, or was decided; read once, in a constant number of questions."""

    def __init__(self, year: Year) -> None:
        self.year = year
        year.untold_since = None  # what nobody was told is hidden below, vote by vote
        self.item = item_of(year)
        self.round = Round(year)
        motions = list(BudgetMotion.objects.filter(year=year))
        self.asked = {one.proposal_id: one.amendment_id for one in motions if one.amendment_id is not None}
        self.whole = next((one.proposal_id for one in motions if one.amendment_id is None), None)
        self.lines = _lines(self.item)
        found = Decision.objects.filter(proposal__in=[one.proposal_id for one in motions])
        found = found.exclude(outcome=Decision.Outcome.VOID).select_related("ballot", "body")
        self.decisions = {one.proposal_id: one for one in found.order_by("pk")}
        there = {
            key: self.round.amendments[one] for key, one in self.asked.items() if one in self.round.amendments
        }
        for key, led in voted_on_the_line_of(
            self.lines.values(), there, inside=self.round.table.put_together - self.round.table.wanted
        ).items():
            own = next(proposal for proposal, one in self.asked.items() if one == led.pk)
            if own in self.decisions:
                self.decisions[key] = self.decisions[own]
        self.untold = self._untold()
        table = self.round.table
        self.round.table = replace(
            table, states={key: self.state_of(key, state) for key, state in table.states.items()}
        )

    def _untold(self) -> dict[int, datetime.datetime]:
        """Decisions of a meeting that sits, counted and not announced: proposal -> when they were settled."""
        if self.item is None or self.item.meeting.state != Meeting.State.IN_SESSION:
            return {}
        heard = announced(self.item.meeting)
        return {
            proposal: one.decided_at
            for proposal, one in self.decisions.items()
            if one.decided_at is not None and one.pk not in heard and proposal in self.lines
        }

    def state_of(self, key: int, state: str) -> str:
        """As the hall knows it: what was settled with a result that nobody was told, or since, still waits."""
        ended = self.round.amendments[key].ended_at if key in self.round.amendments else None
        hidden = min(self.untold.values(), default=None)
        if state in (*VOTED, State.FALLEN) and hidden is not None and ended is not None and ended >= hidden:
            return State.ADMITTED
        return state

    @cached_property
    def result(self) -> Applied:
        return self.round.table.so_far()

    @cached_property
    def votes(self) -> list[Vote]:
        """Every amendment that was put: as it stands on the agenda, else as it will be voted."""
        by_key = {key: proposal for proposal, key in self.asked.items()}
        places = {place.key: place for place in self.round.table.order()}
        falls = {fall.key: fall for fall in self.round.table.falls()}
        order = list(places)

        def place(key: int) -> tuple[int, int, int]:
            line = self.lines.get(by_key[key])
            part = line.part if line else 0
            return part, order.index(key) if key in places else -1, self.round.amendments[key].number or 0

        found = []
        for key in sorted((key for key in by_key if key in self.round.amendments), key=place):
            asked, proposal = self.round.amendments[key], by_key[key]
            state = self.state_of(key, asked.state)
            words = why_it_fell(asked) if state == State.FALLEN else ""
            if state == State.ADMITTED and proposal not in self.untold:
                words = told_fall(falls[key], self.round) if key in falls else ""
                words = words or (why_there(places[key], self.round) if key in places else "")
            decision = self.decisions.get(proposal)
            word, shape = self._standing(asked, state, proposal, decision)
            moves = in_words((move.line, move.amount) for move in asked.moves.all())
            found.append(
                Vote(
                    asked,
                    state,
                    word,
                    shape,
                    words,
                    moves,
                    whose(asked),
                    self.lines.get(proposal),
                    decision,
                    self.round,
                )
            )
        return found

    def _standing(
        self, asked: Amendment, state: str, proposal: int, decision: Decision | None
    ) -> tuple[str, str]:
        if proposal in self.untold:
            return _("counted; the chair announces it"), "live"
        if state == State.ADMITTED and decision is not None and decision.ballot.opened_at is not None:
            opened = decision.ballot.state == Ballot.State.OPEN
            return (_("being voted"), "live") if opened else (_("being counted"), "live")
        if state == State.ADMITTED:
            return _("waits for its vote"), "waiting"
        return str(asked.get_state_display()), AMENDMENT_SHAPES[Amendment.State(state)]

    @property
    def next(self) -> Vote | None:
        """Whose turn it is; none when only the whole is left."""
        keys = [place.key for place in self.round.table.order()]
        left = [one for one in self.votes if one.waits and one.decision is None]
        return min(left, key=lambda one: keys.index(one.amendment.pk), default=None)

    @property
    def bloc(self) -> list[Vote]:
        """What is voted in one question when it is its turn."""
        return [one for one in self.votes if one.in_bloc]

    @property
    def undisputed(self) -> list[Vote]:
        """What could be voted in one question: nothing that waits clashes with it."""
        left = {one.amendment.pk: one for one in self.votes if one.waits and one.decision is None}
        left = {key: one for key, one in left.items() if one.amendment.amends_id is None}
        against = self.round.table.disputed(left)
        return [one for key, one in left.items() if key not in against]

    def those(self, *states: str) -> list[Vote]:
        return [one for one in self.votes if one.state in states]

    def figures(self) -> dict[str, Any]:
        """The totals in words, for the page and for the screen in the hall."""
        plan = self.round.table.plan
        after = {one.line.code: one.after for one in self.result.lines}
        reserve = after.get(plan.contingency or "")
        return {
            "income": told(self.result.income),
            "expense": told(self.result.expense),
            "reserve": told(reserve) if reserve is not None else "",
            "above": told(reserve - plan.floor) if reserve is not None else "",
            "floor": told(plan.floor),
            "even": self.result.income == self.result.expense,
            "below": reserve is not None and reserve < plan.floor,
        }

    @property
    def whole_untold(self) -> bool:
        return self.whole in self.untold


def _lines(item: AgendaItem | None) -> dict[int, AgendaItem]:
    """Proposal -> its line of the agenda."""
    if item is None:
        return {}
    there = AgendaItem.objects.filter(meeting=item.meeting_id, number=item.number)
    return {one.proposal_id: one for one in there if one.proposal_id is not None}


def on_screen(line: Line | None) -> dict[str, Any]:
    """For the screen in the hall, under an item of a budget; nothing for every other."""
    if line is None or line.item.proposal is None or line.item.proposal.kind != "budget":
        return {}
    motion = motion_of(line.item.proposal)
    if motion is None:
        return {}
    standing = Standing(motion.year)
    return {
        "budget": {
            **standing.figures(),
            "carried": standing.those(State.CARRIED),
            "fallen": standing.those(State.FALLEN, State.NOT_CARRIED, State.WITHDRAWN),
            "waits": [one for one in standing.votes if one.waits],
            "next": standing.next,
            "bloc": standing.bloc if standing.next in standing.bloc else [],
            "whole": motion.is_whole,
        }
    }


def with_reasons(lines: list[Line], called: Line) -> list[Line]:
    """The lines of an agenda; those of a budget that is called say why each is voted where it stands."""
    motion = motion_of(called.item.proposal) if called.item.proposal is not None else None
    if motion is None:
        return lines
    round_ = Round(motion.year)
    whys = {place.key: why_there(place, round_) for place in round_.table.order()}
    falls = {fall.key: told_fall(fall, round_) for fall in round_.table.falls()}
    return [
        replace(one, why=falls.get(one.budget.pk) or whys.get(one.budget.pk, ""))
        if one.budget is not None and one.open_to_vote
        else one
        for one in lines
    ]
