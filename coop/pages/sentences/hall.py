"""What is told in the hall: ways of voting, secret votes that are asked for, hands, acclamation, the chair's word."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "always-secret": gettext_lazy("The bylaws say that this is always voted in secret."),
    "secrecy-demanded": gettext_lazy(
        "It must be secret: %(asking)s of %(present)s present ask for it, and %(needed)s are enough."
    ),
    "secrecy-demanded-already": gettext_lazy("You have asked for it already; it counts once."),
    "too-late-for-secrecy": gettext_lazy("The vote on this item has begun; how it is held stays as it is."),
    "not-in-the-hall": gettext_lazy("That is for those who are checked in with a vote."),
    "closed-by-people": gettext_lazy(
        "A vote with hands, with paper or with a sealed urn is closed by whoever leads it, not by the clock. Leave the minutes empty."
    ),
    "vote-not-prepared": gettext_lazy(
        "A secret vote on screens is made ready before: its key does not exist yet."
    ),
    "vote-prepared-already": gettext_lazy("This vote is made ready already."),
    "prepared-another-way": gettext_lazy(
        "It was made ready for other channels. Give that up first, or choose what was made ready."
    ),
    "nothing-to-prepare": gettext_lazy(
        "Only a secret vote on screens is made ready before; any other is simply opened."
    ),
    "counted-by-hand": gettext_lazy(
        "You are counted by hand in this vote: raise it once, when the tellers come to your block. From a screen nothing is entered any more."
    ),
    "not-by-hands": gettext_lazy("This vote takes no hands."),
    "nobody-left-for-hands": gettext_lazy("Everybody in the hall has voted, or nobody is there."),
    "nobody-on-hands": gettext_lazy("Nobody is counted by hand yet. First say: now hands."),
    "more-hands-than-people": gettext_lazy(
        "That is more hands than people: %(people)s were asked to raise theirs. Count again."
    ),
    "counted-anyway": gettext_lazy("This vote is counted anyway."),
    "count-demanded-already": gettext_lazy("You have asked for a count already."),
    "count-demanded": gettext_lazy("Not by acclamation. People who asked for a count: %(asking)s."),
    "acclamation-needs-simple-majority": gettext_lazy(
        "Not by acclamation: this matter needs another majority than more than half of the votes for and against, so it is counted."
    ),
    "acclamation-is-for-motions": gettext_lazy(
        "Only a text that is for or against is carried by acclamation."
    ),
    "hours-out-of-order": gettext_lazy(
        "It began before it ended, and both lie behind us. Look at the hours again."
    ),
    "not-during-a-sitting": gettext_lazy("No sitting of this meeting was open all that time."),
    "nobody-present-then": gettext_lazy(
        "By the book of attendance nobody with a vote was in the hall when it began. Enter first who had come."
    ),
    "chair-does-not-decide": gettext_lazy("The rules of this vote do not leave a tie to the chair."),
    "for-or-against": gettext_lazy("The chair decides for or against, nothing else."),
    "no-tie-to-decide": gettext_lazy(
        "It is no tie: the count decides, not the chair. Count it without a word of the chair."
    ),
    "hands-not-counted": gettext_lazy("The hands have not been counted and confirmed yet."),
    "block-not-agreed": gettext_lazy("The hands of this block are not counted and confirmed yet: %(block)s."),
}
