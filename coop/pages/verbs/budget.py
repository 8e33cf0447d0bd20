"""What the journal tells of the budget."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    # the budget; a draft is its writer's alone, so it is not named here
    "budget-begun": _("%(who)s began to draw up %(what)s. Requests that returned to it: %(returned)s."),
    "budget-lines-written": _(
        "%(who)s wrote the lines of %(what)s: %(lines)s of them, income %(income)s, expense %(expense)s."
    ),
    "budget-ceiling-set": _("%(who)s set in %(what)s what department %(department)s may spend: %(amount)s."),
    "budget-published": _("%(who)s published %(what)s: amendments until %(until)s, vote on %(vote_on)s."),
    "budget-in-conciliation": _("%(who)s closed the amendments of %(what)s: conciliation begins."),
    "budget-put": _("%(who)s put %(what)s before the assembly. Amendments not put: %(not_put)s."),
    "budget-adopted": _(
        "%(what)s is adopted, by: %(decision)s. Income %(income)s, expense %(expense)s, hash %(hash)s."
    ),
    "budget-turned-down": _("%(what)s is turned down, by: %(decision)s."),
    "budget-next-text": _("%(who)s began another text after %(after)s: %(what)s."),
    "budget-running": _("%(who)s entered that the year of %(what)s runs."),
    "budget-closed": _("%(who)s closed %(what)s: income %(income)s, expense %(expense)s."),
    "budget-money-moved": _(
        "%(who)s entered a movement in %(what)s: %(amount)s from %(source)s to %(target)s, by: %(decision)s."
    ),
    "budget-month-entered": _(
        "%(who)s entered month %(month)s of %(what)s: %(lines)s lines, %(corrected)s of them corrected,"
        " from: %(source)s."
    ),
    "budget-amendment-begun": _("%(who)s began an amendment of the budget."),
    "budget-amendment-rewritten": _("%(who)s wrote a draft of an amendment of the budget anew."),
    "budget-amendment-handed-in": _("%(who)s handed in %(what)s."),
    "budget-amendment-signed": _("%(who)s signed %(what)s."),
    "budget-amendment-admitted": _("%(what)s will be voted."),
    "budget-common-text-agreed": _("%(who)s agreed that %(what)s stands for %(part)s."),
    "budget-amendment-withdrawn": _("%(who)s withdrew %(what)s."),
    "budget-amendment-remarked": _("%(who)s wrote a remark on %(what)s."),
    "budget-order-moved": _("%(what)s was put elsewhere in the order of voting: %(because)s"),
    "budget-amendment-carried": _("%(what)s was carried, by: %(decision)s."),
    "budget-amendment-not-carried": _("%(what)s was not carried: %(decision)s."),
    "budget-amendment-fell": _("%(what)s fell: %(fell)s."),
    "budget-amendment-wanted": _("The meeting wants to vote on %(what)s all the same."),
    "budget-laid-before": _("%(who)s laid before the assembly, out of %(budget)s: %(what)s."),
    "budget-on-agenda": _(
        "%(who)s put %(budget)s on the agenda of %(what)s, as item %(item)s with its amendments: %(amendments)s."
    ),
    "budget-bloc-formed": _("%(who)s has %(labels)s voted in one question: %(what)s."),
    "budget-bloc-left": _("%(who)s wants %(what)s voted by itself."),
    "budget-fall-challenged": _("%(who)s challenges that %(what)s fell: %(because)s"),
    "budget-challenge-granted": _("%(who)s answers that %(what)s was challenged with reason: %(answer)s"),
    "budget-challenge-refused": _("%(who)s answers that %(what)s fell as the rules say: %(answer)s"),
    "budget-line-written": _("%(who)s wrote the line %(code)s of %(what)s: %(amount)s."),
    "budget-ceiling-taken-back": _("%(who)s took the ceiling of %(department)s in %(what)s back."),
    "budget-line-taken-out": _("%(who)s took the line %(code)s out of %(what)s: it had %(amount)s."),
}
