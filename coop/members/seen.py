"""What a form had before its eyes: the last line the journal held about a person when the form was made.

Every act on a person locks the member and writes one line, so two people who write from one state are told apart by
this number alone; under the lock it cannot move.
"""

from __future__ import annotations

from django.db.models import Max, QuerySet

from coop.journal.models import Entry

from .models import Member

# What the register says of a person. Cards, secrets and sessions are something else.
OF_THE_REGISTER = (
    "member-admitted",
    "member-corrected",
    "member-gone",
    "member-posted",
    "standing-changed",
    "entry-struck",
    "standing-noted",
)


def entries_about(member: Member) -> QuerySet[Entry]:
    """The lines of the journal about the person, the oldest first."""
    about = Entry.objects.filter(
        chain=member.cooperative.chain_id, subject_kind="member", subject_id=str(member.pk)
    )
    return about.filter(verb__in=OF_THE_REGISTER).order_by("sequence")


def last_entry(member: Member) -> int:
    """The number of the last of them; 0 when there is none."""
    return entries_about(member).aggregate(last=Max("sequence"))["last"] or 0
