"""What the front page tells a teller: papers are given, or counted."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.ballots.models import Ballot, Teller
from coop.ballots.models.ballots import Channel

from ..access import Here, acting
from ..stories import Story

State = Ballot.State


def named(here: Here) -> QuerySet[Teller]:
    """For the votes on paper that this person counts, until each is counted."""
    return Teller.objects.filter(
        member=acting(here),
        ballot__cooperative=here.cooperative,
        ballot__state__in=(State.OPEN, State.CLOSED),
        ballot__channels__contains=[Channel.PAPER],
    )


def at_tables(here: Here) -> list[Story]:
    """One query."""
    found = named(here).select_related("ballot").order_by("ballot")
    return [_story(here, teller.ballot) for teller in found]


def _story(here: Here, ballot: Ballot) -> Story:
    giving = ballot.is_open(here.at)
    return Story(
        kicker=_("You are a teller"),
        headline=(_("Give papers: %(vote)s") if giving else _("Count papers: %(vote)s"))
        % {"vote": ballot.title},
        address=reverse("paper-table" if giving else "teller-count", args=[here.cooperative.slug, ballot.pk]),
        word=_("papers are given at the table") if giving else _("the papers are counted"),
        shape="live" if giving else "waiting",
    )
