"""Facts about people, plant and offices. Everything is dated; nothing is overwritten."""

from .applications import Application
from .cards import AccessCard
from .consents import Consent
from .courses import Course, CourseAsked, CourseDone
from .dated import Posting, Standing
from .deputies import Deputy
from .office_work import SavedView, WorkedHours
from .offices import Body, Mandate, Office, OfficePower, Power, Seat
from .people import Account, Correction, Member
from .plant import Crew, Department, Rota, Shift

__all__ = [
    "AccessCard",
    "Account",
    "Application",
    "Body",
    "Consent",
    "Correction",
    "Course",
    "CourseAsked",
    "CourseDone",
    "Crew",
    "Department",
    "Deputy",
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
