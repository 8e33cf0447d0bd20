"""What the docs name, as functions over their text: commands, settings, addresses, files, words on the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
HANDBOOKS = ("worker", "secretary", "admin", "commission")
BLOCK = re.compile(r"^ {4}(?! )[^\n]*|^```.*?^```", re.M | re.S)


def pages() -> dict[str, str]:
    """Every page by its name from the root; what is told of other programs' words is told in code as well."""
    return {
        str(file.relative_to(ROOT)): file.read_text()
        for file in [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
    }


def code(text: str) -> Iterator[str]:
    """Everything set as code: blocks, line by line, and what stands between backticks."""
    for block in BLOCK.findall(text):
        yield from block.splitlines()
    yield from (" ".join(span.split()) for span in re.findall(r"`([^`]+)`", text))


def make_targets(text: str) -> set[str]:
    """`make run PORT=8000` is `run`; in a sentence of code such as `make run; make test` each."""
    return {
        target
        for line in code(text)
        for target in re.findall(r"(?:^|[;&|(]|\s\s|\w=\S+ )\s*make ((?:\.venv/)?[a-z][a-z-]*)", line)
    }


def management_commands(text: str) -> list[tuple[str, set[str]]]:
    """Each `manage.py name` with the options that are named beside it."""
    found = []
    for line in code(text):
        for name, rest in re.findall(r"manage\.py ([a-z_]+)([^;|`]*)", line):
            found.append((name, set(re.findall(r"(?<!\w)--[a-z][a-z-]+", rest))))
    return found


def settings_named(text: str) -> set[str]:
    """Names of the environment: ours begin with COOP_; the others are few and known by heart."""
    return set(re.findall(r"\bCOOP_[A-Z_]+[A-Z]\b", text)) | {
        name
        for line in code(text)
        for name in re.findall(r"\b(?:DATABASE_[A-Z_]+|SECRET_[A-Z]+|PEPPER[A-Z_]*|PORT)\b", line)
    }


def addresses(text: str) -> set[str]:
    """`/health/`: what begins and ends with a slash and has nothing of a machine in it."""
    return {line for line in code(text) if re.fullmatch(r"/(?:[a-z0-9-]+/)+", line)}


def links(text: str) -> set[str]:
    found = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) + re.findall(r'src="([^"]+)"', text)
    return {link for link in found if "://" not in link}


def files(text: str) -> set[str]:
    """`tests/make.py`, `coop/urls/`: paths from the root, with `*` for any."""
    return {
        line
        for line in code(text)
        if re.fullmatch(r"(?:coop|tests|docs|templates|static)/[\w./*-]*[\w/*]", line)
    }


def words_on_the_screen(text: str) -> set[str]:
    """*My votes*: in the handbooks and the README one star means a word that can be read on a page."""
    plain = re.sub(r"`[^`]*`|\*\*[^*]+\*\*", "", BLOCK.sub("", text))
    return {
        " ".join(words.split()) for words in re.findall(r"(?<!\*)\*([^*\s](?:[^*]*[^*\s])?)\*(?!\*)", plain)
    }
