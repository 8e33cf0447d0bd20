"""The budget through its round: published, amended, joined, ordered for the vote."""

from django.urls import URLPattern, URLResolver, path

from coop.pages.budget import amendments, amendments_led, amendments_written, clashes, course, round_printed

ADDRESSES: list[URLPattern | URLResolver] = [
    path("budget/begin/", course.begin, name="budget-begin"),
    path("budget/<key:key>/publish/", course.publish, name="budget-publish"),
    path("budget/<key:key>/step/", course.step, name="budget-step"),
    path("budget/<key:key>/amend/", amendments_written.write, name="budget-amendment-write"),
    path("budget/<key:key>/balance/", amendments_written.weigh, name="budget-balance"),
    path("budget/<key:key>/common/", amendments_written.common, name="budget-common"),
    path("budget/<key:key>/clashes/", clashes.clashes, name="budget-clashes"),
    path("budget/<key:key>/table/", clashes.table, name="budget-table"),
    path("budget/<key:key>/order/", clashes.order, name="budget-order"),
    path("budget/<key:key>/order/paper/", round_printed.order, name="budget-order-printed"),
    path(
        "budget/<key:key>/amendments/paper/",
        round_printed.all_of_them,
        name="budget-amendments-printed",
    ),
    path("budget/amendments/<key:key>/", amendments.amendment, name="budget-amendment"),
    path("budget/amendments/<key:key>/paper/", round_printed.one, name="budget-amendment-printed"),
    path(
        "budget/amendments/<key:key>/rewrite/",
        amendments_written.rewrite,
        name="budget-amendment-rewrite",
    ),
    path("budget/amendments/<key:key>/amend/", amendments_written.amend, name="budget-amendment-amend"),
    path("budget/amendments/<key:key>/hand-in/", amendments_led.hand_in, name="budget-amendment-hand-in"),
    path("budget/amendments/<key:key>/sign/", amendments_led.sign, name="budget-amendment-sign"),
    path("budget/amendments/<key:key>/back/", amendments_led.back, name="budget-amendment-back"),
    path(
        "budget/amendments/<key:key>/withdraw/",
        amendments_led.withdraw,
        name="budget-amendment-withdraw",
    ),
    path("budget/amendments/<key:key>/remark/", amendments_led.remark, name="budget-amendment-remark"),
    path("budget/parts/<key:key>/agree/", amendments_led.agree, name="budget-part-agree"),
]
