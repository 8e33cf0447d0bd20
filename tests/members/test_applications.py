"""Entering somebody by hand, and asking to become a member: written down, decided, appealed, decided again."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from coop.charter.models import Bylaws
from coop.journal.models import Entry
from coop.members import actions
from coop.members.doubles import double_of
from coop.members.models import Application, Crew, Department, Member, Standing
from coop.members.rules.entering import Newcomer, obstacles_to_entering
from coop.members.terms import age_on, months_later
from coop.refusals import Refused
from tests import make

NOON = datetime.datetime(2026, 5, 4, 15, tzinfo=datetime.UTC)
DAY = NOON.date()
ONE = datetime.timedelta(days=1)
Kind, State = Standing.Kind, Application.State
BORN = datetime.date(1990, 2, 3)


@pytest.fixture
def plant(db: None) -> make.Plant:
    return make.plant()


def refused(*codes: str) -> Any:
    return pytest.raises(Refused, match=rf"^{'.*; '.join(codes)}( \([^;]*\))?$")


def ovens(plant: make.Plant) -> Department:
    return Department.objects.get(cooperative=plant.cooperative, code="OVN")


def newcomer(plant: make.Plant, **changed: Any) -> Newcomer:
    facts = {
        "number": 57,
        "name": "Pía Ñandú",
        "joined": DAY,
        "born": BORN,
        "department": ovens(plant),
        "document": "Minute 8",
    }
    return Newcomer(**{**facts, **changed})


def enter(plant: make.Plant, **changed: Any) -> Member:
    return actions.enter_person(
        cooperative=plant.cooperative, person=newcomer(plant, **changed), by=plant.cy, at=NOON
    )


# --- By hand ------------------------------------------------------------------------------------------------------


def test_somebody_is_entered_with_standing_posting_and_line(plant: make.Plant) -> None:
    pia = enter(plant, crew=Crew.objects.get(code="A"))
    assert (pia.number, pia.name, pia.born, pia.plain_name) == (57, "Pía Ñandú", BORN, "pia nandu")
    standing = pia.standings.get()
    assert (standing.kind, standing.since, standing.document) == ("member", DAY, "Minute 8")
    line = Entry.objects.latest("sequence")
    assert (line.verb, line.actor_name) == ("member-admitted", "Cy")
    assert "1990" not in str(line.facts)


FOUNDED = datetime.date(2019, 7, 1)


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"number": 5}, ["number-taken"]),
        ({"name": " "}, ["no-name"]),
        ({"born": datetime.date(2010, 5, 5)}, ["too-young"]),
        ({"born": datetime.date(2010, 5, 4)}, []),
        ({"born": datetime.date(2026, 5, 5)}, ["born-in-the-future"]),
        ({"born": datetime.date(1905, 1, 1)}, ["born-too-long-ago"]),
        ({"joined": datetime.date(2126, 5, 4)}, ["day-too-far"]),
        ({"joined": FOUNDED - ONE}, ["before-the-founding"]),
        ({"joined": FOUNDED}, []),
        ({"document": ""}, ["no-document"]),
        ({"kind": Kind.HIRED, "document": ""}, ["hired-without-reason", "stay-without-end"]),
        ({"kind": Kind.TRIAL, "document": ""}, ["stay-without-end"]),
        ({"kind": Kind.TRIAL, "expected_until": DAY}, ["ends-before-it-begins"]),
        ({"kind": Kind.TRIAL, "expected_until": datetime.date(2026, 11, 4)}, []),
        ({"kind": Kind.TRIAL, "expected_until": datetime.date(2026, 11, 5)}, ["stay-too-long"]),
        ({"kind": Kind.HIRED, "reason": "x", "expected_until": datetime.date(2027, 5, 4)}, []),
        (
            {"kind": Kind.HIRED, "reason": "x", "expected_until": datetime.date(2026, 8, 5), "peak": True},
            ["stay-too-long"],
        ),
        ({"number": 5, "name": "", "document": ""}, ["no-name", "number-taken", "no-document"]),
    ],
)
def test_what_cannot_be_entered_is_told_all_at_once(
    plant: make.Plant, changed: dict[str, Any], codes: list[str]
) -> None:
    plant.cooperative.founded = FOUNDED
    bylaws = Bylaws.in_force(plant.cooperative, DAY)
    found = obstacles_to_entering(plant.cooperative, newcomer(plant, **changed), day=DAY, bylaws=bylaws)
    assert [one.code for one in found] == codes


def test_a_place_of_another_house_is_no_place(plant: make.Plant) -> None:
    mill = make.plant("mill")
    with refused("no-such-department", "no-such-crew"):
        enter(plant, department=ovens(mill), crew=Crew.objects.get(cooperative=mill.cooperative, code="A"))
    with refused("no-mandate"):
        actions.enter_person(cooperative=plant.cooperative, person=newcomer(plant), by=plant.bo, at=NOON)
    assert Member.objects.filter(cooperative=plant.cooperative).count() == 15


def test_a_probable_double_has_the_words_and_the_birth_date(plant: make.Plant) -> None:
    pia = enter(plant)
    for name in ("Pía Ñandú", "ñandu PIA", " pia  nandu"):
        assert double_of(plant.cooperative, name, BORN) == pia
    assert double_of(plant.cooperative, "Pía Ñandú", BORN + ONE) is None
    assert double_of(plant.cooperative, "Pía Ñandú", None) is None
    assert double_of(make.plant("mill").cooperative, "Pía Ñandú", BORN) is None


@given(some.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)), some.integers(0, 400))
def test_months_go_forward_and_never_past_the_month(day: datetime.date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    if later.day < day.day:
        assert (later + ONE).day == 1


@given(some.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)), some.integers(1, 110))
def test_nobody_is_an_age_before_the_birthday(born: datetime.date, years: int) -> None:
    birthday = months_later(born, 12 * years)
    if (birthday.month, birthday.day) == (born.month, born.day):
        assert (age_on(born, birthday - ONE), age_on(born, birthday)) == (years - 1, years)


# --- Applications -------------------------------------------------------------------------------------------------


def applied(plant: make.Plant, **changed: Any) -> Application:
    facts = {"name": "Pía Ñandú", "born": BORN, "applied_on": DAY - 9 * ONE, "by": plant.cy, "at": NOON}
    return actions.apply(cooperative=plant.cooperative, **{**facts, **changed})


def decision(plant: make.Plant, **more: Any) -> dict[str, Any]:
    return {"decided_on": DAY, "document": "Minute 8", "by": plant.cy, "at": NOON, **more}


def test_an_application_makes_a_member_from_the_day_of_the_decision(plant: make.Plant) -> None:
    asked = applied(plant)
    pia = actions.admit_applicant(
        application=asked, number=57, department=ovens(plant), **decision(plant, decided_on=DAY - ONE)
    )
    asked.refresh_from_db()
    assert (asked.state, asked.member, asked.document) == ("admitted", pia, "Minute 8")
    assert (pia.joined, pia.born, pia.standings.get().document) == (DAY - ONE, BORN, "Minute 8")
    lines = Entry.objects.filter(subject_kind="application").order_by("sequence")
    assert [(line.verb, line.subject_label) for line in lines] == [
        ("application-made", str(asked.pk)),
        ("application-admitted", str(asked.pk)),
    ]


def test_who_is_on_trial_keeps_the_number(plant: make.Plant) -> None:
    asked = applied(plant, applicant=plant.max, by=plant.max)
    assert (asked.name, asked.applicant) == ("Max", plant.max)
    member = actions.admit_applicant(application=asked, **decision(plant))
    assert member == plant.max
    assert [(row.kind, row.since, row.until) for row in plant.max.standings.order_by("since")] == [
        ("trial", make.FOUNDED.date(), DAY),
        ("member", DAY, None),
    ]
    with refused("member-already"):
        applied(plant, applicant=plant.max, by=plant.max)


def test_what_cannot_be_asked(plant: make.Plant) -> None:
    applied(plant)
    with refused("application-waits-already"):
        applied(plant, name="pia  ñandu")
    with refused("no-name", "applied-in-the-future"):
        applied(plant, name="", born=None, applied_on=DAY + ONE)
    with refused("member-already"):
        applied(plant, applicant=plant.eve, by=plant.eve)
    with refused("no-mandate"):
        applied(plant, applicant=plant.nan, by=plant.max)
    with refused("too-young"):
        applied(plant, name="Kid", born=DAY - 5000 * ONE)


def test_what_cannot_be_decided(plant: make.Plant) -> None:
    asked = applied(plant)
    with refused("decided-before-it-was-asked", "no-document", "no-number"):
        actions.admit_applicant(application=asked, **decision(plant, decided_on=DAY - 10 * ONE, document=" "))
    with refused("number-taken"):
        actions.admit_applicant(application=asked, number=5, **decision(plant))
    with refused("decided-in-the-future", "refused-without-reasons"):
        actions.refuse_application(application=asked, reasons="", **decision(plant, decided_on=DAY + ONE))
    with refused("no-mandate"):
        actions.admit_applicant(application=asked, number=57, **decision(plant, by=plant.bo))
    asked.refresh_from_db()
    assert asked.state == "open"


def refuse(plant: make.Plant, asked: Application, **more: Any) -> None:
    actions.refuse_application(application=asked, **decision(plant, **{"reasons": "No place.", **more}))
    asked.refresh_from_db()


def test_a_refusal_is_appealed_in_time_and_decided_by_another_document(plant: make.Plant) -> None:
    asked = applied(plant, applicant=plant.max, by=plant.max)
    refuse(plant, asked)
    appeal = {"application": asked, "appeal": "There is.", "by": plant.max}
    with refused("appeal-too-late"):
        actions.appeal_refusal(appealed_on=DAY + 31 * ONE, at=NOON + 31 * ONE, **appeal)
    with refused("appeal-without-words"):
        actions.appeal_refusal(**{**appeal, "appeal": " "}, appealed_on=DAY, at=NOON)
    with refused("no-mandate"):
        actions.appeal_refusal(**{**appeal, "by": plant.nan}, appealed_on=DAY, at=NOON)
    actions.appeal_refusal(appealed_on=DAY, at=NOON, **appeal)
    asked.refresh_from_db()
    assert (asked.state, asked.appeal) == ("appealed", "There is.")
    with refused("appeal-decided-by-another"):
        actions.admit_applicant(application=asked, **decision(plant))
    actions.admit_applicant(application=asked, **decision(plant, document="D GA 2026-4"))
    asked.refresh_from_db()
    assert (asked.state, asked.document, asked.appeal_document, asked.reasons) == (
        "admitted",
        "Minute 8",
        "D GA 2026-4",
        "No place.",
    )
    assert plant.max.standings.get(until=None).kind == "member"


def test_a_refusal_upheld_is_the_end(plant: make.Plant) -> None:
    asked = applied(plant)
    refuse(plant, asked)
    actions.appeal_refusal(application=asked, appealed_on=DAY, appeal="But.", by=plant.cy, at=NOON)
    refuse(plant, asked, document="D GA 2026-4", reasons="Still none.")
    assert (asked.state, asked.reasons, asked.appeal_reasons) == ("upheld", "No place.", "Still none.")
    with refused("application-decided"):
        refuse(plant, asked)
    with refused("no-refusal-to-appeal"):
        actions.appeal_refusal(application=asked, appealed_on=DAY, appeal="x", by=plant.cy, at=NOON)
    assert "place" not in "".join(str(line.facts) for line in Entry.objects.all())


def test_an_open_application_is_withdrawn(plant: make.Plant) -> None:
    asked = applied(plant, applicant=plant.max, by=plant.max)
    with refused("no-mandate"):
        actions.withdraw_application(application=asked, by=plant.nan, at=NOON)
    actions.withdraw_application(application=asked, by=plant.max, at=NOON)
    asked.refresh_from_db()
    assert (asked.state, asked.decided_on) == ("withdrawn", DAY)
    with refused("application-decided"):
        actions.withdraw_application(application=asked, by=plant.cy, at=NOON)


def test_the_keeper_does_not_decide_on_themselves(plant: make.Plant) -> None:
    asked = applied(plant, applicant=plant.max, by=plant.max)
    body = plant.people["cy"].mandates.get().seat.office.body
    make.office(plant, body, "deputy keeper", plant.max, [("keep_register", None)])
    with refused("own-application"):
        actions.admit_applicant(application=asked, **decision(plant, by=plant.max))
