"""What the journal tells of a budget before the assembly."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "budget-laid-before": _("%(who)s laid before the assembly, out of %(budget)s: %(what)s."),
    "budget-on-agenda": _(
        "%(who)s put %(budget)s on the agenda of %(what)s, as item %(item)s with its amendments: %(amendments)s."
    ),
    "budget-bloc-formed": _("%(who)s has %(labels)s voted in one question: %(what)s."),
    "budget-bloc-left": _("%(who)s wants %(what)s voted by itself."),
    "budget-fall-challenged": _("%(who)s challenges that %(what)s fell: %(because)s"),
    "budget-challenge-granted": _("%(who)s answers that %(what)s was challenged with reason: %(answer)s"),
    "budget-challenge-refused": _("%(who)s answers that %(what)s fell as the rules say: %(answer)s"),
}
