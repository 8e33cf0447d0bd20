"""What a backup says of itself: the hash of the dump, the rows of every table, the triggers that guard them.

No Django here. The manifest is no proof: whoever can change the dump can write it anew. What proves is a checkpoint
that somebody else keeps.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

DUMP, CHECKPOINTS, MANIFEST = "database.dump", "checkpoints.jsonl", "manifest.json"
FORMAT = 1
PIECE = 1024 * 1024


@dataclass(frozen=True)
class Contents:
    """What can be asked of a database again, after it was restored."""

    migrations: list[str]
    rows: dict[str, int]
    triggers: int
    guards: str  # SHA-256 of every trigger, its state and its function


@dataclass(frozen=True)
class Manifest:
    made_at: str
    database: str
    postgresql: int
    bytes: int
    sha256: str
    left_out: list[str]  # tables of which only the shape is kept
    contents: Contents
    format: int = FORMAT

    def text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


class NoBackup(ValueError):
    """Says what is wrong with the folder."""


def read(folder: Path) -> Manifest:
    """The manifest of a whole backup: the dump is there, and is the one that was written."""
    try:
        values = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        found = Manifest(**{**values, "contents": Contents(**values["contents"])})
    except FileNotFoundError:
        raise NoBackup(f"{folder} is no backup: it has no {MANIFEST}.") from None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise NoBackup(f"{folder / MANIFEST} cannot be read: {error}") from None
    if found.format != FORMAT:
        raise NoBackup(f"{folder} was written in format {found.format}; this program reads format {FORMAT}.")
    for name in (DUMP, CHECKPOINTS):
        if not (folder / name).is_file():
            raise NoBackup(f"{folder} is not whole: {name} is missing.")
    if sha256_of(folder / DUMP) != found.sha256:
        raise NoBackup(f"{folder / DUMP} is not what was written: its SHA-256 is another than in {MANIFEST}.")
    return found


def sha256_of(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while piece := content.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def differences(kept: Contents, now: Contents) -> list[str]:
    """What a restored database has otherwise than the one that was copied."""
    told = [
        f"{table}: {kept.rows.get(table, 'no')} rows were kept, {now.rows.get(table, 'no')} are there"
        for table in sorted(kept.rows.keys() | now.rows.keys())
        if kept.rows.get(table) != now.rows.get(table)
    ]
    if kept.guards != now.guards:
        told.append(f"the triggers are not those that were kept: {kept.triggers} then, {now.triggers} now")
    if kept.migrations != now.migrations:
        told.append("the migrations are not those that were kept")
    return told
