"""A finding: who writes, who answers, when it goes before the assembly, and that nothing of it is edited."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.due import finders
from coop.meetings.models import AgendaItem, Meeting, Request
from coop.members.models import Office
from coop.oversight import actions as oversight
from coop.oversight.due import findings_without_an_answer
from coop.oversight.models import Finding
from coop.refusals import Refused
from tests import make, make_oversight

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def written(plant: make.Plant, **more: Any) -> Finding:
    given: dict[str, Any] = {
        "body": make_oversight.council(plant),
        "title": "Cash book",
        "text": "Four weeks without an entry.",
        "rule": "Statute, article 63",
        "by": plant.dee,
        "at": make.now(),
    }
    return oversight.write_finding(**given | more)


def codes(act: Any, **more: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(**more)
    return [reason.code for reason in refused.value.reasons]


def draft(plant: make.Plant) -> Meeting:
    return meetings.prepare(
        body=plant.assembly,
        kind="extraordinary",
        title="The roof",
        place="Yard",
        sittings=[make.now() + make.days(40)],
        by=plant.ana,
        at=make.now(),
    )


def test_it_is_numbered_and_has_the_days_of_the_bylaws(plant: make.Plant) -> None:
    at = datetime.datetime(
        2026, 3, 1, 2, 30, tzinfo=datetime.UTC
    )  # still the 28th of February where the plant is
    first, second = written(plant, at=at), written(plant, at=at)
    assert (first.label, second.label) == ("F 2026-1", "F 2026-2")
    assert first.answer_by == datetime.date(2026, 3, 15)
    line = Entry.objects.order_by("-sequence")[0]
    assert (line.verb, line.facts) == (
        "finding-written",
        {"to": "Administrative council", "until": "2026-03-15", "about": ""},
    )


def test_only_who_audits_writes_and_a_rule_is_named(plant: make.Plant) -> None:
    assert codes(written, plant=plant, by=plant.ana) == ["no-mandate"]
    assert codes(written, plant=plant, rule="  ") == ["finding-without-rule"]
    assert codes(written, plant=plant, rule="", article="no_such") == ["no-such-article"]
    assert codes(written, plant=plant, title=" \u200b ") == ["finding-without-words"]
    assert codes(written, plant=plant, text="x" * 4001) == ["words-too-long"]
    assert codes(written, plant=plant, about=("decision", 99)) == ["finding-about-nothing"]
    assert codes(written, plant=plant, about=("account", 1)) == ["finding-about-nothing"]
    other = make.plant("quarry")
    assert codes(written, plant=plant, body=other.assembly) == ["not-of-this-cooperative"]
    office = Office.objects.get(body__cooperative=other.cooperative, title="secretary")
    assert codes(written, plant=plant, office=office) == ["office-of-another-body"]
    assert Finding.objects.count() == 0


def test_it_is_about_something_that_was_announced(plant: make.Plant) -> None:
    convened, hidden = make.convened_meeting(plant), draft(plant)
    assert written(plant, about=("meeting", convened.pk)).about_label == str(convened)
    assert codes(written, plant=plant, about=("meeting", hidden.pk)) == ["finding-about-nothing"]
    counted = make_oversight.count(plant, plant.eve)
    assert written(plant, about=("count", counted.pk)).about_label == str(counted)


def test_who_sits_there_answers_and_nobody_else(plant: make.Plant) -> None:
    found = written(plant)
    say = {"finding": found, "text": "The book was at the accountant's.", "at": make.now()}
    assert codes(oversight.answer_finding, **say, by=plant.eve) == ["not-asked-to-answer"]
    assert codes(oversight.answer_finding, **say, by=plant.dee) == ["auditor-does-not-answer"]
    assert codes(oversight.answer_finding, **say | {"text": " "}, by=plant.ana) == ["nothing-said"]
    oversight.answer_finding(**say, by=plant.ana)
    oversight.answer_finding(**say | {"text": "It is back."}, by=plant.bo)
    oversight.remark(finding=found, text="Seen.", by=plant.dee, at=make.now())
    found.refresh_from_db()
    assert found.state == "answered"
    said = found.words.values_list("side", "said_by__name", "text")
    assert list(said) == [
        ("answer", "Ana", "The book was at the accountant's."),
        ("answer", "Bo", "It is back."),
        ("remark", "Dee", "Seen."),
    ]


def test_of_an_office_only_its_holder_answers(plant: make.Plant) -> None:
    office = Office.objects.get(body__cooperative=plant.cooperative, title="president")
    found = written(plant, office=office)
    say = {"finding": found, "text": "Yes.", "at": make.now()}
    assert codes(oversight.answer_finding, **say, by=plant.ana) == ["not-asked-to-answer"]
    oversight.answer_finding(**say, by=plant.bo)


def test_closed_as_settled_it_is_over(plant: make.Plant) -> None:
    found = written(plant)
    say = {"finding": found, "text": "The book is kept.", "at": make.now()}
    assert codes(oversight.close_finding, **say, settled=True, by=plant.ana) == ["no-mandate"]
    oversight.close_finding(**say, settled=True, by=plant.dee)
    for act, by in ((oversight.answer_finding, plant.ana), (oversight.remark, plant.dee)):
        assert codes(act, **say, by=by) == ["finding-closed"]
    assert codes(oversight.close_finding, **say, settled=False, by=plant.dee) == ["finding-closed"]
    assert Request.objects.count() == 0


def test_closed_as_not_settled_it_goes_before_the_assembly(plant: make.Plant) -> None:
    meeting, found = draft(plant), written(plant)
    oversight.answer_finding(finding=found, text="No.", by=plant.ana, at=make.now())
    oversight.close_finding(
        finding=found, text="Nothing changed.", settled=False, by=plant.dee, at=make.now()
    )
    assert meeting.items.get().title == f"{found.label} Cash book"
    found.refresh_from_db()
    assert found.owed is not None
    assert found.owed.about == f"finding/{found.pk}"
    assert found.owed.asked_by == plant.dee


def test_unanswered_past_its_day_the_clock_puts_it_on_the_agenda_once(plant: make.Plant) -> None:
    meeting, found = draft(plant), written(plant)
    zone = plant.cooperative.zone
    last = datetime.datetime.combine(found.answer_by, datetime.time(23, 59), zone)
    assert list(findings_without_an_answer(last)) == []
    over = last + datetime.timedelta(minutes=2)
    (task,) = findings_without_an_answer(over)
    task.act()
    assert list(findings_without_an_answer(over)) == []
    task.act()  # a slower clock
    assert [item.title for item in meeting.items.all()] == [f"{found.label} Cash book"]
    verbs = list(Entry.objects.order_by("-sequence").values_list("verb", "actor_id")[:3])
    assert verbs == [("finding-unanswered", "clock"), ("item-taken-up", "clock"), ("item-owed", "clock")]
    oversight.answer_finding(finding=found, text="Late, but here.", by=plant.ana, at=over)
    found.refresh_from_db()
    assert (found.state, found.owed_id) == ("answered", Request.objects.get().pk)
    oversight.close_finding(finding=found, text="Not enough.", settled=False, by=plant.dee, at=over)
    assert Request.objects.count() == AgendaItem.objects.filter(meeting=meeting).count() == 1


def test_an_answer_in_time_keeps_it_off_the_agenda(plant: make.Plant) -> None:
    found = written(plant)
    oversight.answer_finding(finding=found, text="Here.", by=plant.ana, at=make.now())
    assert list(findings_without_an_answer(make.now() + make.days(60))) == []


def test_the_clock_of_the_house_looks_for_it() -> None:
    assert findings_without_an_answer in finders()


def test_whoever_is_asked_reads_it_on_the_front_page_however_many_others_are_asked_first(
    plant: make.Plant, django_assert_num_queries: Any
) -> None:
    offices = {name: plant.people[name].mandates.get().seat.office for name in ("bo", "cy")}
    early = make.now() - datetime.timedelta(days=1)
    written(plant, office=offices["cy"], title="The list of cards")
    client = make.sign_in(Client(), plant.cy)
    with CaptureQueriesContext(connection) as few:
        assert "The list of cards" in client.get("/bakery/").content.decode()
    for number in range(11):
        written(plant, office=offices["bo"], title=f"The roof, {number}", at=early)
    with django_assert_num_queries(len(few)):
        page = client.get("/bakery/").content.decode()
    assert "The list of cards" in page
    assert "The roof" not in page
