"""Django's sessions, kept in a table that knows whose they are and on what device. Judged by the database's clock.

`kind` and `browser` are written into the session when somebody signs in; here they become columns.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db.models import QuerySet
from django.db.models.functions import Now

from coop.asked_often import Often, given

from .models import Session
from .models.sessions import IDLE, Kind


def _alive() -> QuerySet[Any]:
    sessions = Session.objects.annotate(now=Now()).select_related("account")
    return sessions.filter(expire_date__gt=Now(), session_key=given("key"))


ALIVE = Often(_alive)


class SessionStore(db.SessionStore):
    """`row` is what was found in the table when the session was loaded: with its account, and `now`, the hour of the
    database."""

    row: Any = None

    @classmethod
    def get_model_class(cls) -> Any:
        return Session

    def _get_session_from_db(self) -> Any:
        self.row = ALIVE.first(key=self.session_key)
        if self.row is None:
            self._session_key = None
        return self.row

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """A new key begins a new life; an old one keeps its hours, which only `touch` writes."""
        key = self._get_or_create_session_key()  # type: ignore[attr-defined]  # the stubs leave it out
        kind = Kind(data.get("kind", Kind.BORROWED))
        row = self.row if self.row is not None and self.row.session_key == key else None
        table: Any = self.get_model_class()
        return table(
            session_key=key,
            session_data=self.encode(data),
            account_id=int(data[SESSION_KEY]) if SESSION_KEY in data else None,
            kind=kind,
            browser=data.get("browser", ""),
            expire_date=row.expire_date if row else Now() + IDLE[kind],
            made_at=row.made_at if row else Now(),
            seen_at=row.seen_at if row else Now(),
            secret_due=row.secret_due if row else False,
        )
