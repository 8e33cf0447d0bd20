"""One connection, three hats: the application's; for a while the owner's or the administrator's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from coop.database_roles import MIGRATIONS, OWNER
from coop.local_postgres.cluster import ADMINISTRATOR

LOGIN = ("USER", "PASSWORD", "HOST", "PORT")


@contextmanager
def acting_as_administrator(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """May make roles and databases: the cluster's own login; else DATABASE_OWNER_URL, else DATABASE_URL."""
    with _as(connection, embedded=ADMINISTRATOR, role=None):
        yield


@contextmanager
def acting_as_owner(connection: BaseDatabaseWrapper) -> Iterator[None]:
    with _as(connection, embedded=MIGRATIONS, role=OWNER):
        yield


@contextmanager
def _as(connection: BaseDatabaseWrapper, *, embedded: str, role: str | None) -> Iterator[None]:
    settings: dict[str, Any] = connection.settings_dict
    before = {key: settings[key] for key in (*LOGIN, "OPTIONS")}
    options = {
        key: value for key, value in before["OPTIONS"].items() if key not in {"assume_role", "options"}
    }
    given = settings.get("OWNER_LOGIN")
    if "LOCAL_HOME" in settings:
        settings["USER"] = embedded
    elif given:
        settings.update({key: given[key] for key in LOGIN})
        options |= given["OPTIONS"]
    connection.close()
    try:
        settings["OPTIONS"] = options | ({"assume_role": role} if role else {})
        yield
    finally:
        connection.close()
        settings.update(before)
