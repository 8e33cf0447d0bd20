"""What follows from an election, in words: challenges, posts to choose between, seats that are empty."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.elections.choices import choices_waiting
from coop.elections.models import Challenge, Election
from coop.elections.rules.challenges import challenge_until
from coop.elections.vacant import vacancies
from coop.members.models import Mandate, Power

from .. import access
from ..access import Here, acting
from ..stories import Duty, Story
from ..timetable import say_day, say_distance

State = Challenge.State
SHAPES = {
    State.OPEN: "waiting",
    State.UPHELD: "yes",
    State.DISMISSED: "no",
    State.APPEALED: "waiting",
    State.APPEAL_UPHELD: "yes",
    State.APPEAL_DISMISSED: "no",
}


def of_what(found: Challenge) -> str:
    if found.box is not None:
        return _("%(election)s: only the box %(name)s") % {
            "election": found.election.title,
            "name": found.box.name,
        }
    if found.contest is None:
        return found.election.title
    return f"{found.election.title}: {found.contest.office.title}"


def due_on(here: Here, found: Challenge) -> datetime.date | None:
    """The day by which whoever has it decides: the commission by the day it was told, the assembly within the days that
    the bylaws give it for an appeal. None where nobody has to."""
    if found.state == State.OPEN:
        return found.decide_until
    if found.state == State.APPEALED and found.appealed_at is not None:
        asked = here.cooperative.day_of(found.appealed_at)
        return asked + datetime.timedelta(days=here.bylaws.appeal_decided_days)
    return None


def is_late(here: Here, found: Challenge) -> bool:
    due = due_on(here, found)
    return due is not None and due < here.day


def word_of(here: Here, found: Challenge) -> str:
    """The state as it stands on every page; what is past its day says so."""
    if not is_late(here, found):
        return str(found.get_state_display())
    return _("the assembly is late with it") if found.state == State.APPEALED else _("late")


def shape_of(here: Here, found: Challenge) -> str:
    return "late" if is_late(here, found) else SHAPES[State(found.state)]


def by_its_day(here: Here, found: Challenge) -> str:
    """The clock that runs, or what ended it."""
    if found.state == State.OPEN:
        told = {"day": say_day(found.decide_until), "distance": say_distance(here.day, found.decide_until)}
        if found.decide_until < here.day:
            return _("The commission should have decided by %(day)s.") % told
        return _("The commission decides by %(day)s (%(distance)s).") % told
    if found.state == State.DISMISSED and found.appeal_until is not None:
        told = {"day": say_day(found.appeal_until)}
        if found.appeal_until < here.day:
            return _("Nobody appealed by %(day)s; what was proclaimed stands.") % told
        return _("Whoever challenged may go before the assembly until %(day)s.") % told
    if found.state == State.APPEALED:
        due = due_on(here, found)
        told = {"day": say_day(due), "distance": say_distance(here.day, due)} if due else {}
        if is_late(here, found):
            return _("The assembly should have decided by %(day)s.") % told
        return (
            _("It stands on the agenda of the next assembly, which decides by %(day)s (%(distance)s).") % told
        )
    if found.state == State.UPHELD and found.appeal_until is not None and here.day <= found.appeal_until:
        told = {"day": say_day(found.appeal_until)}
        return (
            _(
                "What was challenged is annulled, and repeated. Whoever lost a seat by it may go before the assembly"
                " until %(day)s."
            )
            % told
        )
    if found.state in (State.UPHELD, State.APPEAL_UPHELD):
        return _("What was challenged is annulled, and repeated.")
    return _("What was proclaimed stands.")


@dataclass(frozen=True)
class Line:
    found: Challenge
    what: str
    shape: str
    word: str
    meta: str


def after(here: Here, election: Election) -> dict[str, Any]:
    """What the page of an election says under "What follows"; nothing before it is proclaimed."""
    last = challenge_until(election)
    if last is None:
        return {"follows": False}
    found = access.challenges(here).filter(election=election).order_by("number")
    lines = []
    for one in found:
        one.election = election
        lines.append(Line(one, of_what(one), shape_of(here, one), word_of(here, one), by_its_day(here, one)))
    return {
        "follows": True,
        "challenges": lines,
        "challenge_until": last,
        "challengeable": election.state == Election.State.PROCLAIMED and here.day <= last,
    }


def duties(here: Here) -> list[Story]:
    """Challenges that wait, and seats that are empty: for the commission; what is late for the auditor as well."""
    runs, audits = here.may(Power.RUN_ELECTIONS), here.may(Power.AUDIT)
    if not runs and not audits:
        return []
    held = access.challenges(here).filter(state__in=[State.OPEN, State.APPEALED])
    stories = [
        _challenge(here, one)
        for one in held.order_by("decide_until", "pk")
        if is_late(here, one) or (runs and one.state == State.OPEN and one.member_id != acting(here).pk)
    ]
    empty = [
        one
        for one in vacancies(here.cooperative, here.at)
        if one.last is not None and not (one.coming or one.named or one.stands_in or one.election)
    ]
    if empty:
        words = ngettext("One seat is empty", "%(many)s seats are empty", len(empty)) % {"many": len(empty)}
        stories.append(
            Story(
                kicker=_("Empty seats"),
                headline=words,
                address=reverse("vacancies", args=[here.cooperative.slug]),
                text=", ".join(sorted({one.seat.office.title for one in empty})),
                word=_("to be filled"),
                shape="waiting",
            )
        )
    return stories


def _challenge(here: Here, one: Challenge) -> Story:
    return Duty(
        kicker=_("Challenge · %(label)s") % {"label": one.label},
        headline=of_what(one),
        address=reverse("challenge", args=[here.cooperative.slug, one.pk]),
        word=word_of(here, one),
        shape=shape_of(here, one),
        meta=by_its_day(here, one),
        until=due_on(here, one),
    )


def held(here: Here) -> QuerySet[Mandate]:
    """Who holds no post holds no two that exclude each other."""
    return Mandate.objects.filter(Mandate.not_over(here.at), member=acting(here), seat__alternate=False)


def to_choose(here: Here) -> list[Story]:
    """Posts of one's own that exclude each other."""
    found = choices_waiting(here.cooperative, here.at, member=acting(here))
    return [
        Story(
            kicker=_("Two posts exclude each other"),
            headline=capfirst(f"{one.first.seat.office.title} · {one.second.seat.office.title}"),
            address=reverse("choose-post", args=[here.cooperative.slug]),
            word=_("choose one"),
            shape="waiting" if one.until >= here.day else "late",
            meta=_("by %(day)s (%(distance)s)")
            % {"day": say_day(one.until), "distance": say_distance(here.day, one.until)},
        )
        for one in found
    ]


def say_since(here: Here, moment: datetime.datetime | None) -> str:
    return say_day(here.cooperative.day_of(moment)) if moment else ""
