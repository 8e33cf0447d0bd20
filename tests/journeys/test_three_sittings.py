"""Three sittings of one assembly, one count: nobody reads a figure before the last, and the sums are right."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

import pytest
from django.test import Client

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, Tally, TallyLine, Urn
from coop.ballots.parts import votes_by_part
from coop.ballots.rules.boxes import NewBox
from coop.ballots.rules.tellers import Place
from coop.decisions.models import Decision
from coop.meetings import actions as meetings
from coop.meetings.minutes import compose
from coop.meetings.models import AgendaItem, Meeting, Sitting
from coop.meetings.ways import Way
from coop.members.models import Member
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
REGISTER = 318
PRESENT = (78, 104, 66)
INDEPENDENCE = ((61, 9, 8), (83, 12, 9), (52, 7, 7))
ROTATION = ((49, 21, 8), (70, 25, 9), (42, 17, 7))
SHORTER_WEEK = ((34, 35, 9), (45, 47, 12), (32, 29, 5))
MOTIONS = (("Independence", "independence"), ("Rotation", "statute"), ("Shorter week", "ordinary"))
CODES = ("for", "against", "abstain")


@dataclass
class Assembly:
    plant: make.Plant
    meeting: Meeting
    people: list[list[Member]]  # who comes to which sitting
    first: datetime.datetime

    def sitting(self, number: int) -> Sitting:
        return Sitting.objects.select_related("meeting").get(meeting=self.meeting, number=number)

    def item(self, number: int) -> AgendaItem:
        return AgendaItem.objects.select_related("meeting", "decision__ballot").get(
            meeting=self.meeting, number=number
        )

    def hour(self, sitting: int) -> datetime.datetime:
        return self.first + 8 * HOUR * (sitting - 1)

    def ballot(self, item: int) -> Ballot:
        decision = self.item(item).decision
        assert decision is not None
        return Ballot.objects.get(pk=decision.ballot_id)


@pytest.fixture
def assembly() -> Assembly:
    """Twelve of the small plant and three hundred more on the register; three sittings, eight hours apart."""
    plant = make.plant()
    first = make.now() - 20 * HOUR
    at = first - make.days(18)
    motions = [
        make.supported_motion(plant, title=title, matter=matter, at=at - make.days(2))
        for title, matter in MOTIONS
    ]
    staff = [plant.people[name.lower()] for name in make.NAMES]
    crowd = [
        make.member(plant.cooperative, 1000 + number, f"P{number:03}") for number in range(REGISTER - 12)
    ]
    meeting = meetings.prepare(
        body=plant.assembly, kind="extraordinary", title="Proposals", place="Rolling hall",
        sittings=[first, first + 8 * HOUR, first + 16 * HOUR], by=plant.ana, at=at,
    )  # fmt: skip
    for motion in motions:
        meetings.add_item(
            meeting=meeting, kind=AgendaItem.Kind.PROPOSAL, proposal=motion, by=plant.ana, at=at
        )
    meeting = meetings.convene(meeting=meeting, by=plant.ana, at=at)
    people = [staff + crowd[: PRESENT[0] - 12]]
    people += [crowd[66 : 66 + PRESENT[1]], crowd[170 : 170 + PRESENT[2]]]
    return Assembly(plant, meeting, people, first)


def opened(assembly: Assembly, number: int) -> datetime.datetime:
    """A sitting with its people at the table; it opens on second call, for the register needs 160."""
    came = assembly.hour(number)
    for one in assembly.people[number - 1]:
        meetings.check_in(meeting=assembly.meeting, member=one, by=assembly.plant.ana, at=came)
    at = came + HOUR
    meetings.open_sitting(sitting=assembly.sitting(number), by=assembly.plant.bo, at=at)
    return at


def by_hands(assembly: Assembly, item: int, sitting: int, counted: tuple[int, int, int]) -> None:
    """Now hands; two tellers count the hall alone, a third confirms; and the sitting has voted."""
    plant, ballot, at = assembly.plant, assembly.ballot(item), make.now()
    assert ballots.move_to_hands(ballot=ballot, by=plant.bo, at=at) == len(assembly.people[sitting - 1])
    votes = dict(zip(CODES, counted, strict=True))
    for teller in (plant.gus, plant.hal):
        sheet = meetings.enter_hands(
            item=assembly.item(item), sitting=assembly.sitting(sitting), block="Hall", votes=votes,
            by=teller, at=at,
        )  # fmt: skip
        assert sheet.block == f"{sitting} ▸ Hall"
    with pytest.raises(Refused, match="block-not-agreed"):
        meetings.rest_vote(
            item=assembly.item(item), sitting=assembly.sitting(sitting), by=plant.bo, at=make.now()
        )
    ballots.confirm_hands(ballot=ballot, block=f"{sitting} ▸ Hall", attempt=1, by=plant.bo, at=at)


def rest(assembly: Assembly, item: int, sitting: int) -> None:
    meetings.rest_vote(
        item=assembly.item(item), sitting=assembly.sitting(sitting), by=assembly.plant.bo, at=make.now()
    )


def box(assembly: Assembly, urn: Urn, *kinds: str) -> None:
    for kind in kinds:
        at = make.now()
        ballots.record_box(
            urn=urn, kind=kind, seals="17", words="Before Eve and Fay.", happened_at=at,
            by=assembly.plant.bo, at=at,
        )  # fmt: skip


def by_paper(assembly: Assembly, item: int, sitting: int) -> Urn:
    plant, ballot = assembly.plant, assembly.ballot(item)
    (urn,) = ballots.make_boxes(
        ballot=ballot, boxes=[NewBox(f"Sitting {sitting}", part=sitting)], by=plant.bo, at=make.now()
    )
    box(assembly, urn, "sealed", "opened")
    for one in assembly.people[sitting - 1]:
        ballots.give_paper(urn=urn, member=one, by=plant.bo, at=make.now())
    with pytest.raises(Refused, match="box-still-open"):
        rest(assembly, item, sitting)
    box(assembly, urn, "closed")
    return urn


def figures(assembly: Assembly, item: int) -> tuple[str, int, int | None, dict[str, int]]:
    tally = Tally.objects.get(question__ballot=assembly.ballot(item))
    told = dict.fromkeys(CODES, 0)
    for line in TallyLine.objects.filter(tally=tally).select_related("option"):
        told[line.option.code] += line.votes
    return tally.outcome, tally.present, tally.needed, told


def test_three_sittings_and_one_count(assembly: Assembly, client: Client) -> None:
    plant = assembly.plant
    ballots_of, urns = {}, []
    for sitting in (1, 2, 3):
        at = opened(assembly, sitting)
        if sitting == 1:
            for item, way in ((1, Way.HANDS), (2, Way.HANDS), (3, Way.SECRET_PAPER)):
                meetings.open_vote(item=assembly.item(item), way=way, by=plant.bo, at=at)
                ballots_of[item] = assembly.ballot(item)
                ballots.name_tellers(
                    ballot=ballots_of[item], members=[plant.gus, plant.hal], by=plant.bo, at=at
                )
        by_hands(assembly, 1, sitting, INDEPENDENCE[sitting - 1])
        by_hands(assembly, 2, sitting, ROTATION[sitting - 1])
        urns.append(by_paper(assembly, 3, sitting))
        if sitting < 3:
            with pytest.raises(Refused, match=rf"sitting-still-to-vote \(sitting={sitting + 1}\)"):
                meetings.close_vote(item=assembly.item(1), by=plant.bo, at=make.now())
            rest(assembly, 1, sitting)
            _nothing_is_told(assembly, client)
            meetings.close_sitting(
                sitting=assembly.sitting(sitting), by=plant.bo, at=assembly.hour(sitting + 1)
            )
            assert assembly.ballot(2).parts_over == list(range(1, sitting + 1))
    for item in (1, 2, 3):
        meetings.close_vote(item=assembly.item(item), by=plant.bo, at=make.now())
    for urn, counted in zip(urns, SHORTER_WEEK, strict=True):
        box(assembly, urn, "unsealed")
        _count_box(assembly, urn, counted)
    meetings.count_vote(item=assembly.item(3), by=plant.bo, at=make.now())

    assert figures(assembly, 1) == ("carried", 248, 166, {"for": 196, "against": 28, "abstain": 24})
    assert figures(assembly, 2) == ("not_carried", 248, 166, {"for": 161, "against": 63, "abstain": 24})
    assert figures(assembly, 3) == ("tie", 248, 112, {"for": 111, "against": 111, "abstain": 26})
    assert assembly.item(3).decision.outcome == Decision.Outcome.TIE  # type: ignore[union-attr]
    counted = [Ballot.objects.get(pk=one.pk) for one in ballots_of.values()]
    text = compose(Meeting.objects.get(pk=assembly.meeting.pk), language="en")
    for number, (in_favour, against, abstaining) in enumerate(INDEPENDENCE, 1):
        told = f"- Sitting {number}: for {in_favour}, against {against}, abstaining {abstaining}."
        assert told in text
    by_sitting = votes_by_part(counted, {one.pk: 5 for one in counted})
    for item, expected in ((1, INDEPENDENCE), (2, ROTATION), (3, SHORTER_WEEK)):
        told = by_sitting[ballots_of[item].pk]
        assert [tuple(told[part][code] for code in CODES) for part in (1, 2, 3)] == list(expected)
    minutes = compose(Meeting.objects.get(pk=assembly.meeting.pk), language="en")
    assert "- Sitting 2: for 70, against 25, abstaining 9." in minutes
    assert "- Sitting 3: for 32, against 29, abstaining 5." in minutes  # secret; none so small that it tells


def _count_box(assembly: Assembly, urn: Urn, counted: tuple[int, int, int]) -> None:
    plant, ballot, at = assembly.plant, assembly.ballot(3), make.now()
    place = Place("paper", urn)
    sheet = {"papers": sum(counted), "spoiled": 0, "votes": dict(zip(CODES, counted, strict=True))}
    for teller in (plant.gus, plant.hal):
        ballots.enter_sheet(ballot=ballot, place=place, attempt=1, figures={"1": sheet}, by=teller, at=at)
    ballots.confirm_sheets(ballot=ballot, place=place, attempt=1, by=plant.bo, at=at)


def _nothing_is_told(assembly: Assembly, client: Client) -> None:
    """Not on the desk, not in the hall, not on the page of the hands, for whoever leads: turnout only."""
    make.sign_in(client, assembly.plant.ana)
    key, ballot = assembly.meeting.pk, assembly.ballot(1).pk
    for address in (
        f"meetings/{key}/", f"meetings/{key}/attendance/", f"meetings/{key}/hall/",
        f"ballots/{ballot}/hands/", f"meetings/{key}/items/1/vote/close/", f"ballots/{ballot}/",
    ):  # fmt: skip
        answer = client.get(f"/bakery/{address}")
        assert answer.status_code == 200, address
        page = answer.content.decode()
        for number in (61, 83, 144):  # who was for it, in the first sitting, the second, and both
            assert not re.search(rf"[> ]{number}[< ,.]", page), (address, number)


def test_who_went_home_without_voting_stays_present_and_votes_no_more(assembly: Assembly) -> None:
    plant, present = assembly.plant, assembly.people[0][:9]
    assembly.people = [present, assembly.people[1][:5], []]
    at = opened(assembly, 1)
    item = assembly.item(1)
    meetings.open_vote(item=item, way=Way.SCREENS, by=plant.bo, at=at)
    ballot = assembly.ballot(1)
    make.cast(ballot, plant.eve)
    meetings.close_sitting(sitting=assembly.sitting(1), by=plant.bo, at=assembly.hour(2))
    for name in ("fay", "eve"):
        meetings.check_in(
            meeting=assembly.meeting, member=plant.people[name], by=plant.ana, at=assembly.hour(2)
        )
    opened(assembly, 2)
    with pytest.raises(Refused, match="sitting-has-voted"):
        make.cast(assembly.ballot(1), plant.fay)
    voter = assembly.people[1][0]
    make.cast(assembly.ballot(1), voter)
    meetings.close_sitting(sitting=assembly.sitting(2), by=plant.bo, at=assembly.hour(3))
    with pytest.raises(Refused, match="sitting-still-to-vote"):
        meetings.close_vote(item=assembly.item(1), by=plant.bo, at=assembly.hour(3))
    meetings.close_sitting(sitting=assembly.sitting(3), by=plant.bo, at=assembly.hour(3) + HOUR)  # not held
    meetings.close_vote(item=assembly.item(1), by=plant.bo, at=make.now())
    assert figures(assembly, 1)[1:] == (14, 10, {"for": 2, "against": 0, "abstain": 0})


def test_an_item_that_a_closed_sitting_has_not_seen_waits(assembly: Assembly) -> None:
    plant = assembly.plant
    assembly.people = [assembly.people[0][:7], assembly.people[1][:3], []]
    opened(assembly, 1)
    meetings.close_sitting(sitting=assembly.sitting(1), by=plant.bo, at=assembly.hour(2))
    at = opened(assembly, 2)
    with pytest.raises(Refused, match=r"sitting-missed-this-vote \(sitting=1\)"):
        meetings.open_vote(item=assembly.item(1), way=Way.HANDS, by=plant.bo, at=at)


def test_nothing_is_acclaimed_for_those_who_are_still_to_come(assembly: Assembly) -> None:
    plant = assembly.plant
    assembly.people = [assembly.people[0][:7], [], []]
    at = opened(assembly, 1)
    meetings.open_vote(item=assembly.item(3), way=Way.HANDS, by=plant.bo, at=at)
    with pytest.raises(Refused, match="acclaimed-in-one-sitting"):
        meetings.acclaim(item=assembly.item(3), by=plant.bo, at=at)
    with pytest.raises(Refused, match="sitting-still-to-vote"):
        meetings.open_vote(item=assembly.item(1), way=Way.SCREENS, closes_at=at + HOUR, by=plant.bo, at=at)


MANDATE = ((66, 2, 4), (88, 3, 6), (55, 2, 4))


def test_the_third_sitting_votes_by_lamp_and_is_typed_in_the_next_morning(assembly: Assembly) -> None:
    """72 and 97 people raise their hands in the light; of 61, the power goes, and tally sheets are typed in later."""
    plant = assembly.plant
    assembly.people = [people[:size] for people, size in zip(assembly.people, (72, 97, 61), strict=True)]
    for sitting in (1, 2):
        at = opened(assembly, sitting)
        if sitting == 1:
            meetings.open_vote(item=assembly.item(3), way=Way.HANDS, by=plant.bo, at=at)
            ballots.name_tellers(
                ballot=assembly.ballot(3), members=[plant.gus, plant.hal], by=plant.bo, at=at
            )
        by_hands(assembly, 3, sitting, MANDATE[sitting - 1])
        meetings.close_sitting(sitting=assembly.sitting(sitting), by=plant.bo, at=assembly.hour(sitting + 1))
    at = opened(assembly, 3)
    dark = {"began_at": at + HOUR / 4, "ended_at": at + HOUR / 2}
    meetings.close_sitting(sitting=assembly.sitting(3), by=plant.bo, at=at + HOUR)
    item, third = assembly.item(3), assembly.sitting(3)
    votes = dict(zip(CODES, MANDATE[2], strict=True))
    with pytest.raises(Refused, match="sitting-voted-already"):
        meetings.enter_hands(item=item, sitting=third, block="Hall", votes=votes, by=plant.gus, at=make.now())
    with pytest.raises(Refused, match="not-during-a-sitting"):
        meetings.record_part_from_paper(
            item=item, sitting=third, began_at=at - HOUR, ended_at=at, source="Sheets", by=plant.bo,
            at=make.now(),
        )  # fmt: skip
    meetings.record_part_from_paper(
        item=item, sitting=third, **dark, source="Tally sheets, folder 3", by=plant.bo, at=make.now()
    )
    with pytest.raises(Refused, match="typed-already"):
        meetings.record_part_from_paper(
            item=item, sitting=third, **dark, source="Again", by=plant.bo, at=make.now()
        )
    for teller in (plant.gus, plant.hal):
        meetings.enter_hands(item=item, sitting=third, block="Hall", votes=votes, by=teller, at=make.now())
    with pytest.raises(Refused, match="block-not-agreed"):
        meetings.close_vote(item=item, by=plant.bo, at=make.now())
    ballots.confirm_hands(ballot=assembly.ballot(3), block="3 ▸ Hall", attempt=1, by=plant.bo, at=make.now())
    meetings.close_vote(item=item, by=plant.bo, at=make.now())
    assert figures(assembly, 3) == ("carried", 230, 109, {"for": 209, "against": 7, "abstain": 14})
