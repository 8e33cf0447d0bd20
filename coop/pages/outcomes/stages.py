"""The stages of a ranked count as a table and as a picture. Both show the same figures; the table is read aloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap
from typing import Any

from django.utils.translation import gettext as _

from coop.ballots.acta.stage_sentences import figure

# The picture, in its own units: as wide as a sheet of paper on a small telephone, so that its words are legible.
# A name stands over its bar, whole, in as many lines as it takes; the mark before the bar, the figure behind it.
WIDE, HEAD, MARKS, FIGURES = 240, 28, 18, 54
WORDS, THICK, GAP = 15, 17, 6  # heights: of a line of words, of a bar, between two candidates
LETTERS = 32  # that fit into a line of the picture, wide ones too


@dataclass(frozen=True)
class Bar:
    """One candidate at one stage. `mark`: "elected", "out" or nothing, drawn as a shape and said as a word."""

    name: str
    votes: str
    length: float
    mark: str
    y: float

    @property
    def lines(self) -> Sequence[tuple[int, str]]:
        """The name in lines: how far down the foot of each stands, and its words."""
        return [(WORDS * number - 3, words) for number, words in enumerate(_lines(self.name), 1)]

    @property
    def top(self) -> int:
        """How far down the bar begins, under the name."""
        return WORDS * len(_lines(self.name)) + 1

    @property
    def height(self) -> int:
        return self.top + THICK + GAP

    @property
    def mark_in_words(self) -> str:
        return {"elected": _("elected"), "out": _("out")}.get(self.mark, "")


@dataclass(frozen=True)
class Panel:
    title: str
    bars: Sequence[Bar]
    y: float

    @property
    def foot(self) -> int:
        return HEAD + sum(bar.height for bar in self.bars) - GAP


@dataclass(frozen=True)
class Picture:
    """`quota`: where the line stands, in units from the left edge; nothing where there is no quota."""

    panels: Sequence[Panel]
    height: float
    quota: float | None
    quota_votes: str
    describes: str
    wide: int = WIDE
    marks: int = MARKS
    room: int = WIDE - MARKS - FIGURES

    @property
    def quota_part(self) -> float | None:
        """Where the quota stands, as a part of the room for bars."""
        return None if self.quota is None else (self.quota - self.marks) / self.room


@dataclass(frozen=True)
class Table:
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[tuple[str, str]]]]  # a name, and (head, figure) for each stage


def table_of(result: Mapping[str, Any], names: Mapping[str, str]) -> Table | None:
    """Candidates down, stages across; the votes that found no next name last."""
    stages = _stages(result)
    if not stages:
        return None
    heads = [_("Stage %(number)s") % {"number": number} for number in range(1, len(stages) + 1)]
    rows = []
    for code in stages[0]["totals"]:
        cells = [figure(stage["totals"][code]) if code in stage["totals"] else "" for stage in stages]
        rows.append((names[code], list(zip(heads, cells, strict=True))))
    lost = [figure(stage["lost"]) for stage in stages]
    rows.append((_("No next name"), list(zip(heads, lost, strict=True))))
    return Table(heads, rows)


def picture_of(result: Mapping[str, Any], names: Mapping[str, str]) -> Picture | None:
    """Bars of every stage under each other, with the quota as a line through all of them."""
    stages = _stages(result)
    if not stages:
        return None
    most = max(Decimal(votes) for stage in stages for votes in stage["totals"].values()) or Decimal(1)
    room = WIDE - MARKS - FIGURES
    panels, y = [], 0.0
    elected: list[str] = []
    for number, stage in enumerate(stages, 1):
        elected += stage["elected"]
        bars: list[Bar] = []
        for code, votes in stage["totals"].items():
            above = bars[-1].y + bars[-1].height if bars else HEAD
            length = float(round(Decimal(votes) / most * room, 1))
            mark = "elected" if code in elected else "out" if code in stage["out"] else ""
            bars.append(Bar(names[code], figure(votes), length, mark, above))
        panels.append(Panel(_("Stage %(number)s") % {"number": number}, bars, y))
        y += panels[-1].foot + 3 * GAP
    quota = result.get("quota")
    at = float(round(MARKS + Decimal(quota) / most * room, 1)) if quota and quota <= most else None
    described = _(
        "Bars of the votes of %(who)s people at each of %(stages)s stages; the table has the figures."
    )
    return Picture(
        panels,
        y,
        at,
        str(quota or ""),
        described % {"who": len(stages[0]["totals"]), "stages": len(stages)},
    )


def _stages(result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Both ranked counts in one form: totals, what found no next name, who was elected, who is out by then."""
    if result.get("method") == "scottish_stv":
        out: list[str] = []
        found = []
        for stage in result["stages"]:
            out = [*out, stage["candidate"]] if stage["action"] == "exclude" else out
            found.append(
                {
                    "totals": _in_order(stage["totals"], result),
                    "lost": stage["non_transferable"],
                    "elected": stage["elected"],
                    "out": out,
                }
            )
        return found
    if result.get("method") == "instant_runoff":
        rounds = result["rounds"]
        return [
            {
                "totals": _in_order(one["totals"], result),
                "lost": one["exhausted"],
                "elected": [result["winner"]] if number == len(rounds) else [],
                "out": [],
            }
            for number, one in enumerate(rounds, 1)
        ]
    return []


def _in_order(totals: Mapping[str, Any], result: Mapping[str, Any]) -> dict[str, Any]:
    """As on the paper; the database keeps no order of keys."""
    return {code: totals[code] for code in result["candidates"] if code in totals}


def _lines(name: str) -> list[str]:
    return wrap(name, LETTERS) or [""]


def pairs_of(result: Mapping[str, Any], names: Mapping[str, str]) -> Table | None:
    """Options compared two by two: how many papers put the row above the column."""
    if result.get("method") != "schulze":
        return None
    pairwise = result["pairwise"]
    heads = [names[code] for code in pairwise]
    rows = [
        (
            names[one],
            [(names[other], "" if other == one else str(pairwise[one][other])) for other in pairwise],
        )
        for one in pairwise
    ]
    return Table(heads, rows)
