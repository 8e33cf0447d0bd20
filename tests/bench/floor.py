"""The pages of the shop floor with 20,000 problems of ten years, beside the same pages with two hundred.

    python -m tests.bench.floor [--problems 20000] [--times 15]

Most of them are solved and confirmed, those of the last weeks still wait. Each figure is the shortest, and the middle,
of all times of one request through everything but the socket; and, for machines with other work, what processors did
for it, in the mean: the application's, and that of the process of PostgreSQL which serves it.
"""

from __future__ import annotations

import argparse
import datetime
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.cache import cache
from django.db import connection
from django.test import Client

from coop.database_roles.acting import acting_as_administrator
from coop.members.models import Department
from coop.production.clocks import answer_due
from coop.production.models import Area, MeToo, Problem, ProblemEvent
from tests import make
from tests.bench.register import once
from tests.bench.scratch import scratch_database

FEW = 200
TOLD = ("production_problem", "production_problemevent", "production_metoo")
SEARCHED = ("production_problem", "production_problemevent")
BATCH = 2000  # rows of one statement
YEARS = 10
DAYS = {"safety": 1, "high": 3, "normal": 14, "low": 30}
WORDS = [
    "door", "brake", "crane", "burner", "leak", "pump", "valve", "belt", "noise", "dust", "late", "cold", "hot",
    "broken", "slips", "sticks", "bearing", "cable",
]  # fmt: skip
PAGES = {
    "the list, first page": "problems/",
    "the list, everything": "problems/?state=all",
    "everything, its last page": "problems/?state=all&page={last}",
    "mine": "problems/?whose=mine&state=all",
    "late ones": "problems/?state=late",
    "by one word": "problems/?state=all&words=bearing",
    "by three words": "problems/?state=all&words=crane+brake+slips",
    "of one place": "problems/?state=all&area={area}",
    "one problem": "problems/{key}/",
    "what is like it": "problems/alike/?title=brake+of+crane+slips&area={area}",
    "the sheet to raise one": "problems/raise/",
    "the screen on the wall": "problems/board/",
    "pictures of this year": "problems/pictures/",
    "pictures of five years ago": "problems/pictures/?year={year}",
    "pictures of one department": "problems/pictures/?department=PAC",
    "the front page of a member": "",
}


def places(plant: make.Plant) -> list[Area]:
    departments = list(Department.objects.filter(cooperative=plant.cooperative))
    began = make.now() - make.days(366 * YEARS)
    return Area.objects.bulk_create(
        Area(department=departments[number % 2], name=f"Place {number:02}", made_at=began)
        for number in range(40)
    )


def fill(slug: str, count: int) -> make.Plant:
    """Problems in all states, told by their events. Triggers rest while the past is written."""
    plant = make.plant(slug)
    chance = random.Random(count)
    people = [plant.people[name] for name in ("eve", "fay", "gus", "hal", "ida", "jo", "kim", "lou")]
    where = places(plant)
    now = make.now()
    numbers: dict[int, int] = {}
    rows = []
    for place in range(count):
        raised_at = now - make.days(365 * YEARS * (count - place) / count)
        year = plant.cooperative.day_of(raised_at).year
        numbers[year] = numbers.get(year, 0) + 1
        rows.append(_problem(plant, chance, where, people, raised_at, (year, numbers[year]), now))
    with acting_as_administrator(connection), connection.cursor() as cursor:
        for table in TOLD:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for table in SEARCHED:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER search_problem_words")
        made = Problem.objects.bulk_create(rows, BATCH)
        ProblemEvent.objects.bulk_create((event for one in made for event in _events(one, chance)), BATCH)
        MeToo.objects.bulk_create(
            (MeToo(problem=one, member=chance.choice(people), at=one.raised_at) for one in made[::3]), BATCH
        )
        for table in TOLD:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return plant


def _problem(
    plant: make.Plant, chance: random.Random, where: list[Area], people: list, raised_at: datetime.datetime,
    label: tuple[int, int], now: datetime.datetime,
) -> Problem:  # fmt: skip
    priority = chance.choices(list(DAYS), [1, 3, 6, 3])[0]
    day = plant.cooperative.day_of(raised_at)
    one = Problem(
        cooperative=plant.cooperative,
        year=label[0],
        number=label[1],
        area=chance.choice(where),
        category=chance.choice(Problem.Category.values),
        title=" ".join(chance.choices(WORDS, k=5)).capitalize(),
        details=" ".join(chance.choices(WORDS, k=40)),
        priority=priority,
        raised_by=None if chance.random() < 0.05 else chance.choice(people),
        raised_at=raised_at,
        answer_by=answer_due(day, priority, DAYS),
    )
    waited = datetime.timedelta(days=chance.expovariate(1 / DAYS[priority]))
    solved_at = raised_at + waited * 3
    if raised_at + waited < now:
        one.answered_at, one.state = raised_at + waited, Problem.State.IN_PROGRESS
    if solved_at < now:
        one.solved_by, one.solved_at, one.state = people[0], solved_at, Problem.State.SOLVED
    if solved_at + make.days(5) < now:
        one.verified_by, one.verified_at = people[1], solved_at + make.days(5)
        one.state = Problem.State.VERIFIED
    return one


def _events(one: Problem, chance: random.Random) -> Iterator[ProblemEvent]:
    kinds = (
        ("cause", one.raised_at, "open", "open"),
        ("taken_up", one.answered_at, "open", "in_progress"),
        ("idea", one.answered_at, "in_progress", "in_progress"),
        ("solved", one.solved_at, "in_progress", "solved"),
        ("verified", one.verified_at, "solved", "verified"),
    )
    for kind, at, before, after in kinds:
        if at is not None:
            words = " ".join(chance.choices(WORDS, k=12))
            yield ProblemEvent(
                problem=one,
                kind=kind,
                at=at,
                by=one.raised_by,
                words=words,
                before=before,
                after=after,
                level="meeting",
                priority=one.priority,
            )


def figures(plants: dict[str, make.Plant], times: int) -> None:
    heads = ("shortest", "middle", "with " + str(FEW), "work", "PostgreSQL's")
    print(f"{'':28}" + "".join(f"{head:>14}" for head in heads))
    clients = {slug: make.sign_in(Client(), plant.eve) for slug, plant in plants.items()}
    for words, path in PAGES.items():
        taken: dict[str, list[float]] = {slug: [] for slug in plants}
        done: dict[str, list[float]] = {}
        for slug, plant in plants.items():
            mine = Problem.objects.filter(cooperative=plant.cooperative)
            facts = {
                "last": -(-mine.count() // 25),
                "area": mine.latest("pk").area_id,
                "key": mine.latest("pk").pk,
                "year": make.now().year - 5,
            }
            before = worked()
            for _turn in range(times):
                headers = {"HX-Request": "true"} if "/alike/" in path else None
                taken[slug].append(once(clients[slug], f"/{slug}/{path.format(**facts)}", headers))
            done[slug] = [(now - then) / times for now, then in zip(worked(), before, strict=True)]
        large, small = taken["large"], taken["small"]
        told = (min(large), statistics.median(large), min(small), *done["large"])
        print(f"{words:28}" + "".join(f"{one:12.1f}ms" for one in told), flush=True)
    sheet = once(clients["large"], "/large/problems/board/paper/")
    print(f"the sheet for the board: {sheet:.0f} ms; everything as a file: ", end="")
    print(f"{once(clients['large'], '/large/problems/file/?state=all') / 1000:.1f} s")


def worked() -> tuple[float, float]:
    """Milliseconds of a processor so far: of this process, and of the one of PostgreSQL that serves it (as the
    kernel has counted it, in hundredths of a second)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        process = cursor.fetchone()[0]
    words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    ticks = int(words[11]) + int(words[12])
    return time.process_time() * 1000, ticks * 1000 / os.sysconf("SC_CLK_TCK")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--problems", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=15)
    options = parser.parse_args()
    with scratch_database():
        plants = {"large": fill("large", options.problems), "small": fill("small", FEW)}
        with acting_as_administrator(connection), connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        cache.clear()
        figures(plants, options.times)
    return 0


if __name__ == "__main__":
    sys.exit(main())
