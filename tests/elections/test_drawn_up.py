"""An election is drawn up, its days are put right, and it is called; what the bylaws do not allow is refused."""

from __future__ import annotations

import datetime

import pytest

from coop.elections import actions as elections
from coop.elections.models import Candidature, Election
from coop.journal.models import Entry
from coop.refusals import Refused
from tests import make, make_offices

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
State = Election.State


@pytest.fixture
def plant() -> make.Plant:
    return make_offices.plant()


def drawn_up(plant: make.Plant, *, at: datetime.datetime, vote_in: int = 46) -> Election:
    vote = plant.cooperative.day_of(at) + vote_in * DAY
    return elections.call_election(
        title="Coordinator of packing",
        contests=[(list(make_offices.office(plant).seats.all()), "plurality")],
        vote_on=vote,
        begins_on=vote + 6 * DAY,
        drawn_up=True,
        by=plant.gus,
        at=at,
    )


def verbs(plant: make.Plant) -> list[str]:
    found = Entry.objects.filter(chain=plant.cooperative.chain).order_by("sequence")
    return [verb for verb in found.values_list("verb", flat=True) if verb.startswith("election-")]


def test_every_other_day_follows_from_the_day_of_the_vote(plant: make.Plant) -> None:
    """Exact days, of a year that has room for them."""
    at = datetime.datetime(2026, 2, 7, 12, tzinfo=plant.cooperative.zone)
    election = drawn_up(plant, at=at)
    assert (election.state, election.vote_on.isoformat()) == (State.DRAWN_UP, "2026-03-25")
    election = elections.put_days_right(
        election=election,
        vote_on=datetime.date(2026, 3, 26),
        begins_on=datetime.date(2026, 4, 1),
        ends_on=datetime.date(2027, 3, 31),
        by=plant.hal,
        at=at + 2 * DAY,
    )
    days = (election.candidates_until, election.published_on, election.objections_until, election.final_on)
    assert [day.isoformat() for day in days] == ["2026-03-04", "2026-03-06", "2026-03-10", "2026-03-11"]
    rest = (election.vote_on, election.proclaimed_until, election.begins_on, election.ends_on)
    assert [str(day) for day in rest] == ["2026-03-26", "2026-03-28", "2026-04-01", "2027-03-31"]
    assert (election.state, election.called_by) == (State.DRAWN_UP, plant.gus)
    assert verbs(plant) == ["election-drawn-up", "election-days-put-right"]


def test_nobody_comes_forward_before_it_is_called(plant: make.Plant) -> None:
    at = make.now() - 10 * DAY
    election = drawn_up(plant, at=at)
    sol = plant.people["sol"]
    contest = election.contests.get()
    with pytest.raises(Refused, match="candidatures-closed"):
        elections.nominate(contest=contest, member=sol, by=sol, at=at)
    with pytest.raises(Refused, match=r"election-not-there \(election=drawn_up\)"):
        elections.post_candidates(election=election, by=plant.hal, at=at)
    election = elections.call_drawn_up(election=election, by=plant.hal, at=at + DAY)
    assert (election.state, election.called_at, election.called_by) == (
        State.CANDIDATURES,
        at + DAY,
        plant.hal,
    )
    contest.refresh_from_db()
    stands = elections.nominate(contest=contest, member=sol, by=sol, at=at + DAY)
    assert stands.state == Candidature.State.ACCEPTED
    assert verbs(plant) == ["election-drawn-up", "election-called"]


def test_the_days_are_counted_from_the_call_not_from_the_drawing_up(plant: make.Plant) -> None:
    at = make.now()
    election = drawn_up(plant, at=at, vote_in=60)
    before = election.candidates_until
    election = elections.call_drawn_up(election=election, by=plant.hal, at=at + 10 * DAY)
    day = plant.cooperative.day_of(at)
    assert (before - day, election.candidates_until - day) == (30 * DAY, 35 * DAY)


def test_once_called_its_days_stay(plant: make.Plant) -> None:
    at = make.now()
    election = elections.call_drawn_up(election=drawn_up(plant, at=at), by=plant.hal, at=at)
    for act in (
        lambda: elections.put_days_right(
            election=election, vote_on=election.vote_on, begins_on=election.begins_on, by=plant.hal, at=at
        ),
        lambda: elections.call_drawn_up(election=election, by=plant.hal, at=at),
    ):
        with pytest.raises(Refused, match="election-called-already"):
            act()


@pytest.mark.parametrize(
    ("vote_in", "begins_in", "ends_in", "why"),
    [
        (44, 60, None, r"election-called-late \(days=45\)"),
        (5, 60, None, "election-too-short"),
        (46, 45, None, "begins-before-the-vote"),
        (46, 60, 60, "ends-before-it-begins"),
        (500, 510, None, r"election-too-far \(days=400\)"),
        (46, 60, 60 + 4000, "term-too-long"),
    ],
)
def test_what_the_bylaws_do_not_allow(
    plant: make.Plant, vote_in: int, begins_in: int, ends_in: int | None, why: str
) -> None:
    """And nothing of it is kept."""
    at = datetime.datetime(2026, 2, 7, 12, tzinfo=plant.cooperative.zone)
    day = plant.cooperative.day_of(at)
    election = drawn_up(plant, at=at)
    with pytest.raises(Refused, match=why):
        elections.put_days_right(
            election=election,
            vote_on=day + vote_in * DAY,
            begins_on=day + begins_in * DAY,
            ends_on=None if ends_in is None else day + ends_in * DAY,
            by=plant.hal,
            at=at,
        )
    kept = Election.objects.get(pk=election.pk)
    assert (kept.vote_on, kept.begins_on, kept.ends_on) == (day + 46 * DAY, day + 52 * DAY, None)


def test_another_year_is_another_number(plant: make.Plant) -> None:
    at = datetime.datetime(2026, 10, 1, 12, tzinfo=plant.cooperative.zone)
    election = drawn_up(plant, at=at)
    vote = datetime.date(2027, 1, 11)
    with pytest.raises(Refused, match=rf"vote-in-another-year \(label={election.label}, year=2026\)"):
        elections.put_days_right(election=election, vote_on=vote, begins_on=vote + DAY, by=plant.hal, at=at)


def test_late_it_is_not_called(plant: make.Plant) -> None:
    """Drawn up in time, and called when the days are too few."""
    at = make.now()
    election = drawn_up(plant, at=at)
    with pytest.raises(Refused, match="election-called-late"):
        elections.call_drawn_up(election=election, by=plant.hal, at=at + 2 * DAY)
    assert Election.objects.get(pk=election.pk).state == State.DRAWN_UP


def test_by_the_commission_alone(plant: make.Plant) -> None:
    at = make.now()
    election = drawn_up(plant, at=at)
    with pytest.raises(Refused, match="no-mandate"):
        elections.put_days_right(
            election=election, vote_on=election.vote_on, begins_on=election.begins_on, by=plant.ana, at=at
        )
    with pytest.raises(Refused, match="no-mandate"):
        elections.call_drawn_up(election=election, by=plant.ana, at=at)
