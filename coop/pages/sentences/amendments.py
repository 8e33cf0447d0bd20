"""What is told about amendments, and about votes on a text that has some. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    # what is asked for
    "nothing-changed": gettext_lazy(
        "Nothing of the text would change. Write what shall stand there instead."
    ),
    "change-without-words": gettext_lazy(
        "A clause without words is no clause. To take one out, say so; it is then shown as taken out."
    ),
    "only-negates": gettext_lazy(
        "This would only turn the text into its opposite, or leave nothing of it. Whoever wants that votes against it."
    ),
    "whole-text-alone": gettext_lazy(
        "Another text for the whole takes the place of every clause; nothing else goes with it."
    ),
    "no-such-clause": gettext_lazy("There is no clause %(number)s; the last one is number %(last)s."),
    "clause-changed-twice": gettext_lazy("Clause %(number)s is changed twice here. Say it in one change."),
    "amendment-there-already": gettext_lazy("%(label)s asks for the very same. Sign that one."),
    # amendments of amendments
    "one-level-of-amendments": gettext_lazy(
        "An amendment of an amendment cannot be amended again, nor a common text or several voted together."
    ),
    "nothing-to-amend": gettext_lazy("That amendment only takes something out: it has no words to change."),
    "outside-the-amendment": gettext_lazy(
        "This changes words that %(label)s does not bring. Such a change is an amendment of the text itself."
    ),
    # where it stands
    "text-not-open": gettext_lazy(
        "Only a text that is before the members and not decided can be amended. State now: %(state)s."
    ),
    "text-is-the-meetings": gettext_lazy(
        "The meeting has opened: text and amendments are the meeting's now, and it votes on them."
    ),
    "amendment-ended": gettext_lazy("The amendment is not where this could be done. State now: %(state)s."),
    "amendment-late": gettext_lazy("It came after the last day; only the meeting can give it leave."),
    "amendment-seeks-no-support": gettext_lazy(
        "It looks for no signatures: it has them, is a council's, came late, or is settled. State now: %(state)s."
    ),
    "amendment-seeks-no-council": gettext_lazy(
        "It does not wait for the decision of a council. State now: %(state)s."
    ),
    "not-that-councils-decision": gettext_lazy("Choose a decision that %(body)s has carried."),
    "decided-before-the-text": gettext_lazy(
        "That was decided before the text was published, so it cannot be about it."
    ),
    # the mover, and common texts
    "not-the-mover": gettext_lazy("Only whoever moves the text may take an amendment into it."),
    "clashes-with-accepted": gettext_lazy(
        "%(label)s was taken in already, and both cannot stand in one text."
    ),
    "not-of-one-text": gettext_lazy("Choose amendments of one and the same text."),
    "parts-are-two-or-more": gettext_lazy("Choose at least two amendments."),
    "parts-clash": gettext_lazy("%(first)s and %(second)s cannot be voted together: they pull apart."),
    "part-of-a-block": gettext_lazy("It is voted together with others, as %(label)s."),
    "agreed-already": gettext_lazy("Agreed to already; it counts once."),
    # the order of voting
    "not-in-the-order": gettext_lazy("It does not stand in the order of voting."),
    "not-before-itself": gettext_lazy("An amendment cannot stand before itself."),
    "behind-what-it-changes": gettext_lazy(
        "What changes the words of an amendment is voted before that amendment."
    ),
    "not-fallen-as-contrary": gettext_lazy(
        "Only what fell because something contrary was carried can be voted all the same. State now: %(state)s."
    ),
    # the votes
    "amendment-not-admitted": gettext_lazy("%(label)s is not to be voted. State now: %(state)s."),
    "amendments-first": gettext_lazy("These amendments are settled first: %(labels)s."),
    "carried-contradict": gettext_lazy(
        "%(first)s and %(second)s were both carried and pull apart: a text that reconciles them is voted first."
    ),
}
