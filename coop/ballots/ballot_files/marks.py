"""CSV files of marked papers: a row is a paper, its number first, then the options it marks with blanks between.

ballot,choices
1,ana ben
2,                  a blank paper
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .lines import BadFile, numbered_lines


@dataclass(frozen=True)
class MarkedFile:
    """`papers`: the marks of a paper, in the order of the options, -> how many; `options` as they first come
    up.
    """

    options: tuple[str, ...]
    papers: dict[tuple[str, ...], int]

    @property
    def ballots(self) -> int:
        return sum(self.papers.values())

    def votes(self, most: int | None = None) -> tuple[dict[str, int], int]:
        """Marks for each option, and how many papers are spoiled: those with more marks than `most`.

        >>> MarkedFile(("ana", "ben"), {("ana",): 2, ("ana", "ben"): 1, (): 4}).votes(1)
        ({'ana': 2, 'ben': 0}, 1)
        """
        votes, spoiled = dict.fromkeys(self.options, 0), 0
        for marks, number in self.papers.items():
            if most is not None and len(marks) > most:
                spoiled += number
                continue
            for code in marks:
                votes[code] += number
        return votes, spoiled


def read_marks(path: Path) -> MarkedFile:
    """Reads a file. Raises BadFile on a paper number that comes twice, an option twice on one paper, a row
    that is none.
    """
    options: dict[str, None] = {}
    papers: dict[tuple[str, ...], int] = {}
    numbers: set[str] = set()
    rows = _rows(path)
    try:
        first, head = next(rows)
    except StopIteration:
        raise BadFile("the file is empty") from None
    if [cell.strip().lower() for cell in head] != ["ballot", "choices"]:
        raise BadFile("the first line is: ballot,choices", first)
    for number, row in rows:
        if len(row) != 2:
            raise BadFile("a paper has a number and its choices, with one comma between", number)
        if row[0] in numbers:
            raise BadFile(f"paper {row[0]!r} comes twice", number)
        numbers.add(row[0])
        marks = tuple(row[1].split())
        if marks not in papers:
            if len(set(marks)) < len(marks):
                raise BadFile("an option stands twice on one paper", number)
            options.update(dict.fromkeys(marks))
        papers[marks] = papers.get(marks, 0) + 1
    return MarkedFile(tuple(options), papers)


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Cells of each line; commas or, as some programs of the office write it, semicolons between them."""
    between = ","
    for index, (number, line) in enumerate(numbered_lines(path)):
        if index == 0 and ";" in line and "," not in line:
            between = ";"
        if line:
            try:
                yield number, next(csv.reader([line], delimiter=between, strict=True))
            except csv.Error as error:
                raise BadFile(f"not a row of cells ({error})", number) from error
