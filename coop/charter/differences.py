"""What changed between two versions of the bylaws, and what a plant does otherwise than the table proposes.

Pure: it compares values, as `Bylaws.values()` gives them, and knows no database.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from coop.charter.articles import ARTICLES, SECTIONS
from coop.charter.kinds import Article, Value


class Difference(NamedTuple):
    article: Article
    before: Value
    after: Value


class Line(NamedTuple):
    article: Article
    value: Value
    differs: bool  # from the default of the table


class Section(NamedTuple):
    code: str
    title: str
    lines: list[Line]


def differences(before: Mapping[str, Value], after: Mapping[str, Value]) -> list[Difference]:
    """Every article whose value is another one now, in the order of the table."""
    return [
        Difference(article, before[article.key], after[article.key])
        for article in ARTICLES
        if before[article.key] != after[article.key]
    ]


def history(versions: Iterable[Mapping[str, Value]]) -> list[list[Difference]]:
    """For every version in order, what it changed; nothing for the first."""
    changes: list[list[Difference]] = []
    previous: Mapping[str, Value] | None = None
    for values in versions:
        changes.append([] if previous is None else differences(previous, values))
        previous = values
    return changes


def by_section(values: Mapping[str, Value]) -> list[Section]:
    """The whole bylaws in the order of the table, section by section."""
    return [
        Section(
            code,
            title,
            [_line(article, values[article.key]) for article in ARTICLES if article.section == code],
        )
        for code, title in SECTIONS.items()
    ]


def _line(article: Article, value: Value) -> Line:
    return Line(article, value, value != article.default)
