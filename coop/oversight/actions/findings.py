"""A finding, from the auditor's words to the assembly.

Order of locks: the co-operative's row for the number; finding before meeting (`owe_item` takes the draft it goes to).
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Max

from coop.charter.models import Bylaws, Cooperative
from coop.journal.actions import write
from coop.journal.models import CLOCK, Actor, Subject
from coop.letters import legible, one_line
from coop.meetings.actions import owe_item
from coop.meetings.models import Request
from coop.members.models import Body, Member, Office
from coop.refusals import Reason, refuse_if

from ..models import Finding, FindingWord
from ..rules.findings import (
    obstacles_to_answering_finding,
    obstacles_to_closing_finding,
    obstacles_to_laying_before,
    obstacles_to_remarking,
    obstacles_to_writing_finding,
)
from ..subjects import name_of

State, Side = Finding.State, FindingWord.Side


def subject_of(finding: Finding) -> Subject:
    return Subject("finding", str(finding.pk), str(finding))


def locked(finding: Finding) -> Finding:
    """The finding, fresh and held until the transaction ends."""
    held = Finding.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("cooperative__chain", "body", "office", "written_by").get(pk=finding.pk)


@transaction.atomic
def write_finding(
    *,
    body: Body,
    office: Office | None = None,
    title: str,
    text: str,
    article: str = "",
    rule: str = "",
    about: tuple[str, int] | None = None,
    by: Member,
    at: datetime.datetime,
) -> Finding:
    """Everybody reads it from now on; the days to answer count from today.

    `about`: kind and key of the thing it is about (`subjects.py`).
    """
    cooperative = Cooperative.objects.select_for_update(no_key=True).get(pk=by.cooperative_id)
    title, rule = one_line(title), one_line(rule)
    refuse_if(
        obstacles_to_writing_finding(
            body=body, office=office, title=title, text=text, article=article, rule=rule, by=by, at=at
        )
    )
    label = name_of(*about, cooperative) if about else ""
    refuse_if([Reason("finding-about-nothing")] if about and not label else [])
    day = cooperative.day_of(at)
    days = Bylaws.in_force(cooperative, day).finding_answer_days
    last = Finding.objects.filter(cooperative=cooperative, year=day.year).aggregate(last=Max("number"))
    finding = Finding.objects.create(
        cooperative=cooperative,
        year=day.year,
        number=(last["last"] or 0) + 1,
        title=title,
        text=legible(text).strip(),
        article=article,
        rule=rule,
        about_kind=about[0] if about else "",
        about_key=about[1] if about else None,
        about_label=label,
        body=body,
        office=office,
        written_by=by,
        written_at=at,
        answer_by=day + datetime.timedelta(days=days),
    )
    write(
        by.cooperative.chain,
        verb="finding-written",
        subject=subject_of(finding),
        by=by.actor,
        at=at,
        facts={"to": office.title if office else body.name, "until": finding.answer_by, "about": label},
    )
    return finding


@transaction.atomic
def answer_finding(*, finding: Finding, text: str, by: Member, at: datetime.datetime) -> FindingWord:
    """Of whoever it is addressed to; more than one may answer, and nothing that was said is taken back."""
    finding = locked(finding)
    refuse_if(obstacles_to_answering_finding(finding, text, by=by, at=at))
    if finding.state == State.OPEN:
        finding.state = State.ANSWERED
        finding.save(update_fields=["state"])
    return _say(finding, Side.ANSWER, text, verb="finding-answered", by=by, at=at)


@transaction.atomic
def remark(*, finding: Finding, text: str, by: Member, at: datetime.datetime) -> FindingWord:
    """The auditor adds something; the finding itself stays as it was written."""
    finding = locked(finding)
    refuse_if(obstacles_to_remarking(finding, text, by=by, at=at))
    return _say(finding, Side.REMARK, text, verb="finding-remarked", by=by, at=at)


def _say(
    finding: Finding, side: FindingWord.Side, text: str, *, verb: str, by: Member, at: datetime.datetime
) -> FindingWord:
    said = FindingWord.objects.create(
        finding=finding, side=side, text=legible(text).strip(), said_by=by, said_at=at
    )
    write(by.cooperative.chain, verb=verb, subject=subject_of(finding), by=by.actor, at=at)
    return said


@transaction.atomic
def close_finding(
    *, finding: Finding, settled: bool, text: str, by: Member, at: datetime.datetime
) -> Finding:
    """The auditor says that it is settled; or that it is not, and then it goes before the assembly."""
    finding = locked(finding)
    refuse_if(obstacles_to_closing_finding(finding, text, by=by, at=at))
    finding.state = State.SETTLED if settled else State.UNSETTLED
    finding.closing, finding.closed_by, finding.closed_at = legible(text).strip(), by, at
    changed = ["state", "closing", "closed_by", "closed_at"]
    if not settled and finding.owed_id is None:
        finding.owed = _owe(finding, by=by.actor, at=at)
        changed.append("owed")
    finding.save(update_fields=changed)
    write(
        finding.cooperative.chain,
        verb="finding-settled" if settled else "finding-not-settled",
        subject=subject_of(finding),
        by=by.actor,
        at=at,
    )
    return finding


@transaction.atomic
def lay_before_assembly(*, finding: Finding, by: Actor = CLOCK, at: datetime.datetime) -> Finding:
    """Nobody answered in time. Idempotent: where two clocks tick, the slower finds it done."""
    finding = locked(finding)
    if finding.owed_id is not None:
        return finding
    refuse_if(obstacles_to_laying_before(finding, day=finding.cooperative.day_of(at)))
    finding.owed = _owe(finding, by=by, at=at)
    finding.save(update_fields=["owed"])
    write(
        finding.cooperative.chain,
        verb="finding-unanswered",
        subject=subject_of(finding),
        by=by,
        at=at,
        facts={"to": finding.office.title if finding.office else finding.body.name},
    )
    return finding


def _owe(finding: Finding, *, by: Actor, at: datetime.datetime) -> Request:
    assembly = Body.objects.get(cooperative=finding.cooperative, kind=Body.Kind.ASSEMBLY)
    return owe_item(
        body=assembly,
        title=str(finding),
        text=finding.text,
        about=f"finding/{finding.pk}",
        asked_by=finding.written_by,
        by=by,
        at=at,
    )
