"""Facts about people, plant and offices. Everything is dated; nothing is overwritten."""

from .applications import Application
from .cards import AccessCard
from .dated import Posting, Standing
from .office_work import SavedView, WorkedHours
from .offices import Body, Mandate, Office, OfficePower, Power, Seat
from .people import Account, Correction, Member
from .plant import Crew, Department, Rota, Shift

__all__ = [
    "AccessCard",
    "Account",
    "Application",
    "Body",
    "Correction",
    "Crew",
    "Department",
    "Mandate",
    "Member",
    "Office",
    "OfficePower",
    "Posting",
    "Power",
    "Rota",
    "SavedView",
    "Seat",
    "Shift",
    "Standing",
    "WorkedHours",
]
