"""What stands in the way of writing an amendment of the budget, handing it in, joining it, and voting on it (C17)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from coop.charter.models import Bylaws
from coop.members.electorate import obstacles_to_voting
from coop.members.models import Body, Member, Power
from coop.members.powers import obstacles_without
from coop.refusals import Reason

from ..balance import Change, Plan
from ..conflicts import Kind, faults
from ..falls import Because, Fall
from ..models import Amendment, AmendmentSupport, Challenge, Line, PartOf, Year
from ..money import exact, plain
from ..tables import Table, plan_of
from .years import obstacles_in_amounts, obstacles_to_keeping

State = Amendment.State
MOST_MOVES = 60


def obstacles_to_having_a_voice(
    year: Year, *, on_behalf_of: Body | None, by: Member, at: datetime.datetime, bylaws: Bylaws
) -> list[Reason]:
    """Whoever votes in the assembly amends; in the name of a body whoever calls it."""
    if by.cooperative_id != year.cooperative_id:
        return [Reason("not-of-this-cooperative", {"name": by.name})]
    assembly = Body.objects.filter(cooperative=year.cooperative_id, kind=Body.Kind.ASSEMBLY).first()
    assert assembly is not None, "a co-operative has its assembly from the founding on"
    found = obstacles_to_voting(by, assembly, by.cooperative.day_of(at), bylaws)
    if on_behalf_of is not None:
        found += obstacles_without(Power.CONVENE, by=by, at=at, body=on_behalf_of)
    return found


def obstacles_in_time(year: Year, kind: str, day: datetime.date) -> list[Reason]:
    """Amendments until their last day, common texts until the vote is put."""
    if kind == Amendment.Kind.COMMON and year.state in (Year.State.OPEN, Year.State.CONCILIATION):
        return []
    if year.state in Year.LOCKED:
        return [Reason("budget-locked", {"label": year.label})]
    if not year.takes_amendments(day):
        return [Reason("budget-takes-no-amendments", {"label": year.label})]
    return []


def obstacles_to_writing(
    year: Year,
    moves: Mapping[str, Decimal],
    *,
    title: str,
    amends: Amendment | None = None,
    on_behalf_of: Body | None = None,
    kind: str = Amendment.Kind.OWN,
    by: Member,
    at: datetime.datetime,
    bylaws: Bylaws,
) -> list[Reason]:
    """A draft may still be out of balance; its lines are there, and its amounts are money."""
    found = obstacles_in_time(year, kind, year.cooperative.day_of(at))
    found += obstacles_to_having_a_voice(year, on_behalf_of=on_behalf_of, by=by, at=at, bylaws=bylaws)
    if not title.strip():
        found.append(Reason("budget-amendment-without-title"))
    if amends is not None:
        found += _obstacles_to_amending_one(year, amends)
    return found + obstacles_in_moves(year, moves)


def _obstacles_to_amending_one(year: Year, amends: Amendment) -> list[Reason]:
    if amends.year_id != year.pk or amends.amends_id is not None or amends.kind != Amendment.Kind.OWN:
        return [Reason("one-level-of-amendments")]
    if amends.state not in (State.SUBMITTED, State.ADMITTED):
        return [Reason("budget-amendment-ended", {"label": amends.label})]
    return []


def obstacles_in_moves(year: Year, moves: Mapping[str, Decimal]) -> list[Reason]:
    if len(moves) > MOST_MOVES:
        return [Reason("budget-too-many-moves", {"most": MOST_MOVES})]
    there = set(Line.objects.filter(year=year, code__in=list(moves)).values_list("code", flat=True))
    found = [Reason("budget-no-such-line", {"code": code}) for code in moves if code not in there]
    found += [Reason("budget-moves-nothing", {"code": code}) for code, amount in moves.items() if not amount]
    return found + obstacles_in_amounts(year.cooperative, list(moves.values()), signed=True)


def twin_of(
    year: Year, moves: Mapping[str, Decimal], parts: Sequence[Amendment], *, by: Member, **facts: object
) -> Amendment | None:
    """The draft that this person has already begun word for word: a form that is sent twice begins one."""
    wanted = {part.pk for part in parts}
    for one in year.amendments.filter(state=State.DRAFT, author=by, **facts).order_by("pk"):
        same = {code: exact(amount) for code, amount in one.moves.values_list("line__code", "amount")}
        if same == moves and set(one.parts.values_list("part", flat=True)) == wanted:
            return one
    return None


def obstacles_to_rewriting(amendment: Amendment, *, revision: int, by: Member) -> list[Reason]:
    found = [] if amendment.author_id == by.pk else [Reason("budget-draft-of-somebody-else")]
    if amendment.state != State.DRAFT:
        return [*found, Reason("budget-amendment-handed-in", {"label": amendment.label})]
    if revision != amendment.revision:
        found.append(Reason("budget-draft-changed-meanwhile"))
    return found


def obstacles_to_handing_in(
    amendment: Amendment,
    change: Change,
    amended: Change | None,
    *,
    by: Member,
    at: datetime.datetime,
    bylaws: Bylaws,
) -> list[Reason]:
    """In time, balanced, and with no line under what has to stay on it. `amended`: the one it amends, as it stands."""
    year = amendment.year
    found = obstacles_to_rewriting(amendment, revision=amendment.revision, by=by)
    found += obstacles_in_time(year, amendment.kind, year.cooperative.day_of(at))
    found += obstacles_to_having_a_voice(
        year, on_behalf_of=amendment.on_behalf_of, by=by, at=at, bylaws=bylaws
    )
    if amendment.amends is not None:
        found += _obstacles_to_amending_one(year, amendment.amends)
    if not change.moves:
        return [*found, Reason("budget-amendment-moves-nothing")]
    return found + obstacles_in_balance(plan_of(year), change, amended)


def obstacles_in_balance(plan: Plan, change: Change, amended: Change | None = None) -> list[Reason]:
    """Why moves cannot be put as they stand: not balanced, or too little is left on a line."""
    found = []
    for fault in faults(plan, change, amended):
        if fault.kind == Kind.NOT_BALANCED and fault.short > 0:
            found.append(Reason("budget-gives-more", {"amount": plain(fault.short)}))
        elif fault.kind == Kind.NOT_BALANCED:
            found.append(Reason("budget-takes-more", {"amount": plain(-fault.short)}))
        elif fault.line == plan.contingency:
            found.append(
                Reason("budget-lands-under-the-floor", {"line": fault.line, "amount": plain(fault.short)})
            )
        else:
            found.append(
                Reason("budget-lands-under-zero", {"line": fault.line, "amount": plain(fault.short)})
            )
    return found


def obstacles_to_signing(
    amendment: Amendment, *, by: Member, at: datetime.datetime, bylaws: Bylaws
) -> list[Reason]:
    if amendment.state != State.SUBMITTED or amendment.on_behalf_of_id or amendment.kind != "own":
        return [Reason("budget-amendment-needs-nobody", {"label": amendment.label})]
    year = amendment.year
    found = obstacles_in_time(year, amendment.kind, year.cooperative.day_of(at))
    found += obstacles_to_having_a_voice(year, on_behalf_of=None, by=by, at=at, bylaws=bylaws)
    if AmendmentSupport.objects.filter(amendment=amendment, member=by).exists():
        found.append(Reason("budget-signed-already"))
    return found


def obstacles_to_speaking_for(amendment: Amendment, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Of a member's amendment its author, of a body's whoever calls the body."""
    if amendment.on_behalf_of is not None:
        return obstacles_without(Power.CONVENE, by=by, at=at, body=amendment.on_behalf_of)
    return [] if amendment.author_id == by.pk else [Reason("budget-draft-of-somebody-else")]


def obstacles_to_backing(
    amendment: Amendment, *, decision: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    """The body behind it has decided so, in a meeting of its own. A common text waits for the movers of its parts."""
    if amendment.state != State.SUBMITTED or amendment.on_behalf_of is None or amendment.kind != "own":
        return [Reason("budget-amendment-needs-nobody", {"label": amendment.label})]
    found = [] if decision.strip() else [Reason("budget-without-decision")]
    return found + obstacles_to_speaking_for(amendment, by=by, at=at)


def obstacles_to_withdrawing(amendment: Amendment, *, by: Member, at: datetime.datetime) -> list[Reason]:
    if not amendment.is_alive:
        return [Reason("budget-amendment-ended", {"label": amendment.label})]
    return obstacles_to_speaking_for(amendment, by=by, at=at)


def obstacles_to_remarking(
    amendment: Amendment, *, remark: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    found = obstacles_to_keeping(amendment.year.cooperative, by=by, at=at)
    if not amendment.is_alive:
        found.append(Reason("budget-amendment-ended", {"label": amendment.label}))
    if not remark.strip():
        found.append(Reason("budget-remark-without-words"))
    return found


# --- Joining --------------------------------------------------------------------------------------------------------


def obstacles_to_joining(year: Year, parts: Sequence[Amendment]) -> list[Reason]:
    """A common text stands for at least two amendments of this budget that are still before the members."""
    found = []
    if len({part.pk for part in parts}) < 2:
        found.append(Reason("budget-common-of-two"))
    for part in parts:
        if part.year_id != year.pk or part.amends_id is not None or part.kind != Amendment.Kind.OWN:
            found.append(Reason("budget-no-part-of-a-common-text", {"label": part.label}))
        elif part.state not in (State.SUBMITTED, State.ADMITTED):
            found.append(Reason("budget-amendment-ended", {"label": part.label}))
    return found


def obstacles_to_agreeing(part: PartOf, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Its mover agrees, once, before the vote is put."""
    if part.agreed_at is not None:
        return [Reason("budget-agreed-already")]
    if part.common.state not in (State.DRAFT, State.SUBMITTED) or not part.part.is_alive:
        return [Reason("budget-amendment-ended", {"label": part.common.label})]
    return obstacles_to_speaking_for(part.part, by=by, at=at)


# --- The vote -------------------------------------------------------------------------------------------------------


def obstacles_to_voting_on(amendment: Amendment, table: Table) -> list[Reason]:
    """It waits for its vote, nothing that comes before it is open, and it can still stand."""
    year = amendment.year
    if year.state != Year.State.PUT:
        return [Reason("budget-not-put", {"label": year.label})]
    if amendment.state != State.ADMITTED:
        return [Reason("budget-amendment-ended", {"label": amendment.label})]
    first = [one.key for one in table.waiting if one.amends == amendment.pk or amendment.pk in one.replaces]
    if first:
        return [Reason("budget-comes-after", {"number": len(first)})]
    fall = next((one for one in table.falls() if one.key == amendment.pk), None)
    return [] if fall is None else [_told(fall)]


def _told(fall: Fall) -> Reason:
    if fall.because != Because.SOURCE:
        return Reason("budget-has-fallen", {"of_fall": fall.because.value})
    return Reason("budget-money-is-gone", {"line": fall.line, "amount": plain(fall.short)})


def obstacles_to_recording(amendment: Amendment, table: Table, *, decision: str) -> list[Reason]:
    found = [] if decision.strip() else [Reason("budget-without-decision")]
    return found + obstacles_to_voting_on(amendment, table)


def obstacles_to_wanting(amendment: Amendment, table: Table) -> list[Reason]:
    """What pulls the other way is voted all the same, and what can stand again since it fell; nothing else."""
    if amendment.year.state != Year.State.PUT:
        return [Reason("budget-not-put", {"label": amendment.year.label})]
    if amendment.state != State.FALLEN:
        return [Reason("budget-not-fallen", {"label": amendment.label})]
    fall = table.fall_if_wanted(amendment.pk)
    if fall is None:
        return []
    return [Reason("budget-not-to-be-wanted", {"label": amendment.label}), _told(fall)]


def obstacles_to_moving_in_order(
    amendment: Amendment, before: Amendment | None, *, because: str
) -> list[Reason]:
    found = [] if because.strip() else [Reason("no-reason-given")]
    found += [
        Reason("budget-amendment-ended", {"label": one.label})
        for one in filter(None, (amendment, before))
        if one.year_id != amendment.year_id or one.state != State.ADMITTED
    ]
    if before is not None and before.pk == amendment.pk:
        found.append(Reason("budget-before-itself"))
    return found


# --- Challenged -----------------------------------------------------------------------------------------------------


def obstacles_to_challenging(
    amendment: Amendment, *, because: str, by: Member, at: datetime.datetime, bylaws: Bylaws
) -> list[Reason]:
    """Of one that fell, by whoever votes on the budget, while the vote on it goes on; one challenge at a time."""
    if amendment.year.state != Year.State.PUT:
        return [Reason("budget-not-put", {"label": amendment.year.label})]
    if amendment.state != State.FALLEN:
        return [Reason("budget-not-fallen", {"label": amendment.label})]
    found = obstacles_to_having_a_voice(amendment.year, on_behalf_of=None, by=by, at=at, bylaws=bylaws)
    if Challenge.objects.filter(amendment=amendment, answered_at=None).exists():
        found.append(Reason("budget-challenged-already", {"label": amendment.label}))
    return found if because.strip() else [*found, Reason("no-reason-given")]


def obstacles_to_answering(
    challenge: Challenge, *, answer: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    """The commission answers once, with its reason; its own member does not answer what they challenged."""
    found = obstacles_to_keeping(challenge.amendment.year.cooperative, by=by, at=at)
    if challenge.made_by_id == by.pk:
        found.append(Reason("budget-own-challenge"))
    if challenge.answered_at is not None:
        found.append(Reason("budget-challenge-answered"))
    return found if answer.strip() else [*found, Reason("no-reason-given")]
