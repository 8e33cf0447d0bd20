"""The figures of a box that is voted again, beside those of the others."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from coop.ballots.boxes import floor_of
from coop.elections.box_again import box_of, figures_of
from coop.elections.models import Contest, Election

from ..outcomes.results import words_of


@dataclass(frozen=True)
class Line:
    """Votes for somebody; `others`, `before` and `again` are empty where few papers would tell who gave them."""

    name: str
    others: int | None
    before: int | None
    again: int | None
    together: int


@dataclass(frozen=True)
class Table:
    contest: Contest
    box: str
    lines: list[Line]
    apart: bool


def tables_of(election: Election) -> list[Table]:
    """For each contest that adds a box to another: its figures. A few questions for each."""
    contests = election.contests.filter(adds_to__isnull=False).order_by("number")
    return [
        _table(one)
        for one in contests.select_related("office", "question__ballot", "adds_to__question__ballot")
        if one.question is not None
    ]


def _table(contest: Contest) -> Table:
    assert contest.question is not None
    figures = figures_of(contest)
    floor = floor_of(contest.question.ballot)
    apart = not contest.question.ballot.is_secret or all(
        many == 0 or many >= floor for many in figures.papers
    )
    names = {one.code: words_of(one) for one in contest.question.options.order_by("number")}
    names[""] = _("Spoiled")
    lines = [
        Line(
            name,
            figures.others[code] if apart else None,
            figures.before[code] if apart else None,
            figures.again[code] if apart else None,
            figures.together[code],
        )
        for code, name in names.items()
    ]
    return Table(contest, box_of(contest).name, sorted(lines, key=lambda line: -line.together), apart)
