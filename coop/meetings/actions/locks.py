"""The one lock of this stage: the meeting's row."""

from django.db import connection
from django.db.transaction import TransactionManagementError

from coop.asked_often import Often, given
from coop.journal.models import Subject

from ..models import Meeting

HELD = Often(
    lambda: (
        Meeting.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cooperative__chain", "body", "register")
        .filter(pk=given("meeting"))
    )
)


def locked(meeting: Meeting) -> Meeting:
    """The meeting, fresh and held until the transaction ends."""
    if not connection.in_atomic_block:  # Django looks only when the words are put together
        raise TransactionManagementError("a meeting is held within a transaction")
    held = HELD.first(meeting=meeting.pk)
    if held is None:
        raise Meeting.DoesNotExist
    return held


def subject_of(meeting: Meeting) -> Subject:
    return Subject("meeting", str(meeting.pk), str(meeting))
