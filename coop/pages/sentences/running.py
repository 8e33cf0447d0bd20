"""What is told to whoever draws up a vote and leads it. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "elections-are-secret": gettext_lazy("By the bylaws elections of persons are always secret."),
    "no-channel": gettext_lazy("Say how people can vote: on a screen, on paper, or both."),
    "hands-in-a-meeting": gettext_lazy("Hands are raised in a meeting; put it on an agenda."),
    "register-of-another-body": gettext_lazy("That register of voters is of another body."),
    "too-many-questions": gettext_lazy("One paper has at most %(most)s questions."),
    "choice-stands-twice": gettext_lazy("Question %(question)s: the same choice stands there twice."),
    "too-few-choices": gettext_lazy(
        "Question %(question)s: there are too few to choose from. If one person stands alone, ask yes or no."
    ),
    "too-many-choices": gettext_lazy("Question %(question)s: at most %(most)s choices stand on a paper."),
    "paper-too-long": gettext_lazy("Question %(question)s: the paper is too long. Take fewer choices."),
    "people-and-things": gettext_lazy(
        "Question %(question)s: choose between people, or between things; not between both."
    ),
    "more-marks-than-choices": gettext_lazy("Question %(question)s: more marks than there are choices."),
    "motion-has-its-answers": gettext_lazy(
        "Question %(question)s: for, against and abstain are its answers. Leave the choices empty, or take another way."
    ),
    "one-is-chosen": gettext_lazy("Question %(question)s: by this way of voting the number of seats is one."),
    "seats-kept-where-most-votes-win": gettext_lazy(
        "Question %(question)s: seats are kept for a crew or a department only where most votes win."
    ),
    "more-kept-than-seats": gettext_lazy("Question %(question)s: more seats are kept than there are."),
    "money-for-projects-only": gettext_lazy(
        "Question %(question)s: costs and money belong to a choice of projects. Take another way, or leave them out."
    ),
    "projects-without-money": gettext_lazy(
        "Question %(question)s: how much money is there for the projects?"
    ),
    "project-without-cost": gettext_lazy(
        "Question %(question)s: each project needs its cost, behind a semicolon: New ovens; 900"
    ),
    "cannot-be-elected": gettext_lazy("%(name)s has no vote in the house now, and cannot be elected."),
    "led-in-the-meeting": gettext_lazy("This vote belongs to a meeting; it is opened and closed there."),
    "drawn-up-by-yourself": gettext_lazy(
        "You drew this vote up. Somebody else reads it once more and opens it: two people, so that nobody alone decides"
        " what is asked."
    ),
    "drawn-up-by-another": gettext_lazy(
        "Only whoever drew this vote up changes it. You can say what is wrong, or throw the draft away with a reason."
    ),
    "round-as-it-was-drawn": gettext_lazy(
        "This is a further round: its text and its names are those of the count before it. Throw it away and draw it"
        " up once more for another hour."
    ),
    "closes-by-the-clock": gettext_lazy(
        "This vote closes by the clock: %(hour)s. Nobody shortens it; if it must not stand, annul it with a reason."
    ),
    "nobody-to-withdraw": gettext_lazy("Only somebody who stands, or a project, can be withdrawn."),
    "figures-known-already": gettext_lazy(
        "Papers or hands have been counted already, or a lot has been drawn. Who steps back now steps back after the count."
    ),
    "withdrawn-already": gettext_lazy("%(name)s has stepped back already."),
    "lot-drawn-already": gettext_lazy("The lot of this vote was drawn already; it is drawn once."),
    "lot-two-witnesses": gettext_lazy("Two members watch the lot: two different ones, and not who draws it."),
    "lot-without-words": gettext_lazy("Write down what fell, and how the lot was drawn."),
    "vote-not-counted": gettext_lazy("The vote is not counted yet. State: %(state)s."),
    "no-round-needed": gettext_lazy("Nothing in this vote asks for another round."),
    "round-drawn-up-already": gettext_lazy("The next round was drawn up already."),
}
