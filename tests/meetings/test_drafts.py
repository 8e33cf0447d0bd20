"""A draft put right: its hours, its items and their order; called too late; cancelled with a reason; copied."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.calendar import Planned
from coop.meetings.models import AgendaItem, Meeting
from coop.proposals.models import Proposal
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def refused(act: Any, **facts: Any) -> list[str]:
    with pytest.raises(Refused) as no:
        act(**facts)
    return [reason.code for reason in no.value.reasons]


def draft(plant: make.Plant, **more: Any) -> Meeting:
    return make.draft_meeting(plant, starts_at=make.now() + make.days(30), at=make.now(), **more)


def corrected(plant: make.Plant, meeting: Meeting, *sittings: Planned, **more: Any) -> dict[str, Any]:
    facts = {"kind": "ordinary", "title": "Roof", "place": "Yard", "by": plant.ana, "at": make.now()}
    return {"meeting": meeting, "sittings": sittings, **facts, **more}


def test_a_draft_is_put_right_with_all_its_sittings(plant: make.Plant) -> None:
    meeting, soon = draft(plant), make.now() + make.days(40)
    night = Planned(soon + 16 * HOUR, "night crew", "Gate")
    meetings.correct_draft(**corrected(plant, meeting, night, Planned(soon)))
    meeting.refresh_from_db()
    assert (meeting.kind, meeting.title, meeting.place) == ("ordinary", "Roof", "Yard")
    rows = [(one.number, one.starts_at, one.for_whom, one.place) for one in meeting.sittings.all()]
    assert rows == [(1, soon, "", ""), (2, soon + 16 * HOUR, "night crew", "Gate")]
    assert [item.number for item in meeting.items.all()] == [1, 2]  # the agenda stays
    assert Entry.objects.last().verb == "meeting-corrected"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("hours", "code"),
    [
        ([], "meeting-without-sitting"),
        ([-1.0], "sitting-in-the-past"),
        ([24.0 * 800], "sitting-too-far"),
        ([24.0, 24.0], "sittings-at-one-moment"),
        ([24.0 + hour for hour in range(13)], "too-many-sittings"),
    ],
)
def test_hours_that_no_draft_takes(plant: make.Plant, hours: list[float], code: str) -> None:
    meeting, now = draft(plant), make.now()
    planned = [Planned(now + hour * HOUR) for hour in hours]
    assert refused(meetings.correct_draft, **corrected(plant, meeting, *planned, at=now)) == [code]
    assert meeting.sittings.count() == 1


def test_nobody_else_corrects_it_and_nobody_once_the_notice_is_out(plant: make.Plant) -> None:
    soon = Planned(make.now() + make.days(40))
    meeting = draft(plant)
    assert refused(meetings.correct_draft, **corrected(plant, meeting, soon, by=plant.bo)) == ["no-mandate"]
    assert refused(meetings.correct_draft, **corrected(plant, meeting, soon, kind="council")) == [
        "kind-not-of-this-body"
    ]
    meetings.convene(meeting=meeting, by=plant.ana, at=make.now())
    assert refused(meetings.correct_draft, **corrected(plant, meeting, soon)) == ["meeting-not-draft"]


def test_items_are_changed_and_put_in_order(plant: make.Plant) -> None:
    meeting = draft(plant, motions=[make.supported_motion(plant)])
    act = {"by": plant.ana, "at": make.now()}
    oven = meeting.items.get(kind="report")
    meetings.move_item(item=oven, up=True, **act)
    meetings.move_item(item=oven, up=True, **act)
    meetings.move_item(item=oven, up=True, **act)  # it is the first already
    meetings.change_item(item=oven, title=" Two  ovens ", planned_minutes=25, openness="closed", **act)
    rows = list(meeting.items.values_list("number", "kind", "title", "planned_minutes", "openness"))
    assert rows[0] == (1, "report", "Two ovens", 25, "closed")
    assert [row[:2] for row in rows] == [(1, "report"), (2, "signers"), (3, "proposal")]
    first = meeting.items.get(number=1)
    meetings.remove_item(item=first, **act)
    assert refused(meetings.move_item, item=first, up=False, **act) == ["item-gone"]
    signers = {"meeting": meeting, "kind": "signers", **act}
    assert refused(meetings.add_item, **signers) == ["signers-on-agenda-already"]


def test_items_that_name_nothing_that_waits(plant: make.Plant) -> None:
    add = {"meeting": draft(plant), "by": plant.ana, "at": make.now()}
    assert refused(meetings.add_item, kind="minutes", **add) == ["no-minutes-waiting"]
    assert refused(meetings.add_item, kind="requested", **add) == ["no-request-waiting"]
    assert meetings.add_item(kind="actions", **add).title == "actions agreed earlier"


# --- Too late ---------------------------------------------------------------------------------------------


def late(plant: make.Plant) -> Meeting:
    """For tomorrow, and convened so late that everybody has to be there."""
    meeting = make.draft_meeting(plant, starts_at=make.now() + make.days(1), at=make.now())
    assert refused(meetings.convene, meeting=meeting, by=plant.ana, at=make.now()) == ["notice-too-late"]
    return meetings.convene(meeting=meeting, universal=True, by=plant.ana, at=make.now())


def test_called_too_late_it_opens_only_when_everybody_is_there(plant: make.Plant) -> None:
    meeting = late(plant)
    assert meeting.universal
    sitting, hour = meeting.sittings.get(), make.now() + make.days(1)
    for name in make.NAMES[:-1]:
        meetings.check_in(meeting=meeting, member=plant.people[name.lower()], by=plant.ana, at=hour)
    at = hour + HOUR / 2
    assert refused(meetings.open_sitting, sitting=sitting, by=plant.bo, at=at) == ["universal-not-everybody"]
    later = at + 2 * HOUR  # on second call everybody is still asked for
    assert refused(meetings.open_sitting, sitting=sitting, by=plant.bo, at=later) == [
        "universal-not-everybody"
    ]
    meetings.check_in(meeting=meeting, member=plant.lou, by=plant.lou, at=at)
    assert meetings.open_sitting(sitting=sitting, by=plant.bo, at=at).present_at_opening == 12


def test_in_time_it_is_a_meeting_like_any_other(plant: make.Plant) -> None:
    assert not meetings.convene(meeting=draft(plant), universal=True, by=plant.ana, at=make.now()).universal


def test_everybody_sits_in_one_room_and_not_yesterday(plant: make.Plant) -> None:
    tomorrow = make.now() + make.days(1)
    two = make.draft_meeting(plant, starts_at=tomorrow, at=make.now())
    facts = corrected(plant, two, Planned(tomorrow), Planned(tomorrow + HOUR), kind="extraordinary")
    meetings.correct_draft(**facts)
    act = {"universal": True, "by": plant.ana, "at": make.now()}
    assert refused(meetings.convene, meeting=two, **act) == ["universal-in-one-sitting"]
    over = make.draft_meeting(plant, starts_at=make.now() - HOUR, at=make.now())
    assert refused(meetings.convene, meeting=over, **act) == ["sitting-in-the-past"]


# --- Cancelled, and called again --------------------------------------------------------------------------


def test_whoever_was_called_reads_why_it_is_not_held(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant)
    act = {"meeting": meeting, "by": plant.ana, "at": make.now()}
    assert refused(meetings.cancel, because=" ", **act) == ["cancelled-without-reason"]
    assert meetings.cancel(because="The hall is flooded.", **act).cancelled_because == "The hall is flooded."
    assert meetings.cancel(meeting=draft(plant), by=plant.ana, at=make.now()).cancelled_because == ""


def test_a_meeting_without_quorum_is_called_again(plant: make.Plant) -> None:
    """The proposal waits again and comes along; what was settled would not."""
    meeting = make.convened_meeting(plant)
    meetings.cancel(meeting=meeting, because="No quorum.", by=plant.ana, at=make.now())
    again = meetings.copy_meeting(
        meeting=meeting,
        title=meeting.title,
        place=meeting.place,
        sittings=[Planned(make.now() + make.days(20))],
        by=plant.ana,
        at=make.now(),
    )
    assert (again.copied_from, again.kind, again.state) == (meeting, "extraordinary", "draft")
    assert [item.kind for item in again.items.all()] == ["signers", "proposal", "report"]
    assert Proposal.objects.get().state == "tabled"


def test_a_copy_leaves_what_is_settled_and_what_stands_elsewhere(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant)  # its proposal is tabled there
    facts = {"meeting": meeting, "title": "Again", "place": "Yard", "by": plant.ana, "at": make.now()}
    again = meetings.copy_meeting(sittings=[Planned(make.now() + make.days(20))], **facts)
    rows = list(AgendaItem.objects.filter(meeting=again).values_list("number", "kind", "title"))
    assert rows == [(1, "signers", meeting.items.get(number=1).title), (2, "report", "The new oven")]
