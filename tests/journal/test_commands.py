import json
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command

from coop.journal.actions import start_chain
from coop.journal.models import Chain

from .conftest import append
from .test_verify import without_triggers


def run(*arguments: Any) -> tuple[int, list[str]]:
    out = StringIO()
    try:
        call_command(*map(str, arguments), stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


def test_checkpoint_prints_a_line_of_json_per_chain(chain: Chain) -> None:
    start_chain(label="norte")
    append(chain, "raised")
    code, lines = run("journal_checkpoint")
    chain.refresh_from_db()
    assert code == 0
    assert [(line["chain"], line["sequence"], line["hash"]) for line in map(json.loads, lines)] == [
        ("lucerna", 1, chain.head_hash),
        ("norte", 0, "0" * 64),
    ]
    assert json.loads(lines[0])["at"].endswith("+00:00")


def test_checkpoints_gather_in_a_file_and_verify_holds_against_it(chain: Chain, tmp_path: Path) -> None:
    start_chain(label="norte")
    kept = tmp_path / "kept.jsonl"
    for verb in ("raised", "solved"):
        append(chain, verb)
        assert run("journal_checkpoint", "--coop", "lucerna", "--out", kept) == (0, [])
    assert [json.loads(line)["sequence"] for line in kept.read_text().splitlines()] == [1, 2]
    assert run("journal_verify", "--against", kept, "--coop", "lucerna") == (
        0,
        ["lucerna: 2 entries, nothing found"],
    )


def test_verify_without_a_checkpoint_says_what_it_cannot_see(chain: Chain) -> None:
    append(chain, "raised")
    code, lines = run("journal_verify")
    assert code == 0
    assert lines == [
        "lucerna: 1 entries, nothing found",
        "Without --against FILE a cut tail or a rewritten chain can stay hidden.",
    ]


def test_verify_names_what_was_done_and_ends_with_one(
    committed_chain: Chain, administrator: "psycopg.Connection[Any]", tmp_path: Path
) -> None:
    kept = tmp_path / "kept.jsonl"
    run("journal_checkpoint", "--out", kept)
    at = json.loads(kept.read_text())["at"]
    with without_triggers(administrator):
        administrator.execute("UPDATE journal_entry SET verb = 'x' WHERE sequence = 2")
        administrator.execute("DELETE FROM journal_entry WHERE sequence = 5")
    assert run("journal_verify", "--against", kept) == (
        1,
        [
            "lucerna: entry 2 was edited: it does not say what its hash was made of",
            "lucerna: the tail was cut: entries 5 to 5 are gone",
            f"lucerna: the tail was cut: entries 5 to 5 are gone (checkpoint of {at})",
        ],
    )


def test_a_chain_that_is_gone_is_told_also_when_asked_for_by_name(chain: Chain, tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl"
    kept.write_text(json.dumps({"chain": "sur", "sequence": 3, "hash": "a" * 64, "at": "then"}))
    assert run("journal_verify", "--against", kept, "--coop", "sur") == (
        1,
        ["sur: the whole chain is gone (checkpoint of then)"],
    )


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n\n",
        "not json",
        "[]",
        "[" * 100_000,
        '{"chain": "lucerna"}',
        '{"chain": "lucerna", "sequence": "1", "hash": "' + "a" * 64 + '", "at": ""}',
        '{"chain": "lucerna", "sequence": true, "hash": "' + "a" * 64 + '", "at": ""}',
        '{"chain": "lucerna", "sequence": -1, "hash": "' + "a" * 64 + '", "at": ""}',
        '{"chain": "lucerna", "sequence": ' + "9" * 5000 + ', "hash": "' + "a" * 64 + '", "at": ""}',
        '{"chain": "lucerna", "sequence": 1, "hash": "short", "at": ""}',
        "\udcff",
    ],
)
def test_a_file_that_holds_no_checkpoints_is_refused_not_skipped(
    chain: Chain, tmp_path: Path, content: str
) -> None:
    kept = tmp_path / "kept.jsonl"
    kept.write_text(content, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(CommandError):
        run("journal_verify", "--against", kept)


def test_a_file_or_co_operative_that_is_not_there_gets_one_clear_line(chain: Chain, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Cannot read"):
        run("journal_verify", "--against", tmp_path / "none")
    with pytest.raises(CommandError, match="Cannot write"):
        run("journal_checkpoint", "--out", tmp_path / "none" / "kept")
    for command in ("journal_verify", "journal_checkpoint"):
        with pytest.raises(CommandError, match="There is no co-operative “sur”"):
            run(command, "--coop", "sur")
