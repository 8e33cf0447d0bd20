"""What kinds of number the bylaws know, and when a value fits its article. No Django here."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from coop.refusals import Reason

Value = int | bool | str | Decimal

FRACTION_PATTERN = "[1-9][0-9]{0,2}/[1-9][0-9]{0,2}"
MONEY_DECIMALS = 4
MONEY_LIMIT = 10**14


def gettext_noop(words: str) -> str:
    """Marks words for `makemessages`, which looks for this name; whoever shows them translates them."""
    return words


class Kind(StrEnum):
    INTEGER = "integer"
    PERCENT = "percent"  # whole percent
    FRACTION = "fraction"  # text "n/d", compared exactly
    CHOICE = "choice"  # one of the choices
    CHOICES = "choices"  # any of the choices, joined by commas in the order of the table
    FLAG = "flag"
    MONEY = "money"


class Unit(StrEnum):
    NONE = ""
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    PEOPLE = "people"
    MEETINGS = "meetings"
    TIMES = "times"
    DEGREES = "degrees"
    PERCENT = "percent"
    MONEY = "money"


class Choice(NamedTuple):
    code: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Article:
    """One number of the bylaws. `low` and `high` are included; a fraction's are fractions written as text."""

    key: str
    section: str = ""
    kind: Kind
    default: Value
    meaning: str
    source: str
    unit: Unit = Unit.NONE
    low: int | str | None = None
    high: int | str | None = None
    choices: tuple[Choice, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(choice.code for choice in self.choices)


def fraction(text: str) -> Fraction:
    """The exact share written as "n/d"."""
    if not re.fullmatch(FRACTION_PATTERN, text):
        raise ValueError(f"not a share written as n/d: {text!r}")
    numerator, denominator = text.split("/")
    return Fraction(int(numerator), int(denominator))


def joined(article: Article, codes: frozenset[str]) -> str:
    """Several choices as the bylaws store them."""
    return ",".join(code for code in article.codes if code in codes)


def obstacle_to_value(article: Article, value: object) -> Reason | None:
    """Why `value` cannot stand in `article`, or None."""
    about: dict[str, object] = {"article": article.key}
    among = about | {"choices": ", ".join(article.codes)}
    between = about | {"low": article.low, "high": article.high}
    match article.kind:
        case Kind.FLAG:
            return None if isinstance(value, bool) else Reason("article-is-yes-or-no", about)
        case Kind.CHOICE:
            return (
                None
                if isinstance(value, str) and value in article.codes
                else Reason("article-is-one-of", among)
            )
        case Kind.CHOICES:
            fits = isinstance(value, str) and value == joined(article, frozenset(value.split(",")))
            return None if fits else Reason("article-is-some-of", among)
        case Kind.FRACTION:
            if not isinstance(value, str) or not re.fullmatch(FRACTION_PATTERN, value):
                return Reason("article-is-a-share", about)
            inside = fraction(str(article.low)) <= fraction(value) <= fraction(str(article.high))
            return None if inside else Reason("article-out-of-range", between)
        case Kind.MONEY:
            return _obstacle_to_money(value, about)
    if isinstance(value, bool) or not isinstance(value, int):
        return Reason("article-is-a-whole-number", about)
    inside = int(article.low or 0) <= value <= int(article.high or 0)
    return None if inside else Reason("article-out-of-range", between)


def _obstacle_to_money(value: object, about: dict[str, object]) -> Reason | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
        return Reason("article-is-money", about)
    if not 0 <= value < MONEY_LIMIT:
        return Reason("article-out-of-range", about | {"low": 0, "high": MONEY_LIMIT - 1})
    if Decimal(value).normalize().as_tuple().exponent < -MONEY_DECIMALS:  # type: ignore[operator]
        return Reason("article-is-money", about)
    return None
