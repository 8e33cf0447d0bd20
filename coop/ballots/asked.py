"""What a ballot asks, as whoever draws it up says it, before there are rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from coop.members.models import Member

from .models import Question


@dataclass(frozen=True)
class Choice:
    """One line of the paper: a person, a text, or a project with its cost. `code`: small letters, digits, hyphens."""

    code: str
    label: str
    member: Member | None = None
    group: str = ""
    cost: Decimal | None = None


@dataclass(frozen=True)
class Asked:
    """One question. A motion has no choices of its own: for, against and abstain are always the same.

    `marks`: at most so many on one paper, None for as many as there are; `money`: what all projects together may
    cost; `reserved`: group -> seats that go first to the best of it.
    """

    wording: str
    method: str = Question.Method.MOTION
    choices: Sequence[Choice] = ()
    seats: int = 1
    marks: int | None = None
    money: Decimal | None = None
    threshold: int = 0
    reserved: Mapping[str, int] = field(default_factory=dict)
