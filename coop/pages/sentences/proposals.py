"""What is told about proposals. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "not-in-its-name": gettext_lazy("In the name of “%(body)s” writes who sits in it or calls it."),
    "no-title": gettext_lazy("A proposal needs a title."),
    "no-clause": gettext_lazy("A proposal needs at least one clause with words in it."),
    "too-many-clauses": gettext_lazy(
        "At most %(most)s clauses; better two proposals than one that nobody reads."
    ),
    "clause-too-long": gettext_lazy("Clause %(number)s is longer than %(most)s characters. Split it."),
    "not-the-author": gettext_lazy("Only whoever wrote it may do this."),
    "proposal-published": gettext_lazy(
        "It has been published; its words stay as they were signed. State now: %(state)s."
    ),
    "changed-meanwhile": gettext_lazy(
        "This was saved from another screen meanwhile. What you typed is below; compare and save again."
    ),
    "not-looking-for-support": gettext_lazy("It is not looking for support now. State: %(state)s."),
    "support-time-over": gettext_lazy("The time for collecting support is over."),
    "supported-already": gettext_lazy("Your signature is under it already; it counts once."),
    "proposal-not-admitted": gettext_lazy(
        "It has not reached the support it needs, or is dealt with elsewhere. State: %(state)s."
    ),
    "proposal-settled": gettext_lazy("It is settled already: %(state)s."),
    "proposal-on-an-agenda": gettext_lazy("It stands on an agenda and belongs to the meeting now."),
    # given up, refused, rejected
    "not-given-up": gettext_lazy("Nobody has given it up. State now: %(state)s."),
    "gave-it-up-yourself": gettext_lazy("You have given it up yourself; somebody else may take it over."),
    "too-late-to-take-over": gettext_lazy("It could be taken over until %(day)s. Write it anew."),
    "not-to-be-refused": gettext_lazy(
        "Only what looks for support or waits for an agenda is refused. State now: %(state)s."
    ),
    "was-not-rejected": gettext_lazy("%(label)s was not rejected, so there is nothing to bring back."),
    "returns-later": gettext_lazy("%(label)s was rejected. The bylaws let the same come back from %(day)s."),
}
