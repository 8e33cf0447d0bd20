"""What is told about the budget: amounts, lines, amendments, what was spent. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    # amounts
    "amount-missing": gettext_lazy("There is no amount."),
    "amount-not-readable": gettext_lazy("This is not an amount of money."),
    "amount-is-a-formula": gettext_lazy("This is a formula: put in the amount that it gives."),
    "amount-reads-two-ways": gettext_lazy(
        "This can be read as %(large)s or as %(small)s: write it as one of them."
    ),
    "amount-hides-a-part": gettext_lazy(
        "%(amount)s has more decimals than our money (%(decimals)s), and nothing is rounded here."
    ),
    "amount-negative": gettext_lazy("%(amount)s is below zero; a line of the budget never is."),
    "amount-too-large": gettext_lazy("This is more money than a budget can hold."),
    # drawing up
    "budget-year-too-far": gettext_lazy("A budget is begun for the years from %(first)s to %(until)s."),
    "budget-there-already": gettext_lazy("There is a budget of %(year)s already."),
    "budget-not-a-draft": gettext_lazy("%(label)s is published: its lines stay as they are."),
    "budget-too-many-lines": gettext_lazy("A budget has at most %(most)s lines."),
    "budget-line-twice": gettext_lazy("The line %(code)s stands here twice."),
    "budget-line-without-head": gettext_lazy("A line has a code and a title: %(code)s"),
    "budget-line-too-long": gettext_lazy(
        "The line %(code)s has too many letters: 20 in its code, 160 in its title, 300 in its basis."
    ),
    "budget-department-unknown": gettext_lazy("There is no department %(department)s."),
    "budget-side-unknown": gettext_lazy("The line %(code)s is neither income nor expense."),
    "budget-contingency-once": gettext_lazy("There is one line for what nobody foresaw, not several."),
    "budget-contingency-is-expense": gettext_lazy("The line for what nobody foresaw is one of expense."),
    # out of a spreadsheet
    "budget-column-missing": gettext_lazy("No column is named: %(of_column)s."),
    "budget-row-without-code": gettext_lazy("This row has no code of a line."),
    "budget-total-differs": gettext_lazy(
        "This says %(told)s, and the lines above it come to %(sum)s: a line is missing, or was rounded."
    ),
    # the round
    "budget-without-lines": gettext_lazy("There is no line yet."),
    "budget-not-balanced": gettext_lazy(
        "Income is %(income)s and expense is %(expense)s: they have to be the same."
    ),
    "budget-without-contingency": gettext_lazy(
        "The rules ask for %(floor)s that nobody touches, and no line is marked for what nobody foresaw."
    ),
    "budget-under-the-floor": gettext_lazy(
        "The line for what nobody foresaw needs at least %(floor)s: %(short)s more."
    ),
    "budget-discussion-too-short": gettext_lazy(
        "Departments have %(weeks)s weeks for the draft: the last day for amendments comes later."
    ),
    "budget-conciliation-too-short": gettext_lazy(
        "Conciliation lasts %(days)s days after the last day for amendments."
    ),
    "budget-vote-too-early": gettext_lazy("The vote comes after conciliation."),
    "budget-vote-too-late": gettext_lazy("The budget of %(year)s is voted in that year at the latest."),
    "budget-not-open": gettext_lazy("%(label)s is not open for amendments."),
    "budget-still-open": gettext_lazy("Amendments are taken until %(day)s."),
    "budget-not-in-conciliation": gettext_lazy("%(label)s is not in conciliation."),
    "budget-still-in-conciliation": gettext_lazy("Conciliation lasts until %(day)s."),
    "budget-not-put": gettext_lazy("%(label)s is not before the assembly."),
    "budget-without-decision": gettext_lazy("Name the decision."),
    "budget-amendments-wait": gettext_lazy("Amendments that still have to be voted: %(number)s."),
    "budget-breaks": gettext_lazy("With what was carried, %(amount)s are missing: %(line)s."),
    "budget-not-adopted": gettext_lazy("%(label)s has not been adopted, or has begun already."),
    "budget-year-not-begun": gettext_lazy("The year %(year)s has not begun."),
    "budget-year-not-over": gettext_lazy("The year %(year)s is not over."),
    "budget-not-rejected": gettext_lazy("%(label)s was not turned down."),
    # amendments
    "budget-locked": gettext_lazy("%(label)s is adopted: its lines move only by a decision."),
    "budget-takes-no-amendments": gettext_lazy("%(label)s takes no amendments now."),
    "budget-amendment-without-title": gettext_lazy("Say in a few words what it is for."),
    "budget-amendment-ended": gettext_lazy("%(label)s is not before the members any more."),
    "budget-amendment-handed-in": gettext_lazy("%(label)s has been handed in: its moves stay."),
    "budget-too-many-moves": gettext_lazy("An amendment moves at most %(most)s lines."),
    "budget-no-such-line": gettext_lazy("This budget has no line %(code)s."),
    "budget-moves-nothing": gettext_lazy("Nothing is moved on the line %(code)s."),
    "budget-amendment-moves-nothing": gettext_lazy("It moves no line yet."),
    "budget-draft-of-somebody-else": gettext_lazy("This is for whoever moved it, and nobody else."),
    "budget-draft-changed-meanwhile": gettext_lazy(
        "This draft was saved in another window meanwhile. Look at it there, then write again."
    ),
    "budget-gives-more": gettext_lazy("It gives %(amount)s more than it takes: say where they come from."),
    "budget-takes-more": gettext_lazy("It takes %(amount)s more than it gives: say where they go."),
    "budget-lands-under-the-floor": gettext_lazy(
        "%(line)s is for what nobody foresaw: this would leave %(amount)s less than has to stay there."
    ),
    "budget-lands-under-zero": gettext_lazy("The line %(line)s has %(amount)s less than this takes."),
    "budget-amendment-needs-nobody": gettext_lazy("%(label)s does not wait for this."),
    "budget-signed-already": gettext_lazy("You have signed it already."),
    "budget-remark-without-words": gettext_lazy("Write what there is to say."),
    "budget-common-of-two": gettext_lazy("A common text stands for two amendments or more."),
    "budget-no-part-of-a-common-text": gettext_lazy("%(label)s cannot be part of a common text."),
    "budget-agreed-already": gettext_lazy("That was agreed already."),
    # the vote
    "budget-comes-after": gettext_lazy("What changes it, or stands for it, is voted first: %(number)s."),
    "budget-has-fallen": gettext_lazy("It is not voted any more: %(of_fall)s."),
    "budget-money-is-gone": gettext_lazy("On the line %(line)s there is %(amount)s less than it needs."),
    "budget-not-to-be-wanted": gettext_lazy("%(label)s cannot be voted all the same."),
    "budget-not-fallen": gettext_lazy("%(label)s has not fallen."),
    "budget-challenged-already": gettext_lazy(
        "Somebody challenges that %(label)s fell; the commission has not answered yet."
    ),
    "budget-challenge-answered": gettext_lazy("This challenge is answered already."),
    "budget-own-challenge": gettext_lazy(
        "It is your own challenge: somebody else of the commission answers."
    ),
    "budget-before-itself": gettext_lazy("It cannot stand before itself."),
    # the year
    "budget-not-running": gettext_lazy("%(label)s is not the budget of a year that runs."),
    "budget-moved-to-expense": gettext_lazy("Money moves to another line, and to one of expense: %(code)s"),
    "budget-line-has-less": gettext_lazy("The line %(code)s has %(amount)s that can still be moved."),
    "budget-no-such-month": gettext_lazy("A year has the months 1 to 12."),
    "budget-month-to-come": gettext_lazy("This month has not begun."),
    "budget-without-source": gettext_lazy("Name the ledger that the figures come from."),
    "budget-month-without-figures": gettext_lazy("There is no figure."),
}
