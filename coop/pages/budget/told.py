"""The words of a budget round: what clashes and why, where something stands in the order, what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from coop.budget.balance import Break, Broken
from coop.budget.conflicts import Conflict, Kind
from coop.budget.falls import Fall
from coop.budget.models import Amendment, Line, Year
from coop.budget.tables import Table
from coop.budget.untold import as_told
from coop.budget.voting_order import Place, Why

from .. import access
from .words import told

NAMES = ("year", "number", "title", "kind", "state", "author__name", "on_behalf_of__name")


class Round:
    """A year with all that is asked of it, read once: a dozen questions, however many amendments there are.

    `in_short`: of the amendments only what names them, where nobody reads their moves one by one.
    """

    def __init__(self, year: Year, *, in_short: bool = False) -> None:
        self.year = year
        self.in_short = in_short
        self.table = Table.of(year)
        self.lines: dict[str, Line] = {line.code: line for line in year.lines.select_related("department")}

    @cached_property
    def amendments(self) -> dict[int, Amendment]:
        """Those that were handed in, by their key, each with its moves."""
        rows = access.budget_amendments(self.year)
        if self.in_short:
            rows = rows.prefetch_related(None).select_related(None).select_related("author", "on_behalf_of")
            rows = rows.only(*NAMES)
        found = {one.pk: one for one in rows}
        for one in found.values():
            one.year = self.year
            if self.in_short:
                one.state = self.table.states[one.pk]
                continue
            as_told(one, self.year)
            for move in one.moves.all():
                move.line = self.lines[move.line.code]
        return found

    def short(self, key: int) -> str:
        return self.amendments[key].short if key in self.amendments else _("this draft")

    def shorts(self, keys: Iterable[int]) -> str:
        return _(" and ").join(self.short(key) for key in keys)

    def line(self, code: str | None) -> str:
        """A line as it is quoted in sentences."""
        return f"{self.lines[code].title} ({code})" if code in self.lines else str(code)

    def department(self, code: str) -> str:
        return next(
            (line.department.name for line in self.lines.values() if line.department.code == code), code
        )

    @property
    def contingency(self) -> str:
        """The line for what nobody foresaw, when the budget has one."""
        return self.table.plan.contingency or ""


def signed(amount: Decimal) -> str:
    """More with its sign, less with its own: nobody reads a sum for a change."""
    return f"{'+' if amount > 0 else '−'}{told(abs(amount))}"


def whose(amendment: Amendment) -> str:
    return amendment.on_behalf_of.name if amendment.on_behalf_of else amendment.author.name


# --- What clashes ---------------------------------------------------------------------------------------------------


def kind_of(conflict: Conflict) -> tuple[str, str]:
    """In a few words, and the shape that stands beside them."""
    if conflict.kind.is_contrary:
        return _("pull one line both ways"), "waiting"
    if conflict.kind.is_impossible:
        return _("cannot all stand"), "stopped"
    return _("belong together"), "done"


def told_conflict(conflict: Conflict, round_: Round) -> list[str]:
    """What it is, a set that shows it, and what would end it."""
    line, keys = round_.line(conflict.line), round_.shorts(conflict.keys)
    facts = {"line": line, "short": told(abs(conflict.short)), "those": keys}
    match conflict.kind:
        case Kind.NOT_BALANCED:
            return [_("%(those)s does not balance: %(short)s are between what it gives and takes.") % facts]
        case Kind.EXHAUSTED if len(conflict.keys) == 1:
            return [_("%(those)s alone takes %(short)s more from “%(line)s” than can be taken.") % facts]
        case Kind.EXHAUSTED:
            found = [
                _("“%(line)s” has not enough for all of %(those)s: together %(short)s are missing.") % facts
            ]
            if conflict.witnesses and conflict.witnesses != (conflict.keys,):
                sets = "; ".join(round_.shorts(one) for one in conflict.witnesses)
                found.append(_("These cannot stand together: %(sets)s.") % {"sets": sets})
            if conflict.refilled_by:
                giving = {"those": round_.shorts(conflict.refilled_by), "line": line}
                found.append(_("There may be enough when “%(line)s” gets more by %(those)s.") % giving)
            return found
        case Kind.OPPOSITE:
            return [_opposite(conflict, round_, line)]
        case Kind.REPLACES:
            return [_replaces(conflict, round_)]
        case Kind.AMENDS:
            one, two = (round_.table.changes[key] for key in conflict.keys)
            sub, parent = (one, two) if one.amends == two.key else (two, one)
            words = _("%(sub)s would stand in place of what %(parent)s moves, and is voted before it.")
            return [words % {"sub": round_.short(sub.key), "parent": round_.short(parent.key)}]
        case Kind.RESTATED:
            stands_for = round_.table.changes[conflict.keys[0]].amends or 0
            words = _("%(those)s both say what shall stand in place of %(parent)s: only one of them can.")
            return [words % (facts | {"parent": round_.short(stands_for)})]
    return []


def _opposite(conflict: Conflict, round_: Round, line: str) -> str:
    moves = {key: round_.table.changes[key].moves for key in conflict.keys}
    code = conflict.line or ""
    gives, takes = sorted(conflict.keys, key=lambda key: -moves[key].get(code, Decimal(0)))
    words = _(
        "%(gives)s gives to “%(line)s” and %(takes)s takes from it: when one is carried the other falls, unless"
        " the meeting wants to vote on it."
    )
    return words % {"gives": round_.short(gives), "takes": round_.short(takes), "line": line}


def _replaces(conflict: Conflict, round_: Round) -> str:
    common = next(key for key in conflict.keys if round_.table.changes[key].replaces)
    part = conflict.others(common)[0]
    words = _("%(common)s is a common text that stands for %(part)s: when it is carried, %(part)s falls.")
    return words % {"common": round_.short(common), "part": round_.short(part)}


# --- What breaks ----------------------------------------------------------------------------------------------------


def told_broken(broken: Broken, round_: Round) -> str:
    facts = {
        "line": round_.line(broken.where),
        "amount": told(abs(broken.amount)),
        "those": round_.shorts(key for key in broken.by),
    }
    match broken.kind:
        case Break.UNKNOWN_LINE:
            return _("There is no line %(line)s.") % facts
        case Break.BELOW_ZERO:
            return _("“%(line)s” falls %(amount)s below zero: %(those)s.") % facts
        case Break.BELOW_FLOOR:
            return _("“%(line)s” falls %(amount)s under what has to stay there: %(those)s.") % facts
        case Break.NOT_BALANCED:
            return _not_balanced(broken, facts)
        case Break.WITHOUT_PROOF:
            return _("Nothing shows that %(amount)s more come in on “%(line)s”: %(those)s.") % facts
        case Break.OVER_CEILING:
            name = {"name": round_.department(broken.where), "amount": facts["amount"]}
            return _("%(name)s spends %(amount)s more than its ceiling.") % name
    return str(broken.kind)


def _not_balanced(broken: Broken, facts: dict[str, str]) -> str:
    if not broken.by:
        return _("The draft itself does not balance: %(amount)s.") % facts
    if broken.amount > 0:
        return _("%(those)s gives %(amount)s more than it takes.") % facts
    return _("%(those)s takes %(amount)s more than it gives.") % facts


# --- The order, and what falls --------------------------------------------------------------------------------------


def why_there(place: Place, round_: Round) -> str:
    """In a sentence; of a bloc also which others are in it."""
    if place.key not in round_.table.bloc:
        return _why(place, round_)
    numbers = sorted(round_.table.bloc, key=lambda key: round_.table.changes[key].came)
    together = _("Voted in one question: %(those)s.") % {"those": round_.shorts(numbers)}
    return " ".join(filter(None, [_why(place, round_), together]))


def _why(place: Place, round_: Round) -> str:
    facts = {"sum": told(place.distance), "of": round_.short(place.of) if place.of else ""}
    match place.why:
        case Why.FURTHEST:
            return _("It moves %(sum)s in all, more than what follows.") % facts
        case Why.CAME_FIRST:
            return _("It moves %(sum)s in all, as much as the next, and was handed in before it.") % facts
        case Why.LOT:
            return _("It moves %(sum)s in all, as much as the next; the lot was drawn for it.") % facts
        case Why.LAST:
            return _("It moves least, %(sum)s in all.") % facts
        case Why.COMMON if place.of:
            return _("It is a common text: it comes before %(of)s, for which it stands.") % facts
        case Why.COMMON:
            return _("It is a common text: it comes before what it stands for.")
        case Why.OF_THE_NEXT:
            return _("It would stand in place of what %(of)s moves, so it comes before it.") % facts
        case Why.MOVED:
            return _("Whoever leads the vote put it here: %(because)s") % {"because": place.because}
    return ""


def told_fall(fall: Fall, round_: Round) -> str:
    """Why one that still waits cannot be voted as things stand."""
    why = str(Amendment.Because(fall.because.value).label)
    if fall.line is None or not fall.short:
        through = f" ({round_.short(fall.through)})" if fall.through else ""
        return _("It falls: %(why)s.") % {"why": why + through}
    words = _("It falls: on “%(line)s” there is %(short)s less than it needs.")
    found = words % {"line": round_.line(fall.line), "short": told(fall.short)}
    if fall.may_return:
        back = {"those": round_.shorts(fall.may_return)}
        found += " " + _("It may stand again when one of these is carried: %(those)s.") % back
    return found
