"""What is told about questions, deputies, urgent decisions and handing over. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "no-office-was-protected": gettext_lazy("%(name)s holds no office that was protected against this."),
    "nobody-holds-it": gettext_lazy("Nobody holds this office now, so nobody would answer: %(office)s."),
    "question-to-oneself": gettext_lazy("You hold this office yourself."),
    "questions-wait-already": gettext_lazy(
        "You have %(most)s questions at this office that wait for an answer. Ask again when one is answered."
    ),
    "not-asked-of-you": gettext_lazy("Whoever holds the office answers: %(office)s."),
    "question-answered-already": gettext_lazy("It has been answered already. You can add to the answer."),
    "question-not-answered-yet": gettext_lazy("Something is added once there is an answer."),
    "mandate-not-held-now": gettext_lazy("This office is not held now."),
    "not-your-mandate": gettext_lazy("Only who holds the office, and who stands in, can do that."),
    "not-near-enough-to-stand-in": gettext_lazy(
        "%(name)s cannot stand in: the alternate can, and where the body does not watch over others, who sits in it."
    ),
    "deputy-holds-an-office": gettext_lazy(
        "%(name)s holds a power of another office now; whoever watches over others holds no other."
    ),
    "deputy-in-the-past": gettext_lazy("Nobody has stood in for days that are over."),
    "deputy-too-long": gettext_lazy(
        "Standing in lasts %(days)s days at most, and is named at most so long before."
    ),
    "deputy-beyond-the-term": gettext_lazy(
        "The term of %(name)s is over on %(day)s; standing in ends with it."
    ),
    "deputy-named-already": gettext_lazy("Somebody else stands in for you in that time."),
    "deputy-over-already": gettext_lazy("That is over already."),
    "not-in-that-office": gettext_lazy(
        "You do not hold this office now, or it may not decide this: %(office)s."
    ),
    "question-is-personal": gettext_lazy("A personal question goes on no agenda."),
    "question-not-due-yet": gettext_lazy("The office has until %(day)s to answer."),
    "urgent-settled-already": gettext_lazy("What the meeting made of it has been entered already."),
    "urgent-by-yourself": gettext_lazy(
        "You took this decision; somebody else enters what the meeting made of it."
    ),
    "not-before-the-meeting-yet": gettext_lazy("No meeting of %(body)s has had it on its agenda yet."),
    "decision-of-another-matter": gettext_lazy("Choose a decision that %(body)s has taken since."),
    "not-yours-to-hand-over": gettext_lazy("Only who holds the seat, or held it, says what is handed over."),
    "handover-has-no-day": gettext_lazy("This office has no last day, so nothing is handed over yet."),
    "handover-not-now": gettext_lazy("The handover is written down from %(since)s until %(last)s."),
    "handover-is-long": gettext_lazy("The list has at most %(most)s lines."),
    "no-line-chosen": gettext_lazy("Tick the lines that you sign."),
    "not-handed-over-yet": gettext_lazy("One of these was not handed over yet."),
    "line-signed-already": gettext_lazy("One of these has been signed already."),
}
