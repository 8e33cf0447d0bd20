"""Who names a course, says that an office asks for it, and enters who has done it. No writes, no clock."""

from __future__ import annotations

import datetime

from coop.refusals import Reason

from ..courses import is_asked
from ..models import Course, CourseAsked, CourseDone, Member, Office
from ..models.countersigned import waiting
from .people import obstacles_to_keeping_the_register
from .protection import decided_by_the_assembly
from .second_person import obstacles_to_confirming

FARTHEST = 400  # days ahead: what lies further is a slip of the pen
OLDEST = 60  # years back
LONGEST_NAME = 80


def obstacles_to_naming_a_course(name: str, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Who keeps the register; each name once."""
    found = obstacles_to_keeping_the_register(by=by, at=at)
    if not name.strip():
        return [*found, Reason("course-without-a-name")]
    if len(name) > LONGEST_NAME:
        found.append(Reason("words-too-long", {"most": LONGEST_NAME}))
    if Course.objects.filter(cooperative=by.cooperative_id, name__iexact=name.strip()).exists():
        found.append(Reason("course-named-already", {"course": name.strip()}))
    return found


def obstacles_to_asking_for_a_course(
    office: Office,
    course: Course,
    *,
    asks: bool,
    since: datetime.date,
    document: str,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """Who may be elected is for the assembly to say: its decision is cited. Elections that are called already are not
    touched by it."""
    found = obstacles_to_keeping_the_register(by=by, at=at)
    if by.cooperative_id not in (office.body.cooperative_id, course.cooperative_id):
        found.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if not decided_by_the_assembly(office.body.cooperative, document, at):
        found.append(Reason("course-asked-by-a-decision"))
    today = by.cooperative.day_of(at)
    if since < today:
        found.append(Reason("course-asked-in-the-past", {"day": today.isoformat()}))
    elif (since - today).days > FARTHEST:
        found.append(Reason("course-asked-too-far", {"days": FARTHEST}))
    about: dict[str, object] = {"course": course.name, "office": office.title}
    if CourseAsked.objects.filter(waiting(), office=office, course=course).exists():
        found.append(Reason("course-entry-waits", about))
    elif asks and is_asked(office, course):
        found.append(Reason("course-asked-already", about))
    elif not asks and not is_asked(office, course):
        found.append(Reason("course-not-asked", about))
    return found


def obstacles_to_entering_course_done(
    member: Member,
    course: Course,
    *,
    done_on: datetime.date,
    document: str,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """By who keeps the register, from a paper; a second person compares it."""
    found = obstacles_to_keeping_the_register(by=by, at=at)
    if {member.cooperative_id, course.cooperative_id} != {by.cooperative_id}:
        found.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if not document.strip():
        found.append(Reason("course-without-a-paper"))
    today = by.cooperative.day_of(at)
    if done_on > today:
        found.append(Reason("course-not-over-yet", {"day": today.isoformat()}))
    elif (today - done_on).days > OLDEST * 366:
        found.append(Reason("course-too-long-ago", {"years": OLDEST}))
    same = CourseDone.objects.filter(member=member, course=course, done_on=done_on, refused_at=None)
    if same.exists():
        found.append(Reason("course-entered-already", {"name": member.name, "course": course.name}))
    return found


def obstacles_to_confirming_course(
    entry: CourseAsked | CourseDone, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Another person with an office that confirms, never in their own matter; and before its day, or elections that
    were called meanwhile would ask for something nobody knew of."""
    found = obstacles_to_confirming(entry, by=by, at=at)
    if isinstance(entry, CourseDone) and entry.member_id == by.pk:
        found.append(Reason("course-of-your-own"))
    if isinstance(entry, CourseAsked) and entry.waits and entry.since < by.cooperative.day_of(at):
        found.append(Reason("course-asked-too-late", {"day": entry.since.isoformat()}))
    return found
