"""What the front page takes to be for others alone is empty for each of the 320, today and on other days."""

from __future__ import annotations

import datetime

import pytest

from coop.demo.timeline import World
from coop.members.models import Member
from coop.pages.access import Here
from coop.pages.at_all import something_in
from coop.pages.desks.going_on import not_for
from coop.pages.desks.waits import LISTS


@pytest.mark.parametrize("days", [0, 200])
def test_nobody_misses_what_waits_for_them(whole_year: World, days: int) -> None:
    at = whole_year.now + datetime.timedelta(days=days)
    members = Member.objects.select_related("cooperative__chain").filter(account__isnull=False)
    waiting: set[str] = set()
    left_out: list[int] = []
    for member in members.order_by("number"):
        here = Here(member.cooperative, member, at, demo=True)
        found = something_in(here, **{name: rows(here) for name, rows in LISTS.items()})
        assert not found & not_for(here), member.number
        waiting |= found
        left_out.append(len(not_for(here)))
    assert {"agreements", "late", "questions", "sheets"} <= waiting
    assert max(left_out) > 2 * min(left_out)  # of most readers hardly anything is asked
