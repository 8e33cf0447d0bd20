"""What a finding can be about: things of this co-operative that have a page of their own."""

from __future__ import annotations

from django.db.models import QuerySet

from coop.ballots.models import Ballot
from coop.charter.models import Cooperative
from coop.decisions.models import Decision
from coop.documents.models import Document
from coop.meetings.models import Meeting
from coop.members.models import Mandate

from .models import CountSheet, Finding

About = Finding.About


def _there(
    kind: str, cooperative: Cooperative
) -> QuerySet[Meeting | Decision | Ballot | Mandate | Document | CountSheet]:
    """What has been announced, settled or opened; a draft is nobody's to be told of."""
    found: dict[str, QuerySet[Meeting | Decision | Ballot | Mandate | Document | CountSheet]] = {
        About.MEETING: Meeting.objects.select_related("body").filter(
            cooperative=cooperative, number__isnull=False
        ),
        About.DECISION: Decision.objects.select_related("body").filter(
            cooperative=cooperative, number__isnull=False
        ),
        About.BALLOT: Ballot.objects.filter(cooperative=cooperative).exclude(state=Ballot.State.DRAFT),
        About.MANDATE: Mandate.objects.select_related("member", "seat__office").filter(
            member__cooperative=cooperative, confirmed_at__isnull=False
        ),
        About.DOCUMENT: Document.objects.filter(cooperative=cooperative),
        About.COUNT: CountSheet.objects.filter(cooperative=cooperative),
    }
    return found[kind]


def name_of(kind: str, key: int, cooperative: Cooperative) -> str:
    """What it is called; empty where there is no such thing."""
    if kind not in About.values:
        return ""
    column = "number" if kind == About.DOCUMENT else "pk"  # as their addresses name them
    thing = _there(kind, cooperative).filter(**{column: key}).first()
    return str(thing)[:300] if thing is not None else ""
