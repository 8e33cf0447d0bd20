"""What the journal tells of plans, products and output."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES: dict[str, Any] = {
    "product-added": _("%(who)s entered the product %(what)s, %(code)s, counted in %(unit)s."),
    "plan-entered": _(
        "%(who)s entered the plan of %(what)s from month %(month)s of %(year)s: %(target)s, by: %(decision)s."
    ),
    "plan-confirmed": _(
        "%(who)s compared the plan of %(what)s for %(year)s with %(decision)s and confirmed it."
    ),
    "plan-turned-down": _("%(who)s turned down the plan of %(what)s for %(year)s: %(because)s"),
    "output-entered": _("%(who)s entered the output of %(what)s in month %(month)s of %(year)s: %(amount)s."),
    "output-corrected": _(
        "%(who)s corrected the output of %(what)s in month %(month)s of %(year)s: %(amount)s. Why: %(because)s"
    ),
    "plan-changed": _(
        "%(who)s changed the plan of %(what)s because it could not wait: %(target)s a month, until the next"
        " production meeting, at most until %(until)s. Why: %(because)s"
    ),
    "output-signed": ngettext_lazy(
        "%(who)s signed the output of %(what)s as the second person: %(number)s figure.",
        "%(who)s signed the output of %(what)s as the second person: %(number)s figures.",
        "number",
    ),
    "plan-voted": ngettext_lazy(
        "By %(decision)s the plan of %(what)s is set: %(number)s product.",
        "By %(decision)s the plan of %(what)s is set: %(number)s products.",
        "number",
    ),
}
