"""What is told about funds and the projects put forward for them. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    # the fund
    "fund-on-expense": gettext_lazy("A fund is part of a line of expense, and %(code)s is one of income."),
    "fund-without-words": gettext_lazy("A fund needs a title, and words that say what it is for."),
    "fund-threshold-by-votes": gettext_lazy(
        "A least number of votes can be asked for where projects are counted by votes, not by equal shares."
    ),
    "fund-checked-by-a-commission": gettext_lazy(
        "%(body)s cannot check the projects: name a commission or a council of the house."
    ),
    "fund-days-too-short": gettext_lazy(
        "Members need at least %(days)s days to put projects forward: the last day comes later."
    ),
    "fund-line-has-less": gettext_lazy(
        "On the line %(code)s there are %(amount)s that are not set aside already."
    ),
    "fund-keeps-its-money": gettext_lazy(
        "On the line %(code)s %(amount)s are set aside for a choice of projects, and stay there."
    ),
    "fund-takes-projects": gettext_lazy("Projects are put forward until %(day)s."),
    "fund-days-over": gettext_lazy("Projects were put forward until %(day)s."),
    "fund-list-closed": gettext_lazy("The list of %(label)s is closed."),
    "fund-list-not-closed": gettext_lazy("The list of %(label)s is not closed for a vote."),
    "fund-projects-unchecked": gettext_lazy("Projects that were not checked yet: %(number)s."),
    "fund-nothing-to-vote": gettext_lazy("No project is feasible: there is nothing to choose among."),
    "fund-of-another-vote": gettext_lazy("This is not the vote that was drawn up for %(label)s."),
    "fund-choice-unknown": gettext_lazy("What was counted does not stand on the list of %(label)s."),
    "fund-overspent": gettext_lazy("This would cost %(amount)s more than there is in %(label)s."),
    "fund-over": gettext_lazy("%(label)s is over already."),
    "fund-given-up-by-the-assembly": gettext_lazy(
        "Members have put projects forward: only the assembly gives the choice up. The reason begins with the number of"
        " its decision."
    ),
    "fund-paper-not-redrawn": gettext_lazy(
        "On this paper stands the list of a fund. If it must not stand, annul it, and draw the vote up from the fund"
        " anew."
    ),
    # projects
    "fund-too-many-projects": gettext_lazy("The list is full: a paper takes %(most)s projects."),
    "project-without-words": gettext_lazy(
        "A project says what it is, where, and what shows its cost, such as an offer."
    ),
    "project-named-already": gettext_lazy("A project on this list has the name “%(title)s” already."),
    "project-dearer-than-fund": gettext_lazy("It costs more than there is in the fund: %(amount)s."),
    "project-answered-by-a-member": gettext_lazy(
        "%(name)s cannot answer for it: that is done by a member who has a vote."
    ),
    "project-of-somebody-else": gettext_lazy("Only who put it forward does this."),
    "project-not-rewritten": gettext_lazy(
        "It was found feasible: its words stay. Withdraw it, and put it forward anew."
    ),
    "project-changed-meanwhile": gettext_lazy(
        "It was written anew meanwhile: read it as it stands now, and do it again."
    ),
    "project-names-somebody-else": gettext_lazy("Only who was named can say yes."),
    "project-agreed-already": gettext_lazy("Whoever answers for it has said yes already."),
    "project-withdrawn-already": gettext_lazy("It was withdrawn."),
    "project-nobody-answers": gettext_lazy("%(name)s was named to answer for it, and has not said yes yet."),
    "fund-checked-by-those-of": gettext_lazy("Projects are checked by whoever has a seat in: %(body)s."),
    "project-of-ones-own": gettext_lazy("Nobody checks a project of their own, or one that they answer for."),
    "project-found-so-already": gettext_lazy("It was found so already."),
    # what is paid
    "project-not-chosen": gettext_lazy("It was not chosen: nothing is paid for it."),
    "project-paid-later": gettext_lazy("The day of payment has not come yet."),
    "project-without-bill": gettext_lazy("Name the bill, as it is filed."),
    "project-costs-more": gettext_lazy(
        "Of what was chosen for it %(amount)s are left. More needs a decision of the assembly."
    ),
    "project-corrected-too-far": gettext_lazy("Only %(amount)s were paid for it so far."),
}
