"""Which of many lists have anything in them, in one question: most of what may wait for somebody waits for nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, QuerySet

from coop.charter.models import Cooperative

from .access import Here


def which_of(
    here: Here, lists: Mapping[str, QuerySet[Any]], keys: Mapping[str, QuerySet[Any]] | None = None
) -> QuerySet[Any, Any]:
    """The question which of the lists have anything in them; and, of those in `keys`, what is in them."""
    there = {name: Exists(rows) for name, rows in lists.items()}
    told = {name: ArraySubquery(rows) for name, rows in (keys or {}).items()}
    return Cooperative.objects.filter(pk=here.cooperative.pk).order_by().values(**there, **told)


def something_in(here: Here, **lists: QuerySet[Any]) -> frozenset[str]:
    """The names of those that are not empty."""
    return frozenset(name for name, there in which_of(here, lists).get().items() if there)
