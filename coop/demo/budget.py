"""The budget of this year runs, with what came in and went out; that of the next is amended by the councils."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from coop.budget import actions
from coop.budget.models import Amendment, Year
from coop.budget.reading import Written

from .timeline import Step, World

MINUTE, DAY = datetime.timedelta(minutes=1), datetime.timedelta(days=1)
TREASURER = "M315"
IN_THE_BOOK = "Book of assembly minutes, page 195"
LEDGER = "Ledger of the plant, month %s"
MONTHS = 9  # that the file has figures of, together
ENTERED_ON = 8  # of the month after
CALLS = ("secretary", "convener")  # whose office calls a council or a commission


def budget(world: World) -> Iterator[Step]:
    yield from Running(world).steps()
    yield from Round(world).steps()


def _lines(told: Mapping[str, Any], amounts: str, current: str | None) -> list[Written]:
    return [
        Written(
            one["code"],
            one["dept"],
            one["kind"],
            one["title"],
            Decimal(one[amounts]),
            basis=one["basis"],
            current=None if current is None else Decimal(one[current]),
            is_contingency=one["code"] == told["round"]["contingency_line"],
        )
        for one in told["lines"]
    ]


class Running:
    """This year's: taken over from the book with its days, adopted, and entered month by month."""

    def __init__(self, world: World) -> None:
        self.world, self.told = world, world.files.read("budget")
        self.keeper = world.people[TREASURER]
        self.year: Year

    def steps(self) -> Iterator[Step]:
        world, number = self.world, self.world.files.today.year
        first = world.files.read("coop")["coop"]["start"]["day"] + 3 * DAY
        adopted = first + 50 * DAY
        begins = max(adopted + DAY, datetime.date(number, 1, 2))
        acts: list[tuple[datetime.date, str, Any]] = [
            (first, "09:00", partial(self._draw_up, number)),
            (first, "11:00", partial(self._publish, first)),
            (first + 36 * DAY, "09:00", self._close),
            (first + 47 * DAY, "09:00", self._put),
            (adopted, "18:30", self._adopt),
            (begins, "07:30", self._start),
        ]
        for month in range(1, MONTHS + 1):
            entered = datetime.date(number, month + 1, ENTERED_ON)
            acts.append((max(entered, begins + DAY), f"15:{month:02}", partial(self._month, month)))
        for day, hour, act in acts:
            at = world.moment(day, hour)
            if at < world.now:
                yield Step(at, act)

    def _draw_up(self, number: int, at: datetime.datetime) -> None:
        world = self.world
        self.year = actions.begin(cooperative=world.cooperative, year=number, by=self.keeper, at=at)
        lines = _lines(self.told, "approved_2026", None)
        actions.set_lines(year=self.year, lines=lines, by=self.keeper, at=at)

    def _publish(self, day: datetime.date, at: datetime.datetime) -> None:
        actions.publish(
            year=self.year,
            amendments_until=day + 35 * DAY,
            conciliation_until=day + 46 * DAY,
            vote_on=day + 50 * DAY,
            by=self.keeper,
            at=at,
        )

    def _close(self, at: datetime.datetime) -> None:
        actions.close_amendments(year=self.year, by=self.keeper, at=at)

    def _put(self, at: datetime.datetime) -> None:
        actions.put(year=self.year, by=self.keeper, at=at)

    def _adopt(self, at: datetime.datetime) -> None:
        """Voted in the time of the book: nobody amended it."""
        actions.adopt(year=self.year, decision=IN_THE_BOOK, by=self.keeper.actor, at=at)

    def _start(self, at: datetime.datetime) -> None:
        actions.start(year=self.year, by=self.keeper, at=at)

    def _month(self, month: int, at: datetime.datetime) -> None:
        """Of the nine months of the file an equal part; together they are its figures, to the unit."""
        amounts = {
            one["code"]: Decimal(_up_to(one["actual_to_2026_09"], month))
            - _up_to(one["actual_to_2026_09"], month - 1)
            for one in self.told["lines"]
            if one["actual_to_2026_09"]
        }
        source = LEDGER % f"{self.year.year}-{month:02}"
        actions.enter_month(
            year=self.year, month=month, amounts=amounts, source=source, by=self.keeper, at=at
        )


def _up_to(amount: int, month: int) -> int:
    return amount * month // MONTHS


class Round:
    """The next year's: published, amended by councils that clash, in conciliation on the day of loading."""

    def __init__(self, world: World) -> None:
        self.world, self.told = world, world.files.read("budget")
        self.keeper = world.people[TREASURER]
        self.days = {one["id"]: one["date"] for one in self.told["round"]["steps"]}
        self.callers = {one["id"]: _caller(one) for one in world.files.read("bodies")["bodies"]}
        self.year: Year
        self.made: dict[str, Amendment] = {}

    def steps(self) -> Iterator[Step]:
        moment = self.world.moment
        published = self.days["BR-1"]
        yield Step(moment(published - DAY, "10:00"), self._draw_up)
        yield Step(
            moment(published, "09:00"),
            self._publish,
            says="The councils amend the budget of next year, and clash",
        )
        day = published
        for place, one in enumerate(self.told["amendments"]):
            day = max(day, one["submitted"])  # numbers follow the file
            yield Step(moment(day, "13:00") + place * MINUTE, partial(self._amendment, one))
        closed = self.days["BR-3"] + DAY
        yield Step(moment(closed, "08:30"), self._close)
        for one in self.told["amendments"]:
            if one["status"] == "admitted_with_remark":
                yield Step(moment(closed, "10:30"), partial(self._remark, one))
            if one["status"] == "withdrawn":
                yield Step(moment(closed + 3 * DAY, "09:40"), partial(self._withdraw, one))

    def _draw_up(self, at: datetime.datetime) -> None:
        number = self.world.files.today.year + 1
        self.year = actions.begin(cooperative=self.world.cooperative, year=number, by=self.keeper, at=at)
        lines = _lines(self.told, "proposed_2027", "approved_2026")
        actions.set_lines(year=self.year, lines=lines, by=self.keeper, at=at)

    def _publish(self, at: datetime.datetime) -> None:
        actions.publish(
            year=self.year,
            amendments_until=self.days["BR-3"],
            conciliation_until=self.days["BR-4"],
            vote_on=self.days["BR-6"],
            by=self.keeper,
            at=at,
        )

    def _close(self, at: datetime.datetime) -> None:
        actions.close_amendments(year=self.year, by=self.keeper, at=at)

    def _amendment(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        """Written, handed in, and backed by the vote of the council: what does not balance stays a draft."""
        code = one["by"].split(" ")[0]  # of a common text the first of its councils
        by = self.world.people[self.callers[code]]
        facts: dict[str, Any] = {
            "title": _in_our_numbers(one["title"]),
            "moves": {line: Decimal(amount) for line, amount in one["moves"].items()},
            "reasons": _in_our_numbers(one["reason"]),
            "on_behalf_of": self.world.bodies[code],
            "by": by,
            "at": at,
        }
        if "replaces" in one:
            asked = actions.common_text(parts=[self.made[label] for label in one["replaces"]], **facts)
        else:
            amends = self.made.get(one.get("amends", ""))
            asked = actions.begin_amendment(year=self.year, amends=amends, **facts)
        self.made[one["id"]] = asked
        if one["status"] == "returned_not_balanced":
            return
        self.made[one["id"]] = asked = actions.hand_in(amendment=asked, by=by, at=at)
        if "replaces" in one:
            for part in asked.parts.select_related("part__on_behalf_of"):
                mover = self.world.people[self.callers[part.part.on_behalf_of.code]]  # type: ignore[union-attr]
                actions.agree(part=part, by=mover, at=at)
        else:
            actions.back(amendment=asked, decision=_as_voted(one), by=by, at=at)
        self.made[one["id"]].refresh_from_db()

    def _remark(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        actions.remark(amendment=self.made[one["id"]], text=one["remark"], by=self.keeper, at=at)

    def _withdraw(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        by = self.world.people[self.callers[one["by"]]]
        actions.withdraw(amendment=self.made[one["id"]], because=one["remark"], by=by, at=at)


def _caller(body: Mapping[str, Any]) -> str:
    """Who calls it, by their number in the files; of several the last that the file names."""
    return next((row["person"] for row in reversed(body["seats"]) if row["post"] in CALLS), "")


def _as_voted(one: Mapping[str, Any]) -> str:
    """The councils voted on it in their own books; what is quoted is the figures."""
    pro, contra, neither = one["vote_in_council"].split("-")
    return f"Book of the council {one['by']}: {pro} for, {contra} against, {neither} abstaining"


def _in_our_numbers(words: str) -> str:
    """BA-01 of the file is A1 here."""
    return re.sub(r"BA-0?(\d+)", r"A\1", words)
