"""The list of problems in meetings, and sheets of handover."""

from django.urls import path

from coop.pages.meetings import floor_meeting_sheets, floor_meetings
from coop.pages.shifts import lines, sheets

_PROBLEM = "meetings/<key:key>/problems/<key:problem>/"

ADDRESSES = [
    path("meetings/<key:key>/problems/", floor_meetings.problems, name="meeting-problems"),
    path("meetings/<key:key>/problems/leave/", floor_meetings.leave, name="meeting-problem-leave"),
    path(_PROBLEM, floor_meetings.problem, name="meeting-problem"),
    path(f"{_PROBLEM}call/", floor_meetings.call, name="meeting-problem-call"),
    *(
        path(f"{_PROBLEM}{act}/", floor_meeting_sheets.sheet, {"act": act}, name=f"meeting-problem-{act}")
        for act in floor_meeting_sheets.ACTS
    ),
    path("actions/<key:key>/measured/", floor_meeting_sheets.measured, name="action-measured"),
    path("handover-sheets/", sheets.sheets, name="shift-sheets"),
    path("handover-sheets/<key:key>/", sheets.sheet, name="shift-sheet"),
    path("handover-sheets/<key:key>/take/", sheets.take, name="shift-take"),
    path("handover-sheets/places/<key:area>/give/", sheets.give, name="shift-give"),
    path("handover-sheets/places/<key:area>/pad/", lines.pad, name="shift-pad-printed"),
    path("handover-sheets/places/<key:area>/lines/", lines.lines, name="shift-lines"),
    path("handover-sheets/places/<key:area>/lines/add/", lines.add, name="shift-line-add"),
    path("handover-sheets/places/<key:area>/lines/<key:line>/drop/", lines.drop, name="shift-line-drop"),
]
