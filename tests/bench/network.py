"""A network of 700 plants with 210,000 members in one database, beside one plant of 300 alone in it.

    python -m tests.bench.network [--plants 700] [--members 300]

One plant is filled with people, votes and proposals; its pages are asked by its members. Then everything of it is
written again for the other plants (`copies.py`), and the members of the last of them ask for the same pages. What
differs is only how much lies in the tables beside them.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django
from django.conf import settings

settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
django.setup()

from django.db import connection
from django.urls import reverse

from coop.ballots.models import Ballot
from coop.charter.models import Cooperative
from coop.members.models import Member
from coop.proposals.models import Proposal
from tests import make, make_votes
from tests.bench.copies import vacuumed, write_plants_beside
from tests.bench.fill import people, session, votes
from tests.bench.inside import Site, least
from tests.bench.scratch import scratch_database

VOTES = 3


def requests(house: Cooperative, vote: Ballot) -> dict[str, Any]:
    def to(name: str, *keys: Any) -> str:
        return reverse(name, args=[house.slug, *keys])

    text = Proposal.objects.filter(cooperative=house).latest("pk")
    fields = {"csrfmiddlewaretoken": "{csrf}", "form": "{form}", "choice": "for"}
    return {
        "casting": {"path": to("ballot", vote.pk), "fields": fields, "expect": 302},
        "the ballot page": to("ballot", vote.pk),
        "home": to("home"),
        "the members": to("members"),
        "the proposals": to("proposals"),
        "a proposal": to("proposal", text.pk),
        "the decisions": to("decisions"),
        "search": to("search") + "?words=motion",
    }


def asked_by(house: Cooperative, site: Site, *, first: bool) -> dict[str, tuple[float, float]]:
    """The cost of every page. Nobody votes twice: in the copies the roll of the vote that was asked for is marked."""
    open_votes = Ballot.objects.filter(cooperative=house, state=Ballot.State.OPEN).order_by("pk")
    vote = (open_votes if first else open_votes.reverse())[0]
    voters = Member.objects.filter(cooperative=house, account__isnull=False).exclude(
        name__in=[name for name, *_ in make.WITHOUT_VOTE]
    )
    users = [session(one) for one in voters.select_related("account").order_by("pk")]
    return least(site, requests(house, vote), users, rounds=5, each=min(40, len(users) // 6))


def measure(plants: int, members: int) -> None:
    plant = make.plant("bench", bylaws={"proposal_support_percent": 0, **make_votes.ON_SCREENS})
    make_votes.commission(plant)
    people(plant, members)
    votes(plant, VOTES)
    vacuumed()
    site = Site()
    alone = asked_by(plant.cooperative, site, first=True)
    began = time.monotonic()
    rows = write_plants_beside(plants)
    print(f"{rows:,} rows written in {time.monotonic() - began:.0f} s", file=sys.stderr)
    last = Cooperative.objects.latest("pk")
    found = asked_by(last, site, first=False)
    there = Member.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        (size,) = cursor.fetchone()
    print(f"{Cooperative.objects.count()} plants, {there:,} people, {size}; load {os.getloadavg()[0]:.1f}")
    print(f"{'':20}{'alone':>20}{'in the network':>22}{'factor':>9}")
    for name, costs in found.items():
        factor = sum(costs) / sum(alone[name])
        one, many = (f"{python:6.2f} + {base:5.2f} ms" for python, base in (alone[name], costs))
        print(f"{name:20}{one:>20}{many:>22}{factor:9.2f}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--plants", type=int, default=700)
    parser.add_argument("--members", type=int, default=300)
    options = parser.parse_args()
    with scratch_database():
        measure(options.plants, options.members)
    return 0


if __name__ == "__main__":
    sys.exit(main())
