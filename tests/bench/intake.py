"""A list of 10,000 people from the file to the register and out again, in seconds and in memory.

    python -m tests.bench.intake [--people 10000]

Each step is done once, through everything but the socket, by somebody who keeps the register. The memory is what the
process holds at most by then; the first figure is before the file is read.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from coop.intake import sheets
from coop.intake.models import Intake
from coop.members.models import Member
from tests import make
from tests.bench.scratch import scratch_database
from tests.intake.messy import messy_workbook

HERE = "/large/members/import/"


def step(words: str, act: Callable[[], Any]) -> Any:
    """Does it, and prints how long it took and how much memory the process has held at most by then."""
    start = time.perf_counter()
    done = act()
    taken = time.perf_counter() - start
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{words:44}{taken:8.2f} s{held:8d} MB", flush=True)
    return done


def answered(answer: Any) -> Any:
    assert answer.status_code in (200, 302), answer.status_code
    return answer


def figures(count: int) -> None:
    plant = make.plant("large")
    keeper = make.sign_in(Client(), plant.cy)
    content = step(f"a workbook of {count:,} people is made", lambda: messy_workbook(count))

    def choose() -> str:
        answer = keeper.post(HERE, {"file": SimpleUploadedFile("list.xlsx", content)})
        return str(answered(answer).headers["Location"])

    step("read into tables", lambda: sheets.read(content))
    address = step("chosen: read, judged and kept", choose)
    step("looked at: the first page", lambda: answered(keeper.get(address)))
    step(
        "confirmed: until the page comes back",
        lambda: answered(keeper.post(f"{address}confirm/", {"document": "Book 1"})),
    )
    step("entered: the rest, by the clock", lambda: call_command("tick", stdout=sys.stderr))
    assert Member.objects.filter(number__gt=100).count() == count
    again = step("the same list again: all unchanged", choose)
    assert set(Intake.objects.latest("pk").rows.values_list("verdict", flat=True)) == {"same"}
    step("thrown away", lambda: answered(keeper.post(f"{again}drop/")))
    for form in ("csv", "xlsx"):
        where = "/large/members/export/"
        step(
            f"carried out as {form}",
            lambda form=form, where=where: answered(keeper.post(where, {"form": form})),
        )
    step("printed: a volume of 1,000", lambda: answered(keeper.get("/large/members/printed/?page=1")))
    step(
        "taken back: until the page comes back", lambda: keeper.post(f"{address}take-back/", {"because": "x"})
    )
    step("taken back: the rest, by the clock", lambda: call_command("tick", stdout=sys.stderr))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=10_000)
    options = parser.parse_args()
    with scratch_database():
        figures(options.people)
    return 0


if __name__ == "__main__":
    sys.exit(main())
