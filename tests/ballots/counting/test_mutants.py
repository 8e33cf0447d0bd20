"""Each delicate rule of the transferable vote is changed on purpose, and a worked count must notice.

A test that cannot fail proves nothing: this is where the worked counts have been seen to.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from coop.ballots.counting import stv, ties

from .worked import WORKED, told

MUTANTS = [
    (
        "surplus from the quota on, not above it",
        "stv",
        "> self.quota",
        ">= self.quota",
    ),
    (
        "elected above the quota, not from it on",
        "stv",
        ">= self.quota",
        "> self.quota",
    ),
    ("a value is not cut", "stv", "surplus * value // total", "surplus * value / total"),
    ("a value is rounded up", "stv", "surplus * value // total", "-(-surplus * value // total)"),
    (
        "only the last papers move",
        "stv",
        "pile, self.piles[code] = self.piles[code], {}\n        values",
        "pile, self.piles[code] = {min(p): p[min(p)][-1:] for p in [self.piles[code]]}, {}\n        values",
    ),
    (
        "the elected get papers",
        "stv",
        "set(self.continuing), 0",
        "set(self.continuing) | set(self.waiting), 0",
    ),
    ("the smallest surplus goes first", "stv", "most = max(", "most = min("),
    (
        "papers of who goes out are whole again",
        "stv",
        "self.move(pile[value], value) for",
        "self.move(pile[value], WHOLE) for",
    ),
    ("a quota too small", "stv", "valid // (seats + 1) + 1", "-(-valid // (seats + 1))"),
    ("exclusion before surpluses", "stv", "if self.waiting:", "if False:"),
    ("the first stage settles a tie", "ties", "for totals in reversed(history):", "for totals in history:"),
    ("the most, not the fewest votes go out", "stv", 'max if about == "surplus" else min', "max"),
    ("the fewest, not the most surplus first", "stv", 'max if about == "surplus" else min', "min"),
]


def mutated(module: ModuleType, old: str, new: str) -> ModuleType:
    text = Path(str(module.__file__)).read_text()
    assert text.count(old) == 1, old
    made = ModuleType(module.__name__)
    made.__package__ = module.__package__
    names: dict[str, Any] = made.__dict__
    exec(compile(text.replace(old, new), "mutant", "exec"), names)
    return made


@pytest.mark.parametrize(("what", "where", "old", "new"), MUTANTS, ids=[mutant[0] for mutant in MUTANTS])
def test_a_changed_rule_is_noticed(
    what: str, where: str, old: str, new: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if where == "ties":
        monkeypatch.setattr(ties, "look_back", mutated(ties, old, new).look_back)
        count = stv.count_stv
    else:
        count = mutated(stv, old, new).count_stv
    noticed = []
    for case in WORKED:
        try:
            noticed += told(case, count)
        except Exception as error:  # noqa: BLE001  (a mutant may fall over anywhere)
            noticed.append(repr(error))
    assert noticed, what
