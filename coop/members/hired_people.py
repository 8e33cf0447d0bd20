"""Those who work here without being members, today: for how long, on which contract, and whether they have asked."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from coop.charter.models import Cooperative

from .hired import Stay, Work, work
from .models import Application, Member, Standing
from .search import Order, Wanted, found


@dataclass(frozen=True)
class HiredPerson:
    """`member` is a row of `search.found`; `standing` the one of today."""

    member: Any
    standing: Standing
    work: Work
    asked: bool  # for membership, since they began to work

    def may_ask(self, day: datetime.date) -> bool:
        return self.work.may_ask_from <= day


def hired_people(cooperative: Cooperative, *, at: datetime.datetime) -> list[HiredPerson]:
    """Everybody hired or on trial today, whose agreed end comes first on top. Three questions for however many."""
    day = cooperative.day_of(at)
    others = Standing.objects.filter(Standing.on(day)).exclude(kind=Standing.Kind.MEMBER)
    rows = found(cooperative, Wanted(on=day, order=Order.NAME), at=at)
    people = {one.pk: one for one in rows.filter(pk__in=others.values("member"))}
    asked = dict(
        Application.objects.filter(applicant__in=list(people))
        .order_by("applied_on")
        .values_list("applicant", "applied_on")
    )
    hired = []
    for key, of_one in groupby(_standings(list(people), day), lambda one: one.member_id):
        standings: list[Standing] = list(of_one)
        run = work([stay(one) for one in standings])
        if run is not None:
            applied = asked.get(key)
            hired.append(
                HiredPerson(people[key], standings[-1], run, applied is not None and applied >= run.since)
            )
    return sorted(hired, key=lambda one: (one.work.ends or datetime.date.max, one.member.plain_name))


def work_of(member: Member, day: datetime.date) -> Work | None:
    """Of one person; None for a member and for who is gone."""
    return work([stay(one) for one in _standings([member.pk], day)])


def stay(standing: Standing) -> Stay:
    return Stay(
        kind=standing.kind,
        since=standing.since,
        until=standing.until,
        ends=standing.expected_until,
        working=standing.status in (Standing.Status.ACTIVE, Standing.Status.NOTICE_GIVEN),
        gone=standing.status in Standing.GONE,
    )


def _standings(members: list[int], day: datetime.date) -> Any:
    rows = Standing.objects.filter(member__in=members, struck_at=None, since__lte=day)
    return rows.order_by("member", "since")
