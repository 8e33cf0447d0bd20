"""Watches every request of the tests: whoever changes what pages keep until the next line of the journal writes one.

A page takes an answer of before while the journal has no new line (coop/unchanged.py). So each request whose stored
changes touch a table that such a question reads must have written a line; the tests of a request that has not fail.
"""

from __future__ import annotations

import gc
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from coop import unchanged
from coop.asked_often import Often
from coop.meetings.minutes_head import LED
from coop.search.sources import KINDS

CHANGED = re.compile(r'(?:INSERT INTO|(?<!FOR )(?<!KEY )UPDATE(?: ONLY)?|DELETE FROM) "?([a-z]+_[a-z_]+)"?')
READ = re.compile(r'(?:FROM|JOIN) \(*"([a-z_]+)"')
LINES = "journal_entry"


@cache
def kept_tables() -> frozenset[str]:
    """What the questions read whose answers are kept."""
    questions = [one for one in gc.get_objects() if type(one) is Often and one.told]
    questions.append(LED)  # of a meeting that is closed, so that its hour stands (pages/minutes/sheet.py)
    of_search = [table for kind in KINDS.values() for table, _key, _words in kind.titles + kind.passages]
    asked_for = {
        "production_problemevent"
    }  # the search asks for the last of them each time; nobody else is let off
    of_pages = (READ.findall(one.put_together.words) for one in questions)
    return frozenset(of_search).difference(asked_for).union(*of_pages)


class Watch:
    """What requests have changed without a line, for as long as it watches."""

    def __init__(self) -> None:
        self.untold: list[tuple[str, frozenset[str]]] = []
        self.warm = False  # whether a request may know what the one before was told
        self._of = threading.local()  # of the request: its address, and the tables it changes

    @property
    def _changes(self) -> list[tuple[str, ...]] | None:
        return getattr(self._of, "changes", None)

    def sees(self, execute: Callable[..., Any], sql: Any, *how: Any) -> Any:
        done = execute(sql, *how)
        if self._changes is not None:
            words = str(sql)
            if words.startswith(("ROLLBACK TO", "SAVEPOINT")):
                self._undone(words)
            elif found := CHANGED.findall(words):
                self._changes.append(tuple(found))
        return done

    def _undone(self, words: str) -> None:
        mark, changes = (words.split()[-1],), self._of.changes
        if words.startswith("SAVEPOINT"):
            changes.append(mark)
        elif mark in changes:
            del changes[changes.index(mark) :]

    def begins(self, environ: Any = None, **_more: Any) -> None:
        self._of.path = f"{(environ or {}).get('REQUEST_METHOD')} {(environ or {}).get('PATH_INFO')}"
        self._of.changes = []
        if not self.warm:
            unchanged.forget()

    def ends(self, **_more: Any) -> None:
        tables = {table for found in self._changes or () for table in found}
        self._of.changes = None
        if LINES not in tables and (untold := tables & kept_tables()):
            self.untold.append((self._of.path, frozenset(untold)))


@contextmanager
def watched() -> Iterator[Watch]:
    watch = Watch()

    def look(connection: BaseDatabaseWrapper, **_more: Any) -> None:
        if watch.sees not in connection.execute_wrappers:
            connection.execute_wrappers.append(watch.sees)

    request_started.connect(watch.begins)
    request_finished.connect(watch.ends)
    connection_created.connect(look)
    look(connection)  # type: ignore[arg-type]
    try:
        yield watch
    finally:
        request_started.disconnect(watch.begins)
        request_finished.disconnect(watch.ends)
        connection_created.disconnect(look)
        connection.execute_wrappers.remove(watch.sees)
