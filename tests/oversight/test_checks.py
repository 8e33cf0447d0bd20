"""The journal verified and written down; the books carried out, and verified by a program that knows nothing of us."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from coop.journal import verify
from coop.journal.checkpoints import Checkpoint
from coop.journal.models import Chain, Entry
from coop.meetings import actions as meetings
from coop.members.models import Member
from coop.oversight import actions as oversight
from coop.oversight.export import pieces
from coop.oversight.models import Export, JournalCheck
from coop.refusals import Refused
from tests import make, make_oversight
from tests.oversight.test_trail import decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def codes(act: Any, **more: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(**more)
    return [reason.code for reason in refused.value.reasons]


def head(plant: make.Plant) -> Chain:
    return Chain.objects.get(pk=plant.cooperative.chain_id)


def test_it_is_verified_and_written_down(plant: make.Plant) -> None:
    before = head(plant)
    kept = Checkpoint(before.label, before.head_sequence, before.head_hash, "2026-01-01")
    make_oversight.finding(plant)
    assert codes(oversight.verify_journal, checkpoint=None, by=plant.ana, at=make.now()) == ["no-mandate"]
    check = oversight.verify_journal(checkpoint=kept, by=plant.dee, at=make.now())
    assert (check.faults, check.sequence, check.checkpoint_sequence) == (
        0,
        before.head_sequence + 1,
        before.head_sequence,
    )
    line = Entry.objects.order_by("-sequence")[0]
    assert (line.verb, line.facts) == ("journal-verified", {"sequence": check.sequence, "faults": 0})


def test_a_checkpoint_that_tells_otherwise_is_a_fault(plant: make.Plant) -> None:
    now = head(plant)
    wrong = Checkpoint(now.label, 3, "0" * 63 + "1", "2026-01-01")
    check = oversight.verify_journal(checkpoint=wrong, by=plant.dee, at=make.now())
    assert (check.faults, check.told) == (1, [{"kind": "rewritten", "sequence": 3, "last": None}])
    beyond = Checkpoint(now.label, 10_000, "0" * 64, "2026-01-01")
    check = oversight.verify_journal(checkpoint=beyond, by=plant.dee, at=make.now())
    assert check.told[0]["kind"] == "cut"
    assert Entry.objects.order_by("-sequence")[0].verb == "journal-faulty"
    other = Checkpoint("quarry", 3, "0" * 64, "2026-01-01")
    assert codes(oversight.verify_journal, checkpoint=other, by=plant.dee, at=make.now()) == [
        "checkpoint-of-another-chain"
    ]
    assert JournalCheck.objects.count() == 2


def test_a_long_journal_is_verified_in_pieces_that_go_on_from_each_other(
    plant: make.Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is a row with how far it came; what was given to compare with is compared by the piece that gets there."""
    monkeypatch.setattr("coop.oversight.actions.checks.PIECE", 10)
    monkeypatch.setattr("coop.oversight.export.AT_ONCE", 7)
    now = head(plant)
    assert now.head_sequence > 25
    kept = Checkpoint(now.label, now.head_sequence, now.head_hash, "2026-01-01")
    oversight.verify_journal(checkpoint=kept, by=plant.dee, at=make.now())
    while not (last := JournalCheck.objects.first()).whole:  # type: ignore[union-attr]
        assert last is not None
        oversight.verify_journal(checkpoint=None, by=plant.dee, at=make.now())
    rows = list(JournalCheck.objects.order_by("pk"))
    assert [row.faults for row in rows] == [0] * len(rows)
    assert [row.piece["piece"] for row in rows] == [1 + 10 * place for place in range(len(rows))]
    assert [row.sequence for row in rows[:-1]] == [10 * place for place in range(1, len(rows))]
    assert rows[-1].sequence == head(plant).head_sequence - 1  # the line of the last check came after it
    assert [row.checkpoint_sequence for row in rows[:2]] == [kept.sequence] * 2
    again = oversight.verify_journal(checkpoint=None, by=plant.dee, at=make.now())
    assert again.piece == {"piece": 1, "goes_on": True}
    books = oversight.carry_books_out(for_whom="Perez", by=plant.dee, at=make.now())
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces(books)))) as packed:
        assert len(packed.read("journal.jsonl").splitlines()) == books.sequence


@pytest.mark.parametrize("place", [3, 10, 12])
def test_what_is_changed_between_two_pieces_is_found(
    plant: make.Plant, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    """Before the place where it goes on, in it, or after it; the first by whoever verifies from the beginning."""
    monkeypatch.setattr("coop.oversight.actions.checks.PIECE", 10)
    oversight.verify_journal(checkpoint=None, by=plant.dee, at=make.now())
    entries = verify._entries

    def changed(head: Chain, **more: Any) -> Iterator[Entry]:
        for entry in entries(head, **more):
            entry.hash = "0" * 64 if entry.sequence == place else entry.hash
            yield entry

    monkeypatch.setattr(verify, "_entries", changed)
    second = oversight.verify_journal(checkpoint=None, by=plant.dee, at=make.now())
    kinds = {one.get("kind") for one in second.told if "kind" in one}
    assert kinds == {3: set(), 10: {"rewritten", "unlinked"}, 12: {"edited", "unlinked"}}[place]
    if place == 3:
        fault = Checkpoint(head(plant).label, 10_000, "0" * 64, "")
        anew = oversight.verify_journal(checkpoint=fault, by=plant.dee, at=make.now())
        assert {one.get("sequence") for one in anew.told if one.get("kind") == "edited"} == {3}


def carried_out(plant: make.Plant) -> zipfile.ZipFile:
    """A decided motion with its minutes, a finding with an answer; Eve has a telephone that is nobody's business."""
    Member.objects.filter(pk=plant.eve.pk).update(phone="341 555 777")
    _decision, meeting = decided(plant)
    meetings.name_signers(meeting=meeting, members=[plant.eve, plant.fay], by=plant.ana, at=make.now())
    meetings.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    meetings.close_minutes(meeting=meeting, by=plant.ana, at=make.now())
    found = make_oversight.finding(plant)
    oversight.answer_finding(finding=found, text="It is kept.", by=plant.ana, at=make.now())
    make_oversight.count(plant, plant.eve)
    make_oversight.report(plant)
    made = oversight.carry_books_out(for_whom="Perez, outside auditor", by=plant.dee, at=make.now())
    return zipfile.ZipFile(io.BytesIO(b"".join(pieces(made))))


def verified(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", "verify.py"], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


def test_the_books_verify_themselves_outside_and_tell_what_was_changed(
    plant: make.Plant, tmp_path: Path
) -> None:
    carried_out(plant).extractall(tmp_path)
    assert verified(tmp_path) == (0, "Everything holds.\n")
    journal = tmp_path / "journal.jsonl"
    lines = journal.read_text().splitlines()
    entry = json.loads(lines[4]) | {"verb": "nothing-happened"}
    journal.write_text("\n".join([*lines[:4], json.dumps(entry), *lines[5:]]) + "\n")
    code, told = verified(tmp_path)
    assert code == 1
    assert "journal: entry 5 is not what its hash was made of" in told
    assert "journal.jsonl: it was changed after it was packed" in told
    (text,) = (tmp_path / "minutes").iterdir()
    text.write_text("Nothing was decided.")
    assert "the text is not the one that was circulated" in verified(tmp_path)[1]


def test_what_is_in_it_and_what_is_not(plant: make.Plant) -> None:
    archive = carried_out(plant)
    assert archive.testzip() is None
    names = [name for name in archive.namelist() if not name.startswith("minutes/")]
    assert names == [
        "README.txt",
        "verify.py",
        "head.json",
        "journal.jsonl",
        "decisions.jsonl",
        "minutes.jsonl",
        "offices.jsonl",
        "findings.jsonl",
        "counts.jsonl",
        "reports.jsonl",
        "SHA256SUMS",
    ]
    whole = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "341 555 777" not in whole
    assert "argon2" not in whole
    assert "It is kept." in whole
    offices = [json.loads(line) for line in archive.read("offices.jsonl").splitlines()]
    assert [one["name"] for one in offices] == ["Ana", "Bo", "Cy", "Dee"]
    (count,) = [json.loads(line) for line in archive.read("counts.jsonl").splitlines()]
    assert (count["title"], count["witness"], count["signed_at"]) == ("Cash box", "Eve", None)
    assert sum(Decimal(line["worth"]) * line["pieces"] for line in count["lines"]) == Decimal(
        count["counted"]
    )
    (report,) = [json.loads(line) for line in archive.read("reports.jsonl").splitlines()]
    assert report["title"] == "Accounts"
    made = Export.objects.get()
    last = json.loads(archive.read("journal.jsonl").splitlines()[-1])
    assert (last["sequence"], last["hash"]) == (made.sequence, made.hash)
    assert Entry.objects.order_by("-sequence")[0].verb == "books-carried-out"


def test_nobody_else_carries_it_out(plant: make.Plant) -> None:
    assert codes(oversight.carry_books_out, for_whom="Me", by=plant.cy, at=make.now()) == ["no-mandate"]
    assert codes(oversight.carry_books_out, for_whom=" ", by=plant.dee, at=make.now()) == [
        "export-for-nobody"
    ]
    assert Export.objects.count() == 0


def test_it_is_made_while_it_is_sent(plant: make.Plant) -> None:
    decided(plant)
    made = oversight.carry_books_out(for_whom="Perez", by=plant.dee, at=make.now())
    parts = pieces(made)
    assert next(parts).startswith(b"PK")
    assert sum(len(one) for one in parts) > 1000
