"""Why a list cannot be read in, confirmed or taken back, and why nobody may carry the register out. No writes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from coop.members.models import Member, Power
from coop.members.powers import powers_of
from coop.members.rules import obstacles_to_keeping_the_register
from coop.refusals import Reason

from .columns import any_row
from .models import Intake, IntakeRow
from .sheets import Table

TAKEN_BACK_WITHIN = datetime.timedelta(days=1)
FORGOTTEN_AFTER = datetime.timedelta(days=1)
State, Verdict = Intake.State, IntakeRow.Verdict


def counts_of(intake: Intake) -> dict[str, int]:
    """How many rows of each verdict, zeroes included."""
    found = dict.fromkeys(Verdict.values, 0)
    for verdict in intake.rows.values_list("verdict", flat=True):
        found[verdict] += 1
    return found


def obstacles_to_reading_in(tables: Sequence[Table], *, by: Member, at: datetime.datetime) -> list[Reason]:
    """A text that is no table is no list either: nothing of it is kept."""
    reasons = obstacles_to_keeping_the_register(by=by, at=at)
    if not any_row(tables):
        reasons.append(Reason("list-without-people"))
    return reasons


def obstacles_to_reading_again(intake: Intake, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Other columns, another sheet, or thrown away: until it is confirmed."""
    reasons = _obstacles_to_touching(intake, by=by, at=at)
    if intake.state != State.READ:
        reasons.append(Reason("intake-confirmed-already"))
    return reasons


def obstacles_to_confirming(
    intake: Intake,
    *,
    document: str,
    leave_out: bool,
    by: Member,
    at: datetime.datetime,
    counts: Mapping[str, int] | None = None,
) -> list[Reason]:
    """A page that has counted the rows hands the `counts` in."""
    reasons = obstacles_to_reading_again(intake, by=by, at=at)
    counted = counts or counts_of(intake)
    reasons += [Reason("column-missing", {"column": field}) for field in intake.missing]
    if counted[Verdict.WRONG] and not leave_out:
        reasons.append(Reason("rows-with-errors", {"count": counted[Verdict.WRONG]}))
    if not counted[Verdict.NEW] + counted[Verdict.CHANGED]:
        reasons.append(Reason("nothing-to-enter"))
    if not document.strip():
        reasons.append(Reason("no-document"))
    return reasons


def obstacles_to_taking_back(
    intake: Intake, *, because: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    reasons = _obstacles_to_touching(intake, by=by, at=at)
    if intake.state != State.DONE or intake.confirmed_at is None:
        return [*reasons, Reason("intake-not-done")]
    if at >= intake.confirmed_at + TAKEN_BACK_WITHIN:
        reasons.append(Reason("intake-too-old"))
    if not because.strip():
        reasons.append(Reason("no-reason-given"))
    return reasons


def obstacles_to_carrying_out(*, by: Member, at: datetime.datetime) -> list[Reason]:
    """The whole register with birth dates and telephones: for who keeps it and who audits it."""
    held = powers_of(by, at)
    if held.has(Power.KEEP_REGISTER) or held.has(Power.AUDIT):
        return []
    return [Reason("no-mandate", {"power": Power.KEEP_REGISTER.value, "body": ""})]


def _obstacles_to_touching(intake: Intake, *, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = obstacles_to_keeping_the_register(by=by, at=at)
    if intake.cooperative_id != by.cooperative_id:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    return reasons
