"""The budget, and equal pay."""

from django.urls import URLPattern, URLResolver, path

from coop.pages import (
    budget_years,
    pay,
    pay_month,
    pay_ratio,
    pay_scale_entered,
)

ADDRESSES: list[URLPattern | URLResolver] = [
    # budget
    path("budget/", budget_years.budgets, name="budgets"),
    path("budget/<key:key>/", budget_years.budget, name="budget"),
    # pay
    path("pay/", pay.pay, name="pay"),
    path("pay/mine/", pay.mine, name="my-pay"),
    path("pay/ratio/", pay_ratio.ratio, name="pay-ratio"),
    path("pay/months/enter/", pay_month.enter_month, name="pay-month-enter"),
    path("pay/months/list/", pay_month.to_fill_in, name="pay-month-list"),
    path("pay/scales/enter/", pay_scale_entered.enter_scale, name="pay-scale-enter"),
    path("pay/scales/<key:number>/", pay.scale, name="pay-scale"),
    path("pay/scales/<key:number>/countersign/", pay.countersign, name="pay-scale-countersign"),
    path("pay/scales/<key:number>/paper/", pay.printed, name="pay-scale-printed"),
]
