"""The one row lock of a ballot, and what the journal calls it."""

from collections.abc import Collection

from django.db import connection
from django.db.transaction import TransactionManagementError

from coop.asked_often import Often, given
from coop.journal.models import Subject

from ..models import Ballot


def locked(ballot: Ballot) -> Ballot:
    """The ballot as it is now, held against every other act on it."""
    if not connection.in_atomic_block:  # Django looks only when the words are put together
        raise TransactionManagementError("a ballot is held within a transaction")
    held = HELD.first(ballot=ballot.pk)
    if held is None:
        raise Ballot.DoesNotExist
    return held


HELD = Often(
    lambda: (
        Ballot.objects.select_for_update(of=("self",), no_key=True)
        .select_related("register", "cooperative__chain")
        .filter(pk=given("ballot"))
    )
)


def hold(votes: Collection[int]) -> list[Ballot]:
    """Several ballots at once, by their ids, in one order: for an act that writes to the journal between them."""
    found = Ballot.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=votes)
    return list(found.order_by("pk"))


def subject_of(ballot: Ballot) -> Subject:
    return Subject("ballot", str(ballot.pk), ballot.title)
