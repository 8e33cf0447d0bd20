"""What is told about minutes after they are circulated: entries, signatures, the seal; and phrases."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "was-not-there": gettext_lazy(
        "Only those who were there object to the record or have a dissent written in."
    ),
    "time-for-entries-over": gettext_lazy("The time for this ended on %(hour)s."),
    "minutes-sealed": gettext_lazy(
        "The minutes are sealed. What has to be put right is entered as a correction."
    ),
    "minutes-not-sealed": gettext_lazy("The minutes are not sealed yet."),
    "no-objection": gettext_lazy("This entry is no objection; there is nothing to find."),
    "judges-own-matter": gettext_lazy(
        "Nobody judges their own objection, and whoever circulated the minutes does not judge what is said against them. Another member of the commission does."
    ),
    "answered-already": gettext_lazy("This objection has been answered already."),
    "day-not-between": gettext_lazy(
        "The day lies between %(since)s, when the minutes were sealed, and %(last)s."
    ),
    "another-text": gettext_lazy(
        "This is not the text that was circulated. Read the page again before you sign."
    ),
    "no-line-to-sign": gettext_lazy("No line of these minutes waits for your signature."),
    "no-minutes-on-this-item": gettext_lazy("This item is not about earlier minutes."),
    "minutes-of-another-body": gettext_lazy("A body approves its own minutes only."),
    "approved-already": gettext_lazy("What the meeting said to these minutes has been entered already."),
    "objections-still-open": gettext_lazy("Until %(hour)s those who were there may still object."),
    "objection-not-answered": gettext_lazy("The commission has not answered entry %(number)s yet."),
    "not-approved-by-vote": gettext_lazy(
        "The bylaws ask that a later meeting approves the minutes; none has done so yet."
    ),
    "signature-missing": gettext_lazy("A signature is missing, %(role)s: %(names)s."),
    "book-number-out-of-range": gettext_lazy("A number in the book lies between 1 and %(most)s."),
    "phrase-there-already": gettext_lazy("There is a phrase of that name already."),
    "phrase-retired-already": gettext_lazy("This phrase is no longer in use."),
}
