"""The search over 100,000 passages, beside the same search over a thousand.

    python -m tests.bench.search [--times 10]

Proposals of eight clauses and amendments, of words as often as words are in a language: the first stands in nearly
every passage, the two-thousandth in few. Each figure is the middle of all times of one request through everything but
the socket.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.database_roles.acting import acting_as_administrator
from coop.proposals.models import Amendment, AmendmentChange, Clause, Proposal
from tests import make
from tests.bench.register import once
from tests.bench.scratch import scratch_database

CLAUSES = 8
BEGIN, END = "bdfglmnprstv", "aeiou"
QUESTIONS = {
    "a rare word": 1500,
    "a word in one passage of twenty": 60,
    "the most frequent word": 0,
}


def language(chance: random.Random) -> list[str]:
    """Two thousand words of three syllables."""
    made = {"".join(chance.choice(BEGIN) + chance.choice(END) for _ in range(3)) for _ in range(4000)}
    return sorted(made)[:2000]


def fill(plant: make.Plant, proposals: int) -> list[str]:
    """Proposals with eight clauses each, and to each an amendment: ten passages with the reasons."""
    chance = random.Random(7)
    known = language(chance)
    weights = [1 / (place + 3) for place in range(len(known))]

    def words(count: int) -> str:
        return " ".join(chance.choices(known, weights, k=count)).capitalize() + "."

    first = Proposal.objects.filter(cooperative=plant.cooperative).count()
    at = make.now()
    rows = Proposal.objects.bulk_create(
        (
            Proposal(
                cooperative=plant.cooperative,
                year=2026,
                number=first + number,
                title=words(5),
                reasons=words(40),
                author=plant.eve,
                state=Proposal.State.DRAFT,
                written_at=at,
            )
            for number in range(1, proposals + 1)
        ),
        batch_size=2000,
    )
    Clause.objects.bulk_create(
        (
            Clause(proposal=row, number=number, text=words(40))
            for row in rows
            for number in range(1, CLAUSES + 1)
        ),
        batch_size=5000,
    )
    Proposal.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=Proposal.State.OPEN, published_at=at, support_needed=5
    )
    amendments = Amendment.objects.bulk_create(
        (
            Amendment(
                proposal=row, number=1, author=plant.fay, support_needed=1, change_count=1, submitted_at=at
            )
            for row in rows
        ),
        batch_size=5000,
    )
    AmendmentChange.objects.bulk_create(
        (
            AmendmentChange(amendment=row, number=1, kind="words", clause=1, text=words(40))
            for row in amendments
        ),
        batch_size=5000,
    )
    return known


def figures(plant: make.Plant, times: int) -> None:
    client = make.sign_in(Client(), plant.lou)
    asked: dict[str, str] = {}
    for passages in (1_000, 99_000):
        begun = time.monotonic()
        known = fill(plant, passages // 10)
        took = time.monotonic() - begun
        with acting_as_administrator(connection), connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        asked = asked or {words: known[place] for words, place in QUESTIONS.items()} | {
            "three frequent words": " ".join(known[:3]),
            "two letters of a word more": known[5][:4],
        }
        print(f"{passages:,} more passages in {took:.0f} s")
        for words, typed in asked.items():
            address = f"/bakery/search/?words={typed.replace(' ', '+')}"
            with CaptureQueriesContext(connection) as questions:
                once(client, address)
            asked_of_it = len(questions)
            middle = statistics.median(once(client, address) for _turn in range(times))
            hits = client.get(address).context["total"]
            print(f"  {words:34}{hits:>8,} papers{middle:8.1f} ms{asked_of_it:4} questions", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=10)
    options = parser.parse_args()
    with scratch_database():
        plant = make.plant()
        cache.clear()
        figures(plant, options.times)
    return 0


if __name__ == "__main__":
    sys.exit(main())
