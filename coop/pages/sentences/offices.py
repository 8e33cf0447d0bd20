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
    "protected-in-office": gettext_lazy(
        "%(name)s holds an office (%(office)s). Nobody is sent away from it by an entry of the register: those who "
        "elected may recall, or the assembly decides. Cite its decision, with the number first (D GA 2026-3)."
    ),
    "protected-own-wish": gettext_lazy(
        "%(name)s holds an office (%(office)s). This is written only when they ask for it themselves, on their page "
        "“My offices”, or when the assembly has decided it. Then cite the number of the decision (D GA 2026-3)."
    ),
    "death-by-a-document": gettext_lazy("%(name)s holds an office. Say which paper tells of the death."),
    "consent-to-nothing": gettext_lazy("Choose what you ask for."),
    "needs-no-consent": gettext_lazy("You hold no office now, so nothing waits for your yes."),
    "consented-already": gettext_lazy("You have asked for that already. The register office can write it."),
    "longer-than-its-term": gettext_lazy(
        "The term of this office is %(months)s months. Say an end within it; nobody holds an office without one."
    ),
    "seat-taken": gettext_lazy("%(name)s holds this seat in that time."),
    "still-to-come": gettext_lazy("That day has not come yet; only what has happened is carried over."),
    "before-joining": gettext_lazy("%(name)s joined on %(day)s; nobody holds an office before."),
    "entry-settled": gettext_lazy("This entry has been confirmed or turned down already."),
    "mandate-over-already": gettext_lazy("This mandate has ended already."),
    "mandate-already-settled": gettext_lazy("This mandate has been confirmed or ended already."),
    "no-reason-given": gettext_lazy("Give the reason; it will be read by everybody."),
}
