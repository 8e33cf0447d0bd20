"""What stands in the way of signing for the house."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "office-does-not-sign": gettext_lazy(
        "You do not hold this office now, or it does not sign for the house: %(office)s."
    ),
    "commitment-without-words": gettext_lazy("Write what it is, with whom, and why."),
    "commitment-of-nothing": gettext_lazy("Write an amount above zero."),
    "commitment-rests-on-what-was-carried": gettext_lazy("Choose a decision that was carried."),
    "commitment-settled": gettext_lazy("This does not wait any more. State now: %(commitment)s."),
    "second-is-somebody-else": gettext_lazy("You signed first; the second signature is somebody else's."),
    "second-is-another-office": gettext_lazy(
        "The first signature is of this office; the second is of another: %(office)s."
    ),
    "second-signs-in-another-office": gettext_lazy(
        "Who could sign as the second may turn it down, and whoever signed first may take it back."
    ),
}
