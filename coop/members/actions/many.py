"""Entering many people in one go, as a list brings them; and striking what a list entered wrongly.

The rules are those of entering by hand; the statements are few, so that ten thousand people are a matter of seconds.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from coop.charter.models import Bylaws, Cooperative
from coop.journal.actions import write_many
from coop.journal.models import Actor, Subject
from coop.refusals import Reason, refuse_if

from ..folding import fold
from ..models import Member, Posting, Standing
from ..rules.entering import (
    Newcomer,
    obstacles_in_birth,
    obstacles_in_joining,
    obstacles_in_name,
    obstacles_in_place,
    obstacles_in_terms,
)
from ..rules.protection import obstacles_to_striking_many
from .corrections import correct
from .people import subject_of


@dataclass(frozen=True)
class Entrant:
    """Somebody to be entered: the terms of entering, and what else the register says of them."""

    terms: Newcomer
    job: str = ""
    phone: str = ""
    contact: str = Member.Contact.NONE
    language: str = ""


@transaction.atomic
def admit_many(
    *, cooperative: Cooperative, people: Sequence[Entrant], by: Actor, at: datetime.datetime
) -> list[Member]:
    """All of them or nobody. A line of the journal for each, as for one who is entered by hand."""
    refuse_if(_obstacles(cooperative, [one.terms for one in people], at))
    members = Member.objects.bulk_create(
        Member(
            cooperative=cooperative,
            number=one.terms.number,
            name=one.terms.name,
            plain_name=fold(one.terms.name),
            joined=one.terms.joined,
            born=one.terms.born,
            job=one.job,
            phone=one.phone,
            contact=one.contact,
            language=one.language or cooperative.language,
        )
        for one in people
    )
    _begin(dict(zip(members, people, strict=True)), by, at)
    return members


@transaction.atomic
def admit_again(*, member: Member, entrant: Entrant, reason: str, by: Member, at: datetime.datetime) -> None:
    """A number whose entries were all struck is entered anew. What was said of it wrongly is mended by corrections."""
    held = Member.objects.select_for_update(of=("self",), no_key=True).select_related("cooperative__chain")
    member = held.get(pk=member.pk)
    terms = entrant.terms
    taken = member.standings.filter(struck_at=None).exists() or member.account_id is not None
    refuse_if([Reason("number-taken", {"number": member.number})] if taken else [])
    refuse_if(_obstacles(member.cooperative, [terms], at, except_for=member))
    told = {
        "name": terms.name,
        "joined": terms.joined,
        "born": terms.born,
        "job": entrant.job,
        "phone": entrant.phone,
        "contact": entrant.contact,
        "language": entrant.language or member.cooperative.language,
    }
    changes = {name: value for name, value in told.items() if value != getattr(member, name)}
    if changes:
        correct(member=member, changes=changes, reason=reason, by=by, at=at)
        member.refresh_from_db(fields=["name"])
    _begin({member: entrant}, by.actor, at)


@transaction.atomic
def strike_many(*, members: Sequence[Member], because: str, by: Actor, at: datetime.datetime) -> None:
    """Every entry of these people was wrong: they stay legible and count for nothing; the numbers stand empty."""
    keys = [member.pk for member in members]
    refuse_if(obstacles_to_striking_many(keys, at=at))
    list(Member.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk"))
    for rows in (Standing.objects, Posting.objects):
        rows.filter(member__in=keys, struck_at=None).update(struck_at=at, struck_because=because)
    if members:
        chain = members[0].cooperative.chain
        write_many(chain, [("member-struck", subject_of(one), {}) for one in members], by=by, at=at)


def _begin(entrants: dict[Member, Entrant], by: Actor, at: datetime.datetime) -> None:
    """Standing and posting from the day of joining, and the line of the journal."""
    Standing.objects.bulk_create(
        Standing(
            member=member,
            kind=one.terms.kind,
            status=Standing.Status.ACTIVE,
            since=one.terms.joined,
            reason=one.terms.reason,
            document=one.terms.document,
            expected_until=one.terms.expected_until,
            replacement=one.terms.replacement,
        )
        for member, one in entrants.items()
    )
    Posting.objects.bulk_create(
        Posting(member=member, department=one.terms.department, crew=one.terms.crew, since=one.terms.joined)
        for member, one in entrants.items()
        if one.terms.department is not None
    )
    lines: list[tuple[str, Subject, dict[str, object]]] = [
        (
            "member-admitted",
            subject_of(member),
            {
                "joined": one.terms.joined.isoformat(),
                "kind": str(one.terms.kind),
                "department": one.terms.department.code if one.terms.department else None,
                "crew": one.terms.crew.code if one.terms.crew else None,
            },
        )
        for member, one in entrants.items()
    ]
    if lines:
        write_many(next(iter(entrants)).cooperative.chain, lines, by=by, at=at)


def _obstacles(
    cooperative: Cooperative,
    people: Sequence[Newcomer],
    at: datetime.datetime,
    except_for: Member | None = None,
) -> list[Reason]:
    """The rule of entering by hand, with one question to the database for all numbers."""
    day = cooperative.day_of(at)
    bylaws = Bylaws.in_force(cooperative, day)
    numbers = Counter(one.number for one in people)
    taken = set(
        Member.objects.filter(cooperative=cooperative, number__in=list(numbers))
        .exclude(pk__in=[except_for.pk] if except_for else [])
        .values_list("number", flat=True)
    )
    taken |= {number for number, times in numbers.items() if times > 1}
    reasons = [Reason("number-taken", {"number": number}) for number in sorted(taken)]
    for one in people:
        reasons += [
            *obstacles_in_name(one.name),
            *obstacles_in_birth(one.born, joined=one.joined, day=day),
            *obstacles_in_joining(cooperative, one.joined, day=day),
            *obstacles_in_place(cooperative, one.department, one.crew),
            *obstacles_in_terms(one, since=one.joined, bylaws=bylaws),
        ]
    return reasons
