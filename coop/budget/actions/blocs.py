"""Amendments that nobody disputes are voted in one question (en bloc); whoever votes has one of them voted singly."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import Amendment, InBloc, Year
from ..rules.blocs import labels_of, obstacles_to_forming_bloc, obstacles_to_taking_out
from ..tables import Table
from .locks import locked, locked_amendment, subject_of


@transaction.atomic
def form_bloc(*, year: Year, parts: Sequence[Amendment], by: Member, at: datetime.datetime) -> None:
    """Who may is asked where the vote is held."""
    year = locked(year)
    rows = list(Amendment.objects.select_related("year").filter(pk__in=[part.pk for part in parts]))
    refuse_if(obstacles_to_forming_bloc(year, Table.of(year), rows))
    left = InBloc.objects.filter(amendment__year=year, out_at=None)
    left = left.filter(amendment__state__in=[Amendment.State.ADMITTED, Amendment.State.FALLEN])
    left.update(out_by=by, out_at=at)  # of a bloc before it that came down to one
    InBloc.objects.bulk_create(InBloc(amendment=row, put_in_by=by, put_in_at=at) for row in rows)
    write(
        year.cooperative.chain,
        verb="budget-bloc-formed",
        subject=subject_of(year),
        by=by.actor,
        at=at,
        facts={"labels": labels_of(year, frozenset(row.pk for row in rows))},
    )


@transaction.atomic
def take_out_of_bloc(*, amendment: Amendment, by: Member, at: datetime.datetime) -> None:
    """It is voted singly. What is left alone by that is voted as any other."""
    amendment = locked_amendment(amendment)
    year = amendment.year
    bylaws = Bylaws.in_force(year.cooperative, year.cooperative.day_of(at))
    refuse_if(obstacles_to_taking_out(amendment, Table.of(year), by=by, at=at, bylaws=bylaws))
    InBloc.objects.filter(amendment=amendment, out_at=None).update(out_by=by, out_at=at)
    write(
        year.cooperative.chain,
        verb="budget-bloc-left",
        subject=subject_of(amendment),
        by=by.actor,
        at=at,
    )
