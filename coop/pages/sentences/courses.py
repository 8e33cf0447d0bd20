"""What stands in the way of courses, and of offices that ask for them."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "course-not-done": gettext_lazy(
        "The office %(office)s asks for the course “%(course)s”, and it is not on record."
    ),
    "course-without-a-name": gettext_lazy("Write the name of the course."),
    "course-named-already": gettext_lazy("There is a course of this name: %(course)s."),
    "course-asked-by-a-decision": gettext_lazy(
        "Who may be elected is for the assembly to say: write the number of its decision, such as D GA 2026-3."
    ),
    "course-asked-in-the-past": gettext_lazy(
        "It is asked from a day on that has not passed: %(day)s or later."
    ),
    "course-asked-too-far": gettext_lazy("Choose a day within the next %(days)s days."),
    "course-asked-too-late": gettext_lazy(
        "This was to begin on %(day)s, which has passed. Turn it down; it is entered again with a day to come."
    ),
    "course-entry-waits": gettext_lazy(
        "The same is entered and waits for a second person: %(course)s, %(office)s."
    ),
    "course-asked-already": gettext_lazy("%(office)s asks for this course already: %(course)s."),
    "course-not-asked": gettext_lazy("%(office)s does not ask for this course: %(course)s."),
    "course-without-a-paper": gettext_lazy(
        "Say which paper shows it: the sheet of the course, a certificate."
    ),
    "course-not-over-yet": gettext_lazy("Only what was done by today, %(day)s, is entered."),
    "course-too-long-ago": gettext_lazy("Look at the year again: that is more than %(years)s years ago."),
    "course-entered-already": gettext_lazy("That is entered already: %(name)s, %(course)s, on this day."),
    "course-of-your-own": gettext_lazy("It is about yourself: somebody else compares it with the paper."),
}
