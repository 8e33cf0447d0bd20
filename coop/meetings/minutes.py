"""Composes the minutes from the live record: one Markdown text, the same that is read, hashed, printed and signed.

Names, titles and voted texts are written literally; only the secretary's own text may use Markdown, and only as much
of it as notes.py lets through. It comes last in its item, under a line of its own: what stands between that line and
the next heading is the secretary's, everything else is the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Q
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.decisions.models import Decision
from coop.members.models import Mandate, Member, Power

from .literal import literal
from .models import AgendaItem, Meeting, Sitting, VoteFromPaper
from .notes import obstacles_in_note, tidy
from .rules import fewest_for
from .vote_record import asked_for, record_of


def language_of(meeting: Meeting) -> str:
    """The language minutes are written in: the co-operative's, as soon as the house speaks it."""
    spoken = meeting.cooperative.language
    return spoken if spoken in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def compose(meeting: Meeting, *, language: str) -> str:
    """The whole record of a meeting as it stands, in `language`. Reads everything in a constant number of queries."""
    with translation.override(language):
        parts = [*_head(meeting), *_present(meeting)]
        annulled = _annulled(meeting)
        typed = _from_paper(meeting)
        for item in _items(meeting):
            parts += _item(item, [one for one in annulled if one.proposal_id == item.proposal_id], typed)
        parts += _foot(meeting)
        return "\n\n".join(part for part in parts if part).strip() + "\n"


def _items(meeting: Meeting) -> Iterable[AgendaItem]:
    lot = [f"decision__ballot__lot__{who}" for who in ("witness_1", "witness_2", "drawn_by")]
    return meeting.items.select_related(
        "proposal__author", "decision__body", "decision__ballot", *lot
    ).prefetch_related(
        "decision__ballot__questions__tally__lines__option",
        "decision__ballot__count_demands",
        "secrecy_demands",
        "notes",
    )


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


def _moment(meeting: Meeting, moment: object, form: str = "DATETIME_FORMAT") -> str:
    import datetime

    assert isinstance(moment, datetime.datetime)
    return date_format(moment.astimezone(meeting.cooperative.zone), form)


def _head(meeting: Meeting) -> list[str]:
    cooperative = meeting.cooperative
    return [
        "# " + _("Minutes %(label)s") % {"label": literal(meeting.label)},
        f"**{literal(meeting.title)}**",
        literal(", ".join(part for part in (cooperative.legal_name, cooperative.town) if part)),
        _("%(body)s, %(kind)s, held at: %(place)s. Called by %(name)s; the notice was posted on %(when)s.")
        % {
            "kind": meeting.get_kind_display(),
            "body": literal(meeting.body.name),
            "name": literal(meeting.convened_by.name if meeting.convened_by else "—"),
            "when": _moment(meeting, meeting.convened_at),
            "place": literal(meeting.place),
        },
    ]


def _sitting(meeting: Meeting, sitting: Sitting) -> str:
    called = _("Sitting %(number)s, called for %(when)s.") % {
        "number": sitting.number,
        "when": _moment(meeting, sitting.starts_at),
    }
    if sitting.opened_at is None:
        return f"- {called} {_not_held(meeting, sitting)}"
    opened = _("Opened at %(when)s on %(call)s with %(present)s present.") % {
        "when": _moment(meeting, sitting.opened_at, "TIME_FORMAT"),
        "call": _("first call") if sitting.opened_on_call == 1 else _("second call"),
        "present": sitting.present_at_opening,
    }
    return f"- {called} {opened}"


def _not_held(meeting: Meeting, sitting: Sitting) -> str:
    """Whether for want of a quorum is said only when fewer had come than second call asks for."""
    if sitting.closed_at is None and meeting.closed_at is None:
        return _("It has not been opened yet.")
    came = sitting.attendances.filter(votes=True).count()
    needed = fewest_for(meeting)
    if came >= needed:
        return _("It was not held; %(came)s with a vote had come.") % {"came": came}
    words = _("It was not held: no quorum. %(came)s with a vote had come, %(needed)s were needed.")
    return words % {"came": came, "needed": needed}


def _present(meeting: Meeting) -> list[str]:
    attendances = list(meeting.attendances.select_related("member").order_by("member__number"))
    voting = sum(one.votes for one in attendances)
    register = meeting.register.people if meeting.register else 0
    lines = [
        "## " + _("Attendance"),
        "\n".join(_sitting(meeting, sitting) for sitting in meeting.sittings.all()),
        ngettext(
            "%(count)s member with a vote came, of %(register)s on the register.",
            "%(count)s members with a vote came, of %(register)s on the register.",
            voting,
        )
        % {"count": voting, "register": register},
    ]
    voices = [one.member.name for one in attendances if not one.votes]
    if voices:
        lines.append(_("With a voice and no vote: %(names)s.") % {"names": literal(", ".join(voices))})
    offices = list(dict.fromkeys((f"{one.title}, {one.body}", one.member.name) for one in leaders(meeting)))
    if offices:
        lines.append("\n".join(f"- {literal(title)}: {literal(name)}" for title, name in offices))
    return lines


@dataclass(frozen=True)
class Leader:
    """Somebody who was there with an office that chairs or records this body, or audits."""

    power: str
    title: str
    body: str
    member: Member


LEADING = (Power.CHAIR, Power.RECORD_MINUTES, Power.AUDIT)


def leaders(meeting: Meeting) -> list[Leader]:
    """Who led, by power and office: for the text and for the lines they sign on.

    The same mandates as in members/powers.py: over this body or everywhere, never of an alternate; as they stood when
    the meeting was closed, or while it lasts when its latest sitting was opened.
    """
    opened = [sitting.opened_at for sitting in meeting.sittings.all() if sitting.opened_at is not None]
    moment = meeting.closed_at or max(opened, default=meeting.convened_at)
    if moment is None:
        return []
    rows = (
        Mandate.objects.filter(
            Mandate.in_force(moment),
            Q(seat__office__powers__body=meeting.body_id) | Q(seat__office__powers__body=None),
            seat__office__powers__power__in=LEADING,
            seat__office__body__cooperative=meeting.cooperative_id,
            seat__alternate=False,
            member__in=meeting.attendances.values("member"),
        )
        .order_by("seat__office__body__code", "seat__office__title", "member__number")
        .annotate(power=F("seat__office__powers__power"))
        .select_related("seat__office__body", "member")
    )
    return [Leader(row.power, row.seat.office.title, row.seat.office.body.name, row.member) for row in rows]


def chair(meeting: Meeting) -> Member | None:
    """Who chaired: the one among the leaders who may; nobody when that is not clear."""
    chairing = {one.member for one in leaders(meeting) if one.power == Power.CHAIR}
    return chairing.pop() if len(chairing) == 1 else None


def _item(item: AgendaItem, annulled: Sequence[Decision], typed: Mapping[int, str]) -> list[str]:
    parts = [f"## {item.number}\\. {literal(item.heading)}"]
    if item.kind == AgendaItem.Kind.SIGNERS:
        names = [signer.member.name for signer in item.meeting.signers.select_related("member")]
        if names:
            parts.append(
                _("Chosen to sign these minutes: %(names)s.") % {"names": literal(_(" and ").join(names))}
            )
    if item.proposal is not None:
        parts.append(_("Put forward by %(name)s.") % {"name": literal(item.proposal.author.name)})
    votes = list(annulled)
    if item.decision is not None and item.decision not in votes:
        votes.append(item.decision)
    text = None
    for vote in votes:
        parts.append(typed.get(vote.pk, ""))
        parts += record_of(vote, opened=_opened(item.meeting, vote), known=vote.text == text)
        parts += asked_for(item, vote)
        text = vote.text
    if item.proposal is not None and not votes:
        parts.append(_("It was not put to the vote."))
    return parts + _account(item)


def _from_paper(meeting: Meeting) -> dict[int, str]:
    """Votes that were typed in afterwards: when each was really held, and from what. By the decision; one query."""
    words = _(
        "It was held on paper from %(began)s to %(ended)s, and typed in on %(entered)s by %(name)s from: %(source)s."
    )
    typed = VoteFromPaper.objects.filter(decision__ballot__register=meeting.register_id)
    return {
        held.decision_id: words
        % {
            "began": _moment(meeting, held.began_at, "TIME_FORMAT"),
            "ended": _moment(meeting, held.ended_at, "TIME_FORMAT"),
            "entered": _moment(meeting, held.entered_at),
            "name": literal(held.entered_by.name),
            "source": literal(held.source),
        }
        for held in typed.select_related("entered_by")
    }


def _opened(meeting: Meeting, vote: Decision) -> str:
    return _moment(meeting, vote.ballot.opened_at, "TIME_FORMAT") if vote.ballot.opened_at else ""


def _account(item: AgendaItem) -> list[str]:
    """The secretary's text. One that was stored before it was judged is shown literally."""
    note = item.note_of(None)
    text = tidy(note.text) if note is not None else ""
    if not text:
        return []
    if obstacles_in_note(text):
        text = "\n\n".join(literal(line) for line in text.split("\n") if line.strip())
    return [_("The secretary's account:"), text]


def _foot(meeting: Meeting) -> list[str]:
    if meeting.closed_at is None:
        return []
    return ["---", _("The meeting was closed on %(when)s.") % {"when": _moment(meeting, meeting.closed_at)}]
