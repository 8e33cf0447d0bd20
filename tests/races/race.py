"""One act many times at once on a committed copy of the database, each in a thread with its own connection."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections

from coop.refusals import Refused


def race(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each act returned, or the exception it raised, in order; all start together."""
    gate = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=20)
            results[place] = act()
        except Exception as problem:  # noqa: BLE001 - the test looks at it
            results[place] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def refusals(results: Sequence[Any]) -> list[str]:
    """The codes of the refusals among results; any other exception is raised."""
    codes = []
    for result in results:
        if isinstance(result, Refused):
            codes.append(result.reasons[0].code)
        elif isinstance(result, Exception):
            raise result
    return codes
