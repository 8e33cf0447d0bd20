"""The budget before the assembly: on an agenda, in its order of voting, followed along."""

from django.urls import URLPattern, URLResolver, path

from coop.pages import budget_vote

ADDRESSES: list[URLPattern | URLResolver] = [
    path("budget/<key:key>/vote/", budget_vote.vote, name="budget-vote"),
    path("budget/<key:key>/agenda/", budget_vote.put_on, name="budget-agenda"),
    path("budget/amendments/<key:key>/move/", budget_vote.move, name="budget-amendment-move"),
    path("budget/amendments/<key:key>/want/", budget_vote.want, name="budget-amendment-want"),
]
