"""Sessions: that somebody is still there, and their end by whoever they belong to or by an office."""

from __future__ import annotations

import datetime

from django.db import connection, transaction

from coop.journal.actions import write
from coop.members.actions.people import subject_of
from coop.members.models import Account, Member
from coop.refusals import refuse_if

from ..models import Device, OfficeEnding, Session
from ..models.sessions import IDLE, LONGEST, Kind
from ..rules import SECRET_AFTER, obstacles_to_ending_sessions

# Every telephone writes this once a minute: Django would put the words together each time.
SEEN = (
    "UPDATE keys_session SET seen_at = %s, secret_due = %s, expire_date = %s"
    " WHERE session_key = %s AND account_id = %s"
)


@transaction.atomic
def seen(*, session: Session, by: Account, at: datetime.datetime) -> None:
    """Somebody is still there: the door stays open a while longer, never past its twelve hours."""
    due = session.secret_due or at - session.seen_at >= SECRET_AFTER
    session.seen_at, session.secret_due = at, due
    session.expire_date = min(at + IDLE[Kind(session.kind)], session.made_at + LONGEST)
    with connection.cursor() as cursor:
        cursor.execute(SEEN, [at, due, session.expire_date, session.pk, by.pk])


@transaction.atomic
def rest_over(*, session: Session, by: Account, at: datetime.datetime) -> None:
    """The secret was given again: votes ask for it no more until the session rests again."""
    session.secret_due = False
    Session.objects.filter(pk=session.pk, account=by).update(secret_due=False)


@transaction.atomic
def end_session(*, handle: str, by: Account, at: datetime.datetime) -> bool:
    """Ends one session of `by`. False: there is none of that name, or it was over already."""
    own = Session.objects.filter(account=by, expire_date__gt=at)
    keys = [one.session_key for one in own if one.handle == handle]
    return Session.objects.filter(session_key__in=keys).delete()[0] > 0


@transaction.atomic
def end_others(*, keep: str, by: Account, at: datetime.datetime) -> int:
    """Ends every session of `by` but the one with the key `keep`; devices are strangers again. How many ended."""
    Device.objects.filter(account=by).delete()
    others = Session.objects.filter(account=by).exclude(session_key=keep)
    alive = others.filter(expire_date__gt=at).count()
    others.delete()
    return alive


@transaction.atomic
def end_sessions_of(*, member: Member, by: Member, at: datetime.datetime) -> None:
    """A telephone is lost: everything the member is signed in on ends now. Nobody gets in by this.

    The member is told when they sign in next.
    """
    member = Member.objects.select_for_update(of=("self",), no_key=True).get(pk=member.pk)
    refuse_if(obstacles_to_ending_sessions(member, by=by, at=at))
    Device.objects.filter(account__members=member).delete()
    Session.objects.filter(account__members=member).delete()
    OfficeEnding.objects.create(member=member, by=by, at=at)
    write(member.cooperative.chain, verb="sessions-ended", subject=subject_of(member), by=by.actor, at=at)


@transaction.atomic
def tell_endings(*, by: Member, at: datetime.datetime) -> list[OfficeEnding]:
    """What an office ended since the member was told last; each is told once."""
    untold = OfficeEnding.objects.filter(member=by, told_at=None)
    found = list(untold.select_for_update(of=("self",), no_key=True).select_related("by"))
    untold.filter(pk__in=[ending.pk for ending in found]).update(told_at=at)
    return found
