"""What is told about the auditor's work. Codes and parameters come from the rules of oversight."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "office-of-another-body": gettext_lazy("%(office)s is no office of %(body)s."),
    "finding-without-words": gettext_lazy("Say in one line what it is, and what you found."),
    "finding-without-rule": gettext_lazy("Say which rule is not kept: an article, or another rule in words."),
    "no-such-article": gettext_lazy("The bylaws have no such article."),
    "finding-about-nothing": gettext_lazy("What this is about is not there, or has not been announced yet."),
    "auditor-does-not-answer": gettext_lazy("Whoever audits does not answer findings."),
    "not-asked-to-answer": gettext_lazy("The finding is addressed to %(body)s: whoever sits there answers."),
    "nothing-said": gettext_lazy("Write what you have to say."),
    "finding-closed": gettext_lazy("This finding is closed; nothing more is said to it."),
    "finding-not-overdue": gettext_lazy("It is answered, or its days are not over yet."),
    "checkpoint-of-another-chain": gettext_lazy("That line is of another journal: %(chain)s."),
    "export-for-nobody": gettext_lazy("Say for whom it is."),
    "cash-line-not-whole": gettext_lazy("Write the worth, an x, and how many: 100 x 12."),
    "pieces-not-readable": gettext_lazy("How many pieces is a whole number."),
    "pieces-without-worth": gettext_lazy("A piece that is worth nothing is not counted."),
    "stock-line-not-whole": gettext_lazy(
        "Write thing, unit, what the book says and what is there, with semicolons between."
    ),
    "report-on-an-announced-item": gettext_lazy("Choose an item of an agenda that has been announced."),
    "stock-words-too-long": gettext_lazy("The thing has at most 120 letters, its unit 20."),
    "count-without-title": gettext_lazy("Say what was counted."),
    "count-signed-by-another": gettext_lazy("Somebody else than you was there and signs."),
    "count-of-another-day": gettext_lazy("The day of the count lies between %(since)s and %(last)s."),
    "count-without-lines": gettext_lazy("Nothing was counted."),
    "count-too-long": gettext_lazy("One sheet has at most %(most)s lines; write another for the rest."),
    "count-of-others": gettext_lazy("Only who was there signs it."),
    "count-signed-already": gettext_lazy("It is signed already."),
    "contradicted-without-words": gettext_lazy("Say what is not right."),
    "report-for-an-assembly": gettext_lazy("The auditor reports to assemblies."),
    "report-too-late": gettext_lazy("That assembly is over or was cancelled."),
    "report-without-words": gettext_lazy("Say on which document, and what you have to report."),
    "appeal-decided-already": gettext_lazy("The decision on this appeal is written down already."),
    "appeal-decided-by-the-assembly": gettext_lazy(
        "Choose what the assembly decided after the appeal came in: only that decides it."
    ),
    "lifted-by-what-was-carried": gettext_lazy("That was not carried, so it lifts nothing."),
}
