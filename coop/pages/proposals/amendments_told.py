"""Amendments in plain words: what one asks for, where it stands, what it clashes with, why it is voted where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.proposals.amended_text import AmendedText
from coop.proposals.amending import Amending, Delete, Insert, Whole, Words
from coop.proposals.conflicts import Conflict, Kind
from coop.proposals.models import Amendment
from coop.proposals.pieces import Hunk, hunks, joined, pieces
from coop.proposals.voting_order import Place, Why

State = Amendment.State
SHAPES: dict[str, str] = {
    State.SUBMITTED: "waiting",
    State.ADMITTED: "waiting",
    State.ACCEPTED: "yes",
    State.CARRIED: "yes",
    State.NOT_CARRIED: "no",
    State.FALLEN: "no",
    State.REPLACED: "stopped",
    State.WITHDRAWN: "stopped",
    State.REFUSED: "no",
}


# --- What it asks for -----------------------------------------------------------------------------------------------


def in_words(text: AmendedText, amendment: Amendment) -> list[str]:
    """A sentence for each thing that would change; of a block those of its parts, each with its name."""
    if amendment.kind == Amendment.Kind.BLOCK:
        parts = [text.amendments[part.part_id] for part in amendment.parts.all()]
        return [f"{part.short}: {told}" for part in parts for told in in_words(text, part)]
    if amendment.amends is None:
        return changes_told(text.clauses, text.amending(amendment), in_clause)
    parent = text.amendments[amendment.amends.pk]
    return changes_told(text.wordings_of(parent), amendment.amending, in_words_of(parent.short))


def in_clause(number: int) -> str:
    return _("In clause %(number)s") % {"number": number}


def in_words_of(label: str) -> Callable[[int], str]:
    """Where an amendment of an amendment changes something."""
    return lambda number: _("In the words of %(label)s") % {"label": label}


def changes_told(clauses: Sequence[str], amending: Amending, where: Callable[[int], str]) -> list[str]:
    """In the order of the text."""
    found = sorted(amending.changes, key=lambda one: 0 if isinstance(one, Whole) else one.clause)
    return [told for change in found for told in _change_told(clauses, change, where)]


def _change_told(
    clauses: Sequence[str], change: Words | Insert | Delete | Whole, where: Callable[[int], str]
) -> Iterator[str]:
    match change:
        case Words(clause, text):
            old = pieces(clauses[clause - 1])
            for hunk in hunks(clauses[clause - 1], text):
                yield _hunk_told(old, hunk, where(clause))
        case Insert(0, text):
            yield _("Before clause 1 a clause is put in: ‘%(new)s’") % {"new": text}
        case Insert(clause, text):
            yield (
                _("After clause %(number)s a clause is put in: ‘%(new)s’") % {"number": clause, "new": text}
            )
        case Delete(clause):
            yield _("Clause %(number)s is taken out.") % {"number": clause}
        case Whole(texts):
            yield ngettext(
                "Another text takes the place of the whole; it has %(count)s clause.",
                "Another text takes the place of the whole; it has %(count)s clauses.",
                len(texts),
            ) % {"count": len(texts)}


def _hunk_told(old: Sequence[str], hunk: Hunk, where: str) -> str:
    facts = {"where": where, "old": joined(old[hunk.start : hunk.end]), "new": joined(hunk.new)}
    if hunk.start < hunk.end and hunk.new:
        return _("%(where)s: ‘%(old)s’ becomes ‘%(new)s’.") % facts
    if hunk.start < hunk.end:
        return _("%(where)s: ‘%(old)s’ is taken out.") % facts
    if hunk.start:
        facts["there"] = joined(old[hunk.start - 1 : hunk.start])
        return _("%(where)s: ‘%(new)s’ is put in after ‘%(there)s’.") % facts
    return _("%(where)s: ‘%(new)s’ is put in at the beginning.") % facts


# --- Where it stands ------------------------------------------------------------------------------------------------


def state_of(amendment: Amendment) -> str:
    """In a word; of one that waits, for whom."""
    if amendment.state == State.SUBMITTED:
        if amendment.kind == Amendment.Kind.COMMON:
            return _("waits for the movers")
        if amendment.is_late:
            return _("late: waits for the leave of the meeting")
        if amendment.on_behalf_of_id is not None:
            return _("waits for the decision of its council")
    return str(State(amendment.state).label)


def ending_of(amendment: Amendment) -> str:
    """Why it is not voted any more, or nothing."""
    through = amendment.through.short if amendment.through else ""
    if amendment.state == State.FALLEN:
        because = amendment.get_fell_because_display()
        if through:
            return _("It fell: %(because)s (%(label)s).") % {"because": because, "label": through}
        return _("It fell: %(because)s.") % {"because": because}
    if amendment.state == State.REPLACED:
        return _("%(label)s, a common text, takes its place.") % {"label": through}
    if amendment.state == State.REFUSED:
        return _("Turned down, because: %(said)s") % {"said": amendment.said}
    if amendment.state == State.WITHDRAWN and amendment.said:
        return _("Withdrawn, because: %(said)s") % {"said": amendment.said}
    return ""


# --- What it clashes with -------------------------------------------------------------------------------------------


MOST_TOLD = 5  # clashes of one amendment, one by one; where everybody wants the same place there are hundreds


def clashes(text: AmendedText, most: int | None = MOST_TOLD) -> Mapping[int, list[str]]:
    """For every amendment the sentences about those it cannot, or should not, stand together with.

    After `most` of them how many more there are (None: all are told); what the movers declared is always told.
    """
    clashing: dict[int, list[Conflict]] = {}
    for conflict in text.conflicts:
        for key in (conflict.first, conflict.second):
            clashing.setdefault(key, []).append(conflict)
    found: dict[int, list[str]] = {}
    for key, conflicts in clashing.items():
        found[key] = [_clash(one, text.amendments[one.other(key)].short) for one in conflicts[:most]]
        if more := len(conflicts) - len(found[key]):
            told = ngettext("It clashes with one more.", "It clashes with %(count)s more.", more)
            found[key].append(told % {"count": more})
    for pair in text.declared:
        for key, other in (sorted(pair), sorted(pair, reverse=True)):
            told = _("It is declared contrary to %(label)s.") % {"label": text.amendments[other].short}
            found.setdefault(key, []).append(told)
    return found


def _clash(conflict: Conflict, label: str) -> str:
    facts = {"label": label, "number": conflict.clause, "words": conflict.words}
    match conflict.kind:
        case Kind.WHOLE_TEXT:
            return (
                _("It cannot stand together with %(label)s: another text for the whole is asked for.") % facts
            )
        case Kind.CLAUSE_GONE:
            return (
                _(
                    "It cannot stand together with %(label)s:"
                    " one takes clause %(number)s out, the other changes it."
                )
                % facts
            )
        case Kind.SAME_WORDS:
            return _("It cannot stand together with %(label)s: both change ‘%(words)s’.") % facts
        case Kind.SAME_PLACE:
            return _("It pulls against %(label)s: both put something in at one place.") % facts
        case Kind.DECLARED:
            return _("It is declared contrary to %(label)s.") % facts


def set_aside(text: AmendedText) -> list[str]:
    """What the mover took in and a carried one cannot stand with."""
    return [
        _("%(label)s, which the mover took in, gives way to %(other)s, which was carried.")
        % {"label": text.amendments[key].short, "other": text.amendments[conflict.other(key)].short}
        for key, conflict in text.set_aside.items()
    ]


def contradictions(text: AmendedText) -> list[str]:
    """Carried ones that pull apart: the text waits until another reconciles them."""
    return [
        _(
            "%(first)s and %(second)s were both carried and pull apart: a text that reconciles them is voted first."
        )
        % {"first": text.amendments[one.first].short, "second": text.amendments[one.second].short}
        for one in text.contradictions
    ]


# --- Why it is voted there ------------------------------------------------------------------------------------------


def why_there(amendment: Amendment, place: Place) -> str:
    """The reason for a place in the order of voting, in a sentence."""
    facts = {
        "clause": _("the place before clause 1")
        if place.clause == 0
        else _("clause %(number)s") % {"number": place.clause},
        "words": ngettext("%(count)s word", "%(count)s words", place.words) % {"count": place.words},
        "label": amendment.amends.short if amendment.amends else "",
        "because": place.because,
    }
    match place.why:
        case Why.WHOLE:
            return _("Another text for the whole is voted first.")
        case Why.CLAUSE:
            return _("Nothing else is asked for at %(clause)s.") % facts
        case Why.FURTHEST:
            return _("Of those to %(clause)s it goes further than the next: it changes %(words)s.") % facts
        case Why.CAME_FIRST:
            return _("To %(clause)s it goes as far as the next, %(words)s, and came before it.") % facts
        case Why.AFTER:
            return (
                _("The last of those to %(clause)s: it changes %(words)s, no more than the one before it.")
                % facts
            )
        case Why.OF_THE_NEXT:
            return _("It changes words of %(label)s, which is voted after it.") % facts
        case Why.MOVED:
            return _("Whoever leads has put it here, because: %(because)s") % facts
