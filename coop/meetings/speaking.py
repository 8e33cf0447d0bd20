"""The floor: who asks for it, who has it, and the motions on how the debate goes on (practice C04)."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from coop.ballots.counting.motion import Base
from coop.charter.models import Bylaws
from coop.members.models import Member, Power
from coop.members.powers import powers_of
from coop.proposals.models import Amendment
from coop.refusals import Reason

from .course import call_under_way, obstacles_at_rest, obstacles_in_session
from .debate import (
    SIMPLE,
    SPEECHES,
    Share,
    SpeakersClock,
    SpeakingRules,
    Verdict,
    Wish,
    decided,
    in_order,
    speakers_clock,
    turns_left,
)
from .models import AgendaItem, Pause, ProceduralMotion, Sitting, SittingOffice, Stay, Turn
from .rules.leading import obstacles_to_leading
from .rules.sittings import present_at

Kind = Turn.Kind
Motion = ProceduralMotion.Kind
Outcome = ProceduralMotion.Outcome
ON_AMENDMENTS = (Motion.TAKE_UP, Motion.VOTE_ANYWAY)


def rules_of(bylaws: Bylaws) -> SpeakingRules:
    return SpeakingRules(
        mover_minutes=bylaws.speaking_mover_minutes,
        minutes=bylaws.speaking_minutes,
        turns=bylaws.speaking_turns,
        first_timers_first=bylaws.speaking_first_timers_first,
        mover_replies=bylaws.mover_replies,
        interpreted_doubled=bylaws.interpreted_time_doubled,
    )


@dataclass(frozen=True)
class Floor:
    """The debate on one item in one sitting. Who has spoken is asked over all sittings, what is closed in each."""

    item: AgendaItem
    sitting: Sitting
    rules: SpeakingRules
    speaking: Turn | None = None
    clock: SpeakersClock | None = None  # of whoever speaks; nobody is cut off by it
    waiting: list[Turn] = field(default_factory=list)  # in order, first first
    unheard: list[Turn] = field(default_factory=list)  # waited when the debate was closed
    spoken: dict[int, int] = field(default_factory=dict)  # member -> how often
    movers: frozenset[int] = frozenset()
    replied: frozenset[int] = frozenset()
    list_closed: bool = False
    debate_closed: bool = False

    def waits(self, member: int) -> Turn | None:
        return next((turn for turn in self.waiting if turn.member_id == member), None)


def floor_of(item: AgendaItem, sitting: Sitting, bylaws: Bylaws) -> Floor:
    """Two queries, however long the list is; one more while somebody speaks."""
    turns = list(Turn.objects.filter(item=item).select_related("member"))
    mine = [turn for turn in turns if turn.sitting_id == sitting.pk]
    carried = set(
        ProceduralMotion.objects.filter(item=item, sitting=sitting, outcome=Outcome.CARRIED).values_list(
            "kind", flat=True
        )
    )
    spoken = Counter(turn.member_id for turn in turns if turn.kind in SPEECHES and turn.began_at)
    wishing = {turn.pk: turn for turn in mine if turn.began_at is None and turn.withdrawn_at is None}
    wishes = [Wish(turn.pk, turn.member_id, turn.kind) for turn in wishing.values()]
    rules = rules_of(bylaws)
    closed = Motion.CLOSE_DEBATE in carried
    order = [wishing[wish.key] for wish in in_order(wishes, spoken, rules, debate_closed=closed)]
    author = {item.proposal.author_id} if item.proposal is not None else set()
    speaking = next((turn for turn in mine if turn.began_at and turn.ended_at is None), None)
    return Floor(
        item=item,
        sitting=sitting,
        rules=rules,
        speaking=speaking,
        clock=clock_of(speaking) if speaking is not None else None,
        waiting=order,
        unheard=[turn for turn in wishing.values() if turn not in order],
        spoken=dict(spoken),
        movers=frozenset(author | {turn.member_id for turn in turns if turn.kind == Kind.MOVER}),
        replied=frozenset(
            turn.member_id for turn in mine if turn.kind == Kind.REPLY and turn.withdrawn_at is None
        ),
        list_closed=closed or Motion.CLOSE_LIST in carried,
        debate_closed=closed,
    )


def clock_of(turn: Turn) -> SpeakersClock:
    """Of somebody who has the floor. A pause of the sitting stops it, and it goes on with what was left."""
    assert turn.began_at is not None
    pauses = Pause.objects.filter(sitting=turn.sitting_id, since__gte=turn.began_at)
    return speakers_clock(turn.began_at, turn.seconds, list(pauses.values_list("since", "until")))


def in_the_hall(sitting: Sitting, member: Member, *, with_a_vote: bool = False) -> bool:
    stays = Stay.objects.filter(sitting=sitting, went_at=None, attendance__member=member)
    return (stays.filter(attendance__votes=True) if with_a_vote else stays).exists()


def chairs_now(sitting: Sitting, member: Member, at: datetime.datetime) -> bool:
    """Whether somebody chairs: named for this sitting, or by office while nobody is named in their place."""
    named = SittingOffice.objects.filter(sitting=sitting, power=Power.CHAIR, ended_at=None).first()
    if named is not None:
        return named.member_id == member.pk
    return powers_of(member, at).has(Power.CHAIR, sitting.meeting.body)


def obstacles_to_asking(
    floor: Floor, member: Member, kind: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Whoever is in the hall asks for themselves; whoever leads writes down the others, by number."""
    leads = obstacles_to_leading(floor.sitting.meeting, by=by, at=at)
    if by.pk != member.pk and leads:
        return leads
    if not floor.sitting.is_open:
        return [Reason("no-open-sitting")]
    reasons = _not_under_way(floor)
    if not in_the_hall(floor.sitting, member):
        reasons.append(Reason("not-in-this-sitting", {"name": member.name}))
    if any(turn.member_id == member.pk and turn.kind == kind for turn in floor.waiting + floor.unheard):
        reasons.append(Reason("waits-already", {"name": member.name}))
    if kind in SPEECHES:
        reasons += _closed(floor)
        if not turns_left(member.pk, floor.spoken, floor.rules):
            reasons.append(Reason("turns-used", {"name": member.name, "turns": floor.rules.turns}))
    if kind == Kind.MOVER and leads:
        reasons.append(Reason("mover-is-written-by-the-desk"))
    if kind == Kind.REPLY:
        reasons += _against_reply(floor, member)
    return reasons


def _not_under_way(floor: Floor) -> list[Reason]:
    call = call_under_way(floor.sitting)
    if call is None or call.item_id != floor.item.pk:
        return [Reason("item-not-under-way", {"item": floor.item.place})]
    return []


def _closed(floor: Floor) -> list[Reason]:
    if floor.debate_closed:
        return [Reason("debate-closed")]
    return [Reason("list-closed")] if floor.list_closed else []


def _against_reply(floor: Floor, member: Member) -> list[Reason]:
    if not floor.rules.mover_replies:
        return [Reason("no-reply-by-bylaws")]
    if member.pk not in floor.movers:
        return [Reason("reply-is-the-movers")]
    return [Reason("replied-already")] if member.pk in floor.replied else []


def obstacles_to_giving(floor: Floor, turn: Turn, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """The first of the list, who is there; whoever chairs hands the chair over before speaking."""
    reasons = obstacles_in_session(floor.sitting, by=by, at=at) + obstacles_at_rest(floor.sitting)
    reasons += _not_under_way(floor)
    if turn.began_at is not None or turn.withdrawn_at is not None:
        return [*reasons, Reason("turn-is-over", {"name": turn.member.name})]
    if turn in floor.unheard:
        return [*reasons, Reason("debate-closed")]
    if turn not in floor.waiting[:1]:
        reasons.append(Reason("others-come-first", {"name": floor.waiting[0].member.name}))
    if not in_the_hall(floor.sitting, turn.member):
        reasons.append(Reason("not-in-this-sitting", {"name": turn.member.name}))
    if chairs_now(floor.sitting, turn.member, at):
        reasons.append(Reason("chair-hands-over", {"name": turn.member.name}))
    return reasons


def obstacles_to_withdrawing(turn: Turn, *, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = [] if by.pk == turn.member_id else obstacles_to_leading(turn.sitting.meeting, by=by, at=at)
    if turn.began_at is not None or turn.withdrawn_at is not None:
        reasons.append(Reason("turn-is-over", {"name": turn.member.name}))
    return reasons


def obstacles_to_ending_turn(turn: Turn, *, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = [] if by.pk == turn.member_id else obstacles_to_leading(turn.sitting.meeting, by=by, at=at)
    if turn.began_at is None or turn.ended_at is not None:
        reasons.append(Reason("does-not-speak", {"name": turn.member.name}))
    return reasons


# --- Motions of order -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moved:
    """A motion of order as it was put: figures where hands were counted, else what the chair saw."""

    kind: str
    mover: Member
    words: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    outcome: str = ""  # as the chair saw it, where nobody counted; or ruled out

    @property
    def counted(self) -> bool:
        return self.votes_for is not None and self.votes_against is not None


def share_of(kind: str, bylaws: Bylaws) -> Share:
    """Closing the debate and taking up what came late have majorities of their own; all else goes by more for than
    against."""
    if kind == Motion.CLOSE_DEBATE:
        return Share(Fraction(bylaws.majority_closure), Base(bylaws.base_closure))
    if kind == Motion.TAKE_UP:
        return Share(Fraction(bylaws.majority_late), Base(bylaws.base_late))
    return SIMPLE


def can_be_meant(kind: str, item: AgendaItem) -> list[Amendment]:
    """The amendments of the item's text that a motion of this kind can be about: late ones that have no leave, or such
    as fell because they are contrary to another. Those of the text come before those of their words. One query."""
    if item.proposal_id is None:
        return []
    found = Amendment.objects.select_related("amends", "author", "on_behalf_of").filter(
        proposal=item.proposal_id
    )
    if kind == Motion.TAKE_UP:
        found = found.filter(state=Amendment.State.SUBMITTED, is_late=True)
    else:
        found = found.filter(state=Amendment.State.FALLEN, fell_because=Amendment.Because.CONTRARY)
    return sorted(found, key=lambda one: (one.amends is not None, one.amends_id or 0, one.number))


def amendments_meant(moved: Moved, item: AgendaItem) -> list[Amendment]:
    """Those that a motion names by their numbers ("A3, A3.1"); none where it names one that it cannot be about."""
    wanted = set(moved.words.upper().replace(",", " ").split())
    found = [one for one in can_be_meant(moved.kind, item) if one.short in wanted]
    return found if len(found) == len(wanted) else []


def verdict_of(moved: Moved, floor: Floor, bylaws: Bylaws) -> Verdict:
    """Only for a motion that was counted, with figures that can be."""
    assert moved.votes_for is not None
    assert moved.votes_against is not None
    return decided(
        share_of(moved.kind, bylaws),
        votes_for=moved.votes_for,
        votes_against=moved.votes_against,
        present=present_at(floor.sitting),
        register=floor.sitting.meeting.register.people if floor.sitting.meeting.register else 0,
    )


def obstacles_to_moving(
    floor: Floor, moved: Moved, *, bylaws: Bylaws, by: Member, at: datetime.datetime
) -> list[Reason]:
    """By somebody in the hall who has a vote, and while nobody speaks: no speech is interrupted."""
    reasons = obstacles_in_session(floor.sitting, by=by, at=at) + obstacles_at_rest(floor.sitting)
    reasons += _not_under_way(floor)
    if not in_the_hall(floor.sitting, moved.mover, with_a_vote=True):
        reasons.append(Reason("moves-without-vote", {"name": moved.mover.name}))
    if floor.speaking is not None:
        reasons.append(Reason("no-speech-is-interrupted", {"name": floor.speaking.member.name}))
    return reasons + _obstacles_in_kind(floor, moved) + _obstacles_in_figures(floor, moved, bylaws)


def _obstacles_in_kind(floor: Floor, moved: Moved) -> list[Reason]:
    reasons = []
    if moved.kind == Motion.CLOSE_DEBATE and floor.debate_closed:
        reasons.append(Reason("debate-closed"))
    if moved.kind == Motion.CLOSE_LIST and floor.list_closed:
        reasons.append(Reason("list-closed"))
    if moved.kind == Motion.CLOSE_DEBATE and floor.spoken.get(moved.mover.pk):
        reasons.append(Reason("closure-by-who-has-not-spoken", {"name": moved.mover.name}))
    if moved.kind in ON_AMENDMENTS and not amendments_meant(moved, floor.item):
        reasons.append(Reason("say-which-amendment"))
    if moved.kind == Motion.OTHER and not moved.words.strip():
        reasons.append(Reason("say-what-was-moved"))
    if moved.kind == Motion.AGAINST_CHAIR and moved.outcome == Outcome.RULED_OUT:
        reasons.append(Reason("appeal-is-voted"))
    return reasons


def _obstacles_in_figures(floor: Floor, moved: Moved, bylaws: Bylaws) -> list[Reason]:
    if (moved.votes_for is None) != (moved.votes_against is None):
        return [Reason("both-figures-wanted")]
    if not moved.counted:
        if not moved.outcome:
            return [Reason("figures-or-outcome-wanted")]
        if moved.kind == Motion.CLOSE_DEBATE and moved.outcome != Outcome.RULED_OUT:
            return [Reason("closure-is-counted")]
        if moved.kind == Motion.TAKE_UP and moved.outcome != Outcome.RULED_OUT:
            return [Reason("leave-is-counted")]
        return []
    if moved.outcome == Outcome.RULED_OUT:
        return [Reason("ruled-out-is-not-voted")]
    assert moved.votes_for is not None
    assert moved.votes_against is not None
    present = present_at(floor.sitting)
    if moved.votes_for + moved.votes_against > present:
        return [Reason("more-hands-than-present", {"present": present})]
    verdict = verdict_of(moved, floor, bylaws)
    if moved.outcome and (moved.outcome == Outcome.CARRIED) != verdict.carried:
        return [
            Reason("figures-say-otherwise", {"votes_for": moved.votes_for, "needed": verdict.needed}),
        ]
    return []
