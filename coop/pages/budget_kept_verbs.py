"""What the journal tells of single lines of a budget."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "budget-line-written": _("%(who)s wrote the line %(code)s of %(what)s: %(amount)s."),
    "budget-ceiling-taken-back": _("%(who)s took the ceiling of %(department)s in %(what)s back."),
    "budget-line-taken-out": _("%(who)s took the line %(code)s out of %(what)s: it had %(amount)s."),
}
