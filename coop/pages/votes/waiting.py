"""Votes that are open: the one to cast first, in the words of the front page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.asked_often import Often, given
from coop.ballots.models import Ballot, RollEntry
from coop.ballots.rules.casting import obstacles_to_casting
from coop.meetings.models import AgendaItem
from coop.members.models import Body

from .. import kept
from ..access import Here, acting
from ..asked_here import Question, asked
from ..at_all import which_of
from ..reasons import say
from ..stories import Story
from ..timetable import say_last_hour


class _Vote(NamedTuple):
    """What is told of a vote to everybody, to each whichever is true of them; and the meeting in which it is held."""

    ballot: Ballot
    told: Story
    missing: Story
    cast: Story
    over: Story
    meeting: int | None


def open_votes(here: Here, mine: Mapping[str, Any] | None = None) -> list[Story]:
    """Open votes: first those that can be cast now, then those that wait for something, then those already cast.

    `mine`: what the questions of `KEYS` have said, if they were asked with others. A vote that was closed since it was
    told to all is left out, for nobody has a line of it there.
    """
    found = mine or asked(here, _mine)[0]
    entries = {line["ballot_id"]: RollEntry(member=acting(here), **line) for line in found["lines"]}
    stories = [
        _story(here, vote, entries.get(vote.ballot.pk))
        for vote in kept.told_to_all(here, _votes)
        if vote.ballot.pk in entries
        or (vote.ballot.pk in found["still_open"] and vote.ballot.body.kind == Body.Kind.ASSEMBLY)
    ]
    return sorted(stories, key=lambda story: (not story.button, story.shape == "yes"))


def _still_open(here: Here) -> QuerySet[Any, Any]:
    found = Ballot.objects.filter(cooperative=here.cooperative, state=Ballot.State.OPEN)
    return found.order_by().values("pk")


def _lines(here: Here) -> QuerySet[Any, Any]:
    """Of the reader on the rolls of open votes: all that decides whether they vote on a screen."""
    mine = RollEntry.objects.filter(
        member=acting(here), ballot__cooperative=here.cooperative, ballot__state=Ballot.State.OPEN
    )
    line = JSONObject(ballot_id="ballot_id", present="present", part="part", channel="channel")
    return mine.values(line=line)


# Both are asked in one question, so that they tell of the same moment.
KEYS: dict[str, Question[Any]] = {"still_open": _still_open, "lines": _lines}


def _mine(here: Here) -> QuerySet[Any, Any]:
    return which_of(here, {}, {name: rows(here) for name, rows in KEYS.items()})


def _votes(here: Here) -> tuple[_Vote, ...]:
    house = here.cooperative
    item_of = {item.decision.ballot_id: item for item in ITEMS.all(cooperative=house.pk) if item.decision}
    return tuple(_vote(here, ballot, item_of.get(ballot.pk)) for ballot in OPEN.all(cooperative=house.pk))


def _vote(here: Here, ballot: Ballot, item: AgendaItem | None) -> _Vote:
    proposal = item.decision.proposal if item and item.decision else None
    told = Story(
        proposal.title if proposal else ballot.title,
        reverse("ballot", args=[here.cooperative.slug, ballot.pk]),
        kicker=" · ".join([ballot.body.name, *([proposal.label] if proposal else [])]),
        meta=_("until %(hour)s") % {"hour": say_last_hour(here, ballot.closes_at)}
        if ballot.closes_at
        else "",
        word=_("open now"),
        shape="live",
        read_by="many",
    )
    missing = _("You are on the register, and your vote is still missing.")
    return _Vote(
        ballot,
        told,
        missing=replace(told, text=missing, button=_("Vote now")),
        cast=replace(told, word=_("your vote is in"), shape="yes"),
        over=replace(told, meta="", word=_("being counted"), shape="waiting"),
        meeting=item.meeting_id if item else None,
    )


def _story(here: Here, vote: _Vote, entry: RollEntry | None) -> Story:
    ballot, told = vote.ballot, vote.told
    if ballot.is_over(here.at):
        return vote.over
    if entry is not None:
        entry.ballot = ballot
    reasons = obstacles_to_casting(ballot, entry, here.at)
    codes = {reason.code for reason in reasons}
    if "already-voted" in codes:
        return vote.cast
    if not reasons:
        return vote.missing
    if "not-checked-in" in codes and vote.meeting is not None:
        told = replace(told, address=reverse("meeting", args=[here.cooperative.slug, vote.meeting]))
    return replace(told, text=" ".join(say(reason) for reason in reasons))


def _open() -> QuerySet[Ballot]:
    """Without their texts, which are long."""
    found = Ballot.objects.filter(cooperative_id=given("cooperative"), state=Ballot.State.OPEN)
    in_order = found.order_by(F("closes_at").asc(nulls_last=True), "pk")
    return in_order.select_related("body", "register").defer("text")


def _items() -> QuerySet[AgendaItem]:
    """Those on which an open vote is held, each with what was put to the vote."""
    found = AgendaItem.objects.filter(
        decision__ballot__cooperative_id=given("cooperative"), decision__ballot__state=Ballot.State.OPEN
    )
    return found.select_related("decision__proposal")


OPEN, ITEMS = Often(_open, told=True), Often(_items, told=True)
