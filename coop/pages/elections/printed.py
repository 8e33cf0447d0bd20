"""The sheets of an election for the boards: the call, the list of candidates, objections, the proclamation. Printed
again, each is the same until something becomes of the election."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from coop.elections.models import Candidature, Election, Objection
from coop.refusals import Reason

from .. import access
from ..access import Here, enter
from ..paper import to_print
from ..timetable import say_day
from .elections import Post, posts_of, show
from .told import challenged_until, papers_of, steps

Standing = Candidature.State


@require_safe
def call(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """What is elected, and every day of it as it was announced."""
    here = enter(request, coop)
    found = access.election(here, key)
    if found.state == Election.State.DRAWN_UP:
        return show(request, here, found, reasons=[Reason("election-not-there", {"election": found.state})])
    posts = [
        [
            f"{capfirst(post.contest.office.title)}, {post.contest.office.body.name}",
            post.seats,
            post.electors,
            str(post.contest.signatures),
        ]
        for post in posts_of(here, found)
    ]
    days = [[step.label, step.when] for step in steps(here, _as_called(found))]
    parts = [
        _table(
            _("What is elected"),
            [(_("Office"), "2fr"), (_("Seats"), "1fr"), (_("Elected by"), "1fr"), (_("Signatures"), "22mm")],
            posts,
        ),
        _table(_("The days"), [(_("Step"), "1fr"), (_("Day"), "1fr")], days),
    ]
    notes = [
        _("Any member with a vote puts somebody forward, or stands; whoever is put forward accepts."),
        _("Members of the electoral commission do not stand."),
        _signed(found.called_by.name),
    ]
    return _print(here, found, _("Election called"), found.called_at, parts, notes=notes)


def _as_called(found: Election) -> Election:
    """The same days, and nothing of what has happened since."""
    bare = Election.objects.get(pk=found.pk)
    bare.cooperative = found.cooperative
    bare.posted_at = bare.final_at = bare.proclaimed_at = bare.register = None
    bare.state = Election.State.CANDIDATURES
    return bare


@require_safe
def candidates(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """As posted, with who was refused and why; final, with who is on the paper."""
    here = enter(request, coop)
    found = access.election(here, key)
    if found.posted_at is None:
        return show(request, here, found, reasons=[Reason("election-not-there", {"election": found.state})])
    parts = [_list(post) for post in posts_of(here, found)]
    notes = []
    if found.final_at is None:
        told = {"day": say_day(found.objections_until)}
        notes.append(
            _("Objections with reasons are heard until %(day)s; the commission decides each.") % told
        )
    notes.append(_("Vote on %(day)s.") % {"day": say_day(found.vote_on)})
    title = _("Candidates: the final list") if found.final_at else _("Candidates: the list as posted")
    return _print(here, found, title, found.final_at or found.posted_at, parts, notes=notes)


def _list(post: Post) -> dict[str, Any]:
    listed = (Standing.ADMITTED, Standing.REFUSED)
    rows = [
        [
            str(one.candidature.member.number),
            one.candidature.member.name,
            str(one.candidature.signed),
            capfirst(one.candidature.get_state_display())
            + (f": {one.candidature.reasons}" if one.candidature.reasons else ""),
        ]
        for one in post.candidates
        if one.candidature.state in listed
    ]
    return _table(
        f"{capfirst(post.contest.office.title)} · {post.seats} · {post.electors}",
        [
            (pgettext("member number", "No."), "14mm"),
            (_("Name"), "1fr"),
            (_("Signatures"), "24mm"),
            (_("Decided"), "1fr"),
        ],
        rows,
        nobody=_("Nobody stands."),
    )


@require_safe
def objections(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.election(here, key)
    if found.posted_at is None:
        return show(request, here, found, reasons=[Reason("election-not-there", {"election": found.state})])
    made = Objection.objects.filter(candidature__contest__election=found)
    rows = [
        [
            f"{one.candidature.member.name}, {one.candidature.contest.office.title}",
            f"{one.text} ({one.member.name})",
            " ".join(filter(None, [capfirst(one.get_verdict_display()) + ".", one.reasons])),
        ]
        for one in made.select_related("candidature__member", "candidature__contest__office", "member")
    ]
    columns = [(_("Candidate"), "1fr"), (_("Objection"), "2fr"), (_("What was decided"), "2fr")]
    parts = [_table(found.title, columns, rows, nobody=_("Nobody has objected."))]
    title = _("Objections and what was decided")
    return _print(here, found, title, found.final_at or found.posted_at, parts)


@require_safe
def proclamation(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Who is elected until when, the alternates in their order, and the figures of every vote."""
    here = enter(request, coop)
    found = access.election(here, key)
    if found.proclaimed_at is None:
        return show(request, here, found, reasons=[Reason("election-not-there", {"election": found.state})])
    parts = [_proclaimed(here, post) for post in posts_of(here, found)]
    rows = [
        [
            count.wording,
            ", ".join(f"{row.label} {row.votes}" for row in count.rows),
            f"{capfirst(count.outcome)}. {count.people}",
        ]
        for paper in papers_of(found)
        for count in paper.counts
    ]
    columns = [(_("Asked"), "1fr"), (_("Votes"), "2fr"), (_("Outcome"), "1.4fr")]
    parts.append(_table(_("The figures"), columns, rows))
    notes = [_("May be challenged until %(day)s.") % {"day": say_day(challenged_until(found))}]
    return _print(here, found, _("Proclamation"), found.proclaimed_at, parts, notes=notes, signers=3)


def _proclaimed(here: Here, post: Post) -> dict[str, Any]:
    day_of = here.cooperative.day_of
    rows = [
        [
            str(one.place),
            f"{one.member.name} ({one.member.number})",
            _("alternate") if one.alternate else _("elected"),
            say_day(day_of(one.mandate.since)),
            say_day(day_of(one.mandate.until)) if one.mandate.until else "—",
        ]
        for one in post.elected
    ]
    return _table(
        f"{capfirst(post.contest.office.title)} · {post.electors}",
        [("", "8mm"), (_("Name"), "1.4fr"), (_("As"), "24mm"), (_("From"), "1fr"), (_("Until"), "1fr")],
        rows,
        nobody=_("Nobody was elected."),
    )


# --- What all of them have ------------------------------------------------------------------------------------------


def _table(
    title: str, columns: list[tuple[str, str]], rows: list[list[str]], *, nobody: str = ""
) -> dict[str, Any]:
    return {
        "title": title,
        "widths": [width for _words, width in columns],
        "columns": [words for words, _width in columns],
        "rows": rows,
        "nobody": nobody,
    }


def _signed(name: str) -> str:
    return _("For the electoral commission: %(name)s.") % {"name": name}


def frame(here: Here, found: Election, title: str, made: datetime.datetime) -> dict[str, Any]:
    return {
        "title": title,
        "house": here.cooperative.legal_name,
        "date": here.cooperative.day_of(made).isoformat(),
        "foot": f"{found.label} {found.title}",
    }


def _print(
    here: Here,
    found: Election,
    title: str,
    made: datetime.datetime,
    parts: list[dict[str, Any]],
    *,
    notes: list[str] | None = None,
    signers: int = 0,
) -> HttpResponse:
    """`signers`: lines for the commission to sign on."""
    annulled = found.annulled_at is not None
    data = {
        **frame(here, found, title, made),
        "under": f"{found.label} · {found.title}",
        "mark": _("Annulled: %(because)s") % {"because": found.annulled_because} if annulled else "",
        "made": say_day(here.cooperative.day_of(made)),
        "parts": parts,
        "notes": notes or [],
        "signers": [_("Electoral commission")] * signers,
    }
    return to_print("election", data, name=f"{title} {found.label}")
