"""The lines of a register of voters: as the register of members has them on a day, and the hash of a list."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable
from typing import NamedTuple

from coop.charter.models import Bylaws
from coop.members.electorate import voters
from coop.members.models import Body, Member, Posting


class Line(NamedTuple):
    """Who, and what is printed of them: number, name, codes of department and crew (empty where there is none)."""

    member: int
    number: int
    name: str
    department: str
    crew: str


def drawn_lines(body: Body, day: datetime.date, bylaws: Bylaws) -> list[Line]:
    """Everybody who may vote in `body` on `day`, by number. Two queries."""
    return _lines(voters(body, day, bylaws).order_by("number").values_list("pk", "number", "name"), day)


def line_of(member: Member, day: datetime.date) -> Line:
    """What a register of that day says of one person, whether they vote or not."""
    return _lines([(member.pk, member.number, member.name)], day)[0]


def _lines(people: Iterable[tuple[int, int, str]], day: datetime.date) -> list[Line]:
    people = list(people)
    postings = Posting.objects.filter(Posting.on(day), member__in=[member for member, *_more in people])
    places = {
        member: (department, crew or "")
        for member, department, crew in postings.values_list("member_id", "department__code", "crew__code")
    }
    return [Line(*person, *places.get(person[0], ("", ""))) for person in people]


def hash_of(lines: Iterable[Line]) -> str:
    """SHA-256 over what is printed, line by line, in the order given."""
    printed = [[line.number, line.name, line.department, line.crew] for line in lines]
    return hashlib.sha256(json.dumps(printed, ensure_ascii=False).encode()).hexdigest()
