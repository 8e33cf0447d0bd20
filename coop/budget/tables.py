"""The budget as figures: rows read once, for what computes. Constant queries."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, Sum

from coop.asked_often import Often, given
from coop.charter.models import Bylaws
from coop.journal.models import Entry

from . import balance, voting_order
from .balance import Applied, Change, Plan, Side
from .blocs import disputed, side_by_side
from .conflicts import Conflict, conflicts
from .continued import days_left, of_month
from .falls import Fall, falls
from .models import Actual, Amendment, AmendmentMove, InBloc, Line, Movement, OrderMove, PartOf, Year
from .money import exact, plain
from .untold import hidden

State = Amendment.State


def plan_of(year: Year) -> Plan:
    """The lines as they were proposed, with what has to stay under the contingency, and the ceilings."""
    rows = list(
        year.lines.values_list("code", "department__code", "side", "proposed", "is_contingency")
    )  # as values: it is asked for every vote, and of large budgets
    return Plan.of(
        (
            balance.Line(code, department, Side(side), exact(proposed))
            for code, department, side, proposed, _reserve in rows
        ),
        contingency=next((code for code, _of, _side, _amount, is_reserve in rows if is_reserve), None),
        floor=exact(year.floor),
        ceilings={one.department.code: one.amount for one in year.ceilings.select_related("department")},
    )


def changes_of(year: Year, *states: str) -> dict[int, Change]:
    """The amendments of a year in these states (all of them without one), by their key."""
    asked = year.amendments.filter(state__in=states) if states else year.amendments.all()
    moves: dict[int, dict[str, Decimal]] = {}
    for key, code, amount in AmendmentMove.objects.filter(amendment__in=asked).values_list(
        "amendment", "line__code", "amount"
    ):
        moves.setdefault(key, {})[code] = exact(amount)
    parts: dict[int, set[int]] = {}
    for whole, part in PartOf.objects.filter(common__in=asked).values_list("common", "part"):
        parts.setdefault(whole, set()).add(part)
    return {
        key: Change(
            key,
            moves.get(key, {}),
            came=number or 0,
            amends=amends,
            replaces=frozenset(parts.get(key, ())),
            with_proof=bool(proof),
        )
        for key, number, amends, proof in asked.values_list("pk", "number", "amends", "proof")
    }


def seed_of(year: Year) -> str:
    """The hash of the line of the journal with which the budget was put before the assembly; empty before that."""
    if year.put_at is None:
        return ""
    lines = Entry.objects.filter(subject_kind="budget", subject_id=str(year.pk), verb="budget-put")
    return lines.filter(chain=year.cooperative.chain_id).values_list("hash", flat=True).first() or ""


@dataclass(frozen=True)
class Table:
    """A year with all that is asked of it, as the commission and the hall see it."""

    plan: Plan
    changes: dict[int, Change]
    states: dict[int, str]
    wanted: frozenset[int]
    moves: tuple[voting_order.Move, ...]
    seed: str = ""  # of the lot among those that move as much as each other
    put_together: frozenset[int] = frozenset()  # in a bloc, and not taken out of it

    @staticmethod
    def of(year: Year) -> Table:
        inside = InBloc.objects.filter(amendment=OuterRef("pk"), out_at=None)
        rows = list(
            year.amendments.annotate(inside=Exists(inside)).values_list(
                "pk", "state", "wanted_at", "inside", "ended_at"
            )
        )
        return Table(
            plan_of(year),
            changes_of(year),
            {
                key: State.ADMITTED if hidden(year, state, ended_at) else state
                for key, state, _wanted, _inside, ended_at in rows
            },
            frozenset(key for key, _state, wanted, *_rest in rows if wanted is not None),
            tuple(
                voting_order.Move(one.amendment_id, one.before_id, one.because)
                for one in OrderMove.objects.filter(amendment__year=year)
            ),
            seed_of(year),
            frozenset(key for key, _state, _wanted, inside, _ended in rows if inside),
        )

    def those(self, *states: str) -> list[Change]:
        return [change for key, change in self.changes.items() if self.states[key] in states]

    @property
    def carried(self) -> list[Change]:
        return self.those(State.CARRIED)

    @property
    def waiting(self) -> list[Change]:
        return self.those(State.ADMITTED)

    def conflicts(self) -> list[Conflict]:
        """Of all that are before the members and not settled, on what the votes have left so far."""
        now = self.so_far().plan(self.plan)
        return conflicts(now, self.those(State.SUBMITTED, State.ADMITTED))

    def so_far(self) -> Applied:
        """The budget with what was carried."""
        return balance.applied(self.plan, self.carried)

    def with_these(self, keys: Iterable[int]) -> Applied:
        """Any set that somebody wants to see applied, whatever has become of it."""
        return balance.applied(self.plan, [self.changes[key] for key in keys])

    def falls(self) -> list[Fall]:
        return falls(self.plan, carried=self.carried, waiting=self.waiting, wanted=self.wanted)

    def fall_if_wanted(self, key: int) -> Fall | None:
        """Why one that fell cannot be voted all the same; None when it can stand as things are now."""
        found = falls(
            self.plan,
            carried=self.carried,
            waiting=[*self.waiting, self.changes[key]],
            wanted=self.wanted | {key},
        )
        return next((one for one in found if one.key == key and one.is_final), None)

    @property
    def bloc(self) -> frozenset[int]:
        """Those that wait to be voted in one question; one alone is voted as any other."""
        inside = self.put_together - self.wanted  # what is taken up again is voted singly
        found = frozenset(key for key in inside if self.states[key] == State.ADMITTED)
        return found if len(found) > 1 else frozenset()

    def disputed(self, bloc: Collection[int]) -> frozenset[int]:
        """Those of a bloc that are voted singly: in a conflict, wanted against a carried one, or about to fall."""
        against = disputed(self.plan, carried=self.carried, waiting=self.waiting, bloc=bloc)
        return (against | {fall.key for fall in self.falls()} | self.wanted) & frozenset(bloc)

    def order(self) -> list[voting_order.Place]:
        """What is still to be voted."""
        return side_by_side(voting_order.voting_order(self.waiting, self.moves, self.seed), self.bloc)


# --- After the vote -------------------------------------------------------------------------------------------------


def adopted_hash(year: Year) -> str:
    """SHA-256 of the adopted lines, one a row: code, department, side, amount, title; in the order of their codes."""
    rows = year.lines.order_by("code").values_list("code", "department__code", "side", "adopted", "title")
    text = "".join(
        f"{code}\t{department}\t{side}\t{plain(adopted or Decimal(0))}\t{title}\n"
        for code, department, side, adopted, title in rows
    )
    return hashlib.sha256(f"{year.label}\n{text}".encode()).hexdigest()


@dataclass(frozen=True)
class Running:
    """A line of an adopted budget. `plan`: what was adopted and what decisions moved; `spent` so far, `by_month`."""

    line: Line
    plan: Decimal
    by_month: dict[int, Decimal]

    @property
    def spent(self) -> Decimal:
        return sum(self.by_month.values(), Decimal(0))

    @property
    def left(self) -> Decimal:
        return self.plan - self.spent


def running(year: Year) -> list[Running]:
    """Every line with its plan and what came in or went out, month by month. Three queries."""
    lines = list(year.lines.select_related("department"))
    moved = moved_by(MOVED.all(year=year.pk))
    months: dict[int, dict[int, Decimal]] = {}
    for actual in Actual.objects.filter(line__year=year).order_by("revision"):  # the last one stays
        months.setdefault(actual.line_id, {})[actual.month] = exact(actual.amount)
    return [Running(line, planned(line, moved), months.get(line.pk, {})) for line in lines]


MOVED = Often(
    lambda: Movement.objects.filter(year_id=given("year")).values_list(
        "source_id", "source__side", "target_id", "amount"
    ),
    told=True,
)


def moved_by(rows: Iterable[tuple[int, str, int, Decimal]]) -> dict[int, Decimal]:
    """What decisions have moved since the vote, by line; `rows` of MOVED."""
    moved: dict[int, Decimal] = {}
    for source, side, target, amount in rows:
        more = amount if side == Line.Side.INCOME else -amount
        moved[source] = moved.get(source, Decimal(0)) + more
        moved[target] = moved.get(target, Decimal(0)) + amount
    return moved


def planned(line: Line, moved: dict[int, Decimal]) -> Decimal:
    return exact((line.adopted or Decimal(0)) + moved.get(line.pk, Decimal(0)))


def left_on(line: Line) -> Decimal:
    """What decisions can still move away from a line of expense."""
    moved = Movement.objects.filter(year=line.year_id).aggregate(
        gained=Sum("amount", filter=Q(target=line)), lost=Sum("amount", filter=Q(source=line))
    )
    return (line.adopted or Decimal(0)) + (moved["gained"] or 0) - (moved["lost"] or 0)


def before(year: Year) -> Year | None:
    """The budget of the year before, as it was adopted."""
    found = Year.objects.filter(cooperative=year.cooperative_id, year=year.year - 1)
    return found.filter(state__in=Year.LOCKED).first()


@dataclass(frozen=True)
class Continued:
    """Last year's lines go on after a budget was turned down: so many days are left, so much a month for each line."""

    begins_on: datetime.date
    days_left: int
    lines: dict[str, Decimal]


def continued(year: Year, day: datetime.date, bylaws: Bylaws) -> Continued | None:
    """None when the budget was not turned down, or there is none before it to go on with."""
    last = before(year)
    if year.state != Year.State.REJECTED or year.settled_at is None or last is None:
        return None
    begins_on = max(datetime.date(year.year, 1, 1), year.cooperative.day_of(year.settled_at))
    decimals = year.cooperative.currency_decimals
    month = max(day, begins_on).month
    return Continued(
        begins_on,
        days_left(begins_on, day, days=bylaws.continued_budget_days),
        {one.line.code: of_month(one.plan, month, decimals=decimals) for one in running(last)},
    )
