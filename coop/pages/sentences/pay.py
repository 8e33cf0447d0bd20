"""What is told about pay scales and the pay of a month. Codes and parameters come from the rules of `pay`, and from the
reading of what was typed (`pages/pay/read.py`)."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    # a scale
    "scale-names-no-decision": gettext_lazy("Name the decision that adopted it, or book and page."),
    "scale-without-grade": gettext_lazy("A scale has at least one grade."),
    "scale-too-long": gettext_lazy("A scale has at most %(most)s grades and supplements together."),
    "scale-code-twice": gettext_lazy("Two lines have the code %(code)s."),
    "job-in-two-grades": gettext_lazy("This job stands in two grades: %(code)s."),
    "scale-amount-wrong": gettext_lazy(
        "%(code)s: an amount is above zero and has at most %(decimals)s decimals."
    ),
    "scale-over-ceiling": gettext_lazy(
        "The highest grade is %(ratio)s of the lowest; the bylaws allow %(ceiling)s at most."
    ),
    "supplement-percent-or-amount": gettext_lazy(
        "%(code)s: a supplement is of a known kind, and either per cent or an amount."
    ),
    "supplement-percent-wrong": gettext_lazy("%(code)s: more than nothing and at most 100 per cent."),
    "seniority-over-bylaws": gettext_lazy(
        "%(code)s: for seniority the bylaws allow at most %(most)s per cent of the pay."
    ),
    # a month
    "month-out-of-range": gettext_lazy("That month has not begun, or lies too far back."),
    "month-without-people": gettext_lazy("Nobody stands in this list."),
    "month-too-long": gettext_lazy("A month has at most %(most)s people."),
    "month-again-without-reason": gettext_lazy(
        "This month stands here already. Say why it is entered again; everybody reads it."
    ),
    "no-scale-then": gettext_lazy("No confirmed pay scale held on the first of that month."),
    "paid-twice": gettext_lazy("No. %(number)s stands in the list twice."),
    "nobody-of-that-number": gettext_lazy("Nobody here has the number %(number)s."),
    "paid-before-joining": gettext_lazy("No. %(number)s joined after that month."),
    "grade-not-on-scale": gettext_lazy("No. %(number)s: the scale has no grade %(grade)s."),
    "share-out-of-range": gettext_lazy(
        "No. %(number)s: the share of the month is above 0 and at most 100 per cent."
    ),
    "pay-cannot-be": gettext_lazy("No. %(number)s: pay is above zero and has at most %(decimals)s decimals."),
    "supplement-not-on-scale": gettext_lazy("No. %(number)s: the scale has no supplement %(supplement)s."),
    "supplement-cannot-be": gettext_lazy("No. %(number)s: %(supplement)s is no amount that can be paid."),
    "supplement-too-high": gettext_lazy(
        "No. %(number)s: of %(supplement)s the scale allows %(most)s at most."
    ),
    "office-has-reference-pay": gettext_lazy(
        "No. %(number)s holds an office (%(office)s), and by the bylaws has the reference pay: %(due)s."
    ),
    "office-keeps-its-grade": gettext_lazy(
        "No. %(number)s holds an office (%(office)s) and keeps the pay of their own job: grade %(grade)s."
    ),
    "office-keeps-pay-of-job": gettext_lazy(
        "No. %(number)s holds an office (%(office)s) and keeps the pay of their own job: %(due)s, no more and no less."
    ),
    # what was typed
    "line-of-other-parts": gettext_lazy("A line has up to %(parts)s parts with a semicolon between them."),
    "kind-of-no-supplement": gettext_lazy("Write night, seniority or effort."),
    "column-not-found": gettext_lazy("No column has this word above it."),
    "column-unknown": gettext_lazy("Nobody knows what stands in this column; take it out, or name it."),
}
