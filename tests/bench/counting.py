"""How fast ballots are read and counted, and in how much memory, beside a loop that only adds; and beside
VoteKit.

    python -m tests.bench.counting [--small]

Every count runs in a process of its own, so its memory is its own. The ratio is the seconds of counting over
those of a plain loop in that process, just before. VoteKit is no part of the house; where it is to be
compared, put it somewhere to throw away

    python3 -m venv /tmp/votekit && /tmp/votekit/bin/pip install votekit

and say so: VOTEKIT=/tmp/votekit/bin/python python -m tests.bench.counting
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
WORK = ROOT / ".local" / "bench" / "counting"
SIZES = (  # candidates, seats, papers, one line a paper
    (12, 5, 10_000, False),
    (12, 5, 100_000, False),
    (12, 5, 1_000_000, False),
    (30, 9, 1_000_000, True),
)
BUDGETS = ((30, 3_000), (64, 20_000))  # projects, papers
KINDS = 400  # orders that people start from; each paper swaps two neighbours and is cut somewhere


def made(candidates: int, seats: int, papers: int, one_by_one: bool) -> Path:
    """A file of invented papers, always the same ones."""
    path = WORK / f"{candidates}-{seats}-{papers}{'-lines' if one_by_one else ''}.blt"
    if path.exists():
        return path
    chance = random.Random(f"{candidates} {seats} {papers}")
    kinds = [chance.sample(range(1, candidates + 1), candidates) for _kind in range(KINDS)]
    lean = [1 / (1 + place) for place in range(KINDS)]
    counts: dict[str, int] = {}
    WORK.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        file.write(f"{candidates} {seats}\n")
        for kind in chance.choices(kinds, lean, k=papers):
            order = kind.copy()
            place = chance.randrange(candidates - 1)
            order[place], order[place + 1] = order[place + 1], order[place]
            line = " ".join(map(str, order[: 1 + min(int(chance.expovariate(0.2)), candidates - 1)]))
            if one_by_one:
                file.write(f"1 {line} 0\n")
            else:
                counts[line] = counts.get(line, 0) + 1
        file.writelines(f"{number} {line} 0\n" for line, number in counts.items())
        file.write("0\n" + "".join(f'"C{code}"\n' for code in range(1, candidates + 1)) + '"Invented"\n')
    return path


def loop() -> float:
    """Seconds of a loop that only adds, the shortest of three."""
    return min(_timed(lambda: sum(number & 7 for number in range(6_000_000)))[0] for _try in range(3))


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    done = act()
    return time.perf_counter() - start, done


def budget(projects: int, papers: int) -> Path:
    """Invented papers that mark a few projects each, the first ones more often."""
    path = WORK / f"{projects}-{papers}.pb"
    chance = random.Random(f"{projects} {papers}")
    codes = [f"p{number}" for number in range(projects)]
    lean = [1 / (1 + number) ** 0.7 for number in range(projects)]
    WORK.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        file.write(f"META\nkey;value\nbudget;{papers * 250}\nPROJECTS\nproject_id;cost\n")
        file.writelines(f"{code};{chance.randrange(papers, 20 * papers)}\n" for code in codes)
        file.write("VOTES\nvoter_id;vote\n")
        for voter in range(papers):
            marks = set(chance.choices(codes, lean, k=1 + int(chance.expovariate(0.5))))
            file.write(f"{voter};{','.join(sorted(marks))}\n")
    return path


def ours(path: Path, method: str) -> dict[str, Any]:
    if path.suffix == ".pb":
        return projects(path, method)
    from coop.ballots.ballot_files import read_blt
    from coop.ballots.counting import count_runoff, count_schulze, count_stv, drawn_lot

    reading, file = _timed(lambda: read_blt(path))
    rule: dict[str, Any] = {"candidates": file.candidates, "lot": drawn_lot("bench")}
    ways: dict[str, Callable[[], Any]] = {
        "stv": lambda: count_stv(file.papers, seats=file.seats, **rule),
        "run-off": lambda: count_runoff(file.papers, **rule),
        "schulze": lambda: count_schulze(file.papers, **rule),
    }
    counting, result = min((_timed(ways[method]) for _try in range(3)), key=lambda timed: timed[0])
    elected = list(result.elected) if method == "stv" else [result.winner]
    return {"reading": reading, "counting": counting, "elected": elected, "different": len(file.papers)}


def projects(path: Path, method: str) -> dict[str, Any]:
    from coop.ballots.ballot_files import read_pb
    from coop.ballots.counting import count_greedy, count_shares, drawn_lot

    reading, file = _timed(lambda: read_pb(path))
    rule: dict[str, Any] = {"costs": file.costs, "envelope": file.envelope, "lot": drawn_lot("bench")}
    if method == "greedy":
        counting, result = _timed(lambda: count_greedy(file.scores, **rule))
    else:
        counting, result = _timed(lambda: count_shares(file.papers, step=2, **rule))
    return {
        "reading": reading,
        "counting": counting,
        "elected": result.selected,
        "different": len(file.papers),
    }


def votekits(path: Path, method: str) -> dict[str, Any]:
    """The same papers by VoteKit: `reading` is what it needs to load itself and to prepare its objects."""
    from coop.ballots.ballot_files import read_blt

    file = read_blt(path)

    def prepared() -> tuple[Any, Any]:
        from votekit.ballot import RankBallot  # type: ignore[import-not-found]
        from votekit.elections import FastSTV, Schulze  # type: ignore[import-not-found]
        from votekit.pref_profile import RankProfile  # type: ignore[import-not-found]

        ballots = [
            RankBallot(ranking=tuple(frozenset(rank) for rank in paper), weight=number)
            for paper, number in file.papers.items()
        ]
        way = FastSTV if method == "stv" else Schulze
        return way, RankProfile(ballots=tuple(ballots), candidates=file.candidates)

    reading, (way, profile) = _timed(prepared)
    rule = {"m": file.seats, "simultaneous": True} if method == "stv" else {}
    counting, result = _timed(lambda: way(profile, **rule))
    return {
        "reading": reading,
        "counting": counting,
        "elected": [code for tied in result.get_elected() for code in tied],
    }


def child(python: str, *given: str) -> dict[str, Any] | None:
    """What a process of its own found, and the most memory it held."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [python, "-m", "tests.bench.counting", *given]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"  {given[0][2:]}: {(done.stderr.strip().splitlines() or ['nothing said'])[-1]}")
        return None
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", action="store_true", help="only the first two files")
    parser.add_argument("--ours", nargs=2, metavar=("FILE", "METHOD"))
    parser.add_argument("--votekits", nargs=2, metavar=("FILE", "METHOD"))
    given = parser.parse_args()
    if given.ours or given.votekits:
        file, method = given.ours or given.votekits
        plain = loop()
        found = (ours if given.ours else votekits)(Path(file), method)
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps({**found, "ratio": found["counting"] / plain, "held": held}))
        return 0
    print(f"{'':28}{'':10}{'different':>10}{'read':>9}{'count':>10}{'ratio':>8}{'memory':>9}")
    for candidates, seats, papers, one_by_one in SIZES[: 2 if given.small else None]:
        path = made(candidates, seats, papers, one_by_one)
        name = f"{candidates} for {seats}, {papers:,}{' lines' if one_by_one else ''}"
        for method in ("stv", "run-off", "schulze"):
            row(name, method, child(sys.executable, "--ours", str(path), method))
            if method != "run-off" and not one_by_one and os.environ.get("VOTEKIT"):
                row("", "VoteKit", child(os.environ["VOTEKIT"], "--votekits", str(path), method))
            name = ""
    for number, papers in BUDGETS[: 1 if given.small else None]:
        path = budget(number, papers)
        for method in ("greedy", "shares"):
            row(f"{number} projects, {papers:,}", method, child(sys.executable, "--ours", str(path), method))
    return 0


def row(name: str, method: str, found: dict[str, Any] | None) -> None:
    if found is None:
        return
    different = f"{found['different']:,}" if "different" in found else ""
    times = f"{found['reading']:7.2f} s{found['counting']:8.3f} s{found['ratio']:8.2f}"
    elected = " ".join(sorted(found["elected"])[:12])
    print(f"{name:28}{method:10}{different:>10}{times}{found['held']:6d} MB   {elected}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
