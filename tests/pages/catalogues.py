"""Reads the .po files of coop/locale: what a test or .ci/words.py has to know of an entry, and nothing more."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

LOCALE = Path(__file__).parents[2] / "coop" / "locale"
_WORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$')


@dataclass
class Entry:
    """One msgid. `words` has one text, or one for each plural form."""

    source: str
    plural: str = ""
    context: str = ""
    words: list[str] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.source


def entries(text: str) -> list[Entry]:
    """Without the head. Raises ValueError where a line is not one of a .po file."""
    return [entry for block in re.split(r"\n\s*\n", text) if (entry := _entry(block)) and entry.source]


def _entry(block: str) -> Entry | None:
    found: dict[str, str] = {}
    files: set[str] = set()
    flags: set[str] = set()
    last = ""
    for line in block.splitlines():
        if line.startswith("#:"):
            files |= {name.removeprefix("./") for name in line[2:].split()}
        elif line.startswith("#,"):
            flags |= {flag.strip() for flag in line[2:].split(",")}
        elif line.startswith("#~"):
            flags.add("obsolete")
        elif match := _WORD.match(line):
            last = match[1]
            found[last] = ast.literal_eval(match[2])
        elif line.startswith('"') and last:
            found[last] += ast.literal_eval(line)
        elif line and not line.startswith("#"):
            raise ValueError(line)
    if "msgid" not in found:
        return Entry("#~", flags=flags) if "obsolete" in flags else None
    words = [text for name, text in sorted(found.items()) if name.startswith("msgstr")]
    return Entry(found["msgid"], found.get("msgid_plural", ""), found.get("msgctxt", ""), words, files, flags)
