"""The table: who is given a paper is marked on the roll first, on the very line that a vote on a screen would fill."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.members.models import Member
from coop.refusals import refuse_if

from ..boxes import box_of
from ..models import Ballot, RollEntry, Urn
from ..models.ballots import Channel
from ..rules.boxes import obstacles_to_giving_paper


@transaction.atomic
def give_paper(*, urn: Urn, member: Member, by: Member, at: datetime.datetime) -> RollEntry:
    """Marks that `member` votes on paper in this box; then the paper is handed over.

    As in casting: tables and telephones hold the ballot's row together, closing waits for all of them, and the line
    of the roll, filled only while it is empty, decides who was first. No journal line, and no time: see `casting`.
    """
    ballot = Ballot.objects.raw("SELECT * FROM ballots_ballot WHERE id = %s FOR SHARE", [urn.ballot_id])[0]
    entry = RollEntry.objects.filter(ballot=ballot, member=member).first()
    box = box_of(ballot, urn)
    refuse_if(obstacles_to_giving_paper(ballot, entry, box, name=member.name, by=by, at=at))
    assert entry is not None  # obstacles_to_giving_paper has refused everybody else
    if not _mark(entry, urn):  # a telephone or another table was faster
        entry.refresh_from_db()
        refuse_if(obstacles_to_giving_paper(ballot, entry, box, name=member.name, by=by, at=at))
    entry.channel, entry.urn = Channel.PAPER, urn
    return entry


def _mark(entry: RollEntry, urn: Urn) -> bool:
    """Fills the line while it is empty. One UPDATE decides: asking first and writing after is a race."""
    empty = RollEntry.objects.filter(pk=entry.pk, channel=None)
    return empty.update(channel=Channel.PAPER, urn=urn) == 1
