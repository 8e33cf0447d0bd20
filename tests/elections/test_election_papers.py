"""The days of an election in odd years, sheets of signatures on paper, and what its papers may not suffer."""

from __future__ import annotations

import datetime

import pytest

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, Question
from coop.elections import actions as elections
from coop.elections.models import Candidature, CandidatureSignature, Election, ElectionVote
from coop.journal.models import Entry
from coop.members import actions as members
from coop.members.models import Member
from coop.refusals import Refused
from tests import make, make_offices
from tests.elections.test_elections import DAY, called, code, council, day_of, final, listed, voted

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make_offices.plant()


@pytest.mark.parametrize(
    ("vote", "begins", "ends", "why"),
    [
        (datetime.date(9999, 12, 31), datetime.date(9999, 12, 31), None, "election-too-far"),
        (datetime.date(1, 1, 1), datetime.date(1, 1, 1), None, "election-too-short"),
        (None, datetime.date(9999, 12, 31), None, "election-too-far"),
        (None, None, datetime.date(9999, 12, 31), "term-too-long"),
        (None, None, datetime.date(1, 1, 1), "ends-before-it-begins"),
    ],
)
def test_days_of_other_centuries_are_refused(
    plant: make.Plant,
    vote: datetime.date | None,
    begins: datetime.date | None,
    ends: datetime.date | None,
    why: str,
) -> None:
    day = day_of(plant, make.now()) + 60 * DAY
    with pytest.raises(Refused, match=why):
        elections.call_election(
            title="X",
            contests=[(list(make_offices.office(plant).seats.all()), "plurality")],
            vote_on=vote or day,
            begins_on=begins or vote or day,
            ends_on=ends,
            by=plant.gus,
            at=make.now(),
        )
    assert not Election.objects.exists()


def test_one_paper_takes_ten_offices_of_the_same_people(plant: make.Plant) -> None:
    body = make_offices.office(plant).body
    new = [
        members.create_office(body=body, title=f"o{n}", by=make.FOUNDING, at=make.FOUNDED) for n in range(11)
    ]
    day = day_of(plant, make.now()) + 60 * DAY

    def call(many: int) -> Election:
        return elections.call_election(
            title="X",
            contests=[(list(one.seats.all()), "plurality") for one in new[:many]],
            vote_on=day,
            begins_on=day,
            by=plant.gus,
            at=make.now(),
        )

    with pytest.raises(Refused, match=r"too-many-questions \(most=10\)"):
        call(11)
    assert call(10).contests.count() == 10


def test_a_sheet_counts_whoever_elects_and_has_not_signed(plant: make.Plant) -> None:
    first = make.now() - 44 * DAY
    contest = called(plant, at=first).contests.get()
    sol = elections.nominate(contest=contest, member=plant.people["sol"], by=plant.people["sol"], at=first)
    who = plant.people
    numbers = [
        who["uma"].number,
        who["uma"].number,
        who["sol"].number,
        who["ana"].number,
        who["max"].number,
        999,
    ]
    lines = elections.enter_signatures(candidature=sol, numbers=numbers, by=plant.gus, at=first)
    assert [worth for _number, _member, worth in lines] == [
        "counts",
        "twice",
        "twice",
        "elsewhere",
        "no_vote",
        "unknown",
    ]
    assert set(CandidatureSignature.objects.values_list("member__name", flat=True)) == {"Sol", "Uma"}
    written = Entry.objects.get(verb="candidate-sheet-entered")
    assert written.facts == {"lines": 6, "counts": 1}
    with pytest.raises(Refused, match="no-mandate"):
        elections.enter_signatures(candidature=sol, numbers=[1], by=plant.ana, at=first)
    elections.admit_candidature(candidature=sol, by=plant.hal, at=first)
    with pytest.raises(Refused, match="candidature-decided"):
        elections.enter_signatures(candidature=sol, numbers=[1], by=plant.gus, at=first)


def test_a_register_is_drawn_with_the_final_list_and_an_old_one_is_refused(plant: make.Plant) -> None:
    first = make.now() - 44 * DAY
    old = ballots.draw_register(
        body=plant.assembly, closes_on=day_of(plant, first) - DAY, by=make.FOUNDING, at=make.now() - 45 * DAY
    )
    election = called(plant, at=first)
    listed(plant, election, "sol", "uma", at=first)
    election = elections.post_candidates(election=election, by=plant.gus, at=make.now() - 8 * DAY)
    given = {
        "election": election,
        "channels": ["paper"],
        "closes_at": make.now() + 2 * DAY,
        "by": plant.gus,
        "at": make.now(),
    }
    with pytest.raises(Refused, match="register-before-the-call"):
        elections.make_final(register=old, **given)
    (paper,) = elections.make_final(**given)
    assert paper.register.closes_on == day_of(plant, make.now())
    assert Election.objects.get().register_id == paper.register_id
    assert paper.register.final_at is None  # it is claimed against until the morning of the vote


def test_the_paper_opens_on_its_day_and_stays_as_it_is(plant: make.Plant) -> None:
    election = final(plant, "sol", "uma")
    paper = election.votes.get().ballot
    with pytest.raises(Refused, match="election-opens-on"):
        elections.start(ballot=paper, by=plant.hal, at=make.now())
    with pytest.raises(Refused, match="election-not-redrawn"):
        elections.redraw(ballot=paper, because="Typo", by=plant.gus, at=make.now())
    elections.annul_election(election=election, because="Rain.", by=plant.gus, at=make.now())
    assert Ballot.objects.get(pk=paper.pk).state == "annulled"


def test_a_vote_that_was_annulled_is_drawn_up_again_with_the_same_people(plant: make.Plant) -> None:
    election = final(plant, "sol", "uma")
    first = election.votes.get().ballot
    given = {"election": election, "channels": ["paper"], "by": plant.gus, "at": make.now()}
    closes = {"closes_at": make.now() + 2 * DAY}
    with pytest.raises(Refused, match="no-paper-is-missing"):
        elections.draw_again(**given, **closes)
    elections.call_off(ballot=first, because="The box was lost.", by=plant.gus, at=make.now())
    with pytest.raises(Refused, match="paper-is-missing"):
        elections.proclaim(election=election, by=plant.gus, at=make.now())
    with pytest.raises(Refused, match="closes-on-another-day"):
        elections.draw_again(**given, closes_at=make.now() + 9 * DAY)
    (second,) = elections.draw_again(**given, **closes)
    assert (second.register_id, election.votes.count()) == (first.register_id, 2)
    votes = {code(plant, "sol"): 1, code(plant, "uma"): 3}
    voted(plant, second, votes)
    made = elections.proclaim(election=election, by=plant.gus, at=make.now())
    assert [one.member.name for one in made] == ["Uma", "Sol"]
    with pytest.raises(Refused, match="election-not-there"):
        elections.draw_again(**given, **closes)


def test_another_round_from_the_desk_of_the_vote_belongs_to_the_election(plant: make.Plant) -> None:
    election = final(plant, "sol", "uma", "tita")
    votes = {code(plant, "sol"): 2, code(plant, "uma"): 2, code(plant, "tita"): 1}
    paper = voted(plant, election.votes.get().ballot, votes)
    again = elections.next_round(
        ballot=paper, title="Again", closes_at=make.now() + DAY, by=plant.gus, at=make.now()
    )
    assert ElectionVote.objects.filter(election=election, ballot=again).exists()
    elections.call_off(ballot=again, because="Rain.", by=plant.gus, at=make.now())
    with pytest.raises(Refused, match="round-to-be-held"):
        elections.proclaim(election=election, by=plant.gus, at=make.now())


def test_two_of_one_name_are_told_apart_by_number(plant: make.Plant) -> None:
    Member.objects.filter(pk=plant.people["uma"].pk).update(name="Sol")
    election = final(plant, "sol", "uma")
    labels = election.votes.get().ballot.questions.get().options.filter(member__isnull=False)
    assert sorted(one.label for one in labels) == ["Sol (33)", "Sol (35)"]


def test_one_candidate_for_several_seats_is_asked_about_too(plant: make.Plant) -> None:
    election = final(plant, "sol", seats=list(council(plant).seats.all()))
    question = election.votes.get().ballot.questions.get()
    assert question.method == Question.Method.MOTION
    voted(plant, election.votes.get().ballot, {"for": 3, "against": 1})
    (elected,) = elections.proclaim(election=election, by=plant.gus, at=make.now())
    assert elected.mandate.seat.crew is not None
    assert (elected.member.name, elected.mandate.seat.crew.code) == ("Sol", "B")
    assert Candidature.objects.get().state == "admitted"
