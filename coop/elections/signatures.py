"""What the lines of a sheet are worth, under a petition or a candidature. Nothing is written here."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from coop.charter.models import Bylaws, Cooperative
from coop.members.electorate import voters
from coop.members.models import Member

from .constituencies import Constituency, assembly_of, electors
from .models import Candidature, Petition, PetitionSignature

Verdict = PetitionSignature.Verdict


def judged(
    petition: Petition, numbers: Sequence[int], at: datetime.datetime
) -> list[tuple[int, Member | None, str]]:
    """What each line is worth. Four questions, however long the sheet."""
    signed = set(
        PetitionSignature.objects.filter(petition=petition, verdict=Verdict.COUNTS).values_list(
            "member", flat=True
        )
    )
    return _judged(
        petition.cooperative,
        Constituency(petition.department, petition.crew),
        numbers,
        signed=signed,
        no_vote={petition.mandate.member_id},
        at=at,
    )


def judged_for(
    candidature: Candidature, numbers: Sequence[int], at: datetime.datetime
) -> list[tuple[int, Member | None, str]]:
    """The same for a sheet that somebody's candidature was signed on; whoever stands may sign as well."""
    contest = candidature.contest
    return _judged(
        contest.election.cooperative,
        Constituency(contest.department, contest.crew),
        numbers,
        signed=set(candidature.signatures.values_list("member", flat=True)),
        no_vote=set(),
        at=at,
    )


def _judged(
    cooperative: Cooperative,
    constituency: Constituency,
    numbers: Sequence[int],
    *,
    signed: set[int],
    no_vote: set[int],
    at: datetime.datetime,
) -> list[tuple[int, Member | None, str]]:
    """`signed`: whose line is there already; grows with each that counts. `no_vote`: who has none in this."""
    day = cooperative.day_of(at)
    bylaws = Bylaws.in_force(cooperative, day)
    people = {
        one.number: one for one in Member.objects.filter(cooperative=cooperative, number__in=set(numbers))
    }
    asked = [one.pk for one in people.values()]
    elect = set(
        electors(cooperative, constituency, day, bylaws).filter(pk__in=asked).values_list("pk", flat=True)
    )
    vote = set(
        voters(assembly_of(cooperative), day, bylaws).filter(pk__in=asked).values_list("pk", flat=True)
    )
    lines: list[tuple[int, Member | None, str]] = []
    for number in numbers:
        member = people.get(number)
        if member is None:
            verdict = Verdict.UNKNOWN
        elif member.pk in signed:
            verdict = Verdict.TWICE
        elif member.pk not in vote or member.pk in no_vote:
            verdict = Verdict.NO_VOTE
        elif member.pk not in elect:
            verdict = Verdict.ELSEWHERE
        else:
            verdict = Verdict.COUNTS
            signed.add(member.pk)
        lines.append((number, member, verdict))
    return lines


def lines_by_verdict(petition: Petition) -> dict[str, int]:
    """How many lines there are of each worth, none left out."""
    found = list(petition.signatures.order_by().values_list("verdict", flat=True))
    return {str(verdict): found.count(verdict) for verdict in Verdict}
