"""No sequence of acts gives two holders of a seat, a term without an end, a recalled person back, or power for nothing.

A machine does whatever people can do to offices, in any order and on any day: elections from the call to the
proclamation, recalls, resignations, moving up, counting back, naming for a time, deputies, entries from the book,
suspensions, moves, leaving and coming again, and the clock. What the rules refuse is no step. After each step the laws
are looked at in the rows, by other words than those of the house. At the end each protection is taken away, and the
machine must find it out.

REACH=400 tries so many sequences (`make reliability` 200); without it a few, so that the suite stays quick.
"""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from coop.asked_often import Often, given
from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, Register, RollEntry
from coop.elections import actions as elections
from coop.elections.models import Candidature, Election, Petition
from coop.meetings import due
from coop.members import actions as members
from coop.members.actions.offices import begin_mandate
from coop.members.models import (
    Body,
    Consent,
    Department,
    Deputy,
    Mandate,
    Member,
    Office,
    OfficePower,
    Power,
    Seat,
    Standing,
)
from coop.members.powers import powers_of
from coop.members.rules.deputies import may_stand_in
from coop.members.rules.entering import Newcomer
from coop.members.terms import months_later
from coop.refusals import Refused
from tests import make, make_paper, make_votes

pytestmark = pytest.mark.django_db

REACH = int(os.environ.get("REACH", "6"))
DAY = datetime.timedelta(days=1)
BEGIN = datetime.datetime(2026, 4, 6, 15, tzinfo=datetime.UTC)
TERM = 12  # months
BYLAWS = {
    "recall_protected_months": 0,
    "election_call_days": 15,
    "nomination_percent": 0,
    "seniority_delegates_months": 0,
    "seniority_administrative_months": 0,
    "recall_bar": "rest_of_term",
    "vacancy_filled_by": "count_back,by_election,named",
}
PACK = ("Pia", "Quin", "Rita", "Sol", "Tita")

people = some.sampled_from([name.lower() for name in PACK])
few = some.integers(min_value=0, max_value=5)


def world() -> make.Plant:
    """Five who pack elect two coordinators of packing with an alternate, and a deputy. Gus, Hal and Ida run it."""
    plant = make.plant(bylaws=BYLAWS)
    make_votes.commission(plant)
    packing = Department.objects.get(cooperative=plant.cooperative, code="PAC")
    for place, name in enumerate(PACK):
        plant.people[name.lower()] = make.member(plant.cooperative, 30 + place, name, packing)
    founding: dict[str, Any] = {"by": make.FOUNDING, "at": make.FOUNDED}
    body = members.create_body(
        cooperative=plant.cooperative,
        code="MGT",
        name="Coordinators",
        kind=Body.Kind.COORDINATORS,
        composition=Body.Composition.MANDATE,
        **founding,
    )
    seats = [(False, None, packing), (False, None, packing), (True, None, packing)]
    for title, places in (("coordinator", seats), ("deputy", seats[:1])):
        members.create_office(
            body=body, title=title, powers=[(Power.CONVENE, body)], seats=places, term_months=TERM, **founding
        )
    for seat, name in zip(
        Seat.objects.filter(office__title="coordinator").order_by("pk"), PACK, strict=False
    ):
        members.begin_mandate(
            seat=seat,
            member=plant.people[name.lower()],
            since=BEGIN - 60 * DAY,
            until=BEGIN + 300 * DAY,
            begun="elected",
            document="EL 0",
            **founding,
        )
    return plant


class Offices(RuleBasedStateMachine):
    plant: make.Plant  # set by `tried`
    done: Counter[str]  # how often each act was not refused

    def __init__(self) -> None:
        super().__init__()
        self.inside = transaction.atomic()
        self.inside.__enter__()
        self.at = BEGIN
        self.ends: dict[int, list[datetime.datetime]] = {}  # of each mandate, as it was written and changed
        self.seen = 0  # the newest mandate that was looked at
        self.recalled: dict[int, tuple[int, int, datetime.datetime, datetime.date, int]] = {}
        self.sent_away: list[str] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.inside.__exit__(None, None, None)

    def do(self, act: Callable[..., object], **facts: Any) -> Any:
        """What is refused leaves nothing behind."""
        try:
            with transaction.atomic():
                made = act(at=self.at, **facts)
        except Refused:
            return None
        self.done[act.__name__] += 1
        return made

    def who(self, name: str) -> Member:
        return self.plant.people[name]

    def pick(self, rows: Iterable[Any], number: int) -> Any:
        found = list(rows)
        return found[number % len(found)] if found else None

    def today(self) -> datetime.date:
        return self.plant.cooperative.day_of(self.at)

    # --- Time ---

    @rule(days=some.sampled_from([0.01, 1, 5, 16, 31, 100, 370]))
    def time_passes(self, days: float) -> None:
        self.at += days * DAY
        for find in due.DUE:
            if find.__name__ in CLOCK:
                for task in list(find(self.at)):
                    with transaction.atomic():
                        task.act()

    # --- Elections ---

    @precondition(lambda self: self.running() < 2)
    @rule(number=few, taken=some.integers(min_value=1, max_value=7), in_days=some.sampled_from([6, 16, 30]))
    def call(self, number: int, taken: int, in_days: int) -> None:
        """Some seats of one office, or all of them."""
        office = self.pick(Office.objects.filter(body__code="MGT").order_by("pk"), number)
        seats = [
            seat
            for place, seat in enumerate(Seat.objects.filter(office=office).order_by("pk"))
            if taken >> place & 1
        ]
        vote = self.today() + in_days * DAY
        self.do(
            elections.call_election,
            title="Coordinators",
            contests=[(seats, "plurality")],
            vote_on=vote,
            begins_on=vote + 3 * DAY,
            ends_on=vote + 100 * DAY if taken == 7 else None,
            by=self.plant.gus,
        )

    def running(self) -> int:
        return Election.objects.filter(state__in=RUNNING).count()

    @precondition(lambda self: self.running() > 0)
    @rule(names=some.lists(people, min_size=1, max_size=4, unique=True), number=few)
    def come_forward(self, names: list[str], number: int) -> None:
        election = self.pick(Election.objects.filter(state="candidatures").order_by("pk"), number)
        for name in names if election is not None else ():
            made = self.do(
                elections.nominate, contest=election.contests.get(), member=self.who(name), by=self.who(name)
            )
            if made is not None:
                self.do(elections.admit_candidature, candidature=made, by=self.plant.hal)

    @precondition(lambda self: self.running() > 0)
    @rule(number=few, votes=few, steps=some.sampled_from([1, 1, 3]))
    def election_goes_on(self, number: int, votes: int, steps: int) -> None:
        """The next step of one that is called, or all that are left, each on the first day on which it can be."""
        election = self.pick(Election.objects.filter(state__in=RUNNING).order_by("pk"), number)
        for _step in range(steps if election is not None else 0):
            election.refresh_from_db()
            if election.state in RUNNING:
                self.step_of(election, votes)

    def step_of(self, election: Election, votes: int) -> None:
        if election.state == "candidatures":
            self.until(election.candidates_until + DAY)
            for one in Candidature.objects.filter(contest__election=election, state="accepted"):
                self.do(elections.refuse_candidature, candidature=one, because="Late.", by=self.plant.hal)
            self.do(elections.post_candidates, election=election, by=self.plant.gus)
        elif election.state == "objections":
            self.until(max(election.objections_until, election.final_on - DAY) + DAY)
            if self.do(self._make_final, election=election) is None:
                self.do(elections.annul_election, election=election, because="Nobody.", by=self.plant.gus)
        else:
            self.until(election.vote_on)
            for one in election.votes.select_related("ballot"):
                self.do(self._vote, ballot=one.ballot, split=votes)
            if self.do(elections.proclaim, election=election, by=self.plant.gus) is None:
                self.do(elections.annul_election, election=election, because="A tie.", by=self.plant.gus)

    def until(self, day: datetime.date) -> None:
        self.at = max(self.at, datetime.datetime.combine(day, datetime.time(12), self.plant.cooperative.zone))

    # --- Recalls and resignations ---

    @precondition(lambda self: Petition.objects.filter(state__in=Petition.PENDING).count() < 2)
    @rule(number=few, name=people)
    def ask_for_a_recall(self, number: int, name: str) -> None:
        mandate = self.pick(self.held(), number)
        if mandate is not None:
            self.do(elections.file_petition, mandate=mandate, reasons="So.", by=self.who(name))

    @precondition(lambda self: Petition.objects.filter(state__in=RECALLING).exists())
    @rule(number=few, votes=few, steps=some.sampled_from([1, 2, 4]))
    def recall_goes_on(self, number: int, votes: int, steps: int) -> None:
        petition = self.pick(Petition.objects.filter(state__in=RECALLING).order_by("pk"), number)
        for _step in range(steps):
            petition = Petition.objects.select_related("ballot", "mandate").get(pk=petition.pk)
            if petition.state in RECALLING:
                self.step_of_recall(petition, votes)

    def step_of_recall(self, petition: Petition, votes: int) -> None:
        if petition.state == "collecting":
            for name in PACK:
                self.do(elections.sign, petition=petition, by=self.who(name.lower()))
            self.do(elections.hand_in, petition=petition, by=self.plant.gus)
        elif petition.state == "handed_in":
            self.do(elections.verify, petition=petition, by=self.plant.gus)
        elif petition.state == "admitted":
            self.do(self._call_vote, petition=petition)
        else:
            self.do(self._vote, ballot=petition.ballot, split=votes)

    @rule(number=few)
    def resign(self, number: int) -> None:
        mandate = self.pick(self.held(), number)
        if mandate is not None:
            self.do(elections.resign, mandate=mandate, by=mandate.member)

    # --- Empty seats, and who stands in ---

    @rule(number=few)
    def count_back(self, number: int) -> None:
        self.do(elections.count_back, seat=self.pick(self.seats(), number), by=self.plant.gus)

    @rule(number=few, name=people, days=some.sampled_from([10, 45, 200]))
    def name_for_a_time(self, number: int, name: str, days: int) -> None:
        made = self.do(
            elections.name_for_a_time,
            seat=self.pick(self.seats(), number),
            member=self.who(name),
            because="Nobody is left.",
            until=self.at + days * DAY,
            by=self.plant.dee,
        )
        if made is not None:
            self.do(members.confirm_mandate, mandate=made, by=self.plant.ana)

    def seats(self) -> list[Seat]:
        return list(Seat.objects.filter(office__body__code="MGT", alternate=False).order_by("pk"))

    @rule(number=few, other=few, begins=some.sampled_from([0, 2]), days=some.sampled_from([1, 6, 80]))
    def name_a_deputy(self, number: int, other: int, begins: int, days: int) -> None:
        """By who holds it, through the seat of somebody near; also by who stands in for somebody."""
        mandate = self.pick(self.held(), number)
        if mandate is None:
            return
        through = self.pick(may_stand_in(mandate, self.at).order_by("pk"), other)
        if through is not None:
            since = self.at + begins * DAY
            self.do(
                members.name_deputy,
                mandate=mandate,
                through=through,
                since=since,
                until=since + days * DAY,
                by=mandate.member,
            )

    @rule(number=few, holder=some.booleans())
    def end_a_deputy(self, number: int, holder: bool) -> None:
        found = Deputy.objects.filter(ended_at=None).select_related("mandate__member", "through__member")
        one = self.pick(found.order_by("pk"), number)
        if one is not None:
            self.do(members.end_deputy, deputy=one, by=(one.mandate if holder else one.through).member)

    def held(self) -> list[Mandate]:
        found = Mandate.objects.filter(seat__office__body__code="MGT", until__gt=self.at, since__lte=self.at)
        return list(found.select_related("member__cooperative").order_by("pk"))

    # --- What is entered by hand ---

    @rule(
        number=few,
        name=people,
        back=some.sampled_from([0, 3, 200]),
        months=some.sampled_from([None, 2, 12, 30]),
    )
    def carry_over(self, number: int, name: str, back: int, months: int | None) -> None:
        seat = self.pick(Seat.objects.filter(office__body__code="MGT").order_by("pk"), number)
        since = self.at - back * DAY
        made = self.do(
            members.carry_over_mandate,
            seat=seat,
            member=self.who(name),
            since=since,
            until=since + months * 30 * DAY if months else None,
            document="Book 1",
            by=self.plant.cy,
        )
        if made is not None:
            self.do(members.confirm_mandate, mandate=made, by=self.plant.ana)

    @rule(
        name=people,
        kind=some.sampled_from(["suspend", "leave", "move", "expel", "strike"]),
        wish=some.booleans(),
    )
    def keeper_writes(self, name: str, kind: str, wish: bool) -> None:
        """With the own wish of the person, or without."""
        who = self.who(name)
        in_office = [
            one
            for one in self.rows()
            if one.member_id == who.pk and end(one) > self.at and one.confirmed_at and not one.seat.alternate
        ]
        wished = wish and kind in ("leave", "move", "strike")
        if wished:
            to = {"leave": "leave", "move": "move", "strike": "mend"}[kind]
            self.do(members.give_consent, to=to, by=who)
        done = self.do(getattr(self, f"_{kind}"), member=who)
        if done is not None and in_office and not wished:
            self.sent_away.append(f"{kind} {name}")
        Consent.objects.filter(member=who, used_at=None).update(used_at=self.at)

    @rule(name=people)
    def come_again(self, name: str) -> None:
        who = self.who(name)
        packing = Department.objects.get(cooperative=self.plant.cooperative, code="PAC")
        terms = Newcomer(who.number, who.name, self.today(), department=packing, document="Minute 9")
        self.do(members.rejoin, member=who, terms=terms, by=self.plant.cy)
        self.do(members.come_back, member=who, since=self.today(), document="Minute 8", by=self.plant.cy)
        self.do(self._move_home, member=who)

    # --- The laws, read from the rows ---

    @invariant()
    def no_seat_has_two_holders(self) -> None:
        rows = self.rows()
        for one in rows:
            for other in rows:
                if one.seat_id == other.seat_id and one.pk < other.pk:
                    assert end(one) <= other.since or end(other) <= one.since, f"two on {one.seat}"

    @invariant()
    def no_mandate_is_longer_than_its_term(self) -> None:
        """From the book a month more; who moves up or is counted back has the rest of whose seat it is."""
        for one in self.rows():
            last = months_later(day_of(one.since), TERM + (one.begun != "elected"))
            assert day_of(end(one)) <= last, f"{one} {one.since} {one.until}"
            written = self.ends.setdefault(one.pk, [end(one)])
            assert end(one) <= written[-1], f"{one} was prolonged"
            written.append(end(one))
            if one.begun in ("moved_up", "counted_back"):
                before = Mandate.objects.filter(seat=one.seat, until=one.since)
                rest = [moment for other in before for moment in self.ends.get(other.pk, [])]
                assert written[0] in rest, f"{one} has not the rest of a term"

    @invariant()
    def nobody_recalled_is_back_before_the_bar_ends(self) -> None:
        """Other seats of the body held in that moment stay; what is entered after it, or begins after it, is back."""
        rows = self.rows()
        for one in rows:
            if one.ended in ("recalled", "resigned_recall") and one.pk not in self.recalled:
                bar = months_later(day_of(one.since), TERM)
                self.recalled[one.pk] = (one.member_id, one.seat.office.body_id, end(one), bar, self.seen)
        for member, body, moment, bar, newest in self.recalled.values():
            for one in rows:
                again = one.since >= moment or (one.pk > newest and end(one) > moment)
                if (one.member_id, one.seat.office.body_id) == (member, body) and again:
                    assert day_of(one.since) >= bar, f"{one} is back before {bar}"
        self.seen = max((row.pk for row in rows), default=self.seen)

    @invariant()
    def no_power_is_without_a_mandate(self) -> None:
        """Asked of everybody, and held against the rows one by one. While somebody stands in, to the minute, it is
        theirs and not the holder's; and it goes no further than to the seat they stand in through."""
        lent: dict[int, set[tuple[str, int | None]]] = {}
        carries: dict[int, set[tuple[str, int | None]]] = {}
        for power in OfficePower.objects.all():
            carries.setdefault(power.office_id, set()).add((power.power, power.body_id))
        rows = {one.pk: one for one in Mandate.objects.select_related("seat")}
        holds = {key for key, one in rows.items() if one.confirmed_at and one.since <= self.at < end(one)}
        away = {
            one.mandate_id: rows[one.through_id].member_id
            for one in Deputy.objects.all()
            if one.through_id in holds and one.since <= self.at < (one.ended_at or one.until)
        }
        for key in holds:
            one = rows[key]
            if not one.seat.alternate:
                whose = away.get(key, one.member_id)
                lent.setdefault(whose, set()).update(carries.get(one.seat.office_id, set()))
        for name, who in self.plant.people.items():
            assert powers_of(who, self.at).held == lent.get(who.pk, set()), f"powers of {name}"

    @invariant()
    def nobody_in_office_was_sent_away(self) -> None:
        assert self.sent_away == []

    # --- Acts of several steps ---

    def _make_final(self, *, election: Election, at: datetime.datetime) -> object:
        register = self._register(at)
        closes = datetime.datetime.combine(election.vote_on, datetime.time(20), self.plant.cooperative.zone)
        return elections.make_final(
            election=election,
            register=register,
            channels=["paper"],
            closes_at=closes,
            by=self.plant.gus,
            at=at,
        )

    def _register(self, at: datetime.datetime) -> Register:
        day = self.plant.cooperative.day_of(at)
        return ballots.draw_register(body=self.plant.assembly, closes_on=day, by=make.FOUNDING, at=at)

    def _call_vote(self, *, petition: Petition, at: datetime.datetime) -> Ballot:
        return elections.call_vote(
            petition=petition,
            register=self._register(at),
            channels=["paper"],
            closes_at=at + 3 * DAY,
            by=self.plant.gus,
            at=at,
        )

    def _vote(self, *, ballot: Ballot, split: int, at: datetime.datetime) -> Ballot:
        """Everybody of the roll votes in one box: so many for the second, the others for the first.

        Candidates by their number as members, not as they stand on the paper: that order is drawn by lot, and a
        sequence written down must end the same way every time.
        """
        plant = self.plant
        with patch.object(make, "now", lambda: at):
            ballot = ballots.start(ballot=ballot, by=plant.hal, at=at)
            make_paper.name_tellers(plant, ballot)
            (box,) = make_paper.open_boxes(plant, ballot, "Gate")
            roll = list(RollEntry.objects.filter(ballot=ballot).select_related("member"))
            for one in roll:
                ballots.give_paper(urn=box, member=one.member, by=plant.gus, at=at)
            make_paper.end(plant, ballot, box)
            options = list(ballot.questions.get().options.order_by("member__number", "number"))
            second = min(split, len(roll)) if len(options) > 1 else 0
            votes = {one.code: 0 for one in options} | {options[0].code: len(roll) - second}
            if second:
                votes[options[1].code] = second
            figures = {"1": {"papers": len(roll), "spoiled": 0, "votes": votes}}
            make_paper.agreed(plant, ballot, box, figures)
            elections.count_up(ballot=ballot, by=plant.gus, at=at)
        return ballot

    def _suspend(self, *, member: Member, at: datetime.datetime) -> object:
        return members.suspend(
            member=member, since=self.today(), expected_until=self.today() + 20 * DAY, reason="So.",
            document="Minute 3", by=self.plant.cy, at=at,
        )  # fmt: skip

    def _expel(self, *, member: Member, at: datetime.datetime) -> object:
        day = self.today()
        return members.expel(
            member=member, since=day, reason="So.", document="D GA 2020-9", by=self.plant.cy, at=at
        )

    def _leave(self, *, member: Member, at: datetime.datetime) -> object:
        return members.leave(member=member, since=self.today(), by=self.plant.cy, at=at)

    def _move(self, *, member: Member, at: datetime.datetime, to: str = "OVN") -> object:
        place = Department.objects.get(cooperative=self.plant.cooperative, code=to)
        return members.move(
            member=member, department=place, crew=None, since=self.today(), reason="", by=self.plant.cy, at=at
        )

    def _move_home(self, *, member: Member, at: datetime.datetime) -> object:
        return members.move(
            member=member,
            department=Department.objects.get(cooperative=self.plant.cooperative, code="PAC"),
            crew=None,
            since=self.today(),
            reason="",
            by=self.plant.cy,
            at=at,
        )

    def _strike(self, *, member: Member, at: datetime.datetime) -> object:
        """The last entry about their standing, if it can be."""
        entry = Standing.objects.filter(member=member, struck_at=None).order_by("-since", "-pk")[0]
        return members.strike(entry=entry, because="Wrong.", by=self.plant.cy, at=at)

    def laws(self) -> None:
        self.no_seat_has_two_holders()
        self.no_mandate_is_longer_than_its_term()
        self.nobody_recalled_is_back_before_the_bar_ends()
        self.no_power_is_without_a_mandate()
        self.nobody_in_office_was_sent_away()

    def rows(self) -> list[Mandate]:
        """Mandates of the coordinators that lasted or last."""
        found = Mandate.objects.filter(seat__office__body__code="MGT").select_related(
            "seat__office__body", "member"
        )
        return [one for one in found.order_by("pk") if one.until is None or one.until > one.since]


RUNNING = ("candidatures", "objections", "final")
RECALLING = ("collecting", "handed_in", "admitted", "voting")
FOREVER = datetime.datetime(9000, 1, 1, tzinfo=datetime.UTC)
CLOCK = (
    "suspensions_to_become_final",
    "seats_to_empty",
    "seats_of_the_moved",
    "petitions_out_of_time",
    "resignations_that_waited",
)


def end(mandate: Mandate) -> datetime.datetime:
    return mandate.until or FOREVER


def day_of(moment: datetime.datetime) -> datetime.date:
    return Offices.plant.cooperative.day_of(moment)


@pytest.fixture(autouse=True)
def made() -> None:
    Offices.plant, Offices.done = world(), Counter()


def tried(examples: int, *, steps: int = 30) -> None:
    run_state_machine_as_test(
        Offices,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
            report_multiple_bugs=False,
            database=None,
        ),
    )


def test_no_sequence_of_acts_breaks_a_law() -> None:
    tried(REACH)


# --- Each protection taken away -------------------------------------------------------------------------------------


def told(*steps: Callable[[Offices], object]) -> None:
    """A sequence written down, with the laws looked at after each step, as the machine does."""
    machine = Offices()
    try:
        machine.laws()
        for step in steps:
            step(machine)
            machine.laws()
    finally:
        machine.teardown()


def recall_of_the_first(machine: Offices) -> None:
    """Pia's: asked for, signed, verified and carried by all but one."""
    machine.ask_for_a_recall(0, "tita")
    machine.recall_goes_on(0, 1, 4)
    assert Petition.objects.get().state == "passed"


def elect(*names: str, taken: int = 1) -> Callable[[Offices], None]:
    def held(machine: Offices) -> None:
        machine.call(0, taken, 16)
        machine.come_forward(list(names), 0)
        machine.election_goes_on(0, 0, 3)

    return held


def from_the_book(name: str, number: int = 3, months: int | None = 2) -> Callable[[Offices], None]:
    return lambda machine: machine.carry_over(number, name, 3, months)


def writes(kind: str, name: str = "pia", wish: bool = False) -> Callable[[Offices], None]:
    return lambda machine: machine.keeper_writes(name, kind, wish)


def later(days: float) -> Callable[[Offices], None]:
    return lambda machine: machine.time_passes(days)


def resigns(number: int) -> Callable[[Offices], None]:
    return lambda machine: machine.resign(number)


def elected_alone(machine: Offices) -> None:
    """Rita is elected to the office that has one seat, before Sol."""
    machine.call(1, 1, 16)
    machine.come_forward(["rita", "sol"], 0)
    machine.election_goes_on(0, 2, 3)
    machine.time_passes(5)


# What is taken away, by what, and the sequence in which it is missed. The last word is what the machine says to it.
WITHOUT: dict[str, tuple[dict[str, Any], Sequence[Callable[[Offices], object]], str]] = {
    "the end of a term": (
        {"coop.members.rules.mandates.obstacles_in_term": lambda *_args, **_more: []},
        [from_the_book("sol", months=30)],
        r"Sol · deputy 1",
    ),
    "the rest of somebody else's term": (
        {
            "coop.members.actions.moving_up.begin_mandate": lambda **more: begin_mandate(
                **(more | {"until": BEGIN + 9 * DAY})
            )
        },
        [resigns(0)],
        "not the rest of a term",
    ),
    "the bar, in the book": (
        {"coop.members.rules.mandates.obstacles_in_person": lambda *_args: []},
        [recall_of_the_first, from_the_book("pia")],
        "Pia · deputy 1 is back before",
    ),
    "the bar, for what was to begin": (
        {"coop.elections.actions.votes.bar_what_is_to_begin": lambda **_more: []},
        [elect("pia", "sol", taken=1), recall_of_the_first],
        "Pia · coordinator 1 is back before",
    ),
    "the rest of a term, counted back": (
        {"coop.elections.actions.empty_seats.term_ends": lambda _seat: BEGIN + 90 * DAY},
        [elected_alone, resigns(-1), lambda machine: machine.count_back(2)],
        "not the rest of a term",
    ),
    "the bar, for a time": (
        {
            "coop.elections.rules.empty_seats.against_holding": lambda *_args: [],
            "coop.members.rules.mandates.obstacles_in_person": lambda *_args: [],
        },
        [
            from_the_book("sol"),
            recall_of_the_first,
            resigns(-1),
            lambda machine: machine.name_for_a_time(0, "pia", 10),
        ],
        "Pia · coordinator 1 is back before",
    ),
    "that powers rest while somebody stands in": (
        {"coop.members.powers.HELD": Often(lambda: lent_twice())},
        [lambda machine: machine.name_a_deputy(0, 0, 0, 6), later(1)],
        "powers of pia",
    ),
    "the end of a deputy's days": (
        {"coop.members.powers.HELD": Often(lambda: lent_beyond())},
        [lambda machine: machine.name_a_deputy(0, 0, 0, 1), later(5)],
        "powers of (pia|quin|rita)",
    ),
    "the end of a power": (
        {"coop.members.powers.HELD": Often(lambda: lent_for_ever())},
        [resigns(0)],
        "powers of pia",
    ),
    **{
        f"protection, {kind}": (
            {f"coop.members.actions.{module}.obstacles_in_protection": lambda *_args, **_more: []},
            [writes(kind)],
            f"{kind} pia",
        )
        for kind, module in (
            ("leave", "lives"),
            ("move", "lives"),
            ("suspend", "discipline"),
            ("expel", "discipline"),
        )
    },
}


def lent_twice() -> Any:
    """The question after powers, without whether somebody stands in for the holder."""
    stands_in = Deputy.objects.filter(Deputy.in_force(given("at")), through__member_id=given("member"))
    return OfficePower.objects.filter(
        office__in=Mandate.objects.filter(
            Q(member_id=given("member")) | Q(pk__in=stands_in.values("mandate")),
            Mandate.in_force(given("at")),
            seat__alternate=False,
        ).values("seat__office")
    ).values_list("power", "body_id")


def lent_beyond() -> Any:
    """The same, without the end of the days for which somebody stands in."""
    stands_in = Deputy.objects.filter(since__lte=given("at"))
    return OfficePower.objects.filter(
        office__in=Mandate.objects.filter(
            Q(member_id=given("member")) & ~Q(pk__in=stands_in.values("mandate"))
            | Q(pk__in=stands_in.filter(through__member_id=given("member")).values("mandate")),
            Mandate.in_force(given("at")),
            seat__alternate=False,
        ).values("seat__office")
    ).values_list("power", "body_id")


def lent_for_ever() -> Any:
    """The question after powers, without whether the mandate is in force."""
    return OfficePower.objects.filter(
        office__seats__mandates__member_id=given("member"),
        office__seats__mandates__since__lte=given("at"),
        office__seats__alternate=False,
    ).values_list("power", "body_id")


@pytest.mark.parametrize("what", WITHOUT)
def test_the_machine_finds_what_is_taken_away(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    changes, steps, says = WITHOUT[what]
    told(*steps)  # as the house is, the same sequence breaks nothing
    for place, instead in changes.items():
        monkeypatch.setattr(place, instead)
    with pytest.raises(AssertionError, match=says):
        told(*steps)


def test_without_the_rule_postgresql_keeps_a_seat_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two holders are the one thing that no code brings about; and the machine would see them."""
    monkeypatch.setattr("coop.members.actions.offices.obstacles_to_mandate", lambda *_args, **_more: [])
    with pytest.raises(IntegrityError, match="one_holder_per_seat"):
        told(from_the_book("sol", number=0))
    rows = Offices.rows
    monkeypatch.setattr(Offices, "rows", lambda machine: [*rows(machine), doubled(rows(machine)[0])])
    with pytest.raises(AssertionError, match="two on coordinator 1"):
        told()


def doubled(mandate: Mandate) -> Mandate:
    other = Mandate.objects.select_related("seat__office__body", "member").get(pk=mandate.pk)
    other.pk = mandate.pk + 1000
    return other


def test_the_sequences_get_as_far_as_they_should() -> None:
    """One that goes through everything: elected, recalled, moved up, left, come again, kept out and let in again."""
    told(
        elect("rita", "sol", taken=1),
        later(5),
        recall_of_the_first,
        from_the_book("quin"),
        writes("leave", "sol", wish=True),
        lambda machine: machine.come_again("sol"),
        writes("move", "tita"),
        later(31),
        elect("pia", "tita", taken=2),
        later(370),
        later(370),
        elect("pia", "quin", taken=1),
        later(16),
    )
    assert Offices.done["proclaim"] == 3
