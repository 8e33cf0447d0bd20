"""A challenge upheld about one box: its people vote again, what the others hold stays counted."""

from __future__ import annotations

import pytest

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, RegisterEntry
from coop.elections import actions as elections
from coop.elections.box_again import figures_of
from coop.elections.models import Challenge, Elected, Election
from coop.members.models import Mandate
from coop.refusals import Refused
from tests import make, make_offices, make_paper
from tests.elections.test_elections import DAY, code, final

pytestmark = pytest.mark.django_db
State = Election.State


@pytest.fixture
def plant() -> make.Plant:
    return make_offices.plant(bylaws={"published_floor": 3})


Votes = dict[str, int]


def counted(
    plant: make.Plant, ballot: Ballot, boxes: dict[str, tuple[list[str], Votes]], blank: int = 0
) -> Ballot:
    """Each box: who was given paper for it, and how many papers have which name on them."""
    ballot = ballots.start(ballot=ballot, by=plant.hal, at=make.now())
    make_paper.name_tellers(plant, ballot)
    made = make_paper.open_boxes(plant, ballot, *boxes)
    for urn, (people, _votes) in zip(made, boxes.values(), strict=True):
        make_paper.give(plant, urn, *people)
    make_paper.end(plant, ballot, *made)
    for urn, (people, votes) in zip(made, boxes.values(), strict=True):
        codes = {option.code: 0 for option in ballot.questions.get().options.all()}
        told = codes | {code(plant, name): many for name, many in votes.items()}
        told["blank"] = len(people) - sum(votes.values())
        figures = {"1": {"papers": len(people), "spoiled": 0, "votes": told}}
        make_paper.agreed(plant, ballot, urn, figures)
    elections.count_up(ballot=ballot, by=plant.gus, at=make.now())
    return Ballot.objects.get(pk=ballot.pk)


FIRST = {
    "Gate": (["pia", "quin", "rita"], {"sol": 3}),
    "Hall": (["sol", "tita", "uma"], {"sol": 1, "tita": 1}),
}


def proclaimed(plant: make.Plant) -> Election:
    """Sol 4, Tita 1, one blank, in two boxes."""
    election = final(plant, "sol", "tita")
    counted(plant, election.votes.get().ballot, FIRST)
    elections.proclaim(election=election, by=plant.gus, at=make.now())
    return Election.objects.get(pk=election.pk)


def upheld(plant: make.Plant, election: Election, name: str = "Gate") -> Challenge:
    box = election.votes.get().ballot.urns.get(name=name)
    made = elections.challenge(
        election=election, box=box, text="It stood open.", by=plant.people["uma"], at=make.now()
    )
    return elections.decide_challenge(
        challenge=made, upheld=True, reasons="Seen.", by=plant.hal, at=make.now()
    )


def again(plant: make.Plant, challenge: Challenge) -> Election:
    """Called two days ago, so that its day is yesterday's tomorrow."""
    at = make.now() - 2 * DAY
    vote = plant.cooperative.day_of(make.now())
    return elections.vote_box_again(
        challenge=challenge, vote_on=vote, closes_at=make.now() + DAY, by=plant.gus, at=at
    )


def test_only_its_people_vote_again_for_the_same_candidates(plant: make.Plant) -> None:
    election = proclaimed(plant)
    made = upheld(plant, election)
    assert Election.objects.get(pk=election.pk).state == State.ANNULLED
    assert not Mandate.objects.filter(begun="elected", ended="").exists()
    second = again(plant, made)
    assert (second.state, second.title) == (State.FINAL, "Coordinator of packing (Gate)")
    ballot = second.votes.get().ballot
    assert ballot.channels == ["paper"]
    lines = RegisterEntry.objects.filter(register=second.register).order_by("member__name")
    assert [line.name for line in lines] == ["Pia", "Quin", "Rita"]
    assert second.register is not None
    assert second.register.closes_on == election.register.closes_on  # type: ignore[union-attr]
    assert {one.member for one in second.contests.get().candidatures.all()} == {
        plant.people["sol"],
        plant.people["tita"],
    }
    ballots.start(ballot=ballot, by=plant.hal, at=make.now())
    assert ballot.roll.count() == 3


def test_the_others_stay_counted_and_the_box_counts_anew(plant: make.Plant) -> None:
    second = again(plant, upheld(plant, proclaimed(plant)))
    counted(plant, second.votes.get().ballot, {"Gate": (["pia", "quin", "rita"], {"tita": 3})})
    contest = second.contests.get()
    sol, tita = code(plant, "sol"), code(plant, "tita")
    figures = figures_of(contest)
    assert dict(figures.others) == {sol: 1, tita: 1, "blank": 1}
    assert dict(figures.before) == {sol: 3}
    assert {name: many for name, many in figures.again.items() if many} == {tita: 3}
    assert dict(figures.together) == {sol: 1, tita: 4, "blank": 1}
    assert figures.papers == (3, 3, 3)
    elections.proclaim(election=second, by=plant.gus, at=make.now())
    found = Elected.objects.filter(contest=contest).order_by("place")
    assert [(one.member.name, one.alternate) for one in found] == [("Tita", False), ("Sol", True)]


def test_the_box_alone_elects_nobody(plant: make.Plant) -> None:
    """In it Sol and Tita tie; with the others Sol has more. No lot and no second round is asked for."""
    election = final(plant, "sol", "tita")
    first = {"Gate": FIRST["Gate"], "Hall": (["sol", "tita", "uma"], {"sol": 3})}
    counted(plant, election.votes.get().ballot, first)
    elections.proclaim(election=election, by=plant.gus, at=make.now())
    second = again(plant, upheld(plant, election))
    ballot = counted(
        plant, second.votes.get().ballot, {"Gate": (["pia", "quin", "rita"], {"sol": 1, "tita": 1})}
    )
    with pytest.raises(Refused, match="box-has-no-round"):
        elections.next_round(
            ballot=ballot, title="Again", closes_at=make.now() + DAY, by=plant.gus, at=make.now()
        )
    elections.proclaim(election=second, by=plant.gus, at=make.now())
    full = Elected.objects.get(contest__election=second, alternate=False)
    assert full.member == plant.people["sol"]


def test_together_undecided_nobody_is_proclaimed(plant: make.Plant) -> None:
    """Sol 2, Tita 2: the office is elected anew."""
    second = again(plant, upheld(plant, proclaimed(plant)))
    counted(plant, second.votes.get().ballot, {"Gate": (["pia", "quin", "rita"], {"sol": 1, "tita": 1})})
    with pytest.raises(Refused, match=r"boxes-do-not-decide \(office=coordinator of packing\)"):
        elections.proclaim(election=second, by=plant.gus, at=make.now())


def test_which_boxes_and_when(plant: make.Plant) -> None:
    election = proclaimed(plant)
    uma = plant.people["uma"]
    made = upheld(plant, election)
    at = make.now()
    tomorrow = plant.cooperative.day_of(at) + DAY
    with pytest.raises(Refused, match="box-again-from-tomorrow"):
        elections.vote_box_again(
            challenge=made, vote_on=tomorrow - DAY, closes_at=at + DAY, by=plant.gus, at=at
        )
    with pytest.raises(Refused, match="no-mandate"):
        elections.vote_box_again(
            challenge=made, vote_on=tomorrow, closes_at=at + 2 * DAY, by=plant.ana, at=at
        )
    second = elections.vote_box_again(
        challenge=made, vote_on=tomorrow, closes_at=at + DAY, by=plant.gus, at=at
    )
    with pytest.raises(Refused, match=rf"repetition-on-its-way \(label={second.label}\)"):
        elections.vote_box_again(challenge=made, vote_on=tomorrow, closes_at=at + DAY, by=plant.gus, at=at)
    other = Challenge(election=election, box=None)
    assert other.box is None
    with pytest.raises(Refused, match="election-not-there"):
        elections.challenge(election=election, text="No.", by=uma, at=at)


def test_a_whole_challenge_calls_no_single_box(plant: make.Plant) -> None:
    election = proclaimed(plant)
    made = elections.challenge(election=election, text="All.", by=plant.people["uma"], at=make.now())
    made = elections.decide_challenge(
        challenge=made, upheld=True, reasons="Yes.", by=plant.hal, at=make.now()
    )
    with pytest.raises(Refused, match="challenge-of-no-box"):
        again(plant, made)
