"""Two challenges decided at once, a choice at the last minute against the clock, a seat counted back twice."""

from __future__ import annotations

import pytest

from coop.elections import actions as elections
from coop.elections.actions import empty_seats
from coop.elections.choices import choices_waiting
from coop.elections.models import Challenge, Election
from coop.members.models import Body, Mandate, Seat
from tests import make, make_offices, make_proclaimed
from tests.races.race import loses, one_after_the_other, race, refusals

pytestmark = pytest.mark.usefixtures("committed_db")
BYLAWS = {"vacancy_filled_by": "count_back,by_election,named"}


def test_of_two_challenges_upheld_at_once_each_is_decided_and_the_mandates_end_once() -> None:
    plant = make_offices.plant()
    election = make_proclaimed.proclaimed(plant, {"sol": 3, "tita": 2})
    both = [
        elections.challenge(election=election, text="Open.", by=plant.people[who], at=make.now())
        for who in ("uma", "rita")
    ]

    def uphold(challenge: Challenge, who: str) -> Challenge:
        return elections.decide_challenge(
            challenge=challenge, upheld=True, reasons="Seen.", by=plant.people[who], at=make.now()
        )

    acts = [lambda one=one, who=who: uphold(one, who) for one in both for who in ("gus", "hal")]  # type: ignore[misc]
    assert refusals(race(acts)) == ["challenge-decided"] * 2
    assert Election.objects.get(pk=election.pk).state == Election.State.ANNULLED
    assert Mandate.objects.filter(ended="annulled").count() == 2
    assert {one.state for one in Challenge.objects.all()} == {"upheld"}


def empty_seat() -> tuple[make.Plant, Seat]:
    """Sol was elected and is gone, so is the alternate; the papers name the third."""
    plant = make_offices.plant(bylaws=BYLAWS)
    make_proclaimed.proclaimed(plant, {"sol": 4, "tita": 1, "uma": 1})
    at = make.now() + make.days(10)
    seat = make_proclaimed.seat_of(plant)
    for then in (at, at + make.days(1)):
        held = Mandate.objects.select_related("member").get(Mandate.in_force(then), seat=seat)
        elections.resign(mandate=held, by=held.member, at=then)
    return plant, seat


def test_a_seat_is_counted_back_once() -> None:
    plant, seat = empty_seat()
    at = make.now() + make.days(12)
    acts = [lambda: elections.count_back(seat=seat, by=plant.gus, at=at)] * 4
    assert refusals(race(acts)) == ["seat-taken"] * 3
    (made,) = Mandate.objects.filter(begun="counted_back")
    assert made.member.name in ("Tita", "Uma")


def test_a_control_that_does_not_hold_the_body_meets_the_constraint(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the lock both find the seat empty: it is PostgreSQL that refuses the second holder, in its own words."""
    plant, seat = empty_seat()
    at = make.now() + make.days(12)
    unlocked = Seat.objects.select_related("office__body__cooperative__chain", "crew", "department")
    monkeypatch.setattr(empty_seats, "_locked", lambda seat: unlocked.get(pk=seat.pk))

    def lost() -> bool:
        count = lambda: elections.count_back(seat=seat, by=plant.gus, at=at)  # noqa: E731
        found = one_after_the_other(count, count)
        return any("one_holder_per_seat" in str(one) for one in found if isinstance(one, Exception))

    assert loses(lost)


def test_a_choice_at_the_last_minute_and_the_clock_do_not_both_win() -> None:
    """Sol chooses the new post by the hour of the last day, while the clock of the next day makes it void."""
    plant = make_offices.plant()
    office = make_proclaimed.board(plant, kind=Body.Kind.OVERSIGHT, seats=1)
    make_offices.hold(office.seats.get(), plant.people["sol"])
    make_proclaimed.proclaimed(plant, {"sol": 3, "tita": 2})
    last = make.now() + make.days(5)
    (choice,) = choices_waiting(plant.cooperative, last)
    found = race(
        [
            lambda: elections.choose_post(
                keep=choice.second, give_up=choice.first, by=plant.people["sol"], at=last
            ),
            lambda: elections.let_choice_pass(
                first=choice.first, second=choice.second, at=last + make.days(1)
            ),
        ]
    )
    lost = refusals(found)
    ends = sorted(Mandate.objects.filter(ended="other_post").values_list("pk", flat=True))
    assert ends == ([choice.second.pk] if lost == ["nothing-to-choose"] else [choice.first.pk])
    assert lost in ([], ["nothing-to-choose"])
