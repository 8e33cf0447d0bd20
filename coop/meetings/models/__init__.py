"""Meetings and their sittings, agenda, attendance and minutes."""

from .agenda import AgendaItem, ItemNote, SecrecyDemand
from .meetings import Attendance, Meeting, Signer, Sitting
from .minutes import Minutes
from .numbering import LastInBook

__all__ = [
    "AgendaItem",
    "Attendance",
    "ItemNote",
    "LastInBook",
    "Meeting",
    "Minutes",
    "SecrecyDemand",
    "Signer",
    "Sitting",
]
