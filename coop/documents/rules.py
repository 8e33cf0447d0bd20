"""What stands in the way of a version of a document."""

from __future__ import annotations

import datetime

from coop.charter.models import Cooperative
from coop.members.models import Member
from coop.members.rules.second_person import obstacles_to_keeping_the_archive
from coop.refusals import Reason

from .models import Document, Version
from .text import obstacles_in_text

FARTHEST = datetime.timedelta(days=5 * 366)  # nobody adopts a rule for later than that


def obstacles_to_entering(
    cooperative: Cooperative,
    *,
    text: str,
    with_file: bool,
    adopted_on: datetime.date,
    valid_from: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """Adopted already, holding from that day or later, with words or a file."""
    reasons = obstacles_to_keeping_the_archive(cooperative, by=by, at=at)
    if adopted_on > cooperative.day_of(at):
        reasons.append(Reason("adopted-in-the-future"))
    if valid_from < adopted_on:
        reasons.append(Reason("holds-before-adopted"))
    if valid_from > cooperative.day_of(at) + FARTHEST:
        reasons.append(Reason("holds-too-late"))
    if not text and not with_file:
        reasons.append(Reason("document-empty"))
    return reasons + obstacles_in_text(text)


def obstacles_to_adding(document: Document, *, digest: str, valid_from: datetime.date) -> list[Reason]:
    """The same words from the same day on stand there already."""
    same = Version.objects.filter(document=document, hash=digest, valid_from=valid_from, refused_at=None)
    return [Reason("version-changes-nothing")] if same.exists() else []
