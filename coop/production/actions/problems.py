"""Problems: raised with their photos, had by others too, spoken about and answered.

The event is written first, then the columns; PostgreSQL holds them to it.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from coop.charter.models import Bylaws
from coop.letters import legible, one_line
from coop.members.models import Member
from coop.refusals import Refused, refuse_if

from ..clocks import answer_due
from ..history import answered_now, changed, moment_kept, stopped_now, told
from ..models import Area, MeToo, Problem, ProblemEvent, ProblemPhoto
from ..photo import Photo, Unfit, kept
from ..rules import problems as rules
from .locks import hold, locked

Kind = ProblemEvent.Kind
State = Problem.State


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
        columns=answered_now(problem, at) if answers else {},
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
    columns = {"state": State.IN_PROGRESS, "untouched": 0, **answered_now(problem, at)}
    changed(problem, Kind.TAKEN_UP, words.strip(), by=by, at=at, columns=columns)
    told(problem, by=by, at=at, verb="problem-taken-up")


def _next_number(cooperative: int, year: int) -> int:
    given = Problem.objects.filter(cooperative=cooperative, year=year)
    return (given.aggregate(last=Max("number"))["last"] or 0) + 1


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
