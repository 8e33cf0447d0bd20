"""An office asks for a course: by a decision of the assembly, for elections called from a day on, of whoever stands."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from coop.journal.models import Entry
from coop.members import actions as members
from coop.members.courses import asked_by, missing, obstacles_in_courses
from coop.members.models import CourseAsked, CourseDone
from coop.refusals import Refused
from tests import make, make_signatures
from tests.make_in_office import office
from tests.make_signatures import asked, done, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def test_what_was_asked_on_the_day_of_the_call_is_asked_of_whoever_stands(plant: make.Plant) -> None:
    one, day = make_signatures.course(plant), today(plant)
    post = office(plant)
    asked(plant, one, since=day + make.days(2))
    before, after = day + make.days(1), day + make.days(2)
    assert obstacles_in_courses(plant.eve, post, called=before, day=day + make.days(60)) == []
    found = obstacles_in_courses(plant.eve, post, called=after, day=day + make.days(60))
    assert [(reason.code, dict(reason.params)) for reason in found] == [
        ("course-not-done", {"course": "Safety basics", "office": "president"})
    ]
    done(plant, one, plant.eve)
    assert obstacles_in_courses(plant.eve, post, called=after, day=day) == []
    assert obstacles_in_courses(plant.fay, post, called=after, day=day) != []


def test_only_what_a_second_person_has_compared_counts(plant: make.Plant) -> None:
    one, day = make_signatures.course(plant), today(plant)
    entry = done(plant, one, plant.eve, confirmed=False)
    assert missing(plant.eve, [one], day) == [one]
    with pytest.raises(Refused, match="confirm-needs-somebody-else"):
        members.confirm_course(entry=entry, by=plant.cy, at=make.now())
    members.turn_down_course(entry=entry, because="Another Eve.", by=plant.bo, at=make.now())
    assert missing(plant.eve, [one], day) == [one]
    with pytest.raises(Refused, match="entry-settled"):
        members.confirm_course(entry=entry, by=plant.bo, at=make.now())
    done(plant, one, plant.eve)  # the same day again, rightly this time
    assert missing(plant.eve, [one], day) == []
    assert missing(plant.eve, [one], day - make.days(1)) == [one]


def test_nobody_compares_their_own(plant: make.Plant) -> None:
    one = make_signatures.course(plant)
    entry = done(plant, one, plant.bo, confirmed=False)
    with pytest.raises(Refused, match="course-of-your-own"):
        members.confirm_course(entry=entry, by=plant.bo, at=make.now())


def test_the_last_that_was_confirmed_says_whether_it_is_asked(plant: make.Plant) -> None:
    one, day = make_signatures.course(plant), today(plant)
    post = office(plant)
    asked(plant, one)
    with pytest.raises(Refused, match="course-asked-already"):
        asked(plant, one)
    asked(plant, one, asks=False, since=day + make.days(3))
    assert asked_by([post.pk], day + make.days(2)) == {post.pk: [one]}
    assert asked_by([post.pk], day + make.days(3)) == {}
    with pytest.raises(Refused, match="course-not-asked"):
        asked(plant, one, asks=False)


def test_what_was_not_confirmed_before_its_day_is_entered_anew(plant: make.Plant) -> None:
    """Elections that were called meanwhile would ask for something nobody knew of."""
    one, before = make_signatures.course(plant), make.now() - make.days(2)
    entry = asked(plant, one, confirmed=False, at=before)
    with pytest.raises(Refused, match="course-entry-waits"):
        asked(plant, one)
    with pytest.raises(Refused, match="course-asked-too-late"):
        members.confirm_course(entry=entry, by=plant.bo, at=make.now())
    members.turn_down_course(entry=entry, because="Too late.", by=plant.bo, at=make.now())
    asked(plant, one)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"document": "A letter"}, "course-asked-by-a-decision"),
        ({"document": "D GA 2018-42"}, "course-asked-by-a-decision"),
        ({"ahead": -1}, "course-asked-in-the-past"),
        ({"ahead": 401}, "course-asked-too-far"),
        ({"by": "eve"}, "no-mandate"),
    ],
)
def test_asking_is_refused(plant: make.Plant, more: dict[str, Any], code: str) -> None:
    one = make_signatures.course(plant)
    make_signatures.decision(plant)
    lines = Entry.objects.count()
    with pytest.raises(Refused, match=code):
        members.ask_for_course(
            office=office(plant),
            course=one,
            asks=True,
            since=today(plant) + make.days(more.get("ahead", 0)),
            document=more.get("document", "D GA 2018-41"),
            by=plant.people[more.get("by", "cy")],
            at=make.now(),
        )
    assert (CourseAsked.objects.count(), Entry.objects.count()) == (0, lines)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"document": " "}, "course-without-a-paper"),
        ({"ahead": 1}, "course-not-over-yet"),
        ({"day": datetime.date(1901, 1, 1)}, "course-too-long-ago"),
        ({"by": "eve"}, "no-mandate"),
    ],
)
def test_entering_who_has_done_it_is_refused(plant: make.Plant, more: dict[str, Any], code: str) -> None:
    one = make_signatures.course(plant)
    with pytest.raises(Refused, match=code):
        members.enter_course_done(
            member=plant.eve,
            course=one,
            done_on=more.get("day", today(plant) + make.days(more.get("ahead", 0))),
            document=more.get("document", "Sheet 3"),
            by=plant.people[more.get("by", "cy")],
            at=make.now(),
        )
    assert not CourseDone.objects.exists()


def test_the_same_is_entered_once_and_a_name_is_taken_once(plant: make.Plant) -> None:
    one = make_signatures.course(plant)
    done(plant, one, plant.eve)
    with pytest.raises(Refused, match="course-entered-already"):
        done(plant, one, plant.eve)
    with pytest.raises(Refused, match="course-named-already"):
        members.name_course(name="safety BASICS", by=plant.cy, at=make.now())


def test_the_journal_does_not_tell_who_has_done_what(plant: make.Plant) -> None:
    done(plant, make_signatures.course(plant), plant.eve)
    told = Entry.objects.filter(verb__in=["course-entered", "course-confirmed"])
    assert told.count() == 2
    assert not any("Eve" in str((line.facts, line.subject_label)) for line in told)
