"""The one row lock of a ballot, and what the journal calls it."""

from collections.abc import Collection

from coop.journal.models import Subject

from ..models import Ballot


def locked(ballot: Ballot) -> Ballot:
    """The ballot as it is now, held against every other act on it."""
    return (
        Ballot.objects.select_for_update(of=("self",), no_key=True)
        .select_related("register", "cooperative")
        .get(pk=ballot.pk)
    )


def hold(votes: Collection[int]) -> list[Ballot]:
    """Several ballots at once, by their ids, in one order: for an act that writes to the journal between them."""
    found = Ballot.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=votes)
    return list(found.order_by("pk"))


def subject_of(ballot: Ballot) -> Subject:
    return Subject("ballot", str(ballot.pk), ballot.title)
