"""BLT files: candidates and seats, who withdrew, rankings with how many papers say so, names, title.

    3 2                 three candidates, two seats
    -2                  the second withdrew
    4 1 2 0             four papers: first 1, then 2
    1 0                 a blank paper
    2 1=3 2 0           two papers: 1 and 3 equal, then 2
    0                   the papers end
    "Ada"               names, one a line, in quotes or not
    "Ben"
    "Cleo"
    "Council 2026"      title

Programs differ, so all of this is read: several papers on one line, commas for or after blanks, comments from
`#`, a dash for a preference left out (a gap), names that hold a party in quotes of their own, a title or
names that are missing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from coop.ballots.counting import Paper

from .lines import BadFile, numbered_lines

MOST_CANDIDATES = 250
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
Lines = Iterator[tuple[int, str]]


@dataclass(frozen=True)
class RankedFile:
    """Candidates are "1", "2", … as in the file; `names` by that number. A title may be empty."""

    title: str
    seats: int
    candidates: tuple[str, ...]
    names: dict[str, str]
    withdrawn: tuple[str, ...]
    papers: dict[Paper, int]


def read_blt(path: Path) -> RankedFile:
    """Reads a file; a million papers need no more memory than the different ones among them.

    Raises BadFile on anything that would make the count a guess.
    """
    lines = ((number, line) for number, line in numbered_lines(path) if line)
    number, head = _header(lines)
    candidates = tuple(str(one) for one in range(1, _whole(head[0], number) + 1))
    seats = _whole(head[1], number)
    if not 0 < len(candidates) <= MOST_CANDIDATES or seats < 1:
        raise BadFile(
            "the first line says how many candidates and seats there are, at least one of each", number
        )
    withdrawn, rest = _withdrawn(chain([(number, " ".join(head[2:]))], lines), candidates)
    papers, after = _papers(rest, candidates)
    names, title = _names(chain(after, lines), candidates)
    return RankedFile(title, seats, candidates, names, withdrawn, papers)


def _header(lines: Lines) -> tuple[int, list[str]]:
    for number, line in lines:
        if head := _tokens(line):
            if len(head) < 2:
                raise BadFile("the first line says how many candidates and how many seats", number)
            return number, head
    raise BadFile("the file is empty")


def _tokens(line: str) -> list[str]:
    return line.partition("#")[0].replace(",", " ").split()


def _whole(token: str, number: int) -> int:
    if not (token.isascii() and token.isdigit() and len(token) < 10):
        raise BadFile(f"{token!r} is not a whole number", number)
    return int(token)


def _withdrawn(lines: Lines, candidates: Sequence[str]) -> tuple[tuple[str, ...], Lines]:
    """Who withdrew: lines of negative numbers before the papers, or right after the first two numbers."""
    withdrawn: list[str] = []
    for first, (number, line) in enumerate(lines):
        tokens = _tokens(line)
        gone = [token[1:] for token in tokens if re.fullmatch(r"-\d+", token)]
        for code in gone:
            if code not in candidates or code in withdrawn:
                raise BadFile(f"-{code} names nobody who could withdraw", number)
            withdrawn.append(code)
        if len(gone) < len(tokens):
            if gone and (first or tokens[: len(gone)] != [f"-{code}" for code in gone]):
                raise BadFile("a count below zero, or a withdrawal among the papers", number)
            papers = line.replace(",", " ").split(maxsplit=len(gone))[len(gone) :]
            return tuple(withdrawn), chain([(number, " ".join(papers))], lines)
    raise BadFile("the papers are missing")


def _papers(lines: Lines, candidates: Sequence[str]) -> tuple[dict[Paper, int], list[tuple[int, str]]]:
    """The merged papers up to the 0 that ends them, and what stands behind it on its line."""
    ranks: dict[str, tuple[str, ...]] = {code: (code,) for code in candidates}
    papers: dict[Paper, int] = {}
    for number, line in lines:
        tokens = _tokens(line)
        start = 0
        while start < len(tokens):
            if tokens[start] == "0":
                return papers, _behind_the_end(line, tokens[start + 1 :], number)
            try:
                end = tokens.index("0", start + 1)
            except ValueError:
                raise BadFile("a paper ends with 0", number) from None
            weight = _whole(tokens[start], number)
            try:
                paper = tuple([ranks[token] for token in tokens[start + 1 : end]])
            except KeyError:
                paper = tuple(_rank(token, ranks, number) for token in tokens[start + 1 : end])
            if paper in papers:
                papers[paper] += weight
            else:
                _refuse_twice(paper, number)
                papers[paper] = weight
            start = end + 1
    raise BadFile("the 0 that ends the papers is missing")


def _rank(token: str, ranks: dict[str, tuple[str, ...]], number: int) -> tuple[str, ...]:
    """A token that is not just a candidate: equal ranks, or a dash for a gap."""
    if token == "-":  # noqa: S105  (no secret: a dash)
        return ()
    rank = ranks.get(token)
    if rank is None:
        codes = token.split("=")
        if unknown := [code for code in codes if code not in ranks or "=" in code]:
            raise BadFile(f"there is no candidate {unknown[0]!r}", number)
        rank = ranks[token] = tuple(sorted(codes))
    return rank


def _refuse_twice(paper: Paper, number: int) -> None:
    codes = [code for rank in paper for code in rank]
    if len(set(codes)) < len(codes):
        raise BadFile("a candidate stands twice on one paper", number)


def _behind_the_end(line: str, tokens: Sequence[str], number: int) -> list[tuple[int, str]]:
    if not tokens:
        return []
    quote = line.find('"')
    if quote < 0:
        raise BadFile("no paper has the weight 0", number)
    return [(number, line[quote:])]


def _names(lines: Lines, candidates: Sequence[str]) -> tuple[dict[str, str], str]:
    """Names in the order of the numbers, then the title. Without any, the numbers are the names."""
    said = [line.rstrip(", ") for _number, line in lines if not line.startswith("#")]
    names = [_unquoted(line) for line in said if line]
    if len(names) < len(candidates):  # perhaps they share their lines
        names = [found.replace('""', '"') for line in said for found in _QUOTED.findall(line)]
    if not names:
        return {code: code for code in candidates}, ""
    if len(names) < len(candidates):
        raise BadFile(f"there are {len(candidates)} candidates, but {len(names)} names")
    return dict(zip(candidates, names, strict=False)), (names[len(candidates) :] or [""])[0]


def _unquoted(line: str) -> str:
    r'''A name without the quotes around it; quotes of its own stay.

    >>> _unquoted('"Ada ""Works"""'), _unquoted("Ben (Hall 2)"), _unquoted('"Works" "Cleo"')
    ('Ada "Works"', 'Ben (Hall 2)', '"Works" "Cleo"')
    '''
    whole = _QUOTED.fullmatch(line)
    return " ".join((whole[1].replace('""', '"') if whole else line).split())
