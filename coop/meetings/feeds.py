"""Calendar addresses: who may have one, and which is alive."""

from __future__ import annotations

import datetime
import hashlib

from coop.charter.models import Cooperative
from coop.members.backend import may_enter
from coop.members.models import Body, Member
from coop.refusals import Reason

from .models import Feed

MOST = 10  # addresses of one person at a time


def hashed(token: str) -> str:
    """A token has 128 bits of chance: nobody finds one by trying, and a plain hash of it can be kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def alive(
    cooperative: Cooperative, token: str, at: datetime.datetime, *, reads: str = Feed.Reads.CALENDAR
) -> Feed | None:
    """The feed behind an address, unless it was revoked or its owner has left the house; each reads one thing only."""
    live = Feed.objects.filter(token_hash=hashed(token), revoked_at=None, member__cooperative=cooperative)
    live = live.filter(reads=reads)
    found = live.select_related("member__cooperative", "body").first()
    if found is None or not may_enter(found.member, cooperative.day_of(at)):
        return None
    return found


def obstacles_to_making_feed(body: Body | None, *, by: Member, at: datetime.datetime) -> list[Reason]:
    if body is not None and body.cooperative_id != by.cooperative_id:
        return [Reason("not-of-this-cooperative", {"name": body.name})]
    if Feed.objects.filter(member=by, revoked_at=None).count() >= MOST:
        return [Reason("feeds-enough", {"most": MOST})]
    return []


def obstacles_to_revoking_feed(feed: Feed, *, by: Member, at: datetime.datetime) -> list[Reason]:
    if feed.member_id != by.pk:
        return [Reason("feed-of-somebody-else")]
    return [Reason("feed-revoked")] if feed.revoked_at is not None else []
