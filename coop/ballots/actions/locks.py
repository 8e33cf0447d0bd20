"""The one row lock of a ballot, and what the journal calls it."""

from coop.journal.models import Subject

from ..models import Ballot


def locked(ballot: Ballot) -> Ballot:
    """The ballot as it is now, held against every other act on it."""
    return (
        Ballot.objects.select_for_update(of=("self",), no_key=True)
        .select_related("register", "cooperative")
        .get(pk=ballot.pk)
    )


def subject_of(ballot: Ballot) -> Subject:
    return Subject("ballot", str(ballot.pk), ballot.title)
