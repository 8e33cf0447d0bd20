"""Drawing the register of voters."""

from __future__ import annotations

import datetime
import hashlib
import json

from django.db import transaction

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.journal.models import Actor, Subject
from coop.members.electorate import voters
from coop.members.models import Body, Posting

from ..models import Register, RegisterEntry


@transaction.atomic
def draw_register(*, body: Body, closes_on: datetime.date, by: Actor, at: datetime.datetime) -> Register:
    """Writes down who may vote in `body` as it stands on the closing day, with a hash of the printed list."""
    bylaws = Bylaws.in_force(body.cooperative, closes_on)
    people = list(voters(body, closes_on, bylaws).order_by("number"))
    postings = {
        posting.member_id: posting
        for posting in Posting.objects.filter(Posting.on(closes_on), member__in=people).select_related(
            "department", "crew"
        )
    }
    lines = []
    for person in people:
        posting = postings.get(person.pk)
        department = posting.department.code if posting else ""
        crew = posting.crew.code if posting and posting.crew else ""
        lines.append((person, department, crew))
    printed = json.dumps([[p.number, p.name, dept, crew] for p, dept, crew in lines], ensure_ascii=False)
    register = Register.objects.create(
        cooperative=body.cooperative,
        body=body,
        closes_on=closes_on,
        drawn_at=at,
        size=len(lines),
        hash=hashlib.sha256(printed.encode()).hexdigest(),
    )
    RegisterEntry.objects.bulk_create(
        RegisterEntry(
            register=register, member=p, number=p.number, name=p.name, department=department, crew=crew
        )
        for p, department, crew in lines
    )
    write(
        body.cooperative.chain,
        verb="register-drawn",
        subject=Subject("register", str(register.pk), str(register)),
        by=by,
        at=at,
        facts={"closes_on": closes_on.isoformat(), "size": register.size, "hash": register.hash},
    )
    return register
