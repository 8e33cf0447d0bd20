"""A motion by its figures, under each of the rules that bylaws use."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from coop.ballots.ballot_files import BadFile, read_marks
from coop.ballots.counting import Base, Outcome, count_motion

from .wish import Told

RULES = {
    "simple_majority": (Fraction(1, 2), Base.FOR_AGAINST),
    "absolute_majority": (Fraction(1, 2), Base.REGISTER),
    "majority_of_present": (Fraction(1, 2), Base.PRESENT),
    "two_thirds_of_votes": (Fraction(2, 3), Base.FOR_AGAINST),
    "three_quarters_of_votes": (Fraction(3, 4), Base.FOR_AGAINST),
    "two_thirds_of_members": (Fraction(2, 3), Base.REGISTER),
    "unanimity_of_votes": (Fraction(1), Base.FOR_AGAINST),
}
SIDES = {"for": "for", "yes": "for", "against": "against", "no": "against", "abstain": "abstain"}


def told_motion(
    votes_for: int, against: int, abstain: int, *, present: int | None, members: int | None, quorum: Fraction
) -> Told:
    """Whether the motion is carried under each rule, when enough took part.

    Who is present is, left out, whoever voted; the members are, left out, those present. Raises ValueError on
    figures that cannot be.
    """
    cast = votes_for + against + abstain
    present = cast if present is None else present
    members = present if members is None else members
    if not 0 <= quorum <= 1:
        raise ValueError("a quorum is a share from 0 to 1")
    carried, tie = {}, False
    quorate = cast >= quorum * members
    for rule, (majority, base) in RULES.items():
        found = count_motion(
            votes_for=votes_for,
            against=against,
            abstain=abstain,
            present=present,
            register=members,
            majority=majority,
            base=base,
        )
        tie = tie or found.outcome is Outcome.TIE
        carried[rule] = quorate and found.outcome is Outcome.CARRIED
    return {
        "method": "yes_no_abstain",
        "yes": votes_for,
        "no": against,
        "abstain": abstain,
        "present": present,
        "members": members,
        "quorum": f"{quorum.numerator}/{quorum.denominator}",
        "quorate": quorate,
        "tie": tie,
        "carried": carried,
    }


def sides(file: Path) -> tuple[int, int, int]:
    """For, against and abstentions from a .csv file of papers that mark one of them; a blank paper abstains.

    Raises BadFile on a paper that takes two sides, or one that there is not.
    """
    if file.suffix.lower() != ".csv":
        raise BadFile("yes_no_abstain is counted from a .csv file, or from figures")
    taken = {"for": 0, "against": 0, "abstain": 0}
    for marks, number in read_marks(file).papers.items():
        side = SIDES.get(marks[0].lower()) if len(marks) == 1 else None if marks else "abstain"
        if side is None:
            raise BadFile(f"{' '.join(marks)!r} is neither for nor against nor an abstention")
        taken[side] += number
    return taken["for"], taken["against"], taken["abstain"]
