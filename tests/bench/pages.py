"""The pages of a plant of 3,000 members with ten years of life, beside a bare site and beside one year of it.

    python -m tests.bench.pages [--members 3000] [--years 10]

The invented plant of the demonstration gets more members and a text with a hundred amendments; its pages are asked
by members without an office. Its year is written again for the years before (`copies.py`); a copy of the database
keeps the one year. Round by round the bare site is asked for its page (for its ballot, where we cast), then the plant
of one year and that of ten for theirs, each in a process of its own and all on the same PostgreSQL. The ratio is the
processor time of the bare site (Python's and PostgreSQL's) over ours: 0.5 is half as many requests.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import quote

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

import psycopg
from django.db import connection
from django.urls import reverse
from psycopg import sql

from coop.ballots.models import Ballot
from coop.budget.models import Year
from coop.charter.models import Cooperative
from coop.database_roles.acting import acting_as_administrator
from coop.database_roles.prepare import prepare
from coop.demo.plant import plant, planted
from coop.meetings.models import Meeting, Minutes
from coop.members.models import Account, Crew, Department, Member, Posting, Standing
from coop.proposals.models import Amendment, AmendmentChange, Proposal
from tests import make
from tests.bench.copies import triggers_asleep, vacuumed, write_years_before
from tests.bench.fill import session
from tests.bench.inside import Cost, running
from tests.bench.run import FLOOR
from tests.bench.scratch import scratch_database

ROUNDS, EACH = 20, 30  # a round is a tenth of a second: shorter than the machine stays slow or fast
READERS = (ROUNDS + 1) * EACH
FIRST = 10_000  # number of the first member who is added
AMENDMENTS = 100
ON_THE_ROLL = """
INSERT INTO ballots_rollentry (ballot_id, member_id, present, part)
SELECT %(ballot)s, id, true, entry.part FROM members_member, LATERAL
    (SELECT part FROM ballots_rollentry WHERE ballot_id = %(ballot)s AND present LIMIT 1) AS entry
WHERE cooperative_id = %(house)s AND number >= %(first)s
"""


def more_members(house: Cooperative, count: int) -> list[Member]:
    """As many as are missing: with an account, a standing and a post."""
    now = make.now()
    departments, crews = Department.objects.filter(cooperative=house), Crew.objects.filter(cooperative=house)
    places = [(one, other) for one in departments for other in crews]
    missing = count - Member.objects.filter(cooperative=house).count()
    accounts = Account.objects.bulk_create(
        Account(made_at=now, secret_set_at=now, password="!") for _one in range(missing)
    )
    joined = datetime.date(2015, 1, 1)
    made = Member.objects.bulk_create(
        Member(cooperative=house, account=account, number=FIRST + place, name=f"Worker {place:04}",
               plain_name=f"worker {place:04}", joined=joined, language="en")
        for place, account in enumerate(accounts)
    )  # fmt: skip
    Standing.objects.bulk_create(Standing(member=one, kind="member", since=joined) for one in made)
    Posting.objects.bulk_create(
        Posting(member=one, department=places[place % len(places)][0], crew=places[place % len(places)][1],
                since=joined)
        for place, one in enumerate(made)
    )  # fmt: skip
    return made


def amended_text(house: Cooperative, by: Member) -> Proposal:
    """A text of the house that is looked at, with a hundred amendments admitted to it."""
    text = (
        Proposal.objects.filter(cooperative=house, kind=Proposal.Kind.MOTION)
        .exclude(number=None)
        .exclude(amendments__changes=None)
        .order_by("-pk")
        .first()
    )
    assert text is not None
    there = text.amendments.count()
    first = max(text.amendments.values_list("number", flat=True), default=0) or 0
    at = make.now()
    rows = Amendment.objects.bulk_create(
        Amendment(proposal=text, number=first + number, author=by, support_needed=1, change_count=1,
                  submitted_at=at)
        for number in range(1, AMENDMENTS - there + 1)
    )  # fmt: skip
    clauses = text.clauses.count()
    AmendmentChange.objects.bulk_create(
        AmendmentChange(
            amendment=row,
            number=1,
            kind="insert",
            clause=row.number % (clauses + 1),
            text=f"And so we do it, {row.number}.",
        )
        for row in rows
    )
    pks = [row.pk for row in rows]
    Amendment.objects.filter(pk__in=pks).update(state=Amendment.State.ADMITTED, admitted_at=at)
    return text


def requests(house: Cooperative, text: Proposal) -> dict[str, Any]:
    def to(name: str, *keys: Any) -> str:
        return reverse(name, args=[house.slug, *keys])

    vote = Ballot.objects.filter(cooperative=house, state=Ballot.State.OPEN, secrecy="open").latest(
        "opened_at"
    )
    meeting = Meeting.objects.filter(items__decision__ballot=vote).first() or Meeting.objects.latest("pk")
    written = Minutes.objects.filter(meeting__cooperative=house).latest("closed_at")
    year = Year.objects.filter(cooperative=house).latest("year")
    with triggers_asleep(["ballots_rollentry"]) as cursor:
        cursor.execute(ON_THE_ROLL, {"ballot": vote.pk, "house": house.pk, "first": FIRST})
    fields = {"csrfmiddlewaretoken": "{csrf}", "form": "{form}", "choice": "for"}
    return {
        "casting": {"path": to("ballot", vote.pk), "fields": fields, "expect": 302},
        "the ballot page": to("ballot", vote.pk),
        "home": to("home"),
        "agenda": to("meeting", meeting.pk),
        "a proposal with 100 amendments": to("proposal", text.pk),
        "budget": to("budget", year.pk),
        "board": to("problems"),
        "minutes": to("minutes", written.meeting_id),
        "search": to("search") + "?words=canteen",
    }


# --- The sites ------------------------------------------------------------------------------------------------------


@contextmanager
def another_database(name: str, *, copied: bool) -> Iterator[str]:
    """On the same server, as the administrator logs in there; empty, or as ours is now. Dropped afterwards."""
    ours = connection.settings_dict["NAME"]
    with acting_as_administrator(connection):
        login = connection.get_connection_params()
    server = {"host": login.get("host", ""), "user": login["user"], "dbname": "postgres", "autocommit": True}
    wanted = {"name": sql.Identifier(name), "ours": sql.Identifier(ours)}
    make_it = (
        "CREATE DATABASE {name} TEMPLATE {ours} OWNER coop_owner" if copied else "CREATE DATABASE {name}"
    )
    with psycopg.connect(**server) as made:
        made.execute(sql.SQL(make_it).format(**wanted))
    try:
        yield f"postgresql://{login['user']}@/{name}?host={login.get('host', '')}"
    finally:
        with psycopg.connect(**server) as made:
            made.execute(sql.SQL("DROP DATABASE {name} WITH (FORCE)").format(**wanted))


@contextmanager
def bare_site(folder: Path) -> Iterator[Callable[[str], Cost]]:
    """Its page, or its ballot where a vote is cast. Its people log in there. Not there, it costs nothing."""
    if not (FLOOR / "run.sh").exists():
        yield lambda _name: (0.0, 0.0)
        return
    with another_database(f"floor_{os.getpid()}", copied=False) as address:
        there = {
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "floorapp.settings",
            "PYTHONPATH": str(FLOOR),
            "STATIC_ROOT": str(folder / "static"),
        }
        both = {**os.environ, **there}
        for words in (["migrate", "-v0"], ["seed"], ["collectstatic", "--noinput", "-v0"]):
            subprocess.run([sys.executable, "-m", "django", *words], env=both, cwd=folder, check=True)
        users = folder / "floor.jsonl"
        subprocess.run([sys.executable, "-c", SIGNED_IN, str(users), str(READERS)], env=both, check=True)
        asked = {
            "page": "/poll/1/",
            "ballot": {
                "path": "/poll/2/ballot",
                "fields": {"csrfmiddlewaretoken": "{csrf}", "choice": "2"},
                "expect": 302,
            },
        }
        with psycopg.connect(address, autocommit=True) as made:
            made.execute("VACUUM ANALYZE")  # as ours are
        with running(users, asked, EACH, there) as cost:
            yield lambda name: cost("ballot" if name == "casting" else "page")


@contextmanager
def one_year_and_more(
    asked: dict[str, Any], users: Path, years: int
) -> Iterator[tuple[Callable[[str], Cost], Callable[[str], Cost]]]:
    """The plant as it is now, and with so many years, in databases of their own."""
    vacuumed()
    connection.close()
    one, settings = f"{connection.settings_dict['NAME']}_one", connection.settings_dict
    with another_database(one, copied=True):
        ours, settings["NAME"] = settings["NAME"], one
        prepare(connection)  # who may connect is not copied along
        kept = _address()
        connection.close()
        settings["NAME"] = ours
        print(f"{write_years_before(years):,} rows of the years before", file=sys.stderr)
        here = {"PYTHONPATH": str(Path(__file__).parents[2])}
        with (
            running(users, asked, EACH, here | {"DATABASE_URL": kept}) as one_year,
            running(users, asked, EACH, here | {"DATABASE_URL": _address()}) as more,
        ):
            yield one_year, more


def _address() -> str:
    login = connection.get_connection_params()
    known = f"{login['user']}:{quote(login.get('password', ''), safe='')}"
    return f"postgresql://{known}@/{login['dbname']}?host={login.get('host', '')}"


SIGNED_IN = """
import json, sys
import django
django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.middleware.csrf import _get_new_csrf_string
with open(sys.argv[1], "w") as lines:
    for user in User.objects.order_by("pk")[: int(sys.argv[2])]:
        store = SessionStore()
        store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        store.create()
        csrf = _get_new_csrf_string()
        print(json.dumps({"cookie": f"sessionid={store.session_key}; csrftoken={csrf}", "csrf": csrf}), file=lines)
"""


# --- Together -------------------------------------------------------------------------------------------------------


Round = tuple[Cost, Cost, Cost]  # of the bare site, of one year, of more


def spent(rounds: Iterable[Round], site: int) -> float:
    return sum(sum(one[site]) for one in rounds)


def row(name: str, rounds: list[Round]) -> str:
    """What it costs after all years, beside the bare site (in brackets half of the rounds), and beside one year."""
    python, database = mean(rounds, 2)
    said = f"{name:32}{python:8.2f}ms{database:10.2f}ms"
    if spent(rounds, 0):
        low, _middle, high = quantiles([spent([one], 0) / spent([one], 2) for one in rounds])
        said += f"{spent(rounds, 0) / spent(rounds, 2):14.2f} ({low:.2f} to {high:.2f})"
    else:
        said += " " * 29
    return f"{said}{spent(rounds, 2) / spent(rounds, 1):14.2f}"


def mean(rounds: list[Round], site: int) -> Cost:
    python, database = (sum(one[site][part] for one in rounds) / len(rounds) for part in (0, 1))
    return python, database


def measure(members: int, years: int) -> None:
    if planted() is None:
        plant(now=make.now(), say=lambda words: print(words, file=sys.stderr, flush=True))
    house = planted()
    assert house is not None
    added = more_members(house, members)
    asked = requests(house, amended_text(house, added[0]))
    with tempfile.TemporaryDirectory() as folder:
        users = Path(folder) / "users.jsonl"
        users.write_text("\n".join(json.dumps(session(one)) for one in added[:READERS]))
        with bare_site(Path(folder)) as bare, one_year_and_more(asked, users, years) as (one_year, more):
            rounds = [
                {name: (bare(name), one_year(name), more(name)) for name in asked}
                for _turn in range(ROUNDS + 1)
            ]
    del rounds[0]  # it warms up
    found = {name: [one[name] for one in rounds] for name in asked}
    print(f"{members:,} members; the load of the machine is {os.getloadavg()[0]:.1f}")
    print(
        f"{'':32}{'Python':>10}{'PostgreSQL':>12}{'of the floor, half of rounds':>29}{f'{years} years / 1':>14}"
    )
    for name in asked:
        print(row(name, found[name]), flush=True)
    for name, request in {"page": "home", "ballot": "casting"}.items():
        if not spent(found[request], 0):
            continue
        python, database = mean(found[request], 0)
        print(f"{'the bare site: ' + name:32}{python:8.2f}ms{database:10.2f}ms")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--members", type=int, default=3000)
    parser.add_argument("--years", type=int, default=10)
    options = parser.parse_args()
    with scratch_database():
        measure(options.members, options.years)
    return 0


if __name__ == "__main__":
    sys.exit(main())
