"""What a process keeps between two requests, and why nobody reads there what is old or not theirs.

    the words of every page     addresses and words are those of the program; they change when it starts anew. Its date
                                line is kept for its minute
    the text of a ballot        from its opening on PostgreSQL refuses to change text, hash, register and hour
                                (ballots/frozen/voting.py); the key names the opening, for a database may be put back
    what takes long to draw     drawn again as soon as anything it is drawn from reads otherwise: a hash of all that the
                                database said is the key
    how many have voted         of a large roll, for two seconds, while the vote is open; never how

What the database said of what is the same for all readers is kept too, until the journal has a new line (unchanged.py).

No session and no right is kept: those are asked with every request. Of people only two things: that what goes on in the
plant may concern them (desks/going_on.py), which decides what is asked and is shown nowhere; and their number and name
as the head of their own pages shows them, found by house, language, that number and that name. Every store has an end.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, time, tzinfo
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection
from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy

from coop import unchanged
from coop.asked_often import Often, given
from coop.ballots.models import Ballot, RollEntry
from coop.charter.models import Cooperative
from coop.members.models import Member
from coop.proposals.wording import clauses_in, is_a_change

if TYPE_CHECKING:
    from .access import Here

Said = TypeVar("Said")

# --- Forms ----------------------------------------------------------------------------------------------------------

# Where the token of the reader belongs in a form that was drawn for many; nobody can write it into a text beforehand.
TOKEN = secrets.token_hex(16)


def filled(drawn: str, token: str) -> SafeString:
    """What was drawn for many, with the token of its reader (`get_token`) in the forms."""
    return SafeString(drawn.replace(TOKEN, token))


# --- The words of every page ----------------------------------------------------------------------------------------

SIX = ("home", "meetings", "proposals", "decisions", "members", "bylaws")
WAYS_BACK = {
    "meetings": gettext_lazy("Meetings"),
    "proposals": gettext_lazy("Proposals"),
    "decisions": gettext_lazy("Decisions"),
    "members": gettext_lazy("People"),
}


def six_words(slug: str, path: str) -> SafeString:
    """The way to the six parts of the house, with the one marked that `path` lies in."""
    return _six_words(slug, get_language(), *_part_of(slug, path))


def _part_of(slug: str, path: str) -> tuple[str, bool]:
    """The part that the address lies in, and whether it is its first page."""
    for name, address in _addresses(slug).items():
        if path == address or (name != "home" and path.startswith(address)):
            return name, path == address
    return "", False


@lru_cache(maxsize=200)
def _addresses(slug: str) -> dict[str, str]:
    return {name: reverse(name, args=[slug]) for name in SIX}


@lru_cache(maxsize=2000)
def _six_words(slug: str, language: str | None, part: str, exact: bool) -> SafeString:
    return render_to_string("shared/six_words.html", {"slug": slug, "part": part, "exact": exact})


def way_back(part: str, slug: str) -> SafeString:
    """The way up from a page that lies right below a part of the house."""
    return _way_back(slug, get_language(), part)


@lru_cache(maxsize=800)
def _way_back(slug: str, language: str | None, part: str) -> SafeString:
    up = {"parent": str(WAYS_BACK[part]), "parent_address": _addresses(slug)[part]}
    return render_to_string("shared/crumbs.html", up)


@lru_cache(maxsize=500)
def _books(slug: str, language: str | None, kiosk: bool) -> SafeString:
    return render_to_string("shared/books.html", {"slug": slug, "kiosk": kiosk})


def books(slug: str, *, kiosk: bool) -> SafeString:
    """The books at the foot of a page."""
    return _books(slug, get_language(), kiosk)


def who_reads(slug: str, member: Member, *, token: str) -> SafeString:
    """Number and name of the reader and the way out, at the head of a page."""
    return filled(_who_reads(slug, get_language(), member.number, member.name), token)


@lru_cache(maxsize=5000)
def _who_reads(slug: str, language: str | None, number: int, name: str) -> SafeString:
    shown = {"slug": slug, "number": number, "name": name, "csrf_token": TOKEN}
    return render_to_string("shared/who_reads.html", shown)


def in_every_page(template: str) -> SafeString:
    """A part that is the same for everybody who reads the language."""
    return _in_every_page(template, get_language())


@lru_cache(maxsize=100)
def _in_every_page(template: str, language: str | None) -> SafeString:
    return render_to_string(template)


def of_the_minute(template: str, here: Here) -> SafeString:
    """A part that tells place, day and minute: the same for everybody of the house within the minute."""
    minute = here.at.replace(second=0, microsecond=0)
    zone = timezone.get_current_timezone()
    return _of_the_minute(template, get_language(), zone, minute, here.cooperative.town, here.demo)


@lru_cache(maxsize=200)
def _of_the_minute(
    template: str, language: str | None, zone: tzinfo, at: datetime, town: str, demo: bool
) -> SafeString:
    return render_to_string(template, {"at": at, "town": town, "demo": demo})


def forget() -> None:
    """For whoever changes the words while the program runs."""
    _six_words.cache_clear()
    _way_back.cache_clear()
    _books.cache_clear()
    _who_reads.cache_clear()
    _in_every_page.cache_clear()
    _of_the_minute.cache_clear()
    _frozen.clear()
    _drawn.clear()
    _briefly.clear()
    unchanged.forget()


# --- The text of a ballot -------------------------------------------------------------------------------------------


_frozen: dict[tuple[object, ...], dict[str, SafeString]] = {}
MOST_BALLOTS = 200


def frozen_parts(found: Ballot, cooperative: Cooperative) -> dict[str, SafeString]:
    """What stands on the page of an opened ballot and never changes: `text` and `facts`, in the language spoken."""
    key = found.pk, found.opened_at, get_language(), cooperative.slug, cooperative.time_zone
    parts = _frozen.get(key)
    if parts is None:
        change = is_a_change(found.text)
        clauses = [] if change else clauses_in(found.text)[1]
        context = {"ballot": found, "clauses": clauses, "change": change, "slug": cooperative.slug}
        parts = {
            part: render_to_string(f"votes/ballots/frozen_{part}.html", context) for part in ("text", "facts")
        }
        _keep(_frozen, key, parts, MOST_BALLOTS)
    return parts


def _keep(store: dict[Any, Any], key: object, what: object, most: int) -> None:
    """What has been there longest goes, so that one house more does not forget all of them."""
    while len(store) >= most:
        _let_go_of_one(store)
    store[key] = what


def _let_go_of_one(store: dict[Any, Any]) -> None:
    with suppress(KeyError, RuntimeError):  # another thread has just changed it
        del store[next(iter(store))]


# --- What takes long to draw ----------------------------------------------------------------------------------------

MOST_DRAWN, MOST_LETTERS = 1000, 20_000_000  # mostly columns of some kB; a large budget has some hundred
_drawn: dict[tuple[object, ...], SafeString] = {}
MOST_BRIEFLY = (
    200  # words that are searched, quorums: each is another soon, and none may push out a front page
)
_briefly: dict[tuple[object, ...], SafeString] = {}


def drawn(
    template: str,
    house: Cooperative,
    said: tuple[object, ...],
    read: Callable[[], dict[str, Any]],
    *,
    briefly: bool = False,
) -> SafeString:
    """A part of a page. `said`: everything it is drawn from, as the database has just said it; `read` makes of it what
    the template shows, and only if the same has not been drawn in this language.

    What asks the database once more while it is drawn shows something that is not in `said`: that is not kept.
    """
    key = template, get_language(), house.slug, house.time_zone, said
    store, most = (_briefly, MOST_BRIEFLY) if briefly else (_drawn, MOST_DRAWN)
    found = store.get(key)
    if found is None:
        more: list[str] = []

        def asks(execute: Callable[..., Any], sql: str, *how: Any) -> Any:
            more.append(sql)
            return execute(sql, *how)

        with connection.execute_wrapper(asks):
            found = render_to_string(template, {"slug": house.slug, **read()})
        if not more:
            _keep(store, key, found, most)
            while sum(map(len, store.values())) > MOST_LETTERS:
                _let_go_of_one(store)
    return found


# --- What all are told alike ----------------------------------------------------------------------------------------

NOON = time(12)


def told_to_all(here: Here, read: Callable[[Here], Said]) -> Said:
    """What `read` makes of answers that are told: once for all who read the language on that day, until the next line.

    It reads as nobody, at noon, so that nothing of one reader or of the hour can come into it. Nobody may change it.
    """
    house, day = here.cooperative, here.day

    def ask() -> Said:
        return read(type(here)(house, None, datetime.combine(day, NOON, house.zone), demo=False))

    return unchanged.said((read, house.pk, day, get_language()), ask)


# --- How many have voted --------------------------------------------------------------------------------------------

CROWD = 300  # people on a roll; of fewer each vote is told at once
STANDS_FOR = 2.0  # seconds
MOST_COUNTS = 200
TURNOUT = Often(
    lambda: (
        RollEntry.objects.filter(ballot_id=given("ballot"))
        .values("ballot_id")
        .annotate(
            cast=Count("pk", filter=Q(channel__isnull=False)), entitled=Count("pk", filter=Q(present=True))
        )
    )
)
_counted: dict[tuple[object, ...], tuple[float, dict[str, int]]] = {}


def turnout(found: Ballot) -> dict[str, int]:
    """Those who may vote are the people present, or, outside a meeting, the whole roll."""
    if found.state != Ballot.State.OPEN or (found.roll_size or 0) < CROWD:
        return _count(found)
    key = found.pk, found.opened_at
    when, figures = _counted.get(key, (0.0, {}))
    if not figures or monotonic() - when > STANDS_FOR:
        figures = _count(found)
        _keep(_counted, key, (monotonic(), figures), MOST_COUNTS)
    return figures


def _count(found: Ballot) -> dict[str, int]:
    counted = TURNOUT.first(ballot=found.pk) or {"cast": 0, "entitled": 0}
    return {"cast": counted["cast"], "entitled": counted["entitled"]}
