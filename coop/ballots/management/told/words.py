"""What was counted, said so that a member can follow it: one line a step, figures under each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .wish import Told

NAMES = {
    "yes_no_abstain": gettext_lazy("Motion"),
    "plurality": gettext_lazy("Most votes"),
    "approval": gettext_lazy("Approval"),
    "instant_runoff": gettext_lazy("Instant run-off"),
    "schulze": gettext_lazy("Schulze method, winning votes"),
    "scottish_stv": gettext_lazy("Single transferable vote, Scottish rules of 2007"),
    "budget_greedy": gettext_lazy("Projects by votes"),
    "equal_shares": gettext_lazy("Projects by equal shares"),
}
OUTCOMES = {
    "tie": gettext_lazy("A tie is open: a lot must be drawn."),
    "kept": gettext_lazy("Nothing beats what is there: it is kept."),
    "nothing_fits": gettext_lazy("There are votes, but money for none of the projects."),
    "no_votes": gettext_lazy("Nobody has a vote."),
    "no_candidates": gettext_lazy("Nobody stands."),
}
CARRIED = {
    "simple_majority": gettext_lazy("more votes for than against"),
    "absolute_majority": gettext_lazy("for: more than half of all members"),
    "majority_of_present": gettext_lazy("for: more than half of those present"),
    "two_thirds_of_votes": gettext_lazy("for: at least two thirds of the votes for and against"),
    "three_quarters_of_votes": gettext_lazy("for: at least three quarters of the votes for and against"),
    "two_thirds_of_members": gettext_lazy("for: at least two thirds of all members"),
    "unanimity_of_votes": gettext_lazy("nobody against"),
}


def said(told: Told) -> Iterator[str]:
    """The lines of a count."""
    if told.get("title"):
        yield told["title"]
    yield str(NAMES[told["method"]])
    yield ""
    yield from _SAYING[told["method"]](told)
    if told.get("outcome") in OUTCOMES:
        yield str(OUTCOMES[told["outcome"]])


def _motion(told: Told) -> Iterator[str]:
    yield (
        _("For %(yes)s, against %(no)s, abstentions %(abstain)s; present %(present)s of %(members)s members.")
        % told
    )
    yield (
        _("Quorum %(quorum)s: reached.") % told
        if told["quorate"]
        else _("Quorum %(quorum)s: not reached.") % told
    )
    for rule, carried in told["carried"].items():
        yield f"  {_('carried') if carried else _('not carried'):14}{CARRIED[rule]}"
    if told["tie"]:
        yield _("A tie: the tie rule of the bylaws says what follows.")


def _transferable(told: Told) -> Iterator[str]:
    yield _("%(ballots_total)s papers, %(ballots_valid)s valid; %(seats)s seats; quota %(quota)s.") % told
    for stage in told["stages"]:
        yield ""
        figures = {"number": stage["stage"], "name": _name(told, stage.get("candidate"))}
        if stage["action"] == "transfer_surplus":
            figures["surplus"] = stage["surplus"]
            yield _("Stage %(number)s: the surplus of %(name)s, %(surplus)s votes, is transferred.") % figures
            for old, new in stage["transfer_values"].items():
                yield "  " + _("Papers worth %(old)s go on with %(new)s.") % {"old": old, "new": new}
        elif stage["action"] == "exclude":
            yield _("Stage %(number)s: %(name)s goes out, the papers pass on.") % figures
        else:
            yield _("Stage %(number)s: first preferences.") % figures
        yield from _figures({_name(told, code): votes for code, votes in stage["totals"].items()})
        yield from _figures({_("(not transferable)"): stage["non_transferable"]})
        for number in stage["elected"]:
            yield "  " + _("Elected: %(name)s.") % {"name": _name(told, number)}
    yield ""
    yield from _lots(told)
    names = {"names": ", ".join(told["elected_names"]) or "-"}
    if "elected_possible" in told:
        yield _("With the lots as above, elected in this order: %(names)s.") % names
    else:
        yield _("Elected, in this order: %(names)s.") % names
    if told["empty_seats"]:
        yield _("Seats that stay empty: %(empty_seats)s.") % told


def _runoff(told: Told) -> Iterator[str]:
    yield _("%(ballots_total)s papers, %(ballots_valid)s valid.") % told
    for one in told["rounds"]:
        yield ""
        yield _("Round %(round)s; papers that name nobody left: %(exhausted)s.") % one
        yield from _figures({_name(told, code): votes for code, votes in one["totals"].items()})
    yield ""
    yield from _lots(told)
    if "winners_possible" in told:
        yield _("With the lots as above, elected: %(winner_name)s.") % told
    elif told["winner"] is not None:
        yield _("Elected: %(winner_name)s.") % told


def _schulze(told: Told) -> Iterator[str]:
    yield _("%(ballots_total)s papers. How many rank the one above the other:") % told
    for above, row in told["pairwise"].items():
        for below, votes in row.items():
            if int(above) < int(below):
                names = {"one": _name(told, above), "other": _name(told, below)}
                other = told["pairwise"][below][above]
                yield f"  {votes:>9} : {other:<9} " + _("%(one)s against %(other)s") % names
    yield ""
    if told["condorcet_winner"] is not None:
        yield _("%(name)s wins every comparison.") % {"name": _name(told, told["condorcet_winner"])}
    elif told["winners"]:
        yield _("Nobody wins every comparison; the strongest paths decide.")
    yield _("Winners: %(names)s.") % {"names": ", ".join(told["winner_names"]) or "-"}
    if "drawn" in told:
        yield _("The lot fell on %(name)s.") % {"name": _name(told, told["drawn"])}


def _by_votes(told: Told) -> Iterator[str]:
    yield _("%(ballots_total)s papers, %(seats)s seats.") % told
    yield from _figures(told["totals"])
    if told.get("spoiled"):
        yield _("Spoiled, with more marks than seats: %(spoiled)s.") % told
    for tie in told.get("ties", []):
        figures = {"names": ", ".join(tie["tied"]), "seats": tie["seats"]}
        yield _("Tied for %(seats)s of the seats: %(names)s.") % figures
    yield _("Elected: %(names)s.") % {"names": ", ".join(told["elected"]) or "-"}


def _greedy(told: Told) -> Iterator[str]:
    yield _("%(ballots)s papers, %(budget)s to spend.") % told
    yield from _projects(told, told["scores"], told["selected_in_order"])
    yield _("Spent %(total_cost)s, left over %(left_over)s.") % told


def _shares(told: Told) -> Iterator[str]:
    yield _("%(ballots)s papers, %(budget)s to spend; everybody's share is %(endowment)s.") % told
    yield _("The share can be raised to %(final_endowment)s before too much is spent.") % told["add1"]
    yield from _projects(told, told["votes"], told["add1"]["selected_in_order"])
    yield _("Spent %(total_cost)s, left over %(left_over)s.") % told["add1"]


def _projects(told: Told, votes: Mapping[str, int], selected: list[str]) -> Iterator[str]:
    yield _("   funded      votes         cost")
    for code, number in votes.items():
        place = str(selected.index(code) + 1) if code in selected else "-"
        name = told["names"][code]
        yield f"  {place:>7} {number:>10} {told['costs'][code]!s:>12}  {code}" + (
            f" {name}" if name != code else ""
        )
    for tie in told.get("ties", []):
        chosen = tie["chosen"] if isinstance(tie["chosen"], str) else ", ".join(tie["chosen"])
        yield _("Tied: %(among)s; chosen: %(chosen)s.") % {"among": ", ".join(tie["among"]), "chosen": chosen}


def _figures(votes: Mapping[str, int | str]) -> Iterator[str]:
    for name, number in votes.items():
        yield f"  {number!s:>15}  {name}"


def _name(told: Told, number: int | str | None) -> str:
    return told["candidates"][int(number) - 1] if number is not None else ""


def _lots(told: Told) -> Iterator[str]:
    """Ties and how they were settled; where a lot is still to be drawn, what each draw would lead to."""
    for tie in told.get("ties", []):
        among = ", ".join(_name(told, number) for number in tie["tied"])
        words = {"among": among, "name": _name(told, tie["chosen"])}
        if tie["resolved_by"] == "lot":
            yield _("Tied: %(among)s. A lot decides; here it falls on %(name)s.") % words
        else:
            yield _("Tied: %(among)s. An earlier stage decides: %(name)s.") % words
    possible = told.get("elected_possible") or [[number] for number in told.get("winners_possible", [])]
    if possible:
        yield (
            _("No lot was given (--seed). By the draw these can be elected:")
            if told.get("outcomes_complete", True)
            else _(
                "No lot was given (--seed). There are more draws than were counted; of those counted come:"
            )
        )
        yield from ("  " + ", ".join(_name(told, number) for number in numbers) for numbers in possible)


_SAYING: dict[str, Callable[[Told], Iterator[str]]] = {
    "yes_no_abstain": _motion,
    "plurality": _by_votes,
    "approval": _by_votes,
    "instant_runoff": _runoff,
    "schulze": _schulze,
    "scottish_stv": _transferable,
    "budget_greedy": _greedy,
    "equal_shares": _shares,
}
