"""What somebody else has entered from a book or a paper, or signed first, and waits for a second person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.decisions.models import CarriedDecision
from coop.documents.models import Version
from coop.meetings.models import LastInBook
from coop.members.models import CourseAsked, CourseDone
from coop.members.models.countersigned import Countersigned, waiting

from ..access import Here, acting
from ..at_all import something_in
from ..oversight import commitments
from ..selling import duties as selling_duties
from ..stories import Story


def duties(here: Here) -> list[Story]:
    """Which of all these lists are empty is one question."""
    lists: dict[str, QuerySet[Any]] = {}
    if here.powers.confirms:
        lists |= {
            "decisions": _others(here, CarriedDecision),
            "documents": _others(here, Version),
            "numbers": _others(here, LastInBook),
            "asked": _others(here, CourseAsked),
            "done": _others(here, CourseDone).exclude(member=acting(here)),
        }
    if here.powers.any_of(commitments.SIGNS):
        lists["signs"] = commitments.waiting(here)
    sold = selling_duties.lists(here)
    some = something_in(here, **lists, **sold)
    signs = commitments.duties(here) if "signs" in some else []
    copies = {name: lists[name].count() for name in some - sold.keys() if name != "signs"}
    return [*_compared(here, copies), *signs, *selling_duties.duties(here, some)]


def _compared(here: Here, many_in: Mapping[str, int]) -> list[Story]:
    """Copies, by the list they stand in."""
    decisions, documents, numbers = (many_in.get(name, 0) for name in ("decisions", "documents", "numbers"))
    courses = many_in.get("asked", 0) + many_in.get("done", 0)
    found = (
        (
            decisions,
            ngettext(
                "One decision copied from the book", "%(many)s decisions copied from the book", decisions
            ),
            "decisions",
            "#waiting",
        ),
        (documents, ngettext("One document", "%(many)s documents", documents), "documents", "#waiting"),
        (
            numbers,
            ngettext("The last number of a book", "The last numbers of %(many)s books", numbers),
            "carried-over",
            "#numbers",
        ),
        (
            courses,
            ngettext("One entry about a course", "%(many)s entries about courses", courses),
            "courses",
            "#waiting",
        ),
    )
    return [
        Story(
            kicker=_("Copies to compare"),
            headline=words % {"many": many},
            address=reverse(page, args=[here.cooperative.slug]) + place,
            word=ngettext("waits for a second person", "wait for a second person", many),
            shape="waiting",
        )
        for many, words, page, place in found
        if many
    ]


def _others(here: Here, entries: type[Countersigned]) -> QuerySet[Any]:
    """What somebody else has entered and nobody has confirmed."""
    waits = entries._base_manager.filter(waiting(), cooperative=here.cooperative)
    return waits.exclude(entered_by=acting(here))
