"""What was done on one item besides voting: when it was called, who spoke, who stepped aside, what was moved, what
was agreed. Everything here is prefetched or read once for the whole meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.budget.models import Amendment as BudgetAmendment
from coop.members.models import Posting
from coop.proposals.models import Amendment

from .budgets import asked_in, ended_without_vote, voted_on_the_line_of
from .literal import literal
from .minutes_head import moment
from .models import Action, AgendaItem, Meeting, ProceduralMotion, QuorumCount, Turn

State, Because = Amendment.State, Amendment.Because

PREFETCHED = (
    "calls__sitting",
    "conflicts__member",
    "turns__member",
    "turns__sitting",
    "procedural_motions__moved_by",
    "actions__owner",
    "actions__problem",
    "notes__sitting",
    "approval",
    "minutes__meeting__body",
)


@dataclass
class Floor:
    """What is read once for all items of a meeting: the counts by item, where unnamed speakers work, and the amendments
    of a budget."""

    counts: Mapping[int, list[QuorumCount]] = field(default_factory=dict)
    posted: Mapping[int, list[Posting]] = field(default_factory=dict)
    budget: Mapping[int, BudgetAmendment] = field(default_factory=dict)  # proposal -> what it asks for
    led: Mapping[int, BudgetAmendment] = field(default_factory=dict)  # proposal -> on whose line it was voted


def floor_of(meeting: Meeting) -> Floor:
    counts: dict[int, list[QuorumCount]] = defaultdict(list)
    for count in QuorumCount.objects.filter(sitting__meeting=meeting, item__isnull=False):
        assert count.item_id is not None
        counts[count.item_id].append(count)
    posted: dict[int, list[Posting]] = defaultdict(list)
    unnamed = Turn.objects.filter(sitting__meeting=meeting, unnamed=True)
    where = Posting.objects.filter(member__in=unnamed.values("member")).select_related("crew", "department")
    for posting in where.filter(struck_at=None):
        posted[posting.member_id].append(posting)
    asked = asked_in(meeting)
    return Floor(counts, posted, asked, voted_on_the_line_of(meeting.items.all(), asked))


def called(item: AgendaItem, floor: Floor) -> list[str]:
    """When the item was called, and how many were counted at it."""
    meeting = item.meeting
    words = _("Called at %(when)s in sitting %(number)s.")
    lines = [
        words % {"when": moment(meeting, one.called_at, "TIME_FORMAT"), "number": one.sitting.number}
        for one in item.calls.all()
    ]
    counted = _("Counted at %(when)s: %(present)s present, %(needed)s needed on %(call)s.")
    lines += [
        counted
        % {
            "when": moment(meeting, one.counted_at, "TIME_FORMAT"),
            "present": one.present,
            "needed": one.needed,
            "call": _("first call") if one.call == 1 else _("second call"),
        }
        for one in floor.counts.get(item.pk, ())
    ]
    return [" ".join(lines)]


def amendment(asked: Amendment) -> list[str]:
    """Who moved it, and why it fell or was not voted by itself."""
    mover = asked.on_behalf_of or asked.author
    return [_("Put forward by %(name)s.") % {"name": literal(mover.name)}, ended(asked)]


def ended(asked: Amendment | None) -> str:
    """What became of an amendment without a vote of its own; empty for one that was voted or waited for its vote."""
    if asked is None or asked.state in (State.ADMITTED, State.CARRIED, State.NOT_CARRIED):
        return ""
    if asked.state == State.FALLEN:
        return _("It fell. %(why)s") % {"why": literal(why_fallen(asked))}
    if asked.through is not None:
        words = _("It was replaced by the common text %(label)s.")
        return words % {"label": literal(asked.through.short)}
    return _("It was not voted: %(state)s.") % {"state": literal(str(asked.get_state_display()))}


def fell_in_budget(item: AgendaItem, floor: Floor) -> str:
    """What became of an amendment of a budget on which no vote was held."""
    key = item.proposal_id or 0
    return literal(ended_without_vote(floor.budget.get(key), floor.led.get(key)))


def why_fallen(asked: Amendment) -> str:
    """One sentence; empty while it has not fallen."""
    words = {
        Because.IMPOSSIBLE: _("%(other)s was carried, and both cannot stand in one text."),
        Because.CONTRARY: _(
            "%(other)s was carried and pulls the other way. The meeting can vote on this one all the same."
        ),
        Because.SAME: _("%(other)s was carried, and the text says so already."),
        Because.ITS_AMENDMENT: _("It would change the words of %(other)s, which is not voted any more."),
        Because.NO_SUPPORT: _("It did not find its supporters in time."),
        Because.NO_TEXT: _("The proposal is not voted any more."),
    }
    if asked.state != State.FALLEN:
        return ""
    other = asked.through.short if asked.through else ""
    return words[Because(asked.fell_because)] % {"other": other}


def stepped_aside(item: AgendaItem) -> list[str]:
    words = _("%(name)s stepped aside and did not vote: %(because)s.")
    return [
        words % {"name": literal(one.member.name), "because": literal(one.because.rstrip("."))}
        for one in item.conflicts.all()
        if one.lifted_at is None
    ]


def spoke(item: AgendaItem, floor: Floor) -> list[str]:
    """Everybody who had the floor, in the order they had it; nothing of what was said."""
    turns = sorted((one for one in item.turns.all() if one.began_at), key=lambda one: (one.began_at, one.pk))
    for turn in turns:
        turn.item = item  # with its meeting, for the day
    names = list(dict.fromkeys(_speaker(turn, floor) for turn in turns))
    return [_("Spoke: %(names)s.") % {"names": ", ".join(names)}] if names else []


def _speaker(turn: Turn, floor: Floor) -> str:
    who = (
        literal(turn.member.name)
        if not turn.unnamed
        else _("a member of %(where)s") % {"where": literal(_where(turn, floor))}
    )
    said = {
        Turn.Kind.MOVER: _("put it forward"),
        Turn.Kind.POINT_OF_ORDER: _("on a point of order"),
        Turn.Kind.REPLY: _("in reply"),
    }.get(Turn.Kind(turn.kind)) or {"for": _("for"), "against": _("against")}.get(turn.direction, "")
    return f"{who} ({said})" if said else who


def _where(turn: Turn, floor: Floor) -> str:
    """The crew somebody worked in that day; by day, the department."""
    day = turn.item.meeting.cooperative.day_of(turn.began_at or turn.asked_at)
    for posting in floor.posted.get(turn.member_id, ()):
        if posting.since <= day and (posting.until is None or day < posting.until):
            return (posting.crew or posting.department).name
    return _("the plant")


def moved(item: AgendaItem) -> list[str]:
    """Motions on how to go on, each with its result."""
    words = _("%(what)s, moved by %(name)s: %(outcome)s")
    lines = []
    for one in item.procedural_motions.all():
        what = one.words or one.get_kind_display()
        if one.words and one.kind != ProceduralMotion.Kind.OTHER:
            what = f"{one.get_kind_display()} ({one.words})"
        line = words % {
            "what": literal(what[:1].upper() + what[1:]),
            "name": literal(one.moved_by.name),
            "outcome": one.get_outcome_display(),
        }
        figures = {"for": one.votes_for, "against": one.votes_against}
        if one.votes_for is not None:
            line += _(", %(for)s for and %(against)s against") % figures
        lines.append(f"- {line}.")
    return ["\n".join(lines)]


def approved(item: AgendaItem) -> list[str]:
    """What this meeting said to the minutes of an earlier one."""
    approval = getattr(item, "approval", None)
    if approval is None or item.minutes is None:
        return []
    words = (
        _("The minutes %(label)s were approved.")
        if approval.carried
        else _("The minutes %(label)s were not approved.")
    )
    parts = [words % {"label": literal(item.minutes.meeting.label)}]
    if approval.votes_for is not None:
        parts.append(
            _("For %(for)s, against %(against)s.")
            % {"for": approval.votes_for, "against": approval.votes_against}
        )
    return [" ".join(parts)]


def agreed(item: AgendaItem) -> list[str]:
    """Who took on what, until when."""
    lines = [
        "- "
        + _("%(text)s: %(name)s, by %(day)s.")
        % {
            "text": literal(_of_problem(one)),
            "name": literal(one.owner.name),
            "day": date_format(one.due_on, "DATE_FORMAT"),
        }
        for one in item.actions.all()
    ]
    return [_("Agreed:"), "\n".join(lines)] if lines else []


def _of_problem(action: Action) -> str:
    words = action.text.rstrip(".")
    return f"{action.problem.label}, {words}" if action.problem else words


def off_the_agenda(meeting: Meeting) -> list[str]:
    """What was raised from the floor and not decided."""
    raised = meeting.off_agenda.select_related("raised_by")
    words = _("%(title)s, raised by %(name)s.")
    lines = [
        "- " + words % {"title": literal(one.title.rstrip(".")), "name": literal(one.raised_by.name)}
        for one in raised
    ]
    if not lines:
        return []
    return ["## " + _("Not on the agenda"), _("Raised and not decided:"), "\n".join(lines)]
