"""`make reliability`: storms over the running house, and each of them once more over a house with a protection missing.

python -m tests.reliability [--members 3000] [--seed N] [--only WORD]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback

from . import house


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--members", type=int, default=3000)
    parser.add_argument("--broken", type=int, default=600, help="members of a storm over something broken")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--only", default="", help="only the proofs whose name holds this word")
    options = parser.parse_args()
    house.tell(f"seed {options.seed}; one house for all, made anew")
    house.prepare()
    try:
        plant, voters = house.settle(options.members)
        house.tell(f"{len(voters):,} members, each signed in")
        from .proofs import Proofs  # only now are there settings

        proofs = Proofs(plant, voters, options.broken, options.seed)
        failed = 0
        for name, proof in proofs.all():
            if options.only not in name:
                continue
            began = time.monotonic()
            house.tell(f"\n{name}")
            try:
                proof()
                house.tell(f"    holds ({time.monotonic() - began:.0f} s)")
            except Exception as problem:  # noqa: BLE001 - the others shall run as well
                failed += 1
                house.tell(f"    FAILED: {problem!r}")
                if not isinstance(problem, AssertionError):
                    traceback.print_exc()
    finally:
        house.forget()
    house.tell("\nall hold" if not failed else f"\n{failed} FAILED")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
