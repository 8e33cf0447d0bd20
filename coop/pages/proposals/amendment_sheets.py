"""The form in which an amendment is written: a box for each clause that reads otherwise, is put in or is taken out.

Each change is one field, and its name says what it changes: `words-3`, `insert-3`, `insert-3-2`, `delete-3`, `whole`.
So the form needs no script, and comes back with everything that was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.members.models import Body
from coop.proposals.amending import Change, Delete, Insert, Whole, Words
from coop.proposals.wording import LONGEST_CLAUSE, tidy_clause

from ..sheets import AskedByCaseField, ChoiceByCaseField, Sheet, WordsField

LONGEST_TEXT = 200_000  # characters of another text for the whole
_NAME = re.compile(r"(words|insert|delete)-(\d{1,4})(?:-(\d))?|whole")


@dataclass(frozen=True, order=True)
class Slot:
    """One change in the form. `clause`: of the text it is written against; `kind`: its place beside the others."""

    clause: int
    kind: str
    copy: int = 1  # several clauses may be put in at one place

    @property
    def name(self) -> str:
        if self.kind == "whole":
            return "whole"
        return f"{self.kind}-{self.clause}" + (f"-{self.copy}" if self.copy > 1 else "")


def slots_in(names: Iterable[str]) -> list[Slot]:
    """The changes that the names of a form or of an address ask for, in the order of the text."""
    found = set()
    for name in names:
        if match := _NAME.fullmatch(name):
            kind, clause, copy = match.groups()
            found.add(Slot(int(clause), kind, int(copy or 1)) if kind else Slot(0, "whole"))
    return sorted(found, key=lambda slot: (slot.clause, slot.kind == "insert", slot.kind, slot.copy))


def first_words(slot: Slot, clauses: Sequence[str]) -> str:
    """What stands in the box when it is opened: the words that are to be changed."""
    if slot.kind == "whole":
        return "\n\n".join(clauses)
    return clauses[slot.clause - 1] if slot.kind == "words" and slot.clause else ""


class AmendmentSheet(Sheet):
    """`clauses`: the words it is written against; `amends` says that these are the words of an amendment."""

    reasons = WordsField(
        label=gettext_lazy("Reasons"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Why. They are shown with the amendment; only the change itself is voted."),
    )
    on_behalf_of = ChoiceByCaseField(
        label=gettext_lazy("In whose name?"),
        help_text=gettext_lazy(
            "A council needs no signatures; it names the decision by which it moves this."
        ),
    )

    def __init__(
        self,
        *args: Any,
        slots: Sequence[Slot],
        clauses: Sequence[str],
        councils: Sequence[Body] = (),
        amends: str = "",
        **more: Any,
    ) -> None:
        self.slots, self.clauses, self.amends = slots, clauses, amends
        super().__init__(*args, **more)
        if councils:
            named = [(body.code, body.name) for body in councils]
            self.fields["on_behalf_of"].choices = [("", _("My own")), *named]  # type: ignore[attr-defined]
        else:
            del self.fields["on_behalf_of"]
        boxes = {slot.name: self._box(slot) for slot in slots}
        self.fields = {**boxes, **self.fields}

    def _box(self, slot: Slot) -> forms.Field:
        facts = {"number": slot.clause}
        if slot.kind == "delete":
            return forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)
        if slot.kind == "whole":
            label, most, rows = _("The whole text, as it shall read"), LONGEST_TEXT, 18
            hint = _("An empty line begins a new clause.")
        elif slot.kind == "insert":
            label = (
                _("New clause after clause %(number)s") if slot.clause else _("New clause before clause 1")
            )
            label, most, rows = label % facts, LONGEST_CLAUSE, 5
            hint = _("An empty box is left out.")
        else:
            label = _("Clause %(number)s, as it shall read") % facts
            if self.amends:
                label = _("The words of %(label)s, as they shall read") % {"label": self.amends}
            most, rows, hint = LONGEST_CLAUSE, 7, _("Change the words in the box.")
        return AskedByCaseField(
            label=label,
            max_length=most,
            help_text=hint,
            initial=first_words(slot, self.clauses) if slot.clause <= len(self.clauses) else "",
            widget=forms.Textarea(attrs={"rows": rows}),
        )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        for slot in self.slots:
            if slot.kind == "words" and not tidy_clause(answers.get(slot.name, "x")):
                self.add_error(slot.name, _("No words are left. To take the clause out, choose that below."))
        return answers

    @property
    def boxes(self) -> list[tuple[Slot, forms.BoundField]]:
        return [(slot, self[slot.name]) for slot in self.slots]

    @property
    def typed(self) -> dict[str, Any]:
        """What stands in the boxes now, valid or not."""
        return {name: self[name].value() for name in self.fields}

    def changes(self) -> list[Change]:
        """What is asked for. A box in which nothing was changed, or nothing written, asks for nothing."""
        return [change for slot in self.slots if (change := self._change(slot)) is not None]

    def _change(self, slot: Slot) -> Change | None:
        text = tidy_clause(self.cleaned_data[slot.name])
        match slot.kind:
            case "delete":
                return Delete(slot.clause)
            case "insert":
                return Insert(slot.clause, text) if text else None
            case "whole":
                parts = re.split(r"\n[^\S\n]*\n", self.cleaned_data[slot.name])
                return Whole(tuple(found for part in parts if (found := tidy_clause(part))))
        there = 1 <= slot.clause <= len(self.clauses)
        return None if there and text == self.clauses[slot.clause - 1] else Words(slot.clause, text)
