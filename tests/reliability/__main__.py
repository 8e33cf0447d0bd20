"""`make reliability`: storms over the running house, and each of them once more over a house with a protection missing.

python -m tests.reliability [WORD] [--members 3000] [--seed N]      WORD: only proofs that it matches, a|b
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import traceback

from . import house

HOLDS, FAILED = "holds", "FAILED"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("only", nargs="?", default="", metavar="WORD")
    parser.add_argument("--members", type=int, default=3000)
    parser.add_argument("--broken", type=int, default=600, help="members of a storm over something broken")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = parser.parse_args()
    house.tell(f"seed {options.seed}; one house for all, made anew")
    house.prepare()
    table: list[tuple[str, str, float, str]] = []
    try:
        plant, voters = house.settle(options.members)
        house.tell(f"{len(voters):,} members, each signed in")
        from .more_proofs import MoreProofs
        from .proofs import Proofs  # only now are there settings

        storms = Proofs(plant, voters, options.broken, options.seed)
        others = MoreProofs(plant, voters, options.seed)
        for name, proof in [*storms.all(), *others.all()]:
            if not re.search(options.only, name):
                continue
            began = time.monotonic()
            house.tell(f"\n{name}")
            try:
                figures = proof() or ""
                table.append((name, HOLDS, time.monotonic() - began, figures))
            except Exception as problem:  # noqa: BLE001 - the others shall run as well
                table.append((name, FAILED, time.monotonic() - began, repr(problem)))
                if not isinstance(problem, AssertionError):
                    traceback.print_exc()
            house.tell(f"    {table[-1][3]}\n    {table[-1][1]} ({table[-1][2]:.0f} s)")
    finally:
        house.forget()
    return told(table)


def told(table: list[tuple[str, str, float, str]]) -> int:
    """All of it once more, as a table of figures; how many failed decides what the program returns."""
    rows = "\n".join(map(line, table))
    house.tell(f"\n| proof | | seconds | figures |\n|---|---|---|---|\n{rows}")
    failed = sum(outcome == FAILED for _name, outcome, _seconds, _figures in table)
    house.tell("\nall hold" if not failed else f"\n{failed} FAILED")
    return 1 if failed else 0


def line(row: tuple[str, str, float, str]) -> str:
    name, outcome, seconds, figures = row
    return f"| {name} | {outcome} | {seconds:.0f} | {' '.join(figures.split())} |"


if __name__ == "__main__":
    sys.exit(main())
