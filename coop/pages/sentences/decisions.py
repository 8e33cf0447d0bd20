"""What is told about what comes after a decision. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "decision-not-in-force": gettext_lazy(
        "%(label)s is not in force, so there is nothing to end or to look at."
    ),
    "ending-named-already": gettext_lazy("%(label)s is named already."),
    "ending-struck-already": gettext_lazy("That is settled already."),
    "ending-not-to-be-said-now": gettext_lazy(
        "Which decision it ends is said in the draft, or when it waits for an agenda. State now: %(state)s."
    ),
    "ending-of-the-meetings-text": gettext_lazy("The meeting has the text now; nothing is added to it."),
    "ended-by-its-own-body": gettext_lazy(
        "%(label)s was decided by “%(body)s”; only that body or the assembly ends it. Strike the name first."
    ),
    "review-in-the-past": gettext_lazy("Choose a day to come."),
    "review-too-far": gettext_lazy("Choose a day within %(years)s years."),
    "review-says-nothing": gettext_lazy("Say on which day, or what was found."),
    "not-decided-yet": gettext_lazy("It has not been decided yet."),
    "could-not-vote-on-it": gettext_lazy("Beside a decision speaks who could vote on it."),
    "stated-already": gettext_lazy("Your statement stands beside it already."),
    "time-for-statements-over": gettext_lazy("It could be said until %(hour)s."),
}
