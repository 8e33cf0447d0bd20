"""What is told about actions agreed. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "action-not-open": gettext_lazy("This action is not open any more."),
    "action-not-done": gettext_lazy("This action has not been said to be done."),
    "action-of-somebody-else": gettext_lazy(
        "Only who has taken it on, and who calls, leads or records this body, can write here."
    ),
    "action-same-day": gettext_lazy("That is the day it has already."),
    "action-same-owner": gettext_lazy("%(name)s has taken it on already."),
    "action-due-before": gettext_lazy("The day lies before %(day)s. Choose that day or a later one."),
    "action-due-too-far": gettext_lazy(
        "The day is more than two years away; the last possible is %(last)s. Agree on a first step."
    ),
}
