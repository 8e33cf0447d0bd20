"""Votes on paper for tests: boxes with their record, papers given, sheets of two tellers, made by the real actions."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from coop.ballots import actions as ballots
from coop.ballots.models import AgreedSheet, Ballot, TellerSheet, Urn
from coop.ballots.rules.boxes import NewBox
from coop.ballots.rules.tellers import Place, progress_at
from tests import make

TELLERS = ("jo", "kim")  # Hal confirms: the commission runs the vote


def boxes(plant: make.Plant, ballot: Ballot, *names: str) -> list[Urn]:
    return ballots.make_boxes(
        ballot=ballot, boxes=[NewBox(name) for name in names], by=plant.gus, at=make.now()
    )


def record(plant: make.Plant, urn: Urn, *kinds: str, into: Urn | None = None) -> None:
    """The next lines of the record, all of them now, in this order."""
    for kind in kinds:
        at = make.now()
        ballots.record_box(
            urn=urn,
            kind=kind,
            seals="17, 18",
            words="Before Eve and Fay.",
            happened_at=at,
            into=into,
            by=plant.gus,
            at=at,
        )


def open_boxes(plant: make.Plant, ballot: Ballot, *names: str) -> list[Urn]:
    """Boxes that were sealed, and voting has begun."""
    made = boxes(plant, ballot, *names)
    for urn in made:
        record(plant, urn, "sealed", "opened")
    return made


def give(plant: make.Plant, urn: Urn, *names: str) -> None:
    for name in names:
        ballots.give_paper(urn=urn, member=plant.people[name], by=plant.gus, at=make.now())


def end(plant: make.Plant, ballot: Ballot, *urns: Urn, unseal: bool = True) -> Ballot:
    """The vote is closed, the boxes too; and their seals are broken for the count."""
    for urn in urns:
        record(plant, urn, "closed")
    closed = ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    for urn in urns if unseal else ():
        record(plant, urn, "unsealed")
    return closed


def name_tellers(plant: make.Plant, ballot: Ballot, *names: str) -> None:
    chosen = [plant.people[name] for name in names or TELLERS]
    ballots.name_tellers(ballot=ballot, members=chosen, by=plant.gus, at=make.now())


def motion(votes_for: int, against: int, abstain: int = 0, spoiled: int = 0) -> dict[str, Any]:
    papers = votes_for + against + abstain + spoiled
    votes = {"for": votes_for, "against": against, "abstain": abstain}
    return {"1": {"papers": papers, "spoiled": spoiled, "votes": votes}}


def sheet(
    plant: make.Plant,
    ballot: Ballot,
    place: Urn | Place,
    teller: str,
    figures: dict[str, Any],
    *,
    subject: str = TellerSheet.Subject.VOTES,
    attempt: int | None = None,
    remark: str = "",
    at: datetime.datetime | None = None,
) -> TellerSheet:
    where = place if isinstance(place, Place) else Place("paper", place)
    return ballots.enter_sheet(
        ballot=ballot,
        place=where,
        subject=subject,
        attempt=progress_at(ballot, where, subject).next_attempt if attempt is None else attempt,
        figures=figures,
        remark=remark,
        by=plant.people[teller],
        at=at or make.now(),
    )


def confirm(
    plant: make.Plant,
    ballot: Ballot,
    place: Urn | Place,
    *,
    by: str = "hal",
    subject: str = TellerSheet.Subject.VOTES,
    remark: str = "",
) -> AgreedSheet:
    where = place if isinstance(place, Place) else Place("paper", place)
    return ballots.confirm_sheets(
        ballot=ballot,
        place=where,
        subject=subject,
        attempt=progress_at(ballot, where, subject).attempt,
        remark=remark,
        by=plant.people[by],
        at=make.now(),
    )


def agreed(
    plant: make.Plant,
    ballot: Ballot,
    place: Urn | Place,
    figures: dict[str, Any],
    *,
    tellers: Sequence[str] = TELLERS,
    **more: Any,
) -> AgreedSheet:
    """Both tellers find this, and Hal confirms it."""
    for teller in tellers:
        sheet(plant, ballot, place, teller, figures, **more)
    return confirm(plant, ballot, place, **more)
