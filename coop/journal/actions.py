"""The only door into the journal."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from coop.journal.hashing import START, digest, hashed_fields, plain
from coop.journal.models import Actor, Chain, Entry, Subject

LABEL_LENGTH = 300


def start_chain(*, label: str) -> Chain:
    """An empty chain for a co-operative that is being founded."""
    return Chain.objects.create(label=label, head_sequence=0, head_hash=START)


def write(
    chain: Chain,
    *,
    verb: str,
    subject: Subject,
    by: Actor,
    at: datetime,
    facts: Mapping[str, object] | None = None,
) -> Entry:
    """Append one entry, inside the transaction of the act it tells of and as the last thing in it.

    The head of the chain stays locked until that transaction ends. Outside of one Django refuses the lock.
    """
    return write_many(chain, [(verb, subject, facts or {})], by=by, at=at)[0]


def write_many(
    chain: Chain,
    lines: Iterable[tuple[str, Subject, Mapping[str, object]]],
    *,
    by: Actor,
    at: datetime,
) -> list[Entry]:
    """Append an entry for each verb, subject and facts, as `write` would one by one, asking for the head once."""
    head = Chain.objects.select_for_update(no_key=True).get(pk=chain.pk)
    return [_append(head, verb, subject, facts, by, at) for verb, subject, facts in lines]


def _append(
    head: Chain, verb: str, subject: Subject, facts: Mapping[str, object], by: Actor, at: datetime
) -> Entry:
    entry = Entry(
        chain=head,
        sequence=head.head_sequence + 1,
        at=at,
        actor_id=by.id,
        actor_name=by.name,
        verb=verb,
        subject_kind=subject.kind,
        subject_id=str(subject.id),
        subject_label=subject.label[:LABEL_LENGTH],
        facts=plain(facts),
        previous_hash=head.head_hash,
    )
    entry.hash = digest(hashed_fields(entry, chain=head.label))
    entry.save(force_insert=True)
    head.head_sequence, head.head_hash = entry.sequence, entry.hash
    head.save(update_fields=["head_sequence", "head_hash"])
    return entry
