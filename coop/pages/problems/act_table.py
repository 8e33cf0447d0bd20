"""What can be done about a problem: each act one small sheet, one rule, one call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from coop.production import actions
from coop.production.models import Problem
from coop.production.rules import problems as rules
from coop.production.rules.answering import obstacles_to_answering
from coop.refusals import Reason

from ..act_sheets import Act
from .act_sheets import (
    AnswerForm,
    BareForm,
    JoinForm,
    MeasureForm,
    PhotoForm,
    PriorityForm,
    SayForm,
    remark,
    words,
)

Rule = Callable[[Problem, dict[str, Any]], list[Reason]]


@dataclass(frozen=True)
class ProblemAct(Act):
    """`rule`: whether it can be done at all, asked before anything is typed. `by_office`: of whoever answers.

    `away`: the problem cannot be read any more afterwards.
    """

    rule: Rule = field(kw_only=True)
    by_office: bool = False
    away: bool = False


def _answering(problem: Problem, who: dict[str, Any]) -> list[Reason]:
    if problem.state not in Problem.TO_DO:
        return [Reason("problem-not-there", {"problem": problem.label, "standing": problem.state})]
    if who["by"].pk == problem.raised_by_id:
        return []
    return obstacles_to_answering(problem, **who)


ACTS: dict[str, ProblemAct] = {
    "say": ProblemAct(
        SayForm,
        actions.say,
        _("Add something"),
        _("A note, a cause you see, or an idea. Everybody reads it, with your name."),
        _("Add it"),
        _("It stands below the problem."),
        ("kind", "words"),
        rule=lambda problem, who: rules.obstacles_to_saying(problem, "note", words="-", **who),
    ),
    "add-photo": ProblemAct(
        PhotoForm,
        actions.add_photo,
        _("Add a photo"),
        _("Such as of how it looks now. Four at most; where and when it was taken is not kept."),
        _("Add the photo"),
        _("The photo stands with the problem."),
        ("content",),
        rule=lambda problem, who: rules.obstacles_to_adding_photo(problem, **who),
    ),
    "me-too": ProblemAct(
        BareForm,
        actions.say_me_too,
        _("I have it too"),
        _("How many have the same problem is told, and not who."),
        _("Me too"),
        _("Counted: you have it too."),
        (),
        rule=lambda problem, who: rules.obstacles_to_me_too(problem, **who),
    ),
    "solved": ProblemAct(
        words(_("What was done")),
        actions.say_solved,
        _("It is solved"),
        _("Say how. Whoever raised it is asked to confirm; nobody closes a problem alone."),
        _("Say that it is solved"),
        _("Whoever raised it is asked whether it is so."),
        rule=lambda problem, who: rules.obstacles_to_solving(problem, words="-", **who),
    ),
    "confirm": ProblemAct(
        remark(),
        actions.verify,
        _("Yes, it is solved"),
        _(
            "You confirm that the problem is gone. If it comes back, it is opened again with all that was said."
        ),
        _("Confirm"),
        _("Confirmed. The problem is closed."),
        rule=lambda problem, who: rules.obstacles_to_verifying(problem, **who),
    ),
    "object": ProblemAct(
        words(_("What is still wrong")),
        actions.object_to,
        _("No, it is not solved"),
        _("Say what is still wrong. The work on it goes on."),
        _("It is not solved"),
        _("The work on it goes on."),
        rule=lambda problem, who: rules.obstacles_to_objecting(problem, words="-", **who),
    ),
    "came-back": ProblemAct(
        words(_("What happens again")),
        actions.reopen,
        _("It came back"),
        _("The problem is opened again, with all that was said, and a new clock runs."),
        _("Open it again"),
        _("Opened again. A new clock runs."),
        rule=lambda problem, who: rules.obstacles_to_reopening(problem, words="-", **who),
    ),
    "take-up": ProblemAct(
        remark(),
        actions.take_up,
        _("Take it up"),
        _("Somebody works on it now; the clock of the answer stops."),
        _("Take it up"),
        _("Taken up: the clock has stopped."),
        rule=lambda problem, who: rules.obstacles_to_taking_up(problem, **who),
        by_office=True,
    ),
    "answer": ProblemAct(
        AnswerForm,
        actions.say,
        _("Answer"),
        _(
            "The first answer stops the clock. Everybody reads it; of a problem without a name it hangs on the board."
        ),
        _("Answer"),
        _("Your answer stands below the problem."),
        ("kind", "words"),
        rule=lambda problem, who: rules.obstacles_to_saying(problem, "answer", words="-", **who),
        by_office=True,
    ),
    "measure": ProblemAct(
        MeasureForm,
        actions.say,
        _("Write a measure"),
        _(
            "One figure from before, and the one from after when there is one: so everybody sees whether it helped."
        ),
        _("Write it down"),
        _("The measure stands below the problem."),
        ("kind", "measured", "value_before", "value_after", "words"),
        rule=lambda problem, who: rules.obstacles_to_saying(
            problem, "measure", words="", measured="-", value_before=Decimal(0), **who
        ),
        by_office=True,
    ),
    "priority": ProblemAct(
        PriorityForm,
        actions.set_priority,
        _("Another priority"),
        _("Another clock runs, from the day on which the present one began."),
        _("Change it"),
        _("It has another priority now."),
        ("priority", "words"),
        rule=lambda problem, who: rules.obstacles_to_priority(problem, "", **who),
        by_office=True,
    ),
    "up": ProblemAct(
        words(_("Why it cannot be settled here, with figures")),
        actions.send_up,
        _("Send it up"),
        _("What cannot be settled here goes one level up; the answer comes down again."),
        _("Send it up"),
        _("It stands before the next level."),
        rule=lambda problem, who: rules.obstacles_to_sending_up(problem, words="-", **who),
        by_office=True,
    ),
    "down": ProblemAct(
        words(_("The answer")),
        actions.send_down,
        _("Answer, and send it down"),
        _("The answer goes to those from whom the problem came."),
        _("Send the answer down"),
        _("The answer has come down."),
        rule=lambda problem, who: rules.obstacles_to_sending_down(problem, words="-", **who),
    ),
    "join": ProblemAct(
        JoinForm,
        actions.join,
        _("It is the same as another"),
        _("The other one goes on for both. Whoever raised this one counts as having that one too."),
        _("Join it"),
        _("Joined: the other one goes on for both."),
        ("other",),
        rule=_answering,
    ),
    "part": ProblemAct(
        remark(),
        actions.part,
        _("It is another thing after all"),
        _("It stands by itself again, and waits."),
        _("Take it apart"),
        _("It stands by itself again."),
        rule=lambda problem, who: rules.obstacles_to_parting(problem, **who),
    ),
    "conduct": ProblemAct(
        BareForm,
        actions.move_to_conduct,
        _("It blames a person"),
        _(
            "Its words leave the list, the board, the search and the files, for the procedure that hears both. "
            "Those it concerns read them on. This cannot be undone."
        ),
        _("Move it off the list"),
        _("Moved off the list. The journal names its number only."),
        (),
        rule=lambda problem, who: rules.obstacles_to_moving_to_conduct(problem, **who),
        by_office=True,
        away=True,
    ),
}
