"""What stands in the way of writing a finding, answering and closing it (practice C10). No writes, no clock."""

from __future__ import annotations

import datetime

from django.db.models import Q

from coop.charter.articles import ARTICLES
from coop.members.models import Body, Mandate, Member, Office, Power
from coop.members.powers import Powers, obstacles_without, powers_of
from coop.refusals import Reason

from ..models import Finding

LONGEST = 4000  # characters of a finding, an answer, a remark
ANSWERS_FOR = (Power.CONVENE, Power.CHAIR, Power.RECORD_MINUTES)  # over a body: answers in its name
KEYS = frozenset(article.key for article in ARTICLES)


def obstacles_to_auditing(*, by: Member, at: datetime.datetime) -> list[Reason]:
    return obstacles_without(Power.AUDIT, by=by, at=at)


def obstacles_to_writing_finding(
    *,
    body: Body,
    office: Office | None,
    title: str,
    text: str,
    article: str,
    rule: str,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """A finding says which rule is broken: whoever objects to something must name it."""
    found = obstacles_to_auditing(by=by, at=at)
    if by.cooperative_id != body.cooperative_id:
        found.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if office is not None and office.body_id != body.pk:
        found.append(Reason("office-of-another-body", {"office": office.title, "body": body.name}))
    if not title.strip() or not text.strip():
        found.append(Reason("finding-without-words"))
    if len(text.strip()) > LONGEST:
        found.append(Reason("words-too-long", {"most": LONGEST}))
    if not article and not rule.strip():
        found.append(Reason("finding-without-rule"))
    if article and article not in KEYS:
        found.append(Reason("no-such-article"))
    return found


def answered_by(member: Member, at: datetime.datetime, powers: Powers) -> Q:
    """The findings that a member answers: of the office they hold, or of a body they have a seat in; or of one that
    they call, lead or record. `powers`: of the member."""
    held = Mandate.objects.filter(Mandate.in_force(at), member=member, seat__alternate=False)
    seats = Q(office=None, body__in=held.values("seat__office__body"))
    return seats | Q(office__in=held.values("seat__office")) | powers.over(*ANSWERS_FOR)


def obstacles_to_answering_finding(
    finding: Finding, text: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Until it is closed, also after its day, and as often as there is something to add. Who audits does not answer."""
    found = obstacles_in_state(finding)
    powers = powers_of(by, at)
    if powers.has(Power.AUDIT):
        found.append(Reason("auditor-does-not-answer"))
    elif not Finding.objects.filter(answered_by(by, at, powers), pk=finding.pk).exists():
        found.append(Reason("not-asked-to-answer", {"body": finding.body.name}))
    return found + obstacles_in_text(text)


def obstacles_to_remarking(finding: Finding, text: str, *, by: Member, at: datetime.datetime) -> list[Reason]:
    return (
        obstacles_to_auditing(by=by, at=at)
        + _foreign(finding, by)
        + obstacles_in_state(finding)
        + obstacles_in_text(text)
    )


def obstacles_to_closing_finding(
    finding: Finding, text: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """The auditor says that it is settled or not, and why; nobody else ends it."""
    return obstacles_to_remarking(finding, text, by=by, at=at)


def obstacles_to_laying_before(finding: Finding, *, day: datetime.date) -> list[Reason]:
    """By the clock: nobody has answered in the days of the bylaws."""
    if finding.state != Finding.State.OPEN or finding.owed_id is not None or day <= finding.answer_by:
        return [Reason("finding-not-overdue")]
    return []


def obstacles_in_state(finding: Finding) -> list[Reason]:
    return [] if finding.state in Finding.RUNNING else [Reason("finding-closed")]


def obstacles_in_text(text: str) -> list[Reason]:
    if not text.strip():
        return [Reason("nothing-said")]
    return [Reason("words-too-long", {"most": LONGEST})] if len(text.strip()) > LONGEST else []


def _foreign(finding: Finding, by: Member) -> list[Reason]:
    if by.cooperative_id == finding.cooperative_id:
        return []
    return [Reason("not-of-this-cooperative", {"name": by.name})]
