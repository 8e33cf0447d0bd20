"""Whether somebody stands in the register already: the same words of the name, the same birth date."""

from __future__ import annotations

import datetime

from coop.charter.models import Cooperative

from .folding import fold
from .models import Member


def double_of(cooperative: Cooperative, name: str, born: datetime.date | None) -> Member | None:
    """A probable double. Without a birth date nobody is one: two people may bear one name."""
    if born is None:
        return None
    words = sorted(fold(name).split())
    same_day = Member.objects.filter(cooperative=cooperative, born=born).order_by("number")
    return next((one for one in same_day if sorted(one.plain_name.split()) == words), None)
