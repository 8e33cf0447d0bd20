"""Meetings as members see them: the list, one meeting, the notice, checking in and going out."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop import unchanged
from coop.meetings import actions
from coop.meetings.models import AgendaItem, Attendance, Meeting
from coop.pages import kept, timetable
from coop.pages.access import Here
from coop.pages.agenda import agenda
from coop.pages.agenda.read import know_sittings
from coop.pages.meetings import alike
from tests import make, make_budget
from tests.untold import Watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def signed_in(plant: make.Plant, who: str) -> Client:
    return make.sign_in(Client(), plant.people[who])


def address(meeting: Meeting, rest: str = "") -> str:
    return f"/bakery/meetings/{meeting.pk}/{rest}"


# --- the list --------------------------------------------------------------------------------------------


def test_next_ones_first_then_past(plant: make.Plant) -> None:
    draft = make.draft_meeting(plant, starts_at=make.now() + make.days(40))
    late = make.convened_meeting(plant, starts_at=make.now() - make.days(2), motions=[])
    running = make.meeting_in_session(plant, motions=[])
    cancelled = make.convened_meeting(plant, starts_at=make.now() + make.days(5), motions=[])
    actions.cancel(meeting=cancelled, because="The hall is flooded.", by=plant.ana, at=make.now())

    def shown(who: str) -> Any:
        context = signed_in(plant, who).get("/bakery/meetings/").context
        return [[(row.meeting, row.word, row.shape) for row in context[part]] for part in ("to_come", "past")]

    to_come = [
        (late, "its day has passed", "late"),
        (running, "in session", "live"),
        (draft, "being prepared", "draft"),
    ]
    past = [(cancelled, "cancelled", "stopped")]
    assert shown("ana") == [to_come, past]
    assert shown("eve") == [to_come[:2], past]


def test_an_empty_list_teaches(plant: make.Plant) -> None:
    page = signed_in(plant, "eve").get("/bakery/meetings/").content.decode()
    assert "No meeting is announced" in page
    assert "Prepare a meeting" not in page
    assert "Prepare a meeting" in signed_in(plant, "ana").get("/bakery/meetings/").content.decode()


# --- one meeting -----------------------------------------------------------------------------------------


def test_when_where_quorum_and_agenda(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    answer = signed_in(plant, "lou").get(address(meeting))
    assert answer.status_code == 200
    motion = meeting.items.get(number=2).title
    assert [(line.item.heading, line.word, line.shape) for line in answer.context["lines"]] == [
        ("Choice of two members who sign the minutes", "to be named", "waiting"),
        (motion, "waits for its vote", "waiting"),
        ("The new oven", "report, no vote", "waiting"),
    ]
    assert answer.context["first_call"] == "more than half of the register: 7 of 12"
    assert answer.context["second_call"] == "whoever is there"
    clock = answer.context["clock"].quorum
    assert (clock.present, clock.needed, clock.register) == (8, 7, 12)
    assert "on first call." in answer.context["clock"].sentence


def test_before_the_register_is_drawn_no_number_is_shown(plant: make.Plant) -> None:
    meeting = actions.convene(
        meeting=make.draft_meeting(plant, starts_at=make.now() + make.days(30)), by=plant.ana, at=make.now()
    )
    page = signed_in(plant, "lou").get(address(meeting)).content.decode()
    assert "How many are needed is known as soon as the register of voters is drawn." in page
    assert "The attendance book opens on" in page


def test_a_vote_under_way_is_one_tap_away(plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    meeting = AgendaItem.objects.get(decision=decision).meeting
    ballot = f"/bakery/ballots/{decision.ballot_id}/"
    page = signed_in(plant, "fay").get(address(meeting)).content.decode()
    assert "Vote now" in page
    assert ballot in page
    make.cast(decision.ballot, plant.fay)
    page = signed_in(plant, "fay").get(address(meeting)).content.decode()
    assert "Your vote is in." in page
    assert "Vote now" not in page
    page = signed_in(plant, "lou").get(address(meeting)).content.decode()  # not checked in: the door first
    assert "I am here: check in" in page
    assert "Vote now" not in page


def test_a_decided_item_says_its_result(plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    item = AgendaItem.objects.get(decision=decision)
    for name in ("ana", "bo", "cy"):
        make.cast(decision.ballot, plant.people[name])
    actions.close_vote(item=item, by=plant.bo, at=make.now())
    line = signed_in(plant, "lou").get(address(item.meeting)).context["lines"][1]
    assert (line.word, line.shape) == ("carried", "yes")
    assert line.sentence.startswith("Carried: 3 for, 2 were needed")


def test_the_clock_alone_for_htmx(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    answer = signed_in(plant, "lou").get(address(meeting), headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "<html" not in page
    assert "<form" not in page
    assert "8 of 12 on the register" in page


def test_meetings_of_nobody(plant: make.Plant) -> None:
    eve = signed_in(plant, "eve")
    assert eve.get("/bakery/meetings/999999/").status_code == 404
    assert eve.get("/bakery/meetings/" + "9" * 19 + "/").status_code == 404


def test_the_mark_of_an_open_meeting_stays_where_it_was_when_it_opened(plant: make.Plant) -> None:
    """On first call seven of twelve are needed, on second one; the hour of that comes and goes while they sit."""
    waits = make.convened_meeting(plant, motions=[])
    sits = make.meeting_in_session(plant, motions=[])
    later = Here(plant.cooperative, plant.lou, make.now() + datetime.timedelta(hours=3), demo=False)
    marks = {}
    for meeting in (waits, sits):
        clock = timetable.clock(Meeting.objects.get(pk=meeting.pk), later)
        assert clock is not None
        marks[meeting.pk] = clock.quorum.needed
    assert marks == {waits.pk: 1, sits.pk: 7}


def test_the_notice_hangs_on_the_board(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant)
    page = signed_in(plant, "lou").get(address(meeting, "notice/")).content.decode()
    for words in (
        f"Extraordinary assembly {meeting.label}",
        "Packing hall",
        "more than half of the register",
        "On second call, 60 minutes later",
        "Closing day",
        "by Ana.",
    ):
        assert words in page
    assert "Draft: not posted yet" not in page


def test_the_notice_of_a_draft_says_so(plant: make.Plant) -> None:
    meeting = make.draft_meeting(plant, starts_at=make.now() + make.days(30))
    assert (
        "Draft: not posted yet" in signed_in(plant, "ana").get(address(meeting, "notice/")).content.decode()
    )
    assert signed_in(plant, "lou").get(address(meeting, "notice/")).status_code == 404


# --- the door --------------------------------------------------------------------------------------------


def test_checking_in_oneself(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    lou = signed_in(plant, "lou")
    for _twice in range(2):  # a second tap changes nothing
        answer = lou.post(address(meeting, "check-in/"))
        assert (answer.status_code, answer["Location"]) == (302, address(meeting))
    came = Attendance.objects.get(meeting=meeting, member=plant.lou)
    assert (came.votes, came.how, came.recorded_by, came.left_at) == (True, "self", plant.lou, None)
    assert "You are checked in since" in lou.get(address(meeting)).content.decode()


def test_somebody_without_a_vote_has_a_voice(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    max_ = signed_in(plant, "max")
    assert "you have a voice, and no vote" in max_.get(address(meeting)).content.decode()
    max_.post(address(meeting, "check-in/"))
    assert not Attendance.objects.get(meeting=meeting, member=plant.max).votes


def test_going_out_and_coming_back(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    eve = signed_in(plant, "eve")
    eve.post(address(meeting, "leave/"))
    came = Attendance.objects.get(meeting=meeting, member=plant.eve)
    assert came.left_at is not None
    assert "Check in when you are back" in eve.get(address(meeting)).content.decode()
    assert eve.post(address(meeting, "leave/")).status_code == 409
    eve.post(address(meeting, "check-in/"))
    came.refresh_from_db()
    assert came.left_at is None


def test_who_never_came_cannot_go(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    answer = signed_in(plant, "lou").post(address(meeting, "leave/"))
    assert answer.status_code == 409
    assert "Lou is not checked in." in answer.content.decode()


def test_nobody_sends_another_out(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    answer = signed_in(plant, "eve").post(address(meeting, "leave/"), {"number": plant.fay.number})
    assert answer.status_code == 404
    assert Attendance.objects.get(meeting=meeting, member=plant.fay).left_at is None


@pytest.mark.parametrize("number", ["x", "", "-1", "9" * 5000, "٣", "1\x00", ["5", "6"]])
def test_a_number_that_is_none(plant: make.Plant, number: Any) -> None:
    meeting = make.meeting_in_session(plant)
    answer = signed_in(plant, "ana").post(address(meeting, "leave/"), {"number": number})
    assert answer.status_code == 422
    assert not Attendance.objects.filter(meeting=meeting, left_at__isnull=False).exists()


def test_before_the_doors_open(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant, starts_at=make.now() + datetime.timedelta(hours=3))
    eve = signed_in(plant, "eve")
    assert "I am here: check in" not in eve.get(address(meeting)).content.decode()
    answer = eve.post(address(meeting, "check-in/"))
    assert answer.status_code == 409
    assert "it opens two hours before a sitting" in answer.content.decode()
    assert not Attendance.objects.filter(meeting=meeting).exists()


def test_after_the_meeting_is_closed(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    actions.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    lou = signed_in(plant, "lou")
    assert "I am here: check in" not in lou.get(address(meeting)).content.decode()
    assert lou.post(address(meeting, "check-in/")).status_code == 409


def test_looking_changes_nothing(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    lou = signed_in(plant, "lou")
    assert lou.get(address(meeting, "check-in/")).status_code == 405
    eve = signed_in(plant, "eve")
    assert "Are you going out?" in eve.get(address(meeting, "leave/")).content.decode()
    assert Attendance.objects.get(meeting=meeting, member=plant.eve).left_at is None
    assert lou.post(address(meeting)).status_code == 405
    assert lou.post(address(meeting, "notice/")).status_code == 405
    assert lou.delete("/bakery/meetings/").status_code == 405


# --- a page for one and a page for thirty ----------------------------------------------------------------


def many_items(plant: make.Plant, count: int) -> Meeting:
    """A meeting in session; `count` motions decided, `count` that wait, and as many with words in the minutes."""
    motions = [make.supported_motion(plant, title=f"Motion {n}") for n in range(2 * count)]
    meeting = make.meeting_in_session(plant, motions=motions)
    for number in range(2, 2 + count):
        item = meeting.items.get(number=number)
        actions.open_vote(item=item, by=plant.bo, at=make.now())
        actions.close_vote(item=item, by=plant.bo, at=make.now())
        actions.write_note(item=item, text="Words.", revision=0, by=plant.ana, at=make.now())
    actions.open_vote(item=meeting.items.get(number=2 + count), by=plant.bo, at=make.now())
    return meeting


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(path, follow=path.endswith("/register/")).status_code == 200
    return len(counted)


def test_the_number_of_queries_does_not_grow_with_the_agenda(plant: make.Plant) -> None:
    one, thirty = many_items(plant, 1), many_items(plant, 15)
    ana = signed_in(plant, "ana")
    for page in ("", "notice/", "attendance/", "hall/", "minutes/", "minutes/close/", "close/", "register/"):
        assert queries(ana, address(one, page)) == queries(ana, address(thirty, page)), page


def test_nobody_asks_at_the_door_about_somebody_who_is_in_nor_about_anybody_when_it_is_over(
    plant: make.Plant,
) -> None:
    meeting = make.meeting_in_session(plant)
    path, readers = address(meeting), ("eve", "lou", "max")
    while_it_sits = [queries(signed_in(plant, who), path) for who in readers]
    actions.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    assert (while_it_sits, queries(signed_in(plant, "lou"), path)) == ([10, 8, 11], 7)


def test_the_number_of_queries_does_not_grow_with_the_list(plant: make.Plant) -> None:
    ana = signed_in(plant, "ana")
    make.convened_meeting(plant, motions=[], starts_at=make.now() + make.days(3))
    actions.close_meeting(meeting=make.meeting_in_session(plant, motions=[]), by=plant.bo, at=make.now())
    few = queries(ana, "/bakery/meetings/")
    for _more in range(29):
        make.convened_meeting(plant, motions=[], starts_at=make.now() + make.days(3))
        cancelled = make.convened_meeting(plant, motions=[], starts_at=make.now() + make.days(3))
        actions.cancel(meeting=cancelled, because="The hall is flooded.", by=plant.ana, at=make.now())
    assert queries(ana, "/bakery/meetings/") == few
    page = ana.get("/bakery/meetings/").context["page"]
    assert (page.paginator.count, len(page)) == (30, 20)


# --- the agenda, drawn once for those who may do nothing to it -------------------------------------------------------


def test_an_agenda_asks_nothing_that_does_not_decide_whether_it_is_drawn_again(
    django_assert_num_queries: Any,
) -> None:
    plant = make_budget.plant()
    year = make_budget.opened(plant)
    first = make_budget.admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000}, title="More gas")
    make_budget.admitted(plant, year, {"E-RES": -2_000, "E-BAG": 2_000}, title="Paper bags")
    meeting = make_budget.in_session(plant, make_budget.laid(plant, year))
    make_budget.decided(plant, make_budget.item_for(meeting, first))
    meeting = Meeting.objects.get(pk=meeting.pk)
    with unchanged.each_asks_anew():
        plant.cooperative.chain.refresh_from_db()
        unchanged.reading(plant.cooperative.chain.head_hash)
        know_sittings(meeting)
        assert agenda.said_of(meeting, voted=True, counted=True, of_budget=True)
        with django_assert_num_queries(0):
            shown = agenda.lines(meeting, {})
    assert any(line.budget for line in shown)
    assert any(line.sentence for line in shown)


def test_the_agenda_is_drawn_once_for_many_and_anew_when_it_reads_otherwise(
    plant: make.Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = make.meeting_in_session(plant, motions=[make.supported_motion(plant, title="A longer lunch")])
    drawn: list[str] = []
    real = kept.render_to_string

    def draw(template: str, *what: Any) -> Any:
        drawn.append(template)
        return real(template, *what)

    monkeypatch.setattr(kept, "render_to_string", draw)

    def reads(who: str) -> str:
        return signed_in(plant, who).get(address(meeting)).content.decode()

    pages = [reads("lou"), reads("kim")]
    assert drawn.count("meetings/agenda.html") == 1
    assert all("A longer lunch" in page and "waits for its vote" in page for page in pages)
    assert "under way since" not in pages[0]
    motion = AgendaItem.objects.get(meeting=meeting, kind="proposal")
    actions.call_item(item=motion, sitting=meeting.sittings.get(), by=plant.bo, at=make.now())
    assert "under way since" in reads("lou")
    assert drawn.count("meetings/agenda.html") == 2


def test_who_may_ask_for_a_secret_vote_reads_the_button_beside_others_who_may_not(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant, motions=[make.supported_motion(plant, title="A longer lunch")])
    outside, inside = (signed_in(plant, who).get(address(meeting)).content.decode() for who in ("lou", "eve"))
    assert "I ask for a secret vote" in inside
    assert "I ask for a secret vote" not in outside
    assert "A longer lunch" in inside
    assert "A longer lunch" in outside


# --- what everybody reads alike --------------------------------------------------------------------------------------


def reads(plant: make.Plant, who: str, meeting: Meeting) -> str:
    return " ".join(signed_in(plant, who).get(address(meeting)).content.decode().split())


def test_who_asks_for_a_secret_vote_is_counted_on_the_next_page_of_everybody(
    plant: make.Plant, watch: Watch
) -> None:
    """It is told nowhere, so no new line of the journal says that it is to be drawn again."""
    watch.warm = True
    meeting = make.meeting_in_session(plant, motions=[make.supported_motion(plant, title="A longer lunch")])
    assert "for a secret vote" not in reads(plant, "lou", meeting)
    motion = meeting.items.get(kind="proposal")
    actions.demand_secrecy(item=motion, by=plant.eve, at=make.now())
    assert "1 person present asks for a secret vote" in reads(plant, "kim", meeting)


def test_who_comes_in_is_counted_on_the_next_page_of_everybody(plant: make.Plant, watch: Watch) -> None:
    watch.warm = True
    meeting = make.meeting_in_session(plant)
    before = int(re.findall(r"Present <span class=\"number\">(\d+) of", reads(plant, "lou", meeting))[0])
    assert signed_in(plant, "kim").post(address(meeting, "check-in/")).status_code == 302
    assert f"{before + 1} of " in reads(plant, "lou", meeting)


def test_the_page_goes_along_with_the_meeting(plant: make.Plant, watch: Watch) -> None:
    watch.warm = True
    meeting = make.convened_meeting(plant, starts_at=make.now() + make.days(3))
    first = reads(plant, "lou", meeting)
    assert "Convened" in first
    assert "Screen for the hall" in first
    actions.cancel(meeting=meeting, because="The hall is flooded.", by=plant.ana, at=make.now())
    then = reads(plant, "lou", meeting)
    assert "Cancelled" in then
    assert not [words for words in ("Screen for the hall", "Convened", "The quorum") if words in then]


def test_two_meetings_alike_keep_their_own_papers(plant: make.Plant, watch: Watch) -> None:
    watch.warm = True
    first, second = (make.convened_meeting(plant, motions=[]) for _one in range(2))
    for meeting in (first, second, first):
        page = reads(plant, "lou", meeting)
        assert f"{meeting.label}</p>" in page
        assert address(meeting, "notice/") in page
        assert f'hx-get="{address(meeting)}"' in page


def test_the_timetable_is_that_of_the_day_and_knows_the_minutes(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant, starts_at=make.now() + make.days(30))
    sittings = know_sittings(meeting)
    closes_on = meeting.register_closes_on
    assert closes_on is not None

    def steps(day: datetime.date, *, closed: bool = False) -> str:
        here = Here(plant.cooperative, plant.lou, make.now(), demo=False)
        here.day = day
        return alike.of_meeting(here, meeting, (sittings,), minutes_closed=closed)["steps"]

    before, after = steps(closes_on), steps(closes_on + datetime.timedelta(days=1))
    assert (before.count("step--done"), after.count("step--done")) == (1, 2)
    assert steps(closes_on, closed=True).count("step--done") == 2
    assert steps(closes_on) == before
