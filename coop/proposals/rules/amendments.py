"""What stands in the way of amending, supporting, accepting, joining, moving and withdrawing an amendment (C06)."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from coop.charter.models import Bylaws
from coop.members.electorate import obstacles_to_voting
from coop.members.models import Body, Member, Power
from coop.members.powers import obstacles_without
from coop.refusals import Reason

from ..amended_text import AmendedText
from ..amending import (
    Amending,
    Change,
    Delete,
    Insert,
    Whole,
    Words,
    marked,
    only_negates,
    stays_inside,
    wordings,
)
from ..conflicts import conflict_between, conflicts
from ..models import Amendment, AmendmentSupport, PartOf, Proposal
from ..wording import LONGEST_CLAUSE, MOST_CLAUSES
from .budgets import obstacles_to_touching
from .proposals import OF_THE_FLOOR, assembly_of

State, Kind = Amendment.State, Amendment.Kind


def obstacles_in_changes(clauses: Sequence[str], changes: Sequence[Change]) -> list[Reason]:
    """Changes of a text: of clauses that are there, each once, that change something and do more than negate."""
    reasons = _obstacles_in_places(clauses, changes)
    texts = [text for change in changes for text in _texts_of(change)]
    if any(isinstance(change, (Words, Insert)) and not change.text for change in changes):
        reasons.append(Reason("change-without-words"))
    if any(isinstance(change, Whole) for change in changes) and len(changes) > 1:
        reasons.append(Reason("whole-text-alone"))
    if len(texts) > MOST_CLAUSES:
        reasons.append(Reason("too-many-clauses", {"most": MOST_CLAUSES}))
    for number, text in enumerate(texts, 1):
        if len(text) > LONGEST_CLAUSE:
            reasons.append(Reason("clause-too-long", {"number": number, "most": LONGEST_CLAUSE}))
    if reasons:
        return reasons
    asked = Amending(0, tuple(changes))
    if not changes or not any(clause.is_changed for clause in marked(clauses, [asked])):
        return [Reason("nothing-changed")]
    return [Reason("only-negates")] if only_negates(clauses, asked) else []


def _obstacles_in_places(clauses: Sequence[str], changes: Sequence[Change]) -> list[Reason]:
    reasons = []
    changed = Counter(change.clause for change in changes if isinstance(change, (Words, Delete)))
    for change in changes:
        if isinstance(change, Whole):
            continue
        first = 0 if isinstance(change, Insert) else 1
        if not first <= change.clause <= len(clauses):
            reasons.append(Reason("no-such-clause", {"number": change.clause, "last": len(clauses)}))
    reasons += [
        Reason("clause-changed-twice", {"number": number}) for number, times in changed.items() if times > 1
    ]
    return reasons


def _texts_of(change: Change) -> tuple[str, ...]:
    match change:
        case Whole(texts):
            return texts
        case Words(_, text) | Insert(_, text):
            return (text,)
        case Delete():
            return ()


def obstacles_to_writing_an_amendment(
    proposal: Proposal, *, by: Member, day: datetime.date, bylaws: Bylaws
) -> list[Reason]:
    """Whoever may support proposals may amend one that is before the members and not settled."""
    if proposal.state not in (Proposal.State.OPEN, Proposal.State.ADMITTED, Proposal.State.TABLED):
        return [Reason("text-not-open", {"state": proposal.state})]
    if proposal.kind == Proposal.Kind.BYLAWS:
        return [Reason("values-not-amended")]
    if proposal.kind in OF_THE_FLOOR:
        return [Reason("values-not-amended")]
    if proposal.kind == Proposal.Kind.BUDGET:
        return obstacles_to_touching(proposal)
    return obstacles_to_voting(by, assembly_of(proposal.cooperative_id), day, bylaws)


def obstacles_to_amending(
    proposal: Proposal,
    changes: Sequence[Change],
    *,
    amends: Amendment | None = None,
    on_behalf_of: Body | None = None,
    by: Member,
    at: datetime.datetime,
    day: datetime.date,
    bylaws: Bylaws,
) -> list[Reason]:
    """Whoever may write one, and these changes; in the name of a council whoever calls it."""
    reasons = obstacles_to_writing_an_amendment(proposal, by=by, day=day, bylaws=bylaws)
    if [reason.code for reason in reasons] in (
        ["text-not-open"],
        ["values-not-amended"],
        ["goes-with-its-budget"],
    ):
        return reasons
    if on_behalf_of is not None:
        reasons += obstacles_without(Power.CONVENE, by=by, at=at, body=on_behalf_of)
    text = AmendedText.of(proposal)
    return reasons + (
        _obstacles_in_sub(text, changes, amends) if amends else _obstacles_in_main(text, changes)
    )


def _obstacles_in_main(text: AmendedText, changes: Sequence[Change]) -> list[Reason]:
    reasons = obstacles_in_changes(text.clauses, changes)
    same = [
        one for one in text.those(State.SUBMITTED, State.ADMITTED) if one.amending.changes == tuple(changes)
    ]
    return reasons + [Reason("amendment-there-already", {"label": one.short}) for one in same]


def _obstacles_in_sub(text: AmendedText, changes: Sequence[Change], amends: Amendment) -> list[Reason]:
    if amends.amends_id is not None or amends.kind != Kind.OWN:
        return [Reason("one-level-of-amendments")]
    parent = text.amendments.get(amends.pk)
    if parent is None or parent.state not in (State.SUBMITTED, State.ADMITTED):
        return [Reason("amendment-ended", {"state": amends.state})]
    texts = wordings(parent.amending)
    if not texts:
        return [Reason("nothing-to-amend")]
    reasons = obstacles_in_changes(texts, changes)
    if not reasons and not stays_inside(text.clauses, parent.amending, Amending(0, tuple(changes))):
        reasons.append(Reason("outside-the-amendment", {"label": amends.short}))
    return reasons


def obstacles_to_supporting_amendment(
    amendment: Amendment, *, by: Member, day: datetime.date, bylaws: Bylaws
) -> list[Reason]:
    seeks = (
        amendment.state == State.SUBMITTED and amendment.kind == Kind.OWN
    )  # a common text needs its movers
    if not seeks or amendment.on_behalf_of_id is not None or amendment.is_late:
        return [Reason("amendment-seeks-no-support", {"state": amendment.state})]
    if AmendmentSupport.objects.filter(amendment=amendment, member=by).exists():
        return [Reason("supported-already")]
    return obstacles_to_voting(by, assembly_of(amendment.proposal.cooperative_id), day, bylaws)


def obstacles_to_accepting(amendment: Amendment, *, by: Member) -> list[Reason]:
    """Whoever moves the text may take an amendment in, before the meeting opens; then the text is the meeting's."""
    mover = amendment.amends.author_id if amendment.amends else amendment.proposal.mover_id
    reasons = [] if by.pk == mover else [Reason("not-the-mover")]
    if amendment.proposal.debated_at is not None:
        reasons.append(Reason("text-is-the-meetings"))
    if not amendment.is_alive or amendment.kind == Kind.BLOCK:
        reasons.append(Reason("amendment-ended", {"state": amendment.state}))
    if amendment.is_late and amendment.leave_at is None:
        reasons.append(Reason("amendment-late"))
    if reasons:
        return reasons
    text = AmendedText.of(amendment.proposal)
    taken_in = (
        text.of_its_words(text.amendments[amendment.amends_id], State.ACCEPTED)
        if amendment.amends_id
        else text.those(State.ACCEPTED)
    )
    base = text.wordings_of(amendment.amends) if amendment.amends else text.clauses
    return [
        Reason("clashes-with-accepted", {"label": other.short})
        for other in taken_in
        if (found := conflict_between(base, text.amending(amendment), text.amending(other)))
        and found.kind.is_impossible
    ]


def obstacles_to_withdrawing_amendment(amendment: Amendment, *, by: Member) -> list[Reason]:
    """Its author, as long as no meeting has opened on it; a block is dissolved by whoever leads."""
    reasons = [] if amendment.author_id == by.pk else [Reason("not-the-author")]
    if amendment.proposal.debated_at is not None and amendment.kind != Kind.BLOCK:
        reasons.append(Reason("text-is-the-meetings"))
    if not amendment.is_alive:
        reasons.append(Reason("amendment-ended", {"state": amendment.state}))
    return reasons


def obstacles_to_leading(proposal: Proposal, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Sorting the amendments is of whoever calls or records the assembly."""
    body = assembly_of(proposal.cooperative_id)
    reasons = obstacles_without(Power.CONVENE, by=by, at=at, body=body)
    return reasons if reasons and obstacles_without(Power.RECORD_MINUTES, by=by, at=at, body=body) else []


def obstacles_to_turning_down(
    amendment: Amendment, because: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """What has nothing to do with the text, or is not the assembly's business; with the reason, which is published."""
    reasons = obstacles_to_leading(amendment.proposal, by=by, at=at)
    if amendment.state != State.SUBMITTED:
        reasons.append(Reason("amendment-ended", {"state": amendment.state}))
    return reasons if because.strip() else [*reasons, Reason("no-reason-given")]


def obstacles_to_moving(
    amendment: Amendment, before: Amendment | None, because: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """In the order of voting: only with a reason, and never behind the amendment whose words it changes."""
    reasons = obstacles_to_leading(amendment.proposal, by=by, at=at)
    order = [one.pk for one, _ in AmendedText.of(amendment.proposal).order]
    if amendment.pk not in order or (before is not None and before.pk not in order):
        reasons.append(Reason("not-in-the-order"))
    elif amendment.pk == (before.pk if before else None):
        reasons.append(Reason("not-before-itself"))
    else:
        rest = [key for key in order if key != amendment.pk]
        place = rest.index(before.pk) if before else len(rest)
        parents = [amendment.amends_id] if amendment.amends_id in rest else []
        subs = set(amendment.amendments.values_list("pk", flat=True)) & set(rest[place:])
        if any(rest.index(key) < place for key in parents) or subs:
            reasons.append(Reason("behind-what-it-changes"))
    return reasons if because.strip() else [*reasons, Reason("no-reason-given")]


def obstacles_to_declaring_contrary(
    one: Amendment, two: Amendment, because: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Either mover says so, or whoever leads; of two that are not voted yet."""
    reasons = (
        [] if by.pk in (one.author_id, two.author_id) else obstacles_to_leading(one.proposal, by=by, at=at)
    )
    if one.pk == two.pk or one.proposal_id != two.proposal_id or one.amends_id != two.amends_id:
        reasons.append(Reason("not-of-one-text"))
    if not (one.is_alive and two.is_alive):
        reasons.append(Reason("amendment-ended", {"state": two.state if one.is_alive else one.state}))
    return reasons if because.strip() else [*reasons, Reason("no-reason-given")]


def obstacles_to_joining(
    text: AmendedText, parts: Sequence[Amendment], *, in_a_block: bool = False
) -> list[Reason]:
    """Parts of a common text or of a block: at least two amendments of one text, none of them part of another yet.

    A common text may also stand for carried ones, which it then reconciles.
    """
    states = (State.ADMITTED,) if in_a_block else (State.SUBMITTED, State.ADMITTED, State.CARRIED)
    reasons = []
    if len({part.pk for part in parts}) < 2:
        reasons.append(Reason("parts-are-two-or-more"))
    for part in parts:
        if part.proposal_id != text.proposal.pk or part.amends_id is not None or part.kind == Kind.BLOCK:
            reasons.append(Reason("not-of-one-text"))
        elif part.state not in states:
            reasons.append(Reason("amendment-ended", {"state": part.state}))
        elif part.pk in text.in_blocks:
            reasons.append(Reason("part-of-a-block", {"label": text.in_blocks[part.pk].short}))
    if in_a_block and not reasons:
        found = conflicts(text.clauses, [text.amending(part) for part in parts])
        labels = {part.pk: part.short for part in parts}
        reasons += [
            Reason("parts-clash", {"first": labels[one.first], "second": labels[one.second]}) for one in found
        ]
    return reasons


def obstacles_to_agreeing(part: PartOf, *, by: Member) -> list[Reason]:
    """The mover of an amendment gives it up for a common text; once."""
    reasons = [] if part.part.author_id == by.pk else [Reason("not-the-author")]
    if part.agreed_at is not None:
        reasons.append(Reason("agreed-already"))
    if not (part.part.is_alive and part.whole.is_alive):
        reasons.append(Reason("amendment-ended", {"state": part.part.state}))
    return reasons


def obstacles_to_wanting(amendment: Amendment) -> list[Reason]:
    """Only what fell because something contrary was carried may be voted all the same (ruling 12)."""
    if amendment.state != State.FALLEN or amendment.fell_because != Amendment.Because.CONTRARY:
        return [Reason("not-fallen-as-contrary", {"state": amendment.state})]
    return []
