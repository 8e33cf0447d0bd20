"""The stages of a ranked count as a table and as a picture. Both show the same figures; the table is read aloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from coop.ballots.acta.stage_sentences import figure

# The picture, in its own units: as wide as a sheet of paper on a small telephone, so that its words are legible.
WIDE, LINE, HEAD, NAMES, FIGURES = 240, 22, 28, 96, 54
LONGEST = 11  # letters of a name; the whole name stands in the table


@dataclass(frozen=True)
class Bar:
    """One candidate at one stage. `mark`: "elected", "out" or nothing, drawn as a shape and said as a word."""

    name: str  # as short as the picture has room for
    whole: str
    votes: str
    length: float
    mark: str
    y: float

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
        return HEAD + len(self.bars) * LINE - 4


@dataclass(frozen=True)
class Picture:
    """`quota`: where the line stands, in units from the left edge; nothing where there is no quota."""

    panels: Sequence[Panel]
    height: float
    quota: float | None
    quota_votes: str
    describes: str
    wide: int = WIDE
    names: int = NAMES
    room: int = WIDE - NAMES - FIGURES

    @property
    def quota_part(self) -> float | None:
        """Where the quota stands, as a part of the room for bars."""
        return None if self.quota is None else (self.quota - self.names) / self.room


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
        cells = [figure(stage["totals"][code]) if code in stage["totals"] else "–" for stage in stages]
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
    room = WIDE - NAMES - FIGURES
    panels, y = [], 0.0
    elected: list[str] = []
    for number, stage in enumerate(stages, 1):
        elected += stage["elected"]
        bars = [
            Bar(
                name=_short(names[code]),
                whole=names[code],
                votes=figure(votes),
                length=float(round(Decimal(votes) / most * room, 1)),
                mark="elected" if code in elected else "out" if code in stage["out"] else "",
                y=HEAD + place * LINE,
            )
            for place, (code, votes) in enumerate(stage["totals"].items())
        ]
        panels.append(Panel(_("Stage %(number)s") % {"number": number}, bars, y))
        y += HEAD + len(bars) * LINE + 6
    quota = result.get("quota")
    at = float(round(NAMES + Decimal(quota) / most * room, 1)) if quota and quota <= most else None
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


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


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
