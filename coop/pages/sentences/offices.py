"""What is told about mandates, powers and second signatures. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "no-mandate": gettext_lazy(
        "No office you hold now allows this: %(power)s. Powers come with a mandate and end with it."
    ),
    "no-office-that-confirms": gettext_lazy(
        "Only an office that calls, leads or records meetings, keeps the register or runs elections may confirm."
    ),
    "ends-before-it-begins": gettext_lazy("It would end before it begins."),
    "seat-taken": gettext_lazy("%(name)s holds this seat in that time."),
    "still-to-come": gettext_lazy("That day has not come yet; only what has happened is carried over."),
    "before-joining": gettext_lazy("%(name)s joined on %(day)s; nobody holds an office before."),
    "entry-settled": gettext_lazy("This entry has been confirmed or turned down already."),
    "mandate-over-already": gettext_lazy("This mandate has ended already."),
    "mandate-already-settled": gettext_lazy("This mandate has been confirmed or ended already."),
    "no-reason-given": gettext_lazy("Give the reason; it will be read by everybody."),
}
