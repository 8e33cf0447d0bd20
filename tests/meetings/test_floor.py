"""The course of a sitting: items called, the list of speakers, motions of order, pauses, announcements."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from coop.charter.models import Bylaws
from coop.journal.models import Entry
from coop.meetings import actions
from coop.meetings.course import announced, call_under_way, pause_of, sitting_under_way
from coop.meetings.models import (
    AgendaItem,
    ItemCall,
    Meeting,
    OffAgenda,
    Pause,
    ProceduralMotion,
    Sitting,
    SittingOffice,
    Turn,
)
from coop.meetings.off_agenda import waiting_for_next
from coop.meetings.speaking import Floor, Moved, floor_of
from coop.members.models import Member
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db

MINUTE = datetime.timedelta(minutes=1)


class Hall:
    """A meeting in session with item 2 called, and short words for what is done in it."""

    def __init__(self, plant: make.Plant, meeting: Meeting) -> None:
        self.plant, self.meeting = plant, meeting
        sitting = sitting_under_way(meeting)
        assert sitting is not None
        self.sitting: Sitting = sitting
        self.item: AgendaItem = meeting.items.get(number=2)
        self.at = make.now()

    def call(self, number: int) -> ItemCall:
        item = self.meeting.items.get(number=number)
        return actions.call_item(item=item, sitting=self.sitting, by=self.plant.bo, at=self.tick())

    def tick(self) -> datetime.datetime:
        self.at += datetime.timedelta(seconds=1)
        return self.at

    def asks(self, who: Member, *, by: Member | None = None, **more: Any) -> Turn:
        return actions.ask_for_floor(sitting=self.sitting, member=who, by=by or who, at=self.tick(), **more)

    def speaks(self, turn: Turn) -> Turn:
        return actions.give_floor(turn=turn, by=self.plant.ana, at=self.tick())

    def ends(self, turn: Turn) -> None:
        actions.end_turn(turn=turn, by=self.plant.ana, at=self.tick())

    def moves(self, kind: str, mover: Member, **more: Any) -> ProceduralMotion:
        return actions.move_order(
            sitting=self.sitting, moved=Moved(kind, mover, **more), by=self.plant.ana, at=self.tick()
        )

    @property
    def floor(self) -> Floor:
        meeting = self.meeting
        return floor_of(
            self.item, self.sitting, Bylaws.in_force(meeting.cooperative, meeting.cooperative.day_of(self.at))
        )

    @property
    def names(self) -> list[str]:
        return [turn.member.name for turn in self.floor.waiting]


@pytest.fixture
def hall() -> Hall:
    plant = make.plant()
    made = Hall(plant, make.meeting_in_session(plant))
    made.call(2)
    return made


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


# --- Items ----------------------------------------------------------------------------------------------------------


def test_one_item_is_under_way_and_the_next_ends_it(hall: Hall) -> None:
    turn = hall.speaks(hall.asks(hall.plant.eve))
    hall.call(3)
    first, second = ItemCall.objects.order_by("pk")
    assert (first.item.number, first.ended_at, second.ended_at) == (2, second.called_at, None)
    turn.refresh_from_db()
    assert turn.ended_at == second.called_at
    under_way = call_under_way(hall.sitting)
    assert under_way is not None
    assert under_way.item.number == 3
    lines = Entry.objects.filter(verb="item-called").order_by("sequence")
    assert [line.facts for line in lines] == [{"item": "2", "sitting": 1}, {"item": "3", "sitting": 1}]


def test_an_item_is_called_once_by_whoever_leads_and_no_vote_is_left_open(hall: Hall) -> None:
    with pytest.raises(Refused) as refusal:
        hall.call(2)
    assert codes(refusal) == ["item-called-already"]
    with pytest.raises(Refused) as refusal:
        actions.call_item(
            item=hall.meeting.items.get(number=3), sitting=hall.sitting, by=hall.plant.eve, at=hall.tick()
        )
    assert codes(refusal) == ["no-mandate"]
    actions.open_vote(item=hall.item, by=hall.plant.bo, at=hall.tick())
    for act in (lambda: hall.call(3), lambda: _end(hall, 2)):
        with pytest.raises(Refused) as refusal:
            act()
        assert codes(refusal) == ["vote-under-way-on"]


def _end(hall: Hall, number: int) -> None:
    item = hall.meeting.items.get(number=number)
    actions.end_item(item=item, sitting=hall.sitting, by=hall.plant.bo, at=hall.tick())


def test_an_item_is_ended_without_another(hall: Hall) -> None:
    with pytest.raises(Refused) as refusal:
        _end(hall, 3)
    assert codes(refusal) == ["item-not-under-way"]
    _end(hall, 2)
    assert call_under_way(hall.sitting) is None
    with pytest.raises(Refused) as refusal:
        hall.asks(hall.plant.eve)
    assert codes(refusal) == ["no-item-under-way"]


def test_with_the_sitting_the_item_ends(hall: Hall) -> None:
    actions.close_sitting(sitting=hall.sitting, by=hall.plant.bo, at=hall.tick())
    closed = Sitting.objects.get(pk=hall.sitting.pk)
    assert call_under_way(closed) is None
    with pytest.raises(Refused) as refusal:
        hall.asks(hall.plant.eve)
    assert "no-item-under-way" in codes(refusal)


# --- The list of speakers -------------------------------------------------------------------------------------------


def test_who_has_not_spoken_comes_before_who_has(hall: Hall) -> None:
    plant = hall.plant
    hall.ends(hall.speaks(hall.asks(plant.eve)))
    hall.asks(plant.eve)
    hall.asks(plant.fay, by=plant.ana)
    hall.asks(plant.gus)
    assert hall.names == ["Fay", "Gus", "Eve"]
    hall.asks(plant.cy, kind="point_of_order")
    assert hall.names == ["Cy", "Fay", "Gus", "Eve"]
    hall.asks(plant.dee, kind="mover", by=plant.ana)
    assert hall.names == ["Cy", "Dee", "Fay", "Gus", "Eve"]


def test_a_turn_has_the_seconds_of_the_bylaws() -> None:
    plant = make.plant(bylaws={"speaking_minutes": 2, "speaking_mover_minutes": 6})
    hall = Hall(plant, make.meeting_in_session(plant))
    hall.call(2)
    assert hall.asks(plant.eve).seconds == 120
    assert hall.asks(plant.fay, interpreted=True).seconds == 240
    assert hall.asks(plant.gus, kind="mover", by=plant.ana).seconds == 360


def test_nobody_is_on_the_list_twice_or_speaks_more_often_than_the_bylaws_say(hall: Hall) -> None:
    eve = hall.plant.eve
    first = hall.asks(eve)
    with pytest.raises(Refused) as refusal:
        hall.asks(eve)
    assert codes(refusal) == ["waits-already"]
    hall.ends(hall.speaks(first))
    hall.ends(hall.speaks(hall.asks(eve)))
    with pytest.raises(Refused) as refusal:
        hall.asks(eve)
    assert codes(refusal) == ["turns-used"]
    assert hall.asks(eve, kind="point_of_order").pk


def test_only_who_is_in_the_hall_and_others_only_by_the_desk(hall: Hall) -> None:
    with pytest.raises(Refused) as refusal:
        hall.asks(hall.plant.lou)
    assert codes(refusal) == ["not-in-this-sitting"]
    with pytest.raises(Refused) as refusal:
        hall.asks(hall.plant.fay, by=hall.plant.eve)
    assert codes(refusal) == ["no-mandate"]
    with pytest.raises(Refused) as refusal:
        hall.asks(hall.plant.fay, kind="mover")
    assert codes(refusal) == ["mover-is-written-by-the-desk"]


def test_the_floor_goes_to_the_first_and_ends_who_was_speaking(hall: Hall) -> None:
    eve, fay = hall.asks(hall.plant.eve), hall.asks(hall.plant.fay)
    with pytest.raises(Refused) as refusal:
        hall.speaks(fay)
    assert codes(refusal) == ["others-come-first"]
    hall.speaks(eve)
    with pytest.raises(Refused) as refusal:
        hall.speaks(eve)
    assert codes(refusal) == ["turn-is-over"]
    hall.speaks(fay)
    eve.refresh_from_db()
    fay.refresh_from_db()
    assert (eve.ended_at, fay.ended_at) == (fay.began_at, None)
    hall.ends(fay)
    with pytest.raises(Refused) as refusal:
        hall.ends(fay)
    assert codes(refusal) == ["does-not-speak"]


def test_who_went_out_is_taken_off_and_not_called(hall: Hall) -> None:
    eve, fay = hall.asks(hall.plant.eve), hall.asks(hall.plant.fay)
    actions.leave(
        attendance=hall.meeting.attendances.get(member=hall.plant.eve), by=hall.plant.eve, at=hall.tick()
    )
    with pytest.raises(Refused) as refusal:
        hall.speaks(eve)
    assert codes(refusal) == ["not-in-this-sitting"]
    with pytest.raises(Refused) as refusal:
        actions.withdraw_wish(turn=eve, by=hall.plant.gus, at=hall.tick())
    assert codes(refusal) == ["no-mandate"]
    actions.withdraw_wish(turn=eve, by=hall.plant.ana, at=hall.tick())
    assert hall.speaks(fay).began_at is not None


def test_whoever_chairs_hands_the_chair_over_before_speaking(hall: Hall) -> None:
    bo = hall.plant.bo
    turn = hall.asks(bo)
    with pytest.raises(Refused) as refusal:
        hall.speaks(turn)
    assert codes(refusal) == ["chair-hands-over"]
    SittingOffice.objects.create(
        sitting=hall.sitting, power="chair", member=hall.plant.cy, named_by=bo, named_at=hall.tick()
    )
    assert hall.speaks(turn).began_at is not None


def test_the_journal_has_the_number_unless_somebody_asked_otherwise(hall: Hall) -> None:
    hall.speaks(hall.asks(hall.plant.eve, direction="against"))
    hall.speaks(hall.asks(hall.plant.fay, unnamed=True))
    lines = Entry.objects.filter(verb__startswith="floor-").order_by("sequence")
    assert [(line.verb, line.facts) for line in lines] == [
        ("floor-given", {"item": "2", "kind": "speaker", "member": 5}),
        ("floor-given-unnamed", {"item": "2", "kind": "speaker"}),
    ]
    assert not Entry.objects.filter(actor_name="Fay", at__gte=make.now() - MINUTE).exists()


# --- Motions of order -----------------------------------------------------------------------------------------------


def test_a_closed_list_takes_nobody_more_and_hears_who_is_on_it(hall: Hall) -> None:
    hall.asks(hall.plant.eve)
    assert hall.moves("close_list", hall.plant.fay, outcome="carried").outcome == "carried"
    with pytest.raises(Refused) as refusal:
        hall.asks(hall.plant.gus)
    assert codes(refusal) == ["list-closed"]
    assert hall.names == ["Eve"]
    with pytest.raises(Refused) as refusal:
        hall.moves("close_list", hall.plant.fay, outcome="carried")
    assert codes(refusal) == ["list-closed"]


def test_after_the_debate_is_closed_only_the_mover_replies(hall: Hall) -> None:
    plant = hall.plant
    hall.ends(hall.speaks(hall.asks(plant.gus, kind="mover", by=plant.ana)))
    waits = hall.asks(plant.eve)
    carried = hall.moves("close_debate", plant.fay, votes_for=4, votes_against=2)
    assert (carried.outcome, hall.names) == ("carried", [])
    assert [turn.member.name for turn in hall.floor.unheard] == ["Eve"]
    for act in (lambda: hall.speaks(waits), lambda: hall.asks(plant.cy)):
        with pytest.raises(Refused) as refusal:
            act()
        assert codes(refusal) == ["debate-closed"]
    with pytest.raises(Refused) as refusal:
        hall.asks(plant.cy, kind="reply")
    assert codes(refusal) == ["reply-is-the-movers"]
    hall.ends(hall.speaks(hall.asks(plant.gus, kind="reply")))
    with pytest.raises(Refused) as refusal:
        hall.asks(plant.gus, kind="reply")
    assert codes(refusal) == ["replied-already"]


@pytest.mark.parametrize(
    ("votes", "outcome"), [((4, 2), "carried"), ((3, 2), "not_carried"), ((0, 0), "not_carried")]
)
def test_closing_the_debate_needs_two_thirds_of_the_hands(
    hall: Hall, votes: tuple[int, int], outcome: str
) -> None:
    moved = hall.moves("close_debate", hall.plant.eve, votes_for=votes[0], votes_against=votes[1])
    assert (moved.outcome, hall.floor.debate_closed) == (outcome, outcome == "carried")


@pytest.mark.parametrize("votes", [(4, 4), (3, 4)])
def test_a_tie_keeps_the_ruling_of_the_chair(hall: Hall, votes: tuple[int, int]) -> None:
    moved = hall.moves("against_chair", hall.plant.eve, votes_for=votes[0], votes_against=votes[1])
    assert moved.outcome == "not_carried"


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("close_debate", {"outcome": "carried"}, "closure-is-counted"),
        ("close_debate", {"votes_for": 4}, "both-figures-wanted"),
        ("close_debate", {"votes_for": 7, "votes_against": 2}, "more-hands-than-present"),
        ("close_debate", {"votes_for": 2, "votes_against": 4, "outcome": "carried"}, "figures-say-otherwise"),
        ("close_list", {}, "figures-or-outcome-wanted"),
        (
            "close_list",
            {"votes_for": 1, "votes_against": 0, "outcome": "ruled_out"},
            "ruled-out-is-not-voted",
        ),
        ("against_chair", {"outcome": "ruled_out"}, "appeal-is-voted"),
        ("other", {"outcome": "carried"}, "say-what-was-moved"),
    ],
)
def test_figures_that_cannot_be_are_refused(hall: Hall, kind: str, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        hall.moves(kind, hall.plant.eve, **more)
    assert codes(refusal) == [code]
    assert not ProceduralMotion.objects.exists()


def test_no_speech_is_interrupted_and_who_has_spoken_does_not_close(hall: Hall) -> None:
    turn = hall.speaks(hall.asks(hall.plant.eve))
    with pytest.raises(Refused) as refusal:
        hall.moves("close_list", hall.plant.fay, outcome="carried")
    assert codes(refusal) == ["no-speech-is-interrupted"]
    hall.ends(turn)
    with pytest.raises(Refused) as refusal:
        hall.moves("close_debate", hall.plant.eve, votes_for=6, votes_against=0)
    assert codes(refusal) == ["closure-by-who-has-not-spoken"]
    with pytest.raises(Refused) as refusal:
        hall.moves("close_debate", hall.plant.lou, votes_for=6, votes_against=0)
    assert codes(refusal) == ["moves-without-vote"]


# --- Pauses, results, what is off the agenda ------------------------------------------------------------------------


def test_at_rest_nothing_is_called_until_it_goes_on(hall: Hall) -> None:
    until = hall.at + 10 * MINUTE
    pause = actions.pause_sitting(
        sitting=hall.sitting, because="Smoke", goes_on_at=until, by=hall.plant.bo, at=hall.tick()
    )
    turn = hall.asks(hall.plant.eve)
    for act in (lambda: hall.call(3), lambda: hall.speaks(turn), lambda: _pause(hall)):
        with pytest.raises(Refused) as refusal:
            act()
        assert codes(refusal) == ["sitting-rests"]
    actions.go_on(sitting=hall.sitting, by=hall.plant.bo, at=hall.tick())
    pause.refresh_from_db()
    assert (pause.until, pause_of(hall.sitting)) == (hall.at, None)
    with pytest.raises(Refused) as refusal:
        actions.go_on(sitting=hall.sitting, by=hall.plant.bo, at=hall.tick())
    assert codes(refusal) == ["sitting-does-not-rest"]
    assert "Smoke" not in str(list(Entry.objects.values_list("facts", flat=True)))


def _pause(hall: Hall, goes_on_at: datetime.datetime | None = None) -> Pause:
    return actions.pause_sitting(
        sitting=hall.sitting, because="Food", goes_on_at=goes_on_at, by=hall.plant.bo, at=hall.tick()
    )


@pytest.mark.parametrize("hours", [-1, 13, 24 * 365 * 300])
def test_a_pause_is_of_hours(hall: Hall, hours: int) -> None:
    with pytest.raises(Refused) as refusal:
        _pause(hall, hall.at + hours * 60 * MINUTE)
    assert codes(refusal) == ["pause-of-hours"]


def test_a_result_is_announced_once_it_is_counted(hall: Hall) -> None:
    def announce(by: Member = hall.plant.bo) -> None:
        actions.announce(item=hall.item, by=by, at=hall.tick())

    actions.open_vote(item=hall.item, by=hall.plant.bo, at=hall.tick())
    with pytest.raises(Refused) as refusal:
        announce()
    assert codes(refusal) == ["nothing-to-announce"]
    decision = actions.close_vote(item=hall.item, by=hall.plant.bo, at=hall.tick())
    with pytest.raises(Refused) as refusal:
        announce(hall.plant.eve)
    assert codes(refusal) == ["no-mandate"]
    announce()
    assert announced(hall.meeting) == {decision.pk: hall.at}
    with pytest.raises(Refused) as refusal:
        announce()
    assert codes(refusal) == ["announced-already"]


def test_no_result_is_told_before_the_last_sitting(hall: Hall) -> None:
    actions.open_vote(item=hall.item, by=hall.plant.bo, at=hall.tick())
    actions.close_vote(item=hall.item, by=hall.plant.bo, at=hall.tick())
    before = Sitting.objects.filter(meeting=hall.meeting)
    before.update(closed_at=hall.tick())
    Sitting.objects.create(
        meeting=hall.meeting, number=2, starts_at=hall.at + MINUTE, continues=before.get(), because="Late"
    )
    with pytest.raises(Refused) as refusal:
        actions.announce(item=hall.item, by=hall.plant.bo, at=hall.tick())
    assert codes(refusal) == ["not-before-the-last-sitting"]


def test_what_is_off_the_agenda_waits_for_the_next_of_the_body(hall: Hall) -> None:
    plant = hall.plant
    entry = actions.note_off_agenda(
        meeting=hall.meeting, title="The gate", raised_by=plant.eve, by=plant.ana, at=hall.tick()
    )
    with pytest.raises(Refused) as refusal:
        actions.note_off_agenda(
            meeting=hall.meeting, title="The roof", raised_by=plant.lou, by=plant.ana, at=hall.tick()
        )
    assert codes(refusal) == ["not-checked-in-person"]
    assert list(waiting_for_next(plant.assembly)) == [entry]
    with pytest.raises(Refused) as refusal:
        actions.take_up(entry=entry, meeting=hall.meeting, by=plant.ana, at=hall.tick())
    assert codes(refusal) == ["agenda-closed"]
    draft = make.draft_meeting(plant, starts_at=make.now() + make.days(30))
    item = actions.take_up(entry=entry, meeting=draft, by=plant.ana, at=hall.tick())
    assert (item.title, item.number, list(waiting_for_next(plant.assembly))) == ("The gate", 3, [])
    with pytest.raises(Refused) as refusal:
        actions.take_up(entry=entry, meeting=draft, by=plant.ana, at=hall.tick())
    assert codes(refusal) == ["taken-up-already"]
    actions.remove_item(item=item, by=plant.ana, at=hall.tick())
    assert list(waiting_for_next(plant.assembly)) == [OffAgenda.objects.get()]
