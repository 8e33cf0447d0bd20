"""What the lines under a petition are worth. Nothing is written here."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from coop.charter.models import Bylaws
from coop.members.electorate import voters
from coop.members.models import Member

from .constituencies import Constituency, assembly_of, electors
from .models import Petition, PetitionSignature

Verdict = PetitionSignature.Verdict


def judged(
    petition: Petition, numbers: Sequence[int], at: datetime.datetime
) -> list[tuple[int, Member | None, str]]:
    """What each line is worth. Four questions, however long the sheet."""
    day = petition.cooperative.day_of(at)
    bylaws = Bylaws.in_force(petition.cooperative, day)
    people = {
        one.number: one
        for one in Member.objects.filter(cooperative=petition.cooperative, number__in=set(numbers))
    }
    asked = [one.pk for one in people.values()]
    constituency = Constituency(petition.department, petition.crew)
    elect = set(
        electors(petition.cooperative, constituency, day, bylaws)
        .filter(pk__in=asked)
        .values_list("pk", flat=True)
    )
    vote = set(
        voters(assembly_of(petition.cooperative), day, bylaws)
        .filter(pk__in=asked)
        .values_list("pk", flat=True)
    )
    signed = set(
        PetitionSignature.objects.filter(petition=petition, verdict=Verdict.COUNTS).values_list(
            "member", flat=True
        )
    )
    lines: list[tuple[int, Member | None, str]] = []
    for number in numbers:
        member = people.get(number)
        if member is None:
            verdict = Verdict.UNKNOWN
        elif member.pk in signed:
            verdict = Verdict.TWICE
        elif member.pk not in vote or member.pk == petition.mandate.member_id:
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
