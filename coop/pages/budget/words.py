"""The words of a budget: amounts as people read them, where it stands, and what somebody wants changed in it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from coop.budget.models import Amendment, Line, Year
from coop.budget.money import plain
from coop.budget.untold import as_told

SHAPES = {
    Year.State.DRAFT: "draft",
    Year.State.OPEN: "live",
    Year.State.CONCILIATION: "live",
    Year.State.PUT: "waiting",
    Year.State.ADOPTED: "yes",
    Year.State.REJECTED: "no",
    Year.State.RUNNING: "yes",
    Year.State.CLOSED: "done",
}
AMENDMENT_SHAPES = {
    Amendment.State.DRAFT: "draft",
    Amendment.State.SUBMITTED: "waiting",
    Amendment.State.ADMITTED: "live",
    Amendment.State.CARRIED: "yes",
    Amendment.State.NOT_CARRIED: "no",
    Amendment.State.FALLEN: "stopped",
    Amendment.State.WITHDRAWN: "stopped",
    Amendment.State.NOT_PUT: "stopped",
}


def told(amount: Decimal) -> str:
    """An amount as people read it: grouped, and with its decimals only where it has any."""
    parts = len(plain(amount).partition(".")[2])
    return str(number_format(amount, decimal_pos=max(2, parts) if parts else 0, force_grouping=True))


def asked_for(amendment: Amendment, year: Year) -> dict[str, Any]:
    """An amendment in words: what it moves from where to where, who asks for it, and what has become of it."""
    amendment.year = year
    as_told(amendment, year)
    who = amendment.on_behalf_of.name if amendment.on_behalf_of else amendment.author.name
    return {
        "amendment": amendment,
        "moves": in_words((move.line, move.amount) for move in amendment.moves.all()),
        "who": who,
        "word": state_of(amendment),
        "shape": AMENDMENT_SHAPES[Amendment.State(amendment.state)],
        "because": amendment.get_fell_because_display() if amendment.fell_because else "",
        "of": amendment.amends.short if amendment.amends else "",
    }


def state_of(amendment: Amendment) -> str:
    """While it waits to be admitted, for whom it waits."""
    if amendment.state == Amendment.State.SUBMITTED and amendment.kind == Amendment.Kind.COMMON:
        return _("waits for those it stands for")
    if amendment.state == Amendment.State.SUBMITTED and amendment.on_behalf_of_id is not None:
        return _("waits for the decision of its council")
    return str(amendment.get_state_display())


def in_words(moves: Iterable[tuple[Line, Decimal]]) -> list[str]:
    """One sentence when money goes from one line to one other, else one for each line."""
    every = list(moves)
    takes = [(line, -amount) for line, amount in every if amount < 0]
    gives = [(line, amount) for line, amount in every if amount > 0]
    same = len({line.side for line, _amount in every}) == 1
    if same and len(takes) == len(gives) == 1 and takes[0][1] == gives[0][1]:
        words = {"amount": told(gives[0][1]), "source": takes[0][0].title, "target": gives[0][0].title}
        return [_("%(amount)s from “%(source)s” to “%(target)s”") % words]
    less = [
        _("%(amount)s less: “%(line)s”") % {"amount": told(amount), "line": line.title}
        for line, amount in takes
    ]
    more = [
        _("%(amount)s more: “%(line)s”") % {"amount": told(amount), "line": line.title}
        for line, amount in gives
    ]
    return less + more
