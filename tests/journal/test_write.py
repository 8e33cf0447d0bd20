import datetime
import threading
from unittest import mock

import pytest
from django.db import IntegrityError, connections, transaction

from coop.asked_often import Often, given
from coop.journal.actions import start_chain, write, write_many
from coop.journal.hashing import START, digest, hashed_fields
from coop.journal.models import CLOCK, Chain, Entry, Subject
from coop.journal.verify import verify

from .conftest import ANA, NOON, append

WRITERS, EACH = 6, 5


def test_entries_are_numbered_and_each_names_the_hash_before_it(chain: Chain) -> None:
    first, second = append(chain, "raised", "solved")
    chain.refresh_from_db()
    assert (first.sequence, first.previous_hash) == (1, START)
    assert (second.sequence, second.previous_hash) == (2, first.hash)
    assert (chain.head_sequence, chain.head_hash) == (2, second.hash)


def test_an_entry_read_back_has_the_hash_it_was_given(chain: Chain) -> None:
    append(chain, "raised")
    entry = Entry.objects.get(chain=chain)
    assert digest(hashed_fields(entry, chain="lucerna")) == entry.hash
    assert (entry.actor_id, entry.actor_name, entry.subject_id) == ("member:12", "Ana Ruiz", "1")


def test_each_chain_counts_for_itself(chain: Chain) -> None:
    other = start_chain(label="norte")
    append(chain, "raised", "solved")
    assert [entry.sequence for entry in append(other, "raised")] == [1]


def test_the_clock_can_act_and_a_long_label_is_shortened(chain: Chain) -> None:
    entry = write(chain, verb="closed", subject=Subject("ballot", 3, "x" * 999), by=CLOCK, at=NOON)
    entry.refresh_from_db()
    assert entry.actor_id == "clock"
    assert len(entry.subject_label) == 300
    assert verify([chain]) == []


@pytest.mark.parametrize("facts", [{"share": 0.5}, {"day": {1: 2}}])
def test_facts_that_would_not_come_back_equal_are_refused(chain: Chain, facts: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        write(chain, verb="raised", subject=Subject("p", 1, "P"), by=ANA, at=NOON, facts=facts)
    assert not Entry.objects.exists()


def test_a_moment_without_a_zone_is_refused(chain: Chain) -> None:
    with pytest.raises(ValueError, match="time zone"):
        write(chain, verb="raised", subject=Subject("p", 1, "P"), by=ANA, at=datetime.datetime(2026, 10, 14))


def test_an_entry_outside_the_transaction_of_its_act_is_refused(committed_db: str) -> None:
    chain = start_chain(label="lucerna")
    with pytest.raises(transaction.TransactionManagementError):
        write(chain, verb="raised", subject=Subject("p", 1, "P"), by=ANA, at=NOON)


def test_when_the_act_fails_its_entry_is_gone_and_the_next_takes_its_place(committed_db: str) -> None:
    chain = start_chain(label="lucerna")
    with pytest.raises(RuntimeError), transaction.atomic():
        append(chain, "raised")
        raise RuntimeError
    assert [entry.sequence for entry in append(chain, "raised")] == [1]
    assert verify([chain]) == []


def race(chain: Chain) -> list[Exception]:
    """Several writers at once; what went wrong for them."""
    failures: list[Exception] = []
    start = threading.Barrier(WRITERS)

    def work() -> None:
        try:
            start.wait(timeout=60)
            for _ in range(EACH):
                append(chain, "raised")
        except Exception as error:  # noqa: BLE001 - whatever it is, the test looks at it
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "somebody hangs"
    return failures


def test_many_writers_at_once_make_one_chain(committed_db: str) -> None:
    chain = start_chain(label="lucerna")
    assert race(chain) == []
    chain.refresh_from_db()
    assert chain.head_sequence == Entry.objects.count() == WRITERS * EACH
    assert verify([chain]) == []


def test_control_without_the_lock_writers_collide_and_the_database_refuses(committed_db: str) -> None:
    chain = start_chain(label="lucerna")
    unlocked = Often(lambda: Chain.objects.filter(pk=given("chain")))
    with mock.patch("coop.journal.actions.HEAD", unlocked):
        failures = next((lost for _try in range(10) if (lost := race(chain))), [])
    assert failures, "the race was not lost: this control proves nothing"
    assert all(isinstance(failure, IntegrityError) for failure in failures)
    assert verify([chain]) == []


def test_many_lines_at_once_are_the_chain_that_one_by_one_would_be(chain: Chain) -> None:
    lines = [
        ("raised", Subject("problem", place, f"Problem {place}"), {"place": place}) for place in range(5)
    ]
    with transaction.atomic():
        one_by_one = [
            write(chain, verb=verb, subject=what, by=ANA, at=NOON, facts=told) for verb, what, told in lines
        ]
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    at_once = write_many(chain, lines, by=ANA, at=NOON)
    assert [entry.hash for entry in at_once] == [entry.hash for entry in one_by_one]
    chain.refresh_from_db()
    assert (chain.head_sequence, chain.head_hash) == (5, at_once[-1].hash)
    assert verify([chain]) == []
