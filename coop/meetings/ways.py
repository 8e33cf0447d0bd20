"""The ways in which whoever chairs may put an item to the vote: which channels, and whether it is secret."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from coop.ballots.models import Ballot
from coop.ballots.models.ballots import Channel


class Way(models.TextChoices):
    """Never stored: the ballot keeps its channels and its secrecy."""

    SCREENS = "screens", _("On screens: everybody on their own telephone or at a tablet")
    SCREENS_AND_HANDS = "screens-and-hands", _("On screens, and then by hands those who have not voted yet")
    HANDS = "hands", _("By show of hands, or by acclamation when nobody asks for a count")
    SECRET_PAPER = "secret-paper", _("In secret, on paper")
    SECRET_SCREENS = "secret-screens", _("In secret, on screens")
    SECRET_BOTH = "secret-both", _("In secret, on screens and on paper")

    @property
    def channels(self) -> Sequence[str]:
        return _CHANNELS[self]

    @property
    def is_secret(self) -> bool:
        return self in _SECRET

    @property
    def secrecy(self) -> str:
        return Ballot.Secrecy.SECRET if self.is_secret else Ballot.Secrecy.OPEN

    @property
    def needs_a_key(self) -> bool:
        """A sealed urn is made ready before the vote, by people who have to come together for it."""
        return self.is_secret and Channel.PHONE in self.channels

    @property
    def by_hands(self) -> bool:
        return Channel.HANDS in self.channels


_SECRET = frozenset({Way.SECRET_PAPER, Way.SECRET_SCREENS, Way.SECRET_BOTH})
_CHANNELS: dict[str, Sequence[str]] = {
    Way.SCREENS: (Channel.PHONE,),
    Way.SCREENS_AND_HANDS: (Channel.PHONE, Channel.HANDS),
    Way.HANDS: (Channel.HANDS,),
    Way.SECRET_PAPER: (Channel.PAPER,),
    Way.SECRET_SCREENS: (Channel.PHONE,),
    Way.SECRET_BOTH: (Channel.PHONE, Channel.PAPER),
}


def way_of(ballot: Ballot) -> Way | None:
    """The way a ballot is held; nothing for one that no meeting offers (open boxes of an election outside of it)."""
    for way in Way:
        if ballot.secrecy == way.secrecy and set(ballot.channels) == set(way.channels):
            return way
    return None
