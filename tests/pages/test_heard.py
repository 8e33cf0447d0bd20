"""Who hears a page instead of seeing it misses nothing: no dash stands alone for "there is nothing", and the check that
`test_spoken` makes of every page finds what it is for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from tests.pages.heard import unheard_in

ROOT = Path(settings.BASE_DIR)
ALONE = re.compile(r"""(?<=[>}])\s*[—–]\s*(?=[<{])|["'][—–]["']|&[mn]dash;""")
DASHES = {"—", "–"}

# Dashes that no page shows.
NOT_SHOWN = {
    "proposals/amendments_ended.py": "stands for the words that are not typed yet, where a rule is only asked",
    "decisions/after_the_decision.py": "the same",
    "proposals/life.py": "the same",
    "budget/files.py": "a printed sheet",
    "elections/printed.py": "a printed sheet",
    "people/exports.py": "a printed sheet",
    "selling/plans.py": "a printed sheet",
    "entrance/door.py": "the number of a writer, who is always known",
    "intake/lists.py": "a name that a file is kept under",
}


def lone_dashes(template: str) -> list[str]:
    without = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", template, flags=re.S)
    return [found.group().strip() for found in ALONE.finditer(without)
            if not re.search(r"\|date:[\"'][^\"']*[\"'] *}}$", without[: found.start()].rstrip())]  # fmt: skip


def dashes_of(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and node.value in DASHES:
            yield node.value


def test_no_dash_stands_alone_in_a_template() -> None:
    found = {
        str(one.relative_to(ROOT)): dashes
        for one in sorted((ROOT / "templates").rglob("*.html"))
        if (dashes := lone_dashes(one.read_text()))
    }
    assert found == {}


def test_no_page_makes_a_dash_of_its_own() -> None:
    pages = ROOT / "coop" / "pages"
    found = {str(one.relative_to(pages)) for one in pages.rglob("*.py") if any(dashes_of(one.read_text()))}
    assert found == set(NOT_SHOWN)


@pytest.mark.parametrize(
    "faulty",
    [
        "<td>—</td>",
        "<td> – </td>",
        '{{ crew|default:"—" }}',
        "{% if a %}{{ a }}{% else %}—{% endif %}",
        '{% firstof a b "–" %}',
        "<dd>&mdash;</dd>",
    ],
)
def test_the_check_finds_a_dash_that_stands_alone(faulty: str) -> None:
    assert lone_dashes(faulty)
    assert lone_dashes("{{ a|or_none }} {{ first|date:'H:i' }}–{{ last }} {# — #}<p>One — or two.</p>") == []
    assert list(dashes_of('x = y or "—"')) == ["—"]
    assert list(dashes_of('x = "From — to"')) == []


def test_nothing_is_a_dash_for_the_eye_and_a_word_for_the_ear() -> None:
    def drawn(template: str) -> str:
        return Template(template).render(Context({"some": "<b>", "nought": 0, "empty": "", "gone": None}))

    heard = '<span aria-hidden="true">—</span><span class="unseen">{}</span>'
    assert drawn("{{ some|or_none }} {{ nought|or_none }}") == "&lt;b&gt; 0"
    assert drawn("{{ empty|or_none }}") == drawn("{{ gone|or_none }}") == heard.format("none")
    assert drawn("{{ not.there|or_none }}{% nothing %}") == heard.format("none") * 2
    assert drawn('{% nothing "nobody" %}') == heard.format("nobody")


HEARD = """<!doctype html><html lang="en"><body><nav aria-label="Books"><a href="/">Home</a></nav>
<nav aria-label="You"><a href="/me">Me</a></nav><main><h1>Meeting</h1><h2>Who is in</h2><h3>Ana</h3><h2>After</h2>
<table><caption>People</caption><tr><th scope="col">Name</th></tr><tr><td>Ana</td></tr></table>
<form><label for="a">Reason</label><input id="a" name="a" aria-describedby="b"><p id="b">In words</p>
<label>Yes <input type="checkbox"></label><input type="hidden" name="c"><button>Go</button></form>
<div role="img" aria-labelledby="d"><p id="d">A bar</p><svg></svg></div><img src="/x" alt="A picture">
<div hx-get="/now" hx-trigger="every 5s"><p data-tell>12 of 40</p></div></main>
<p id="told" role="status"></p></body></html>"""


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("<td>Ana</td>", "<td>—</td>", "a dash alone: <td>"),
        ('<label for="a">Reason</label>', "Reason", 'a field without a label: <input id="a" name="a">'),
        ("<label>Yes ", "<label>", "a field without a label: <input>"),
        ("<button>Go</button>", "<button><svg aria-hidden='true'></svg></button>", "says nothing: <button>"),
        (' alt="A picture"', "", "a picture without words: <img>"),
        ('<div role="img" aria-labelledby="d">', "<div>", "a drawing: <svg>"),
        ("<h3>Ana</h3>", "<h4>Ana</h4>", "a heading h4 after h2"),
        ("<h2>After</h2>", "<h1>After</h1>", "2 headlines (h1)"),
        ('<th scope="col">', "<th>", "a head without scope: <th> Name"),
        ("<caption>People</caption>", "", "a table without a caption: <table>"),
        ('<nav aria-label="You">', "<nav>", "ways about not told apart: ['', 'Books']"),
        ('aria-label="You"', 'aria-label="Books"', "ways about not told apart: ['Books', 'Books']"),
        ("main>", "div>", "0 main parts"),
        ("<p data-tell>", "<p>", "comes in unheard: <div>"),
        ('id="told" role="status"', 'id="told"', "comes in unheard: <div>"),
        ('<p id="b">', "<p>", 'points at nothing: <input id="a" name="a"> aria-describedby=b'),
        ('<p id="d">', '<p id="d"></p><p id="d">', "twice the same id: d"),
        ('href="/"', 'href=""', "leads nowhere: <a>"),
    ],
)
def test_the_check_of_a_page_finds_what_would_not_be_heard(old: str, new: str, found: str) -> None:
    assert unheard_in(HEARD) == []
    assert old in HEARD
    assert found in unheard_in(HEARD.replace(old, new))
