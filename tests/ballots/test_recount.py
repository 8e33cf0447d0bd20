"""The public file of a count: made by the page, recounted twice by programs that do not know each other.

Every mutant is a file somebody has tampered with; both programs must refuse it, each for itself.
"""

from __future__ import annotations

import copy
import io
import json
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from coop.ballots import actions as ballots
from coop.ballots.acta.recounting import faults_in
from coop.ballots.asked import Asked, Choice
from coop.ballots.counting import drawn_lot
from coop.ballots.models import Ballot, Question
from tests import make, make_paper, make_votes

pytestmark = pytest.mark.django_db
Method = Question.Method
Bundle = dict[str, Any]
ALONE = Path(settings.BASE_DIR) / "docs" / "recount.py"


@pytest.fixture
def plant() -> make.Plant:
    made = make.plant(bylaws={"published_floor": 1, **make_votes.ON_SCREENS})
    make_votes.commission(made)
    return made


def cast(plant: make.Plant, ballot: Ballot, answers: dict[str, str]) -> None:
    for names, answer in answers.items():
        for name in names.split():
            who = plant.people[name]
            ballots.cast(ballot=ballot, answers={1: answer}, form=f"{who.pk:032x}", by=who, at=make.now())


def closed_and_counted(plant: make.Plant, ballot: Ballot) -> Ballot:
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    ballots.count(ballot=ballot, by=plant.hal.actor, at=make.now())
    return ballot


def bundle(client: Client, plant: make.Plant, ballot: Ballot) -> Bundle:
    """As the page gives it."""
    answer = make.sign_in(client, plant.eve).get(f"/bakery/ballots/{ballot.pk}/bundle/")
    assert answer.status_code == 200
    told: Bundle = json.loads(answer.content)
    return told


def alone(told: Bundle, folder: Path) -> tuple[int, str]:
    """Exit code and words of docs/recount.py, run as anybody runs it."""
    file = folder / "vote.json"
    file.write_text(json.dumps(told))
    ran = subprocess.run(
        [sys.executable, "-I", str(ALONE), str(file)], capture_output=True, text=True, check=False
    )
    assert ran.stderr == ""
    return ran.returncode, ran.stdout


def both_accept(told: Bundle, folder: Path) -> None:
    assert faults_in(told) == []
    code, said = alone(told, folder)
    assert code == 0, said


# --- Votes -----------------------------------------------------------------------------------------------------------


def mixed(plant: make.Plant) -> Ballot:
    """An open motion on screens and in two boxes."""
    ballot = make_votes.opened(plant, channels=["phone", "paper"])
    cast(plant, ballot, {"ana bo": "for", "cy": "against"})
    gate, yard = make_paper.open_boxes(plant, ballot, "Gate", "Yard")
    make_paper.give(plant, gate, "dee", "eve", "fay")
    make_paper.give(plant, yard, "gus", "hal")
    make_paper.name_tellers(plant, ballot)
    ballot = make_paper.end(plant, ballot, gate, yard)
    make_paper.agreed(plant, ballot, gate, make_paper.motion(2, 0, spoiled=1))
    make_paper.agreed(plant, ballot, yard, make_paper.motion(0, 1, abstain=1))
    ballots.count(ballot=ballot, by=plant.hal.actor, at=make.now())
    return ballot


def sealed(plant: make.Plant) -> Ballot:
    """A secret election of one on screens: an urn, trackers, a root."""
    ballot = make_votes.drawn_up(
        plant, [make_votes.election(plant, "dee", "fay", method=Method.PLURALITY)], secrecy="secret"
    )
    codes = make_votes.with_key(ballot, plant)
    ballots.open_ballot(ballot=ballot, present=(), by=plant.hal.actor, at=make.now())
    for name, answer in (("ana", "dee"), ("bo", "dee"), ("cy", "dee"), ("eve", "fay"), ("gus", "blank")):
        who = plant.people[name]
        ballots.cast_secret(ballot=ballot, answers={1: answer}, form=f"{who.pk:032x}", by=who, at=make.now())
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    ballots.open_urn(ballot=ballot, codes=make_votes.two(codes), by=plant.gus, at=make.now())
    return ballot


def transferable(plant: make.Plant, **more: Any) -> Ballot:
    ballot = make_votes.opened(plant, [make_votes.election(plant, "jo", "kim", "lou", seats=2)], **more)
    cast(plant, ballot, {"ana bo cy dee eve fay": "jo>kim", "gus": "kim", "hal ida": "lou", "jo": "blank"})
    return closed_and_counted(plant, ballot)


def projects(plant: make.Plant, method: str) -> Ballot:
    choices = [
        Choice("roof", "Roof", cost=Decimal(60)),
        Choice("oven", "Oven", cost=Decimal(40)),
        Choice("yard", "Yard", cost=Decimal("40.50")),
    ]
    ballot = make_votes.opened(
        plant, [Asked("What do we pay for?", method=method, choices=choices, money=Decimal(100))]
    )
    cast(plant, ballot, {"ana bo cy dee eve": "oven=roof", "gus hal ida jo": "yard", "kim": "blank"})
    return closed_and_counted(plant, ballot)


def reserved(plant: make.Plant) -> Ballot:
    choices = [
        Choice("jo", "Jo", member=plant.jo, group="A"),
        Choice("kim", "Kim", member=plant.kim, group="A"),
        Choice("lou", "Lou", member=plant.lou, group="B"),
    ]
    asked = Asked("Who?", method=Method.PLURALITY, choices=choices, seats=2, marks=2, reserved={"B": 1})
    ballot = make_votes.opened(plant, [asked], tie_rule="runoff")
    cast(plant, ballot, {"ana bo": "jo=kim", "dee": "lou", "eve": "jo=lou", "fay": "kim"})
    return closed_and_counted(plant, ballot)


def simple(plant: make.Plant, method: str, answers: dict[str, str], **more: Any) -> Ballot:
    ballot = make_votes.opened(plant, [make_votes.election(plant, "jo", "kim", "lou", method=method, **more)])
    cast(plant, ballot, answers)
    return closed_and_counted(plant, ballot)


VOTES: dict[str, Callable[[make.Plant], Ballot]] = {
    "motion on screens and paper": mixed,
    "secret election on screens": sealed,
    "transferable": transferable,
    "greedy": lambda plant: projects(plant, Method.GREEDY),
    "shares": lambda plant: projects(plant, Method.SHARES),
    "reserved seats, a tie": reserved,
    "second round": lambda plant: simple(plant, Method.PLURALITY, {"ana": "jo", "bo": "kim", "cy": "blank"}),
    "one seat, two marks": lambda plant: simple(
        plant, Method.PLURALITY, {"ana bo": "jo=kim", "cy": "kim=lou"}, marks=2
    ),
    "approval": lambda plant: simple(plant, Method.APPROVAL, {"ana bo": "jo=kim", "cy": "kim"}, seats=2),
    "run-off": lambda plant: simple(
        plant, Method.RUNOFF, {"ana bo": "jo", "cy": "kim>lou", "dee eve": "lou"}
    ),
    "pairs": lambda plant: simple(plant, Method.SCHULZE, {"ana bo cy": "jo>kim", "dee": "kim>lou"}),
    "nobody voted": lambda plant: simple(plant, Method.PLURALITY, {}),
}


@pytest.mark.parametrize("vote", VOTES)
def test_what_the_page_gives_bears_itself_out(
    client: Client, plant: make.Plant, tmp_path: Path, vote: str
) -> None:
    told = bundle(client, plant, VOTES[vote](plant))
    both_accept(told, tmp_path)
    file = tmp_path / "vote.json"
    said = io.StringIO()
    call_command("recount", str(file), stdout=said)
    assert "bears itself out" in said.getvalue()


def test_the_file_is_the_same_each_time_and_names_no_voter(client: Client, plant: make.Plant) -> None:
    ballot = mixed(plant)
    address = f"/bakery/ballots/{ballot.pk}/bundle/"
    make.sign_in(client, plant.eve)
    first = client.get(address).content
    assert client.get(address).content == first
    for name in ("Ana", "Bo", "Cy", "Dee", "Eve", "Fay"):
        assert name.encode() not in first
    assert (
        first.decode()
        == json.dumps(json.loads(first), ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    )


# --- Tampering -------------------------------------------------------------------------------------------------------


def _set(path: str, value: Any) -> Callable[[Bundle], None]:
    """Writes `value` at "questions.0.votes.phone.for"; a function gets what stands there."""

    def change(told: Bundle) -> None:
        where: Any = told
        *steps, last = path.split(".")
        for step in steps:
            where = where[int(step)] if isinstance(where, list) else where[step]
        key: Any = int(last) if isinstance(where, list) else last
        where[key] = value(where[key]) if callable(value) else value

    return change


def _both(*changes: Callable[[Bundle], None]) -> Callable[[Bundle], None]:
    def change(told: Bundle) -> None:
        for one in changes:
            one(told)

    return change


def plus(number: int) -> Callable[[int], int]:
    return lambda was: was + number


def swapped(options: list[Any]) -> list[Any]:
    return [options[1], options[0], *options[2:]]


def flipped(text: str) -> str:
    return text[:-1] + ("0" if text[-1] != "0" else "1")


def other_seed(question: dict[str, Any]) -> None:
    """Two names stand in the same order after half of all seeds; one that turns them round."""
    codes = [option["code"] for option in question["options"] if option["code"] != "blank"]
    seeds = (str(number) for number in range(100))
    question["order_seed"] = next(seed for seed in seeds if drawn_lot(seed)(codes) != codes)


MUTANTS: dict[str, tuple[str, Callable[[Bundle], None]]] = {
    "a letter of the text": ("motion", _set("ballot.text", "What it is about!")),
    "the fingerprint of the text": ("motion", _set("ballot.text_hash", flipped)),
    "one vote more for": ("motion", _set("questions.0.votes.phone.for", plus(1))),
    "a vote from against to for": (
        "motion",
        _both(_set("questions.0.votes.phone.for", plus(1)), _set("questions.0.votes.phone.against", plus(-1))),
    ),
    "the outcome": ("motion", _set("questions.0.outcome", "not_carried")),
    "the majority": ("motion", _set("ballot.majority", "4/5")),
    "the base": ("motion", _set("ballot.base", "register")),
    "one person more on the roll": ("motion", _set("roll.register", plus(1))),
    "somebody who did not vote was not there": (
        "motion", _both(_set("roll.did_not_vote", plus(-1)), _set("roll.not_there", plus(1)))
    ),
    "a paper more in a box": ("motion", _set("places.1.papers", plus(1))),
    "a person more at a box": ("motion", _set("places.1.people", plus(1))),
    "spoiled papers hidden": ("motion", _set("questions.0.spoiled", 0)),
    "papers cast": ("motion", _set("questions.0.cast", plus(1))),
    "how many were needed": ("motion", _set("questions.0.needed", plus(-1))),
    "another way of counting": ("motion", _set("questions.0.method", "approval")),
    "a tracker dropped": ("sealed", _set("urn.trackers", lambda was: was[1:])),
    "a tracker twice": ("sealed", _set("urn.trackers", lambda was: [was[0], *was[:-1]])),
    "trackers out of order": ("sealed", _set("urn.trackers", swapped)),
    "a sign of a tracker": ("sealed", _set("urn.trackers.0", flipped)),
    "the root": ("sealed", _set("urn.root", flipped)),
    "the number of envelopes": ("sealed", _set("urn.envelopes", plus(1))),
    "no urn": ("sealed", _set("urn", None)),
    "who is elected": ("sealed", _set("questions.0.result.elected", ["fay"])),
    "a blank paper for somebody": ("sealed", _set("questions.0.votes.phone.blank", plus(-1))),
    "the order on the paper": ("sealed", _set("questions.0.options", swapped)),
    "the seed of the order": ("sealed", lambda told: other_seed(told["questions"][0])),
    "a total of a stage": ("stv", _set("questions.0.result.stages.1.totals.kim", "3.99998")),
    "who a stage elects": ("stv", _set("questions.0.result.elected", ["kim", "jo"])),
    "the quota": ("stv", _set("questions.0.result.quota", plus(1))),
    "papers of a ranking": ("stv", _set("questions.0.papers.kim", plus(1))),
    "the seats": ("stv", _set("questions.0.seats", 1)),
    "blank papers": ("stv", _set("questions.0.blank", plus(1))),
    "blank papers, and fewer spoiled": (
        "stv", _both(_set("questions.0.blank", plus(1)), _set("questions.0.spoiled", plus(-1)))
    ),
    "a figure left out": ("motion", _set("roll", lambda was: {"register": was["register"]})),
    "another kind of file": ("motion", _set("format", "asamblea-count-2")),
}  # fmt: skip


@pytest.mark.parametrize("kind", ["motion", "sealed", "stv"])
def test_every_tampering_is_refused_by_both(
    client: Client, plant: make.Plant, tmp_path: Path, kind: str
) -> None:
    told = bundle(client, plant, {"motion": mixed, "sealed": sealed, "stv": transferable}[kind](plant))
    both_accept(told, tmp_path)
    missed = []
    for name, (of, tamper) in MUTANTS.items():
        if of != kind:
            continue
        mutant = copy.deepcopy(told)
        tamper(mutant)
        assert mutant != told, name
        if not faults_in(mutant):
            missed.append((name, "the command"))
        if alone(mutant, tmp_path)[0] != 1:
            missed.append((name, "docs/recount.py"))
    assert missed == []
    assert sum(of == kind for of, _tamper in MUTANTS.values()) >= 5


@pytest.mark.parametrize("vote", VOTES)
@pytest.mark.parametrize("whole", [True, False], ids=["with papers", "as of a secret vote"])
def test_another_number_of_blank_papers_is_refused_by_both(
    client: Client, plant: make.Plant, tmp_path: Path, vote: str, whole: bool
) -> None:
    told = bundle(client, plant, VOTES[vote](plant))
    if not whole:
        told["questions"][0]["papers"] = None
    both_accept(told, tmp_path)
    told["questions"][0]["blank"] += 1
    assert faults_in(told)
    assert alone(told, tmp_path)[0] == 1


def test_a_paper_whose_names_have_all_stepped_back_is_blank(
    client: Client, plant: make.Plant, tmp_path: Path
) -> None:
    ballot = make_votes.opened(plant, [make_votes.election(plant, "jo", "kim", "lou", seats=2)])
    cast(plant, ballot, {"ana bo cy": "jo>kim", "dee": "lou", "eve": "lou>kim", "fay": "blank"})
    gone = ballot.questions.get().options.get(code="lou")
    ballots.withdraw(option=gone, because="Moves away.", by=plant.hal, at=make.now())
    told = bundle(client, plant, closed_and_counted(plant, ballot))
    both_accept(told, tmp_path)
    asked = told["questions"][0]
    assert (asked["cast"], asked["blank"], asked["spoiled"]) == (6, 2, 0)
    assert asked["result"]["ballots_valid"] == 4


def test_the_command_says_what_is_wrong(client: Client, plant: make.Plant, tmp_path: Path) -> None:
    told = bundle(client, plant, mixed(plant))
    told["questions"][0]["outcome"] = "not_carried"
    file = tmp_path / "vote.json"
    file.write_text(json.dumps(told))
    with pytest.raises(CommandError, match="question 1: the count gives carried, not not_carried") as refused:
        call_command("recount", str(file))
    assert refused.value.returncode == 1


@pytest.mark.parametrize("content", ["", "[1]", "{", "null", '{"format": 1}'])
def test_a_file_that_is_none_is_one_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / "vote.json"
    file.write_text(content)
    with pytest.raises(CommandError) as refused:
        call_command("recount", str(file))
    assert refused.value.returncode in (1, 2)
    ran = subprocess.run(
        [sys.executable, "-I", str(ALONE), str(file)], capture_output=True, text=True, check=False
    )
    assert ran.returncode in (1, 2)
    assert ran.stderr == ""
    assert len(ran.stdout.splitlines()) <= 2
