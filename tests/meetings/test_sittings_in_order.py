"""The sittings of an assembly stand in its minutes in the order in which they were held."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from coop.meetings import actions
from coop.meetings.calendar import Planned
from coop.meetings.minutes_head import present
from coop.meetings.models import Meeting
from tests import make


@pytest.mark.django_db
def test_the_sittings_stand_in_their_order_however_the_database_groups_them() -> None:
    """PostgreSQL counts who came to each sitting in whatever order it likes; only asked for, it sorts."""
    plant = make.plant()
    starts = make.now() + make.days(20)
    meeting = actions.prepare(
        body=plant.assembly,
        kind=Meeting.Kind.EXTRAORDINARY,
        title="Assembly of the canteen",
        place="Packing hall",
        sittings=[starts + make.days(one) for one in range(6)],
        by=plant.ana,
        at=make.now(),
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_indexscan = off")
    told = re.findall(r"Sitting (\d), called for", "\n".join(present(meeting)))
    assert told == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.django_db
def test_whom_a_sitting_is_for_stands_beside_its_number() -> None:
    """Not as a sentence of its own: nobody writes it with a capital."""
    plant = make.plant()
    starts = make.now() + make.days(20)
    crews = ["night crew, morning crew off the line.", "afternoon *crew*"]
    meeting = actions.prepare(
        body=plant.assembly,
        kind=Meeting.Kind.EXTRAORDINARY,
        title="Assembly of the canteen",
        place="Packing hall",
        sittings=[Planned(starts + make.days(one), crew) for one, crew in enumerate(crews)],
        by=plant.ana,
        at=make.now(),
    )
    told = "\n".join(present(meeting))
    assert "- Sitting 1 (night crew, morning crew off the line), called for " in told
    assert "- Sitting 2 (afternoon \\*crew\\*), called for " in told
