"""What is told about counting: what a count waits for, and figures that cannot be."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "box-not-counted": gettext_lazy(
        "The papers of the box %(box)s are not counted yet, or nobody has confirmed what two tellers counted."
    ),
    "papers-unexplained": gettext_lazy(
        "The box %(box)s does not hold as many papers as people were marked for it (%(people)s). A remark must say why."
    ),
    "no-urn-to-open": gettext_lazy("This vote has no sealed urn: nobody voted in secret on a screen."),
    "urn-not-opened": gettext_lazy("The sealed urn is not open yet: the trustees open it with their codes."),
    "urn-holds-others": gettext_lazy(
        "%(found)s votes came out of the sealed urn, but %(envelopes)s envelopes were in it at closing."
    ),
    "lot-needed": gettext_lazy(
        "Question %(question)s ends in a tie: %(tied)s. A lot is drawn in public before two witnesses and recorded; then it is counted again."
    ),
    "casting-vote-needed": gettext_lazy(
        "Question %(question)s ends in a tie. By the rules the chair decides; the count waits for that."
    ),
    "no-count-yet": gettext_lazy("There are no figures of this vote. State: %(state)s."),
    "more-votes-than-people": gettext_lazy(
        "%(votes)s papers and hands were counted, but only %(people)s people could vote. Such a vote cannot stand: look for the mistake, or annul it."
    ),
}
