"""What many tests begin with is done once, and the next test of the module goes back to it.

The tests of a module run one after the other in one transaction, each from a savepoint that it is put back to. A test
that begins with a step that the last one began with, such as `plant()` and then `open_vote(plant)`, finds it done:
nothing else was asked of the database before, so nothing can be different. Whatever it does then is undone to the end
of the steps, and a step that comes in another order or with other values is done anew.

    @kept          a function of tests/make*.py that only writes rows and returns something that can be pickled
    Transaction    what a module's tests run in; tests/conftest.py puts it in the place of pytest-django's

A test gets its own copies of what a step returned, with those things in them that the steps before returned.
"""

from __future__ import annotations

import dataclasses
import datetime
import enum
import io
import pickle
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model

P = ParamSpec("P")
R = TypeVar("R")

STALE = 60.0  # seconds; a step says "ten minutes ago", and a minute more is what a slow machine takes as well
ASLEEP = 20.0  # seconds without a question; PostgreSQL ends a transaction that waits for a minute


class NotTold(Exception):
    """A value of which nobody can say whether it is the same again."""


def told(value: Any) -> Any:
    """A value as part of the name of a step: equal when the step would write the same rows."""
    if value is None or isinstance(value, str | bytes | int | float | enum.Enum | datetime.timedelta):
        return type(value).__name__, value
    if isinstance(value, datetime.date):
        return "date", value.isoformat()
    if isinstance(value, Model) and value.pk is not None:
        return value._meta.label, value.pk
    if isinstance(value, Mapping):
        return "mapping", tuple((told(key), told(one)) for key, one in value.items())
    if isinstance(value, Sequence):
        return "sequence", tuple(told(one) for one in value)
    if dataclasses.is_dataclass(value):
        fields = dataclasses.fields(value)
        return type(value).__name__, tuple(told(getattr(value, field.name)) for field in fields)
    raise NotTold


def kept(step: Callable[P, R]) -> Callable[P, R]:
    """A step that the next test finds done. Outside of a `Transaction` it is the function itself."""

    @wraps(step)
    def walked(*arguments: P.args, **named: P.kwargs) -> R:
        return here.walk(step, arguments, named) if here is not None else step(*arguments, **named)

    return walked


@dataclasses.dataclass
class Step:
    name: Any
    result: bytes
    done: float
    secrets: dict[Path, bytes]  # files of urns that it wrote


class Transaction:
    """Of one module: the steps that are done in it, and how many of them the running test has walked."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.walked = 0
        self.known: dict[Any, object] = {}  # what the steps of this test returned, for its later steps
        self.apart = False  # the test has asked for something that is no step
        self.inside = False  # a step
        self.outer: Any = None
        self.plain: Any = None
        self.depth = 0, 0
        self.asked = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        running.append(self)
        try:
            yield
        finally:
            running.remove(self)

    # --- one test ---

    def begin(self) -> None:
        if self.outer is not None and time.monotonic() - self.asked > ASLEEP:
            self.end_all()
        if self.outer is None:
            self.outer = _entered()
            self.depth = len(connection.atomic_blocks), len(connection.savepoint_ids)
            self._say("SAVEPOINT kept_0")
        self.walked, self.apart, self.known = 0, False, {}
        if len(connection.atomic_blocks) > self.depth[0]:
            self.plain = _entered()  # inside of something else that the module holds
        else:
            connection.execute_wrappers.append(self._watch)
            globals()["here"] = self

    def end(self) -> None:
        """Puts the database back to the last step of this test; what is left to be checked at commit is checked."""
        globals()["here"] = None
        try:
            if connection.in_atomic_block and not connection.needs_rollback and connection.is_usable():
                self.inside = True
                connection.check_constraints()
        finally:
            self.inside = False
            if self.plain is not None:
                plain, self.plain = self.plain, None
                _left(plain)
            else:
                connection.execute_wrappers.remove(self._watch)
                self._go_back()

    def end_all(self) -> None:
        """Nothing is kept any more: for the end of the module, and before the connection is closed."""
        if self.outer is not None:
            outer, self.outer = self.outer, None
            self.steps.clear()
            _left(outer)

    def _go_back(self) -> None:
        if (
            connection.closed_in_transaction
            or connection.connection is None
            or not connection.in_atomic_block
        ):
            self.end_all()  # the test closed it
            return
        connection.needs_rollback = False
        connection.run_on_commit.clear()
        del connection.savepoint_ids[self.depth[1] :]
        if self.apart:
            self._say(f"ROLLBACK TO SAVEPOINT kept_{self.walked}")

    # --- steps ---

    def walk(self, step: Callable[..., R], arguments: Sequence[Any], named: Mapping[str, Any]) -> R:
        if self.inside or self.apart:
            return step(*arguments, **named)
        try:
            name = step.__qualname__, step.__module__, told(arguments), told(named)
        except NotTold:
            return step(*arguments, **named)
        if self.walked < len(self.steps):
            before = self.steps[self.walked]
            if before.name == name and time.monotonic() - before.done < STALE:
                return self._again(before)
            self._forget_the_rest()
        return self._anew(name, lambda: step(*arguments, **named))

    def _again(self, step: Step) -> Any:
        for file, content in step.secrets.items():
            file.write_bytes(content)
        result = _Unpacker(io.BytesIO(step.result), self.known).load()
        self.walked += 1
        self._know(result)
        return result

    def _anew(self, name: Any, act: Callable[[], R]) -> R:
        secrets = set(_secrets())
        self.inside = True
        try:
            result = act()
            connection.check_constraints()
            packed = _packed(result, self.known)
        except BaseException:
            self.apart = True  # a refusal that the test waits for, or something that cannot be kept
            raise
        finally:
            self.inside = False
        if connection.needs_rollback:
            self.apart = True
            return result
        self.walked += 1
        self._say(f"SAVEPOINT kept_{self.walked}")
        written = {file: file.read_bytes() for file in _secrets() if file not in secrets}
        self.steps.append(Step(name, packed, time.monotonic(), written))
        self._know(result)
        return result

    def _know(self, result: object) -> None:
        for path, one in _things(result):
            self.known.setdefault((self.walked, path), one)

    def _forget_the_rest(self) -> None:
        if self.walked < len(self.steps):
            del self.steps[self.walked :]
            self._say(f"ROLLBACK TO SAVEPOINT kept_{self.walked}")

    def _watch(self, ask: Callable[..., Any], words: Any, values: Any, many: bool, context: Any) -> Any:
        if not (self.inside or self.apart):
            self._forget_the_rest()
            self.apart = True
        return ask(words, values, many, context)

    def _say(self, words: str) -> None:
        """Past Django, which would count it among the questions of the test."""
        connection.ensure_connection()
        connection.connection.execute(words)
        self.asked = time.monotonic()


here: Transaction | None = None  # in which a test runs now


running: list[Transaction] = []


def end_all() -> None:
    for one in running:
        one.end_all()


def _entered() -> Any:
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # as Django's own tests do: durable blocks may stand inside
    block.__enter__()
    return block


def _left(block: Any) -> None:
    connection.needs_rollback = True
    block.__exit__(None, None, None)


# --- What a step returned, for the next test ------------------------------------------------------------------------


def _things(result: object) -> Iterator[tuple[str, object]]:
    """What later steps may hold on to: the result itself, and what lies in the small plant."""
    if isinstance(result, Model):
        yield "", result
    elif dataclasses.is_dataclass(result) and not isinstance(result, type):
        for name, one in vars(result).items():
            inside = one.items() if isinstance(one, dict) else [("", one)]
            yield from ((f"{name}.{key}", thing) for key, thing in inside if isinstance(thing, Model))


def _packed(result: object, known: Mapping[Any, object]) -> bytes:
    file = io.BytesIO()
    _Packer(file, known).dump(result)
    return file.getvalue()


class _Packer(pickle.Pickler):
    def __init__(self, file: io.BytesIO, known: Mapping[Any, object]) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self.known = {id(one): name for name, one in known.items()}

    def persistent_id(self, one: Any) -> Any:
        return self.known.get(id(one)) if isinstance(one, Model) else None


class _Unpacker(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, known: Mapping[Any, object]) -> None:
        super().__init__(file)
        self.known = known

    def persistent_load(self, name: Any) -> Any:
        return self.known[name]


def _secrets() -> list[Path]:
    folder = Path(settings.URN_SECRETS)
    return [file for file in folder.iterdir() if file.is_file()] if folder.is_dir() else []
