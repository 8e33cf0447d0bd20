"""The budget before the assembly: on an agenda, in its order of voting, followed along."""

from django.urls import URLPattern, URLResolver, path

from coop.pages import budget_blocs, budget_challenges, budget_vote

ADDRESSES: list[URLPattern | URLResolver] = [
    path("budget/<key:key>/vote/", budget_vote.vote, name="budget-vote"),
    path("budget/<key:key>/agenda/", budget_vote.put_on, name="budget-agenda"),
    path("budget/amendments/<key:key>/move/", budget_vote.move, name="budget-amendment-move"),
    path("budget/amendments/<key:key>/want/", budget_vote.want, name="budget-amendment-want"),
    path("budget/<key:key>/together/", budget_blocs.form, name="budget-bloc"),
    path("budget/amendments/<key:key>/singly/", budget_blocs.leave, name="budget-amendment-singly"),
    path(
        "budget/amendments/<key:key>/challenge/",
        budget_challenges.challenge,
        name="budget-amendment-challenge",
    ),
    path("budget/challenges/<key:key>/answer/", budget_challenges.answer, name="budget-challenge-answer"),
]
