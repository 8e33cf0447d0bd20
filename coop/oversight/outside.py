"""Checks a folder that was unpacked from the export. It needs nothing but Python: run `python verify.py` in the folder.

It recomputes the journal entry by entry, compares every minutes file with its fingerprint, and every file with
SHA256SUMS. It ends with 0 where everything holds, with 1 and one line for each fault where something does not.
"""

import hashlib
import json
import sys
from pathlib import Path


def canonical(fields: dict[str, object]) -> bytes:
    """The spelling that is hashed: JSON with sorted keys and no spaces, in UTF-8."""
    spelled = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return spelled.encode("utf-8")


def faults_of_journal(folder: Path) -> list[str]:
    found, previous, number = [], "0" * 64, 0
    with (folder / "journal.jsonl").open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            entry = json.loads(line)
            told = entry.pop("hash")
            if entry["sequence"] != number or entry["previous_hash"] != previous:
                found.append(f"journal: entry {number} does not follow the one before it")
            if hashlib.sha256(canonical(entry)).hexdigest() != told:
                found.append(f"journal: entry {number} is not what its hash was made of")
            previous = told
    head = json.loads((folder / "head.json").read_text(encoding="utf-8"))
    if (head["sequence"], head["hash"]) != (number, previous):
        found.append("journal: it does not end where head.json says")
    return found


def faults_of_minutes(folder: Path) -> list[str]:
    found = []
    for line in (folder / "minutes.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        if hashlib.sha256((folder / one["file"]).read_bytes()).hexdigest() != one["hash"]:
            found.append(f"minutes {one['meeting']}: the text is not the one that was circulated")
    return found


def faults_of_files(folder: Path) -> list[str]:
    found = []
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        told, _blank, name = line.partition("  ")
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != told:
            found.append(f"{name}: it was changed after it was packed")
    return found


def main(folder: Path) -> int:
    found = faults_of_files(folder) + faults_of_journal(folder) + faults_of_minutes(folder)
    for fault in found:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"{len(found)} faults.\n" if found else "Everything holds.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent))
