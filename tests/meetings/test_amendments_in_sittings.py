"""A text and its amendments over three sittings: voted side by side, settled in the order of voting after the last."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest

from coop.ballots import actions as ballots
from coop.meetings import actions as meetings
from coop.meetings.minutes import compose
from coop.meetings.models import AgendaItem, Meeting, Sitting
from coop.meetings.ways import Way
from coop.proposals import actions as proposals
from coop.proposals.amending import Words
from coop.proposals.models import Amendment
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
FIRST = datetime.datetime(2026, 3, 21, 1, tzinfo=datetime.UTC)  # 22:00 on the 20th in Buenos Aires

CAP = "Prices stay below the market."
TWELVE, TEN = (
    "Prices are at most twelve per cent above the market.",
    "Prices are at most ten per cent above the market.",
)

# Place -> for, against and abstaining in each sitting, of 72, 97 and 61 present.
VOTES: Mapping[str, list[tuple[int, int, int]]] = {
    "1.1": [(22, 44, 6), (31, 58, 8), (20, 36, 5)],
    "1.2": [(49, 17, 6), (66, 22, 9), (40, 15, 6)],
    "1": [(62, 6, 4), (80, 9, 8), (51, 5, 5)],
}
CODES = ("for", "against", "abstain")


def item(meeting: Meeting, place: str) -> AgendaItem:
    number, _, part = place.partition(".")
    return meeting.items.select_related("decision__ballot").get(number=int(number), part=int(part or 0))


def called(plant: make.Plant) -> Meeting:
    """A text that is signed, with an amendment and an amendment of that, before three sittings eight hours apart."""
    at = FIRST - make.days(20)
    text = make.supported_motion(plant, title="Price list", clauses=[CAP, "They are posted."], at=at)
    cap = proposals.submit(proposal=text, changes=[Words(1, TWELVE)], by=plant.eve, at=at)
    proposals.admit(amendment=cap, by=plant.ana.actor, at=at)
    less = proposals.submit(proposal=text, changes=[Words(1, TEN)], amends=cap, by=plant.fay, at=at)
    proposals.admit(amendment=less, by=plant.ana.actor, at=at)
    at = FIRST - make.days(18)
    hours = [FIRST, FIRST + 8 * HOUR, FIRST + 16 * HOUR]
    made = meetings.prepare(
        body=plant.assembly, kind="extraordinary", title="Prices", place="Hall", sittings=hours, by=plant.ana, at=at
    )  # fmt: skip
    meetings.add_item(meeting=made, kind=AgendaItem.Kind.PROPOSAL, proposal=text, by=plant.ana, at=at)
    return meetings.convene(meeting=made, by=plant.ana, at=at)


def hands(
    plant: make.Plant, line: AgendaItem, sitting: Sitting, votes: tuple[int, int, int], at: datetime.datetime
) -> None:
    """Raised, counted by two and confirmed; then this sitting has voted."""
    assert line.decision is not None
    ballot = line.decision.ballot
    ballots.move_to_hands(ballot=ballot, by=plant.bo, at=at)
    for teller in (plant.gus, plant.hal):
        sheet = meetings.enter_hands(
            item=line,
            sitting=sitting,
            block="Hall",
            votes=dict(zip(CODES, votes, strict=True)),
            by=teller,
            at=at,
        )
    ballots.confirm_hands(ballot=ballot, block=sheet.block, attempt=1, by=plant.bo, at=at)


def test_three_sittings_vote_side_by_side_and_the_order_is_kept_when_they_are_counted() -> None:
    plant = make.plant(
        bylaws={"proposal_support_percent": 1, "quorum_second_rule": "number", "quorum_second_number": 2}
    )
    people = list(plant.people.values())[:12]
    people += [make.member(plant.cooperative, 100 + one, f"Worker {one}") for one in range(218)]
    meeting = called(plant)
    halls = [people[:72], people[72:169], people[169:230]]
    for number, hall in enumerate(halls, 1):
        at = FIRST + 8 * HOUR * (number - 1)
        for one in hall:
            meetings.check_in(meeting=meeting, member=one, by=one, at=at)
        sitting = meetings.open_sitting(
            sitting=Sitting.objects.select_related("meeting__register").get(meeting=meeting, number=number),
            by=plant.bo,
            at=at + HOUR,
        )
        for place, votes in VOTES.items():
            at += HOUR / 4
            if number == 1:
                decision = meetings.open_vote(
                    item=item(meeting, place), way=Way.HANDS, by=plant.bo, at=at + HOUR
                )
                ballots.name_tellers(
                    ballot=decision.ballot, members=[plant.gus, plant.hal], by=plant.bo, at=at + HOUR
                )
            hands(plant, item(meeting, place), sitting, votes[number - 1], at + HOUR)
            if number < 3:
                meetings.rest_vote(item=item(meeting, place), sitting=sitting, by=plant.bo, at=at + HOUR)
        if number < 3:
            meetings.close_sitting(sitting=sitting, by=plant.bo, at=at + 2 * HOUR)

    end = FIRST + 19 * HOUR
    for place, first in (("1", "A1, A1.1"), ("1.2", "A1.1")):
        with pytest.raises(Refused) as no:
            meetings.close_vote(item=item(meeting, place), by=plant.bo, at=end)
        assert [(r.code, r.params) for r in no.value.reasons] == [("amendments-first", {"labels": first})]
    found = {}
    for place in ("1.1", "1.2", "1"):
        decision = meetings.close_vote(item=item(meeting, place), by=plant.bo, at=end)
        tally = decision.ballot.questions.get().tally
        votes_of = {line.option.code: line.votes for line in tally.lines.select_related("option")}
        found[place] = (decision.number, decision.outcome, *(votes_of[code] for code in CODES))
    assert found == {
        "1.1": (1, "not_carried", 73, 138, 19),
        "1.2": (2, "carried", 155, 54, 21),
        "1": (3, "carried", 193, 20, 17),
    }
    decision = item(meeting, "1").decision
    assert decision is not None
    assert decision.adopted_text == f"Price list\n\n1. {TWELVE}\n\n2. They are posted."
    assert "[A1.1]" in decision.text
    states = Amendment.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["carried", "not_carried"]
    words = compose(meeting, language="en")
    assert "For 155, against 54, abstaining 21" in words
    assert words.index("For 73, against 138") < words.index("For 155, against 54")
