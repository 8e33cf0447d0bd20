"""The form in which an amendment of the budget is written: a row for each line that gets more or less.

A row is three fields, `line-3`, `way-3`, `amount-3`; an empty one is left out. So the form needs no script, and comes
back with everything that was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.budget.models import Amendment, Line
from coop.budget.money import mark_of, read
from coop.budget.money import typed as as_typed
from coop.budget.rules.amendments import MOST_MOVES
from coop.members.folding import fold
from coop.members.models import Body
from coop.refusals import Reason

from ..reasons import say
from ..sheets import AskedByCaseField, ChoiceByCaseField, Sheet, WordsField

FEWEST = 2  # a balance has two sides
AT_FIRST = 4
LESS, MORE = "less", "more"
_ROW = re.compile(r"(?:line|way|amount)-([1-9]\d?)")


@dataclass(frozen=True)
class Row:
    number: int
    line: forms.BoundField
    way: forms.BoundField
    amount: forms.BoundField


def named(line: Line) -> str:
    """What stands in the box: the code finds it, the title tells it."""
    return f"{line.code} {line.title}"


def found_in(lines: Mapping[str, Line], typed: str) -> Line | list[Line]:
    """The line that somebody means by its code, by its title or by a part of both; several, or none, as a list."""
    asked = fold(typed)
    for of in (lambda line: line.code, lambda line: named(line), lambda line: line.title):
        same = [line for line in lines.values() if fold(of(line)) == asked]
        if len(same) == 1:
            return same[0]
    near = [line for line in lines.values() if asked in fold(named(line))]
    return near[0] if len(near) == 1 else near


class BudgetAmendmentSheet(Sheet):
    """`lines`: of the budget, by their code; `rows`: how many; `moves` is there when it is valid."""

    title = WordsField(
        label=gettext_lazy("What it is for"),
        max_length=160,
        help_text=gettext_lazy("A few words, such as: Filter bags instead of freight."),
    )
    reasons = WordsField(
        label=gettext_lazy("Reasons"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Why. Only what it moves is voted."),
    )
    proof = WordsField(
        label=gettext_lazy("What shows the income, where it raises some"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "An order, a contract, a letter. Without it the income stands in the budget as unproven."
        ),
    )
    on_behalf_of = ChoiceByCaseField(
        label=gettext_lazy("In whose name?"),
        help_text=gettext_lazy(
            "A council needs no signatures; it names the decision by which it asks for this."
        ),
    )

    def __init__(
        self,
        *args: Any,
        lines: Mapping[str, Line],
        decimals: int,
        rows: int = AT_FIRST,
        councils: Sequence[Body] = (),
        **more: Any,
    ) -> None:
        self.lines, self.decimals = lines, decimals
        self.many = min(max(rows, FEWEST), MOST_MOVES)
        self.left_out = rows > MOST_MOVES
        self.moves: dict[str, Decimal] = {}
        super().__init__(*args, **more)
        if councils:
            field: Any = self.fields["on_behalf_of"]
            field.choices = [("", _("My own")), *((body.code, body.name) for body in councils)]
        else:
            del self.fields["on_behalf_of"]
        for number in range(1, self.many + 1):
            self.fields |= self._fields(number)

    def _fields(self, number: int) -> dict[str, forms.Field]:
        facts = {"number": number}
        line = {"list": "lines", "autocomplete": "off", "spellcheck": "false"}
        return {
            f"line-{number}": AskedByCaseField(
                label=_("Line %(number)s") % facts, max_length=200, widget=forms.TextInput(attrs=line)
            ),
            f"way-{number}": ChoiceByCaseField(
                label=_("Line %(number)s: gets") % facts,
                choices=[(LESS, _("less")), (MORE, _("more"))],
                initial=LESS if number == 1 else MORE,
            ),
            f"amount-{number}": AskedByCaseField(
                label=_("Line %(number)s: by how much") % facts,
                max_length=40,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            ),
        }

    @property
    def rows(self) -> Iterator[Row]:
        for number in range(1, self.many + 1):
            yield Row(number, self[f"line-{number}"], self[f"way-{number}"], self[f"amount-{number}"])

    @property
    def head(self) -> list[forms.BoundField]:
        return [self[name] for name in ("reasons", "proof", "on_behalf_of") if name in self.fields]

    @property
    def typed(self) -> dict[str, Any]:
        """What stands in the boxes now, valid or not."""
        return {name: self[name].value() for name in self.fields}

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        mark = mark_of(answers.get(f"amount-{number}") or "" for number in range(1, self.many + 1))
        for number in range(1, self.many + 1):
            self._read(answers, number, mark)
        if self.left_out:
            self.add_error(None, say(Reason("budget-too-many-moves", {"most": MOST_MOVES})))
        if "on_behalf_of" not in self.fields and self.data.get("on_behalf_of"):
            self.add_error(None, _("You do not call a council now: this would stand in your own name."))
        return answers

    def _read(self, answers: dict[str, Any], number: int, mark: str | None) -> None:
        typed, amount = answers.get(f"line-{number}", ""), answers.get(f"amount-{number}", "")
        if not typed and not amount:
            return
        line = self._line(typed, number)
        money = read(amount, decimals=self.decimals, mark=mark, signed=True)
        if isinstance(money, Reason):
            self.add_error(f"amount-{number}", say(money))
        elif money < 0:
            self.add_error(
                f"amount-{number}", _("Write it without a sign, and choose more or less beside it.")
            )
        elif line is not None and line.code in self.moves:
            self.add_error(f"line-{number}", _("%(line)s stands here twice.") % {"line": named(line)})
        elif line is not None:
            less = answers.get(f"way-{number}") == LESS
            self.moves[line.code] = -money if less else money
            if not money:
                self.add_error(f"amount-{number}", say(Reason("budget-moves-nothing", {"code": line.code})))

    def _line(self, typed: str, number: int) -> Line | None:
        if not typed:
            self.add_error(f"line-{number}", _("Name the line that this amount is for."))
            return None
        found = found_in(self.lines, typed)
        if isinstance(found, Line):
            return found
        if found:
            near = "; ".join(named(line) for line in found[:4])
            self.add_error(f"line-{number}", _("Several lines are called so: %(lines)s.") % {"lines": near})
        else:
            self.add_error(f"line-{number}", say(Reason("budget-no-such-line", {"code": typed[:40]})))
        return None


def rows_in(names: Mapping[str, Any]) -> int:
    """How many rows a form that was sent has."""
    return max((int(match[1]) for name in names if (match := _ROW.fullmatch(name))), default=AT_FIRST)


def first_words(
    moves: Mapping[str, Decimal], lines: Mapping[str, Line], written: Amendment | None = None
) -> dict[str, Any]:
    """What stands in the boxes when they are opened."""
    found: dict[str, Any] = {}
    if written is not None:
        found = {"title": written.title, "reasons": written.reasons, "proof": written.proof}
    for number, (code, amount) in enumerate(sorted(moves.items(), key=lambda one: (one[1] > 0, one[0])), 1):
        found[f"line-{number}"] = named(lines[code])
        found[f"way-{number}"] = LESS if amount < 0 else MORE
        found[f"amount-{number}"] = as_typed(abs(amount))
    return found
