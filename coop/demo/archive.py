"""What went over from the books into the archive: statute and rules with their versions, and old decisions."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from coop.decisions import actions as decisions
from coop.documents import actions as papers
from coop.documents.models import Version
from coop.proposals.wording import whole_text

from .timeline import Step, World

HOUR = datetime.timedelta(hours=1)


def archive(world: World, start: datetime.datetime) -> Iterator[Step]:
    """On the second day, so that whoever enters and whoever compares has come in by then."""
    at = start + 28 * HOUR
    yield Step(at, partial(_documents, world))
    yield Step(at + HOUR, partial(_decisions, world))


def _documents(world: World, at: datetime.datetime) -> None:
    plan = world.files.read("archive")
    keeper, second = world.people[plan["entered_by"]], world.people[plan["confirmed_by"]]
    for one in plan["documents"]:
        entered: Version | None = None
        for version in one["versions"]:
            facts = {
                "text": version["text"],
                "file": None,
                "adopted_on": version["adopted_on"],
                "adopted_by": version["adopted_by"],
                "valid_from": version["adopted_on"],
                "by": keeper,
                "at": at,
            }
            if entered is None:
                entered = papers.enter_document(
                    cooperative=world.cooperative, kind=one["kind"], title=one["title"], **facts
                )
            else:
                entered = papers.add_version(document=entered.document, **facts)
            papers.confirm_version(version=entered, by=second, at=at)


def _decisions(world: World, at: datetime.datetime) -> None:
    """Numbered year by year as the book has them; moved by fortnights, an assembly may fall into another year."""
    plan = world.files.read("archive")
    last: Counter[int] = Counter()
    for one in plan["decisions"]:
        year = one["decided_on"].year
        last[year] += 1
        _copy(world, plan, one, last[year], at)


def _copy(
    world: World, plan: Mapping[str, Any], one: Mapping[str, Any], number: int, at: datetime.datetime
) -> None:
    entry = decisions.carry_over(
        body=world.bodies["GA"],
        number=number,
        title=one["title"],
        text=whole_text(one["title"], one["text"]),
        outcome=one["outcome"],
        decided_on=one["decided_on"],
        source=one["page"],
        by=world.people[plan["entered_by"]],
        at=at,
    )
    decisions.confirm_carried(entry=entry, by=world.people[plan["confirmed_by"]], at=at)
