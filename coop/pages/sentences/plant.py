"""What is told about the plant, the rota, and what the register office keeps for itself. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "no-name": gettext_lazy("Write the name."),
    "no-shifts": gettext_lazy("The plant has no shifts, so nothing goes round."),
    "rota-in-the-past": gettext_lazy(
        "A rota counts from today on at the earliest; days gone by stay as they were."
    ),
    "rota-before-the-last": gettext_lazy(
        "The rota on record counts from %(day)s; the next one begins after it."
    ),
    "rota-has-begun": gettext_lazy("This rota counts already. Enter the next one instead."),
    "turn-too-short": gettext_lazy("A turn of the rota lasts at least one day."),
    "code-taken": gettext_lazy("The code %(code)s is used already. Take another."),
    "code-not-plain": gettext_lazy("A code has one to twelve capital letters, digits or hyphens."),
    "quarter-not-begun": gettext_lazy("Quarter %(quarter)s of %(year)s has not begun."),
    "outside-more-than-hired": gettext_lazy(
        "There are more hours of replacements and trainees than hours of everybody who is no member."
    ),
    "no-hours": gettext_lazy("Give the hours that were worked; both figures are zero."),
    "neither-hired-nor-on-trial": gettext_lazy("This person is neither hired nor on trial."),
    "letter-later": gettext_lazy("The letter is handed over after six months of work: from %(day)s on."),
    "view-without-name": gettext_lazy("Give the view a name."),
    "view-name-too-long": gettext_lazy("The name of a view has at most %(most)s characters."),
    "view-name-taken": gettext_lazy(
        "A view is called “%(name)s” already. Take another name, or throw that one away first."
    ),
}
