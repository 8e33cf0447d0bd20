"""The forms of those who count: figures of each question, whole papers line by line, numbers of those who signed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.ballots.counting.papers import BLANK
from coop.ballots.models import Ballot, Option, Question
from coop.ballots.printed import printed
from coop.ballots.rules.answers import WITH_EQUALS, Printed
from coop.ballots.sheets import faults_in_signatures, faults_in_votes, is_whole

from ..outcomes.results import words_of
from ..reasons import say
from ..sheets import Sheet, WordsField

LONGEST = 20_000  # letters of a list of papers or of numbers
LINE = re.compile(r"([0-9][0-9 ,>=]*?)\s*(?:[xX×*]\s*([0-9]{1,6}))?", re.ASCII)
NUMBERS = re.compile(r"[0-9]{1,9}", re.ASCII)


class FigureField(forms.CharField):
    """A count: digits and nothing else, so that no letter O and no comma is read as something."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        wrong = {"required": gettext_lazy("Write a whole number, 0 where there is none.")}
        super().__init__(max_length=6, widget=widget, error_messages=wrong, **more)

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value) or ""
        if not words:
            return None
        if not re.fullmatch("[0-9]{1,6}", words, re.ASCII):
            raise forms.ValidationError(_("Write a whole number, 0 where there is none."))
        return int(words)

    def run_validators(self, value: Any) -> None:
        """The letters have been looked at; what is left is a number."""


class SheetForm(Sheet):
    """What every sheet carries: the attempt it belongs to, and a remark."""

    attempt = forms.IntegerField(min_value=1, max_value=10_000, widget=forms.HiddenInput)
    remark = WordsField(
        label=gettext_lazy("Remark"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Needed when papers and people differ, or when you count again what was equal already."
        ),
    )


@dataclass(frozen=True)
class Asked:
    """One question as the sheet shows it."""

    question: Question
    asked: Printed
    options: list[Option]

    @property
    def whole(self) -> bool:
        return is_whole(self.asked)


def asked_of(ballot: Ballot) -> list[Asked]:
    """Two queries."""
    made = []
    for question in ballot.questions.prefetch_related("options"):
        options = list(question.options.all())
        made.append(Asked(question, printed(question, [option.code for option in options]), options))
    return made


class VotesForm(SheetForm):
    """Figures of every question."""

    def __init__(self, *args: Any, questions: list[Asked], **more: Any) -> None:
        super().__init__(*args, **more)
        self.questions = questions
        for one in questions:
            self._add(one)
        self.fields["remark"] = self.fields.pop("remark")  # last on the sheet

    def _add(self, one: Asked) -> None:
        number = one.question.number
        self.fields[f"{number}-papers"] = FigureField(label=_("Papers found"))
        if one.whole:
            self.fields[f"{number}-answers"] = forms.CharField(
                label=_("The papers, one line for each kind"),
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
                help_text=_how_to_write(one.asked),
            )
            self.fields[f"{number}:{BLANK}"] = FigureField(label=_("Blank papers"))
        else:
            for option in one.options:
                words = _("Blank papers") if option.code == BLANK else words_of(option)
                self.fields[f"{number}:{option.code}"] = FigureField(label=words)
        self.fields[f"{number}-spoiled"] = FigureField(label=_("Spoiled papers"))

    def groups(self) -> list[tuple[Asked, list[BoundField]]]:
        """The fields of each question, in the order of the sheet."""
        return [
            (one, [self[name] for name in self.fields if re.match(rf"{one.question.number}[-:]", name)])
            for one in self.questions
        ]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if self.errors:
            return answers
        figures: dict[str, Any] = {}
        for one in self.questions:
            figures[str(one.question.number)] = self._figures(one, answers)
        if not self.errors:
            for fault in faults_in_votes(figures, [one.asked for one in self.questions]):
                self.add_error(None, say(fault))
        return answers | {"figures": figures}

    def _figures(self, one: Asked, answers: Mapping[str, Any]) -> dict[str, Any]:
        number = one.question.number
        told: dict[str, Any] = {
            "papers": answers[f"{number}-papers"],
            "spoiled": answers[f"{number}-spoiled"],
        }
        if not one.whole:
            told["votes"] = {option.code: answers[f"{number}:{option.code}"] for option in one.options}
            return told
        try:
            told["answers"] = _read_papers(answers[f"{number}-answers"], one)
        except forms.ValidationError as wrong:
            self.add_error(f"{number}-answers", wrong)
            return told
        told["answers"][BLANK] = answers[f"{number}:{BLANK}"]
        return told


def _how_to_write(asked: Printed) -> str:
    if asked.method in WITH_EQUALS:
        return _(
            "The numbers of the names in the order of the paper, then x and how many papers say just that: 2 1 3 x 4."
            " Equal places with a sign between them: 2=3."
        )
    if asked.is_ranked:
        return _(
            "The numbers of the names in the order of the paper, then x and how many papers say just that: 2 1 3 x 4."
            " A paper that gives one place to two names is clear up to that place: write what stands before it;"
            " if nothing does, it is spoiled."
        )
    return _("The numbers that are marked, then x and how many papers say just that: 1 4 x 12.")


def _read_papers(text: str, one: Asked) -> dict[str, int]:
    """The lines as answers; every line that cannot be read is named by its place."""
    codes = {str(option.number): option.code for option in one.options if option.code != BLANK}
    found: dict[str, int] = {}
    wrong = []
    for place, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        answer = _answer(line.strip(), codes, ranked=one.asked.is_ranked)
        if answer is None:
            wrong.append(_("Line %(line)s cannot be read.") % {"line": place})
        else:
            found[answer[0]] = found.get(answer[0], 0) + answer[1]
    if wrong:
        raise forms.ValidationError(wrong)
    return found


def _answer(line: str, codes: Mapping[str, str], *, ranked: bool) -> tuple[str, int] | None:
    read = LINE.fullmatch(line)
    if read is None:
        return None
    order, times = read.groups()
    order = re.sub(r" *= *", "=", order.strip())
    ranks = [rank.split("=") for rank in re.split(r" *[,>] *| +", order)]
    if not all(number.lstrip("0") in codes for rank in ranks for number in rank):
        return None
    said = ["=".join(codes[number.lstrip("0")] for number in rank) for rank in ranks]
    return (">" if ranked else "=").join(said), int(times or 1)


class SignaturesForm(SheetForm):
    numbers = forms.CharField(
        label=gettext_lazy("Member numbers of those who signed"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "In any order, with a space between them. Only those who signed for this box."
        ),
    )
    field_order = ("numbers", "remark")

    def clean_numbers(self) -> list[int]:
        words = re.split(r"[\s,;]+", self.cleaned_data["numbers"].strip(" \t\r\n,;"))
        if odd := [word for word in words if not NUMBERS.fullmatch(word)]:
            raise forms.ValidationError(_("This is no member number: %(word)s.") % {"word": odd[0][:20]})
        return [int(word) for word in words]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if self.errors:
            return answers
        figures = {"numbers": answers["numbers"]}
        for fault in faults_in_signatures(figures):
            self.add_error("numbers", say(fault))
        return answers | {"figures": figures}
