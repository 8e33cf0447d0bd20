"""Rows of the budget, fresh and held: a year before its amendments, so that two acts never wait for each other."""

from __future__ import annotations

from coop.journal.models import Subject

from ..models import Amendment, Fund, Year


def subject_of(row: Year | Amendment | Fund) -> Subject:
    """The draft of an amendment is its writer's alone: the journal, which everybody reads, does not name it."""
    if isinstance(row, Year):
        return Subject("budget", str(row.pk), row.label)
    if isinstance(row, Fund):
        return Subject("fund", str(row.pk), str(row))
    label = f"{row.label} {row.title}" if row.number else "draft"
    return Subject("budget-amendment", str(row.pk), label)


def locked(year: Year | int) -> Year:
    key = year if isinstance(year, int) else year.pk
    held = Year.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("cooperative__chain").get(pk=key)


def locked_amendment(amendment: Amendment) -> Amendment:
    """With its year held first: what is balanced and what falls depends on all of it."""
    year = locked(amendment.year_id)
    held = Amendment.objects.select_for_update(of=("self",), no_key=True)
    found = held.select_related("on_behalf_of", "amends", "author").get(pk=amendment.pk)
    found.year = year
    return found


def locked_fund(fund: Fund | int) -> Fund:
    """With its year held first: what is set aside on a line depends on every fund of it."""
    key = fund if isinstance(fund, int) else fund.pk
    year = locked(Fund.objects.values_list("year", flat=True).get(pk=key))
    held = Fund.objects.select_for_update(of=("self",), no_key=True)
    found = held.select_related("checked_by", "line").get(pk=key)
    found.year = found.line.year = year
    return found
