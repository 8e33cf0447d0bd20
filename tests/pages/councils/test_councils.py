"""Councils: instruction before the vote, the vote beside it, the report back and its readers, absences, tables."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.elections.rules.empty_seats import obstacles_in_seat
from coop.elections.vacant import vacancies
from coop.journal.models import Entry
from coop.meetings import actions
from coop.meetings.councils import DESK, absent_too_often, casts, delegates, meets_until
from coop.meetings.models import AgendaItem, Instruction, Meeting, ReportBack, WorkingTable
from coop.members.actions import create_body
from coop.members.models import Body, Department, Mandate, Seat
from coop.refusals import Refused
from tests import make, make_council

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def council(plant: make.Plant) -> Body:
    return make_council.council(plant)


def signed(plant: make.Plant, name: str) -> Client:
    return make.sign_in(Client(), plant.people[name])


def day(plant: make.Plant, ahead: int = 0) -> datetime.date:
    return plant.cooperative.day_of(make.now()) + datetime.timedelta(days=ahead)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def told(plant: make.Plant, item: AgendaItem, choice: str = "for", **more: Any) -> Instruction:
    facts = {
        "department": Department.objects.get(cooperative=plant.cooperative, code="OVN"),
        "text": "Only with the new burners",
        "source": "Shift change of crew B",
        "given_on": day(plant),
        "by": plant.gus,
        "at": make.now(),
    }
    return actions.instruct(item=item, choice=choice, **facts | more)


def voted(plant: make.Plant, item: AgendaItem, **answers: str) -> AgendaItem:
    """Opened, cast by name on telephones, closed and counted."""
    decision = actions.open_vote(item=item, by=plant.eve, at=make.now())
    for name, answer in answers.items():
        make.cast(decision.ballot, plant.people[name], answer)
    actions.close_vote(item=AgendaItem.objects.get(pk=item.pk), by=plant.eve, at=make.now())
    return AgendaItem.objects.select_related("decision__ballot", "meeting__body").get(pk=item.pk)


# --- Instruction and vote -------------------------------------------------------------------------------------------


def test_the_vote_stands_beside_what_the_department_told(plant: make.Plant, council: Body) -> None:
    meeting = make_council.in_session(plant, council, motions=[make_council.motion(plant, council)])
    item = meeting.items.get(number=2)
    gus = signed(plant, "gus")
    sheet = {
        "department": "OVN", "choice": "for", "source": "Shift change of crew B", "given_on": str(day(plant)),
        "votes_for": "9", "votes_against": "4", "text": "Only with the new burners",
    }  # fmt: skip
    address = f"/bakery/meetings/{meeting.pk}/items/2/instruction/"
    assert gus.post(address, sheet | {"votes_against": ""}).status_code == 422
    assert gus.post(address, sheet | {"given_on": str(day(plant, 1))}).status_code == 409
    assert gus.post(address, sheet | {"given_on": "9999-01-01"}).status_code == 409
    assert gus.post(address, sheet).status_code == 302
    item = voted(plant, item, eve="for", fay="for", gus="against")
    late = gus.post(address, sheet)
    assert late.status_code == 409
    assert "comes too late" in late.content.decode()
    found = {one.member.name: (one.answer, one.kept) for one in casts([item], council)[item.pk]}
    assert found == {"Eve": ("for", True), "Fay": ("for", True), "Gus": ("against", False)}
    lou = signed(plant, "lou")
    assert item.decision is not None
    for page in (f"/bakery/decisions/{item.decision_id}/", f"/bakery/meetings/{meeting.pk}/"):
        text = lou.get(page).content.decode()
        assert text.count("as instructed") == 2, page
        assert text.count("against the instruction") == 1, page
    text = lou.get(f"/bakery/proposals/{item.proposal_id}/").content.decode()
    assert "Council of the ovens: carried, 2 to 1" in text
    assert item.decision.label in text


def test_a_new_instruction_replaces_and_names_the_one_before(plant: make.Plant, council: Body) -> None:
    meeting = make_council.convened(plant, council, motions=[make_council.motion(plant, council)])
    item = meeting.items.get(number=2)
    first = told(plant, item)
    second = told(plant, item, "free", by=plant.fay)
    assert (second.replaces, Instruction.objects.count()) == (first, 2)
    page = signed(plant, "lou").get("/bakery/councils/C-OVN/").content.decode()
    assert "decide freely" in page
    assert "vote for" not in page
    assert "burners" not in str([entry.facts for entry in Entry.objects.filter(verb="instruction-given")])


def test_who_enters_an_instruction_and_for_whom(plant: make.Plant, council: Body) -> None:
    meeting = make_council.convened(plant, council, motions=[make_council.motion(plant, council)])
    item = meeting.items.get(number=2)
    packing = Department.objects.get(cooperative=plant.cooperative, code="PAC")
    for more, expected in (
        ({"by": plant.lou}, ["no-delegate-here", "no-delegate-of-it"]),
        ({"by": plant.hal}, ["no-delegate-here", "no-delegate-of-it"]),  # an alternate
        ({"department": packing}, ["department-sends-nobody"]),
        ({"given_on": day(plant, -366)}, ["instruction-day-wrong"]),
    ):
        with pytest.raises(Refused) as refused:
            told(plant, item, **more)
        assert codes(refused) == expected
    with pytest.raises(Refused) as refused:
        told(plant, meeting.items.get(number=1))
    assert codes(refused) == ["nothing-to-decide"]
    assembly = make.convened_meeting(plant, motions=[make.supported_motion(plant, title="Showers")])
    with pytest.raises(Refused) as refused:
        told(plant, assembly.items.get(number=2))
    assert "no-council-of-delegates" in codes(refused)
    assert not Instruction.objects.exists()


def test_a_secret_vote_is_shown_beside_nothing(plant: make.Plant, council: Body) -> None:
    meeting = make_council.in_session(plant, council, motions=[make_council.motion(plant, council)])
    item = voted(plant, meeting.items.get(number=2), eve="for", fay="for", gus="for")
    assert item.decision is not None
    assert len(casts([item], council)[item.pk]) == 3
    item.decision.ballot.secrecy = "secret"
    assert casts([item], council) == {}


# --- The report back ------------------------------------------------------------------------------------------------


def test_a_delegate_tells_and_the_department_reads(plant: make.Plant, council: Body) -> None:
    meeting = make_council.in_session(plant, council, motions=[make_council.motion(plant, council)])
    told(plant, meeting.items.get(number=2))
    voted(plant, meeting.items.get(number=2), eve="for", fay="for", gus="against")
    actions.close_meeting(meeting=meeting, by=plant.eve, at=make.now())
    gus = signed(plant, "gus")
    assert "Tell your department" in gus.get("/bakery/").content.decode()
    address = f"/bakery/meetings/{meeting.pk}/report-back/"
    page = gus.get(address).content.decode()
    for words in ("carried", "For 2, Against 1", "My vote: Against", "against the instruction", "in 7 days"):
        assert words in page, words
    assert gus.post(address, {"text": " "}).status_code == 422
    answer = gus.post(
        address, {"text": "We argued about gas.\n\nI voted against.", "told_at": "Shift change"}
    )
    report = ReportBack.objects.get()
    assert answer["Location"] == f"/bakery/reports-back/{report.pk}/"
    assert gus.post(address, {"text": "Twice"}).status_code == 409
    assert "Tell your department" not in gus.get("/bakery/").content.decode()
    lou, pia = signed(plant, "lou"), signed(plant, "pia")
    assert "Your delegate reports" in lou.get("/bakery/").content.decode()
    assert "Your delegate reports" not in pia.get("/bakery/").content.decode()
    assert "We argued about gas." in pia.get(answer["Location"]).content.decode()
    assert pia.post(answer["Location"] + "read/").status_code == 409
    assert lou.post(answer["Location"] + "read/").status_code == 302
    assert lou.post(answer["Location"] + "read/").status_code == 409
    assert report.readings.count() == 1
    assert "Your delegate reports" not in lou.get("/bakery/").content.decode()
    pdf = lou.get(answer["Location"] + "printed/")
    assert pdf.content.startswith(b"%PDF-")


def test_who_was_not_there_has_nothing_to_tell(plant: make.Plant, council: Body) -> None:
    meeting = make_council.held(plant, council, present=("eve", "fay"))
    for name in ("gus", "hal", "ana"):
        client = signed(plant, name)
        assert client.post(f"/bakery/meetings/{meeting.pk}/report-back/", {"text": "x"}).status_code == 409
        assert "Tell your department" not in client.get("/bakery/").content.decode()
    empty = make_council.not_held(plant, council, starts_at=make.now() - make.days(2))
    assert empty.sittings.get().opened_at is None
    with pytest.raises(Refused):
        actions.report_back(meeting=empty, text="x", by=plant.fay, at=make.now())
    assert not ReportBack.objects.exists()


def test_what_is_late_says_so(plant: make.Plant, council: Body) -> None:
    day = plant.cooperative.day_of(make.now()) - make.days(9)
    zone = ZoneInfo(plant.cooperative.time_zone)  # at noon: what begins before midnight may end the day after
    make_council.held(plant, council, starts_at=datetime.datetime.combine(day, datetime.time(12), zone))
    home = signed(plant, "gus").get("/bakery/").content.decode()
    assert "Tell your department" in home
    assert "2 days ago" in home


# --- Absences -------------------------------------------------------------------------------------------------------


def missed(plant: make.Plant, council: Body, times: int) -> None:
    for number in range(times):
        make_council.held(
            plant, council, present=("eve", "fay"), starts_at=make.now() - make.days(60 - number)
        )


def test_the_fifth_absence_vacates_and_the_alternate_of_the_crew_moves_up(
    plant: make.Plant, council: Body
) -> None:
    missed(plant, council, 4)
    assert absent_too_often([council], make.now(), _bylaws(plant)) == []
    mandate = Mandate.objects.get(member=plant.gus)
    with pytest.raises(Refused) as refused:
        actions.vacate_seat(mandate=mandate, by=plant.fay, at=make.now())
    assert codes(refused) == ["absences-within-limit"]
    make_council.held(plant, council, present=("eve", "fay"), starts_at=make.now() - make.days(1))
    fay = signed(plant, "fay")
    assert "Absent too often" in fay.get("/bakery/").content.decode()
    address = f"/bakery/mandates/{mandate.pk}/vacate/"
    assert "Ida moves up" in fay.get(address).content.decode()
    assert signed(plant, "gus").post(address).status_code == 404
    assert fay.post(address)["Location"] == "/bakery/councils/C-OVN/"
    mandate.refresh_from_db()
    assert (mandate.ended, mandate.end_document.count("C-OVN")) == ("absent", 5)
    ida = Mandate.objects.get(member=plant.ida, ended="")
    assert (ida.seat, ida.begun, ida.confirmed_at is not None) == (mandate.seat, "moved_up", True)
    assert Mandate.objects.filter(member=plant.ida, ended="moved_up").exists()
    assert [one.member.name for one in delegates(council, make.now())] == ["Eve", "Fay", "Ida"]
    assert fay.post(address).status_code == 409
    assert "vacant" not in fay.get("/bakery/councils/C-OVN/").content.decode()


def test_without_an_alternate_the_seat_is_vacant(plant: make.Plant, council: Body) -> None:
    missed(plant, council, 5)
    for mandate in Mandate.objects.filter(seat__alternate=True, seat__office__body=council):
        Mandate.objects.filter(pk=mandate.pk).update(until=make.now() - make.days(1), ended="resigned")
    address = f"/bakery/mandates/{Mandate.objects.get(member=plant.gus).pk}/vacate/"
    fay = signed(plant, "fay")
    page = fay.get(address).content.decode()
    assert "there is no alternate" in page
    assert "an election for the rest of the term" in page
    seat = Mandate.objects.get(member=plant.gus).seat
    assert fay.post(address)["Location"] == f"/bakery/empty-seats/{seat.pk}/"
    assert "Vacant" in fay.get("/bakery/councils/C-OVN/").content.decode()


@pytest.mark.parametrize("way", ["count_back", "by_election", "named"])
def test_whoever_was_absent_too_often_is_followed_as_whoever_resigned(
    plant: make.Plant, council: Body, way: str
) -> None:
    """Every way of the bylaws is open, and no other."""
    missed(plant, council, 5)
    others = Mandate.objects.filter(seat__alternate=True, seat__office__body=council)
    others.update(until=make.now() - make.days(1), ended="resigned")
    mandate, now = Mandate.objects.get(member=plant.gus), make.now()
    seat = Seat.objects.select_related("office__body__cooperative").get(pk=mandate.seat_id)
    bylaws = _bylaws(plant)
    bylaws.vacancy_filled_by = way
    assert [one.code for one in obstacles_in_seat(seat, way, now, bylaws)] == ["seat-taken"]
    assert actions.vacate_seat(mandate=mandate, by=plant.fay, at=now) == []
    assert obstacles_in_seat(seat, way, now, bylaws) == []
    (one,) = (one for one in vacancies(plant.cooperative, now) if one.seat == seat)
    assert (one.last and one.last.ended, one.since) == ("absent", now)
    bylaws.vacancy_filled_by = ""
    assert [one.code for one in obstacles_in_seat(seat, way, now, bylaws)] == ["way-not-in-bylaws"]


def test_an_assembly_counts_no_absences(plant: make.Plant) -> None:
    office = Mandate.objects.get(member=plant.dee)
    with pytest.raises(Refused) as refused:
        actions.vacate_seat(mandate=office, by=plant.ana, at=make.now())
    assert codes(refused) == ["no-council-of-delegates"]


def _bylaws(plant: make.Plant) -> Any:
    from coop.charter.models import Bylaws

    return Bylaws.in_force(plant.cooperative, day(plant))


# --- Tables ---------------------------------------------------------------------------------------------------------


def table_sheet(plant: make.Plant, **more: str) -> dict[str, str]:
    return {
        "name": "Scrap of die 14", "task": "Find out why", "measure": "scrap, percent", "before": "9 %",
        "ends_on": str(day(plant, 40)), "numbers": "7 90", "document": "Meeting of the council", **more,
    }  # fmt: skip


def test_a_table_from_its_task_to_its_report(plant: make.Plant, council: Body) -> None:
    fay = signed(plant, "fay")
    begin = "/bakery/councils/C-OVN/tables/begin/"
    for wrong, status in (
        ({"numbers": "7"}, 409),
        ({"numbers": "7 999"}, 422),
        ({"numbers": "Gus"}, 422),
        ({"ends_on": str(day(plant))}, 409),
        ({"ends_on": "9999-12-31"}, 409),
    ):
        assert fay.post(begin, table_sheet(plant, **wrong)).status_code == status, wrong
    assert not WorkingTable.objects.exists()
    assert not Body.objects.filter(kind="working_table").exists()
    assert signed(plant, "gus").post(begin, table_sheet(plant)).status_code == 404
    assert fay.post(begin, table_sheet(plant)).status_code == 302
    table = WorkingTable.objects.get()
    assert (table.body.code, table.parent) == ("C-OVN-T1", council)
    held = Mandate.objects.filter(seat__office__body=table.body).order_by("pk")
    assert [(one.member.name, one.confirmed_at is not None) for one in held] == [
        ("Gus", True), ("Pia", True), ("Gus", False),
    ]  # fmt: skip
    page = fay.get(f"/bakery/working-tables/{table.pk}/").content.decode()
    assert "waits for a second person" in page
    address = f"/bakery/working-tables/{table.pk}/end/"
    assert fay.post(address, {"after": "4 %", "report": " "}).status_code == 422
    assert fay.post(address, {"after": "4 %", "report": "The die was cold."}).status_code == 302
    assert fay.post(address, {"after": "4 %", "report": "Twice"}).status_code == 409
    assert not Mandate.objects.filter(seat__office__body=table.body, ended="").exists()
    assert (
        "The die was cold."
        in signed(plant, "lou").get(f"/bakery/working-tables/{table.pk}/").content.decode()
    )


def test_a_table_past_its_day_is_told(plant: make.Plant, council: Body) -> None:
    actions.begin_table(
        parent=council, name="Scrap", task="Find out why", measure="percent", document="The council",
        ends_on=day(plant, -5), people=[plant.gus, plant.pia], by=plant.fay, at=make.now() - make.days(40),
    )  # fmt: skip
    for address in ("/bakery/", "/bakery/councils/C-OVN/"):
        assert "its day has passed" in signed(plant, "fay").get(address).content.decode(), address
    assert "its day has passed" not in signed(plant, "lou").get("/bakery/").content.decode()


# --- Pages ----------------------------------------------------------------------------------------------------------


def test_a_council_that_has_not_met_for_a_month_is_told(plant: make.Plant, council: Body) -> None:
    assert meets_until([council], _bylaws(plant)) == {}
    make_council.held(plant, council, starts_at=make.now() - make.days(40))
    home = signed(plant, "fay").get("/bakery/").content.decode()
    assert "To call" in home
    assert "it had to meet by" in home
    assert "was due by" in signed(plant, "lou").get("/bakery/councils/C-OVN/").content.decode()
    make_council.convened(plant, council, starts_at=make.now() + make.days(1))
    assert "it had to meet by" not in signed(plant, "fay").get("/bakery/").content.decode()


def test_the_front_page_asks_as_much_for_four_councils_as_for_one(
    plant: make.Plant, council: Body, django_assert_num_queries: Any
) -> None:
    """For a desk over all of them; the day by which the first had to meet has passed."""
    desk = [(power, None) for power in DESK]
    make.office(plant, plant.assembly, "secretary of the councils", plant.ana, desk)
    make_council.held(plant, council, starts_at=make.now() - make.days(40))
    client = signed(plant, "ana")
    with CaptureQueriesContext(connection) as one:
        assert client.get("/bakery/").content.decode().count("it had to meet by") == 1
    for number in range(3):
        create_body(
            cooperative=plant.cooperative, code=f"C-{number}", name=f"Council {number}", department=council.department,
            kind=council.kind, composition=council.composition, by=make.FOUNDING, at=make.FOUNDED,
        )  # fmt: skip
    with django_assert_num_queries(len(one)):
        client.get("/bakery/")


def test_no_quorum_and_no_second_call(plant: make.Plant, council: Body) -> None:
    meeting = make_council.convened(plant, council)
    sitting = meeting.sittings.get()
    at = sitting.starts_at
    actions.check_in(meeting=meeting, member=plant.fay, by=plant.fay, at=at)
    for later in (0, 1, 5):
        with pytest.raises(Refused) as refused:
            actions.open_sitting(sitting=sitting, by=plant.eve, at=at + datetime.timedelta(hours=later))
        assert refused.value.reasons[0].params == {"present": 1, "needed": 2, "call": 1}
    actions.check_in(meeting=meeting, member=plant.gus, by=plant.fay, at=at)
    actions.open_sitting(sitting=sitting, by=plant.eve, at=at)
    assert Meeting.objects.get(pk=meeting.pk).state == "in_session"


def test_the_page_of_a_council_asks_no_more_for_many(plant: make.Plant, council: Body) -> None:
    lou = signed(plant, "lou")
    counts = []
    for number in range(4):
        motion = make_council.motion(plant, council, title=f"Oven {number}")
        start = make.now() - datetime.timedelta(minutes=25)
        meeting = make_council.in_session(plant, council, motions=[motion], starts_at=start)
        voted(plant, meeting.items.get(number=2), eve="for", fay="for")
        meeting = actions.close_meeting(meeting=meeting, by=plant.eve, at=make.now())
        actions.report_back(meeting=meeting, text="Told", by=plant.eve, at=make.now())
        for address in ("/bakery/councils/C-OVN/", "/bakery/councils/"):
            with CaptureQueriesContext(connection) as queries:
                assert lou.get(address).status_code == 200
            counts.append(len(queries))
    assert counts[:2] == counts[-2:]
