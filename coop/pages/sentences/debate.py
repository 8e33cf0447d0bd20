"""What is told about the floor: items called, speakers, motions of order, pauses, results, what is off the agenda."""

from typing import Any

from django.utils.translation import gettext_lazy, ngettext_lazy

SENTENCES: dict[str, Any] = {
    "sitting-rests": gettext_lazy("The sitting rests. Let it go on first."),
    "count-comes-first": gettext_lazy(
        "It was carried that those present be counted. Count them first, then put this to the vote."
    ),
    "sitting-does-not-rest": gettext_lazy("The sitting does not rest; it goes on already."),
    "pause-of-hours": gettext_lazy(
        "A pause lasts at most %(hours)s hours. What is longer is adjourned to another day."
    ),
    "say-which-amendment": gettext_lazy(
        "Say which amendments are meant, as A3 or A3, A5: of this text, and all of them late, or all fallen because they were contrary."
    ),
    "leave-is-counted": gettext_lazy(
        "Taking up what came late needs the majority of the bylaws: count the hands."
    ),
    "item-called-already": gettext_lazy("Item %(item)s is under way already."),
    "item-not-under-way": gettext_lazy("Item %(item)s is not under way now."),
    "no-item-under-way": gettext_lazy("No item is under way. The chair calls one first."),
    "nothing-to-announce": gettext_lazy("There is no result of this item to announce yet."),
    "announced-already": gettext_lazy("The hall has been told this result already."),
    "not-before-the-last-sitting": gettext_lazy(
        "Sitting %(sitting)s has still to be held. No result is told before the last sitting."
    ),
    "not-in-this-sitting": gettext_lazy("%(name)s is not checked in at this sitting."),
    "waits-already": gettext_lazy("%(name)s is on the list already."),
    "turns-used": gettext_lazy(
        "%(name)s has had the floor on this item as often as the bylaws allow: %(turns)s times at most."
    ),
    "list-closed": gettext_lazy("The list of speakers is closed. Whoever is on it is still heard."),
    "debate-closed": gettext_lazy(
        "The debate is closed. Only a point of order and the mover's reply are heard."
    ),
    "mover-is-written-by-the-desk": gettext_lazy(
        "Who puts an item forward is written down by whoever leads the meeting."
    ),
    "no-reply-by-bylaws": gettext_lazy("The bylaws give the mover no reply."),
    "reply-is-the-movers": gettext_lazy("Only whoever put the item forward replies."),
    "replied-already": gettext_lazy("The mover has replied already, or is down to reply."),
    "turn-is-over": gettext_lazy("%(name)s has been called already, or is off the list."),
    "does-not-speak": gettext_lazy("%(name)s does not have the floor."),
    "others-come-first": gettext_lazy("%(name)s comes first."),
    "chair-hands-over": gettext_lazy(
        "%(name)s is chairing. Whoever chairs hands the chair over before speaking: name somebody to chair meanwhile."
    ),
    "moves-without-vote": gettext_lazy(
        "%(name)s is not in this sitting with a vote. Motions of order come from those who vote."
    ),
    "no-speech-is-interrupted": gettext_lazy(
        "%(name)s has the floor. No speech is interrupted for a motion of order."
    ),
    "closure-by-who-has-not-spoken": gettext_lazy(
        "%(name)s has spoken on this item. Closing the debate is moved by somebody who has not."
    ),
    "say-what-was-moved": gettext_lazy("Say in a few words what was moved."),
    "appeal-is-voted": gettext_lazy(
        "An appeal against the chair is not ruled out by the chair; those present vote on it."
    ),
    "both-figures-wanted": gettext_lazy("Give both figures, for and against, or neither."),
    "figures-or-outcome-wanted": gettext_lazy("Give the figures, or say what the chair saw."),
    "closure-is-counted": gettext_lazy(
        "Closing the debate cuts others short and has a majority of its own: count for and against."
    ),
    "ruled-out-is-not-voted": gettext_lazy(
        "What the chair ruled out was not voted; leave the figures empty."
    ),
    "more-hands-than-present": ngettext_lazy(
        "That is more hands than people: %(present)s with a vote is present. Count again.",
        "That is more hands than people: %(present)s with a vote are present. Count again.",
        "present",
    ),
    "figures-say-otherwise": gettext_lazy(
        "The figures say otherwise: %(votes_for)s for, and %(needed)s are needed. Leave the outcome open, and the figures decide."
    ),
    "taken-up-already": gettext_lazy("Another agenda has taken this up already."),
    "raised-in-another-body": gettext_lazy("That was raised in another body: %(body)s."),
}
