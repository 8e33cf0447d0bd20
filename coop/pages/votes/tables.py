"""The tables of a vote on the desk of whoever leads it: each duty it has, how far it is, and the way there."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.ballots.boxes import Box, Stage, boxes_of
from coop.ballots.hands import on_hands
from coop.ballots.models import AgreedSheet, Ballot, Teller, TellerSheet
from coop.ballots.models.ballots import Channel
from coop.ballots.rules.urn import urn_of

from ..access import Here

State = Ballot.State
Said = tuple[str, str]  # word and shape, as shared/state.html prints them
BEFORE = (State.DRAFT, State.OPEN)


@dataclass(frozen=True)
class Table:
    """A place where something is done for this vote. `address`: empty while there is nothing to do there."""

    words: str
    address: str
    text: str
    word: str
    shape: str


def tables_of(here: Here, found: Ballot) -> list[Table]:
    """Every duty of this vote, before its time and after it too: what is not listed is not part of it."""
    if found.state == State.ANNULLED:
        return []
    sealed, paper = found.is_secret and found.on_screens, Channel.PAPER in found.channels
    hands = Channel.HANDS in found.channels
    boxes = boxes_of(found) if paper else []
    ways: list[tuple[bool, str, str, str, Said]] = []
    if sealed:
        key, urn = _key(found), _urn(found)
        ways += [
            (True, "urn-key", _("The key of the sealed urn"), _("trustees, codes, the test"), key),
            (
                found.state != State.DRAFT,
                "urn-open",
                _("Opening the sealed urn"),
                _("with the codes of the trustees; this counts it"),
                urn,
            ),
        ]
    if paper or hands:
        ways.append((True, "tellers", _("Tellers"), _("who counts, each alone"), _tellers(found)))
    if paper:
        ways += [
            (True, "urns", _("Boxes"), _("seals, times, remarks"), _boxes(found, boxes)),
            (
                True,
                "paper-kit",
                _("Things to print"),
                _("papers, register, sheets to count on"),
                (_("at any time"), "done"),
            ),
            (True, "paper-table", _("The table"), _("who comes gets a paper"), _table(found, boxes)),
            (
                True,
                "teller-count",
                _("Counting the papers"),
                _("two count alone, a third confirms"),
                _count(found, boxes),
            ),
        ]
    if hands:
        shown = found.state != State.DRAFT
        ways.append((shown, "hands", _("Hands"), _("block by block in the hall"), _hands(found)))
    return [
        Table(words, reverse(name, args=[here.cooperative.slug, found.pk]) if there else "", text, *said)
        for there, name, words, text, said in ways
    ]


def _key(found: Ballot) -> Said:
    urn = urn_of(found)
    if urn is not None and urn.tested_at is not None:
        return _("made and tried"), "done"
    if found.state != State.DRAFT:
        return _("not made"), "stopped"
    if urn is None:
        return _("nobody is named yet"), "draft"
    if urn.made_at is not None:
        return _("made; to be tried"), "waiting"
    drawn = urn.trustees.exclude(drawn_at=None).count()
    words = _("%(drawn)s of %(all)s codes are drawn") % {"drawn": drawn, "all": urn.trustees.count()}
    return words, "waiting"


def _urn(found: Ballot) -> Said:
    if found.state == State.COUNTED:
        return _("opened and counted"), "done"
    return (
        (_("to be opened"), "waiting")
        if found.state == State.CLOSED
        else (_("when the vote is closed"), "draft")
    )


def _tellers(found: Ballot) -> Said:
    named = Teller.objects.filter(ballot=found).count()
    if named == 0:
        return _("nobody is named yet"), "draft" if found.state in BEFORE else "late"
    words = ngettext("%(number)s is named", "%(number)s are named", named) % {"number": named}
    return words, "done" if named > 1 else "waiting"


def _boxes(found: Ballot, boxes: list[Box]) -> Said:
    if not boxes:
        return _("none is entered yet"), "draft"
    words = ngettext("%(number)s box", "%(number)s boxes", len(boxes)) % {"number": len(boxes)}
    still = sum(box.stage == Stage.VOTING for box in boxes)
    if still:
        return _("%(boxes)s, open for voting: %(open)s") % {"boxes": words, "open": still}, "live"
    ready = found.state in BEFORE and any(box.stage in (Stage.NEW, Stage.SEALED) for box in boxes)
    return words, "waiting" if ready else "done"


def _table(found: Ballot, boxes: list[Box]) -> Said:
    if found.state == State.DRAFT:
        return _("when the vote is open"), "draft"
    if found.state != State.OPEN:
        return _("over"), "done"
    if any(box.stage == Stage.VOTING for box in boxes):
        return _("papers are given"), "live"
    return _("waits for an open box"), "waiting"


def _count(found: Ballot, boxes: list[Box]) -> Said:
    if found.state in BEFORE:
        return _("when the vote is closed"), "draft"
    agreed = AgreedSheet.objects.filter(
        ballot=found, channel=Channel.PAPER, subject=TellerSheet.Subject.VOTES
    ).count()
    places = sum(box.inside is None and box.used for box in boxes)
    if agreed >= places or found.state == State.COUNTED:
        return _("counted and confirmed"), "done"
    return ngettext("%(done)s of %(all)s box confirmed", "%(done)s of %(all)s boxes confirmed", places) % {
        "done": agreed,
        "all": places,
    }, "waiting"


def _hands(found: Ballot) -> Said:
    if found.state == State.DRAFT:
        return _("when the vote is open"), "draft"
    if found.state == State.COUNTED:
        return _("counted"), "done"
    people = on_hands(found)
    return (
        (_("%(people)s are counted by hand") % {"people": people}, "live")
        if people
        else (_("not yet"), "draft")
    )
