"""What was proclaimed is challenged, decided, appealed; and what is annulled by it."""

from __future__ import annotations

import pytest

from coop.charter.models import Bylaws
from coop.decisions.models import Decision
from coop.elections import actions as elections
from coop.elections.models import Challenge, Elected, Election
from coop.elections.rules.challenges import challenge_until, obstacles_to_settling_challenge
from coop.elections.terms_in_a_row import free_from
from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Request
from coop.members.models import Body, Mandate, Power
from coop.members.powers import powers_of
from coop.refusals import Refused
from tests import make, make_offices, make_proclaimed
from tests.elections.test_elections import DAY, called, final

pytestmark = pytest.mark.django_db
State = Challenge.State


@pytest.fixture
def plant() -> make.Plant:
    return make_offices.plant()


@pytest.fixture
def election(plant: make.Plant) -> Election:
    """Sol is elected, Tita alternate; Pia holds it until they begin, in eight days."""
    return make_proclaimed.proclaimed(plant, {"sol": 3, "tita": 2})


def challenged(plant: make.Plant, election: Election) -> Challenge:
    return elections.challenge(
        election=election, text="The box stood open.", by=plant.people["uma"], at=make.now()
    )


def test_who_challenges_and_until_when(plant: make.Plant, election: Election) -> None:
    last = challenge_until(election)
    assert last == plant.cooperative.day_of(make.now()) + 3 * DAY
    made = challenged(plant, election)
    assert (made.label, made.state, made.decide_until) == (f"{election.label}/1", State.OPEN, last)
    with pytest.raises(Refused, match="no-reason-given"):
        elections.challenge(election=election, text=" ", by=plant.ana, at=make.now())
    with pytest.raises(Refused, match="not-on-its-register"):
        elections.challenge(election=election, text="No.", by=plant.max, at=make.now())
    with pytest.raises(Refused, match=r"challenge-days-over \(day="):
        elections.challenge(election=election, text="No.", by=plant.ana, at=make.now() + 4 * DAY)
    assert (
        elections.challenge(election=election, text="No.", by=plant.ana, at=make.now() + 3 * DAY).number == 2
    )


def test_before_it_is_proclaimed_there_is_nothing_to_challenge(plant: make.Plant) -> None:
    with pytest.raises(Refused, match=r"election-not-there \(election=final\)"):
        challenged(plant, final(plant, "sol", "tita"))


def test_upheld_nobody_begins_and_it_may_be_repeated(plant: make.Plant, election: Election) -> None:
    made = challenged(plant, election)
    at = make.now()
    done = elections.decide_challenge(
        challenge=made, upheld=True, reasons="The seal was broken.", by=plant.hal, at=at
    )
    assert (done.state, done.appeal_until) == (State.UPHELD, plant.cooperative.day_of(at) + 3 * DAY)
    election = Election.objects.get(pk=election.pk)
    assert (election.state, election.annulled_because) == (Election.State.ANNULLED, made.label)
    assert election.contests.get().annulled_at == at
    ends = [
        (one.mandate.ended, one.mandate.until == one.mandate.since)
        for one in Elected.objects.select_related("mandate")
    ]
    assert ends == [("annulled", True)] * 2
    begins = Elected.objects.all()[0].mandate.since
    assert not powers_of(plant.people["sol"], begins).has(Power.CONVENE, Body.objects.get(code="MGT"))
    verbs = list(Entry.objects.filter(chain=plant.cooperative.chain).values_list("verb", flat=True))
    assert [verbs.count(one) for one in ("election-challenged", "challenge-upheld", "election-annulled")] == [
        1
    ] * 3


def test_after_they_have_begun_they_end_in_the_same_moment(plant: make.Plant, election: Election) -> None:
    """Late, Sol has the office already, and gives it up: Tita moved up, and goes with the election."""
    made = challenged(plant, election)
    sol = Elected.objects.get(member=plant.people["sol"]).mandate
    begun = sol.since + DAY
    elections.resign(mandate=sol, by=plant.people["sol"], at=begun)
    tita = Mandate.objects.get(member=plant.people["tita"], begun="moved_up")
    elections.decide_challenge(challenge=made, upheld=True, reasons="Yes.", by=plant.hal, at=begun + DAY)
    tita.refresh_from_db()
    assert (tita.ended, tita.until, tita.end_document) == ("annulled", begun + DAY, made.label)
    sol.refresh_from_db()
    assert sol.ended == "resigned"


def test_a_term_that_was_annulled_is_none(plant: make.Plant, election: Election) -> None:
    made = challenged(plant, election)
    elections.decide_challenge(challenge=made, upheld=True, reasons="Yes.", by=plant.hal, at=make.now())
    day = plant.cooperative.day_of(make.now())
    bylaws = Bylaws.in_force(plant.cooperative, day)
    bylaws.consecutive_terms = 1
    office = make_offices.office(plant)
    assert free_from(plant.people["sol"], office, day, bylaws) is None


def test_who_decides(plant: make.Plant, election: Election) -> None:
    """Nobody without the office, nobody who challenged, with reasons, once."""
    mine = elections.challenge(election=election, text="So.", by=plant.gus, at=make.now())

    def decide(by: str, reasons: str = "No rule says so.") -> Challenge:
        return elections.decide_challenge(
            challenge=mine, upheld=False, reasons=reasons, by=plant.people[by], at=make.now()
        )

    for by, why in (("ana", "no-mandate"), ("gus", "concerned-yourself")):
        with pytest.raises(Refused, match=why):
            decide(by)
    with pytest.raises(Refused, match="no-reason-given"):
        decide("hal", " ")
    assert decide("hal").state == State.DISMISSED
    with pytest.raises(Refused, match=r"challenge-decided \(challenge=dismissed\)"):
        decide("ida")
    assert Election.objects.get(pk=election.pk).state == Election.State.PROCLAIMED


def test_dismissed_it_goes_before_the_assembly(plant: make.Plant, election: Election) -> None:
    made = challenged(plant, election)
    uma = plant.people["uma"]
    with pytest.raises(Refused, match=r"challenge-not-dismissed \(challenge=open\)"):
        meetings.appeal_to_assembly(challenge=made, text="Look again.", by=uma, at=make.now())
    made = elections.decide_challenge(
        challenge=made, upheld=False, reasons="Closed.", by=plant.hal, at=make.now()
    )
    with pytest.raises(Refused, match="not-your-challenge"):
        meetings.appeal_to_assembly(challenge=made, text="Look again.", by=plant.ana, at=make.now())
    with pytest.raises(Refused, match="challenge-days-over"):
        meetings.appeal_to_assembly(challenge=made, text="Look again.", by=uma, at=make.now() + 4 * DAY)
    assert not Request.objects.exists()
    draft = make.draft_meeting(plant, starts_at=make.now() + 30 * DAY)
    made = meetings.appeal_to_assembly(challenge=made, text="Look again.", by=uma, at=make.now())
    assert made.state == State.APPEALED
    owed = Request.objects.get(about=f"challenge/{made.pk}")
    assert (owed.asked_by_id, owed.text, draft.items.get(request=owed).title) == (
        uma.pk,
        "Look again.",
        owed.title,
    )


def appealed(plant: make.Plant, election: Election) -> Challenge:
    made = challenged(plant, election)
    at = make.now() - DAY / 24
    made = elections.decide_challenge(challenge=made, upheld=False, reasons="Closed.", by=plant.hal, at=at)
    return meetings.appeal_to_assembly(challenge=made, text="Look again.", by=plant.people["uma"], at=at)


@pytest.mark.parametrize(
    ("upheld", "state", "then"),
    [
        (True, State.APPEAL_UPHELD, Election.State.ANNULLED),
        (False, State.APPEAL_DISMISSED, Election.State.PROCLAIMED),
    ],
)
def test_the_assembly_has_the_last_word(upheld: bool, state: str, then: str) -> None:
    plant = make_offices.plant(bylaws={"proposal_support_percent": 15})
    vote = make.open_vote(plant, present=make.NAMES)
    made = appealed(plant, make_proclaimed.proclaimed(plant, {"sol": 3, "tita": 2}))
    with pytest.raises(Refused, match="decision-does-not-settle"):
        meetings.settle_appeal(challenge=made, decision=vote, upheld=True, by=plant.hal, at=make.now())
    for who in (plant.ana, plant.bo, plant.cy):
        make.cast(vote.ballot, who)
    item = AgendaItem.objects.get(decision=vote)
    settled = meetings.close_vote(item=item, by=plant.bo, at=make.now())
    assert settled.outcome == Decision.Outcome.CARRIED
    with pytest.raises(Refused, match="no-mandate"):
        meetings.settle_appeal(challenge=made, decision=settled, upheld=True, by=plant.ana, at=make.now())
    made = meetings.settle_appeal(
        challenge=made, decision=settled, upheld=upheld, by=plant.hal, at=make.now()
    )
    assert (made.state, made.decision) == (state, settled.label)
    assert Election.objects.get(pk=made.election_id).state == then
    with pytest.raises(Refused, match="challenge-not-appealed"):
        meetings.settle_appeal(challenge=made, decision=settled, upheld=upheld, by=plant.hal, at=make.now())


@pytest.mark.parametrize("upheld", [True, False])
def test_whoever_lost_a_seat_goes_before_the_assembly_too(upheld: bool) -> None:
    """Dismissed there, Sol and Tita have their seats again for the rest of the term, and the repetition that is on its
    way falls; upheld, nobody has, and it goes on."""
    plant = make_offices.plant(bylaws={"proposal_support_percent": 15})
    vote = make.open_vote(plant, present=make.NAMES)
    election = make_proclaimed.proclaimed(plant, {"sol": 3, "tita": 2})
    given = {
        one.mandate.seat: (one.member, one.mandate.since, one.mandate.until) for one in Elected.objects.all()
    }
    made, at = challenged(plant, election), make.now() - DAY / 24
    sol = plant.people["sol"]
    with pytest.raises(Refused, match=r"challenge-not-dismissed \(challenge=open\)"):
        meetings.appeal_to_assembly(challenge=made, text="It was closed.", by=sol, at=at)
    made = elections.decide_challenge(challenge=made, upheld=True, reasons="Open.", by=plant.hal, at=at)
    repeated = called(plant, at=at - 44 * DAY)  # on its way already; it falls when the assembly dismisses
    for who in (made.member, plant.ana):
        with pytest.raises(Refused, match="not-your-challenge"):
            meetings.appeal_to_assembly(challenge=made, text="Look again.", by=who, at=at)
    with pytest.raises(Refused, match="challenge-days-over"):
        meetings.appeal_to_assembly(challenge=made, text="Look again.", by=sol, at=at + 4 * DAY)
    made = meetings.appeal_to_assembly(challenge=made, text="It was closed.", by=sol, at=at)
    assert (made.state, made.appealed_by) == (State.APPEALED, sol)
    for who in (plant.ana, plant.bo, plant.cy):
        make.cast(vote.ballot, who)
    settled = meetings.close_vote(item=AgendaItem.objects.get(decision=vote), by=plant.bo, at=make.now())
    made = meetings.settle_appeal(
        challenge=made, decision=settled, upheld=upheld, by=plant.hal, at=make.now()
    )
    assert made.state == (State.APPEAL_UPHELD if upheld else State.APPEAL_DISMISSED)
    assert Election.objects.get(pk=repeated.pk).state == (
        Election.State.CANDIDATURES if upheld else Election.State.ANNULLED
    )
    again = Mandate.objects.filter(begun="elected", ended="", document__startswith=made.label)
    now = {one.seat: (one.member, one.since, one.until) for one in again.select_related("seat", "member")}
    assert now == ({} if upheld else given)


def test_a_repetition_that_fills_others_as_well_is_annulled_first(plant: make.Plant) -> None:
    election = make_proclaimed.proclaimed(plant, {"sol": 3, "tita": 2})
    at = make.now()
    made = challenged(plant, election)
    made = elections.decide_challenge(challenge=made, upheld=True, reasons="Open.", by=plant.hal, at=at)
    board = make_proclaimed.board(plant)
    vote = plant.cooperative.day_of(at) + 50 * DAY
    elections.call_election(
        title="Both",
        contests=[
            (list(make_offices.office(plant).seats.all()), "plurality"),
            (list(board.seats.all()), "plurality"),
        ],
        vote_on=vote,
        begins_on=vote,
        by=plant.gus,
        at=at,
    )
    made = meetings.appeal_to_assembly(challenge=made, text="No.", by=plant.people["sol"], at=at)
    found = obstacles_to_settling_challenge(made, upheld=False, by=plant.hal, at=at)
    assert [one.code for one in found] == ["repetition-fills-others"]
    assert obstacles_to_settling_challenge(made, upheld=True, by=plant.hal, at=at) == []
