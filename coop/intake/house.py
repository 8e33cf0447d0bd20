"""The register as the rows of a table are judged by it, read in a handful of queries."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Max, Min, QuerySet

from coop.charter.models import Bylaws, Cooperative
from coop.members.models import Crew, Department, Member, Posting, Standing

from .columns import folded
from .judging import House, Known

FIXED_WORDS = {
    "kind": Standing.Kind,
    "status": Standing.Status,
    "contact": Member.Contact,
}


def house_of(
    cooperative: Cooperative,
    *,
    since: datetime.date,
    day: datetime.date,
    numbers: Collection[int] | None = None,
) -> House:
    """Everybody, or only those `numbers`: a batch that is worked off needs no more."""
    people = Member.objects.filter(cooperative=cooperative)
    if numbers is not None:
        people = people.filter(number__in=numbers)
    known = _known(people, since, of_some=numbers is not None)
    return House(
        cooperative=cooperative,
        bylaws=Bylaws.in_force(cooperative, day),
        day=day,
        since=since,
        departments=list(Department.objects.filter(cooperative=cooperative)),
        crews=list(Crew.objects.filter(cooperative=cooperative)),
        people=known,
        doubles={
            (" ".join(sorted(plain.split())), born.isoformat()): number
            for number, plain, born in people.exclude(born=None).values_list("number", "plain_name", "born")
            if born
        },
        labels=labels(),
    )


def labels() -> Mapping[str, dict[str, str]]:
    """The words of fixed choices in the language of whoever reads, as an export in it would write them."""
    return {
        name: {folded(str(label)): str(code) for code, label in choices.choices}
        for name, choices in FIXED_WORDS.items()
    }


def _known(people: QuerySet[Member], since: datetime.date, *, of_some: bool) -> dict[int, Known]:
    """`of_some`: few enough to be named one by one; for people who are all new nothing more is asked."""
    rows = list(
        people.values_list("pk", "number", "name", "born", "joined", "job", "phone", "contact", "language")
    )
    meant: Any = [row[0] for row in rows] if of_some else people
    of = {"member__in": meant, "struck_at": None}
    standing = _in_force(Standing, meant, since, "kind", "status")
    posting = _in_force(Posting, meant, since, "department__code", "crew__code")
    spans = {
        member: (first, last)
        for member, first, last in Standing.objects.filter(**of)
        .order_by()
        .values("member")
        .annotate(first=Min("since"), last=Max("since"))
        .values_list("member", "first", "last")
    }
    last_posting = dict(
        Posting.objects.filter(**of)
        .order_by()
        .values("member")
        .annotate(last=Max("since"))
        .values_list("member", "last")
    )
    known = {}
    for pk, number, name, born, joined, job, phone, contact, language in rows:
        kind, status = standing.get(pk, ("", ""))
        department, crew = posting.get(pk, ("", ""))
        first, last = spans.get(pk, (None, None))
        known[number] = Known(
            pk=pk,
            said={
                "name": name,
                "born": born.isoformat() if born else "",
                "joined": joined.isoformat(),
                "job": job,
                "phone": phone,
                "contact": contact,
                "language": language,
                "department": department,
                "crew": crew,
                "kind": kind,
                "status": status,
            },
            stands=pk in spans,
            first=first,
            last_standing=last,
            last_posting=last_posting.get(pk),
        )
    return known


def _in_force(
    rows: type[Standing] | type[Posting], people: Any, since: datetime.date, *fields: str
) -> dict[int, tuple[str, str]]:
    """What stands of each person that day; of those whose first day is still to come, what will stand then."""
    unstruck = rows.objects.filter(member__in=people, struck_at=None).order_by("member", "since", "pk")
    found = {
        member: (one or "", other or "")
        for member, one, other in unstruck.distinct("member").values_list("member", *fields)
    }
    today = unstruck.filter(rows.on(since)).values_list("member", *fields)
    return found | {member: (one or "", other or "") for member, one, other in today}
