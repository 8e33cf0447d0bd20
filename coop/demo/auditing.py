"""The auditor at work: the journal verified, reports beside what assemblies decide on, counts, and findings. And a
member who appeals to the assembly."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from coop.documents.models import Document
from coop.meetings.models import Meeting
from coop.members import actions as members
from coop.members.models import Standing
from coop.oversight import actions, count_lines
from coop.oversight.models import CountSheet, Finding

from .at_work import office, when
from .timeline import Step, World

Kind, About = CountSheet.Kind, Finding.About


def auditing(world: World, *, settled: bool) -> Iterator[Step]:
    """`settled`: also the reports for the assemblies that were held."""
    told = world.files.read("at_work")["auditor"]
    yield Step(when(world, told["verified"]), partial(_verify, world, told))
    yield Step(when(world, told["read"]), partial(_read, world, told))
    for one in told["reports"] if settled else ():
        yield Step(when(world, one), partial(_report, world, told, one))
    for one in told["counts"]:
        yield from Counted(world, told["by"], one).steps()
    for one in told["findings"]:
        yield from Found(world, told["by"], one).steps()
    appealed = world.files.read("at_work")["appeal"]
    yield Step(when(world, appealed["written"]), partial(_suspend, world, appealed))
    yield Step(when(world, appealed["made"]), partial(_appeal, world, appealed))


def _suspend(world: World, told: Mapping[str, Any], at: datetime.datetime) -> None:
    """From a day that is still to come: until then nobody's vote or work is another."""
    since = world.files.today + datetime.timedelta(days=told["in_days"])
    members.suspend(
        member=world.people[told["person"]],
        since=since,
        expected_until=since + datetime.timedelta(days=told["for_days"]),
        reason=told["reason"],
        document=told["document"],
        by=world.people[told["written"]["by"]],
        at=at,
    )


def _appeal(world: World, told: Mapping[str, Any], at: datetime.datetime) -> None:
    who = world.people[told["person"]]
    standing = Standing.objects.get(member=who, status=Standing.Status.SUSPENDED)
    actions.make_appeal(standing=standing, text=told["text"], by=who, at=at)


def _verify(world: World, told: Mapping[str, Any], at: datetime.datetime) -> None:
    actions.verify_journal(checkpoint=None, by=world.people[told["by"]], at=at)


def _read(world: World, told: Mapping[str, Any], at: datetime.datetime) -> None:
    actions.note_reading(what=told["read"]["what"], by=world.people[told["by"]], at=at)


def _report(world: World, told: Mapping[str, Any], one: Mapping[str, Any], at: datetime.datetime) -> None:
    """Between the notice and the day, beside the item it is about: of a meeting that is over today."""
    held = world.files.read("assemblies")["assemblies"]
    title = next(plan["title"] for plan in held if plan["id"] == one["assembly"])
    meeting = Meeting.objects.get(body=world.bodies["GA"], title=title)
    actions.write_report(
        meeting=meeting,
        title=one["title"],
        text=one["text"],
        item=meeting.items.get(proposal=world.proposals[one["motion"]]),
        by=world.people[told["by"]],
        at=at,
    )


class Counted:
    """Counted by two, with what the book says beside it, and signed by the second."""

    def __init__(self, world: World, by: str, told: Mapping[str, Any]) -> None:
        self.world, self.told = world, told
        self.by, self.witness = world.people[by], world.people[told["witness"]]
        self.sheet: CountSheet

    def steps(self) -> Iterator[Step]:
        yield Step(when(self.world, self.told["filed"]), self._file)
        yield Step(when(self.world, self.told["signed"]), self._sign)

    def _file(self, at: datetime.datetime) -> None:
        told = self.told
        facts = {
            "title": told["title"],
            "counted_on": told["counted"],
            "note": told["note"],
            "witness": self.witness,
            "by": self.by,
            "at": at,
        }
        if told["kind"] == Kind.CASH:
            money, _none = count_lines.cash(told["lines"])
            self.sheet = actions.file_cash_count(lines=money, book=Decimal(told["book"]), **facts)
        else:
            things, _none = count_lines.stock(told["lines"])
            self.sheet = actions.file_stock_count(lines=things, **facts)

    def _sign(self, at: datetime.datetime) -> None:
        actions.sign_count(sheet=self.sheet, agrees=True, by=self.witness, at=at)


class Found:
    """A finding: answered, or before the assembly when its days are over."""

    def __init__(self, world: World, by: str, told: Mapping[str, Any]) -> None:
        self.world, self.told, self.by = world, told, world.people[by]
        self.finding: Finding

    def steps(self) -> Iterator[Step]:
        yield Step(when(self.world, self.told["written"]), self._write)
        if "answered" in self.told:
            yield Step(when(self.world, self.told["answered"]), self._answer)
        if "laid" in self.told:
            yield Step(when(self.world, self.told["laid"]), self._lay)

    def _about(self) -> tuple[str, int]:
        if "about_document" in self.told:
            found = Document.objects.get(
                cooperative=self.world.cooperative, title=self.told["about_document"]
            )
            return About.DOCUMENT, found.number
        sheet = CountSheet.objects.get(cooperative=self.world.cooperative, title=self.told["about_count"])
        return About.COUNT, sheet.pk

    def _write(self, at: datetime.datetime) -> None:
        told, world = self.told, self.world
        self.finding = actions.write_finding(
            body=world.bodies[told["body"]],
            office=office(world, [told["body"], told["office"]]) if "office" in told else None,
            title=told["title"],
            text=told["text"],
            rule=told["rule"],
            about=self._about(),
            by=self.by,
            at=at,
        )

    def _answer(self, at: datetime.datetime) -> None:
        told = self.told["answered"]
        actions.answer_finding(
            finding=self.finding, text=told["text"], by=self.world.people[told["by"]], at=at
        )

    def _lay(self, at: datetime.datetime) -> None:
        actions.lay_before_assembly(finding=self.finding, at=at)
