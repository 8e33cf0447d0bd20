"""An assembly votes on telephones and by hands, by acclamation, and in secret when enough of it ask for that."""

import pytest

from coop.ballots import actions as ballots
from coop.ballots.acta.sentences import say_result
from coop.ballots.models import NamedVote
from coop.meetings import actions as meetings
from coop.meetings.minutes import compose
from coop.meetings.ways import Way
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db
TITLES = ("Canteen open to the school", "Benches at the east gate", "The night bus")


def hands(votes_for: int, against: int, abstain: int) -> dict[str, int]:
    return {"for": votes_for, "against": against, "abstain": abstain}


def test_telephones_and_hands_acclamation_and_secrecy_in_one_assembly() -> None:
    plant = make.plant(bylaws={"secret_ballot_demand_percent": 25})
    motions = [make.supported_motion(plant, title=title) for title in TITLES]
    assembly = make.meeting_in_session(plant, motions=motions)  # Ana to Hal are there: eight of twelve
    canteen, benches, bus = (assembly.items.get(proposal=motion) for motion in motions)

    # The canteen: three vote on their telephones. Then Bo says "now hands", and five people raise theirs or do not.
    vote = meetings.open_vote(item=canteen, way=Way.SCREENS_AND_HANDS, by=plant.bo, at=make.now())
    for name, choice in (("ana", "for"), ("cy", "against"), ("dee", "for")):
        make.cast(vote.ballot, plant.people[name], choice)
    ballots.name_tellers(ballot=vote.ballot, members=[plant.gus, plant.hal], by=plant.bo, at=make.now())
    assert ballots.move_to_hands(ballot=vote.ballot, by=plant.bo, at=make.now()) == 5

    # Eve presses on her telephone all the same; she is counted by hand and cannot vote twice.
    with pytest.raises(Refused, match="counted-by-hand"):
        make.cast(vote.ballot, plant.eve, "against")

    # Gus and Hal count the left block, each alone. They differ, nobody is told by how much, and they count again.
    for teller, votes in ((plant.gus, hands(2, 1, 0)), (plant.hal, hands(1, 1, 0))):
        ballots.enter_hands(ballot=vote.ballot, block="Left", votes=votes, by=teller, at=make.now())
    for teller in (plant.gus, plant.hal):
        again = {"block": "Left", "attempt": 2, "votes": hands(2, 1, 0), "by": teller}
        ballots.enter_hands(ballot=vote.ballot, at=make.now(), **again)
        ballots.enter_hands(ballot=vote.ballot, block="Right", votes=hands(0, 1, 0), by=teller, at=make.now())
    with pytest.raises(Refused, match=r"block-not-agreed \(block=Left\)"):
        meetings.close_vote(item=canteen, by=plant.bo, at=make.now())
    ballots.confirm_hands(ballot=vote.ballot, block="Left", attempt=2, by=plant.bo, at=make.now())
    ballots.confirm_hands(ballot=vote.ballot, block="Right", attempt=1, by=plant.ana, at=make.now())

    # One count: three telephones, four hands; one person raised none.
    vote = meetings.close_vote(item=canteen, by=plant.bo, at=make.now())
    tally = vote.ballot.questions.get().tally
    assert (vote.label, vote.outcome, tally.voted, tally.present) == ("D GA 2026-1", "carried", 7, 8)
    assert say_result(tally).startswith("Carried: 4 for, 4 were needed")
    assert NamedVote.objects.count() == 3  # of hands only the number is known

    # The benches: nobody asks for a count.
    vote = meetings.open_vote(item=benches, way=Way.HANDS, by=plant.bo, at=make.now())
    vote = meetings.acclaim(item=benches, by=plant.bo, at=make.now())
    assert (vote.label, vote.outcome) == ("D GA 2026-2", "carried")

    # The night bus: Eve and Fay ask for a secret vote, which a quarter of those present may demand.
    for who in (plant.eve, plant.fay):
        meetings.demand_secrecy(item=bus, by=who, at=make.now())
    with pytest.raises(Refused, match=r"secrecy-demanded \(asking=2, present=8, needed=2\)"):
        meetings.open_vote(item=bus, by=plant.bo, at=make.now())
    vote = meetings.open_vote(item=bus, way=Way.SECRET_PAPER, by=plant.bo, at=make.now())
    assert (vote.ballot.secrecy, vote.ballot.channels) == ("secret", ["paper"])
    with pytest.raises(Refused):
        make.cast(vote.ballot, plant.eve)
    minutes = compose(assembly, language="en").replace("\\", "")

    for words in (
        "Open vote, on a screen and by show of hands.",
        "For 4, against 3, abstaining 0. Present 8, on the register 12.",
        "- on a screen: for 2, against 1, abstaining 0.",
        "- by show of hands: for 2, against 2, abstaining 0.",
        "Carried by acclamation: nobody asked for a count.",
        "2 people asked for a secret vote.",
        "Secret vote, on paper.",
    ):
        assert words in minutes
    assert "Fay" not in minutes  # who asked is nobody's business
