"""What the clock does for the register: suspensions nobody appealed become final, seats of the gone fall empty."""

from __future__ import annotations

import datetime
from io import StringIO

import pytest
from django.core.management import call_command

from coop.journal.models import CLOCK, Entry
from coop.members import actions
from coop.members.models import Mandate, Standing
from tests import make

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)


def tick() -> list[str]:
    out = StringIO()
    call_command("tick", stdout=out)
    return out.getvalue().splitlines()


def test_a_suspension_nobody_appealed_becomes_final_once() -> None:
    plant = make.plant()
    plant.oz.standings.update(struck_at=make.now(), struck_because="of long ago")
    day = plant.cooperative.day_of(make.now())
    for who, since in ((plant.eve, day - 31 * ONE), (plant.fay, day - 30 * ONE), (plant.gus, day - 31 * ONE)):
        actions.suspend(
            member=who,
            since=since,
            expected_until=day + 9 * ONE,
            reason="the furnace",
            document="Minute 3",
            by=plant.cy,
            at=make.now() - 20 * ONE,
        )
    appealed = Standing.objects.get(member=plant.gus, until=None)
    actions.appeal_suspension(standing=appealed, by=plant.gus, at=make.now() - 5 * ONE)
    assert tick() == ["suspension final: member 5"]
    final = Standing.objects.exclude(final_at=None).exclude(member=plant.oz).get()
    assert (final.member, Entry.objects.latest("sequence").actor_id) == (plant.eve, CLOCK.id)
    assert tick() == []


def test_the_seat_of_who_left_falls_empty_on_the_day() -> None:
    plant = make.plant()
    plant.oz.standings.update(struck_at=make.now(), struck_because="of long ago")
    day = plant.cooperative.day_of(make.now())
    for who, since in ((plant.bo, day), (plant.dee, day + ONE)):
        actions.give_consent(to="leave", by=who, at=make.now() - 2 * ONE)
        actions.leave(member=who, since=since, by=plant.cy, at=make.now() - 2 * ONE)
    assert not Mandate.objects.exclude(ended="").exists()
    assert tick() == ["seats empty: member 2 has gone"]
    assert [(one.member, one.ended) for one in Mandate.objects.exclude(ended="")] == [(plant.bo, "left")]
    assert tick() == []
