"""What is told where the assembly votes on a budget. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "budget-laid-already": gettext_lazy("%(label)s is before the assembly already."),
    "goes-with-its-budget": gettext_lazy(
        "It is a part of a budget and goes its way with it: amendments are handed in, and withdrawn, there."
    ),
    "budget-goes-together": gettext_lazy(
        "A budget stands on an agenda as a whole, with all its amendments in the order of voting."
    ),
    "budget-on-an-agenda": gettext_lazy("%(label)s stands on an agenda already, or is decided."),
    "budget-on-no-agenda": gettext_lazy("It stands on no agenda of a meeting that is still to vote on it."),
    "budget-not-its-turn": gettext_lazy(
        "%(label)s is voted before it. Whoever chairs may put it elsewhere in the order, and says why."
    ),
    "budget-whole-voted": gettext_lazy("The whole is being voted: no amendment is taken up again."),
    "budget-bloc-there": gettext_lazy("%(labels)s are voted in one question already."),
    "budget-bloc-of-two": gettext_lazy("Name at least two that are voted in one question."),
    "budget-bloc-not-of-these": gettext_lazy(
        "%(label)s is voted by itself: something that waits clashes with it, or is voted before it."
    ),
    "budget-in-no-bloc": gettext_lazy("%(label)s is voted by itself already."),
    "not-the-decision-behind-it": gettext_lazy(
        "Name a decision that was carried by %(body)s after the draft was published."
    ),
}
