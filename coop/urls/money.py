"""The budget, and equal pay."""

from django.urls import URLPattern, URLResolver, path

from coop.pages.budget import years
from coop.pages.pay import month, pay, ratio, scale_entered

ADDRESSES: list[URLPattern | URLResolver] = [
    # budget
    path("budget/", years.budgets, name="budgets"),
    path("budget/<key:key>/", years.budget, name="budget"),
    # pay
    path("pay/", pay.pay, name="pay"),
    path("pay/mine/", pay.mine, name="my-pay"),
    path("pay/ratio/", ratio.ratio, name="pay-ratio"),
    path("pay/months/enter/", month.enter_month, name="pay-month-enter"),
    path("pay/months/list/", month.to_fill_in, name="pay-month-list"),
    path("pay/scales/enter/", scale_entered.enter_scale, name="pay-scale-enter"),
    path("pay/scales/<key:number>/", pay.scale, name="pay-scale"),
    path("pay/scales/<key:number>/countersign/", pay.countersign, name="pay-scale-countersign"),
    path("pay/scales/<key:number>/paper/", pay.printed, name="pay-scale-printed"),
]
