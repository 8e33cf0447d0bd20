"""Composes the minutes from the live record: one Markdown text, the same that is read, hashed, printed and signed.

Names, titles and voted texts are written literally; only the secretary's own text may use Markdown, and only as much
of it as notes.py lets through. It comes last in its item, under a line of its own: what stands between that line and
the next heading is the secretary's, everything else is the record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import translation
from django.utils.translation import gettext as _

from coop.asked_often import Often, given
from coop.ballots.acta.sentences import say_result
from coop.ballots.parts import votes_by_part
from coop.charter.models import Bylaws
from coop.decisions.models import Decision

from . import item_record, problem_record
from .literal import literal
from .minutes_head import head, moment, present
from .models import AgendaItem, Meeting, VoteFromPaper
from .notes import obstacles_in_note, tidy
from .vote_record import asked_for, record_of

# What stands in the place of a closed part: it gets the item and the words, and gives what is shown.
Veil = Callable[[AgendaItem, str], str]


def language_of(meeting: Meeting) -> str:
    """The language minutes are written in: the co-operative's, as soon as the house speaks it."""
    spoken = meeting.cooperative.language
    return spoken if spoken in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def hidden(item: AgendaItem, words: str) -> str:
    """For whoever does not belong to the body."""
    return "*" + _("Closed part: only who belongs to the body reads it.") + "*"


def unveiled(item: AgendaItem, words: str) -> str:
    """For who belongs to the body."""
    return "*" + _("Closed part, for who belongs to the body:") + "*\n\n" + words


def hash_of_closed(salt: str, words: str) -> str:
    return hashlib.sha256(f"{salt}\n{words}".encode()).hexdigest()


def compose(meeting: Meeting, *, language: str, veil: Veil = hidden) -> str:
    """The whole record of a meeting as it stands, in `language`. Reads everything in a constant number of queries.

    Of an item that is closed only what was called and decided is told; who spoke and the account go through `veil`.
    """
    with translation.override(language):
        parts = [*head(meeting), *present(meeting)]
        annulled = _annulled(meeting)
        typed = _from_paper(meeting)
        floor = item_record.floor_of(meeting)
        items = _items(meeting)
        by_sitting = _by_sitting(meeting, items)
        apart: list[str] = []  # what was said on a closed item and on its amendments is one closed part
        for after, item in enumerate(items, 1):
            item.meeting = meeting
            votes = [one for one in annulled if _subject(one) == _subject(item)]
            parts += _item(item, votes, typed, by_sitting, floor)
            parts += item_record.agreed(item)
            said = [*problem_record.gone_through(item), *item_record.spoke(item, floor), *_account(item)]
            if item.openness == AgendaItem.Openness.CLOSED:
                on = [_("On %(place)s:") % {"place": literal(item.place)}] if said and item.part else []
                apart += on + said
                ends = after == len(items) or items[after].number != item.number
                said = [veil(item, "\n\n".join(apart))] if ends and apart else []
                apart = [] if ends else apart
            parts += said
        parts += item_record.off_the_agenda(meeting) + _foot(meeting)
        return "\n\n".join(part for part in parts if part).strip() + "\n"


def _items(meeting: Meeting) -> list[AgendaItem]:
    items = ITEMS.all(meeting=meeting.pk)
    prefetch_related_objects(
        items,
        "decision__ballot__questions__tally__lines__option",
        "decision__ballot__count_demands",
        "ballot__questions__tally__lines__option",
        "secrecy_demands",
        *item_record.PREFETCHED,
    )
    return items


ITEMS = Often(
    lambda: AgendaItem.objects.filter(meeting_id=given("meeting")).select_related(
        "proposal__author",
        "amendment__amends",
        "amendment__author",
        "amendment__on_behalf_of",
        "amendment__through__amends",
        "decision__body",
        "decision__ballot",
        "ballot",
        *(f"decision__ballot__lot__{who}" for who in ("witness_1", "witness_2", "drawn_by")),
    ),
    told=True,
)


def _subject(thing: Decision | AgendaItem) -> tuple[int | None, int | None]:
    return thing.proposal_id, thing.amendment_id


def _annulled(meeting: Meeting) -> list[Decision]:
    """Votes of this meeting that were annulled, in their order. An item names only the last vote on it; the register
    a vote was opened on belongs to one meeting alone."""
    if meeting.register_id is None:
        return []
    votes = Decision.objects.filter(
        ballot__register=meeting.register_id,
        ballot__opened_at__isnull=False,  # not what was only made ready
        outcome=Decision.Outcome.VOID,
    )
    return list(votes.select_related("ballot").order_by("put_at", "pk"))


def _by_sitting(meeting: Meeting, items: Iterable[AgendaItem]) -> dict[int, str]:
    """The figures of each sitting, of votes that several held together and where none tells who; by the ballot."""
    ballots = [item.decision.ballot for item in items if item.decision is not None]
    if not any(ballot.parts_over for ballot in ballots):
        return {}
    bylaws = Bylaws.in_force(
        meeting.cooperative, meeting.cooperative.day_of(meeting.convened_at or meeting.prepared_at)
    )
    figures = votes_by_part(ballots, {ballot.pk: bylaws.published_floor for ballot in ballots})
    words = _("Sitting %(number)s: for %(for)s, against %(against)s, abstaining %(abstain)s.")
    return {
        ballot: "\n".join(
            "- "
            + words
            % {
                "number": number,
                **{code: votes.get(code, 0) for code in ("for", "against", "abstain")},
            }
            for number, votes in sittings.items()
        )
        for ballot, sittings in figures.items()
    }


def _item(
    item: AgendaItem,
    annulled: Sequence[Decision],
    typed: Mapping[int, str],
    by_sitting: Mapping[int, str],
    floor: item_record.Floor,
) -> list[str]:
    parts = [f"## {literal(item.place)}\\. {literal(item.heading)}", *item_record.called(item, floor)]
    if item.kind == AgendaItem.Kind.SIGNERS:
        names = [signer.member.name for signer in item.meeting.signers.select_related("member")]
        if names:
            parts.append(
                _("Chosen to sign these minutes: %(names)s.") % {"names": literal(_(" and ").join(names))}
            )
    if item.amendment is not None:
        parts += item_record.amendment(item.amendment)
    elif item.proposal is not None:
        asked = floor.budget.get(item.proposal_id or 0)
        mover = asked.on_behalf_of if asked and asked.on_behalf_of else item.proposal.author
        parts.append(_("Put forward by %(name)s.") % {"name": literal(mover.name)})
    parts += item_record.stepped_aside(item) + item_record.moved(item)
    votes = list(annulled)
    if item.decision is not None and item.decision not in votes:
        votes.append(item.decision)
    text = None
    for vote in votes:
        parts.append(typed.get(vote.pk, ""))
        parts += record_of(vote, opened=_opened(item.meeting, vote), known=vote.text == text)
        parts.append(by_sitting.get(vote.ballot_id, ""))
        parts += asked_for(item, vote)
        text = vote.text
    if item.proposal is not None and not votes and not item_record.ended(item.amendment):
        parts.append(item_record.fell_in_budget(item, floor) or _("It was not put to the vote."))
    return parts + item_record.approved(item) + _elected(item)


def _elected(item: AgendaItem) -> list[str]:
    """The result of an election that stands on the agenda, question by question."""
    if item.ballot is None:
        return []
    tallies = [getattr(question, "tally", None) for question in item.ballot.questions.all()]
    return ["**" + literal(say_result(tally)) + "**" for tally in tallies if tally is not None]


def _from_paper(meeting: Meeting) -> dict[int, str]:
    """Votes that were typed in afterwards: when each was really held, and from what. By the decision; one query."""
    words = _(
        "It was held on paper from %(began)s to %(ended)s, and typed in on %(entered)s by %(name)s from: %(source)s."
    )
    of_sitting = _(
        "Sitting %(sitting)s held it on paper from %(began)s to %(ended)s; typed in on %(entered)s by %(name)s from: "
        "%(source)s."
    )
    typed = VoteFromPaper.objects.filter(decision__ballot__register=meeting.register_id).order_by("pk")
    told: dict[int, list[str]] = {}
    for held in typed.select_related("entered_by", "sitting"):
        said = (of_sitting if held.sitting else words) % {
            "sitting": held.sitting.number if held.sitting else "",
            "began": moment(meeting, held.began_at, "TIME_FORMAT"),
            "ended": moment(meeting, held.ended_at, "TIME_FORMAT"),
            "entered": moment(meeting, held.entered_at),
            "name": literal(held.entered_by.name),
            "source": literal(held.source),
        }
        told.setdefault(held.decision_id, []).append(said)
    return {decision: "\n\n".join(said) for decision, said in told.items()}


def _opened(meeting: Meeting, vote: Decision) -> str:
    return moment(meeting, vote.ballot.opened_at, "TIME_FORMAT") if vote.ballot.opened_at else ""


def _account(item: AgendaItem) -> list[str]:
    """The secretary's text, sitting by sitting and then as a whole. One that was stored before it was judged is shown
    literally."""
    parts = []
    for note in item.notes.all():
        text = tidy(note.text)
        if not text:
            continue
        if obstacles_in_note(text):
            text = "\n\n".join(literal(line) for line in text.split("\n") if line.strip())
        if note.sitting is None:
            parts += [_("The secretary's account:"), text]
            continue
        sitting = _("sitting %(number)s") % {"number": note.sitting.number}
        if note.sitting.for_whom:
            sitting += f" ({literal(note.sitting.for_whom)})"
        parts += [_("The secretary's account, %(sitting)s:") % {"sitting": sitting}, text]
    return parts


def _foot(meeting: Meeting) -> list[str]:
    if meeting.closed_at is None:
        return []
    return ["---", _("The meeting was closed on %(when)s.") % {"when": moment(meeting, meeting.closed_at)}]
