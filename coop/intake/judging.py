"""What each row of a table says, what is wrong with it, and what it would change. Asks the database nothing.

A row about somebody new is judged by the rule of entering by hand; an empty cell leaves what the register says.
"""

from __future__ import annotations

import datetime
import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from coop.charter.models import Bylaws, Cooperative
from coop.members.folding import fold
from coop.members.models import Crew, Department, Member, Standing
from coop.members.rules.entering import (
    Newcomer,
    obstacles_in_birth,
    obstacles_in_joining,
    obstacles_in_name,
    obstacles_in_terms,
)
from coop.refusals import Reason

from . import cells
from .choices import CODES, code_of
from .columns import folded
from .sheets import Cell, Row

LONGEST = {"name": 120, "reason": 300, "job": 120, "phone": 40}  # characters, as the register holds
STAYS_AHEAD = 5  # years: the end of a contract may lie so far
OF_ONES_OWN = ("name", "born", "joined", "job", "phone", "contact", "language")  # mended by a correction
# From one of these to another the register may be changed by a list; everything else asks for a paper of its own.
BY_LIST = {
    Standing.Status.ACTIVE, Standing.Status.MEDICAL_LEAVE, Standing.Status.PARENTAL_LEAVE,
    Standing.Status.VOLUNTARY_LEAVE, Standing.Status.OUTSIDE_OFFICE, Standing.Status.NOTICE_GIVEN,
}  # fmt: skip
# Where a reason of the rules on entering people belongs in a table.
FIELD_OF_REASON = {
    "born-in-the-future": "born",
    "born-too-long-ago": "born",
    "too-young": "born",
    "hired-without-reason": "reason",
    "stay-without-end": "until",
    "stay-too-long": "until",
    "ends-before-it-begins": "until",
}


@dataclass(frozen=True)
class Known:
    """What the register says of a number on the day the changes count from. `pk` is that of the member.

    `said` has the fields of OF_ONES_OWN and department, crew, kind, status as text, days in ISO; `stands` is False for
    a number whose entries were all struck. `last_standing` and `last_posting` are the days the newest rows begin.
    """

    pk: int
    said: Mapping[str, str]
    stands: bool
    first: datetime.date | None = None
    last_standing: datetime.date | None = None
    last_posting: datetime.date | None = None


@dataclass(frozen=True)
class House:
    """Everything outside the table that a row is judged by. `day` is today, `since` the day changes count from."""

    cooperative: Cooperative
    bylaws: Bylaws
    day: datetime.date
    since: datetime.date
    departments: list[Department]
    crews: list[Crew]
    people: Mapping[int, Known] = field(default_factory=dict)
    doubles: Mapping[tuple[str, str], int] = field(default_factory=dict)  # name_key and birth day: number
    labels: Mapping[str, dict[str, str]] = field(default_factory=dict)

    def department(self, code: str) -> Department | None:
        return next((one for one in self.departments if one.code == code), None)

    def crew(self, code: str) -> Crew | None:
        return next((one for one in self.crews if one.code == code), None)


@dataclass
class Judged:
    """One row. `errors` are (field, reason); `changes` are (field, was, becomes)."""

    line: int
    number: int | None = None
    typed: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    errors: list[tuple[str, Reason]] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    double: int | None = None
    new: bool = False

    @property
    def verdict(self) -> str:
        if self.errors:
            return "wrong"
        return "new" if self.new else "changed" if self.changes else "same"


def name_key(name: str) -> str:
    """The words of a name in any order: "Ruiz Ana" is "Ana Ruiz"."""
    return " ".join(sorted(fold(name).split()))


def judge(rows: Iterable[Row], mapping: Mapping[str, int], house: House, *, text_file: bool) -> list[Judged]:
    """All rows, each by itself and then among the others: no number twice, probable doubles said."""
    judged = [_row(row, mapping, house, text_file) for row in rows]
    _twice(judged)
    _doubles(judged, house)
    return judged


def columns_missing(mapping: Mapping[str, int], judged: list[Judged]) -> list[str]:
    """Said once and not row by row: without these nobody, or nobody new, can be entered."""
    if "number" not in mapping:
        return ["number"]
    if any(one.new for one in judged):
        return [name for name in ("name", "joined") if name not in mapping]
    return []


def newcomer(values: Mapping[str, str], house: House, *, document: str) -> Newcomer:
    """The person a row without errors tells of."""
    until = values.get("until")
    return Newcomer(
        number=int(values["number"]),
        name=values["name"],
        joined=datetime.date.fromisoformat(values["joined"]),
        born=datetime.date.fromisoformat(values["born"]) if values.get("born") else None,
        department=house.department(values.get("department", "")),
        crew=house.crew(values.get("crew", "")),
        kind=values.get("kind") or Standing.Kind.MEMBER,
        reason=values.get("reason", ""),
        expected_until=datetime.date.fromisoformat(until) if until else None,
        document=document,
    )


def value_of(name: str, text: str) -> Any:
    """A value of a row as the register holds it: days as days, nothing as no day."""
    if name in ("born", "joined", "until"):
        return datetime.date.fromisoformat(text) if text else None
    return text


# --- One row -----------------------------------------------------------------------------------------------------


def _row(row: Row, mapping: Mapping[str, int], house: House, text_file: bool) -> Judged:
    line, found = row
    judged = Judged(line)
    faulty: set[str] = set()
    for name, place in mapping.items():
        cell = found[place] if place < len(found) else ""
        if cell == "":
            continue
        judged.typed[name] = cells.shown(cell)
        if fault := cells.fault_in(cell, text_file=text_file):
            judged.errors.append((name, fault))
            faulty.add(name)
            continue
        told = _value(name, cell, house)
        if isinstance(told, Reason):
            judged.errors.append((name, told))
            faulty.add(name)
        elif told:
            judged.values[name] = told
    if "number" in mapping and "number" not in faulty and "number" not in judged.values:
        judged.errors.append(("number", Reason("cell-empty")))
    number = judged.values.get("number")
    known = house.people.get(int(number)) if number else None
    _name(judged, known)
    if number is None:
        return judged
    judged.number = int(number)
    if known is None or not known.stands:
        judged.new = True
        _judge_new(judged, mapping, house, faulty)
    else:
        _judge_known(judged, known, house)
    return judged


def _name(judged: Judged, known: Known | None) -> None:
    """Name and surname become one. What is no name is told at its cell, unless the register says just that already."""
    parts = {field: judged.values.pop(field) for field in ("name", "surname") if field in judged.values}
    whole = " ".join(" ".join(parts.values()).split())
    if not whole:
        return
    judged.values["name"] = whole
    if known is not None and known.said["name"] == whole:
        return
    if "surname" not in parts:
        judged.values["name"] = _turned(whole)
    judged.errors += [(field, Reason("not-a-name")) for field, part in parts.items() if not _is_name(part)]
    if len(whole) > LONGEST["name"]:
        judged.errors.append(("name", Reason("cell-too-long", {"most": LONGEST["name"]})))


def _turned(name: str) -> str:
    """A whole name in one cell with the surname first: "Peña, José" is "José Peña"."""
    pieces = [piece.strip() for piece in name.split(",")]
    if len(pieces) != 2 or not all(map(_is_name, pieces)):
        return name
    return f"{pieces[1]} {pieces[0]}"


def _value(name: str, cell: Cell, house: House) -> str | Reason:
    """The text of a cell as the register would hold it."""
    if name == "number":
        number = cells.whole_number(cell)
        return number if isinstance(number, Reason) else str(number)
    if name in ("born", "joined", "until"):
        ahead = STAYS_AHEAD if name == "until" else 1
        day = cells.day(cell, today=house.day, years_ahead=ahead)
        return day if isinstance(day, Reason) else day.isoformat()
    words = cells.words(cell).strip()
    if name in CODES:
        if words in cells.NOTHING:
            return ""
        code = code_of(name, words, house.labels.get(name))
        return code or Reason("word-unknown", {"word": words})
    if name == "department":
        found, near = _place(words, [one for one in house.departments if not one.funds_only])
        return found or Reason("department-unknown", {"word": words, "near": near})
    if name == "crew":
        if words in cells.NOTHING:
            return ""
        found, near = _place(words, house.crews)
        return found or Reason("crew-unknown", {"word": words, "near": near})
    if len(words) > LONGEST.get(name, 120):
        return Reason("cell-too-long", {"most": LONGEST.get(name, 120)})
    return words


def _is_name(words: str) -> bool:
    return not obstacles_in_name(words)


def _place(words: str, places: Iterable[Department | Crew]) -> tuple[str, list[str]]:
    """The code of a department or a crew by code or name, accents and case apart; else nothing, and the nearest."""
    looked_for = folded(words)
    called: dict[str, Department | Crew] = {}
    for one in places:
        called |= {folded(one.name): one, folded(one.code): one}
    if looked_for in called:
        return called[looked_for].code, []
    near = difflib.get_close_matches(looked_for, [*called], n=6, cutoff=0.5)
    named = dict.fromkeys(f"{called[word].name} ({called[word].code})" for word in near)
    return "", [*named][:3]


def _judge_new(judged: Judged, mapping: Mapping[str, int], house: House, faulty: set[str]) -> None:
    """The rule of entering by hand, as far as the cells could be read; the document is asked for once for all."""
    values = judged.values
    for name in ("name", "joined"):
        if name in mapping and name not in faulty and name not in values:
            judged.errors.append((name, Reason("cell-empty")))
    if values.get("phone") and "contact" not in values and "contact" not in faulty:
        values["contact"] = Member.Contact.SMS.value  # whoever has a telephone is reached by it
    if values.get("status", "active") not in BY_LIST:
        judged.errors.append(("status", Reason("status-not-by-list")))
    if "joined" not in values:
        return
    one = newcomer({"name": "", **values}, house, document="…")
    for reason in obstacles_in_birth(one.born, joined=one.joined, day=house.day):
        judged.errors.append((FIELD_OF_REASON.get(reason.code, "born"), reason))
    for reason in obstacles_in_joining(house.cooperative, one.joined, day=house.day):
        judged.errors.append(("joined", reason))
    if not faulty & {"kind", "reason", "until"}:
        for reason in obstacles_in_terms(one, since=one.joined, bylaws=house.bylaws):
            judged.errors.append((FIELD_OF_REASON.get(reason.code, "kind"), reason))


def _judge_known(judged: Judged, known: Known, house: House) -> None:
    said, values = known.said, judged.values
    judged.changes = [
        (name, said.get(name, ""), values[name])
        for name in (*OF_ONES_OWN, "department", "crew", "kind", "status")
        if values.get(name) and values[name] != said.get(name, "")
    ]
    changed = {name for name, _was, _becomes in judged.changes}
    if changed & {"born", "joined"}:
        born, joined = (values.get(name) or said.get(name, "") for name in ("born", "joined"))
        there = datetime.date.fromisoformat(joined)
        if "joined" in changed:
            for reason in obstacles_in_joining(house.cooperative, there, day=house.day):
                judged.errors.append(("joined", reason))
            if known.first and there > known.first:
                judged.errors.append(
                    ("joined", Reason("joined-after-first-entry", {"day": known.first.isoformat()}))
                )
        if born:
            for reason in obstacles_in_birth(datetime.date.fromisoformat(born), joined=there, day=house.day):
                judged.errors.append(("born", reason))
    if "name" in changed and not {*fold(values["name"]).split()} & {*fold(said["name"]).split()}:
        somebody: dict[str, object] = {"number": judged.number, "name": said["name"]}
        judged.errors.append(("name", Reason("number-of-somebody-else", somebody)))
    if "kind" in changed:
        judged.errors.append(("kind", Reason("kind-not-by-list")))
    if "status" in changed and not {values["status"], said.get("status")} <= BY_LIST:
        judged.errors.append(("status", Reason("status-not-by-list")))
    if "crew" in changed and not (values.get("department") or said.get("department")):
        judged.errors.append(("crew", Reason("crew-without-department")))
    for names, last in (({"status"}, known.last_standing), ({"department", "crew"}, known.last_posting)):
        touched = changed & names
        if touched and last is not None and last > house.since:
            judged.errors.append((min(touched), Reason("later-change-on-record", {"day": last.isoformat()})))


# --- Among each other --------------------------------------------------------------------------------------------


def _twice(judged: list[Judged]) -> None:
    lines: dict[int, list[int]] = {}
    for one in judged:
        if one.number is not None:
            lines.setdefault(one.number, []).append(one.line)
    for one in judged:
        here = lines.get(one.number or 0, [])
        if len(here) > 1:
            others = [line for line in here if line != one.line][:5]
            judged_twice = Reason("number-twice", {"number": one.number, "lines": others})
            one.errors.append(("number", judged_twice))


def _doubles(judged: list[Judged], house: House) -> None:
    """Somebody new with the name and birth date of another, in the register or the table: said, not refused."""
    keys = [(name_key(one.values.get("name", "")), one.values.get("born", "")) for one in judged]
    often = Counter(key for key in keys if all(key))
    first: dict[tuple[str, str], list[int]] = {}
    for one, key in zip(judged, keys, strict=True):
        if often.get(key, 0) > 1 and one.number:
            first.setdefault(key, []).append(one.number)
    for one, key in zip(judged, keys, strict=True):
        if not one.new or not all(key):
            continue
        known = house.doubles.get(key)
        others = [number for number in first.get(key, []) if number != one.number]
        one.double = known if known and known != one.number else next(iter(others), None)
