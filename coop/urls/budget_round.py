"""The budget through its round: published, amended, joined, ordered for the vote."""

from django.urls import URLPattern, URLResolver, path

from coop.pages import (
    budget_amendments,
    budget_amendments_led,
    budget_amendments_written,
    budget_clashes,
    budget_round,
    budget_round_printed,
)

ADDRESSES: list[URLPattern | URLResolver] = [
    path("budget/begin/", budget_round.begin, name="budget-begin"),
    path("budget/<key:key>/publish/", budget_round.publish, name="budget-publish"),
    path("budget/<key:key>/step/", budget_round.step, name="budget-step"),
    path("budget/<key:key>/amend/", budget_amendments_written.write, name="budget-amendment-write"),
    path("budget/<key:key>/balance/", budget_amendments_written.weigh, name="budget-balance"),
    path("budget/<key:key>/common/", budget_amendments_written.common, name="budget-common"),
    path("budget/<key:key>/clashes/", budget_clashes.clashes, name="budget-clashes"),
    path("budget/<key:key>/table/", budget_clashes.table, name="budget-table"),
    path("budget/<key:key>/order/", budget_clashes.order, name="budget-order"),
    path("budget/<key:key>/order/paper/", budget_round_printed.order, name="budget-order-printed"),
    path(
        "budget/<key:key>/amendments/paper/",
        budget_round_printed.all_of_them,
        name="budget-amendments-printed",
    ),
    path("budget/amendments/<key:key>/", budget_amendments.amendment, name="budget-amendment"),
    path("budget/amendments/<key:key>/paper/", budget_round_printed.one, name="budget-amendment-printed"),
    path(
        "budget/amendments/<key:key>/rewrite/",
        budget_amendments_written.rewrite,
        name="budget-amendment-rewrite",
    ),
    path(
        "budget/amendments/<key:key>/amend/", budget_amendments_written.amend, name="budget-amendment-amend"
    ),
    path(
        "budget/amendments/<key:key>/hand-in/", budget_amendments_led.hand_in, name="budget-amendment-hand-in"
    ),
    path("budget/amendments/<key:key>/sign/", budget_amendments_led.sign, name="budget-amendment-sign"),
    path("budget/amendments/<key:key>/back/", budget_amendments_led.back, name="budget-amendment-back"),
    path(
        "budget/amendments/<key:key>/withdraw/",
        budget_amendments_led.withdraw,
        name="budget-amendment-withdraw",
    ),
    path("budget/amendments/<key:key>/remark/", budget_amendments_led.remark, name="budget-amendment-remark"),
    path("budget/parts/<key:key>/agree/", budget_amendments_led.agree, name="budget-part-agree"),
]
