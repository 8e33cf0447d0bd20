"""The figures of a count, as pages show them: per choice, per channel, adding up to the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, gettext_lazy

from coop.ballots.acta.spelled import spelled
from coop.ballots.counting.papers import read
from coop.ballots.models import Ballot, Option, Question, Tally, TallyLine
from coop.ballots.models.ballots import Channel

# The words of a motion's options; other options bring their own label.
CHOICES = {
    "for": gettext_lazy("For"),
    "against": gettext_lazy("Against"),
    "abstain": gettext_lazy("Abstain"),
    "blank": gettext_lazy("Blank"),
}


def words_of(option: Option) -> str:
    """What stands on the card of the paper."""
    return str(CHOICES.get(option.code, option.label))


def words_of_answer(answer: str, question: Question) -> str:
    """A paper read aloud: its marks with commas, the ranks of a ranking in order."""
    labels = {option.code: words_of(option) for option in question.options.all()}
    beside = " = " if question.is_ranked else ", "
    ranks = [beside.join(labels.get(code, code) for code in rank) for rank in read(answer)]
    return " › ".join(ranks) if ranks else gettext("blank")


@dataclass
class Row:
    label: str
    votes: int
    share: str
    code: str

    @property
    def spelled(self) -> str:
        """The votes in words, as minutes write them beside the figure; nothing in a language that has none here."""
        return spelled(self.votes, get_language() or "")


def rows_of(tally: Tally) -> list[Row]:
    """One row per choice over all channels, with its share of the papers.

    None where papers are counted whole, and none by acclamation: nobody counted a hand, so no 0 is told either.
    """
    if tally.how == Tally.How.ACCLAMATION:
        return []
    return rows_from(tally.lines.all(), voted=tally.voted)


def rows_from(lines: Iterable[TallyLine], *, voted: int) -> list[Row]:
    """The lines of one count, in the order of its options."""
    votes: dict[str, int] = {}
    labels: dict[str, str] = {}
    for line in lines:
        code = line.option.code
        votes[code] = votes.get(code, 0) + line.votes
        labels[code] = words_of(line.option)
    return [Row(labels[code], n, _share(n, voted), code) for code, n in votes.items()]


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


Roll = Mapping[str | None, Mapping[bool, int]]  # channel -> present or not -> people


def roll_of(ballot: Ballot) -> Roll:
    """Everybody on the roll, by the way of voting and by who was there. One query."""
    found: dict[str | None, dict[bool, int]] = {}
    grouped = ballot.roll.values_list("channel", "present").annotate(people=Count("pk"))
    for channel, present, people in grouped.order_by():
        found.setdefault(channel, {})[present] = people
    return found


def ways_of(tally: Tally, ballot: Ballot, roll: Roll) -> list[Way]:
    """Every line is of other people, so the last column adds up to the register.

    Where the ways of a secret vote are not told apart, their cells are empty; the foot of the table has the sums.
    """
    cells: dict[str, list[tuple[str, int | None]]] = {}
    counted = tally.lines.all() if tally.how != Tally.How.ACCLAMATION else ()
    for line in counted:  # in the order of the options
        cells.setdefault(line.channel or "", []).append((words_of(line.option), line.votes))
    nobody: list[tuple[str, int | None]] = [(row.label, None) for row in rows_of(tally)]
    ways = [
        Way(str(Channel(channel).label), cells.get(channel, nobody), sum(roll.get(channel, {}).values()))
        for channel in ballot.channels
    ]
    silent, absent = roll.get(None, {}).get(True, 0), roll.get(None, {}).get(False, 0)
    if not ballot.needs_presence:
        return [*ways, Way(gettext("did not vote"), nobody, silent + absent)]
    return [
        *ways,
        Way(gettext("present, did not vote"), nobody, silent),
        Way(gettext("on the register, not present"), nobody, absent),
    ]


def hands_of(tally: Tally, roll: Roll) -> tuple[int, int] | None:
    """People counted by hand, and how many of them raised none; nothing where all did or none were counted so."""
    people = sum(roll.get(Channel.HANDS, {}).values())
    raised = sum(line.votes for line in tally.lines.all() if line.channel == Channel.HANDS)
    return (people, people - raised) if raised and people > raised else None


def names_in(question: Question) -> dict[str, str]:
    """Code -> the words that stand on the paper."""
    return {option.code: words_of(option) for option in question.options.all()}
