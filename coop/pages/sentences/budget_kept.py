"""What is told to whoever enters lines, months and movements of the budget. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "budget-lines-changed-meanwhile": gettext_lazy(
        "The lines of %(label)s were changed meanwhile. Look at them once more, then enter yours."
    ),
    "budget-decision-not-on-record": gettext_lazy(
        "No decision that the assembly carried begins with this number: %(decision)s. Look it up in the register."
    ),
}
