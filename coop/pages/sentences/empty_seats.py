"""What is told about challenges, empty seats and posts that exclude each other. From the rules of elections."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    # challenges of what was proclaimed
    "challenge-days-over": gettext_lazy("The days for it are over; the last one was %(day)s."),
    "not-on-its-register": gettext_lazy(
        "Only those on the register of voters of %(label)s challenge it, and you are not on it."
    ),
    "annulled-already": gettext_lazy("That has been annulled already; it is repeated."),
    "challenge-decided": gettext_lazy("This challenge has been decided. State now: %(challenge)s."),
    "not-your-challenge": gettext_lazy(
        "Only whom it went against appeals: who challenged, or who lost a seat by it."
    ),
    "repetition-on-its-way": gettext_lazy("It is repeated already: %(label)s."),
    "repetition-fills-others": gettext_lazy(
        "%(label)s fills these seats anew, and others as well. Annul it first; then those who lost their seats have them"
        " again."
    ),
    "challenge-not-dismissed": gettext_lazy(
        "Only a challenge that the commission has decided goes before the assembly. State now: %(challenge)s."
    ),
    "challenge-not-appealed": gettext_lazy(
        "Nobody has appealed, or it is settled. State now: %(challenge)s."
    ),
    "decision-does-not-settle": gettext_lazy(
        "It takes a decision of the assembly, carried or not carried, since the appeal was made."
    ),
    "challenge-waits": gettext_lazy("A challenge of the election still waits; the papers rest until then."),
    # empty seats
    "way-not-in-bylaws": gettext_lazy("The bylaws do not fill a seat in this way: %(way)s."),
    "seat-of-an-alternate": gettext_lazy(
        "It is the seat of an alternate; those are filled by elections only."
    ),
    "alternate-waits": gettext_lazy("An alternate is there, who moves up."),
    "no-papers-to-count-back": gettext_lazy(
        "There is no count of an election for this term of the seat, so there is nothing to count again."
    ),
    "stood-alone": gettext_lazy("Whoever was elected stood alone: the papers name nobody else."),
    "papers-not-kept": gettext_lazy(
        "Rankings that were cast in secret on screens are counted once, and kept nowhere."
    ),
    "nobody-to-count-back": gettext_lazy("The papers name nobody who is left and could hold the seat."),
    "count-back-ties": gettext_lazy("The papers name several equally: %(names)s. They are elected anew."),
    "names-oneself": gettext_lazy("Nobody names themselves."),
    "no-assembly-ahead": gettext_lazy(
        "No assembly is in preparation. Call one first: whoever is named stays until it meets."
    ),
    # two posts
    "post-excludes": gettext_lazy("%(name)s holds a post that excludes this one: %(office)s."),
    "nothing-to-choose": gettext_lazy("There is nothing to choose between these two any more."),
    "choice-days-over": gettext_lazy("The days to choose are over; the last one was %(day)s."),
    "recall-asked-for": gettext_lazy(
        "A recall from this post is asked for, %(label)s: it is given up by resigning."
    ),
}
