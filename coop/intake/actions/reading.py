"""A list is read, looked at, read otherwise, confirmed or thrown away. The register changes only by `work_off`.

What nobody has confirmed yet is nobody's act: the journal begins with the confirmation.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction

from coop.charter.models import Cooperative
from coop.journal.actions import write
from coop.journal.models import Actor, Subject
from coop.members.models import Member
from coop.refusals import Reason, refuse_if

from .. import columns
from ..house import house_of
from ..judging import Judged, columns_missing, judge
from ..models import Intake, IntakeRow
from ..rules import (
    FORGOTTEN_AFTER,
    counts_of,
    obstacles_to_confirming,
    obstacles_to_reading_again,
    obstacles_to_reading_in,
)
from ..sheets import Table

State, RowState, Verdict = Intake.State, IntakeRow.State, IntakeRow.Verdict
AT_ONCE = 500  # rows in one INSERT


def subject_of(intake: Intake) -> Subject:
    return Subject("intake", str(intake.pk), intake.file_name)


def locked(intake: Intake) -> Intake:
    held = Intake.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("cooperative__chain").get(pk=intake.pk)


@transaction.atomic
def read_in(
    *,
    cooperative: Cooperative,
    file_name: str,
    digest: str,
    text_file: bool,
    tables: Sequence[Table],
    by: Member,
    at: datetime.datetime,
) -> Intake:
    """The tables of a file as they were read, columns recognised, every row judged. Nothing enters the register."""
    refuse_if(obstacles_to_reading_in(tables, by=by, at=at))
    sheet = columns.sheet_of(list(tables))
    header = columns.header_of(tables[sheet])
    intake = Intake.objects.create(
        cooperative=cooperative,
        by=by,
        read_at=at,
        file_name=file_name,
        digest=digest,
        text_file=text_file,
        tables=[{"name": table.name, "rows": table.rows} for table in tables],
        sheet=sheet,
        header=header,
        mapping=columns.known_columns(tables[sheet].rows[header]),
        since=cooperative.day_of(at),
    )
    _judge_anew(intake, at)
    return intake


@transaction.atomic
def read_again(
    *,
    intake: Intake,
    sheet: int,
    mapping: Mapping[str, int],
    since: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> Intake:
    """Another sheet (its own columns are recognised), other columns, or another day from which changes count."""
    intake = locked(intake)
    refuse_if(obstacles_to_reading_again(intake, by=by, at=at))
    tables = [Table.of(one) for one in intake.tables]
    if sheet >= len(tables):
        refuse_if([Reason("sheet-unknown")])
    if sheet != intake.sheet:
        intake.header = columns.header_of(tables[sheet])
        mapping = columns.known_columns(tables[sheet].rows[intake.header])
    width = len(columns.heads(tables[sheet], intake.header))
    intake.sheet, intake.since, intake.mapping = sheet, since, columns.sound(mapping, width)
    intake.save(update_fields=["sheet", "header", "since", "mapping"])
    intake.rows.all().delete()
    _judge_anew(intake, at)
    return intake


def _judge_anew(intake: Intake, at: datetime.datetime) -> None:
    day = intake.cooperative.day_of(at)
    house = house_of(intake.cooperative, since=intake.since, day=day)
    rows = Table.of(intake.tables[intake.sheet]).rows[intake.header + 1 :]
    nobody = {*columns.without_person(rows, intake.mapping)}
    rows = [row for row in rows if row[0] not in nobody]
    judged = judge(rows, intake.mapping, house, text_file=intake.text_file)
    missing = columns_missing(intake.mapping, judged)
    IntakeRow.objects.bulk_create((_row(intake, one) for one in judged), batch_size=AT_ONCE)
    Intake.objects.filter(pk=intake.pk).update(missing=missing)
    intake.missing = missing


def _row(intake: Intake, one: Judged) -> IntakeRow:
    return IntakeRow(
        intake=intake,
        line=one.line,
        number=one.number,
        name=(one.values.get("name") or one.typed.get("name", ""))[:120],
        verdict=one.verdict,
        typed=one.typed,
        values=one.values,
        errors=[[field, reason.code, reason.params] for field, reason in one.errors],
        changes=[list(change) for change in one.changes],
        double=one.double,
    )


@transaction.atomic
def confirm(*, intake: Intake, document: str, leave_out: bool, by: Member, at: datetime.datetime) -> Intake:
    """From now on the rows wait to be entered. With `leave_out` those with errors stay out, and are counted."""
    intake = locked(intake)
    counts = counts_of(intake)
    refuse_if(
        obstacles_to_confirming(intake, document=document, leave_out=leave_out, by=by, at=at, counts=counts)
    )
    for verdicts, state in (
        ([Verdict.NEW, Verdict.CHANGED], RowState.WAITING),
        ([Verdict.SAME], RowState.SAME),
        ([Verdict.WRONG], RowState.LEFT_OUT),
    ):
        intake.rows.filter(verdict__in=verdicts).update(state=state)
    intake.state, intake.document = State.RUNNING, document.strip()
    intake.confirmed_at, intake.confirmed_by = at, by
    intake.save(update_fields=["state", "document", "confirmed_at", "confirmed_by"])
    write(
        intake.cooperative.chain,
        verb="intake-started",
        subject=subject_of(intake),
        by=by.actor,
        at=at,
        facts={
            "new": counts[Verdict.NEW],
            "changed": counts[Verdict.CHANGED],
            "left_out": counts[Verdict.WRONG],
            "digest": intake.digest,
            "document": intake.document,
        },
    )
    return intake


@transaction.atomic
def throw_away(*, intake: Intake, by: Member, at: datetime.datetime) -> None:
    """Looked at and not wanted: nothing of it is left."""
    intake = locked(intake)
    refuse_if(obstacles_to_reading_again(intake, by=by, at=at))
    _delete(intake)


@transaction.atomic
def forget(*, intake: Intake, by: Actor, at: datetime.datetime) -> None:
    """By the clock: what was not confirmed goes; of the rest, once nothing can be taken back, what names people."""
    intake = locked(intake)
    if intake.state == State.READ and intake.read_at + FORGOTTEN_AFTER <= at:
        _delete(intake)
    elif (
        intake.state in (State.DONE, State.UNDONE)
        and intake.confirmed_at
        and intake.confirmed_at + FORGOTTEN_AFTER <= at
    ):
        intake.rows.update(name="", typed={}, values={}, errors=[], changes=[], made={})
        Intake.objects.filter(pk=intake.pk).update(tables=[])


def _delete(intake: Intake) -> None:
    intake.rows.all().delete()
    intake.delete()
