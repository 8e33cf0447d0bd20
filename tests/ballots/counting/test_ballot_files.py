"""Ballot files as programs write them, and files that cannot be right: refused in one line, never guessed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coop.ballots.ballot_files import BadFile, read_blt, read_marks, read_pb

PLAIN = '3 2\n4 1 2 0\n3 2 0\n2 3 2 0\n1 0\n0\n"Ada"\n"Ben"\n"Cleo"\n"Council"\n'
PAPERS = {(("1",), ("2",)): 4, (("2",),): 3, (("3",), ("2",)): 2, (): 1}
NAMES = {"1": "Ada", "2": "Ben", "3": "Cleo"}


@pytest.fixture
def file(tmp_path: Path):  # type: ignore[no-untyped-def]
    def write(content: str | bytes, suffix: str = ".blt") -> Path:
        path = tmp_path / f"ballots{suffix}"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


LAYOUTS = {
    "plain": PLAIN,
    "all on few lines": '3 2 4 1 2 0 3 2 0 2 3 2 0\n1 0 0 "Ada" "Ben" "Cleo" "Council"',
    "commas behind everything": '3 2,\n4 1 2 0,\n3 2 0,\n2 3 2 0,\n1 0,\n0,\n"Ada",\n"Ben",\n"Cleo",\n"Council",\n',
    "commas between": "3,2\n4,1,2,0\n3,2,0\n2,3,2,0\n1,0\n0\nAda\nBen\nCleo\nCouncil\n",
    "without quotes": PLAIN.replace('"', ""),
    "no end of the last line": PLAIN.rstrip("\n"),
    "other line ends": PLAIN.replace("\n", "\r\n"),
    "old line ends": PLAIN.replace("\n", "\r"),
    "a mark at the beginning": "\ufeff" + PLAIN,
    "comments and blank lines": "# council\n\n"
    + PLAIN.replace("4 1 2 0", "# the papers\n  4\t1 2 0  # four").replace('"Ben"', '# a name\n"Ben"'),
    "one line a paper": PLAIN.replace("4 1 2 0\n", 4 * "1 1 2 0\n").replace("2 3 2 0\n", 2 * "1 3 2 0\n"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout: str, file) -> None:  # type: ignore[no-untyped-def]
    read = read_blt(file(LAYOUTS[layout]))
    assert (read.papers, read.names, read.title) == (PAPERS, NAMES, "Council")
    assert (read.seats, read.withdrawn) == (2, ())


@pytest.mark.parametrize(
    "text", ["4 2\n-3 -1\n1 2 0\n0\n", "4 2 -3 -1\n1 2 0\n0\n", "4 2 -3 -1 1 2 0 0", "4 2\n-3\n-1\n1 2 0\n0"]
)
def test_withdrawals(text: str, file) -> None:  # type: ignore[no-untyped-def]
    read = read_blt(file(text))
    assert (read.withdrawn, read.papers) == (("3", "1"), {(("2",),): 1})
    assert (read.names["4"], read.title) == ("4", "")  # without names the numbers are the names


def test_equal_ranks_gaps_and_names_with_quotes(file) -> None:  # type: ignore[no-untyped-def]
    read = read_blt(
        file('3 1\n2 3=1 2 0\n1 1=3 2 0\n1 1 - 2 0\n0\n"Ada ""Works"""\nBen (Hall 2)\n"Works" "Cleo"\n')
    )
    assert read.papers == {(("1", "3"), ("2",)): 3, (("1",), (), ("2",)): 1}
    assert list(read.names.values()) == ['Ada "Works"', "Ben (Hall 2)", '"Works" "Cleo"']


def test_latin_1(file) -> None:  # type: ignore[no-untyped-def]
    read = read_blt(file(PLAIN.replace("Ada", "Jérémie Muñoz").encode("latin-1")))
    assert read.names["1"] == "Jérémie Muñoz"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "the file is empty"),
        ("# nothing\n", "the file is empty"),
        ("3\n", "line 1: the first line says"),
        ("x 2\n", "line 1: 'x' is not a whole number"),
        ("0 2\n0\n", "at least one of each"),
        ("3 0\n0\n", "at least one of each"),
        ("99999 2\n0\n", "at least one of each"),
        ("3 2\n4 1 2 0\n", "the 0 that ends the papers is missing"),
        ("3 2\n", "the papers are missing"),
        ("3 2\n4 1 2\n0\n", "line 2: a paper ends with 0"),
        ("3 2\n4 1 5 0\n0\n", "line 2: there is no candidate '5'"),
        ("3 2\n4 1 x 0\n0\n", "line 2: there is no candidate 'x'"),
        ("3 2\n4 1=5 0\n0\n", "line 2: there is no candidate '5'"),
        ("3 2\n4 1= 0\n0\n", "line 2: there is no candidate ''"),
        ("3 2\n4 1 2 1 0\n0\n", "line 2: a candidate stands twice"),
        ("3 2\n4 1=1 0\n0\n", "line 2: a candidate stands twice"),
        ("3 2\n1.5 1 0\n0\n", "line 2: '1.5' is not a whole number"),
        ("3 2\n-4 1 2 0\n0\n", "line 2: "),
        ("3 2\n4 1 0\n-4 1 2 0\n0\n", "line 3: '-4' is not a whole number"),
        ("3 2\n-1 2 0\n0\n", "line 2: a count below zero"),
        ("3 2\n-1 -1\n1 2 0\n0\n", "line 2: -1 names nobody"),
        ("3 2\n0 1 0\n0\n", "line 2: no paper has the weight 0"),
        ('3 2\n1 1 0\n0\n"Ada"\n"Ben"\n', "3 candidates, but 2 names"),
        ("3 2\n²  1 0\n0\n", "line 2: '²' is not"),
        ("3 2\n4 1 \0 0\n0\n", "line 2: this is no text"),
    ],
)
def test_broken_rankings(text: str, why: str, file) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BadFile) as refused:
        read_blt(file(text))
    assert why in str(refused.value)
    assert "\n" not in str(refused.value)


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.blt", tmp_path):
        with pytest.raises(BadFile, match="cannot be read"):
            read_blt(path)


BEGINNINGS = {
    ".blt": (read_blt, b"2 1\n"),
    ".csv": (read_marks, b"ballot,choices\n"),
    ".pb": (read_pb, b"META\nkey;value\nbudget;5\nPROJECTS\nproject_id;cost\np;2\n"),
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=150)
@given(st.one_of(st.binary(max_size=60), st.text('0123 -=,#"\nab', max_size=60).map(str.encode)))
def test_whatever_stands_in_a_file_it_is_read_or_refused(tmp_path: Path, content: bytes) -> None:
    said = []
    for suffix, (reader, beginning) in BEGINNINGS.items():
        path = tmp_path / f"any{suffix}"
        path.write_bytes(beginning + content)
        try:
            reader(path)
        except BadFile as refused:
            said.append(str(refused))
    assert not any("\n" in why for why in said)


# --- Marks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "ballot,choices\n1,ana ben\n2,ana\n3,\n4,ben ana\n",
        "\ufeffBallot, Choices\r\n1,ana ben\r\n2,ana\r\n3,\r\n4,ben ana",
        'ballot;choices\n1;"ana ben"\n\n2;ana\n3;\n4;ben ana\n',
    ],
)
def test_marks(text: str, file) -> None:  # type: ignore[no-untyped-def]
    read = read_marks(file(text, ".csv"))
    assert (read.options, read.ballots) == (("ana", "ben"), 4)
    assert read.votes() == ({"ana": 3, "ben": 2}, 0)
    assert read.votes(most=1) == ({"ana": 1, "ben": 0}, 2)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "the file is empty"),
        ("paper,marks\n", "line 1: the first line is"),
        ("ballot,choices\n1\n", "line 2: a paper has a number"),
        ("ballot,choices\n1,ana,ben\n", "line 2: a paper has a number"),
        ("ballot,choices\n1,ana\n1,ben\n", "line 3: paper '1' comes twice"),
        ("ballot,choices\n1,ana ana\n", "line 2: an option stands twice"),
        ('ballot,choices\n1,"ana\n', "line 2: not a row"),
    ],
)
def test_broken_marks(text: str, why: str, file) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BadFile) as refused:
        read_marks(file(text, ".csv"))
    assert why in str(refused.value)


# --- Projects --------------------------------------------------------------------------------------------------------


def pb(*votes: str, meta: str = "", columns: str = "voter_id;vote", cost: str = "50") -> str:
    head = f"META\nkey;value\ndescription;Spring\nbudget;100\n{meta}"
    projects = f"PROJECTS\nproject_id;cost;name\np;{cost};Roof\nq;60;\n"
    return f"{head}{projects}VOTES\n{columns}\n" + "".join(f"{vote}\n" for vote in votes)


def test_projects_by_approval(file) -> None:  # type: ignore[no-untyped-def]
    read = read_pb(file(pb("1;p,q", "2;q", "3;", '4;"q,p"', meta="num_votes;4\nnum_projects;2\n"), ".pb"))
    assert (read.title, read.envelope, read.costs) == ("Spring", 100, {"p": Decimal(50), "q": Decimal(60)})
    assert (read.names, read.scores, read.ballots) == ({"p": "Roof", "q": "q"}, {"p": 2, "q": 3}, 4)
    assert read.papers == {(("p", "q"),): 2, (("q",),): 1, (): 1}


def test_projects_by_points_and_by_rank(file) -> None:  # type: ignore[no-untyped-def]
    given = pb("1;p,q;3,1", "2;q;4", "3;;", meta="vote_type;cumulative\n", columns="voter_id;vote;points")
    assert read_pb(file(given, ".pb")).scores == {"p": 3, "q": 5}
    ranked = pb("1;p,q", "2;q", meta="vote_type;ordinal\nmax_length;3\n")
    assert read_pb(file(ranked, ".pb")).scores == {"p": 3, "q": 5}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "META says no budget"),
        ("voter_id;vote\n", "line 1: the file begins with META"),
        (pb().replace("budget;100\n", ""), "META says no budget"),
        (pb().replace("budget;100", "budget;much"), "'much' is no amount"),
        (pb().replace("budget;100", "budget;-5"), "'-5' is no amount"),
        (pb(cost="1e-999999999"), "line 7: '1e-999999999' is no amount"),
        (pb(cost="1e999999999"), "line 7: '1e999999999' is no amount"),
        (pb(cost="NaN"), "line 7: 'NaN' is no amount"),
        (pb(cost="0"), "line 7: project 'p' costs nothing"),
        (pb().replace("q;60", "p;60"), "line 8: project 'p' comes twice"),
        (pb("1;z"), "line 11: there is no project 'z'"),
        (pb("1;p,p"), "line 11: a project stands twice"),
        (pb("1;p", "1;q"), "line 12: voter '1' comes twice"),
        (pb("1"), "line 11: the cell 'vote' is missing"),
        (pb("1;p", meta="num_votes;2\n"), "promises 2 papers and has 1; is it whole?"),
        (pb("1;p", meta="vote_type;charm\n"), "the type 'charm'"),
        (pb("1;p", meta="vote_type;cumulative\n"), "the cell 'points' is missing"),
        (pb("1;p;1,2", meta="vote_type;cumulative\n", columns="voter_id;vote;points"), "not as many points"),
        (
            pb("1;p;-1", meta="vote_type;cumulative\n", columns="voter_id;vote;points"),
            "'-1' is not a whole number",
        ),
        (pb("1;p,q", meta="vote_type;ordinal\nmax_length;1\n"), "more than 1 projects"),
    ],
)
def test_broken_projects(text: str, why: str, file) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BadFile) as refused:
        read_pb(file(text, ".pb"))
    assert why in str(refused.value)
