"""A choice of projects, told round by round: what was paid with what, what was left, and why the next did not fit.

From the facts that the count gave; nothing is counted anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Names = Mapping[str, str]
Facts = Mapping[str, Any]


def greedy_steps(result: Facts, names: Names) -> list[str]:
    """By votes: most first. Of equal ones those that were paid stand first, as the rule for ties put them."""
    return [*_greedy(result, names), *_without_votes(result, names), _left_over(result)]


def shares_steps(result: Facts, names: Names) -> list[str]:
    """By equal shares: what everybody had, who paid for what, and who could not pay."""
    return [
        *_shares(result, names),
        *_not_paid(result, names),
        *_without_votes(result, names),
        _left_over(result),
    ]


def _greedy(result: Facts, names: Names) -> Iterator[str]:
    votes, paid = result["totals"], list(result["selected"])
    left = Fraction(str(result["envelope"]))
    order = sorted(
        (code for code in votes if votes[code]),
        key=lambda code: (-votes[code], paid.index(code) if code in paid else len(paid)),
    )
    for number, code in enumerate(order, 1):
        cost = Fraction(str(result["costs"][code]))
        said = {"round": number, "what": _voted(names[code], votes[code]), "cost": money(cost)}
        said |= {"there": money(left), "least": result["threshold"]}
        if code in paid:
            left -= cost
            words = _(
                "Round %(round)s: %(what)s. It costs %(cost)s, and there are %(there)s: it is paid, and %(left)s are"
                " left."
            )
        elif votes[code] < result["threshold"]:
            words = _("Round %(round)s: %(what)s. At least %(least)s are asked for: it is not paid.")
        elif cost > left:
            words = _(
                "Round %(round)s: %(what)s. It costs %(cost)s, and only %(there)s are left: it does not fit and is"
                " passed over."
            )
        else:
            words = _("Round %(round)s: %(what)s. The count had ended with what did not fit before it.")
        yield words % (said | {"left": money(left)})


def _voted(name: str, votes: int) -> str:
    words = ngettext("%(what)s has %(votes)s vote", "%(what)s has %(votes)s votes", votes)
    return words % {"what": name, "votes": votes}


def _shares(result: Facts, names: Names) -> Iterator[str]:
    words = _(
        "Everybody has the same share of the money, %(share)s in the end, and pays for what they marked: the shares "
        "were raised in steps of %(step)s until the next one would have cost too much."
    )
    yield words % {"share": money(result["share"]), "step": money(result["step"])}
    left = Fraction(str(result["envelope"]))
    for number, step in enumerate(result["steps"], 1):
        code = step["project"]
        left -= Fraction(str(result["costs"][code]))
        words = ngettext(
            "Round %(round)s: %(what)s costs %(cost)s. Its %(votes)s supporter pays %(part)s; %(left)s of the money"
            " are left.",
            "Round %(round)s: %(what)s costs %(cost)s. Of its %(votes)s supporters none pays more than %(part)s;"
            " %(left)s of the money are left.",
            result["totals"][code],
        )
        yield words % {
            "round": number,
            "what": names[code],
            "cost": money(result["costs"][code]),
            "votes": result["totals"][code],
            "part": money(step["largest_payment"]),
            "left": money(left),
        }


def _not_paid(result: Facts, names: Names) -> Iterator[str]:
    """Whose supporters never had enough together, and whose had spent it on other projects."""
    votes, share = result["totals"], Fraction(str(result["share"]))
    waiting = [code for code in votes if votes[code] and code not in result["selected"]]
    for code in sorted(waiting, key=lambda code: -votes[code]):
        together = share * votes[code]
        if together < Fraction(str(result["costs"][code])):
            words = ngettext(
                "%(what)s costs %(cost)s. Its %(votes)s supporter has only %(together)s: it is not paid.",
                "%(what)s costs %(cost)s. Its %(votes)s supporters have only %(together)s together: it is not paid.",
                votes[code],
            )
        else:
            words = ngettext(
                "%(what)s costs %(cost)s. Its %(votes)s supporter has paid for other projects and has less left: it is"
                " not paid.",
                "%(what)s costs %(cost)s. Its %(votes)s supporters have paid for other projects and have less left"
                " together: it is not paid.",
                votes[code],
            )
        yield words % {
            "what": names[code],
            "cost": money(result["costs"][code]),
            "votes": votes[code],
            "together": money(together),
        }


def _without_votes(result: Facts, names: Names) -> Iterator[str]:
    for code, votes in result["totals"].items():
        if not votes:
            yield _("%(what)s has no vote.") % {"what": names[code]}


def _left_over(result: Facts) -> str:
    return _("%(left)s are left over.") % {"left": money(result["left_over"])}


def money(amount: Any) -> str:
    """As the reader writes it, with decimals only where there are any; parts of a cent are rounded to be read."""
    exact = Fraction(str(amount))
    if exact.denominator == 1:
        return str(number_format(exact.numerator, use_l10n=True, force_grouping=True))
    cents = Decimal(exact.numerator) / Decimal(exact.denominator)
    return str(number_format(cents.quantize(Decimal("0.01")), 2, use_l10n=True, force_grouping=True))
