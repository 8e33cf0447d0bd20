"""The figures of a count, as pages show them: per choice, per channel, adding up to the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_lazy

from coop.ballots.counting.papers import read
from coop.ballots.models import Option, Question, Tally
from coop.ballots.models.ballots import Channel

# The words of a motion's options; other options bring their own label.
CHOICES = {
    "for": gettext_lazy("For"),
    "against": gettext_lazy("Against"),
    "abstain": gettext_lazy("Abstain"),
}


def words_of(option: Option) -> str:
    """What stands on the card of the paper."""
    return str(CHOICES.get(option.code, option.label))


def words_of_answer(answer: str, question: Question) -> str:
    """A paper read aloud: its marks with commas, the ranks of a ranking in order."""
    labels = {option.code: words_of(option) for option in question.options.all()}
    ranks = [" = ".join(labels.get(code, code) for code in rank) for rank in read(answer)]
    joined = " › " if question.is_ranked else ", "
    return joined.join(ranks) if ranks else gettext("blank")


@dataclass
class Row:
    label: str
    votes: int
    share: str
    code: str


def rows_of(tally: Tally) -> list[Row]:
    """One row per choice over all channels, with its share of the votes cast."""
    votes: dict[str, int] = {}
    for line in tally.lines.all():
        votes[line.option.code] = votes.get(line.option.code, 0) + line.votes
    return [Row(str(CHOICES.get(code, code)), n, _share(n, tally.voted), code) for code, n in votes.items()]


def _share(votes: int, of: int) -> str:
    if of == 0:
        return ""
    return gettext("%(percent)s %%") % {"percent": number_format(round(votes * 100 / of, 1), 1)}


@dataclass
class Way:
    """Of everybody on the register: voted like this, present without voting, or not there."""

    label: str
    cells: Sequence[tuple[str, int | None]]  # the words of the choice, and how many chose it
    people: int


def ways_of(tally: Tally) -> list[Way]:
    """Every line is of other people, so the last column adds up to the register."""
    cells: dict[str, list[tuple[str, int]]] = {}
    for line in tally.lines.all():  # in the order of the options
        label = str(CHOICES.get(line.option.code, line.option.label))
        cells.setdefault(line.channel or "", []).append((label, line.votes))
    ways = [
        Way(str(Channel(code).label), found, sum(votes for _, votes in found))
        for code, found in cells.items()
    ]
    silent, absent = tally.present - tally.voted, tally.register - tally.present
    nobody = [(row.label, None) for row in rows_of(tally)]
    if absent == 0:
        return [*ways, Way(gettext("did not vote"), nobody, silent)]
    return [
        *ways,
        Way(gettext("present, did not vote"), nobody, silent),
        Way(gettext("on the register, not present"), nobody, absent),
    ]
