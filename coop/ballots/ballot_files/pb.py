"""PB files (Pabulib): an envelope, projects with what they cost, and papers that name projects.

Three sections, META, PROJECTS and VOTES, each with a row of column names; cells are separated by semicolons.
A paper marks projects (`approval`), gives them points (`cumulative`, `scoring`), or ranks them (`ordinal`:
the first gets as many points as a paper may name, the next one less, and so on).
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from coop.ballots.counting import Paper

from .lines import BadFile, numbered_lines

SECTIONS = ("META", "PROJECTS", "VOTES")
MOST, FINEST = Decimal(10) ** 15, 6  # of an amount of money: units, and places after the point
Row = dict[str, str]


@dataclass(frozen=True)
class ProjectFile:
    """`scores`: votes, or points, of each project. `papers` mark every project that a paper names, in one
    rank.
    """

    title: str
    vote_type: str
    envelope: Decimal
    costs: dict[str, Decimal]
    names: dict[str, str]
    scores: dict[str, int]
    papers: dict[Paper, int]

    @property
    def ballots(self) -> int:
        return sum(self.papers.values())


def read_pb(path: Path) -> ProjectFile:
    """Reads a file. Raises BadFile on anything that would make the count a guess, also fewer papers than it
    promises.
    """
    meta: dict[str, str] = {}
    costs: dict[str, Decimal] = {}
    names: dict[str, str] = {}
    papers: dict[Paper, int] = {}
    scores: dict[str, int] = {}
    voters: set[str] = set()
    points: Callable[[Row, list[str], int], list[int]] | None = None
    for number, section, row in _rows(path):
        if section == "META":
            meta[_cell(row, "key", number).lower()] = _cell(row, "value", number).strip()
        elif section == "PROJECTS":
            code = _cell(row, "project_id", number)
            if code in costs or not code:
                raise BadFile(f"project {code!r} comes twice, or has no name", number)
            costs[code] = _amount(_cell(row, "cost", number), number)
            names[code], scores[code] = row.get("name") or code, 0
            if costs[code] <= 0:
                raise BadFile(f"project {code!r} costs nothing", number)
        else:
            points = points or _points(meta, len(costs), number)
            voter = _cell(row, "voter_id", number)
            if voter in voters:
                raise BadFile(f"voter {voter!r} comes twice", number)
            voters.add(voter)
            chosen = _chosen(_cell(row, "vote", number), costs, number)
            for code, given in zip(chosen, points(row, chosen, number), strict=True):
                scores[code] += given
            paper: Paper = (tuple(sorted(chosen)),) if chosen else ()
            papers[paper] = papers.get(paper, 0) + 1
    return ProjectFile(
        title=meta.get("description", ""),
        vote_type=meta.get("vote_type", "approval"),
        envelope=_envelope(meta, len(costs), len(voters)),
        costs=costs,
        names=names,
        scores=scores,
        papers=papers,
    )


def _rows(path: Path) -> Iterator[tuple[int, str, Row]]:
    """Line number, section and cells by the names of their columns."""
    section, columns = "", []  # type: tuple[str, list[str]]
    for number, line in numbered_lines(path):
        if line.rstrip(";").upper() in SECTIONS:
            section, columns = line.rstrip(";").upper(), []
        elif line:
            try:
                cells = next(csv.reader([line], delimiter=";", strict=True))
            except csv.Error as error:
                raise BadFile(f"not a row of cells ({error})", number) from error
            if not section:
                raise BadFile("the file begins with META", number)
            if columns:
                yield number, section, dict(zip(columns, cells, strict=False))
            else:
                columns = [cell.strip().lower() for cell in cells]


def _cell(row: Row, column: str, number: int) -> str:
    if column not in row:
        raise BadFile(f"the cell {column!r} is missing", number)
    return row[column].strip()


def _amount(text: str, number: int | None) -> Decimal:
    try:
        amount = Decimal(text.replace(",", ".").replace(" ", ""))
    except InvalidOperation:
        raise BadFile(f"{text!r} is no amount of money", number) from None
    if not (amount.is_finite() and 0 <= amount <= MOST) or (amount and amount != round(amount, FINEST)):
        raise BadFile(f"{text!r} is no amount of money", number)
    return amount


def _envelope(meta: dict[str, str], projects: int, papers: int) -> Decimal:
    if "budget" not in meta:
        raise BadFile("META says no budget")
    for key, there, what in (("num_projects", projects, "projects"), ("num_votes", papers, "papers")):
        if key in meta and meta[key] != str(there):
            raise BadFile(f"the file promises {meta[key]} {what} and has {there}; is it whole?")
    return _amount(meta["budget"], None)


def _chosen(text: str, costs: dict[str, Decimal], number: int) -> list[str]:
    chosen = [code.strip() for code in text.split(",")] if text else []
    if unknown := [code for code in chosen if code not in costs]:
        raise BadFile(f"there is no project {unknown[0]!r}", number)
    if len(set(chosen)) < len(chosen):
        raise BadFile("a project stands twice on one paper", number)
    return chosen


def _points(meta: dict[str, str], projects: int, number: int) -> Callable[[Row, list[str], int], list[int]]:
    """How a paper turns into points, by the type of the vote."""
    kind = meta.get("vote_type", "approval")
    if kind in {"approval", "choose-1"}:
        return lambda _row, chosen, _number: [1] * len(chosen)
    if kind in {"cumulative", "scoring"}:
        return _given_points
    if kind == "ordinal":
        most = _count(meta.get("max_length", str(projects)), number)
        return lambda _row, chosen, at: _ranked_points(chosen, most, at)
    raise BadFile(f"votes of the type {kind!r} are not known", number)


def _given_points(row: Row, chosen: list[str], number: int) -> list[int]:
    text = _cell(row, "points", number)
    given = [_count(points.strip(), number) for points in text.split(",")] if text else []
    if len(given) != len(chosen):
        raise BadFile("there are not as many points as projects", number)
    return given


def _ranked_points(chosen: list[str], most: int, number: int) -> list[int]:
    if len(chosen) > most:
        raise BadFile(f"more than {most} projects on one paper", number)
    return [most - place for place in range(len(chosen))]


def _count(text: str, number: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadFile(f"{text!r} is not a whole number", number)
    return int(text)
