"""The telephone and the table want the same person in the same second; the control must give somebody two votes."""

from __future__ import annotations

from typing import Any

import pytest

from coop.ballots import actions as ballots
from coop.ballots.actions import casting, table
from coop.ballots.models import Ballot, NamedVote, RollEntry, TellerSheet, Urn
from coop.ballots.rules.tellers import Place
from tests import make, make_paper, make_votes
from tests.races.race import race, refusals

pytestmark = pytest.mark.usefixtures("committed_db")
HURRIED = [name.lower() for name in make.NAMES]


def begun() -> tuple[make.Plant, Ballot, list[Urn]]:
    plant = make.plant()
    make_votes.commission(plant)
    ballot = make_votes.opened(plant, channels=("phone", "paper"))
    return plant, ballot, make_paper.open_boxes(plant, ballot, "Gate", "Carried")


def both_at_once(plant: make.Plant, ballot: Ballot, urns: list[Urn]) -> list[Any]:
    """Everybody on a telephone, and at two tables; three results for each."""

    def phone(name: str) -> Any:
        who = plant.people[name]
        return ballots.cast(ballot=ballot, answers={1: "for"}, form=f"{who.pk:032x}", by=who, at=make.now())

    def paper(name: str, urn: Urn) -> Any:
        return ballots.give_paper(urn=urn, member=plant.people[name], by=plant.gus, at=make.now())

    results = []
    for name in HURRIED:
        acts = [lambda: phone(name), *(lambda urn=urn: paper(name, urn) for urn in urns)]  # noqa: B023 - raced at once
        results.append(race(acts))
    return results


def test_one_person_is_on_one_channel_and_in_one_box() -> None:
    plant, ballot, urns = begun()
    for name, results in zip(HURRIED, both_at_once(plant, ballot, urns), strict=True):
        assert len(refusals(results)) == 2, name
        assert set(refusals(results)) <= {"already-voted", "has-voted"}
    by_phone = RollEntry.objects.filter(ballot=ballot, channel="phone").count()
    on_paper = RollEntry.objects.filter(ballot=ballot, channel="paper", urn__in=urns).count()
    assert by_phone + on_paper == 12
    assert NamedVote.objects.filter(question__ballot=ballot).count() == by_phone


def test_control_without_the_one_update_somebody_votes_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking first and marking never: the paper is given, and the vote is cast as well."""
    monkeypatch.setattr(casting, "_mark", lambda entry: True)
    monkeypatch.setattr(table, "_mark", lambda entry, urn: True)
    plant, ballot, urns = begun()
    assert any(not refusals(results) for results in both_at_once(plant, ballot, urns))


def test_two_tellers_hand_in_at_once_and_neither_is_lost() -> None:
    plant, ballot, urns = begun()
    make_paper.name_tellers(plant, ballot, "jo", "kim", "lou")
    make_paper.give(plant, urns[0], "ana", "bo", "cy", "dee", "eve")
    ballot = make_paper.end(plant, ballot, *urns)

    def enter(name: str) -> Any:
        return ballots.enter_sheet(
            ballot=ballot,
            place=Place("paper", urns[0]),
            attempt=1,
            figures=make_paper.motion(3, 2),
            by=plant.people[name],
            at=make.now(),
        )

    results = race([lambda name=name: enter(name) for name in ("jo", "kim", "lou", "jo")])  # type: ignore[misc]
    in_first = set(TellerSheet.objects.values_list("teller__number", flat=True))
    assert len(in_first) == 2
    # Whoever of the three came too late is refused at each of her tries: Jo, who pressed twice, perhaps twice.
    late = [name for name in ("jo", "kim", "lou", "jo") if plant.people[name].number not in in_first]
    assert refusals(results) == ["sheets-wait-for-third"] * len(late)
