"""What stands in the way of raising, answering, solving and closing a problem (practice C12)."""

from __future__ import annotations

import datetime
from decimal import Decimal

from coop.charter.models import Bylaws
from coop.members.backend import may_enter
from coop.members.models import Department, Member, Power
from coop.members.powers import obstacles_without
from coop.refusals import Reason

from ..escalation import above, below
from ..models import Area, MeToo, Problem, ProblemEvent, ProblemPhoto, Stop
from .answering import (
    before,
    obstacles_of_the_house,
    obstacles_to_answering,
    obstacles_to_taking_part,
    sits_in_council,
    speaks_for,
)

State = Problem.State
MEETINGS_WITHOUT_OBJECTION = 2  # the bylaws say it in words
MOST_VALUE = Decimal(10) ** 9  # of a measure


def obstacles_to_adding_area(
    department: Department, name: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Whoever keeps the register keeps the places of the plant, as they keep its departments."""
    reasons = obstacles_without(Power.KEEP_REGISTER, by=by, at=at)
    if department.cooperative_id != by.cooperative_id:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if not name:
        reasons.append(Reason("no-name"))
    if Area.objects.filter(department=department, name=name, closed_at=None).exists():
        reasons.append(Reason("area-there-already", {"area": name}))
    return reasons


def obstacles_to_closing_area(area: Area, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Not while something is to be done there."""
    reasons = obstacles_without(Power.KEEP_REGISTER, by=by, at=at)
    if area.department.cooperative_id != by.cooperative_id:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if area.closed_at is not None:
        reasons.append(Reason("area-given-up", {"area": area.name}))
    waiting = Problem.objects.filter(area=area, state__in=[*Problem.TO_DO, State.SOLVED]).count()
    if waiting:
        reasons.append(Reason("area-has-problems", {"number": waiting}))
    return reasons


def obstacles_to_raising(
    area: Area, *, title: str, colleague: Member | None, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Anybody of the house, also for a colleague who has no telephone at hand."""
    cooperative = area.department.cooperative_id
    reasons = obstacles_of_the_house(by, cooperative, at)
    if colleague is not None and colleague.pk != by.pk:
        reasons += obstacles_of_the_house(colleague, cooperative, at)
    if area.closed_at is not None:
        reasons.append(Reason("area-given-up", {"area": area.name}))
    if not title:
        reasons.append(Reason("problem-without-words"))
    return reasons


def obstacles_to_photos(there: int, coming: int) -> list[Reason]:
    if there + coming <= ProblemPhoto.MOST:
        return []
    return [Reason("photos-too-many", {"most": ProblemPhoto.MOST})]


def obstacles_to_adding_photo(problem: Problem, *, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = obstacles_to_taking_part(problem, by=by, at=at) + _in(problem, *Problem.TO_DO, State.SOLVED)
    return reasons + obstacles_to_photos(problem.photos.count(), 1)


def obstacles_to_me_too(problem: Problem, *, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = obstacles_to_taking_part(problem, by=by, at=at) + _in(problem, *Problem.TO_DO)
    if by.pk == problem.raised_by_id or MeToo.objects.filter(problem=problem, member=by).exists():
        reasons.append(Reason("said-already"))
    return reasons


def obstacles_to_saying(
    problem: Problem,
    kind: str,
    *,
    words: str,
    measured: str = "",
    value_before: Decimal | None = None,
    value_after: Decimal | None = None,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """Notes, causes and ideas by anybody; an answer, a decision or a measure by whoever answers for the place."""
    reasons = obstacles_to_taking_part(problem, by=by, at=at)
    reasons += _in(problem, *Problem.TO_DO, State.SOLVED)
    if kind in ProblemEvent.ANSWERS:
        reasons += obstacles_to_answering(problem, by=by, at=at)
    elif kind not in ProblemEvent.SAID:
        reasons.append(Reason("said-elsewhere"))
    if kind == ProblemEvent.Kind.MEASURE:
        if not measured or value_before is None:
            reasons.append(Reason("measure-incomplete"))
        if any(value is not None and abs(value) > MOST_VALUE for value in (value_before, value_after)):
            reasons.append(Reason("measure-too-large"))
    elif not words:
        reasons.append(Reason("problem-without-words"))
    return reasons


def obstacles_to_priority(
    problem: Problem, priority: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    reasons = obstacles_to_answering(problem, by=by, at=at) + _in(problem, *Problem.TO_DO)
    if priority == problem.priority:
        reasons.append(Reason("priority-stays"))
    return reasons


def obstacles_to_taking_up(problem: Problem, *, by: Member, at: datetime.datetime) -> list[Reason]:
    return obstacles_to_answering(problem, by=by, at=at) + _in(problem, State.OPEN, State.REOPENED)


def obstacles_to_solving(problem: Problem, *, words: str, by: Member, at: datetime.datetime) -> list[Reason]:
    """Anybody who has mended it says so and how. Not while the line stands still."""
    reasons = obstacles_to_taking_part(problem, by=by, at=at) + _in(problem, *Problem.TO_DO)
    if not words:
        reasons.append(Reason("problem-without-words"))
    if Stop.objects.filter(problem=problem, lifted_at=None).exists():
        reasons.append(Reason("line-stands-still"))
    return reasons


def obstacles_to_verifying(problem: Problem, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Whoever raised it confirms; the council does when they are gone or unnamed, or said themselves that it is solved.

    Nobody closes alone: whoever said that it is solved never confirms it.
    """
    reasons = obstacles_to_taking_part(problem, by=by, at=at) + _in(problem, State.SOLVED)
    if reasons:
        return reasons
    if by.pk == problem.solved_by_id:
        return [Reason("nobody-closes-alone")]
    if by.pk == problem.raised_by_id:
        return []
    if not sits_in_council(by, problem.area.department, at):
        return [Reason("who-raised-it-confirms")]
    return [] if _council_confirms(problem, at) else [Reason("who-raised-it-confirms")]


def _council_confirms(problem: Problem, at: datetime.datetime) -> bool:
    raised_by = problem.raised_by
    day = problem.cooperative.day_of(at)
    if raised_by is None or raised_by.pk == problem.solved_by_id or not may_enter(raised_by, day):
        return True
    allowed = Bylaws.in_force(problem.cooperative, day).council_may_verify
    return allowed and problem.met_since >= MEETINGS_WITHOUT_OBJECTION


def obstacles_to_objecting(
    problem: Problem, *, words: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Whoever has the problem says that it is not solved: who raised it, who said "me too", and the council."""
    reasons = obstacles_to_taking_part(problem, by=by, at=at) + _in(problem, State.SOLVED)
    if not words:
        reasons.append(Reason("problem-without-words"))
    theirs = by.pk == problem.raised_by_id or MeToo.objects.filter(problem=problem, member=by).exists()
    if not theirs and not sits_in_council(by, problem.area.department, at):
        reasons.append(Reason("problem-of-others"))
    return reasons


def obstacles_to_reopening(
    problem: Problem, *, words: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Whoever sees it again."""
    reasons = obstacles_to_taking_part(problem, by=by, at=at) + _in(problem, State.VERIFIED)
    return reasons if words else [*reasons, Reason("problem-without-words")]


def obstacles_to_sending_up(
    problem: Problem, *, words: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    reasons = obstacles_to_answering(problem, by=by, at=at) + _in(problem, *Problem.TO_DO)
    if not words:
        reasons.append(Reason("problem-without-words"))
    if above(problem.level) is None:
        reasons.append(Reason("nothing-above"))
    return reasons


def obstacles_to_sending_down(
    problem: Problem, *, words: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    """The answer comes down in words, from whoever sits in the body before which it stands, or leads it."""
    reasons = obstacles_to_taking_part(problem, by=by, at=at) + _in(problem, *Problem.TO_DO)
    if not speaks_for(by, before(problem), at):
        reasons.append(Reason("level-of-others", {"level": problem.level}))
    if not words:
        reasons.append(Reason("problem-without-words"))
    if below(problem.level) is None:
        reasons.append(Reason("nothing-below"))
    return reasons


def obstacles_to_joining(
    problem: Problem, other: Problem, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """The same thing twice: by whoever raised the one that goes, or whoever answers for its place."""
    reasons = _in(problem, *Problem.TO_DO)
    if by.pk != problem.raised_by_id:
        reasons += obstacles_to_answering(problem, by=by, at=at)
    if other.pk == problem.pk or other.cooperative_id != problem.cooperative_id:
        reasons.append(Reason("joined-to-itself"))
    elif other.state not in (*Problem.TO_DO, State.SOLVED):
        reasons.append(Reason("problem-not-there", {"problem": other.label, "standing": other.state}))
    if Stop.objects.filter(problem=problem, lifted_at=None).exists():
        reasons.append(Reason("line-stands-still"))
    if Problem.objects.filter(joined_to=problem).exists():
        reasons.append(Reason("others-are-joined", {"problem": problem.label}))
    return reasons


def obstacles_to_parting(problem: Problem, *, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = _in(problem, State.JOINED)
    if by.pk != problem.raised_by_id:
        reasons += obstacles_to_answering(problem, by=by, at=at)
    return reasons


def obstacles_to_moving_to_conduct(problem: Problem, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Words that blame a person do not hang on a board; the procedure on conduct hears both."""
    reasons = obstacles_to_answering(problem, by=by, at=at)
    return reasons + _in(problem, *Problem.TO_DO, State.SOLVED)


def obstacles_to_stopping(problem: Problem, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Anybody of the house stops a line that is dangerous."""
    reasons = obstacles_to_taking_part(problem, by=by, at=at) + _in(problem, *Problem.TO_DO)
    if Stop.objects.filter(problem=problem, lifted_at=None).exists():
        reasons.append(Reason("line-stands-still"))
    return reasons


def obstacles_to_asking_to_lift(
    stop: Stop, *, made_safe: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    reasons = obstacles_to_taking_part(stop.problem, by=by, at=at)
    if stop.lifted_at is not None:
        reasons.append(Reason("stop-lifted"))
    elif stop.asked_by_id is not None:
        reasons.append(Reason("stop-asked-already"))
    return reasons if made_safe else [*reasons, Reason("stop-without-words")]


def obstacles_to_lifting(stop: Stop, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Two people lift a stop: one has made it safe, another has looked."""
    reasons = obstacles_to_taking_part(stop.problem, by=by, at=at)
    if stop.lifted_at is not None:
        return [*reasons, Reason("stop-lifted")]
    if stop.asked_by_id is None:
        return [*reasons, Reason("stop-not-asked")]
    if stop.asked_by_id == by.pk:
        reasons.append(Reason("stop-needs-somebody-else"))
    return reasons


def _in(problem: Problem, *states: str) -> list[Reason]:
    if problem.state in states:
        return []
    return [Reason("problem-not-there", {"problem": problem.label, "standing": problem.state})]


def days_of(bylaws: Bylaws) -> dict[str, int]:
    """The clocks of the bylaws by priority."""
    return {priority: getattr(bylaws, f"problem_{priority}_days") for priority in Problem.Priority.values}


def readable_by(problem: Problem, *, by: Member, at: datetime.datetime) -> bool:
    """Everybody of the house reads problems; what was moved to the procedure on conduct, only those it concerns."""
    if problem.state != State.CONDUCT:
        return True
    return by.pk in (problem.raised_by_id, problem.through_id) or sits_in_council(
        by, problem.area.department, at
    )
