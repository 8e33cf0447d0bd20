"""What is told about problems in meetings. Codes and parameters come from the rules of meetings and production."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "production-meeting-votes-nothing": gettext_lazy(
        "A production meeting is held with whoever comes, so nothing is put to the vote there. Bring it to a council or the assembly."
    ),
    "list-not-called": gettext_lazy("Call the item with the list of problems first."),
    "problem-called-already": gettext_lazy("%(problem)s is spoken about already."),
    "problem-before-others": gettext_lazy("%(problem)s does not stand before this body."),
    "no-problem-called": gettext_lazy("No problem is spoken about."),
    "problem-not-spoken-about": gettext_lazy(
        "An action on %(problem)s is agreed under the list of problems, once the meeting has spoken about it."
    ),
    "nothing-measured-before": gettext_lazy(
        "%(problem)s has no figure from before that waits for one from afterwards."
    ),
}
