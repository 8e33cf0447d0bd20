"""A count is filed and signed; nothing of it changes afterwards."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from coop.budget.money import plain
from coop.charter.models import Cooperative
from coop.journal.actions import write
from coop.journal.models import Subject
from coop.letters import legible, one_line
from coop.members.models import Member
from coop.refusals import refuse_if

from ..count_lines import Cash, Stock, total
from ..models import CountLine, CountSheet
from ..rules.counts import obstacles_to_filing_count, obstacles_to_signing_count

Kind = CountSheet.Kind


def subject_of(sheet: CountSheet) -> Subject:
    return Subject("count", str(sheet.pk), str(sheet))


@transaction.atomic
def file_cash_count(
    *,
    title: str,
    counted_on: datetime.date,
    lines: Sequence[Cash],
    book: Decimal,
    note: str = "",
    witness: Member,
    by: Member,
    at: datetime.datetime,
) -> CountSheet:
    """`book`: what the cash book says, in the money of the house. The sum is made here, exactly."""
    counted = total(lines)
    sheet = _file(Kind.CASH, title, counted_on, lines, note, witness, by, at, book=book, counted=counted)
    CountLine.objects.bulk_create(
        CountLine(sheet=sheet, number=number, worth=line.worth, pieces=line.pieces)
        for number, line in enumerate(lines, 1)
    )
    told = {"counted": plain(counted), "difference": plain(counted - book)}
    write(
        by.cooperative.chain, verb="cash-counted", subject=subject_of(sheet), by=by.actor, at=at, facts=told
    )
    return sheet


@transaction.atomic
def file_stock_count(
    *,
    title: str,
    counted_on: datetime.date,
    lines: Sequence[Stock],
    note: str = "",
    witness: Member,
    by: Member,
    at: datetime.datetime,
) -> CountSheet:
    sheet = _file(Kind.STOCK, title, counted_on, lines, note, witness, by, at)
    CountLine.objects.bulk_create(
        CountLine(
            sheet=sheet,
            number=number,
            thing=line.thing,
            unit=line.unit,
            book=line.book,
            counted=line.counted,
        )
        for number, line in enumerate(lines, 1)
    )
    told = {"many": len(lines), "different": sum(1 for line in lines if line.difference)}
    write(
        by.cooperative.chain, verb="stock-counted", subject=subject_of(sheet), by=by.actor, at=at, facts=told
    )
    return sheet


def _file(
    kind: Kind,
    title: str,
    counted_on: datetime.date,
    lines: Sequence[Cash] | Sequence[Stock],
    note: str,
    witness: Member,
    by: Member,
    at: datetime.datetime,
    *,
    book: Decimal | None = None,
    counted: Decimal | None = None,
) -> CountSheet:
    cooperative = Cooperative.objects.select_for_update(no_key=True).get(pk=by.cooperative_id)
    refuse_if(
        obstacles_to_filing_count(
            lines, title=one_line(title), counted_on=counted_on, witness=witness, by=by, at=at
        )
    )
    year = cooperative.day_of(at).year
    last = CountSheet.objects.filter(cooperative=cooperative, year=year).aggregate(last=Max("number"))
    return CountSheet.objects.create(
        cooperative=cooperative,
        year=year,
        number=(last["last"] or 0) + 1,
        kind=kind,
        title=one_line(title),
        counted_on=counted_on,
        note=legible(note).strip(),
        book=book,
        counted=counted,
        filed_by=by,
        filed_at=at,
        witness=witness,
    )


@transaction.atomic
def sign_count(
    *, sheet: CountSheet, agrees: bool, says: str = "", by: Member, at: datetime.datetime
) -> CountSheet:
    """Whoever was there signs, or says what is wrong; either stands under the sheet for ever."""
    held = CountSheet.objects.select_for_update(of=("self",), no_key=True)
    sheet = held.select_related("cooperative__chain").get(pk=sheet.pk)
    refuse_if(obstacles_to_signing_count(sheet, agrees=agrees, says=says, by=by))
    sheet.agrees, sheet.says, sheet.signed_at = agrees, one_line(says), at
    sheet.save(update_fields=["agrees", "says", "signed_at"])
    write(
        by.cooperative.chain,
        verb="count-signed" if agrees else "count-contradicted",
        subject=subject_of(sheet),
        by=by.actor,
        at=at,
    )
    return sheet
