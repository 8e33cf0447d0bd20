"""The budget before the assembly: on an agenda, in its order of voting, followed along."""

from django.urls import URLPattern, URLResolver, path

from coop.pages.budget import blocs, challenges, vote

ADDRESSES: list[URLPattern | URLResolver] = [
    path("budget/<key:key>/vote/", vote.vote, name="budget-vote"),
    path("budget/<key:key>/agenda/", vote.put_on, name="budget-agenda"),
    path("budget/amendments/<key:key>/move/", vote.move, name="budget-amendment-move"),
    path("budget/amendments/<key:key>/want/", vote.want, name="budget-amendment-want"),
    path("budget/<key:key>/together/", blocs.form, name="budget-bloc"),
    path("budget/amendments/<key:key>/singly/", blocs.leave, name="budget-amendment-singly"),
    path(
        "budget/amendments/<key:key>/challenge/",
        challenges.challenge,
        name="budget-amendment-challenge",
    ),
    path("budget/challenges/<key:key>/answer/", challenges.answer, name="budget-challenge-answer"),
]
