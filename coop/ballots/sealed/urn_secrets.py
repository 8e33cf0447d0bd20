"""The secret that makes envelopes repeatable: one file for each urn, outside the database and its backups.

With it and a form somebody could prove a vote, so it is destroyed when the count begins.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings

LENGTH = 32


def _file(mark: str) -> Path:
    if not mark.isalnum():
        raise ValueError("no mark of an urn")
    return Path(settings.URN_SECRETS) / mark


def make(mark: str) -> None:
    """Only its owner may read it. Raises FileExistsError when there is one."""
    path = _file(mark)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(LENGTH))
        file.flush()
        os.fsync(file.fileno())


def read(mark: str) -> bytes | None:
    """None when it is not there: never made on this machine, or destroyed."""
    try:
        found = _file(mark).read_bytes()
    except FileNotFoundError:
        return None
    return found if len(found) == LENGTH else None


def destroy(mark: str) -> None:
    _file(mark).unlink(missing_ok=True)
