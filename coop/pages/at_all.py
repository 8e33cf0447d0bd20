"""Which of many lists have anything in them, in one question: most of what may wait for somebody waits for nobody."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, QuerySet

from coop.charter.models import Cooperative

from .access import Here
from .asked_here import Question, asked


def which_of(here: Here, **lists: QuerySet[Any]) -> QuerySet[Any, Any]:
    """The question which of the lists have anything in them."""
    there = {name: Exists(rows) for name, rows in lists.items()}
    return Cooperative.objects.filter(pk=here.cooperative.pk).values(**there)


def something_in(here: Here, **lists: QuerySet[Any]) -> frozenset[str]:
    """The names of those that are not empty."""
    return _names(which_of(here, **lists).get())


def found_by(here: Here, question: Question[Any]) -> frozenset[str]:
    """The same, of a question that `which_of` has put and that every reader asks."""
    [found] = asked(here, question)
    return _names(found)


def _names(found: dict[str, bool]) -> frozenset[str]:
    return frozenset(name for name, there in found.items() if there)
