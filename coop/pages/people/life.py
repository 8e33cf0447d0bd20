"""The history of a person as one list: standings, places, corrections; what was struck stays, crossed out.

Everybody reads since when somebody is member, on trial or hired, where they work, and that they have gone. Leaves,
suspensions, reasons, documents and corrections are for the person, for whoever keeps the register and for the audit.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coop.journal.models import Entry
from coop.members.models import Correction, Member, Posting, Standing
from coop.members.seen import entries_about

from ..access import Here
from ..telling import PERSON_FIELDS

Status = Standing.Status


@dataclass
class Line:
    """One thing that was true from a day on. `struck` is why it was wrong; `strike` the page to strike it on."""

    since: datetime.date
    words: str
    until: datetime.date | None = None
    more: list[str] = field(default_factory=list)
    entered: str = ""
    struck: str = ""
    strike: str = ""
    order: tuple[Any, ...] = ()


def history(here: Here, person: Member, *, private: bool, keeper: bool) -> list[Line]:
    """The newest first; of one day, what was entered last."""
    entries = list(entries_about(person))
    lines = [
        *_standings(here, person, entries, private, keeper),
        *_postings(here, person, entries, private, keeper),
        *(_corrections(person) if private else []),
    ]
    return sorted(lines, key=lambda line: (line.since, line.order), reverse=True)


def standing_words(standing: Standing, *, private: bool) -> str:
    """What may be read of a standing: whoever may not read the rest reads the kind, and that somebody has gone."""
    if private or standing.status in Standing.GONE:
        return capfirst(str(standing))
    return capfirst(str(standing.get_kind_display()))


def _standings(
    here: Here, person: Member, entries: list[Entry], private: bool, keeper: bool
) -> Iterator[Line]:
    shown = ""
    rows = _rows(person.standings.all(), private)
    for row in rows:
        words = standing_words(row, private=private)
        if not private and words == shown:
            continue  # what changed that day is nobody else's business
        shown = words
        line = _line(row, words, entries, private)
        if keeper and row.struck_at is None and _after(row, rows):
            line.strike = reverse(
                "member-standing-strike", args=[here.cooperative.slug, person.number, row.pk]
            )
        if private:
            line.more = [*_details(row), *line.more]
        else:
            line.until = None
        yield line


def _details(row: Standing) -> Iterator[str]:
    if row.expected_until:
        yield _("expected until %(day)s") % {"day": date_format(row.expected_until)}
    if row.replacement:
        yield _("in the place of somebody on leave")
    if row.document:
        yield row.document
    if row.appealed_at:
        yield _("appealed on %(day)s") % {"day": date_format(row.appealed_at)}
    if row.final_at:
        yield _("final since %(day)s") % {"day": date_format(row.final_at)}


def _postings(
    here: Here, person: Member, entries: list[Entry], private: bool, keeper: bool
) -> Iterator[Line]:
    rows = _rows(person.postings.select_related("department", "crew"), private)
    for row in rows:
        crew = row.crew.name if row.crew else _("works by day")
        line = _line(row, f"{row.department.name}, {crew}", entries, private)
        if keeper and row.struck_at is None and _after(row, rows):
            line.strike = reverse(
                "member-posting-strike", args=[here.cooperative.slug, person.number, row.pk]
            )
        yield line


def _after(row: Any, rows: list[Any]) -> bool:
    """Whether something stood before it: the first entry cannot be struck."""
    return any(one.until == row.since and one.struck_at is None and one.pk != row.pk for one in rows)


def _rows(rows: Any, private: bool) -> list[Any]:
    """In their order; who may not read reasons does not read what was wrong either, nor what no day was true."""
    found = rows if private else rows.filter(Q(until=None) | ~Q(until=F("since")), struck_at=None)
    return list(found.order_by("since", "pk"))


def _line(row: Standing | Posting, words: str, entries: list[Entry], private: bool) -> Line:
    line = Line(row.since, words, row.until, order=(1, row.pk), entered=_entered(row, entries))
    if private:
        line.more = [row.reason] if row.reason else []
        line.struck = row.struck_because or ""
    return line


def _entered(row: Standing | Posting, entries: list[Entry]) -> str:
    """By whom and when, from the line of the journal that tells of that day."""
    verbs = ("member-posted",) if isinstance(row, Posting) else ("standing-changed", "member-gone")
    for entry in reversed(entries):
        day = entry.facts.get("since") if entry.verb in verbs else None
        if entry.verb == "member-admitted":
            day = entry.facts.get("joined")
        if day and parse_date(str(day)) == row.since:
            return _by(entry.actor_name, entry.at)
    return ""


def _by(name: str, at: datetime.datetime) -> str:
    return _("%(name)s, %(day)s") % {"name": name, "day": date_format(at, "DATE_FORMAT")}


def _corrections(person: Member) -> Iterator[Line]:
    for row in Correction.objects.filter(member=person).select_related("by"):
        what = capfirst(str(PERSON_FIELDS.get(row.field, row.field)))
        words = _("%(field)s corrected: %(was)s, now %(becomes)s") % {
            "field": what,
            "was": row.was or _("nothing"),
            "becomes": row.becomes or _("nothing"),
        }
        day = person.cooperative.day_of(row.at)
        yield Line(day, words, more=[row.reason], entered=_by(row.by.name, row.at), order=(2, row.pk))


# --- What may be written next -----------------------------------------------------------------------------------


def sheets_for(here: Here, person: Member, standing: Standing | None) -> list[tuple[str, str]]:
    """Words and address of each sheet that fits how somebody stands today, for whoever keeps the register."""
    status = standing.status if standing else ""
    names = {
        "member-move": _("Move to another department or crew"),
        "member-absence": _("Write a leave"),
        "member-back": _("Back at work"),
        "member-renew": _("Prolong a trial or a hire"),
        "member-notice": _("Notice given"),
        "member-suspend": _("Suspend"),
        "member-suspension-appeal": _("Appeal"),
        "member-suspension-uphold": _("The appeal was turned down"),
        "member-gone": _("Left, or died"),
        "member-expel": _("Exclude by decision of the assembly"),
        "member-rejoin": _("Comes again"),
        "member-correct": _("Correct what stands in the register"),
    }
    fits = {"member-correct"}
    if standing is None or status in Standing.GONE:
        fits |= {"member-rejoin"} if status in (Status.LEFT, Status.EXPELLED) else set()
    else:
        fits |= {"member-move", "member-gone", "member-expel"}
        fits |= {"member-renew"} if standing.kind != Standing.Kind.MEMBER else set()
        fits |= {"member-back"} if status != Status.ACTIVE else set()
        fits |= {"member-notice"} if status not in (Status.NOTICE_GIVEN, Status.SUSPENDED) else set()
        if status == Status.SUSPENDED:
            waits = standing.final_at is None
            fits |= {"member-suspension-appeal"} if waits and standing.appealed_at is None else set()
            fits |= {"member-suspension-uphold"} if waits and standing.appealed_at else set()
        else:
            fits |= {"member-suspend", "member-absence"}
    where = [here.cooperative.slug, person.number]
    return [(words, reverse(name, args=where)) for name, words in names.items() if name in fits]
