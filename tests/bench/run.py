"""`make bench`: casting in the open and in secret, the ballot page and home, as ratios to a floor of the same run.

    python -m tests.bench.run            the ratios
    python -m tests.bench.run assembly   3,000 members who all open the page and vote within one minute

The floor is a bare Django application that does nothing else; its folder (run.sh, recipe, driver) is given in
FLOOR, by default ../shared/bench beside the project. Bare numbers of one machine say little, so without the floor
there is nothing to print. "Work" is the processor time of the server for one request, which a busy machine disturbs
least. BENCH replaces the options of the driver.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
WORK = ROOT / ".local" / "bench"
FLOOR = Path(os.environ.get("FLOOR", ROOT.parent / "shared" / "bench"))
SERVER = (
    "exec {bin}/granian --interface wsgi --host 127.0.0.1 --port $PORT --workers 2 --blocking-threads 1 "
    "--backlog 4096 --backpressure 8192 --no-access-log --log-level warning coop.wsgi:application"
)
BALLOT = "/bench/ballots/{poll}/"
OPEN = {"fields": {"choice": "for"}, "to": "/bench/ballots/"}  # answered by a redirect to the paper
SECRET = {"fields": {"choice": "for...."}, "expect": 200}  # answered at once, with the receipt

SHOWN = {
    "casting, in the open": "open / floor, ballot",
    "casting, in secret": "secret / floor, ballot",
    "the ballot page": "open / floor, page",
    "the ballot page, secret": "secret / floor, page",
    "home": "home / floor, page",
}
STEPS = ("page", "ballot")


def target(name: str, page: str, casting: dict[str, Any], *, filling: str = "") -> Path:
    """A target file of the floor's driver: how to fill, start and drive our site."""
    folder = WORK / name
    folder.mkdir(parents=True, exist_ok=True)
    python = Path(sys.executable)
    fields = {"csrfmiddlewaretoken": "{csrf}", "form": "{form}", **casting["fields"]}
    recipe = {"pages": {"": page}, "ballot": [{"path": BALLOT, **casting, "fields": fields}]}
    (folder / "recipe.json").write_text(json.dumps(recipe))
    there = f"cd {ROOT} && COOP_DEMO=0 COOP_UNGUARDED=bench COOP_URN_SECRETS={folder / 'urns'}"
    (folder / "target.json").write_text(
        json.dumps(
            {
                "name": name,
                "setup": f"{there} {python} -m tests.bench.fill {folder / 'users.jsonl'} {filling}",
                "start": f"{there.replace('&& ', '&& export ')} && {SERVER.format(bin=python.parent)}",
                "recipe": "recipe.json",
                "users": "users.jsonl",
            }
        )
    )
    return folder / "target.json"


def measure(targets: list[Path], options: str) -> dict[str, Any]:
    """What the driver found. Raises CalledProcessError."""
    done = subprocess.run(
        ["sh", str(FLOOR / "run.sh"), *map(str, targets), *os.environ.get("BENCH", options).split()],
        env={**os.environ, "FLOOR_WORK": str(WORK / "floor")},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    (WORK / "result.json").write_text(done.stdout)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def ratios() -> None:
    targets = [
        target("open", BALLOT, OPEN),
        target("secret", BALLOT, SECRET, filling="--secret"),
        target("home", "/bench/", OPEN),
    ]
    measured = measure(targets, "--reps 3 --assembly 0/0")
    found = measured["ratios"]
    for words, key in SHOWN.items():
        figures, work = found[f"{key} per_second"], found[f"{key} server cpu_ms"]
        spread = f"({figures['min']:.2f} to {figures['max']:.2f})"
        print(f"{words:24} {figures['median']:.2f} of the floor  {spread}  work {work['median']:.1f} times")
    print(f"{'in secret, with receipt':24} {with_the_page_after_it(measured['targets']):.2f} of the floor")


def with_the_page_after_it(targets: Mapping[str, Any]) -> float:
    """Casting in secret answers with the receipt itself, for no address may lead to it; in the open, and at the floor,
    casting is answered by the way to a page, which is another request. So it stands beside both, by their middles."""

    def seconds(name: str, step: str) -> float:
        return 1 / float(targets[name][step]["per_second"]["median"])

    return (seconds("floor", "ballot") + seconds("floor", "page")) / seconds("secret", "ballot")


def assembly() -> None:
    """Everybody within a minute: latencies from the moment the member meant to ask, so a queue shows."""
    targets = [target("open", BALLOT, OPEN), target("secret", BALLOT, SECRET, filling="--secret")]
    found = measure(targets, "--reps 1 --assembly 3000/60")["targets"]
    print(f"{'':10}{'':8}{'half within':>14}{'99 of 100':>14}{'all within':>14}{'errors':>9}")
    for name, slices in found.items():
        figures = slices["assembly"]
        for step in STEPS:
            times = [figures[f"{step} {part}_ms"]["median"] / 1000 for part in ("p50", "p99", "max")]
            seconds = "".join(f"{time:12.2f} s" for time in times)
            print(f"{name:10}{step:8}{seconds}{figures['errors']['median']:9.0f}")


def main(arguments: list[str]) -> int:
    if not (FLOOR / "run.sh").exists():
        print(f"The floor is not at {FLOOR}; say where it is with FLOOR=. Nothing was measured.")
        return 0
    try:
        (assembly if arguments == ["assembly"] else ratios)()
    except subprocess.CalledProcessError as problem:
        return problem.returncode
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
