"""The pages of a budget with ten years behind it, beside those of a year of six lines.

    python -m tests.bench.budget [--years 10 --lines 500 --amendments 200 --times 5]

Lines and amendments are those of each year: by default 5,000 lines, 2,000 amendments and the figures of 108 months. The
last year is in conciliation with all its amendments, those before it are over. Each figure is the shortest time
of one request through everything but the socket, and of the processor in this process.
"""

from __future__ import annotations

import argparse
import datetime
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.cache import cache
from django.db import connection, connections
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import reverse

from coop.budget.models import Amendment, AmendmentMove, Line, Year
from coop.database_roles.acting import acting_as_administrator
from coop.database_roles.prepare import prepare
from coop.members.models import Department, Power
from tests import make
from tests.bench.register import once
from tests.conftest import administer, beside_the_tests
from tests.ready_database import copied

State, Asked = Year.State, Amendment.State
PAGES = {
    "the page of a year": ("budget", "last", ""),
    "conciliation table, none chosen": ("budget-table", "last", ""),
    "conciliation table, twenty chosen": ("budget-table", "last", "chosen"),
    "a line over the years": ("budget-line", "last", ""),
    "plan and actual": ("budget-watched", "before", ""),
    "the months of a year": ("budget-months", "before", ""),
    "what could not be met": ("budget-unmet", "", ""),
    "a workbook of a year": ("budget-xlsx", "last", ""),
    "a year on A4": ("budget-printed", "last", ""),
}
CHOSEN = 20


def fill(plant: make.Plant, *, years: int, lines: int, amendments: int, first: int) -> list[Year]:
    """Years one after the other. Each goes its way by the steps that PostgreSQL asks for."""
    chance = random.Random(7)
    return [
        a_year(plant, first + place, chance, lines=lines, amendments=amendments, over=place < years - 1)
        for place in range(years)
    ]


def a_year(
    plant: make.Plant, number: int, chance: random.Random, *, lines: int, amendments: int, over: bool
) -> Year:
    at = datetime.datetime(number - 1, 9, 1, 12, tzinfo=datetime.UTC)
    year = Year.objects.create(cooperative=plant.cooperative, year=number, begun_by=plant.kim, begun_at=at)
    places = list(Department.objects.filter(cooperative=plant.cooperative))
    half = lines // 2
    made = Line.objects.bulk_create(
        Line(
            year=year,
            department=places[place % len(places)],
            code=f"L-{place:04}",
            side="income" if place < half else "expense",
            title=f"Account {place}",
            basis="As the year before",
            current=10_000,
            proposed=10_000,
            is_contingency=place == lines - 1,
        )
        for place in range(half * 2)
    )
    rows = Year.objects.filter(pk=year.pk)
    day = at.date()
    rows.update(state=State.OPEN, published_at=at, amendments_until=day, conciliation_until=day, vote_on=day)
    ask(year, made[half:], amendments, plant, chance, at)
    rows.update(state=State.CONCILIATION, conciliation_at=at)
    if over:
        finish(year, plant, at)
    return Year.objects.select_related("cooperative__chain").get(pk=year.pk)


def ask(
    year: Year,
    expense: list[Line],
    amendments: int,
    plant: make.Plant,
    chance: random.Random,
    at: datetime.datetime,
) -> None:
    """Each moves between two and four lines of expense; some meet on the same lines."""
    asked = Amendment.objects.bulk_create(
        Amendment(year=year, title=f"Change {place}", reasons="It is needed.", author=plant.eve, begun_at=at)
        for place in range(amendments)
    )
    moves = []
    for one in asked:
        given, *taken = chance.sample(expense, chance.randint(2, min(4, len(expense))))
        moves += [AmendmentMove(amendment=one, line=line, amount=Decimal(-100)) for line in taken]
        moves.append(AmendmentMove(amendment=one, line=given, amount=Decimal(100 * len(taken))))
    AmendmentMove.objects.bulk_create(moves)
    run(HANDED_IN, at=at, year=year.pk)
    Amendment.objects.filter(year=year).update(state=Asked.ADMITTED, admitted_at=at)


HANDED_IN = """
UPDATE budget_amendment SET state = 'submitted', submitted_at = %(at)s, number = place.number
FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM budget_amendment WHERE year_id = %(year)s) AS place
WHERE place.id = budget_amendment.id
"""
MONTHS = """
INSERT INTO budget_actual (line_id, month, amount, source, revision, entered_by_id, entered_at)
SELECT line.id, month, 800, 'Ledger', 1, %(kim)s, %(at)s
FROM budget_line line CROSS JOIN generate_series(1, 12) AS month WHERE line.year_id = %(year)s
"""


def run(statement: str, **values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def finish(year: Year, plant: make.Plant, at: datetime.datetime) -> None:
    """Voted down but for what nobody asked; adopted, twelve months of figures, closed."""
    rows = Year.objects.filter(pk=year.pk)
    rows.update(state=State.PUT, put_at=at)
    ended = {"ended_at": at, "decided_by": f"D GA {year.year - 1}-9"}
    Amendment.objects.filter(year=year).update(state=Asked.NOT_CARRIED, **ended)
    Line.objects.filter(year=year).update(adopted=F("proposed"))
    rows.update(state=State.ADOPTED, settled_at=at, decided_by=ended["decided_by"], hash="0" * 64)
    rows.update(state=State.RUNNING, running_at=at)
    run(MONTHS, year=year.pk, kim=plant.kim.pk, at=at)
    rows.update(state=State.CLOSED, closed_at=at)


def address(slug: str, page: str, which: str, query: str, years: list[Year]) -> str:
    if not which:
        return reverse(page, args=[slug])
    year = years[-1] if which == "last" else years[-2]
    more = ["L-0001"] if page == "budget-line" else []
    chosen = Amendment.objects.filter(year=year).order_by("number").values_list("pk", flat=True)[:CHOSEN]
    keys = "&".join(f"a={key}" for key in chosen) if query else ""
    return reverse(page, args=[slug, year.pk, *more]) + (f"?{keys}" if keys else "")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, value in (("years", 10), ("lines", 500), ("amendments", 200), ("times", 5)):
        parser.add_argument(f"--{name}", type=int, default=value)
    options = parser.parse_args()
    setup_test_environment()
    with its_own_database():
        return measure(options)


@contextmanager
def its_own_database() -> Iterator[None]:
    """A copy of the one that stands ready for tests: migrating takes minutes where the machine has other work."""
    settings = connection.settings_dict
    usual, own = settings["NAME"], settings["TEST"]["NAME"] + "_bench"
    copied(own, beside_the_tests)
    settings["NAME"] = own
    try:
        prepare(connection)  # who may connect is not copied along
        yield
    finally:
        connections.close_all()
        settings["NAME"] = usual
        administer("DROP DATABASE {own} WITH (FORCE)", own=own)


def measure(options: argparse.Namespace) -> int:
    """0 when every page asks as many questions of the large house as of the small one."""
    sizes = {
        "small": {"years": 2, "lines": 6, "amendments": 1},
        "large": {"years": options.years, "lines": options.lines, "amendments": options.amendments},
    }
    plants = {slug: make.plant(slug) for slug in sizes}
    years = {}
    for slug, plant in plants.items():
        make.office(plant, plant.assembly, "treasurer", plant.kim, [(Power.KEEP_BUDGET, None)])
        begun = time.monotonic()
        years[slug] = fill(plant, first=make.now().year + 2 - sizes[slug]["years"], **sizes[slug])
        print(f"{slug}: {sizes[slug]} in {time.monotonic() - begun:.0f} s", flush=True)
    with acting_as_administrator(connection), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    cache.clear()
    clients = {slug: make.sign_in(Client(), plant.lou) for slug, plant in plants.items()}
    print(
        f"load {os.getloadavg()[0]:.1f}; shortest of {options.times}: the whole request, and the work of the server"
    )
    print(f"{'':36}{'small':>24}{'large':>24}{'questions':>20}")
    apart = 0
    for words, (page, which, query) in PAGES.items():
        told, asked = [], []
        for slug, client in clients.items():
            where = address(slug, page, which, query, years[slug])
            once(client, where)
            with CaptureQueriesContext(connection) as questions:
                once(client, where)
            asked.append(len(questions))
            times = [timed(client, where) for _turn in range(options.times)]
            told.append("".join(f"{min(column):9.1f} ms" for column in zip(*times, strict=True)))
        apart += len(set(asked)) - 1
        print(f"{words:36}" + "".join(told) + "".join(f"{count:10}" for count in asked), flush=True)
    print("Every page asks as many questions of the large house as of the small one." if not apart else "")
    return 1 if apart else 0


def timed(client: Client, where: str) -> tuple[float, float]:
    """Milliseconds of one request, and of the processor in this process: others on the machine disturb that least."""
    work = time.process_time()
    whole = once(client, where)
    return whole, (time.process_time() - work) * 1000


if __name__ == "__main__":
    sys.exit(main())
