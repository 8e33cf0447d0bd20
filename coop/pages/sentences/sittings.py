"""What is told about a meeting in several sittings: who has voted, who has still to, and what goes on when."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "sitting-has-voted": gettext_lazy(
        "Your sitting has voted on this already. You count as present there; nobody votes later or twice."
    ),
    "sitting-of-others-has-voted": gettext_lazy("The sitting at which %(name)s was has voted already."),
    "box-of-another-sitting": gettext_lazy("%(box)s is for another sitting than that of %(name)s."),
    "box-still-open": gettext_lazy("This box still takes papers: %(box)s. Close and seal it first."),
    "sitting-still-to-vote": gettext_lazy(
        "Sitting %(sitting)s has still to vote. The vote is counted once, after the last sitting. If that sitting is not held, say so at the desk first."
    ),
    "sitting-missed-this-vote": gettext_lazy(
        "Sitting %(sitting)s is closed and has not voted on this item, so its people would be left out. The item waits for another meeting."
    ),
    "item-unfinished-here": gettext_lazy("The vote on item %(item)s is not finished in this sitting."),
    "sitting-voted-already": gettext_lazy("Sitting %(sitting)s has voted on this item already."),
    "nobody-else-to-vote": gettext_lazy(
        "No other sitting has still to vote on this item: close the vote and count it."
    ),
    "acclaimed-in-one-sitting": gettext_lazy(
        "Several sittings vote on this item. What one acclaims the others have not heard: count the hands in each."
    ),
    "steps-aside-from-this": gettext_lazy(
        "You step aside on item %(item)s, so somebody else leads it. Those present can name a chair for it."
    ),
    "steps-aside-already": gettext_lazy("%(name)s steps aside on this item already."),
    "steps-aside-no-more": gettext_lazy("That has been taken back already."),
    "vote-is-over-for-that": gettext_lazy(
        "The vote on this item is opened, so who takes part in it stays as it is."
    ),
    "voted-before-stepping-aside": gettext_lazy(
        "%(name)s has voted on this item already, so it is too late to step aside."
    ),
    "no-such-office-of-the-day": gettext_lazy("For the day a chair and a secretary are named."),
    "named-for-the-day-already": gettext_lazy("%(name)s is named for that already."),
    "no-adjournment": gettext_lazy("By the bylaws no meeting is adjourned to another day."),
    "adjourned-too-long": gettext_lazy(
        "A meeting goes on within %(days)s days of its first sitting, so on %(last)s at the latest."
    ),
    "quorum-lost": gettext_lazy(
        "People were counted, and the quorum is lost: %(present)s present, %(needed)s needed. Votes wait until enough are back."
    ),
    "on-watch-already": gettext_lazy("%(name)s is on this list already."),
    "typed-already": gettext_lazy("What sitting %(sitting)s voted on paper is typed in already."),
    "not-on-watch": gettext_lazy("%(name)s is not on the list of those on watch at this sitting."),
}
