"""The page of a text of 200 clauses with 300 amendments, beside the page of the same text with two.

    python -m tests.bench.amendments [--times 20]

Each figure is the shortest of all times of one request through everything but the socket: on a machine with other work
the shortest says most about the code. The two texts are asked in turn.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.proposals.models import Amendment, AmendmentChange, Proposal
from tests import make
from tests.bench.register import once
from tests.bench.scratch import scratch_database

CLAUSES, MANY, FEW = 200, 300, 2
WORDS = (
    "hours",
    "oven",
    "flour",
    "night",
    "crew",
    "wage",
    "share",
    "council",
    "vote",
    "table",
    "gate",
    "bread",
)
PAGES = {
    "the text, first page": "",
    "the text, last page": "?page=10",
    "the order of voting": "order/",
    "the text as it stands": "as-it-stands/",
    "choosing a clause": "amend/",
}


def text_of(plant: make.Plant, amendments: int) -> Proposal:
    """A text of which one clause after the other is amended: half of them clash with their neighbours."""
    chance = random.Random(amendments)
    clauses = [" ".join(chance.choices(WORDS, k=60)).capitalize() + "." for _one in range(CLAUSES)]
    text = make.supported_motion(plant, title=f"With {amendments}", clauses=clauses)
    at = make.now()
    rows = Amendment.objects.bulk_create(
        Amendment(
            proposal=text,
            number=number,
            author=plant.fay,
            support_needed=1,
            change_count=1,
            submitted_at=at,
        )
        for number in range(1, amendments + 1)
    )
    AmendmentChange.objects.bulk_create(
        AmendmentChange(amendment=row, number=1, **_change(chance, clauses, row.number)) for row in rows
    )
    Amendment.objects.filter(proposal=text).update(state=Amendment.State.ADMITTED, admitted_at=at)
    return text


def _change(chance: random.Random, clauses: list[str], number: int) -> dict[str, Any]:
    clause = number % CLAUSES + 1
    if number % 7 == 0:
        return {"kind": "insert", "clause": clause, "text": " ".join(chance.choices(WORDS, k=30)) + "."}
    words = clauses[clause - 1].split()
    for place in chance.sample(range(1, len(words) - 1), 4):
        words[place] = "other"
    return {"kind": "words", "clause": clause, "text": " ".join(words)}


def figures(plant: make.Plant, times: int) -> None:
    texts = {count: text_of(plant, count) for count in (MANY, FEW)}
    client = make.sign_in(Client(), plant.lou)
    print(f"{'':28}{MANY:>10,}{FEW:>10,}{'factor':>9}{'questions':>18}")
    for words, path in PAGES.items():
        taken: dict[int, list[float]] = {count: [] for count in texts}
        asked = {}
        for count, text in texts.items():
            with CaptureQueriesContext(connection) as questions:
                once(client, f"/bakery/proposals/{text.pk}/{path}")
            asked[count] = len(questions)
        for _turn in range(times):
            for count, text in texts.items():
                taken[count].append(once(client, f"/bakery/proposals/{text.pk}/{path}"))
        many, few = min(taken[MANY]), min(taken[FEW])
        line = f"{words:28}{many:8.1f}ms{few:8.1f}ms{many / few:8.1f}x"
        print(f"{line}{asked[MANY]:>9}{asked[FEW]:>9}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=20)
    options = parser.parse_args()
    with scratch_database():
        plant = make.plant()
        cache.clear()
        figures(plant, options.times)
    return 0


if __name__ == "__main__":
    sys.exit(main())
