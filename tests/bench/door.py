"""Signing in with the real hash: three hundred members from one address, and a wrong secret beside a strange number.

    python -m tests.bench.door [--members 300]

Everything but the socket; as many at once as `make run` has workers. On a machine with other work the time of the
clock says little; what one sign-in costs of one core says how many fit into a minute.
"""

from __future__ import annotations

import argparse
import logging
import os
import statistics
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.contrib.auth.hashers import make_password
from django.db import connection, connections
from django.test import Client
from django.test.utils import (
    override_settings,
    setup_databases,
    setup_test_environment,
    teardown_databases,
)

from coop.database_roles.acting import acting_as_administrator
from coop.keys.models import Guesses
from coop.members.models import Account, Member
from tests import make

FIRST = 1000  # number of the first person beside the plant's own
WORKERS = 2
REAL = override_settings(PASSWORD_HASHERS=["coop.members.hashers.PepperedArgon2"])
DOOR = "/bakery/sign-in/"


def fill(count: int) -> None:
    """People with one PIN; its hash is made once and copied, for looking at it takes as long all the same."""
    plant = make.plant()
    secret, now = make_password(make.PIN), make.now()
    people = [make.member(plant.cooperative, FIRST + one, f"Worker {one:04}") for one in range(count)]
    accounts = Account.objects.bulk_create(
        Account(made_at=now, secret_set_at=now, password=secret) for _one in people
    )
    for member, account in zip(people, accounts, strict=True):
        member.account = account
    Member.objects.bulk_update(people, ["account"])


def knock(number: int, secret: str) -> tuple[int, float]:
    """The status of the answer, and how many milliseconds it took."""
    client = Client()
    began = time.perf_counter()
    status = client.post(DOOR, {"number": str(number), "secret": secret}).status_code
    return status, (time.perf_counter() - began) * 1000


def figures(count: int) -> None:
    began, worked = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(WORKERS) as pool:
        answers = list(pool.map(lambda one: knock(FIRST + one, make.PIN), range(count)))
        lasted, worked = time.perf_counter() - began, time.process_time() - worked
        together = threading.Barrier(WORKERS)
        list(pool.map(lambda _worker: (together.wait(), connections.close_all()), range(WORKERS)))
    times = sorted(took for _status, took in answers)
    right = sum(status == 302 for status, _took in answers)
    print(f"{count} members, {WORKERS} at a time: {right} signed in within {lasted:.1f} s")
    print(
        f"one sign-in: half within {statistics.median(times):.0f} ms, 95 of 100 within {times[-count // 20]:.0f} ms"
    )
    print(
        f"work of the application for one sign-in, the hash included: {worked / count * 1000:.0f} ms of one core"
    )
    wrong: dict[str, list[float]] = {"a wrong secret": [], "a number nobody has": []}
    for _turn in range(20):
        for words, number in zip(wrong, (FIRST, FIRST - 1), strict=True):
            Guesses.objects.all().delete()
            wrong[words].append(knock(number, "999000")[1])
    for words, taken in wrong.items():
        print(f"{words}: half within {statistics.median(taken):.1f} ms")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--members", type=int, default=300)
    options = parser.parse_args()
    logging.disable(logging.WARNING)  # three hundred refusals would be told line by line
    setup_test_environment()
    with acting_as_administrator(connection):
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    try:
        with REAL:
            fill(options.members)
            figures(options.members)
    finally:
        connections.close_all()
        with acting_as_administrator(connection):
            teardown_databases(made, verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
