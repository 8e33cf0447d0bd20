"""The only door into the journal."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.transaction import TransactionManagementError
from psycopg.types.json import Jsonb

from coop import unchanged
from coop.asked_often import Often, given
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

    The head of the chain stays locked until that transaction ends. Outside of one the lock is refused.
    """
    head = _held(chain)
    entry = _next(head, verb, subject, facts or {}, by, at)
    with connection.cursor() as cursor:
        cursor.execute(INSERT_AND_MOVE_ON, _values(head, entry))
        (entry.pk,) = cursor.fetchone()
    entry._state.adding, entry._state.db = False, connection.alias
    return entry


def write_many(
    chain: Chain,
    lines: Iterable[tuple[str, Subject, Mapping[str, object]]],
    *,
    by: Actor,
    at: datetime,
) -> list[Entry]:
    """Append an entry for each verb, subject and facts, as `write` would one by one; the entries come without ids.

    The database checks each step of the chain, so each is a statement of its own; but nobody waits for each answer.
    """
    head = _held(chain)
    entries = []
    with connection.cursor() as cursor, connection.wrap_database_errors, connection.connection.pipeline():
        for verb, subject, facts in lines:
            entry = _next(head, verb, subject, facts, by, at)
            cursor.execute(INSERT, _values(head, entry))
            cursor.execute(MOVE_ON, [head.head_sequence, head.head_hash, head.pk])
            entries.append(entry)
    return entries


COLUMNS = (
    "sequence", "at", "actor_id", "actor_name", "verb", "subject_kind", "subject_id", "subject_label",
    "previous_hash", "hash",
)  # fmt: skip
INSERT = (
    f"INSERT INTO journal_entry (chain_id, facts, {', '.join(COLUMNS)})"  # noqa: S608 names of columns
    f" VALUES (%s, %s, {', '.join(['%s'] * len(COLUMNS))})"
)
MOVE_ON = "UPDATE journal_chain SET head_sequence = %s, head_hash = %s WHERE id = %s"
INSERT_AND_MOVE_ON = (
    f"WITH entry AS ({INSERT} RETURNING id, chain_id, sequence, hash)"  # noqa: S608 names of columns
    " UPDATE journal_chain SET head_sequence = entry.sequence, head_hash = entry.hash"
    " FROM entry WHERE journal_chain.id = entry.chain_id RETURNING entry.id"
)
HEAD = Often(lambda: Chain.objects.select_for_update(no_key=True).filter(pk=given("chain")))


def _held(chain: Chain) -> Chain:
    """The head as it stands, held until the transaction ends."""
    if not connection.in_atomic_block:  # Django looks only when the words are put together
        raise TransactionManagementError("the journal is written within a transaction")
    unchanged.moved_on()
    head = HEAD.first(chain=chain.pk)
    if head is None:
        raise Chain.DoesNotExist
    return head


def _values(head: Chain, entry: Entry) -> list[Any]:
    return [head.pk, Jsonb(entry.facts), *(getattr(entry, name) for name in COLUMNS)]


def _next(
    head: Chain, verb: str, subject: Subject, facts: Mapping[str, object], by: Actor, at: datetime
) -> Entry:
    """The entry that follows the head, and the head moved on to it; neither is stored yet."""
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
    head.head_sequence, head.head_hash = entry.sequence, entry.hash
    return entry
