"""Whatever the docs name is there: a command, a setting, an address, a file, a word on a button."""

from __future__ import annotations

import re
from argparse import ArgumentParser

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import Resolver404, resolve

from coop import settings
from tests.docs import named
from tests.pages.catalogues import LOCALE, entries

PAGES = named.pages()
OURS = {"DATABASE_URL", "DATABASE_OWNER_URL", "SECRET_KEY", "PEPPER", "PORT"}
# What stands between stars and is no word of a page: names, emphasis, the words of other programs.
NO_WORDS = {"this shape", "that"}


def parser_of(name: str) -> ArgumentParser:
    return load_command_class(get_commands()[name], name).create_parser("manage.py", name)


@pytest.mark.parametrize("page", PAGES)
def test_every_target_of_make(page: str) -> None:
    makefile = (named.ROOT / "Makefile").read_text().replace("$(VENV)", ".venv")
    targets = set(re.findall(r"^([\w./-]+):", makefile, re.M))
    assert named.make_targets(PAGES[page]) - targets == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_command_and_its_options(page: str) -> None:
    told = named.management_commands(PAGES[page])
    assert {name for name, _options in told} - set(get_commands()) == set()
    unknown = {
        (name, option)
        for name, options in told
        for option in options
        if option not in parser_of(name)._option_string_actions
    }
    assert unknown == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_setting(page: str) -> None:
    assert named.settings_named(PAGES[page]) - settings.env.known == set()


def test_the_operator_reads_of_every_setting_and_every_command_that_is_theirs() -> None:
    told = PAGES["docs/operator.md"]
    table = set(
        re.findall(r"`([A-Z_]+)`", "".join(line for line in told.splitlines() if line.startswith("|")))
    )
    assert settings.env.known - table == set()
    commands = {name for name, _options in named.management_commands(told)}
    assert {"backup", "restore", "guard", "migrate", "found", "tick"} <= commands


@pytest.mark.parametrize("page", PAGES)
def test_every_address(page: str) -> None:
    def leads_nowhere(address: str) -> bool:
        try:
            resolve(address)
        except Resolver404:
            return True
        return False

    assert {address for address in named.addresses(PAGES[page]) if leads_nowhere(address)} == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_file_and_link(page: str) -> None:
    here = (named.ROOT / page).parent
    assert {link for link in named.links(PAGES[page]) if not (here / link).exists()} == set()
    assert {path for path in named.files(PAGES[page]) if not [*named.ROOT.glob(path.rstrip("/"))]} == set()


@pytest.mark.parametrize(
    "page", ["README.md", *(f"docs/{name}.md" for name in named.HANDBOOKS), "docs/operator.md"]
)
def test_every_word_on_the_screen(page: str) -> None:
    catalogue = entries((LOCALE / "es" / "LC_MESSAGES" / "django.po").read_text())
    spoken = {entry.source for entry in catalogue if "obsolete" not in entry.flags}
    assert named.words_on_the_screen(PAGES[page]) - spoken - NO_WORDS == set()


def test_what_is_set_up_by_the_examples_is_read_by_the_program() -> None:
    folder = named.ROOT / "docs" / "examples"
    lines = (folder / "asamblea.env").read_text().splitlines()
    given = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    assert given <= settings.env.known
    units = "".join(file.read_text() for file in folder.glob("asamblea*.service"))
    ran = set(re.findall(r"manage\.py ([a-z_]+)", units))
    assert ran == {"backup", "restore", "guard"}
    assert ran <= set(get_commands())


# --- Each finding has been seen to bite -------------------------------------------------------------------------------

WRONG = """\
Run `make runn` or

    COOP_DEMO=0 make tests PORT=1

then `.venv/bin/python manage.py restor x; manage.py backup --fast`, set `COOP_BACKUPS` and `PEPPERS`, and look
at `/healthy/`, `tests/nothing.py` and [this](nowhere.md): **not this**, but *My wotes* and
*Where I am
signed in*."""


def test_what_is_not_there_is_seen() -> None:
    assert named.make_targets(WRONG) == {"runn", "tests"}
    assert named.management_commands(WRONG) == [("restor", set()), ("backup", {"--fast"})]
    assert named.settings_named(WRONG) == {"COOP_DEMO", "COOP_BACKUPS", "PEPPERS", "PORT"}
    assert named.addresses(WRONG) == {"/healthy/"}
    assert (named.files(WRONG), named.links(WRONG)) == ({"tests/nothing.py"}, {"nowhere.md"})
    assert named.words_on_the_screen(WRONG) == {"My wotes", "Where I am signed in"}
