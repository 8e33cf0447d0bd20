"""Meetings and their sittings, agenda, attendance, votes typed in from paper, and minutes."""

from .agenda import AgendaItem, ItemNote, SecrecyDemand
from .from_paper import VoteFromPaper
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
    "VoteFromPaper",
]
