"""A count in one sentence: which majority of which base was asked for, and whether it was reached.

The base of a majority differs by law and is misread more than anything else; so it is never only a number.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.charter.wording import majority_in_words

from ..models import Tally
from .stage_sentences import say_outcome

MOTION = "yes_no_abstain"


def say_majority(majority: str) -> str:
    """As the bylaws say it: "at least two thirds"."""
    return majority_in_words(majority)


def say_base(base: str) -> str:
    """What the majority is a share of."""
    return {
        "for_against": _("the votes for and against; abstentions are not counted"),
        "valid": _("all votes cast, abstentions included"),
        "present": _("everybody present at the moment of the vote"),
        "register": _("everybody on the register"),
    }[base]


def say_counted_base(base: str, count: int) -> str:
    """The base with how many it turned out to be; never so that the number could be read as the abstentions."""
    if base == "for_against":
        words = ngettext(
            "the votes for and against; that was one, abstentions not counted",
            "the votes for and against; those were %(count)s, abstentions not counted",
            count,
        )
        return words % {"count": count}
    those = ngettext("that was one", "those were %(count)s", count) % {"count": count}
    return f"{say_base(base)}; {those}"


def say_rule(majority: str, base: str) -> str:
    """What "carried" will mean, said before anybody votes."""
    return _("To be carried it needs %(majority)s of %(base)s.") % {
        "majority": say_majority(majority),
        "base": say_base(base),
    }


def say_result(tally: Tally) -> str:
    """Outcome, votes for, votes needed and the base, in words; of an election, who is elected.

    A minority that is missed by few says by how many, because that is what people ask first.
    """
    if tally.result.get("method", MOTION) != MOTION:
        return _say_election(tally)
    if tally.how == Tally.How.ACCLAMATION:
        words = _("Carried by acclamation: nobody asked for a count. Present with a vote: %(present)s.")
        return words % {"present": tally.present}
    votes_for = sum(line.votes for line in tally.lines.all() if line.option.code == "for")
    rule = _("%(majority)s of %(base)s") % {
        "majority": say_majority(tally.majority),
        "base": say_counted_base(tally.base, tally.base_count or 0),
    }
    needed = tally.needed or 0
    if settled := _say_settled(tally):
        return settled
    figures = {"votes": votes_for, "needed": needed, "rule": rule}
    if tally.outcome == Tally.Outcome.CARRIED:
        return _("Carried: %(votes)s for, %(needed)s were needed, which is %(rule)s.") % figures
    if tally.outcome == Tally.Outcome.TIE:
        return (
            _(
                "Tie, not carried: %(votes)s for and as many against; %(needed)s were needed, which is %(rule)s."
            )
            % figures
        )
    missing = max(needed - votes_for, 0)
    short = ngettext("%(missing)s vote short", "%(missing)s votes short", missing) % {"missing": missing}
    return (
        _("Not carried: %(votes)s for, %(needed)s were needed, which is %(rule)s.") % figures
        + " "
        + _("It was %(short)s.") % {"short": short}
    )


def _say_settled(tally: Tally) -> str:
    """A motion that tied, and what settled it."""
    by = next((tie["resolved_by"] for tie in tally.result.get("ties", ())), "")
    carried = tally.outcome == Tally.Outcome.CARRIED
    if by == "lot":
        return _("Tie; by lot carried.") if carried else _("Tie; by lot not carried.")
    if by == "chair":
        return _("Tie; the chair decided: carried.") if carried else _("Tie; the chair decided: not carried.")
    return ""


def _say_election(tally: Tally) -> str:
    names = {option.code: str(option) for option in tally.question.options.all()}
    told = say_outcome(tally.result, names, outcome=tally.outcome)
    if tally.needed is None:
        return told
    words = ngettext(
        "%(needed)s vote was needed, which is %(majority)s of %(base)s.",
        "%(needed)s votes were needed, which is %(majority)s of %(base)s.",
        tally.needed,
    ) % {
        "needed": tally.needed,
        "majority": say_majority(tally.majority),
        "base": say_counted_base(tally.base, tally.base_count or 0),
    }
    return f"{told} {words}"
