"""`manage.py count`: text, JSON, and one line with exit code 2 for whatever cannot be counted. No server is up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[3]
TIED = '3 2\n7 1 0\n0\n"Alder"\n"Birch"\n"Cedar"\n"Council"\n'
PAPERS = [f"{one};a,b" for one in range(6)] + [f"{one};c" for one in range(6, 10)]
PROJECTS = ["project_id;cost;name", "a;60;Roof", "b;40;Van", "c;40;Sauna"]
BUDGET = ["META", "key;value", "budget;100", "PROJECTS", *PROJECTS, "VOTES", "voter_id;vote", *PAPERS]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "tied.blt").write_text(TIED)
    (tmp_path / "office.blt").write_text('2 1\n3 1 0\n2 2 1 0\n0\n"Ana"\n"Ben"\n')
    (tmp_path / "marks.csv").write_text("ballot,choices\n1,ana\n2,ana ben\n3,ben\n4,ana\n5,\n")
    (tmp_path / "sides.csv").write_text("ballot,choices\n1,yes\n2,no\n3,yes\n4,\n5,abstain\n")
    (tmp_path / "money.pb").write_text("\n".join(BUDGET))
    (tmp_path / "broken.blt").write_text("3 2\n4 1 2\n0\n")
    return tmp_path


def count(*given: str) -> str:
    said = StringIO()
    call_command("count", *given, stdout=said)
    return said.getvalue()


def told(*given: str) -> dict[str, Any]:
    return json.loads(count(*given, "--format", "json"))  # type: ignore[no-any-return]


def test_every_draw_is_told_and_a_seed_settles_it(files: Path) -> None:
    every = told(str(files / "tied.blt"), "--method", "scottish_stv")
    assert (every["quota"], every["elected"], every["elected_possible"]) == (3, [1, 3], [[1, 2], [1, 3]])
    assert [drawn["lots"] for drawn in every["outcomes"]] == [
        [{"among": [2, 3], "chosen": 2}],
        [{"among": [2, 3], "chosen": 3}],
    ]
    assert every["stages"][1]["transfer_values"] == {"1.00000": "0.57142"}
    drawn = told(str(files / "tied.blt"), "--method", "scottish_stv", "--seed", "x")
    assert "outcomes" not in drawn
    assert drawn["elected"] in ([1, 2], [1, 3])
    assert drawn == told(str(files / "tied.blt"), "--method", "scottish_stv", "--seed", "x")


def test_more_draws_than_anybody_wants_to_read(files: Path) -> None:
    """Nine of ten without a vote: 9 x 8 x 7 … draws, of which sixty are counted, and that is said."""
    (files / "many.blt").write_text("10 1\n3 1 0\n1 2 3 0\n0\n")
    every = told(str(files / "many.blt"), "--method", "instant_runoff")
    assert (every["winner"], every["winners_possible"], every["outcomes_complete"]) == (1, [1], False)
    assert "There are more draws" in count(str(files / "many.blt"), "--method", "instant_runoff")


def test_text_says_what_happened(files: Path) -> None:
    text = count(str(files / "tied.blt"), "--method", "scottish_stv")
    for line in (
        "Council",
        "7 papers, 7 valid; 2 seats; quota 3.",
        "Stage 2: the surplus of Alder, 4.00000 votes, is transferred.",
        "  Papers worth 1.00000 go on with 0.57142.",
        "          4.00000  (not transferable)",
        "Tied: Birch, Cedar. A lot decides; here it falls on Birch.",
        "No lot was given (--seed). By the draw these can be elected:",
        "  Alder, Birch",
    ):
        assert line in text.splitlines()


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (("office.blt", "--method", "instant_runoff"), "Elected: Ana."),
        (("office.blt", "--method", "schulze"), "Ana wins every comparison."),
        (("office.blt", "--method", "schulze", "--keep", "1"), "Nothing beats what is there: it is kept."),
        (("marks.csv", "--method", "approval"), "Elected: ana."),
        (("marks.csv", "--method", "plurality"), "Spoiled, with more marks than seats: 1."),
        (("marks.csv", "--method", "plurality", "--seats", "2"), "Elected: ana, ben."),
        (("money.pb", "--method", "budget_greedy"), "Spent 100, left over 0."),
        (("money.pb", "--method", "equal_shares"), "The share can be raised to 16 before too much is spent."),
        (("sides.csv", "--method", "yes_no_abstain"), "  carried       more votes for than against"),
    ],
)
def test_each_method_in_words(files: Path, given: tuple[str, ...], line: str) -> None:
    assert line in count(str(files / given[0]), *given[1:]).splitlines()


def test_variants_of_a_budget(files: Path) -> None:
    money = str(files / "money.pb")
    assert told(money, "--method", "budget_greedy")["selected_in_order"] == ["a", "b"]
    most = told(money, "--method", "budget_greedy", "--variant", "threshold=7")
    assert (most["variant_key"], most["threshold"], most["selected"], most["outcome"]) == (
        "threshold",
        7,
        [],
        "nothing_fits",
    )
    assert told(money, "--method", "equal_shares", "--step", "5")["add1"]["final_endowment"] == 15


def test_a_motion_by_its_figures() -> None:
    figures = ("--for", "161", "--against", "70", "--abstain", "17", "--present", "248", "--members", "318")
    motion = told("--method", "yes_no_abstain", *figures)
    assert motion["carried"] == {
        "simple_majority": True,
        "absolute_majority": True,
        "majority_of_present": True,
        "two_thirds_of_votes": True,
        "three_quarters_of_votes": False,
        "two_thirds_of_members": False,
        "unanimity_of_votes": False,
    }
    too_few = told("--method", "yes_no_abstain", *figures, "--quorum", "4/5")
    assert (too_few["quorate"], any(too_few["carried"].values())) == (False, False)


WRONG = [
    (("none.blt", "--method", "scottish_stv"), "cannot be read"),
    (("tied.blt", "--method", "borda"), "there is no method 'borda'"),
    (("tied.blt", "--method", "approval"), "approval is counted from a .csv file"),
    (("tied.blt", "--method", "scottish_stv", "--seats", "4"), "4 seats and 3 candidates"),
    (("tied.blt", "--method", "scottish_stv", "--seats", "0"), "0 seats and 3 candidates"),
    (("tied.blt", "--method", "scottish_stv", "--seats", "-1"), "--seats is a whole number"),
    (("tied.blt", "--method", "instant_runoff", "--seats", "2"), "fills one seat"),
    (("tied.blt", "--method", "schulze", "--keep", "9"), "what is kept must be"),
    (("tied.blt", "--method", "scottish_stv", "--format", "xml"), "the formats are"),
    (("broken.blt", "--method", "scottish_stv"), "line 2: a paper ends with 0"),
    (("marks.csv", "--method", "plurality", "--seats", "9"), "9 seats and 2 candidates"),
    (("marks.csv", "--method", "yes_no_abstain"), "is neither for nor against"),
    (("sides.csv", "--method", "yes_no_abstain", "--for", "3"), "not from both"),
    (("money.pb", "--method", "budget_greedy", "--variant", "threshold=-2"), "--variant threshold is"),
    (("money.pb", "--method", "budget_greedy", "--variant", "wish"), "the variants are"),
    (("money.pb", "--method", "equal_shares", "--step", "0"), "--step is at least"),
    (("money.pb", "--method", "equal_shares", "--step", "soon"), "--step is an amount"),
    (("", "--method", "schulze"), "needs a file"),
    (("", "--method", "yes_no_abstain"), "a motion needs --for and --against"),
    (
        ("", "--method", "yes_no_abstain", "--for", "-5", "--against", "3"),
        "--for is a whole number and not below zero",
    ),
    (
        ("", "--method", "yes_no_abstain", "--for", "5", "--against", "3", "--members", "7"),
        "more votes than people",
    ),
    (("", "--method", "yes_no_abstain", "--for", "5", "--against", "3", "--quorum", "2"), "a quorum is"),
    (("", "--method", "yes_no_abstain", "--for", "5", "--against", "3", "--quorum", "1/0"), "--quorum is"),
    (("",), "required: --method"),
    (("", "--method", "schulze", "--wish", "x"), "unrecognized arguments"),
]


@pytest.mark.parametrize(("given", "why"), WRONG, ids=[why for _given, why in WRONG])
def test_what_cannot_be_counted_is_said_in_one_line(files: Path, given: tuple[str, ...], why: str) -> None:
    file = [str(files / given[0])] if given[0] else []
    with pytest.raises(CommandError) as refused:
        count(*file, *given[1:])
    assert why in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.returncode == 2


def run(*given: str) -> subprocess.CompletedProcess[str]:
    """As a member runs it, with a database that is not there."""
    nowhere = {
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "DJANGO_SETTINGS_MODULE": "coop.settings",
    }
    return subprocess.run(
        [sys.executable, "manage.py", "count", *given],
        cwd=ROOT,
        env=os.environ | nowhere,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_needs_no_database(files: Path) -> None:
    done = run(str(files / "office.blt"), "--method", "scottish_stv", "--format", "json")
    assert (done.returncode, done.stderr, json.loads(done.stdout)["elected"]) == (0, "", [1])


@pytest.mark.parametrize("given", [["none.blt", "--method", "schulze"], ["--seats"], ["--method", "borda"]])
def test_one_line_on_the_error_stream_and_exit_code_2(given: list[str]) -> None:
    done = run(*given)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "Traceback" not in done.stderr
