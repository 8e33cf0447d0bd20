"""Which of many lists have anything in them, in one question: most of what may wait for somebody waits for nobody."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, QuerySet

from coop.charter.models import Cooperative

from .access import Here


def something_in(here: Here, **lists: QuerySet[Any]) -> frozenset[str]:
    """The names of those that are not empty."""
    asked = {name: Exists(rows) for name, rows in lists.items()}
    found = Cooperative.objects.filter(pk=here.cooperative.pk).values(**asked).get()
    return frozenset(name for name, there in found.items() if there)
