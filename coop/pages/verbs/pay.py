"""What the journal tells of pay: nobody's amount."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES: dict[str, Any] = {
    "pay-scale-entered": _(
        "%(who)s entered a pay scale, valid from %(valid_from)s, adopted by: %(what)s. It waits to be confirmed."
    ),
    "pay-scale-confirmed": _(
        "%(who)s compared a pay scale with the decision that adopted it, %(what)s, and confirmed it."
    ),
    "pay-scale-turned-down": _("%(who)s turned down a pay scale adopted by %(what)s: %(because)s"),
    "pay-month-entered": ngettext_lazy(
        "%(who)s entered the pay of %(people)s person for %(what)s: highest to lowest %(ratio)s, ceiling %(ceiling)s.",
        "%(who)s entered the pay of %(people)s people for %(what)s: highest to lowest %(ratio)s, ceiling %(ceiling)s.",
        "people",
    ),
}
