"""What a member may do on a moment: the powers of the mandates they hold, and nothing else (practice C26)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from coop.asked_often import Often, given
from coop.refusals import Reason

from .models import Body, Deputy, Mandate, Member, Power

# Whose office may put the second signature under a mandate or another entry from the book: those who call, lead and
# record the bodies, keep the register or run the elections know what was decided and answer for it before everybody.
# A delegate's seat carries none of these powers, and neither the treasurer nor the auditor makes anybody else's:
# whoever keeps the money shall not help to make who controls it, and who audits changes nothing.
CONFIRMS = frozenset(
    {Power.CONVENE, Power.CHAIR, Power.RECORD_MINUTES, Power.KEEP_REGISTER, Power.RUN_ELECTIONS}
)

# Whose office watches over the others: none of these is lent to somebody who holds a power besides.
WATCHES = frozenset({Power.AUDIT, Power.RUN_ELECTIONS})


# Two questions put together, not one with an "or": for that PostgreSQL reads the mandates of every plant there is.
AT = given("at")
STANDS_IN = Deputy.objects.filter(Deputy.in_force(AT), Mandate.in_force(AT, "through__"))
WITH_POWERS = Mandate.objects.filter(
    Mandate.in_force(AT), seat__alternate=False, seat__office__powers__isnull=False
).order_by()


def own(member: Any) -> QuerySet[Mandate]:
    """The mandates of a member at the moment that is given, but for those in which somebody stands in then."""
    return WITH_POWERS.filter(~Exists(STANDS_IN.filter(mandate=OuterRef("pk"))), member=member)


def stood_in_for(member: Any) -> QuerySet[Mandate]:
    """Those of others in which a member stands in at the moment that is given."""
    stands_in = Deputy.in_force(AT, "deputies__") & Mandate.in_force(AT, "deputies__through__")
    return WITH_POWERS.filter(stands_in, deputies__through__member=member)


_HELD = {"power": "seat__office__powers__power", "body": "seat__office__powers__body_id"}
HELD = Often(
    lambda: (
        own(given("member"))
        .values_list(*_HELD.values())
        .union(stood_in_for(given("member")).values_list(*_HELD.values()), all=True)
    )
)


def along_with_the_member() -> dict[str, ArraySubquery]:
    """What a question about members that is given the moment (`at`) is annotated with, for `Powers.along_with`."""
    line = JSONObject(**_HELD)
    return {
        "held": ArraySubquery(own(OuterRef("pk")).values(line=line)),
        "held_for_others": ArraySubquery(stood_in_for(OuterRef("pk")).values(line=line)),
    }


@dataclass(frozen=True)
class Powers:
    """The powers of one member at one moment, read once: pairs of power and body (None = everywhere)."""

    held: frozenset[tuple[str, int | None]] = frozenset()

    @classmethod
    def along_with(cls, member: Any) -> Powers:
        """Of a member who was found with `along_with_the_member`."""
        lines = [*member.held, *member.held_for_others]
        return cls(frozenset((one["power"], one["body"]) for one in lines))

    def has(self, power: Power, body: Body | None = None) -> bool:
        """Whether `power` is held over `body`; without a body, whether it is held anywhere at all."""
        if body is None:
            return any(power == one for one, _where in self.held)
        return (power, None) in self.held or (power, body.pk) in self.held

    @property
    def signs(self) -> bool:
        """Whether an office is held that may sign as a second person. Who audits changes nothing."""
        return any(power != Power.AUDIT for power, _where in self.held)

    @property
    def confirms(self) -> bool:
        """Whether an office is held that may confirm what somebody else has entered from the book."""
        return any(power in CONFIRMS for power, _where in self.held)

    def over(self, *powers: Power, field: str = "body") -> Q:
        """The condition "of a body over which one of the powers is held", for a query in which `field` is the body."""
        bodies = {where for power, where in self.held if power in powers}
        if None in bodies:
            return Q(**{f"{field}__isnull": False})
        return Q(**{f"{field}__in": [where for where in bodies if where is not None]})

    def any_of(self, powers: Iterable[Power], body: Body | None = None) -> bool:
        return any(self.has(power, body) for power in powers)


def powers_of(member: Member, at: datetime.datetime) -> Powers:
    """One query: every power of every mandate in force. An alternate has none before moving up to a full seat."""
    return Powers(frozenset(HELD.all(at=at, member=member.pk)))


def obstacles_without(
    power: Power, *, by: Member, at: datetime.datetime, body: Body | None = None
) -> list[Reason]:
    """Why `by` may not act: no mandate in force that carries the power (over that body)."""
    if powers_of(by, at).has(power, body):
        return []
    return [Reason("no-mandate", {"power": power.value, "body": body.name if body else ""})]
