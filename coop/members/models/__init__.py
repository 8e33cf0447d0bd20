"""Facts about people, plant and offices. Everything is dated; nothing is overwritten."""

from .cards import AccessCard
from .offices import Body, Mandate, Office, OfficePower, Power, Seat
from .people import Account, Member, Posting, Standing
from .plant import Crew, Department, Rota, Shift

__all__ = [
    "AccessCard",
    "Account",
    "Body",
    "Crew",
    "Department",
    "Mandate",
    "Member",
    "Office",
    "OfficePower",
    "Posting",
    "Power",
    "Rota",
    "Seat",
    "Shift",
    "Standing",
]
