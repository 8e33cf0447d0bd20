"""Calendar addresses made, read and revoked. None of it stands in the journal: whose calendar it is concerns nobody."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.members.models import Body, Member
from coop.refusals import refuse_if

from ..feeds import hashed, obstacles_to_making_feed, obstacles_to_revoking_feed
from ..models import Feed


@transaction.atomic
def make_feed(
    *,
    token: str,
    body: Body | None,
    reads: str = Feed.Reads.CALENDAR,
    by: Member,
    at: datetime.datetime,
) -> Feed:
    """`token`: at least 128 bits of chance, shown once to its owner; only its hash is kept."""
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)  # so that two at once are counted
    refuse_if(obstacles_to_making_feed(body, by=by, at=at))
    return Feed.objects.create(member=by, body=body, reads=reads, token_hash=hashed(token), made_at=at)


@transaction.atomic
def revoke_feed(*, feed: Feed, by: Member, at: datetime.datetime) -> None:
    feed = Feed.objects.select_for_update(of=("self",), no_key=True).get(pk=feed.pk)
    refuse_if(obstacles_to_revoking_feed(feed, by=by, at=at))
    Feed.objects.filter(pk=feed.pk).update(revoked_at=at)


@transaction.atomic
def note_reading(*, feed: Feed, by: Member, at: datetime.datetime) -> None:
    """On which day it was read last, so that its owner sees which address is still used. Written once a day."""
    day = by.cooperative.day_of(at)
    if feed.read_on != day:
        Feed.objects.filter(pk=feed.pk).update(read_on=day)
