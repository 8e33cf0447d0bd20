"""What is told about recalls and resignations. Codes and parameters come from the rules of elections."""

from typing import Any

from django.utils.translation import gettext_lazy, ngettext_lazy

SENTENCES: dict[str, Any] = {
    "words-too-long": gettext_lazy("That is longer than %(most)s characters."),
    "mandate-not-held": gettext_lazy("This office is not held in that way any more."),
    "alternate-holds-nothing": gettext_lazy(
        "An alternate holds no office yet; only who holds one can be recalled."
    ),
    "not-recallable": gettext_lazy("Nobody is recalled as %(office)s: that is what the founding act says."),
    "recall-protected": gettext_lazy("No recall may be asked for before %(day)s."),
    "recall-is-voted": gettext_lazy("This recall is being voted already."),
    "not-an-elector": gettext_lazy("Only those who elect to this office sign and vote: you work elsewhere."),
    "holds-it-yourself": gettext_lazy("It is your own office. You may answer, or resign."),
    "petition-not-open": gettext_lazy("That is over for this petition. State now: %(petition)s."),
    "collecting-is-over": gettext_lazy("The days to collect signatures are over."),
    "signed-already": gettext_lazy("You have signed it already."),
    "concerned-yourself": gettext_lazy("It concerns you: somebody else of the commission does this."),
    "signatures-missing": ngettext_lazy(
        "%(missing)s more signature is needed before it can be handed in.",
        "%(missing)s more signatures are needed before it can be handed in.",
        "missing",
    ),
    "petition-not-handed-in": gettext_lazy("It has not been handed in. State now: %(petition)s."),
    "petition-not-admitted": gettext_lazy("Only a verified petition is voted. State now: %(petition)s."),
    "not-your-petition": gettext_lazy("Only whoever holds the office answers."),
    "recall-needs-an-hour": gettext_lazy("Say until when votes come in."),
    "recall-too-late": gettext_lazy("The bylaws ask for the vote by %(day)s."),
    "recall-not-redrawn": gettext_lazy(
        "The paper of a recall says what the petition says. Annul the draft, and call the vote anew."
    ),
    "not-your-office": gettext_lazy("Only who holds the office gives it up."),
    "resigned-already": gettext_lazy("You have resigned already."),
    "recall-is-counted": gettext_lazy(
        "The papers of the recall are being counted; it can end no other way now."
    ),
    "body-could-not-meet": gettext_lazy(
        "%(body)s could not meet any more: it needs %(needed)s. The resignation counts as soon as it can."
    ),
}
