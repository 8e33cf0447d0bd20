"""One question of a vote as it is typed: its way of voting, its choices a line each, seats and money."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.ballots.asked import Asked, Choice
from coop.ballots.models import Option, Question
from coop.ballots.rules.drawing_up import PROJECTS
from coop.members.folding import fold
from coop.members.models import Crew, Department, Member, Posting

from ..access import Here
from ..people_found import SHOWN, Person, people_found, to_choose
from ..sheets import Sheet, WordsField

Method = Question.Method
COST = re.compile(r"[0-9]{1,13}(?:[.,][0-9]{1,2})?")
KEPT = re.compile(r"(\S{1,12})[\s:]+([0-9]{1,2})")
NUMBER = re.compile(r"[0-9]{1,9}")
PERSON = re.compile(r"([0-9]{1,9})(?: (.+))?")
LONGEST = 200  # letters of a choice


def _methods() -> list[tuple[str, str]]:
    return [(code, capfirst(str(words))) for code, words in Method.choices]


class QuestionForm(Sheet):
    wording = WordsField(
        label=gettext_lazy("Question"),
        max_length=250,
        help_text=gettext_lazy("As it stands on the paper, such as “Who sits on the council?”"),
    )
    method = forms.ChoiceField(
        label=gettext_lazy("Way of voting"),
        choices=_methods,
    )
    choices = WordsField(
        label=gettext_lazy("Choices, one a line"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "The number of a member, or words; whom you find by name below comes here by itself. A project with its"
            " cost behind a semicolon: New ovens; 900. Left empty where it is for or against. The order on the paper"
            " is drawn by lot."
        ),
    )
    find = WordsField(
        label=gettext_lazy("Find a member by name"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    keep = forms.BooleanField(label=gettext_lazy("“None of these” can be chosen too"), required=False)
    seats = forms.IntegerField(
        label=gettext_lazy("Seats"), required=False, min_value=1, max_value=99, initial=1
    )
    kept = WordsField(
        label=gettext_lazy("Seats kept for a crew or a department"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("A code and a number a line, such as: A 1"),
    )
    marks = forms.IntegerField(
        label=gettext_lazy("Marks at most"),
        required=False,
        min_value=1,
        max_value=99,
        help_text=gettext_lazy("Empty: as many as there are seats, or choices."),
    )
    money = forms.DecimalField(
        label=gettext_lazy("Money for the projects"),
        required=False,
        min_value=1,
        max_digits=15,
        decimal_places=2,
    )
    threshold = forms.IntegerField(
        label=gettext_lazy("A project needs at least so many votes"),
        required=False,
        min_value=0,
        max_value=99_999,
    )

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        self.here = here
        self.found: list[Person] | None = None  # whom a search found; nothing where none was asked for

    def look(self) -> None:
        """Looks for a member by what stands in the field for it."""
        words = " ".join(str(self["find"].value() or "").split())[:80]
        if words:
            self.found = to_choose(self.here, people_found(self.here, words)[:SHOWN])

    def clean_kept(self) -> dict[str, int]:
        """Code of a crew or a department -> seats."""
        found: dict[str, int] = {}
        codes = {
            *Crew.objects.filter(cooperative=self.here.cooperative).values_list("code", flat=True),
            *Department.objects.filter(cooperative=self.here.cooperative).values_list("code", flat=True),
        }
        for line in filter(None, map(str.strip, self.cleaned_data["kept"].splitlines())):
            told = KEPT.fullmatch(line)
            if not told or told[1] not in codes or told[1] in found or int(told[2]) < 1:
                raise forms.ValidationError(
                    _("“%(line)s” is not the code of a crew or department with a number. Codes: %(codes)s.")
                    % {"line": line[:40], "codes": ", ".join(sorted(codes))}
                )
            found[told[1]] = int(told[2])
        return found

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if answers.get("method") and "choices" in answers:
            self._read_choices(answers)
        return answers

    def _read_choices(self, answers: dict[str, Any]) -> None:
        lines = [" ".join(line.split()) for line in answers["choices"].splitlines() if line.strip()]
        people = self._people([int(told[1]) for line in lines if (told := PERSON.fullmatch(line))])
        groups = self._groups(people, answers.get("kept") or {})
        read = []
        for place, line in enumerate(lines, 1):
            code = f"c{place:02}"
            if answers["method"] in PROJECTS:
                words, cost = self._project(line)
                read.append(Choice(code, words, cost=cost))
            elif (person := self._person(line, people)) is not None:
                read.append(Choice(code, person.name, member=person, group=groups.get(person.pk, "")))
            elif NUMBER.fullmatch(line):
                self.add_error("choices", _("No member has the number %(number)s.") % {"number": line})
            else:
                read.append(Choice(code, line))
        if too_long := [choice.label for choice in read if len(choice.label) > LONGEST]:
            self.add_error(
                "choices", _("“%(line)s…” is too long for a line of the paper.") % {"line": too_long[0][:40]}
            )
        answers["read"] = read + ([Choice(Option.KEEP, "")] if answers.get("keep") else [])

    def _person(self, line: str, people: dict[int, Member]) -> Member | None:
        """Who is meant by a number, or by a number with the name behind it."""
        told = PERSON.fullmatch(line)
        person = people.get(int(told[1])) if told else None
        meant = told is not None and person is not None and fold(told[2] or person.name) == fold(person.name)
        return person if meant else None

    def _project(self, line: str) -> tuple[str, Decimal | None]:
        """The words and the cost. A cost that is missing is told by the rule; one that is no number here."""
        words, semicolon, cost = line.rpartition(";")
        if not semicolon:
            return line, None
        if not COST.fullmatch(cost.strip()):
            self.add_error("choices", _("“%(cost)s” is no sum of money.") % {"cost": cost.strip()[:40]})
            return words.strip(), None
        return words.strip(), Decimal(cost.strip().replace(",", "."))

    def _people(self, numbers: list[int]) -> dict[int, Member]:
        found = Member.objects.filter(cooperative=self.here.cooperative, number__in=numbers)
        people = {member.number: member for member in found}
        for member in people.values():
            member.cooperative = self.here.cooperative
        return people

    def _groups(self, people: dict[int, Member], kept: dict[str, int]) -> dict[int, str]:
        """Of each person the group whose seats they may take: the crew first, then the department."""
        if not kept:
            return {}
        postings = Posting.objects.filter(Posting.on(self.here.day), member__in=people.values())
        found = {}
        for posting in postings.select_related("crew", "department"):
            own = [posting.crew.code if posting.crew else "", posting.department.code]
            found[posting.member_id] = next((code for code in own if code in kept), "")
        return found

    def asked(self) -> Asked:
        """The question; of one person who stands alone it is asked yes or no."""
        told = self.cleaned_data
        choices, method, wording = told["read"], told["method"], told["wording"]
        if len(choices) == 1 and choices[0].member and method != Method.MOTION:
            method, wording = Method.MOTION, f"{wording} {choices[0].label}"
        motion = method == Method.MOTION
        return Asked(
            wording,
            method=method,
            choices=choices,
            seats=1 if motion else told["seats"] or 1,
            marks=None if motion else told["marks"],
            money=told["money"],
            threshold=told["threshold"] or 0,
            reserved={} if motion else told["kept"],
        )
