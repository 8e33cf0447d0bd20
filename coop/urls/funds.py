"""Choosing projects inside a fund of the budget."""

from django.urls import URLPattern, URLResolver, path

from coop.pages import fund_projects, fund_projects_acts, funds, funds_led

ADDRESSES: list[URLPattern | URLResolver] = [
    path("funds/", funds.funds, name="funds"),
    path("funds/set-up/", funds_led.set_up, name="fund-set-up"),
    path("funds/<key:key>/", funds.fund, name="fund"),
    path("funds/<key:key>/paper/", funds.printed, name="fund-printed"),
    path("funds/<key:key>/close/", funds_led.close, name="fund-close"),
    path("funds/<key:key>/vote/", funds_led.vote, name="fund-vote"),
    path("funds/<key:key>/give-up/", funds_led.give_up, name="fund-give-up"),
    path("funds/<key:key>/put-forward/", fund_projects.put_forward, name="fund-put-forward"),
    path("funds/projects/<key:key>/", fund_projects.project, name="fund-project"),
    path("funds/projects/<key:key>/rewrite/", fund_projects.rewrite, name="fund-project-rewrite"),
    path("funds/projects/<key:key>/answer/", fund_projects_acts.answer, name="fund-project-answer"),
    path("funds/projects/<key:key>/withdraw/", fund_projects_acts.withdraw, name="fund-project-withdraw"),
    path("funds/projects/<key:key>/check/", fund_projects_acts.check, name="fund-project-check"),
    path("funds/projects/<key:key>/pay/", fund_projects_acts.pay, name="fund-project-pay"),
]
