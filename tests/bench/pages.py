"""The pages of a plant of 3,000 members with ten years of life, beside a bare site and beside one year of it.

    python -m tests.bench.pages [--members 3000] [--years 10]

The invented plant of the demonstration gets more members and a text with a hundred amendments; its pages are asked
by members without an office. Then its year is written again for the years before (`copies.py`) and they are asked once
more. What the bare site needs for its page and its ballot is measured between the two, on the same PostgreSQL. The
ratio is the processor time of the bare site (Python's and PostgreSQL's) over ours: 0.5 is half as many requests.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django
from django.conf import settings

# As a server runs: no file is looked for on the disk with every request.
settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
django.setup()

import psycopg
from django.db import connection
from django.urls import reverse

from coop.ballots.models import Ballot
from coop.budget.models import Year
from coop.charter.models import Cooperative
from coop.database_roles.acting import acting_as_administrator
from coop.demo.plant import plant, planted
from coop.meetings.models import Meeting, Minutes
from coop.members.models import Account, Crew, Department, Member, Posting, Standing
from coop.proposals.models import Amendment, AmendmentChange, Proposal
from tests import make
from tests.bench.copies import triggers_asleep, write_years_before
from tests.bench.fill import session
from tests.bench.inside import Site, least
from tests.bench.run import FLOOR
from tests.bench.scratch import scratch_database

READERS = 600
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


# --- The bare site --------------------------------------------------------------------------------------------------


def of_the_floor(folder: Path) -> dict[str, tuple[float, float]]:
    """Its page and its ballot, measured in a process of its own on the same server. Its people log in there."""
    wanted = connection.get_connection_params()
    with acting_as_administrator(connection):
        login = connection.get_connection_params()
        name, host = f"floor_{os.getpid()}", login.get("host", "")
        address = f"postgresql://{login['user']}@/{name}?host={host}"
        server = {"host": host, "user": login["user"], "dbname": wanted["dbname"], "autocommit": True}
        with psycopg.connect(**server) as made:
            made.execute(f'CREATE DATABASE "{name}"')
        try:
            return _asked_there(folder, {"DATABASE_URL": address})
        finally:
            with psycopg.connect(**server) as made:
                made.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _asked_there(folder: Path, environment: dict[str, str]) -> dict[str, tuple[float, float]]:
    there = {
        **os.environ,
        **environment,
        "DJANGO_SETTINGS_MODULE": "floorapp.settings",
        "PYTHONPATH": str(FLOOR),
        "STATIC_ROOT": str(folder / "static"),
    }
    for words in (["migrate", "-v0"], ["seed"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, "-m", "django", *words], env=there, cwd=folder, check=True)
    users = folder / "floor.jsonl"
    subprocess.run([sys.executable, "-c", SIGNED_IN, str(users), str(READERS)], env=there, check=True)
    asked = {
        "page": "/poll/1/",
        "ballot": {
            "path": "/poll/2/ballot",
            "fields": {"csrfmiddlewaretoken": "{csrf}", "choice": "2"},
            "expect": 302,
        },
    }
    inside = [sys.executable, str(Path(__file__).with_name("inside.py")), str(users), json.dumps(asked)]
    done = subprocess.run(inside, env=there, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, tuple[float, float]] = json.loads(done.stdout)
    return found


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


def measure(members: int, years: int) -> None:
    if planted() is None:
        plant(now=make.now(), say=lambda words: print(words, file=sys.stderr, flush=True))
    house = planted()
    assert house is not None
    added = more_members(house, members)
    asked = requests(house, amended_text(house, added[0]))
    users = [session(one) for one in added[: 2 * READERS]]
    site = Site()
    one_year = least(site, asked, users[:READERS])
    with tempfile.TemporaryDirectory() as folder:
        floor = of_the_floor(Path(folder)) if (FLOOR / "run.sh").exists() else {}
    print(f"{write_years_before(years):,} rows of the years before", file=sys.stderr)
    found = least(site, asked, users[READERS:])
    print(f"{members:,} members; the load of the machine is {os.getloadavg()[0]:.1f}")
    print(f"{'':32}{'Python':>10}{'PostgreSQL':>12}{'of the floor':>14}{f'{years} years / 1':>14}")
    for name, (work, database) in found.items():
        beside = floor.get("ballot" if name == "casting" else "page")
        ratio = f"{sum(beside) / (work + database):14.2f}" if beside else f"{'':14}"
        growth = (work + database) / sum(one_year[name])
        print(f"{name:32}{work:8.2f}ms{database:10.2f}ms{ratio}{growth:14.2f}", flush=True)
    for name, (work, database) in floor.items():
        print(f"{'the bare site: ' + name:32}{work:8.2f}ms{database:10.2f}ms")


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
