"""What the journal tells of plans that could not wait, of what buyers promised and who refused."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "plan-changed": _(
        "%(who)s changed the plan of %(what)s because it could not wait: %(target)s a month, until the next"
        " production meeting, at most until %(until)s. Why: %(because)s"
    ),
    "refused-to": _(
        "%(who)s wrote down that we refused %(what)s an order: %(asked)s. Principle: %(because)s"
    ),
    "buyer-barred": _("%(who)s barred %(what)s from the prices for other plants of workers: %(because)s"),
    "buyer-bar-lifted": _("%(who)s lifted the bar of %(what)s: %(because)s"),
    "output-signed": _("%(who)s signed the output of %(what)s as the second person: %(number)s figures."),
    "price-moved": _("%(who)s moved the price of %(what)s to %(market)s until %(until)s. Why: %(because)s"),
    "price-move-confirmed": _("%(who)s signed the emergency price of %(what)s. It holds until %(until)s."),
    "price-move-turned-down": _("%(who)s turned down the emergency price of %(what)s: %(because)s"),
    "plan-voted": _("By %(decision)s the plan of %(what)s is set: %(number)s products."),
    "prices-voted": _("By %(what)s %(number)s prices are set. They hold from %(since)s."),
    "buyer-pledged": _("%(who)s wrote down what %(what)s promised to buy in %(year)s: for %(amount)s."),
    "refused-by": _("%(who)s wrote down that %(what)s refused: %(asked)s."),
}
