"""What two tellers found, in words, for the third person who confirms it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from coop.ballots.models import Ballot, RollEntry, TellerSheet

from ..outcomes.results import words_of, words_of_answer
from .teller_sheets import asked_of


@dataclass(frozen=True)
class Figures:
    """One question, or a list of signatures: a title and lines of words with a number."""

    title: str
    rows: list[tuple[str, int]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def figures_in_words(ballot: Ballot, subject: str, figures: Mapping[str, Any]) -> list[Figures]:
    if subject == TellerSheet.Subject.SIGNATURES:
        roll = RollEntry.objects.filter(ballot=ballot, member__number__in=figures["numbers"])
        names = roll.order_by("member__number").values_list("member__number", "member__name")
        return [
            Figures(
                _("Signatures"),
                [(_("Signatures"), len(figures["numbers"]))],
                [f"{number} {name}" for number, name in names],
            )
        ]
    found = []
    for one in asked_of(ballot):
        told = figures[str(one.question.number)]
        if one.whole:
            rows = [
                (words_of_answer(answer, one.question), number) for answer, number in told["answers"].items()
            ]
        else:
            rows = [
                (words_of(option) or _("Blank papers"), told["votes"][option.code]) for option in one.options
            ]
        aside = [(_("Spoiled papers"), told["spoiled"]), (_("Papers found"), told["papers"])]
        found.append(Figures(one.question.wording, rows + aside))
    return found
