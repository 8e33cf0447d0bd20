"""Who is elected to which seat, and who comes next, from the counts of every round. Reads, writes nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from coop.ballots.models import Ballot, Question, Tally
from coop.members.models import Member, Posting, Seat
from coop.members.rules.mandates import obstacles_in_person

from .box_again import counted_together, first_of
from .models import Contest, Election


@dataclass(frozen=True)
class Outcome:
    """`elected` in the order of the count, `next` in the order of their votes in the first round."""

    elected: tuple[Member, ...]
    next: tuple[Member, ...]


def outcome_of(contest: Contest) -> Outcome:
    """Of a contest whose paper, and every later round of it, is counted."""
    question = _asked(contest)
    people = {
        option.code: option.member
        for option in question.options.select_related("member").order_by("number")
        if option.member is not None
    }
    if contest.adds_to_id is None:
        codes, votes = _elected(question), _votes(question)
    else:
        codes, votes = _elected_together(contest)
    elected = [people[code] for code in codes]
    left = [code for code, member in people.items() if member not in elected and votes.get(code)]
    waiting = sorted(left, key=lambda code: -votes[code])  # equals stay as the lot has put them on the paper
    if question.method == Question.Method.MOTION:
        waiting = []
    return Outcome(tuple(elected), tuple(people[code] for code in waiting))


def _asked(contest: Contest) -> Question:
    question = first_of(contest).question
    assert question is not None  # the papers are drawn up
    return question


def _elected_together(contest: Contest) -> tuple[list[str], dict[str, int]]:
    """Codes and votes, with the figures of the box that was voted again in the place of those it had."""
    counted = counted_together(contest)
    assert counted is not None  # undecided it is not proclaimed
    winner = counted.result.get("winner")
    codes = list(counted.result.get("elected") or ([winner] if winner else []))
    if _asked(contest).method == Question.Method.MOTION:
        codes = ["for"] if counted.outcome == Tally.Outcome.CARRIED else []
    return codes, dict(counted.result.get("totals") or {})


def _elected(question: Question) -> list[str]:
    """Codes of those elected, in the order of the count; those of a later round after those of the first."""
    tally = question.tally
    if question.method == Question.Method.MOTION:
        return ["for"] if tally.outcome == Tally.Outcome.CARRIED else []
    winner = tally.result.get("winner")
    found = list(tally.result.get("elected") or ([winner] if winner else []))
    if tally.outcome == Tally.Outcome.SECOND_ROUND:
        found += _of_the_next_round(question)
    return found


def _of_the_next_round(question: Question) -> list[str]:
    """Ties of several groups become a question each; they all carry the wording of the one that asked again."""
    later = (
        Question.objects.filter(ballot__parent=question.ballot_id, wording=question.wording)
        .exclude(ballot__state=Ballot.State.ANNULLED)
        .select_related("tally")
        .order_by("number")
    )
    return [code for one in later for code in _elected(one)]


def _votes(question: Question) -> dict[str, int]:
    """Votes of each option in the first round, every way together; of ranked papers nobody counts them so."""
    return dict(question.tally.result.get("totals") or {})


def crews_of(people: Iterable[Member], election: Election) -> dict[int, str]:
    """The crew of each on the day of the call, by its code: so a seat that is kept for a crew finds its people."""
    day = election.cooperative.day_of(election.called_at)
    found = Posting.objects.filter(Posting.on(day), member__in=list(people), crew__isnull=False)
    return dict(found.values_list("member_id", "crew__code"))


def seated(
    contest: Contest, outcome: Outcome, begins: datetime.datetime | None = None
) -> list[tuple[Seat, Member, bool]]:
    """Seat, member and whether as an alternate. A seat kept for a crew goes to the first of that crew, the others in
    order; a seat kept for a crew of which nobody is elected stays empty.

    With the moment at which they begin, whoever has gone since the list was final, or was recalled from the body, is
    passed over: the seat stays empty.
    """
    seats = [one.seat for one in contest.seats.select_related("seat__crew", "seat__office__body")]
    groups = crews_of([*outcome.elected, *outcome.next], first_of(contest).election)
    found: list[tuple[Seat, Member, bool]] = []
    for alternate, people in ((False, outcome.elected), (True, outcome.next)):
        left = [
            one
            for one in people
            if begins is None or not obstacles_in_person(contest.office.body, one, begins)
        ]
        of_their_crew = [
            seat for seat in seats if seat.alternate == alternate and seat.crew and not contest.crew
        ]
        others = [seat for seat in seats if seat.alternate == alternate and seat not in of_their_crew]
        for seat in of_their_crew:
            member = next((one for one in left if seat.crew and groups.get(one.pk) == seat.crew.code), None)
            if member is not None:
                found.append((seat, member, alternate))
                left.remove(member)
        found += [(seat, member, alternate) for seat, member in zip(others, left, strict=False)]
    return found
