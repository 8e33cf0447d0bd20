"""Calling, meetings and their sittings, agenda, the hall, minutes, actions, councils and their tables."""

from .agenda import AgendaItem, ItemNote, Phrase, SecrecyDemand, UnsavedNote
from .calling import Holiday, NoticeGiven, Request, RequestSignature, Series
from .councils import Feed, Instruction, ReportBack, ReportRead, WorkingTable
from .floor import (
    Announcement,
    ConflictOfInterest,
    ItemCall,
    OffAgenda,
    OnWatch,
    Pause,
    ProceduralMotion,
    QuorumCount,
    SittingOffice,
    Stay,
    Turn,
)
from .from_paper import VoteFromPaper
from .meetings import Attendance, Meeting, Signer, Sitting
from .minutes import ClosedPart, Minutes, MinutesApproval, MinutesEntry, MinutesSignature, SealedMinutes
from .numbering import LastInBook
from .problems import ProblemCall
from .tasks import Action, ActionEvent

__all__ = [
    "Action",
    "ActionEvent",
    "AgendaItem",
    "Announcement",
    "Attendance",
    "ClosedPart",
    "ConflictOfInterest",
    "Feed",
    "Holiday",
    "Instruction",
    "ItemCall",
    "ItemNote",
    "LastInBook",
    "Meeting",
    "Minutes",
    "MinutesApproval",
    "MinutesEntry",
    "MinutesSignature",
    "NoticeGiven",
    "OffAgenda",
    "OnWatch",
    "Pause",
    "Phrase",
    "ProblemCall",
    "ProceduralMotion",
    "QuorumCount",
    "ReportBack",
    "ReportRead",
    "Request",
    "RequestSignature",
    "SealedMinutes",
    "SecrecyDemand",
    "Series",
    "Signer",
    "Sitting",
    "SittingOffice",
    "Stay",
    "Turn",
    "UnsavedNote",
    "VoteFromPaper",
    "WorkingTable",
]
