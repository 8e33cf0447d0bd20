"""For `make check`: no question to any database, so none has to run."""

from typing import Any

from tests.settings import *  # noqa: F403


class Nowhere:
    """makemigrations asks no database for its history when no migration belongs there."""

    def allow_migrate(self, *args: Any, **hints: Any) -> bool:
        return False


DATABASE_ROUTERS = ["tests.settings_offline.Nowhere"]
