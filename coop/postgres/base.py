"""Django's PostgreSQL engine (Django loads "<ENGINE>.base"), but for three things.

A connection is looked at before a request instead of asked. Whoever is at the other end and goes away (stopped,
killed, started anew, told to drop us) closes the line or says something into it, and one call of the operating system
sees that. Only then is PostgreSQL asked whether it holds.

And a commit with a warning is not told as kept. A wait for the second machine that somebody ends (an operator, a
shutdown) is no error to PostgreSQL: it warns that the second may lack what was written, and goes on.

And plans of more questions are kept.
"""

from __future__ import annotations

import select
from functools import partial
from typing import Any

from django.db import OperationalError
from django.db.backends.postgresql import base

# Questions whose plans a connection keeps. psycopg keeps 100; thirty pages ask more, each then pushes out another, and
# half of PostgreSQL's work is planning. A plan takes some tenth of a megabyte.
KEPT_PLANS = 400


class NotConfirmed(OperationalError):
    """Written here; nobody knows whether it lies on the second machine as well."""


class DatabaseWrapper(base.DatabaseWrapper):
    health_check_enabled: bool  # what Django's own attributes are, where its stubs do not say
    health_check_done: bool

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.warnings: list[str] = []  # what PostgreSQL warned of since the commit under way began

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        line: Any = super().get_new_connection(conn_params)
        line.add_notice_handler(partial(note, self.warnings))  # bound to us it would keep lines open
        line.prepared_max = KEPT_PLANS
        return line

    def _commit(self) -> None:
        self.warnings.clear()
        super()._commit()  # type: ignore[misc]
        if self.warnings:
            raise NotConfirmed("; ".join(self.warnings))

    def close_if_health_check_failed(self) -> None:
        due = self.connection is not None and self.health_check_enabled and not self.health_check_done
        if due and nothing_came(self.connection):
            self.health_check_done = True
            return
        super().close_if_health_check_failed()


def note(warnings: list[str], notice: Any) -> None:
    if notice.severity_nonlocalized == "WARNING":
        warnings.append(str(notice.message_primary))


def nothing_came(connection: Any) -> bool:
    """Whether the line is open and nobody has said anything into it since the last answer."""
    if connection.closed:
        return False
    line = select.poll()
    line.register(connection.fileno(), select.POLLIN)
    return not line.poll(0)
