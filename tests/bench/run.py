"""`make bench`: casting, the ballot page and home, as ratios to a floor measured in the same run.

The floor is a bare Django application that does nothing else; its folder (run.sh, recipe, driver) is given in
FLOOR, by default ../shared/bench beside the project. Bare numbers of one machine say little, so without the floor
there is nothing to print.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORK = ROOT / ".local" / "bench"
FLOOR = Path(os.environ.get("FLOOR", ROOT.parent / "shared" / "bench"))
SERVER = (
    "exec {bin}/granian --interface wsgi --host 127.0.0.1 --port $PORT --workers 2 --blocking-threads 1 "
    "--no-access-log --log-level warning coop.wsgi:application"
)


SHOWN = {
    "casting": "ballot / floor, ballot per_second",
    "the ballot page": "ballot / floor, page per_second",
    "home": "home / floor, page per_second",
}


def target(name: str, page: str) -> Path:
    """A target file of the floor's driver: how to fill, start and drive our site."""
    folder = WORK / name
    folder.mkdir(parents=True, exist_ok=True)
    python = Path(sys.executable)
    recipe = {
        "pages": {"": page},
        "ballot": [
            {
                "path": "/bench/ballots/{poll}/",
                "fields": {"csrfmiddlewaretoken": "{csrf}", "form": "{form}", "choice": "for"},
                "to": "/bench/ballots/",
            }
        ],
    }
    (folder / "recipe.json").write_text(json.dumps(recipe))
    there = f"cd {ROOT} && COOP_DEMO=0"
    (folder / "target.json").write_text(
        json.dumps(
            {
                "name": name,
                "setup": f"{there} {python} -m tests.bench.fill {folder / 'users.jsonl'}",
                "start": f"{there.replace('&& ', '&& export ')} && {SERVER.format(bin=python.parent)}",
                "recipe": "recipe.json",
                "users": "users.jsonl",
            }
        )
    )
    return folder / "target.json"


def main() -> int:
    if not (FLOOR / "run.sh").exists():
        print(f"The floor is not at {FLOOR}; say where it is with FLOOR=. Nothing was measured.")
        return 0
    targets = [target("ballot", "/bench/ballots/{poll}/"), target("home", "/bench/")]
    options = os.environ.get("BENCH", "--reps 3 --assembly 0/0").split()
    environment = {**os.environ, "FLOOR_WORK": str(WORK / "floor")}
    done = subprocess.run(
        ["sh", str(FLOOR / "run.sh"), *map(str, targets), *options],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        return done.returncode
    (WORK / "result.json").write_text(done.stdout)
    ratios = json.loads(done.stdout)["ratios"]
    for words, key in SHOWN.items():
        figures = ratios[key]
        print(
            f"{words:24} {figures['median']:.2f} of the floor  ({figures['min']:.2f} to {figures['max']:.2f})"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
