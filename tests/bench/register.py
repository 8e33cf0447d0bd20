"""The pages of the register at 10,000 people, beside the same pages of a small plant on the same server.

    python -m tests.bench.register [--members 10000] [--times 30]

Each figure is the shortest of all times of one request through everything but the socket, by somebody who keeps the
register and therefore sees every column: on a machine with other work the shortest says most about the code. The two
plants are asked in turn. The last figure says how many times as long a page takes as in the plant of sixty.
"""

from __future__ import annotations

import argparse
import datetime
import os
import random
import sys
import time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.cache import cache
from django.db import connection
from django.test import Client

from coop.database_roles.acting import acting_as_administrator
from coop.members.folding import fold
from coop.members.models import AccessCard, Account, Crew, Department, Member, Posting, Standing
from tests import make
from tests.bench.scratch import scratch_database

FEW = 60
BATCH = 2000  # rows of one statement
FIRST = 1000  # number of the first person beside the plant's own
PARTS = (
    "Ána",
    "bel",
    "Cor",
    "dé",
    "Es",
    "fan",
    "Güe",
    "hil",
    "Iñi",
    "jo",
    "Lu",
    "mar",
    "Nu",
    "ól",
    "Pe",
    "ri",
)
ADDRESSES = {
    "the list, first page": "members/",
    "the list, last page": "members/?page={last}",
    "by one word": "members/?words=corde",
    "by two words": "members/?words=luri+anabel",
    "by number": "members/?words=1007",
    "by department and crew": "members/?department=PAC&crew=B",
    "in the order of departments": "members/?order=department",
    "as of a day in 2023": "members/?on=2023-05-01",
    "who never had a card": "members/?access=none",
    "one person": "members/1007/",
    "who is not reached": "members/not-reached/",
    "hired work": "members/hired/",
    "the plant": "plant/",
    "the front page of the office": "",
}


def fill(slug: str, count: int, **more: Any) -> make.Plant:
    """A plant of `count` people: each moved in 2024, a third has a secret, a third a card, a few are hired."""
    chance = random.Random(count)
    plant = make.plant(slug, **more)
    house = plant.cooperative
    departments = list(Department.objects.filter(cooperative=house))
    crews = list(Crew.objects.filter(cooperative=house))
    now = make.now()
    names = [_name(chance) for _one in range(count - len(plant.people))]
    accounts = Account.objects.bulk_create(
        (Account(made_at=now, secret_set_at=now, password="!") for _one in range(len(names) // 3)), BATCH
    )
    people = Member.objects.bulk_create(
        [
            Member(
                cooperative=house,
                account=accounts[place] if place < len(accounts) else None,
                number=FIRST + place,
                name=name,
                plain_name=fold(name),
                joined=datetime.date(2021, 1, 1),
                language="en",
                contact=chance.choice(["app", "sms", "none"]),
            )
            for place, name in enumerate(names)
        ],
        BATCH,
    )
    moved = datetime.date(2024, 6, 1)
    Standing.objects.bulk_create(
        [
            Standing(member=one, kind="hired" if place % 200 == 0 else "member", since=one.joined)
            for place, one in enumerate(people)
        ],
        BATCH,
    )
    Posting.objects.bulk_create(
        [
            Posting(
                member=one,
                department=chance.choice(departments),
                crew=chance.choice(crews),
                since=first,
                until=last,
            )
            for one in people
            for first, last in ((one.joined, moved), (moved, None))
        ],
        BATCH,
    )
    AccessCard.objects.bulk_create(
        [
            AccessCard(
                member=one,
                token_hash=f"{slug}{one.pk}",
                issued_at=now,
                expires_at=now + make.days(chance.choice([-3, 5])),
            )
            for one in people[len(accounts) : 2 * len(accounts)]
        ],
        BATCH,
    )
    return plant


def _name(chance: random.Random) -> str:
    return " ".join(
        (chance.choice(PARTS) + chance.choice(PARTS)).capitalize()
        for _part in range(chance.choice([2, 3, 3]))
    )


def once(client: Client, address: str, headers: dict[str, str] | None = None) -> float:
    """Milliseconds of one request."""
    start = time.perf_counter()
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, (address, answer.status_code)
    return (time.perf_counter() - start) * 1000


def figures(plants: dict[str, make.Plant], counts: dict[str, int], times: int) -> None:
    print(f"{'':32}{counts['large']:>10,}{counts['small']:>10,}{'factor':>9}")
    keepers = {slug: make.sign_in(Client(), plant.cy) for slug, plant in plants.items()}
    for words, path in ADDRESSES.items():
        taken: dict[str, list[float]] = {slug: [] for slug in plants}
        for _turn in range(times):
            for slug, client in keepers.items():
                last = -(-counts[slug] // 50)
                taken[slug].append(once(client, f"/{slug}/{path.format(last=last)}"))
        large, small = min(taken["large"]), min(taken["small"])
        print(f"{words:32}{large:8.1f}ms{small:8.1f}ms{large / small:8.1f}x", flush=True)
    sheet = "/large/members/not-reached/printed/?department=PAC&contact=none&access=none"
    people = keepers["large"].get(sheet.replace("printed/", "")).context["page"].paginator.count
    print(f"a sheet of {people} people who are not reached: {once(keepers['large'], sheet) / 1000:.1f} s")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=30)
    options = parser.parse_args()
    with scratch_database():
        counts = {"large": options.members, "small": FEW}
        plants = {slug: fill(slug, count) for slug, count in counts.items()}
        with acting_as_administrator(connection), connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        cache.clear()
        figures(plants, counts, options.times)
    return 0


if __name__ == "__main__":
    sys.exit(main())
