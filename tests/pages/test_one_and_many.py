"""A figure of one does not stand before a plural, in no language: sentences with a figure have a form for one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import ngettext_lazy

from coop.pages.told import Told

ROOT = Path(settings.BASE_DIR) / "templates"
BLOCK = re.compile(r"{%\s*blocktranslate\b(.*?)%}(.*?){%\s*endblocktranslate\s*%}", re.S)
FIGURE = re.compile(r"{{\s*(\w+)\s*}}\s+([a-z]+)")

# Names that hold a figure, as templates call them.
FIGURES = re.compile(
    r"asked|base|before|cards|cast|clauses|counte?d?|days|degree|down|electors|envelopes|granted|hands|hours|late|left"
    r"|lines|looked_at|members|minutes|missing|months|needed|number|open|papers|people|present|refused|registered|seats"
    r"|shares|signatures|signed|support|times|total|valid|vote[dr]?s?|waiting|weeks|years"
)
# Words that stay as they are, whatever the figure before them.
UNCHANGED = re.compile(r"a|and|at|by|for|from|in|is|not|of|on|or|per|than|that|the|to|with")


class Kept(NamedTuple):
    sentence: str
    because: str


KEPT = (
    Kept("The rules give departments {{ weeks }} weeks", "two figures of the bylaws, and neither is one"),
    Kept("The newest {{ looked_at }} are looked at", "a fixed figure of the house, some hundreds"),
    Kept("{{ open }} open, {{ late }} of them late", "two figures behind their label"),
    Kept(
        "{{ granted }} granted, {{ refused }} refused", "three figures; other languages put the label first"
    ),
    Kept("It changes every {{ minutes }} minutes", "a fixed figure of the house"),
    Kept("It lasts {{ days }} days at most", "a fixed figure of the house"),
    Kept("{{ left }} left", "an amount of money"),
    Kept("No. {{ number }} has", "the number of a person"),
    Kept("Sitting {{ number }} has voted", "the number of a sitting"),
)


def bare_figures(template: str) -> list[str]:
    """Sentences that put a figure before words and know no form for one."""
    found = []
    for head, body in BLOCK.findall(template):
        if re.search(r"\bcount\s+\w+=", head):
            continue
        for name, word in FIGURE.findall(body):
            if FIGURES.fullmatch(name) and not UNCHANGED.fullmatch(word):
                found.append(" ".join(body.split()))
                break
    return found


def test_a_figure_before_words_has_a_form_for_one() -> None:
    found = {
        (str(one.relative_to(ROOT)), sentence)
        for one in sorted(ROOT.rglob("*.html"))
        for sentence in bare_figures(one.read_text())
    }
    bare = sorted(pair for pair in found if not any(kept.sentence in pair[1] for kept in KEPT))
    assert bare == []
    unused = [
        kept.sentence for kept in KEPT if not any(kept.sentence in sentence for _path, sentence in found)
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("{% blocktranslate with days=n %}within {{ days }} days{% endblocktranslate %}", 1),
        ("{% blocktranslate trimmed asvar x with people=n %}\n{{ people }} people{% endblocktranslate %}", 1),
        ("{% blocktranslate count days=n %}one day{% plural %}{{ days }} days{% endblocktranslate %}", 0),
        (
            "{% blocktranslate with number=n total=m %}Page {{ number }} of {{ total }}{% endblocktranslate %}",
            0,
        ),
        ("{% blocktranslate with name=n %}{{ name }} says{% endblocktranslate %}", 0),
    ],
)
def test_the_check_finds_a_bare_figure(template: str, found: int) -> None:
    assert len(bare_figures(template)) == found


def test_the_number_decides_between_one_and_many() -> None:
    words = ngettext_lazy("%(lines)s line of %(what)s", "%(lines)s lines of %(what)s", "lines")
    with translation.override("en"):
        for number, told in ((1, "1 line of it"), (0, "0 lines of it"), (2, "2 lines of it")):
            assert words % {"lines": Told(str(number), number), "what": Told("it")} == told
        # An old entry may hold words there, or nothing.
        assert words % {"lines": Told("…"), "what": Told("it", "it")} == "… lines of it"
