"""What the journal tells of prices, buyers, sales, gifts and contracts."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES: dict[str, Any] = {
    "cost-sheet-entered": _("%(who)s entered what a unit of %(what)s costs: %(total)s."),
    "prices-entered": ngettext_lazy(
        "%(who)s entered %(number)s price of %(what)s, from %(since)s.",
        "%(who)s entered %(number)s prices of %(what)s, from %(since)s.",
        "number",
    ),
    "prices-confirmed": _(
        "%(who)s compared the prices with %(what)s and confirmed them. They hold from %(since)s."
    ),
    "prices-turned-down": _("%(who)s turned down the prices of %(what)s: %(because)s"),
    "sale-written": _(
        "%(who)s wrote down a sale to %(what)s: %(product)s at %(price)s, list price %(listed)s."
        " It waits for a second signature."
    ),
    "sold": _("%(who)s signed %(what)s as the second: %(product)s to %(buyer)s at %(price)s."),
    "sold-under-list": _(
        "%(who)s signed %(what)s as the second: %(product)s to %(buyer)s at %(price)s,"
        " under the list price of %(listed)s."
    ),
    "sale-refused": _("%(who)s refused the sale to %(what)s: %(because)s"),
    "gift-entered": _("%(who)s entered a gift to member %(member)s, from %(giver)s: %(what)s."),
    "kin-contract-entered": _(
        "%(who)s entered a contract with %(what)s, close to member %(member)s, by: %(decision)s."
    ),
    "refused-to": _(
        "%(who)s wrote down that we refused %(what)s an order: %(asked)s. Principle: %(because)s"
    ),
    "buyer-barred": _("%(who)s barred %(what)s from the prices for other plants of workers: %(because)s"),
    "buyer-bar-lifted": _("%(who)s lifted the bar of %(what)s: %(because)s"),
    "price-moved": _("%(who)s moved the price of %(what)s to %(market)s until %(until)s. Why: %(because)s"),
    "price-move-confirmed": _("%(who)s signed the emergency price of %(what)s. It holds until %(until)s."),
    "price-move-turned-down": _("%(who)s turned down the emergency price of %(what)s: %(because)s"),
    "prices-voted": ngettext_lazy(
        "By %(what)s %(number)s price is set. It holds from %(since)s.",
        "By %(what)s %(number)s prices are set. They hold from %(since)s.",
        "number",
    ),
    "buyer-pledged": _("%(who)s wrote down what %(what)s promised to buy in %(year)s: for %(amount)s."),
    "refused-by": _("%(who)s wrote down that %(what)s refused: %(asked)s."),
}
