"""What is told about councils, delegates and working tables. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "no-council-of-delegates": gettext_lazy("%(body)s is no council to which departments send delegates."),
    "department-sends-nobody": gettext_lazy("That department sends nobody to %(body)s."),
    "no-delegate-of-it": gettext_lazy(
        "%(name)s has not sent you: you enter only what your own department told."
    ),
    "no-delegate-here": gettext_lazy(
        "Only the delegates of %(body)s, and who calls or records it, enter this."
    ),
    "no-delegate-there": gettext_lazy(
        "You were not there as a delegate, so there is nothing for you to tell."
    ),
    "instruction-day-wrong": gettext_lazy(
        "The day on which it was told is neither in the future nor more than a year ago."
    ),
    "instruction-after-the-vote": gettext_lazy(
        "The vote on this item has been opened. What is told now comes too late for it."
    ),
    "reported-already": gettext_lazy("You have told your department about this meeting."),
    "report-of-another-department": gettext_lazy(
        "It is told to another department. You may read it all the same."
    ),
    "report-read-already": gettext_lazy("You have said already that you read it."),
    "absences-within-limit": gettext_lazy(
        "%(missed)s missed; only more than %(limit)s vacate the seat, by the bylaws."
    ),
    "table-ends-too-soon": gettext_lazy("Its last day lies after today."),
    "table-ends-too-late": gettext_lazy("A table works for a year at most: until %(last)s."),
    "table-of-few-or-many": gettext_lazy("From %(fewest)s to %(most)s people sit at a table."),
    "feeds-enough": gettext_lazy("You have %(most)s addresses. End one that you do not use."),
    "feed-of-somebody-else": gettext_lazy("It is the calendar of somebody else."),
    "feed-revoked": gettext_lazy("That address has been ended already."),
    "table-over": gettext_lazy("The table has ended already."),
    "table-without-report": gettext_lazy("A table ends with its report."),
}
