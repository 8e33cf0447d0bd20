"""One act many times at once on a committed copy of the database, each in a thread with its own connection.

What a race asserts must hold in every order of events that the system allows, on a machine that is busy with something
else. So who waits for whom is asked of PostgreSQL, never guessed from the clock; and a control, which takes a guard
away and must lose, either says itself who stands where, or may try again (`loses`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, connections, transaction

from coop.refusals import Refused

PATIENCE = 60  # seconds; only what hangs takes them
TRIES = 10


def race(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each act returned, or the exception it raised, in order; all start together."""
    gate = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            be_patient()
            gate.wait(timeout=PATIENCE)
            results[place] = act()
        except Exception as problem:  # noqa: BLE001 - the test looks at it
            results[place] = problem
        finally:
            connections.close_all()

    run_in_threads([lambda pair=pair: run(*pair) for pair in enumerate(acts)])  # type: ignore[misc]
    return results


def one_after_the_other(first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """`first` acts, and commits only when `second` is done or waits for a lock. What race() returns."""
    acted, done = threading.Event(), threading.Event()
    second_is: list[int] = []  # the process of PostgreSQL that serves it

    def then() -> Any:
        second_is.append(be_patient())
        try:
            assert acted.wait(timeout=PATIENCE), "the first has not acted"
            return second()
        finally:
            done.set()

    def slow() -> Any:
        with transaction.atomic():
            try:
                result = first()
            finally:
                acted.set()
            until(lambda: done.is_set() or bool(second_is and waits_for_us(second_is[0])))
        return result

    return race([slow, then])


def loses(lost: Callable[[], bool]) -> bool:
    """Whether a control has lost, in one of a few tries: a guard that is missing shows itself sooner or later."""
    return any(lost() for _try in range(TRIES))


def refusals(results: Sequence[Any]) -> list[str]:
    """The codes of the refusals among results; any other exception is raised."""
    codes = []
    for result in results:
        if isinstance(result, Refused):
            codes.append(result.reasons[0].code)
        elif isinstance(result, Exception):
            raise result
    return codes


def be_patient() -> int:
    """Connects before the start. A lock that others hold for long on a slow machine is no answer; its process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false), pg_backend_pid()", [f"{PATIENCE}s"])
        return int(cursor.fetchone()[1])


def waits_for_us(process: int) -> bool:
    """Whether this process of PostgreSQL waits now for a lock that this connection holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid() = ANY (pg_blocking_pids(%s))", [process])
        return bool(cursor.fetchone()[0])


def until(true: Callable[[], bool]) -> None:
    last = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < last, "waited in vain"
        time.sleep(0.01)


def run_in_threads(acts: Sequence[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=2 * PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "somebody hangs"
