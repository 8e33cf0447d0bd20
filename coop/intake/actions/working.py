"""What was confirmed is worked off in batches, each one transaction: whatever breaks, a batch is done or it is not.

The row of the intake is locked while a batch runs, and whoever finds it locked goes away: two never work on one. What
happened to a person since the list was looked at stands; their row is told to have failed, and the next ones go on.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from coop.charter.models import Cooperative
from coop.journal.actions import write
from coop.journal.models import Subject
from coop.members.actions.corrections import correct
from coop.members.actions.lives import come_back, give_notice, go_on_leave, move
from coop.members.actions.many import Entrant, admit_again, admit_many
from coop.members.models import Member, Posting, Standing
from coop.members.seen import last_entry
from coop.refusals import Reason, Refused, refuse_if

from ..house import house_of
from ..judging import OF_ONES_OWN, House, Known, newcomer, value_of
from ..models import Intake, IntakeRow
from ..rules import obstacles_to_carrying_out
from .reading import subject_of
from .taking_back import take_back_rows

BATCH = 200  # rows in one transaction: about a fifth of a second
State, RowState, Status = Intake.State, IntakeRow.State, Standing.Status


@transaction.atomic
def work_off(*, intake: Intake, by: Member, at: datetime.datetime, most: int = BATCH) -> bool:
    """The next rows. Whether there is more to do; no, when somebody else is at it in this very moment."""
    held = Intake.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    found = held.select_related("cooperative__chain").filter(pk=intake.pk).first()
    if found is None or not found.under_way:
        return False
    waits = RowState.WAITING if found.state == State.RUNNING else RowState.DONE
    rows = list(found.rows.filter(state=waits).order_by("line")[:most])
    if not rows:
        _finish(found, by, at)
        return False
    if found.state == State.RUNNING:
        _Batch(found, by, at).enter(rows)
    else:
        take_back_rows(intake=found, rows=rows, by=by, at=at)
    return True


def _finish(intake: Intake, by: Member, at: datetime.datetime) -> None:
    running = intake.state == State.RUNNING
    if running:
        intake.state, intake.done_at = State.DONE, at
    else:
        intake.state, intake.undone_at = State.UNDONE, at
    intake.save(update_fields=["state", "done_at" if running else "undone_at"])
    ends = (RowState.DONE, RowState.FAILED) if running else (RowState.UNDONE, RowState.KEPT)
    write(
        intake.cooperative.chain,
        verb="intake-done" if running else "intake-undone",
        subject=subject_of(intake),
        by=by.actor,
        at=at,
        facts={
            **{str(end): intake.rows.filter(state=end).count() for end in ends},
            "digest": intake.digest,
        },
    )


class _Batch:
    """The rows of one transaction, and the register as it is now."""

    def __init__(self, intake: Intake, by: Member, at: datetime.datetime) -> None:
        self.intake, self.by, self.at = intake, by, at
        self.cooperative: Cooperative = intake.cooperative

    def enter(self, rows: list[IntakeRow]) -> None:
        numbers = [row.number for row in rows if row.number is not None]
        people = Member.objects.filter(cooperative=self.cooperative, number__in=numbers)
        members = {one.number: one for one in self._locked(people)}
        house = house_of(
            self.cooperative, since=self.intake.since, day=self.cooperative.day_of(self.at), numbers=numbers
        )
        new: list[IntakeRow] = []
        for row in rows:
            known = house.people.get(row.number or 0)
            member = members.get(row.number or 0)
            if row.verdict == IntakeRow.Verdict.CHANGED:
                self._try(
                    row, lambda row=row, member=member, known=known: self._change(row, member, known, house)
                )
            elif known is not None and known.stands:
                self._fail(row, [Reason("number-taken", {"number": row.number})])
            elif member is not None:
                self._try(row, lambda row=row, member=member: self._again(row, member, house))
            else:
                new.append(row)
        if new:
            self._admit(new, house)

    def _locked(self, people: QuerySet[Member]) -> list[Member]:
        held = people.select_for_update(of=("self",), no_key=True).order_by("pk")
        return list(held.select_related("cooperative__chain"))

    def _admit(self, rows: list[IntakeRow], house: House) -> None:
        """All new people of the batch at once; one by one only when the rules no longer let somebody in."""
        try:
            with transaction.atomic():
                people = [self._entrant(row, house) for row in rows]
                admit_many(cooperative=self.cooperative, people=people, by=self.by.actor, at=self.at)
        except Refused as refused:
            if len(rows) == 1:
                self._fail(rows[0], refused.reasons)
                return
            for row in rows:
                self._admit([row], house)
            return
        of_number = Member.objects.filter(cooperative=self.cooperative, number=OuterRef("number"))
        done = IntakeRow.objects.filter(pk__in=[row.pk for row in rows])
        done.update(state=RowState.DONE, made={"admitted": True}, member=Subquery(of_number.values("pk")))

    def _entrant(self, row: IntakeRow, house: House) -> Entrant:
        values = row.values
        gone = [
            word
            for word, place in (
                (values.get("department"), house.department),
                (values.get("crew"), house.crew),
            )
            if word and place(word) is None
        ]
        refuse_if([Reason("place-gone-meanwhile", {"word": word}) for word in gone])
        return Entrant(
            terms=newcomer(values, house, document=self.intake.document),
            job=values.get("job", ""),
            phone=values.get("phone", ""),
            contact=values.get("contact") or Member.Contact.NONE,
            language=values.get("language", ""),
        )

    def _again(self, row: IntakeRow, member: Member, house: House) -> dict[str, Any]:
        admit_again(
            member=member,
            entrant=self._entrant(row, house),
            reason=self.intake.document,
            by=self.by,
            at=self.at,
        )
        return {"admitted": True, "last": last_entry(member)}

    def _change(
        self, row: IntakeRow, member: Member | None, known: Known | None, house: House
    ) -> dict[str, Any]:
        """What the row changes, if the register still says what it said when somebody looked."""
        if (
            member is None
            or known is None
            or any(known.said.get(name) != was for name, was, _ in row.changes)
        ):
            raise Refused([Reason("row-changed-meanwhile")])
        becomes = {name: value for name, _was, value in row.changes}
        told: dict[str, Any] = {"by": self.by, "at": self.at}
        made: dict[str, Any] = {"corrected": [one for one in row.changes if one[0] in OF_ONES_OWN]}
        if made["corrected"]:
            changes = {name: value_of(name, becomes[name]) for name, _was, _becomes in made["corrected"]}
            correct(member=member, changes=changes, reason=self.intake.document, **told)
        since, reason = self.intake.since, row.values.get("reason") or self.intake.document
        if "department" in becomes or "crew" in becomes:
            department = house.department(becomes.get("department") or known.said["department"])
            crew = house.crew(becomes.get("crew") or known.said["crew"])
            if department is None or ("crew" in becomes and crew is None):
                raise Refused([Reason("row-changed-meanwhile")])
            entry: Posting | Standing = move(
                member=member,
                department=department,
                crew=crew,
                since=since,
                reason=self.intake.document,
                **told,
            )
            made["posting"] = entry.pk
        if "status" in becomes:
            until = value_of("until", row.values.get("until", ""))
            if becomes["status"] == Status.ACTIVE:
                entry = come_back(member=member, since=since, reason=reason, **told)
            elif becomes["status"] == Status.NOTICE_GIVEN:
                entry = give_notice(member=member, since=since, expected_until=until, reason=reason, **told)
            else:
                entry = go_on_leave(
                    member=member,
                    status=becomes["status"],
                    since=since,
                    expected_until=until,
                    reason=reason,
                    **told,
                )
            made["standing"] = entry.pk
        return {**made, "last": last_entry(member)}

    def _try(self, row: IntakeRow, act: Any) -> None:
        try:
            with transaction.atomic():
                made = act()
        except Refused as refused:
            self._fail(row, refused.reasons)
            return
        done = Member.objects.filter(cooperative=self.cooperative, number=row.number or 0).values("pk")
        IntakeRow.objects.filter(pk=row.pk).update(state=RowState.DONE, made=made, member=Subquery(done))

    def _fail(self, row: IntakeRow, reasons: list[Reason]) -> None:
        told = [[reason.code, reason.params] for reason in reasons]
        IntakeRow.objects.filter(pk=row.pk).update(state=RowState.FAILED, reasons=told)


@transaction.atomic
def carry_out(*, cooperative: Cooperative, form: str, people: int, by: Member, at: datetime.datetime) -> None:
    """Somebody takes the register along in a file of this form: that they did is written down."""
    refuse_if(obstacles_to_carrying_out(by=by, at=at))
    write(
        cooperative.chain,
        verb="register-carried-out",
        subject=Subject("register", str(cooperative.pk), cooperative.short_name),
        by=by.actor,
        at=at,
        facts={"form": form, "people": people},
    )
