"""Takes the words of the house out of code and templates, and puts them into coop/locale/*/LC_MESSAGES/django.po.

Django's makemessages finds them (it needs xgettext, of GNU gettext); this puts them in the order of the files they come
from, with the translations that were there, so that a change touches few lines. What is new stands there empty and is
named at the end; a language that is whole is compiled (msgfmt, of GNU gettext too). A word that is used alone here and
with a plural there is one entry: the one with the plural. What xgettext overlooks in f-strings is read by Python.
"""

import ast
import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings_offline")

import django
from django.core.management import call_command
from django.core.management.commands import makemessages

from tests.pages.catalogues import LOCALE, Entry, entries

HEADS = {
    "es": ("Spanish", "nplurals=2; plural=(n != 1);"),
    "pt_BR": ("Portuguese (Brazil)", "nplurals=2; plural=(n > 1);"),
}


class Found(Exception):
    """The words were found; nothing of what makemessages does next is wanted."""


class Words(makemessages.Command):
    def build_potfiles(self) -> list[str]:
        files = self.find_files(".")
        self.remove_potfiles()
        self.process_files(files)
        raise Found


def found() -> dict[tuple[str, str], Entry]:
    """Every word of the house, by context and source."""
    with contextlib.suppress(Found):
        call_command(
            Words(stdout=io.StringIO(), stderr=io.StringIO()),
            locale=["es"],
            extensions=["html", "py"],
            ignore_patterns=["tests/*"],
            add_location="file",
            keep_pot=True,
        )
    pot = LOCALE / "django.pot"
    words: dict[tuple[str, str], Entry] = {}
    for entry in entries(pot.read_text()):
        there = words.setdefault(entry.key, entry)
        there.files |= entry.files
        there.flags |= entry.flags
        if not there.plural or (entry.plural and ")d" in there.plural):
            there.plural = entry.plural or there.plural
    pot.unlink()
    for entry in in_code():
        words.setdefault(entry.key, entry).files.update(entry.files)
    return words


CALLS = {"_": 0, "gettext": 0, "gettext_lazy": 0, "gettext_noop": 0, "ngettext": 0, "ngettext_lazy": 0}
CALLS |= {"pgettext": 1, "pgettext_lazy": 1, "npgettext": 1}  # how many words of context come first


def in_code() -> Iterator[Entry]:
    """What Python itself reads: xgettext does not look into f-strings."""
    for path in sorted(Path("coop").rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in CALLS:
                continue
            name, said = node.func.id, [getattr(one, "value", None) for one in node.args]
            first = CALLS[name]
            wanted = said[: first + (2 if "ngettext" in name or "npgettext" in name else 1)]
            if wanted and all(isinstance(one, str) for one in wanted):
                plural = wanted[first + 1] if len(wanted) > first + 1 else ""
                flags = {"python-format"} if "%(" in wanted[first] else set()
                yield Entry(wanted[first], plural, wanted[0] if first else "", [], {path.as_posix()}, flags)


def told(language: str, words: dict[tuple[str, str], Entry]) -> tuple[str, list[str]]:
    """The file for one language, and what has no words in it yet."""
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    before = {entry.key: entry for entry in entries(path.read_text())} if path.exists() else {}
    name, plural = HEADS[language]
    blocks = [
        f"# {name} words of Asamblea. How they are kept and chosen: docs/languages.md.",
        (
            'msgid ""\nmsgstr ""\n"Project-Id-Version: Asamblea\\n"\n'
            f'"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
            f'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {plural}\\n"'
        ),
    ]
    new = []
    for entry in sorted(words.values(), key=lambda one: (min(one.files), one.context, one.source)):
        old = before.get(entry.key)
        forms = 2 if entry.plural else 1
        if old is None or len(old.words) != forms or not all(old.words):
            new.append(entry.source)
            entry.words = [""] * forms
        else:
            entry.words = old.words
        blocks.append("\n".join(lines(entry)))
    return "\n".join(blocks[:2]) + "\n\n" + "\n\n".join(blocks[2:]) + "\n", new


def lines(entry: Entry) -> Iterator[str]:
    yield from (f"#: {name}" for name in sorted(entry.files))
    if entry.flags - {"fuzzy"}:
        yield "#, " + ", ".join(sorted(entry.flags - {"fuzzy"}))
    if entry.context:
        yield f"msgctxt {quoted(entry.context)}"
    yield f"msgid {quoted(entry.source)}"
    if entry.plural:
        yield f"msgid_plural {quoted(entry.plural)}"
        yield from (f"msgstr[{form}] {quoted(words)}" for form, words in enumerate(entry.words))
    else:
        yield f"msgstr {quoted(entry.words[0])}"


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def main() -> int:
    django.setup()
    words = found()
    for language in HEADS:
        path = Path(LOCALE, language, "LC_MESSAGES", "django.po")
        if not path.exists():
            continue
        text, new = told(language, words)
        path.write_text(text)
        if not new:  # half a language is not spoken
            subprocess.run(
                ["msgfmt", "--check-format", "--check-domain", "-o", path.with_suffix(".mo"), path],
                check=True,
            )
        print(f"{path.relative_to(LOCALE.parent.parent)}: {len(words)} words, {len(new)} of them new")
        for source in new:
            print("   ", source)
    return 0


if __name__ == "__main__":
    sys.exit(main())
