"""The seats that an election may fill: those that go together on one line, with who holds them and until when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.elections.constituencies import Constituency, constituency_of
from coop.elections.vacant import for_a_time
from coop.members.models import Mandate, Office, Seat

from ..access import Here
from ..timetable import say_day
from .told import Places

LAST = datetime.datetime.max.replace(tzinfo=datetime.UTC)


@dataclass
class Line:
    """Seats of one office that the same people elect, held until the same moment; with the alternates that go along."""

    office: Office
    place: Constituency
    holders: list[Mandate] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    alternates: list[Seat] = field(default_factory=list)

    @property
    def key(self) -> str:
        return "-".join(str(seat.pk) for seat in self.seats)

    @property
    def until(self) -> datetime.datetime | None:
        return self.holders[0].until if self.holders else None

    @property
    def order(self) -> tuple[bool, datetime.datetime, str]:
        """Empty seats first, then those that fall free soonest."""
        return bool(self.holders), self.until or LAST, self.office.title


def lines_to_fill(here: Here) -> list[Line]:
    """Every seat of the co-operative that is no alternate's, on one line each. Two questions."""
    held = Mandate.objects.filter(Mandate.in_force(here.at)).select_related("member")
    seats = (
        Seat.objects.filter(office__body__cooperative=here.cooperative)
        .select_related("office__body__cooperative", "office__body__department", "crew", "department")
        .prefetch_related(Prefetch("mandates", held, to_attr="holders"))
    )
    lines: dict[tuple[object, ...], Line] = {}
    spare: dict[tuple[int, Constituency], list[Seat]] = {}
    for seat in seats.order_by("office__body__code", "office__title", "alternate", "number"):
        place = constituency_of(seat)
        if seat.alternate:
            spare.setdefault((seat.office_id, place), []).append(seat)
            continue
        one = _holder(seat)
        together = (seat.office_id, place, _last_day(here, one), one and _for_a_time(one), bool(one))
        line = lines.setdefault(together, Line(seat.office, place))
        line.seats.append(seat)
        line.holders += [one] if one else []
    for line in lines.values():
        others = spare.get((line.office.pk, line.place), [])
        line.alternates = [seat for seat in others if _goes_along(here, seat, line)]
    return sorted(lines.values(), key=lambda line: line.order)


def _holder(seat: Seat) -> Mandate | None:
    found: list[Mandate] = seat.holders  # type: ignore[attr-defined]
    return found[0] if found else None


def _for_a_time(held: Mandate) -> bool:
    return held.begun == Mandate.Begun.MOVED_UP or for_a_time(held)


def _last_day(here: Here, held: Mandate | None) -> datetime.date | None:
    return here.cooperative.day_of(held.until) if held and held.until else None


def _goes_along(here: Here, alternate: Seat, line: Line) -> bool:
    """An empty one, or one that ends on the same day as the seats of the line."""
    one = _holder(alternate)
    return one is None or (bool(line.holders) and _last_day(here, one) == _last_day(here, line.holders[0]))


def say_line(here: Here, line: Line, places: Places) -> str:
    """The office, its body, who elects, how many seats, and who holds them until when."""
    many = len(line.seats)
    seats = ngettext("one seat", "%(many)s seats", many) % {"many": many}
    if line.alternates:
        others = ngettext("one alternate", "%(many)s alternates", len(line.alternates))
        seats = f"{seats}, {others % {'many': len(line.alternates)}}"
    told = {
        "office": line.office.title,
        "body": line.office.body.name,
        "electors": places.told(line.place.department, line.place.crew),
        "seats": seats,
        "held": _held(here, line),
    }
    return _("%(office)s, %(body)s: %(seats)s; elected by: %(electors)s. %(held)s") % told


def _held(here: Here, line: Line) -> str:
    if not line.holders:
        return _("Empty.")
    names = ", ".join(one.member.name for one in line.holders)
    if line.until is None:
        return _("Held by %(names)s, without an end.") % {"names": names}
    told = {"names": names, "day": say_day(here.cooperative.day_of(line.until))}
    if _for_a_time(line.holders[0]):
        return _("Held for a time by %(names)s, until %(day)s.") % told
    return _("Held by %(names)s until %(day)s.") % told


def contests_of(chosen: Iterable[Line], *, one: str, several: str) -> list[tuple[list[Seat], str]]:
    """What `call_election` takes: lines of one office and the same electors are voted together. `one` and `several`:
    the method for one seat and for more."""
    found: dict[tuple[int, Constituency], list[Seat]] = {}
    for line in chosen:
        group = found.setdefault((line.office.pk, line.place), [])
        group += [seat for seat in [*line.seats, *line.alternates] if seat not in group]
    return [
        (seats, several if sum(not seat.alternate for seat in seats) > 1 else one) for seats in found.values()
    ]
