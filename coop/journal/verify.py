"""Does the record still say what it said? Recomputes a chain, compares it with its head and with checkpoints.

Someone who may switch off the triggers can change anything and mend the hashes after it; what they cannot mend
is a checkpoint that somebody else holds. Without one, a tail cut off together with its head, or a chain written
anew, leaves no trace in the database.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Max

from coop.journal.checkpoints import Checkpoint
from coop.journal.hashing import START, digest, hashed_fields
from coop.journal.models import Chain, Entry


class Kind(StrEnum):
    EDITED = "edited"  # what the entry says is not what its hash was made of
    UNLINKED = "unlinked"  # the entry names another hash before it than the one that is there
    DELETED = "deleted"  # entries missing inside the chain, `sequence` to `last`
    CUT = "cut"  # entries missing at the end, `sequence` to `last`
    BEYOND_HEAD = "beyond-head"  # entries after the one the head names
    HEAD = "head"  # the head names another hash than its entry has
    REWRITTEN = "rewritten"  # a checkpoint names another hash than the entry of its place has
    CHAIN_MISSING = "chain-missing"  # a checkpoint names a chain that is not there


class Finding(NamedTuple):
    chain: str
    kind: Kind
    sequence: int
    last: int | None = None  # of a range
    checkpoint: Checkpoint | None = None  # what it was found by, when it was a checkpoint


def verify(chains: Iterable[Chain], checkpoints: Sequence[Checkpoint] = ()) -> list[Finding]:
    """Everything wrong with these chains, and the checkpoints whose chain is not among them."""
    findings: list[Finding] = []
    seen = set()
    for chain in chains:
        seen.add(chain.label)
        mine = [checkpoint for checkpoint in checkpoints if checkpoint.chain == chain.label]
        findings += verify_chain(chain, mine)
    for checkpoint in checkpoints:
        if checkpoint.chain not in seen:
            seen.add(checkpoint.chain)
            findings.append(
                Finding(checkpoint.chain, Kind.CHAIN_MISSING, checkpoint.sequence, checkpoint=checkpoint)
            )
    return findings


def verify_chain(chain: Chain, checkpoints: Sequence[Checkpoint] = ()) -> list[Finding]:
    return verify_piece(Chain.objects.get(pk=chain.pk), checkpoints).findings


class Piece(NamedTuple):
    """A part of a chain that was read: what is wrong in it, where the next one goes on, and whether there is a next."""

    findings: list[Finding]
    sequence: int
    hash: str
    last: bool


def verify_piece(
    head: Chain, checkpoints: Sequence[Checkpoint] = (), *, start: int = 0, most: int | None = None
) -> Piece:
    """Reads at most so many entries after the one of place `start`, a thousand rows at a time.

    What comes before was read by an earlier piece, and the hash at `start` has to be among `checkpoints`: otherwise a
    chain that was written anew meanwhile would go on from any place. Head and later checkpoints are compared by the
    piece that gets so far.
    """
    wanted = {checkpoint.sequence for checkpoint in checkpoints}
    hashes: dict[int, str] = {}  # those that checkpoints ask for
    findings: list[Finding] = []
    sequence, previous, many = start, "" if start else START, 0
    for entry in _entries(head, start=start, most=most):
        if entry.sequence == start:
            hashes[start] = previous = entry.hash
            continue
        many += 1
        findings += _faults(entry, after=sequence, previous=previous, label=head.label)
        sequence, previous = entry.sequence, entry.hash
        if sequence in wanted:
            hashes[sequence] = entry.hash
    last = most is None or many < most or sequence >= head.head_sequence
    if last:
        findings += _faults_of_head(head, sequence, previous)
    for checkpoint in sorted(checkpoints, key=lambda checkpoint: checkpoint.sequence):
        if last or checkpoint.sequence <= sequence:
            findings += _faults_by(checkpoint, hashes, sequence)
    return Piece(findings, sequence, previous, last)


def _entries(head: Chain, *, start: int, most: int | None) -> Iterator[Entry]:
    """From the entry of place `start`, and so many more; up to the head as it was read: what is appended meanwhile is
    the next check's."""
    found = Entry.objects.filter(chain=head, sequence__gte=start, sequence__lte=head.head_sequence)
    return found.order_by("sequence")[: None if most is None else most + (start > 0)].iterator(
        chunk_size=1000
    )


def _faults(entry: Entry, *, after: int, previous: str, label: str) -> Iterator[Finding]:
    if entry.sequence > after + 1:
        yield Finding(label, Kind.DELETED, after + 1, last=entry.sequence - 1)
    elif entry.previous_hash != previous:
        yield Finding(label, Kind.UNLINKED, entry.sequence)
    if _recomputed(entry, label) != entry.hash:
        yield Finding(label, Kind.EDITED, entry.sequence)


def _recomputed(entry: Entry, label: str) -> str:
    try:
        return digest(hashed_fields(entry, chain=label))
    except (TypeError, ValueError):  # facts that `write` would never have let in
        return ""


def _faults_of_head(head: Chain, sequence: int, last_hash: str) -> Iterator[Finding]:
    if sequence < head.head_sequence:
        yield Finding(head.label, Kind.CUT, sequence + 1, last=head.head_sequence)
    elif last_hash != head.head_hash:
        yield Finding(head.label, Kind.HEAD, sequence)
    # Head and last entry in one statement, so that an entry written while we read is no false alarm.
    now = Chain.objects.annotate(last=Max("entries__sequence")).get(pk=head.pk)
    if (now.last or 0) > now.head_sequence:
        yield Finding(head.label, Kind.BEYOND_HEAD, now.head_sequence + 1, last=now.last)


def _faults_by(checkpoint: Checkpoint, hashes: dict[int, str], last: int) -> Iterator[Finding]:
    if checkpoint.sequence > last:
        yield Finding(checkpoint.chain, Kind.CUT, last + 1, last=checkpoint.sequence, checkpoint=checkpoint)
        return
    held = START if checkpoint.sequence == 0 else hashes.get(checkpoint.sequence)
    if held is not None and held != checkpoint.hash:  # a place that is empty was told as deleted
        yield Finding(checkpoint.chain, Kind.REWRITTEN, checkpoint.sequence, checkpoint=checkpoint)
