"""The pages of a plant of 3,000 members with ten years of life, beside a bare site and beside one year of it.

    python -m tests.bench.pages [--members 3000] [--years 10]

The invented plant of the demonstration gets more members and a text with a hundred amendments; its pages are asked
by members without an office. Then its year is written again for the years before (`copies.py`) and they are asked once
more. Before each round of a page the bare site is asked as often for its page (for its ballot, where we cast) on the
same PostgreSQL. The ratio is the processor time of the bare site (Python's and PostgreSQL's) over ours: 0.5 is half as
many requests. The years are compared by that ratio too, for the machine is not equally fast all the time.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
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
from tests.bench.inside import Cost, Site, beside
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


# --- The bare site --------------------------------------------------------------------------------------------------


@contextmanager
def bare_site(folder: Path) -> Iterator[Callable[[str], Cost]]:
    """Asked for its page, or for its ballot where a vote is cast: a process of its own on the same server.

    Its people log in there. Without it everything costs nothing there.
    """
    if not (FLOOR / "run.sh").exists():
        yield lambda _name: (0.0, 0.0)
        return
    wanted = connection.get_connection_params()
    with acting_as_administrator(connection):
        login = connection.get_connection_params()
    name, host = f"floor_{os.getpid()}", login.get("host", "")
    address = f"postgresql://{login['user']}@/{name}?host={host}"
    server = {"host": host, "user": login["user"], "dbname": wanted["dbname"], "autocommit": True}
    with psycopg.connect(**server) as made:
        made.execute(f'CREATE DATABASE "{name}"')
    try:
        with _running(folder, {"DATABASE_URL": address}) as site:

            def cost(request: str) -> Cost:
                site.stdin.write("ballot\n" if request == "casting" else "page\n")
                site.stdin.flush()
                python, database = json.loads(site.stdout.readline())
                return python, database

            yield cost
    finally:
        with psycopg.connect(**server) as made:
            made.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def _running(folder: Path, environment: dict[str, str]) -> Iterator[Any]:
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
    subprocess.run([sys.executable, "-c", SIGNED_IN, str(users), str(2 * READERS)], env=there, check=True)
    asked = {
        "page": "/poll/1/",
        "ballot": {
            "path": "/poll/2/ballot",
            "fields": {"csrfmiddlewaretoken": "{csrf}", "choice": "2"},
            "expect": 302,
        },
    }
    inside = [
        sys.executable,
        str(Path(__file__).with_name("inside.py")),
        str(users),
        json.dumps(asked),
        str(EACH),
    ]
    with subprocess.Popen(
        inside, env=there, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as site:
        yield site


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


Rounds = list[tuple[Cost, Cost]]  # the bare site, and at once after it ours


def ratio(rounds: Rounds) -> float:
    """As many requests as ours answers for one of the bare site, in the same processor time."""
    return sum(sum(bare) for bare, _ours in rounds) / sum(sum(ours) for _bare, ours in rounds)


def row(name: str, one_year: Rounds, rounds: Rounds) -> str:
    """Ours, the ratio (and that of half of the rounds of both series), and how the years are felt."""
    work, database = (sum(ours[part] for _bare, ours in rounds) / len(rounds) for part in (0, 1))
    said = f"{name:32}{work:8.2f}ms{database:10.2f}ms"
    both = one_year + rounds
    if not any(sum(bare) for bare, _ours in both):
        return said
    each = [ratio([one]) for one in both]
    low, _middle, high = quantiles(each)
    spread = f"({low:.2f} to {high:.2f})"
    return f"{said}{ratio(both):14.2f} {spread}{ratio(one_year) / ratio(rounds):14.2f}"


def measure(members: int, years: int) -> None:
    if planted() is None:
        plant(now=make.now(), say=lambda words: print(words, file=sys.stderr, flush=True))
    house = planted()
    assert house is not None
    added = more_members(house, members)
    asked = requests(house, amended_text(house, added[0]))
    users = [session(one) for one in added[: 2 * READERS]]
    site = Site()
    with tempfile.TemporaryDirectory() as folder, bare_site(Path(folder)) as bare:
        one_year = beside(bare, site, asked, users[:READERS], rounds=ROUNDS, each=EACH)
        print(f"{write_years_before(years):,} rows of the years before", file=sys.stderr)
        found = beside(bare, site, asked, users[READERS:], rounds=ROUNDS, each=EACH)
    print(f"{members:,} members; the load of the machine is {os.getloadavg()[0]:.1f}")
    print(
        f"{'':32}{'Python':>10}{'PostgreSQL':>12}{'of the floor, half of rounds':>29}{f'{years} years / 1':>14}"
    )
    for name, rounds in found.items():
        print(row(name, one_year[name], rounds), flush=True)
    for name, request in {"page": "home", "ballot": "casting"}.items():
        bares = [bare for bare, _ours in found[request]]
        work, database = (sum(one[part] for one in bares) / len(bares) for part in (0, 1))
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
