"""Each step of a count in one sentence, from the facts a counting module gave. Names come from the paper.

The figures are those of the facts, with the zeros of their five decimals left out; nothing is computed anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .project_sentences import greedy_steps, shares_steps

Names = Mapping[str, str]
Facts = Mapping[str, Any]


def figure(votes: str | int | Decimal) -> str:
    """ "12.00000" -> "12"; "0.08333" as the reader writes decimals."""
    exact = Decimal(votes).normalize()
    return number_format(exact if exact.as_tuple().exponent < 0 else int(exact), use_l10n=True)  # type: ignore[operator]


def several(names: Iterable[str]) -> str:
    """ "Ana", "Ana and Ben", "Ana, Ben and Cira"."""
    every = list(names)
    if len(every) < 2:
        return "".join(every)
    return _("%(some)s and %(last)s") % {"some": ", ".join(every[:-1]), "last": every[-1]}


def say_steps(result: Facts, names: Names) -> list[str]:
    """The steps of a count in their order; none where all is said by the figures of one table."""
    return _STEPS.get(str(result.get("method")), _none)(result, names)


def say_ties(result: Facts, names: Names) -> list[str]:
    """Every tie, and what settled it: never silent."""
    return [_tie(tie, names) for tie in result.get("ties", ())]


# --- The transferable vote -------------------------------------------------------------------------------------------


def _transferable(result: Facts, names: Names) -> list[str]:
    stages = result["stages"]
    before = [None, *stages][: len(stages)]
    return [_stage(stage, was, result, names) for stage, was in zip(stages, before, strict=True)]


def _stage(stage: Facts, was: Facts | None, result: Facts, names: Names) -> str:
    if was is None:
        words = ngettext(
            "The first choices are counted. The quota is %(quota)s: %(valid)s valid papers, %(seats)s seat.",
            "The first choices are counted. The quota is %(quota)s: %(valid)s valid papers, %(seats)s seats.",
            result["seats"],
        )
        told = words % {
            "quota": result["quota"],
            "valid": result["ballots_valid"],
            "seats": result["seats"],
        }
    elif stage["action"] == "transfer_surplus":
        told = _surplus(stage, was, result, names)
    else:
        told = _excluded(stage, was, names)
    return " ".join([told, *_elected(stage, names)])


def _surplus(stage: Facts, was: Facts, result: Facts, names: Names) -> str:
    who, has = names[stage["candidate"]], was["totals"][stage["candidate"]]
    said = {
        "who": who,
        "has": figure(has),
        "quota": result["quota"],
        "surplus": figure(stage["surplus"]),
    }
    values = stage["transfer_values"]
    if list(values) == ["1.00000"]:
        words = ngettext(
            "%(who)s has %(has)s, the quota is %(quota)s: the surplus of %(surplus)s goes to the next name on the one "
            "paper, worth %(worth)s.",
            "%(who)s has %(has)s, the quota is %(quota)s: the surplus of %(surplus)s goes to the next names on the "
            "%(has)s papers, each worth %(worth)s.",
            int(Decimal(has)),
        )
        return words % (said | {"worth": figure(values["1.00000"])})
    worth = "; ".join(
        _("those worth %(old)s now %(new)s") % {"old": figure(old), "new": figure(new)}
        for old, new in values.items()
    )
    words = _(
        "%(who)s has %(has)s, the quota is %(quota)s: the surplus of %(surplus)s goes to the next names on the papers: "
        "%(worth)s."
    )
    return words % (said | {"worth": worth})


def _excluded(stage: Facts, was: Facts, names: Names) -> str:
    has = was["totals"][stage["candidate"]]
    lost = Decimal(stage["non_transferable"]) - Decimal(was["non_transferable"])
    words = _(
        "%(who)s has fewest (%(has)s) and goes out; the papers pass to the next names at the same worth."
    )
    told = words % {"who": names[stage["candidate"]], "has": figure(has)}
    if lost:
        told += " " + _("For %(lost)s there is no next name.") % {"lost": figure(lost)}
    return told


def _elected(stage: Facts, names: Names) -> list[str]:
    without = stage.get("elected_without_quota", [])
    reached = [code for code in stage["elected"] if code not in without]
    told = []
    if reached:
        told.append(_("Elected with the quota: %(who)s.") % {"who": several(names[code] for code in reached)})
    if without:
        words = _("Elected because as many are left as seats: %(who)s.")
        told.append(words % {"who": several(names[code] for code in without)})
    return told


# --- The run-off, the pairs ------------------------------------------------------------------------------------------


def _runoff(result: Facts, names: Names) -> list[str]:
    told = []
    out = [*result["eliminated"], None]
    for one, goes in zip(result["rounds"], out, strict=False):
        figures = several(f"{names[code]} {votes}" for code, votes in one["totals"].items())
        words = _("Round %(round)s: %(figures)s.") % {"round": one["round"], "figures": figures}
        if one["exhausted"]:
            words += " " + ngettext(
                "%(count)s paper names nobody who is left.",
                "%(count)s papers name nobody who is left.",
                one["exhausted"],
            ) % {"count": one["exhausted"]}
        if goes:
            words += " " + _("%(who)s has fewest and goes out.") % {"who": names[goes]}
        elif result["winner"]:
            words += " " + _("%(who)s is ahead of all who are left.") % {"who": names[result["winner"]]}
        told.append(words)
    return told


def _pairs(result: Facts, names: Names) -> list[str]:
    told = []
    for code in result["set_aside"]:
        words = _("%(what)s does not beat “%(keep)s” in the comparison of the two and is set aside.")
        told.append(words % {"what": names[code], "keep": names[result["keep"]]})
    if result["condorcet_winner"]:
        words = _("%(what)s wins against every other option, two by two.")
        told.append(words % {"what": names[result["condorcet_winner"]]})
    elif result["winner"]:
        words = _(
            "No option wins against every other. %(what)s is beaten by none over a chain of comparisons that is "
            "stronger than its own."
        )
        told.append(words % {"what": names[result["winner"]]})
    if len(result["ranking"]) > 1:
        order = " › ".join(" = ".join(names[code] for code in group) for group in result["ranking"])
        told.append(_("The order: %(order)s.") % {"order": order})
    return told


# --- Ties ------------------------------------------------------------------------------------------------------------


def _tie(tie: Facts, names: Names) -> str:
    tied = several(names.get(code, code) for code in tie.get("tied", tie.get("among", [])))
    said = {"tied": tied, "chosen": _chosen(tie, names)}
    by = tie.get("resolved_by")
    if by == "earlier_stage":
        return _("Tie: %(tied)s. At an earlier stage they differed; so it falls on %(chosen)s.") % said
    if by == "lot":
        return _("Tie: %(tied)s. The lot fell on %(chosen)s.") % said
    if by == "chair":
        return _("Tie: %(tied)s. The chair decided: %(chosen)s.") % said
    if by == "cheaper":
        return _("Equal: %(tied)s. The cheaper goes first: %(chosen)s.") % said
    if by == "more_votes":
        return _("Equal: %(tied)s. More votes go first: %(chosen)s.") % said
    return _("Tie that is not settled by this count: %(tied)s.") % said


def _chosen(tie: Facts, names: Names) -> str:
    chosen = tie.get("chosen", [])
    return several(names.get(code, code) for code in ([chosen] if isinstance(chosen, str) else chosen))


def _none(_result: Facts, _names: Names) -> Sequence[str]:
    return []


_STEPS: Mapping[str, Any] = {
    "scottish_stv": _transferable,
    "instant_runoff": _runoff,
    "schulze": _pairs,
    "budget_greedy": greedy_steps,
    "equal_shares": shares_steps,
}


# --- The outcome -----------------------------------------------------------------------------------------------------


def say_outcome(result: Facts, names: Names, *, outcome: str) -> str:
    """Who or what it is, of every method but the motion. `outcome`: that of the tally."""
    chosen = result.get("elected") or result.get("selected") or []
    if not chosen and result.get("winner"):
        chosen = [result["winner"]]
    who = several(names[code] for code in chosen)
    if outcome == "second_round":
        again = result.get("second_round") or [code for tie in result.get("ties", ()) for code in tie["tied"]]
        again = again or result.get("winners", [])
        words = _("A second round decides between %(who)s.") % {"who": several(names[c] for c in again)}
        return f"{_('Elected: %(who)s.') % {'who': who}} {words}" if chosen else words
    if outcome == "tie":
        return _("Tie; the count settles nothing more.")
    if not chosen:
        nothing = result.get("method") in ("budget_greedy", "equal_shares")
        return _("Nothing is chosen.") if nothing else _("Nobody is elected.")
    told = (_("Elected: %(who)s.") if outcome == "elected" else _("Chosen: %(who)s.")) % {"who": who}
    empty = result.get("empty_seats")
    if empty:
        words = ngettext("%(count)s seat stays empty.", "%(count)s seats stay empty.", empty)
        told += " " + words % {"count": empty}
    return told
