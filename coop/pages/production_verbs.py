"""What the journal tells of plans that could not wait, of what buyers promised and who refused."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "plan-changed": _(
        "%(who)s changed the plan of %(what)s because it could not wait: %(target)s a month, until the next"
        " production meeting, at most until %(until)s. Why: %(because)s"
    ),
    "buyer-pledged": _("%(who)s wrote down what %(what)s promised to buy in %(year)s: for %(amount)s."),
    "refused-by": _("%(who)s wrote down that %(what)s refused: %(asked)s."),
}
