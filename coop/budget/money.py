"""Amounts of money as people write them: read exactly, or refused with the reason. Pure; nothing is ever rounded.

Two habits of writing stand against each other: 1.234,56 and 1,234.56. What can be read in one way only is read. What
can be read in two ("1.234") is settled by the other amounts of the same column (`mark_of`), or it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from coop.refusals import Reason

MOST_AMOUNT = Decimal(10) ** 13  # a year of any plant; sums of thousands of lines still fit into the table
MOST_DECIMALS = 4
_SHOWN_DIGITS = 15  # what a spreadsheet keeps of a number; the rest is dust of its arithmetic
_CURRENCY = re.compile(r"^(?:[A-Z]{2,8}(?= )|[$€£])|(?:(?<= )[A-Z]{2,8}|[$€£])$")
_BLANKS = re.compile(r"(?<=\d)[ \u00a0\u202f'’](?=\d{3}(?!\d))")
_PLAIN = re.compile(r"\d+")
_SHAPE = re.compile(r"\d[\d.,]*\d|\d|[.,]\d+", re.ASCII)

Cell = str | int | float | bool | dict[str, str]


def read(
    cell: Cell | Decimal, *, decimals: int, mark: str | None = None, signed: bool = False
) -> Decimal | Reason:
    """An amount with at most `decimals` places, or why it cannot be read. `mark`: the sign before decimals, if known.

    Cells are those of a spreadsheet: text, a number, {"f": …} for a formula, {"e": …} for what it could not work out.

    >>> read("1.234,56", decimals=2), read("1,234.56", decimals=2), read("-5", decimals=2, signed=True)
    (Decimal('1234.56'), Decimal('1234.56'), Decimal('-5'))
    >>> read("1.234", decimals=2).code, read("1.234", decimals=2, mark=",")
    ('amount-reads-two-ways', Decimal('1234'))
    """
    found = _number(cell, mark)
    if isinstance(found, Reason):
        return found
    places = -min(0, _exponent(found))
    if places > min(decimals, MOST_DECIMALS):
        return Reason("amount-hides-a-part", {"amount": plain(found), "decimals": decimals})
    if abs(found) >= MOST_AMOUNT:
        return Reason("amount-too-large")
    if found < 0 and not signed:
        return Reason("amount-negative", {"amount": plain(found)})
    return found


def plain(amount: Decimal) -> str:
    """One spelling for one amount: no zeros behind, no grouping, a point. The journal and the hash use it.

    >>> plain(Decimal("1270000.00")), plain(Decimal("-0.50")), plain(Decimal("-0"))
    ('1270000', '-0.5', '0')
    """
    if not amount:
        return "0"
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact(amount: Decimal) -> Decimal:
    """Without zeros behind: equal amounts are one amount, also when they are shown.

    >>> exact(Decimal("1270000.0000")), exact(Decimal("0.5000"))
    (Decimal('1270000'), Decimal('0.5'))
    """
    return Decimal(plain(amount))


def typed(amount: Decimal) -> str:
    """As somebody types it so that `read` reads it in one way: 1.234 with a zero behind, for it is no thousand.

    >>> typed(Decimal("1.234")), typed(Decimal("1234.5")), typed(Decimal(1234))
    ('1.2340', '1234.5', '1234')
    """
    text = plain(amount)
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def mark_of(cells: Iterable[Cell]) -> str | None:
    """The sign that a column of amounts puts before decimals; None when no amount tells, or when they disagree.

    >>> mark_of(["1.234", "7,50"]), mark_of(["1,234,567"]), mark_of(["1.234", "5"]), mark_of(["7,5", "7.5"])
    (',', '.', None, None)
    """
    told = {mark for cell in cells if isinstance(cell, str) for mark in [_told_by(cell)] if mark}
    return told.pop() if len(told) == 1 else None


def _told_by(text: str) -> str | None:
    digits = _bare(text)[1]
    marks = [sign for sign in digits if sign in ".,"]
    if not marks or not _SHAPE.fullmatch(digits):
        return None
    if len(set(marks)) == 2:
        return marks[-1] if marks.count(marks[-1]) == 1 else None
    if len(marks) > 1:
        return "," if marks[0] == "." else "."
    return marks[0] if len(digits) - digits.index(marks[0]) != 4 or digits[0] in "0.," else None


def _number(cell: Cell | Decimal, mark: str | None) -> Decimal | Reason:
    if isinstance(cell, bool):
        return Reason("amount-not-readable")
    if isinstance(cell, Decimal):
        return cell if cell.is_finite() else Reason("amount-not-readable")
    if isinstance(cell, int):
        return Decimal(cell)
    if isinstance(cell, float):
        return _of_float(cell)
    if isinstance(cell, dict):
        return Reason("amount-is-a-formula" if "f" in cell else "amount-not-readable")
    return _of_text(cell, mark)


def _of_float(cell: float) -> Decimal | Reason:
    """As the spreadsheet shows it: 0.1 + 0.2 is 0.3 there. A float that is none of its numbers is no amount."""
    found = Decimal(f"{cell:.{_SHOWN_DIGITS}g}")
    return found if found.is_finite() else Reason("amount-not-readable")


def _of_text(cell: str, mark: str | None) -> Decimal | Reason:
    if cell.lstrip("'").strip().startswith(("=", "＝", "@")):
        return Reason("amount-is-a-formula")
    if not cell.strip():
        return Reason("amount-missing")
    negative, digits = _bare(cell)
    if not _SHAPE.fullmatch(digits):
        return Reason("amount-not-readable")
    written = _with_point(digits, mark)
    if isinstance(written, Reason):
        return written
    found = Decimal(written)
    return -found if negative else found


def _bare(text: str) -> tuple[bool, str]:
    """Whether it is below zero, and its digits with their signs; accountants write (5) and 5- for -5."""
    bare = _CURRENCY.sub("", text.strip().lstrip("'"), count=1).strip().replace("−", "-")
    negative = False
    if bare.startswith("(") and bare.endswith(")"):
        negative, bare = True, bare[1:-1].strip()
    elif bare.startswith(("-", "+")):
        negative, bare = bare[0] == "-", bare[1:].strip()
    elif bare.endswith("-"):
        negative, bare = True, bare[:-1].strip()
    return negative, _BLANKS.sub("", bare)


def _with_point(digits: str, mark: str | None) -> str | Reason:
    """The digits with a point before the decimals and no grouping."""
    used = {sign for sign in digits if sign in ".,"}
    if not used:
        return digits
    if len(used) == 2:
        last = max(used, key=digits.rindex)
        if digits.count(last) > 1 or (mark is not None and mark != last):
            return Reason("amount-not-readable")
        return _grouped(digits, ({".", ","} - {last}).pop(), last)
    (sign,) = used
    if digits.count(sign) > 1:
        if sign == mark:
            return Reason("amount-not-readable")
        return _grouped(digits, sign, "")
    if sign == mark:
        return digits.replace(sign, ".")
    whole, _sign, behind = digits.partition(sign)
    if len(behind) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
        if mark is None:
            return Reason("amount-reads-two-ways", {"large": whole + behind, "small": f"{whole}.{behind}"})
        return whole + behind
    return Reason("amount-not-readable") if mark is not None else f"{whole or '0'}.{behind}"


def _grouped(digits: str, group: str, decimal: str) -> str | Reason:
    whole, _sign, behind = digits.partition(decimal) if decimal else (digits, "", "")
    parts = whole.split(group)
    right = all(len(part) == 3 for part in parts[1:]) and 1 <= len(parts[0]) <= 3 and group not in behind
    if not right or not all(_PLAIN.fullmatch(part) for part in parts) or (decimal and not behind):
        return Reason("amount-not-readable")
    return "".join(parts) + (f".{behind}" if behind else "")


def _exponent(amount: Decimal) -> int:
    if not amount:
        return 0
    exponent = amount.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent
