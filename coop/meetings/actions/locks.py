"""The one lock of this stage: the meeting's row."""

from coop.journal.models import Subject

from ..models import Meeting


def locked(meeting: Meeting) -> Meeting:
    """The meeting, fresh and held until the transaction ends."""
    return (
        Meeting.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cooperative", "body", "register")
        .get(pk=meeting.pk)
    )


def subject_of(meeting: Meeting) -> Subject:
    return Subject("meeting", str(meeting.pk), str(meeting))
