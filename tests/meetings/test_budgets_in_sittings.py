"""A budget over two sittings: its votes are held side by side, and settled in their order after the last."""

from __future__ import annotations

import datetime

import pytest

from coop.ballots import actions as ballots
from coop.budget.models import Amendment, Line, Year
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Meeting, Sitting
from coop.meetings.ways import Way
from coop.proposals.models import BudgetMotion
from coop.refusals import Refused
from tests import make, make_budget
from tests.make_budget import admitted, fresh

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
CODES = ("for", "against", "abstain")


def item(meeting: Meeting, amendment: Amendment | None, year: Year) -> AgendaItem:
    motion = BudgetMotion.objects.get(year=year, amendment=amendment)
    return meeting.items.select_related("decision__ballot").get(proposal=motion.proposal)


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


def voted_side_by_side(plant: make.Plant, year: Year, order: list[Amendment | None]) -> Meeting:
    """Two sittings, each with five for everything in that order and one against; nothing is settled yet."""
    first = make.now() - make.days(2)
    called = first - make.days(18)
    meeting = meetings.prepare(
        body=plant.assembly,
        kind="extraordinary",
        title="Budget",
        place="Hall",
        sittings=[first, first + 8 * HOUR],
        by=plant.ana,
        at=called,
    )
    meetings.put_budget_on(meeting=meeting, year=year, by=plant.ana, at=called)
    meeting = meetings.convene(meeting=meeting, by=plant.ana, at=called)
    halls = [["ana", "bo", "cy", "dee", "gus", "hal"], ["eve", "fay", "ida", "jo", "kim", "lou"]]
    for number, hall in enumerate(halls, 1):
        at = first + 8 * HOUR * (number - 1)
        for name in hall:
            meetings.check_in(meeting=meeting, member=plant.people[name], by=plant.ana, at=at)
        sitting = Sitting.objects.select_related("meeting__register").get(meeting=meeting, number=number)
        at += 2 * HOUR
        sitting = meetings.open_sitting(sitting=sitting, by=plant.bo, at=at)
        for one in order:
            at += HOUR / 6
            if number == 1:
                vote = meetings.open_vote(item=item(meeting, one, year), way=Way.HANDS, by=plant.bo, at=at)
                ballots.name_tellers(ballot=vote.ballot, members=[plant.gus, plant.hal], by=plant.bo, at=at)
            hands(plant, item(meeting, one, year), sitting, (5, 1, 0), at)
            if number == 1:
                meetings.rest_vote(item=item(meeting, one, year), sitting=sitting, by=plant.bo, at=at)
        if number == 1:
            meetings.close_sitting(sitting=sitting, by=plant.bo, at=at)
    return meeting


@pytest.fixture
def plant() -> make.Plant:
    return make_budget.plant(quorum_second_rule="number", quorum_second_number=2)


def test_what_falls_by_the_order_stays_fallen_whatever_its_vote_was(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    large = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000})
    contrary = admitted(plant, year, {"E-GAS": -1_000, "E-BAG": 1_000})
    year = make_budget.laid(plant, year)
    order = [large, contrary, None]
    meeting = voted_side_by_side(plant, year, order)
    whole = item(meeting, None, year)
    assert whole.decision is not None
    assert whole.decision.text.endswith("[A1 More of it]\n\n[A2 More of it]")

    for early in (contrary, None):
        with pytest.raises(Refused) as refusal:
            meetings.close_vote(item=item(meeting, early, year), by=plant.bo, at=make.now())
        assert [reason.code for reason in refusal.value.reasons] == ["amendments-first"]
    for one in order:
        meetings.close_vote(item=item(meeting, one, year), by=plant.bo, at=make.now())
    large.refresh_from_db()
    contrary.refresh_from_db()
    assert (large.state, contrary.state) == ("carried", "fallen")
    second = item(meeting, contrary, year).decision
    assert second is not None
    assert second.outcome == "carried"  # it was voted, and its vote changes nothing
    decided = item(meeting, None, year).decision
    assert decided is not None
    assert "E-GAS Gas: 33,000 (in the draft 30,000)" in decided.final_text
    assert "[A1" not in decided.adopted_text
    assert fresh(year).state == "adopted"
    assert Line.objects.get(year=year, code="E-GAS").adopted == 33_000


@pytest.mark.parametrize(("given", "became"), [(4_000, "fallen"), (4_600, "carried")])
def test_one_whose_money_a_later_vote_may_bring_back_waits_for_it(
    plant: make.Plant, given: int, became: str
) -> None:
    """Two want more than a line can give, the third gives to it: what becomes of the second is known after it."""
    year = make_budget.opened(plant)
    one = admitted(plant, year, {"E-RES": -5_500, "E-GAS": 5_500})
    two = admitted(plant, year, {"E-RES": -5_000, "E-BAG": 5_000})
    back = admitted(plant, year, {"E-RES": given, "E-FLR": -given})
    year = make_budget.laid(plant, year)
    meeting = voted_side_by_side(plant, year, [one, two, back, None])
    meetings.close_vote(item=item(meeting, one, year), by=plant.bo, at=make.now())
    with pytest.raises(Refused) as refusal:
        meetings.close_vote(item=item(meeting, two, year), by=plant.bo, at=make.now())
    assert refusal.value.reasons == [("amendments-first", {"labels": "A3"})]
    for each in (back, two, None):
        meetings.close_vote(item=item(meeting, each, year), by=plant.bo, at=make.now())
    for asked in (one, two, back):
        asked.refresh_from_db()
    assert [each.state for each in (one, two, back)] == ["carried", became, "carried"]
    assert fresh(year).state == "adopted"
