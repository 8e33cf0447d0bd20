"""What the journal tells of a budget before the assembly."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "budget-laid-before": _("%(who)s laid before the assembly, out of %(budget)s: %(what)s."),
    "budget-on-agenda": _(
        "%(who)s put %(budget)s on the agenda of %(what)s, as item %(item)s with its amendments: %(amendments)s."
    ),
}
