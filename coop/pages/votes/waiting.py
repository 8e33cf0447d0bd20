"""Votes that are open: the one to cast first, in the words of the front page."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.ballots.models import Ballot, RollEntry
from coop.ballots.rules.casting import obstacles_to_casting
from coop.meetings.models import AgendaItem
from coop.members.models import Body

from ..access import Here, acting
from ..asked_here import asked
from ..reasons import say
from ..stories import Story
from ..timetable import say_last_hour


def open_votes(here: Here) -> list[Story]:
    """Open votes: first those that can be cast now, then those that wait for something, then those already cast."""
    found = asked(here, open_ballots)
    entries = {entry.ballot_id: entry for entry in asked(here, my_lines)}
    item_of = {item.decision.ballot_id: item for item in asked(here, items_voted) if item.decision}
    stories = [
        _vote(here, ballot, entries.get(ballot.pk), item_of.get(ballot.pk))
        for ballot in found
        if ballot.pk in entries or ballot.body.kind == Body.Kind.ASSEMBLY
    ]
    return sorted(stories, key=lambda story: (not story.button, story.shape == "yes"))


def open_ballots(here: Here) -> QuerySet[Ballot]:
    """Without their texts, which are long."""
    found = Ballot.objects.filter(cooperative=here.cooperative, state=Ballot.State.OPEN)
    in_order = found.order_by(F("closes_at").asc(nulls_last=True), "pk")
    return in_order.select_related("body", "register").defer("text")


def my_lines(here: Here) -> QuerySet[RollEntry]:
    open_ones = {"ballot__cooperative": here.cooperative, "ballot__state": Ballot.State.OPEN}
    return RollEntry.of(acting(here)).filter(**open_ones)


def items_voted(here: Here) -> QuerySet[AgendaItem]:
    found = AgendaItem.objects.filter(
        decision__ballot__cooperative=here.cooperative, decision__ballot__state=Ballot.State.OPEN
    )
    return found.select_related("decision__proposal")


def _vote(here: Here, ballot: Ballot, entry: RollEntry | None, item: AgendaItem | None) -> Story:
    proposal = item.decision.proposal if item and item.decision else None
    until = _("until %(hour)s") % {"hour": say_last_hour(here, ballot.closes_at)} if ballot.closes_at else ""
    about = {
        "headline": proposal.title if proposal else ballot.title,
        "address": reverse("ballot", args=[here.cooperative.slug, ballot.pk]),
        "kicker": " · ".join([ballot.body.name, *([proposal.label] if proposal else [])]),
        "meta": until,
    }
    if ballot.is_over(here.at):
        return Story(**about | {"meta": ""}, word=_("being counted"), shape="waiting")
    reasons = obstacles_to_casting(ballot, entry, here.at)
    codes = {reason.code for reason in reasons}
    if "already-voted" in codes:
        return Story(**about, word=_("your vote is in"), shape="yes")
    if not reasons:
        return Story(
            **about,
            text=_("You are on the register, and your vote is still missing."),
            word=_("open now"),
            shape="live",
            button=_("Vote now"),
        )
    if "not-checked-in" in codes and item is not None:
        about["address"] = reverse("meeting", args=[here.cooperative.slug, item.meeting_id])
    words = " ".join(say(reason) for reason in reasons)
    return Story(**about, text=words, word=_("open now"), shape="live")
