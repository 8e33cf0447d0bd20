"""What the minutes tell of one vote: the text, how it was held, what was counted, what settled a tie."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.ballots.acta.sentences import say_result
from coop.ballots.models import Ballot, Tally
from coop.ballots.models.ballots import Channel
from coop.decisions.models import Decision

from .literal import LINE_END, literal
from .models import AgendaItem


def record_of(decision: Decision, *, opened: str, known: bool) -> list[str]:
    """One vote on an item, with everything prefetched. `known`: an annulled vote on the same text stands right above.

    `opened`: the hour at which it was opened, in words.
    """
    if known:
        parts = [_("The same text was put to the vote again.")]
    else:
        parts = [_("The text put to the vote:"), _quoted(decision.text)]
    ballot = decision.ballot
    if decision.outcome == Decision.Outcome.VOID:
        words = _("The vote opened at %(when)s was annulled and does not count. The reason: %(because)s")
        return [*parts, words % {"when": opened, "because": literal(ballot.annulled_because)}]
    parts += _how(ballot)
    for question in ballot.questions.all():
        tally = getattr(question, "tally", None)
        if tally is None:
            parts.append(_not_counted(ballot))
            continue
        parts += [*_figures(ballot, tally), "**" + literal(say_result(tally)) + "**"]
    parts += _lot(ballot)
    if decision.number:
        parts.append(_("Decision %(label)s.") % {"label": literal(decision.label)})
    if decision.adopted_text:  # its amendments were voted beside it, in several sittings
        parts += [_("The text that came of it:"), _quoted(decision.adopted_text)]
    return parts


def _quoted(text: str) -> str:
    return "\n".join(f"> {literal(line)}" for line in LINE_END.split(text))


def _how(ballot: Ballot) -> list[str]:
    """How it was held, where it was not simply openly and on screens."""
    if not ballot.is_secret and ballot.channels == [Channel.PHONE]:
        return []
    ways = _(" and ").join(str(Channel(channel).label) for channel in ballot.channels)
    return [(_("Secret vote, %(ways)s.") if ballot.is_secret else _("Open vote, %(ways)s.")) % {"ways": ways}]


def _not_counted(ballot: Ballot) -> str:
    if ballot.state == Ballot.State.OPEN:
        return _("The vote is still open.")
    return _("The vote is closed and has not been counted yet.")


def _figures(ballot: Ballot, tally: Tally) -> list[str]:
    """For, against, abstaining, of all together; then by each way, where these are told apart. None by acclamation."""
    around = _("Present %(present)s, on the register %(register)s.") % {
        "present": tally.present,
        "register": tally.register,
    }
    if tally.how == Tally.How.ACCLAMATION:
        return [around]
    together: dict[str, int] = {}
    apart: dict[str, dict[str, int]] = {}
    for line in tally.lines.all():
        together[line.option.code] = together.get(line.option.code, 0) + line.votes
        apart.setdefault(line.channel or "", {})[line.option.code] = line.votes
    words = _("For %(for)s, against %(against)s, abstaining %(abstain)s.")
    parts = [words % together + " " + around]
    if len(apart) > 1 and all(apart):
        told = _("%(way)s: for %(for)s, against %(against)s, abstaining %(abstain)s.")
        parts.append(
            "\n".join(
                "- " + told % {"way": str(Channel(channel).label), **votes}
                for channel, votes in apart.items()
            )
        )
    if tally.spoiled:
        spoiled = ngettext(
            "%(count)s paper could not be counted.", "%(count)s papers could not be counted.", tally.spoiled
        )
        parts.append(spoiled % {"count": tally.spoiled})
    return parts


def _lot(ballot: Ballot) -> list[str]:
    """The lot with its seed and witnesses, so that whoever repeats the count gets the same."""
    lot = getattr(ballot, "lot", None)
    if lot is None:
        return []
    words = _(
        "A lot was drawn by %(drawn_by)s before %(first)s and %(second)s. What fell: %(seed)s. How: %(how)s."
    )
    return [
        words
        % {
            "drawn_by": literal(lot.drawn_by.name),
            "first": literal(lot.witness_1.name),
            "second": literal(lot.witness_2.name),
            "seed": literal(lot.seed),
            "how": literal(lot.how),
        }
    ]


def asked_for(item: AgendaItem, decision: Decision) -> list[str]:
    """That a secret vote or a count was asked for, by how many; by whom is nobody's business."""
    parts = []
    if secret := len(item.secrecy_demands.all()):
        words = ngettext(
            "%(count)s person asked for a secret vote.", "%(count)s people asked for a secret vote.", secret
        )
        parts.append(words % {"count": secret})
    if (
        item.decision_id == decision.pk
        and item.decision
        and (count := len(item.decision.ballot.count_demands.all()))
    ):
        words = ngettext("%(count)s person asked for a count.", "%(count)s people asked for a count.", count)
        parts.append(words % {"count": count})
    return parts
