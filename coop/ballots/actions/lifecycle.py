"""Drawing up, opening, closing and annulling a ballot. One row lock, on the ballot, for all of them."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection, transaction

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.journal.models import CLOCK, Actor
from coop.members.models import Member
from coop.refusals import Reason, Refused, refuse_if

from ..asked import Asked, Choice
from ..counting.lots import drawn_lot
from ..models import Ballot, FinalEnvelope, Option, Question, Register, ReservedSeat, RollEntry
from ..models.ballots import Channel
from ..parts import obstacles_in_part
from ..rules.casting import obstacles_to_annulling, obstacles_to_closing, obstacles_to_opening
from ..rules.urn import urn_of
from ..sealed import merkle
from .locks import hold, locked, subject_of
from .registers import make_final

# Ten thousand lines are copied in the database: they are there already.
COPY_OF_THE_LIST = """
INSERT INTO ballots_rollentry (ballot_id, member_id, present)
SELECT %s, member_id, %s OR member_id = ANY (%s::bigint[])
FROM ballots_registerentry WHERE register_id = %s AND struck_by_id IS NULL
    AND %s IN ('', department) AND %s IN ('', crew) ORDER BY number
"""
MOTION_OPTIONS = ("for", "against", "abstain")


@transaction.atomic
def draw_up(
    *,
    register: Register,
    title: str,
    text: str,
    questions: Sequence[Asked],
    majority: str,
    base: str,
    bylaws: Bylaws,
    needs_presence: bool,
    closes_at: datetime.datetime | None = None,
    secrecy: str = Ballot.Secrecy.OPEN,
    channels: Sequence[str] = (Channel.PHONE,),
    tie_rule: str = "",
    parent: Ballot | None = None,
    department: str = "",
    crew: str = "",
    drawn_up_by: Member | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Ballot:
    """A draft over a register, with majority, base, tie rule and text copied in, and the order of the choices drawn.

    `tie_rule`: that of the bylaws for assemblies unless another is said (councils and elections have their own);
    `parent`: the round before this one, over the same register; `department`, `crew`: codes of those who vote, where
    not everybody on the register does.
    """
    ballot = Ballot.objects.create(
        cooperative=register.cooperative,
        body=register.body,
        register=register,
        department=department,
        crew=crew,
        title=title,
        secrecy=secrecy,
        channels=list(channels),
        needs_presence=needs_presence,
        closes_at=closes_at,
        majority=majority,
        base=base,
        tie_rule=tie_rule or bylaws.tie_rule,
        round=parent.round + 1 if parent else 1,
        parent=parent,
        drawn_up_by=drawn_up_by,
        rules_version=bylaws.version,
        text=text,
        text_hash=hashlib.sha256(text.encode()).hexdigest(),
    )
    for number, asked in enumerate(questions, 1):
        _ask(ballot, number, asked)
    write(register.cooperative.chain, verb="ballot-drawn-up", subject=subject_of(ballot), by=by, at=at)
    return ballot


def _ask(ballot: Ballot, number: int, asked: Asked) -> None:
    """Candidates stand in an order drawn by lot, the same on every paper and every phone; its seed stays on record."""
    motion = asked.method == Question.Method.MOTION
    alone = next((choice.member for choice in asked.choices if motion), None)  # who stands alone: yes or no
    question = Question.objects.create(
        ballot=ballot,
        number=number,
        wording=asked.wording,
        method=asked.method,
        seats=asked.seats,
        marks=asked.marks,
        money=asked.money,
        threshold=asked.threshold,
        order_seed="" if motion else secrets.token_hex(16),
    )
    drawn = [] if motion else drawn_lot(question.order_seed)([choice.code for choice in asked.choices])
    choices = {choice.code: choice for choice in asked.choices}
    paper = [choices[code] for code in drawn if code != Option.KEEP]
    paper += [choices[Option.KEEP]] if Option.KEEP in choices else []
    paper += [Choice(code, "") for code in (MOTION_OPTIONS if motion else [Option.BLANK])]
    Option.objects.bulk_create(
        Option(
            question=question,
            number=place,
            code=choice.code,
            label=choice.label,
            member=alone if choice.code == "for" and motion else choice.member,
            group=choice.group,
            cost=choice.cost,
        )
        for place, choice in enumerate(paper, 1)
    )
    ReservedSeat.objects.bulk_create(
        ReservedSeat(question=question, group=group, seats=seats) for group, seats in asked.reserved.items()
    )


@transaction.atomic
def open_ballot(*, ballot: Ballot, present: Collection[int], by: Actor, at: datetime.datetime) -> Ballot:
    """Copies the roll from the final register and opens. `present`: ids of the members checked in, when that is asked.

    A list whose claims days are over, and on which no claim waits, becomes final by this; any other refuses.
    """
    register = make_final(register=ballot.register, by=by, at=at)
    ballot = locked(ballot)
    ballot.register = register
    refuse_if(obstacles_to_opening(ballot, at))
    with connection.cursor() as cursor:
        everybody = not ballot.needs_presence
        cursor.execute(
            COPY_OF_THE_LIST,
            [ballot.pk, everybody, list(present), register.pk, ballot.department, ballot.crew],
        )
        size = cursor.rowcount
    _advance(ballot, state=Ballot.State.OPEN, opened_at=at, roll_size=size)
    write(
        ballot.cooperative.chain,
        verb="ballot-opened",
        subject=subject_of(ballot),
        by=by,
        at=at,
        facts={
            "text_hash": ballot.text_hash,
            "register_hash": register.fingerprint,
            "roll": size,
            "majority": ballot.majority,
            "base": ballot.base,
            "rules_version": ballot.rules_version,
            "closes_at": ballot.closes_at.isoformat() if ballot.closes_at else None,
        },
    )
    return ballot


@transaction.atomic
def mark_present(
    *,
    ballot: Ballot,
    members: Collection[int],
    part: int | None = None,
    by: Actor,
    at: datetime.datetime,
) -> None:
    """Somebody came in while the vote is open: from now on they may vote and count as present.

    `part`: the sitting they came to. Who comes when it has voted already does not count for this vote; who was present
    in another that has voted stays counted there. No journal line: whoever keeps the door writes the attendance.
    """
    ballot = locked(ballot)
    if ballot.state == Ballot.State.OPEN and part not in ballot.parts_over:
        waiting = RollEntry.objects.filter(ballot=ballot, member__in=members, channel=None)
        waiting.exclude(part__in=ballot.parts_over).update(present=True, part=part)


@transaction.atomic
def mark_absent(*, ballot: Ballot, members: Collection[int], by: Actor, at: datetime.datetime) -> None:
    """Somebody left before voting; whoever has voted stays counted as present, and whoever was there to the end of
    their sitting's part."""
    ballot = locked(ballot)
    if ballot.state == Ballot.State.OPEN:
        waiting = RollEntry.objects.filter(ballot=ballot, member__in=members, channel=None)
        waiting.exclude(part__in=ballot.parts_over).update(present=False, part=None)


@transaction.atomic
def let_lead(*, votes: Collection[int], members: Collection[int], by: Actor, at: datetime.datetime) -> None:
    """Whom a meeting has named for the day may lead its votes: the same as an office over the body, on these alone.

    `votes`: ids of ballots. No journal line: the meeting writes down whom it named.
    """
    held = [one.pk for one in hold(votes) if one.state not in (Ballot.State.COUNTED, Ballot.State.ANNULLED)]
    Ballot.objects.filter(pk__in=held).update(leaders=sorted(members))


@transaction.atomic
def end_part(*, ballot: Ballot, part: int, by: Actor, at: datetime.datetime) -> Ballot:
    """A sitting has voted, and the vote rests for the next one. Waits for the votes in flight, as closing does.

    Its people stay present in this vote and cannot vote any more. Nothing is counted, and no figure is told.
    """
    ballot = locked(ballot)
    refuse_if(obstacles_to_closing(ballot) + obstacles_in_part(ballot, part))
    if part in ballot.parts_over:
        return ballot
    _advance(ballot, parts_over=sorted({*ballot.parts_over, part}))
    roll = RollEntry.objects.filter(ballot=ballot, part=part)
    write(
        ballot.cooperative.chain,
        verb="ballot-rests",
        subject=subject_of(ballot),
        by=by,
        at=at,
        facts={
            "sitting": part,
            "present": roll.filter(present=True).count(),
            "voted": roll.filter(channel__isnull=False).count(),
        },
    )
    return ballot


@transaction.atomic
def close(*, ballot: Ballot, by: Actor, at: datetime.datetime) -> Ballot:
    """Waits for the votes in flight (they hold the row in share mode), then latches: nothing enters after this.

    A vote whose time had come was closed at that time, however late somebody looks.
    """
    ballot = locked(ballot)
    refuse_if(obstacles_to_closing(ballot))
    present = RollEntry.objects.filter(ballot=ballot, present=True).count()
    closed_at = ballot.closes_at if ballot.is_over(at) else at
    _advance(ballot, state=Ballot.State.CLOSED, closed_at=closed_at, present=present)
    _shake(ballot)
    write(
        ballot.cooperative.chain,
        verb="ballot-closed",
        subject=subject_of(ballot),
        by=by,
        at=at,
        facts={
            "present": present,
            "voted": RollEntry.objects.filter(ballot=ballot, channel__isnull=False).count(),
        },
    )
    return ballot


def _shake(ballot: Ballot) -> None:
    """Empties the sealed urn of a vote that is over, in the order of the trackers, and writes down number and root."""
    urn = urn_of(ballot)
    if urn is None or urn.root is not None:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT ballots_shake(%s)", [ballot.pk])
        if cursor.fetchone()[0] == "MISMATCH":  # somebody with all rights was at the tables
            raise Refused([Reason("urn-does-not-match")])
    found = FinalEnvelope.objects.filter(ballot=ballot).order_by("tracker")
    trackers = [bytes(tracker) for tracker in found.values_list("tracker", flat=True)]
    urn.envelopes, urn.root = len(trackers), merkle.root(trackers).hex()
    urn.save(update_fields=["envelopes", "root"])


@transaction.atomic
def latch(*, ballot: Ballot, by: Actor = CLOCK, at: datetime.datetime) -> Ballot:
    """Closes a ballot whose time has come. Anybody may look; whoever is first shuts it. Idempotent."""
    ballot = locked(ballot)
    return close(ballot=ballot, by=by, at=at) if ballot.is_over(at) else ballot


@transaction.atomic
def annul(*, ballot: Ballot, because: str, by: Actor, at: datetime.datetime) -> None:
    """A vote that must not stand. Its papers stay on record."""
    ballot = locked(ballot)
    refuse_if(obstacles_to_annulling(ballot, because))
    _advance(ballot, state=Ballot.State.ANNULLED, annulled_at=at, annulled_because=because.strip())
    _shake(ballot)
    write(
        ballot.cooperative.chain,
        verb="ballot-annulled",
        subject=subject_of(ballot),
        by=by,
        at=at,
        facts={"because": because.strip()},
    )


def _advance(ballot: Ballot, **facts: Any) -> None:
    for name, value in facts.items():
        setattr(ballot, name, value)
    ballot.save(update_fields=list(facts))
