"""Looks for choices in everything that a machine keeps: files of the database, its log of changes, dumps, logs.

The options of a vote stand in the database, so their codes alone prove nothing. What nobody may ever find is what only
a voter says: two of these codes beside each other as a ranking puts them, or one behind the name of a field.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path


def codes(count: int) -> list[str]:
    """Codes of options that stand nowhere else in the world."""
    return [f"k{secrets.token_hex(8)}" for _place in range(count)]


def pattern(of: Sequence[str]) -> re.Pattern[bytes]:
    """A ranking (b>a), marks (a=b), a list ("a","b"), or a field of the form that was filled in (rank-2-a=1)."""
    code = b"(?:%s)" % b"|".join(one.encode() for one in of)
    beside = rb"[>=,;:|\"'\s\\{}\[\]()]{1,6}" + code
    field = rb"(?:=|%3D|\"?: ?\"?|' ?: ?\[?')[1-9]"
    return re.compile(rb"%s(?:%s)|(?:rank|mark)-[0-9]+-%s(?:%s)" % (code, beside, code, field))


def found_in(files: Iterable[Path], of: Sequence[str]) -> dict[str, int]:
    """How often it stands in each file that holds it; files that vanish while they are read hold nothing."""
    hits = {}
    sought, marks = pattern(of), [code.encode() for code in of]
    for file in files:
        try:
            content = file.read_bytes()
        except OSError:
            continue
        if any(mark in content for mark in marks) and (count := len(sought.findall(content))):
            hits[str(file)] = count
    return hits


def everything_in(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and not file.is_symlink()]
