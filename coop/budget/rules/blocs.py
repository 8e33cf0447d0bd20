"""What stands in the way of voting amendments in one question, and of taking one of them out again."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from coop.charter.models import Bylaws
from coop.members.models import Member
from coop.refusals import Reason

from ..models import Amendment, Year
from ..tables import Table
from .amendments import obstacles_to_having_a_voice


def obstacles_to_forming_bloc(year: Year, table: Table, parts: Sequence[Amendment]) -> list[Reason]:
    """Two at least, all of them waiting for their vote; one bloc at a time."""
    if year.state != Year.State.PUT:
        return [Reason("budget-not-put", {"label": year.label})]
    if table.bloc:
        return [Reason("budget-bloc-there", {"labels": labels_of(year, table.bloc)})]
    found = [] if len({part.pk for part in parts}) > 1 else [Reason("budget-bloc-of-two")]
    for part in parts:
        if part.year_id != year.pk or part.state != Amendment.State.ADMITTED:
            found.append(Reason("budget-amendment-ended", {"label": part.label}))
        elif part.amends_id is not None:
            found.append(Reason("budget-bloc-not-of-these", {"label": part.short}))
    return found or obstacles_in_bloc(table, parts)


def obstacles_in_bloc(table: Table, parts: Sequence[Amendment]) -> list[Reason]:
    """Asked when it is formed, and again when its vote is opened: nobody disputes any of them, and each can stand."""
    against = table.disputed([part.pk for part in parts])
    return [Reason("budget-bloc-not-of-these", {"label": part.short}) for part in parts if part.pk in against]


def obstacles_to_taking_out(
    amendment: Amendment, table: Table, *, by: Member, at: datetime.datetime, bylaws: Bylaws
) -> list[Reason]:
    """Whoever votes on the budget may ask it of each of them, and need not say why."""
    if amendment.pk not in table.bloc:
        return [Reason("budget-in-no-bloc", {"label": amendment.label})]
    return obstacles_to_having_a_voice(amendment.year, on_behalf_of=None, by=by, at=at, bylaws=bylaws)


def labels_of(year: Year, keys: frozenset[int]) -> str:
    """A1, A3, A5."""
    rows = year.amendments.filter(pk__in=keys).order_by("number")
    return ", ".join(one.short for one in rows)
