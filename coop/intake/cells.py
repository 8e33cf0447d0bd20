"""What a cell says, read as a number, a day or words; or the reason why it cannot be read so. Pure."""

from __future__ import annotations

import datetime
import re

from coop.members.folding import fold
from coop.refusals import Reason

from .sheets import Cell

MOST_NUMBER = 2**31 - 1
FIRST_YEAR = 1900
_ZERO_DAY = datetime.date(
    1899, 12, 30
)  # day 0 of the serial numbers, as spreadsheets count from March 1900 on
_FIRST_SERIAL, _LAST_SERIAL = 61, 109_574  # 1 March 1900 to 31 December 2199
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})")
# "19 de octubre de 1970", "1º de março de 1999", "5-mar-2001"; and as in "March 5, 2001".
_MONTH_NAMED = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|[o°])?[ ./-]*(?:de )?(?P<month>[a-z]{3,10})[ ./,-]{0,3}(?:del? )?"
    r"(?P<year>\d{4}|\d{2})"
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[a-z]{3,10})[. ]{1,2}(?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"
)
_MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")
_QUOTED = re.compile(r"^'(?=[=+\-@＝＋－＠\t\r\n'])")
NOTHING = {"", "-", "—", "–"}
# In English, Spanish and Portuguese; whole, or the first three letters.
_MONTHS = (
    "january, enero, janeiro", "february, febrero, fevereiro", "march, marzo, marco", "april, abril",
    "may, mayo, maio", "june, junio, junho", "july, julio, julho", "august, agosto",
    "september, septiembre, setiembre, setembro", "october, octubre, outubro", "november, noviembre, novembro",
    "december, diciembre, dezembro",
)  # fmt: skip
_MONTH_OF = {
    word: number
    for number, names in enumerate(_MONTHS, 1)
    for name in names.split(", ")
    for word in (name, name[:3])
} | {"sept": 9}


def shown(cell: Cell) -> str:
    """The cell as somebody sees it in the spreadsheet, as nearly as can be told.

    >>> shown({"d": "2026-03-01"}), shown(12.0), shown({"f": "=A1"})
    ('2026-03-01', '12', '=A1')
    """
    if isinstance(cell, dict):
        return next(iter(cell.values()), "")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def fault_in(cell: Cell, *, text_file: bool = False) -> Reason | None:
    """What no cell of any column may hold: a formula, or what the spreadsheet could not work out.

    In a text file everything is text, so whatever begins like a formula is one.
    """
    if isinstance(cell, dict) and "f" in cell:
        return Reason("cell-holds-a-formula")
    if isinstance(cell, dict) and "e" in cell:
        return Reason("cell-holds-an-error")
    if text_file and isinstance(cell, str) and cell.startswith(("=", "＝")):
        return Reason("cell-holds-a-formula")
    return None


def words(cell: Cell) -> str:
    """The text of a cell; the apostrophe that keeps a spreadsheet from calculating is taken off.

    >>> words("'=1+1"), words(5.0), words("'tHart")
    ('=1+1', '5', "'tHart")
    """
    return _QUOTED.sub("", shown(cell))


def whole_number(cell: Cell) -> int | Reason:
    """A number from 1 on, however it was typed.

    >>> whole_number("0012"), whole_number("12.0"), whole_number(" 12 "), whole_number(12.0)
    (12, 12, 12, 12)
    """
    if isinstance(cell, bool | dict):
        return Reason("number-not-readable")
    if isinstance(cell, float):
        if not cell.is_integer():
            return Reason("number-not-readable")
        number = int(cell)
    elif isinstance(cell, int):
        number = cell
    else:
        found = re.fullmatch(r"(\d{1,12})(?:[.,]0{1,2})?", cell.strip(), re.ASCII)
        if not found:
            return Reason("number-not-readable")
        number = int(found[1])
    return number if 0 < number <= MOST_NUMBER else Reason("number-not-readable")


def day(cell: Cell, *, today: datetime.date, years_ahead: int = 1) -> datetime.date | Reason:
    """A day: a real one, a text with the day before the month or the month in words, or a spreadsheet's serial number.

    Years of two digits belong to this century up to next year, and to the one before from then on.

    >>> day("1.3.26", today=datetime.date(2026, 11, 21))
    datetime.date(2026, 3, 1)
    >>> day("3 de Março de 1999", today=datetime.date(2026, 11, 21))
    datetime.date(1999, 3, 3)
    """
    found = _day(cell, today)
    if found is None:
        return Reason("date-not-readable")
    if found.year < FIRST_YEAR:
        return Reason("date-too-early", {"year": FIRST_YEAR})
    if found > _years_after(today, years_ahead):
        return Reason("date-too-late", {"day": found.isoformat()})
    return found


def _years_after(today: datetime.date, years: int) -> datetime.date:
    try:
        return today.replace(year=today.year + years)
    except ValueError:  # 29 February
        return today.replace(year=today.year + years, day=28)


def _day(cell: Cell, today: datetime.date) -> datetime.date | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        if not (_FIRST_SERIAL <= cell <= _LAST_SERIAL) or cell != int(cell):
            return None
        return _ZERO_DAY + datetime.timedelta(days=int(cell))
    text = _MIDNIGHT.sub("", shown(cell).strip())
    if found := _ISO.fullmatch(text):
        year, month, number = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        number, month, year = int(found[1]), int(found[2]), _year(found[3], today)
    elif found := _month_in_words(text):
        number, month, year = int(found["day"]), _MONTH_OF[found["month"]], _year(found["year"], today)
    else:
        return None
    try:
        return datetime.date(year, month, number)
    except ValueError:
        return None


def _month_in_words(text: str) -> re.Match[str] | None:
    folded = fold(text)
    found = _MONTH_NAMED.fullmatch(folded) or _MONTH_FIRST.fullmatch(folded)
    return found if found and found["month"] in _MONTH_OF else None


def _year(digits: str, today: datetime.date) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) <= (today.year + 1) % 100 else 1900)


def age_on(born: datetime.date, day: datetime.date) -> int:
    """Full years on a day.

    >>> age_on(datetime.date(2010, 11, 22), datetime.date(2026, 11, 21))
    15
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
