"""What the front page takes to be empty for everybody is empty for each of the 320, today and on other days."""

from __future__ import annotations

import datetime

import pytest

from coop.demo.timeline import World
from coop.members.models import Member
from coop.pages.access import Here
from coop.pages.at_all import found_by
from coop.pages.desks.going_on import nowhere
from coop.pages.desks.home import LISTS, _which

EVERY = _which(frozenset(LISTS))


@pytest.mark.parametrize("days", [0, 200])
def test_nobody_misses_what_waits_for_them(whole_year: World, days: int) -> None:
    at = whole_year.now + datetime.timedelta(days=days)
    members = Member.objects.select_related("cooperative__chain").filter(account__isnull=False)
    waiting: set[str] = set()
    for member in members.order_by("number"):
        here = Here(member.cooperative, member, at, demo=True)
        found = found_by(here, EVERY)
        assert not found & nowhere(here), member.number
        waiting |= found
    assert {"votes", "meetings", "late", "sheets", "agreements"} <= waiting
    assert {"recalls", "counts", "urns"} <= nowhere(here)
