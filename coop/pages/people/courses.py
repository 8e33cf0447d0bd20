"""Courses that offices ask for: which there are, who asks for them, and what is on record of oneself."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.members.courses import asked_by
from coop.members.models import Course, CourseAsked, CourseDone, Office, Power
from coop.members.models.countersigned import waiting

from .. import access
from ..access import Here, acting, enter, page_of
from ..access.of_signatures import READS_COURSES
from ..looking import Look
from ..paper import to_print

PAGE = 30


@require_safe
def courses(request: HttpRequest, coop: str) -> HttpResponse:
    """Everybody reads which office asks for what; who has done it is told to few, and to each of themselves."""
    here = enter(request, coop)
    look = Look(request)
    page = page_of(request, look.among(access.courses(here), "{name} {about}"), PAGE)
    offices = _asking(here, [one.pk for one in page])
    mine = set(_confirmed(here).filter(member=acting(here)).values_list("course", flat=True))
    context = {
        "look": look,
        "page": page,
        "rows": [{"course": one, "offices": offices.get(one.pk, []), "mine": one.pk in mine} for one in page],
        "waiting": _waiting(here),
        "keeps": here.may(Power.KEEP_REGISTER),
    }
    return render(request, "people/courses/courses.html", context)


def _confirmed(here: Here) -> Any:
    return CourseDone.objects.filter(cooperative=here.cooperative, confirmed_at__isnull=False)


def _asking(here: Here, courses: Iterable[int]) -> dict[int, list[Office]]:
    """Of each course (by id) the offices that ask for it today."""
    asked = CourseAsked.objects.filter(course__in=list(courses), confirmed_at__isnull=False)
    offices = {
        one.pk: one
        for one in Office.objects.filter(pk__in=asked.values("office"))
        .select_related("body")
        .order_by("title", "pk")
    }
    found: dict[int, list[Office]] = {}
    now = asked_by(offices, here.day)
    for key, office in offices.items():
        for course in now.get(key, []):
            found.setdefault(course.pk, []).append(office)
    return found


def _waiting(here: Here) -> list[dict[str, Any]]:
    """What waits for a second person, for those who may be that, and for who has entered it."""
    if not here.powers.confirms:
        return []
    asked = access.courses_asked(here).filter(waiting())
    done = access.courses_done(here).filter(waiting()).exclude(member=acting(here))
    return [
        *({"entry": one, "asked": True, "about": one.office.title} for one in asked.order_by("pk")),
        *({"entry": one, "asked": False, "about": one.member.name} for one in done.order_by("pk")),
    ]


@require_safe
def page(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    course = access.course(here, key)
    reads = here.powers.any_of(READS_COURSES)
    people = people_with(here, course)
    look = Look(request)
    context = {
        "course": course,
        "asked": access.courses_asked(here).filter(course=course, confirmed_at__isnull=False),
        "offices": _asking(here, [course.pk]).get(course.pk, []),
        "mine": people.filter(member=acting(here)).first(),
        "number": _confirmed(here)
        .filter(course=course)
        .aggregate(many=Count("member", distinct=True))["many"],
        "reads": reads,
        "look": look,
        "people": page_of(request, look.among(people, "{member__name} {member__number}"), PAGE)
        if reads
        else None,
        "keeps": here.may(Power.KEEP_REGISTER),
    }
    return render(request, "people/courses/course.html", context)


def people_with(here: Here, course: Course) -> Any:
    """Who has done it, each once for every time, by number."""
    found = access.courses_done(here).filter(course=course, confirmed_at__isnull=False)
    return found.order_by("member__number", "-done_on", "-pk")


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """For the board: the course, which offices ask for it and since when. Nobody's name."""
    here = enter(request, coop)
    course = access.course(here, key)
    asked = access.courses_asked(here).filter(course=course, confirmed_at__isnull=False)
    rows = [
        [one.office.title, one.office.body.name, _said(one), _day(one.since), one.document] for one in asked
    ]
    widths = (
        (_("Office"), "wide"),
        (_("Body"), "wide"),
        ("", "auto"),
        (_("From"), "auto"),
        (_("By"), "auto"),
    )
    sheet = {
        "title": _("Course: %(name)s") % {"name": course.name},
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "notes": [
            *filter(None, [course.about]),
            _(
                "Whoever stands for an office that asks for it has done it by the day of the vote. It holds for"
                " elections that are called from the day on."
            ),
        ],
        "columns": [{"words": words, "width": width, "number": False} for words, width in widths],
        "rows": rows,
    }
    return to_print("list", sheet, name=f"course_{course.pk}")


def _said(one: CourseAsked) -> str:
    return _("asks for it") if one.asks else _("asks no longer")


def _day(day: datetime.date) -> str:
    return str(date_format(day, "DATE_FORMAT"))


def of_offices(here: Here) -> list[dict[str, Any]]:
    """For "what I may do": every office that asks for courses, and which of them are on record of me. Three queries
    at most, one where no office asks."""
    asked = CourseAsked.objects.filter(Q(confirmed_at__isnull=False), cooperative=here.cooperative)
    offices = {
        one.office_id: one.office for one in asked.select_related("office").order_by("office__title", "pk")
    }
    if not offices:
        return []
    found = asked_by(offices, here.day)
    mine = set(_confirmed(here).filter(member=acting(here)).values_list("course", flat=True))
    return [
        {"office": offices[key], "courses": [(course, course.pk in mine) for course in found[key]]}
        for key in offices
        if key in found
    ]
