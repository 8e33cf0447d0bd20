"""Problems: raised, answered, solved, confirmed, come back; sent up and down; joined, or taken off the list.

The event is written first, then the columns; PostgreSQL holds them to it.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.journal.models import Subject
from coop.letters import legible, one_line
from coop.members.models import Department, Member
from coop.refusals import Refused, refuse_if

from ..clocks import answer_due
from ..escalation import above, below
from ..history import changed, moment_kept, stopped_now, told
from ..models import Area, MeToo, Problem, ProblemEvent, ProblemPhoto
from ..photo import Photo, Unfit, kept
from ..rules import problems as rules
from .locks import hold, locked

Kind = ProblemEvent.Kind
State = Problem.State


@transaction.atomic
def add_area(*, department: Department, name: str, by: Member, at: datetime.datetime) -> Area:
    cooperative = hold(department.cooperative)
    name = one_line(name)
    refuse_if(rules.obstacles_to_adding_area(department, name, by=by, at=at))
    area = Area.objects.create(department=department, name=name, made_at=at)
    write(
        cooperative.chain,
        verb="area-added",
        subject=Subject("area", str(area.pk), name),
        by=by.actor,
        at=at,
        facts={"department": department.code},
    )
    return area


@transaction.atomic
def close_area(*, area: Area, by: Member, at: datetime.datetime) -> None:
    """The place is given up; what happened there stays."""
    cooperative = hold(area.department.cooperative)
    area.refresh_from_db(fields=["closed_at"])
    refuse_if(rules.obstacles_to_closing_area(area, by=by, at=at))
    Area.objects.filter(pk=area.pk).update(closed_at=at)
    write(
        cooperative.chain,
        verb="area-closed",
        subject=Subject("area", str(area.pk), area.name),
        by=by.actor,
        at=at,
        facts={"department": area.department.code},
    )


@transaction.atomic
def raise_problem(
    *,
    area: Area,
    category: str,
    priority: str,
    title: str,
    details: str = "",
    risk: str = "",
    colleague: Member | None = None,
    unnamed: bool = False,
    photos: Sequence[bytes] = (),
    stopped: bool = False,
    form: str | None = None,
    by: Member,
    at: datetime.datetime,
) -> Problem:
    """Raised by `by`, or for `colleague` who said it; unnamed, neither of them is written down anywhere,
    and of the moment the day alone (`moment_kept`).

    Files are judged and written anew (`photo.kept`). `stopped`: the line stands still from now on. `form`: 32 letters
    drawn by chance for the form it was written on; of the same form again comes the problem that is there.
    """
    pictures = _pictures(photos)  # before the lock: they take their time
    cooperative = hold(area.department.cooperative)
    if form is not None:
        there = Problem.objects.filter(cooperative=cooperative, form=form).first()
        if there is not None:
            return there
    area.refresh_from_db(fields=["closed_at"])
    title = one_line(title)
    refuse_if(rules.obstacles_to_raising(area, title=title, colleague=colleague, by=by, at=at))
    refuse_if(rules.obstacles_to_photos(0, len(pictures)))
    day = cooperative.day_of(at)
    raised_by = None if unnamed else colleague or by
    kept_at = moment_kept(cooperative, at, unnamed=unnamed)
    problem = Problem.objects.create(
        cooperative=cooperative,
        year=day.year,
        number=_next_number(cooperative.pk, day.year),
        area=area,
        category=category,
        priority=priority,
        title=title,
        details=legible(details).strip(),
        risk=legible(risk).strip(),
        raised_by=raised_by,
        through=by if raised_by is not None and raised_by.pk != by.pk else None,
        raised_at=kept_at,
        form=form,
        answer_by=answer_due(day, priority, rules.days_of(Bylaws.in_force(cooperative, day))),
    )
    _add(problem, pictures, kept_at)
    told(
        problem,
        by=None if unnamed else by,
        at=kept_at,
        verb="problem-raised-unnamed" if unnamed else "problem-raised",
        department=area.department.code,
        priority=priority,
        photos=len(pictures),
    )
    if stopped:
        stopped_now(problem, by=None if unnamed else by, at=kept_at)
    return problem


@transaction.atomic
def add_photo(*, problem: Problem, content: bytes, by: Member, at: datetime.datetime) -> None:
    """One more picture, such as of how it looks now. The same picture again is the same."""
    (picture,) = _pictures([content])  # before the lock: it takes its time
    problem = locked(problem)
    if problem.photos.filter(hash=picture.hash).exists():
        return
    refuse_if(rules.obstacles_to_adding_photo(problem, by=by, at=at))
    _add(problem, [picture], at)
    told(problem, by=by, at=at, verb="problem-photographed")


@transaction.atomic
def say_me_too(*, problem: Problem, by: Member, at: datetime.datetime) -> None:
    """No journal line: who else suffers from a machine is no act of the house."""
    problem = locked(problem)
    refuse_if(rules.obstacles_to_me_too(problem, by=by, at=at))
    MeToo.objects.create(problem=problem, member=by, at=at)


@transaction.atomic
def say(
    *,
    problem: Problem,
    kind: str,
    words: str = "",
    measured: str = "",
    value_before: Decimal | None = None,
    value_after: Decimal | None = None,
    by: Member,
    at: datetime.datetime,
) -> None:
    """A note, a cause, an idea; or an answer, a decision, a measure (what was measured, before and after)."""
    problem = locked(problem)
    words, measured = legible(words).strip(), one_line(measured)
    refuse_if(
        rules.obstacles_to_saying(
            problem,
            kind,
            words=words,
            measured=measured,
            value_before=value_before,
            value_after=value_after,
            by=by,
            at=at,
        )
    )
    answers = kind in ProblemEvent.ANSWERS
    more = {"measured": measured, "value_before": value_before, "value_after": value_after}
    changed(
        problem,
        kind,
        words,
        by=by,
        at=at,
        more=more if kind == Kind.MEASURE else {},
        columns=_answered(problem, at) if answers else {},
    )
    if answers:
        told(problem, by=by, at=at, verb="problem-answered", kind=kind)


@transaction.atomic
def set_priority(
    *, problem: Problem, priority: str, words: str = "", by: Member, at: datetime.datetime
) -> None:
    """Another clock, from the day on which the present one began."""
    problem = locked(problem)
    refuse_if(rules.obstacles_to_priority(problem, priority, by=by, at=at))
    began = problem.cooperative.day_of(_clock_began(problem))
    bylaws = Bylaws.in_force(problem.cooperative, began)
    columns = {"priority": priority, "answer_by": answer_due(began, priority, rules.days_of(bylaws))}
    changed(problem, Kind.PRIORITY, words.strip(), by=by, at=at, columns=columns)
    told(problem, by=by, at=at, verb="problem-priority", priority=priority)


@transaction.atomic
def take_up(*, problem: Problem, words: str = "", by: Member, at: datetime.datetime) -> None:
    """Somebody works on it: the clock of the answer stops."""
    problem = locked(problem)
    refuse_if(rules.obstacles_to_taking_up(problem, by=by, at=at))
    columns = {"state": State.IN_PROGRESS, "untouched": 0, **_answered(problem, at)}
    changed(problem, Kind.TAKEN_UP, words.strip(), by=by, at=at, columns=columns)
    told(problem, by=by, at=at, verb="problem-taken-up")


@transaction.atomic
def say_solved(*, problem: Problem, words: str, by: Member, at: datetime.datetime) -> None:
    """Mended, and how. It is closed when whoever raised it has confirmed that."""
    problem = locked(problem)
    words = legible(words).strip()
    refuse_if(rules.obstacles_to_solving(problem, words=words, by=by, at=at))
    columns = {"state": State.SOLVED, "solved_by": by, "solved_at": at, "untouched": 0}
    changed(problem, Kind.SOLVED, words, by=by, at=at, columns=columns | _answered(problem, at))
    told(problem, by=by, at=at, verb="problem-solved")


@transaction.atomic
def verify(*, problem: Problem, words: str = "", by: Member, at: datetime.datetime) -> None:
    problem = locked(problem)
    refuse_if(rules.obstacles_to_verifying(problem, by=by, at=at))
    columns = {"state": State.VERIFIED, "verified_by": by, "verified_at": at}
    changed(problem, Kind.VERIFIED, words.strip(), by=by, at=at, columns=columns)
    told(problem, by=by, at=at, verb="problem-verified")


@transaction.atomic
def object_to(*, problem: Problem, words: str, by: Member, at: datetime.datetime) -> None:
    """It is not solved, and why."""
    problem = locked(problem)
    words = legible(words).strip()
    refuse_if(rules.obstacles_to_objecting(problem, words=words, by=by, at=at))
    columns = {"state": State.IN_PROGRESS, **_UNSOLVED}
    changed(problem, Kind.OBJECTED, words, by=by, at=at, columns=columns)
    told(problem, by=by, at=at, verb="problem-not-solved")


@transaction.atomic
def reopen(*, problem: Problem, words: str, by: Member, at: datetime.datetime) -> None:
    """It came back. A new clock runs, before the production meeting again; what happened stays with it."""
    problem = locked(problem)
    words = legible(words).strip()
    refuse_if(rules.obstacles_to_reopening(problem, words=words, by=by, at=at))
    day = problem.cooperative.day_of(at)
    days = rules.days_of(Bylaws.in_force(problem.cooperative, day))
    columns = {
        "state": State.REOPENED,
        "verified_by": None,
        "verified_at": None,
        **_UNSOLVED,
        "answer_by": answer_due(day, problem.priority, days),
        "answered_at": None,
        "level": Problem.Level.MEETING,
        "reopened": problem.reopened + 1,
    }
    changed(problem, Kind.REOPENED, words, by=by, at=at, columns=columns)
    told(problem, by=by, at=at, verb="problem-reopened")


@transaction.atomic
def send_up(*, problem: Problem, words: str, by: Member, at: datetime.datetime) -> None:
    """What cannot be settled here goes to the next level."""
    problem = locked(problem)
    words = legible(words).strip()
    refuse_if(rules.obstacles_to_sending_up(problem, words=words, by=by, at=at))
    level = above(problem.level)
    changed(problem, Kind.ESCALATED, words, by=by, at=at, columns={"level": level, "untouched": 0})
    told(problem, by=by, at=at, verb="problem-sent-up", level=level)


@transaction.atomic
def send_down(*, problem: Problem, words: str, by: Member, at: datetime.datetime) -> None:
    """The answer comes down to the level from which the problem came."""
    problem = locked(problem)
    words = legible(words).strip()
    refuse_if(rules.obstacles_to_sending_down(problem, words=words, by=by, at=at))
    level = below(problem.level)
    columns = {"level": level, "untouched": 0, **_answered(problem, at)}
    changed(problem, Kind.CAME_DOWN, words, by=by, at=at, columns=columns)
    told(problem, by=by, at=at, verb="problem-came-down", level=level)


@transaction.atomic
def join(*, problem: Problem, other: Problem, by: Member, at: datetime.datetime) -> None:
    """The same as `other`, which goes on for both. Whoever raised this one has said "me too" there."""
    held = {one.pk: locked(one) for one in sorted((problem, other), key=lambda one: one.pk)}
    problem, other = held[problem.pk], held[other.pk]
    refuse_if(rules.obstacles_to_joining(problem, other, by=by, at=at))
    columns = {"state": State.JOINED, "joined_to": other}
    changed(problem, Kind.JOINED, "", by=by, at=at, more={"other": other}, columns=columns)
    if problem.raised_by is not None and problem.raised_by_id != other.raised_by_id:
        MeToo.objects.get_or_create(problem=other, member=problem.raised_by, defaults={"at": at})
    told(problem, by=by, at=at, verb="problem-joined", to=other.label)


@transaction.atomic
def part(*, problem: Problem, words: str = "", by: Member, at: datetime.datetime) -> None:
    """It was another thing after all."""
    problem = locked(problem)
    refuse_if(rules.obstacles_to_parting(problem, by=by, at=at))
    columns = {"state": State.OPEN, "joined_to": None}
    changed(problem, Kind.PARTED, words.strip(), by=by, at=at, columns=columns)
    told(problem, by=by, at=at, verb="problem-parted")


@transaction.atomic
def move_to_conduct(*, problem: Problem, by: Member, at: datetime.datetime) -> None:
    """Its words blame a person: they leave the list. The journal tells the number only."""
    problem = locked(problem)
    refuse_if(rules.obstacles_to_moving_to_conduct(problem, by=by, at=at))
    changed(problem, Kind.CONDUCT, "", by=by, at=at, columns={"state": State.CONDUCT})
    told(problem, by=by, at=at, verb="problem-to-conduct")


_UNSOLVED: dict[str, Any] = {"solved_by": None, "solved_at": None, "met_since": 0, "untouched": 0}


def _next_number(cooperative: int, year: int) -> int:
    given = Problem.objects.filter(cooperative=cooperative, year=year)
    return (given.aggregate(last=Max("number"))["last"] or 0) + 1


def _answered(problem: Problem, at: datetime.datetime) -> dict[str, Any]:
    """The first answer stops the clock; later ones do not move it."""
    return {} if problem.answered_at is not None else {"answered_at": at}


def _clock_began(problem: Problem) -> datetime.datetime:
    back = problem.events.filter(kind=Kind.REOPENED).order_by("-pk").first()
    return back.at if back is not None else problem.raised_at


def _pictures(contents: Sequence[bytes]) -> list[Photo]:
    """Each once, written anew."""
    try:
        found = [kept(content) for content in contents]
    except Unfit as unfit:
        raise Refused([unfit.reason]) from None
    return list({picture.hash: picture for picture in found}.values())


def _add(problem: Problem, pictures: Sequence[Photo], at: datetime.datetime) -> None:
    ProblemPhoto.objects.bulk_create(
        ProblemPhoto(
            problem=problem,
            added_at=at,
            width=one.width,
            height=one.height,
            hash=one.hash,
            content=one.content,
        )
        for one in pictures
    )
