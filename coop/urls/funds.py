"""Choosing projects inside a fund of the budget."""

from django.urls import URLPattern, URLResolver, path

from coop.pages.funds import funds, led, projects, projects_acts

ADDRESSES: list[URLPattern | URLResolver] = [
    path("funds/", funds.funds, name="funds"),
    path("funds/set-up/", led.set_up, name="fund-set-up"),
    path("funds/<key:key>/", funds.fund, name="fund"),
    path("funds/<key:key>/paper/", funds.printed, name="fund-printed"),
    path("funds/<key:key>/close/", led.close, name="fund-close"),
    path("funds/<key:key>/vote/", led.vote, name="fund-vote"),
    path("funds/<key:key>/give-up/", led.give_up, name="fund-give-up"),
    path("funds/<key:key>/put-forward/", projects.put_forward, name="fund-put-forward"),
    path("funds/projects/<key:key>/", projects.project, name="fund-project"),
    path("funds/projects/<key:key>/rewrite/", projects.rewrite, name="fund-project-rewrite"),
    path("funds/projects/<key:key>/answer/", projects_acts.answer, name="fund-project-answer"),
    path("funds/projects/<key:key>/withdraw/", projects_acts.withdraw, name="fund-project-withdraw"),
    path("funds/projects/<key:key>/check/", projects_acts.check, name="fund-project-check"),
    path("funds/projects/<key:key>/pay/", projects_acts.pay, name="fund-project-pay"),
]
