"""Django's PostgreSQL engine, but that a connection is looked at before a request instead of asked (Django loads
"<ENGINE>.base").

Whoever is at the other end and goes away (stopped, killed, started anew, told to drop us) closes the line or says
something into it, and one call of the operating system sees that. Only then is PostgreSQL asked whether it holds.
"""

from __future__ import annotations

import select
from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    health_check_enabled: bool  # what Django's own attributes are, where its stubs do not say
    health_check_done: bool

    def close_if_health_check_failed(self) -> None:
        due = self.connection is not None and self.health_check_enabled and not self.health_check_done
        if due and nothing_came(self.connection):
            self.health_check_done = True
            return
        super().close_if_health_check_failed()


def nothing_came(connection: Any) -> bool:
    """Whether the line is open and nobody has said anything into it since the last answer."""
    if connection.closed:
        return False
    line = select.poll()
    line.register(connection.fileno(), select.POLLIN)
    return not line.poll(0)
