"""Case files: what was tried against somebody in office stays on record, and who reads it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from coop.in_office import actions
from coop.in_office.due import attempts_by_lists
from coop.in_office.models import Attempt
from coop.intake import actions as lists
from coop.intake import sheets
from coop.intake.models import Intake
from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from coop.members import actions as members
from coop.members.models import Member, Posting, Standing
from coop.members.rules.protection import offices_protected
from coop.members.seen import last_entry
from coop.refusals import Reason, Refused
from tests import make, make_offices
from tests.intake.files import text

pytestmark = pytest.mark.django_db
HOME = "/bakery/"


@pytest.fixture
def plant() -> make.Plant:
    return make_offices.plant()


def keeper(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.cy)


def sheet(plant: make.Plant, who: str) -> dict[str, Any]:
    person = plant.people[who]
    today = plant.cooperative.day_of(make.now())
    return {
        "seen": str(last_entry(person)),
        "since": today.isoformat(),
        "expected_until": (today + datetime.timedelta(days=5)).isoformat(),
        "reason": "Spoke against the plan.",
        "document": "Minute 4 of the council",
    }


def tried(plant: make.Plant, who: str = "pia") -> Any:
    address = f"{HOME}members/{plant.people[who].number}/suspend/"
    return keeper(plant).post(address, sheet(plant, who))


def test_what_was_refused_is_on_file(plant: make.Plant) -> None:
    answer = tried(plant)
    assert answer.status_code == 409
    assert "Spoke against the plan." in answer.content.decode()
    kept = Attempt.objects.get()
    pia = plant.people["pia"]
    assert (kept.member, kept.what, kept.tried_by) == (pia, "suspend", plant.cy)
    assert (kept.office, kept.number) == ("coordinator of packing", 1)
    assert kept.words == "Minute 4 of the council\nSpoke against the plan."
    assert [code for code, _told in kept.refused] == ["protected-in-office"]
    assert Entry.objects.filter(verb="case-file-opened", subject_label=kept.label).count() == 1
    assert not Standing.objects.filter(member=pia, status=Standing.Status.SUSPENDED).exists()
    assert tried(plant).status_code == 409
    assert list(Attempt.objects.values_list("number", flat=True)) == [2, 1]


# What the register office writes against Pia, by the address of its sheet, and why it is refused.
TRIED: dict[str, tuple[dict[str, str], str, list[str]]] = {
    "move": ({"department": "OVN", "reason": "Needed there."}, "move", ["protected-own-wish"]),
    "gone": ({"died": "", "reason": "She said so.", "document": ""}, "gone", ["protected-own-wish"]),
    "gone as dead": (
        {"died": "died", "reason": "Heard of it.", "document": ""},
        "gone",
        ["death-by-a-document"],
    ),
    "standings": ({"reason": "She never was one."}, "strike", ["protected-own-wish"]),
    "postings": (
        {"reason": "She never worked there."},
        "strike",
        ["first-entry-stays", "protected-own-wish"],
    ),
}


@pytest.mark.parametrize("sheet_of", TRIED)
def test_whatever_would_get_rid_of_her_is_on_file(plant: make.Plant, sheet_of: str) -> None:
    """Moved, written as gone, struck: refused on the page, kept beside it, and nothing of it is entered."""
    pia, (more, what, codes) = plant.people["pia"], TRIED[sheet_of]
    where = sheet_of.split()[0]
    if where == "standings":  # the last entry, which could be struck of anybody else
        today = plant.cooperative.day_of(make.now())
        members.go_on_leave(
            member=pia,
            status="medical_leave",
            since=today,
            expected_until=None,
            reason="",
            by=plant.cy,
            at=make.now(),
        )
    sent = {"seen": str(last_entry(pia)), "since": plant.cooperative.day_of(make.now()).isoformat(), **more}
    if where in ("standings", "postings"):
        where = f"{where}/{getattr(pia, where).latest('pk').pk}/strike"
    before = Standing.objects.count(), Posting.objects.count()
    answer = keeper(plant).post(f"{HOME}members/{pia.number}/{where}/", sent)
    assert answer.status_code == 409, answer.content.decode()[-3000:]
    kept = Attempt.objects.get()
    assert (kept.what, [reason for reason, _told in kept.refused]) == (what, codes)
    assert kept.words.endswith(more["reason"])
    assert (Standing.objects.count(), Posting.objects.count()) == before
    assert offices_protected(pia, make.now())


def test_an_exclusion_that_the_protection_does_not_believe_is_on_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The sheet offers only what the assembly has carried; Dee, who audits, is not got rid of by it."""
    plant = make.plant()
    carried = make.open_vote(plant)
    for name in ("ana", "bo", "cy"):
        make.cast(carried.ballot, plant.people[name], "for")
    item = AgendaItem.objects.get(decision=carried)
    decision = meetings.close_vote(item=item, by=plant.bo, at=make.now())
    monkeypatch.setattr("coop.members.rules.protection.decided_by_the_assembly", lambda *_: False)
    sent = {
        "seen": str(last_entry(plant.dee)),
        "since": plant.cooperative.day_of(make.now()).isoformat(),
        "document": str(decision.pk),
        "reason": "So.",
    }
    answer = keeper(plant).post(f"{HOME}members/{plant.dee.number}/expel/", sent)
    assert answer.status_code == 409
    kept = Attempt.objects.get()
    assert (kept.member, kept.what, kept.office) == (plant.dee, "expel", "auditor")
    assert kept.words == f"{decision}\nSo."
    assert [code for code, _told in kept.refused] == ["protected-in-office"]


def by_list(plant: make.Plant, *lines: str) -> Intake:
    """A list that Cy confirms and that is worked off, as the clock does it."""
    content = text("Number;Name;Born on;Joined on;Department;Crew;Telephone", *lines)
    read = lists.read_in(
        cooperative=plant.cooperative, file_name="list.csv", digest="0" * 64, text_file=True,
        tables=sheets.read(content), by=plant.cy, at=make.now(),
    )  # fmt: skip
    made = lists.confirm(intake=read, document="Book 2", leave_out=False, by=plant.cy, at=make.now())
    return worked_off(plant, made)


def worked_off(plant: make.Plant, intake: Intake) -> Intake:
    while lists.work_off(intake=intake, by=plant.cy, at=make.now()):
        pass
    return Intake.objects.get(pk=intake.pk)


def clock_looks(at: datetime.datetime) -> int:
    tasks = list(attempts_by_lists(at))
    for task in tasks:
        task.act()
    return len(tasks)


def test_what_a_list_tried_is_on_file_once(plant: make.Plant) -> None:
    """It would have moved Pia, who coordinates, and moves Uma, who holds nothing. The clock keeps it, and once."""
    pia, uma = plant.people["pia"], plant.people["uma"]
    intake = by_list(plant, f"{pia.number};Pia;;;OVN;;", f"{uma.number};Uma;;;OVN;;")
    assert dict(intake.rows.values_list("number", "state")) == {pia.number: "failed", uma.number: "done"}
    assert (clock_looks(make.now()), clock_looks(make.now())) == (1, 0)
    kept = Attempt.objects.get()
    assert (kept.member, kept.what, kept.tried_by) == (pia, "move", plant.cy)
    assert (kept.tried_at, kept.words) == (intake.confirmed_at, "Book 2\nlist.csv, 2")
    assert [code for code, _told in kept.refused] == ["protected-own-wish"]
    assert Entry.objects.filter(verb="case-file-opened").count() == 1


def test_taking_a_list_back_is_on_file_too(plant: make.Plant) -> None:
    """The list brought Ema and moved Uma. Both come into office, and the list is taken back: both stay, on file."""
    uma = plant.people["uma"]
    intake = by_list(
        plant,
        f"{uma.number};Uma;;;OVN;;",
        "71;Ema Sol;1990-01-01;2022-01-01;OVN;;",
        "72;Leo;;2022-01-01;OVN;;",
    )
    council = make_offices.office(plant).body
    for title, who in (("first", uma), ("second", Member.objects.get(number=71))):
        make.office(plant, council, title, who, [])
    lists.take_back(intake=intake, because="the wrong list", by=plant.cy, at=make.now())
    intake = worked_off(plant, intake)
    states = dict(intake.rows.values_list("number", "state"))
    assert states == {uma.number: "kept", 71: "kept", 72: "undone"}
    assert (clock_looks(make.now()), clock_looks(make.now())) == (2, 0)
    found = {
        kept.office: (kept.what, [code for code, _told in kept.refused]) for kept in Attempt.objects.all()
    }
    assert found == {
        "first": ("strike", ["protected-own-wish"]),
        "second": ("strike", ["something-followed", "protected-in-office"]),
    }
    assert {kept.words.splitlines()[0] for kept in Attempt.objects.all()} == {"the wrong list"}


def test_who_holds_nothing_leaves_no_file(plant: make.Plant) -> None:
    assert tried(plant, "uma").status_code == 302
    assert not Attempt.objects.exists()


def test_who_reads_it(plant: make.Plant) -> None:
    """The commission and who audits all of it; the person concerned their own; whoever tried it nothing."""
    tried(plant)
    for who, reads in (("gus", True), ("dee", True), ("pia", True), ("sol", False), ("cy", False)):
        page = make.sign_in(Client(), plant.people[who]).get(f"{HOME}offices/case-files/")
        assert page.status_code == 200
        assert ("Spoke against the plan." in page.content.decode()) is reads, who


def test_without_protection_nothing_is_kept(plant: make.Plant) -> None:
    by = plant.cy
    for who, refused in (
        ("pia", [Reason("no-document")]),
        ("uma", [Reason("protected-in-office", {"name": "Uma", "office": "x"})]),
    ):
        with pytest.raises(Refused, match="no-office-was-protected"):
            actions.keep_attempt(
                member=plant.people[who], what="expel", words="", refused=refused, by=by, at=make.now()
            )
