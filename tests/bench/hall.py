"""What it costs that a whole hall asks every few seconds: the screen, and the floor on everybody's telephone.

    python -m tests.bench.hall [--present 3000] [--times 60]

In turn a plant of sixty and one of thousands, everybody present, a vote open or forty people waiting for the floor.
Each
figure is the least work of the application's processor for one answer through everything but the socket and
PostgreSQL: put together anew, told again from what the process keeps, and told again to somebody who has it (304).
"""

from __future__ import annotations

import argparse
import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import override_settings, setup_databases, setup_test_environment, teardown_databases

from coop.database_roles.acting import acting_as_administrator
from coop.meetings import actions
from coop.meetings.models import AgendaItem, Attendance, Meeting, Stay, Turn
from coop.pages import polled
from tests import make
from tests.bench.register import FEW, fill

HTMX = {"HX-Request": "true"}
WAITING = 40


def sitting_of(plant: make.Plant, *, votes: bool) -> Meeting:
    """Everybody of the register is in; item 2 is called, and voted or debated."""
    motion = make.published_motion(plant, title=f"Vote: {votes}")
    draft = make.draft_meeting(plant, motions=[motion])
    meeting = actions.convene(meeting=draft, by=plant.ana, at=draft.prepared_at)
    sitting, now = meeting.sittings.get(), make.now()
    actions.check_in(meeting=meeting, member=plant.ana, by=plant.ana, at=now)
    meeting.refresh_from_db()
    assert meeting.register is not None
    there = meeting.register.lines().exclude(member=plant.ana).values_list("member", flat=True)
    came = Attendance.objects.bulk_create(
        [
            Attendance(
                meeting=meeting, sitting=sitting, member_id=member, votes=True, how="table",
                recorded_by=plant.ana, arrived_at=now,
            )
            for member in there
        ],
        2000,
    )  # fmt: skip
    Stay.objects.bulk_create([Stay(attendance=one, sitting=sitting, came_at=now) for one in came], 2000)
    actions.open_sitting(sitting=sitting, by=plant.bo, at=now)
    meeting.refresh_from_db()
    sitting.refresh_from_db()
    item = AgendaItem.objects.get(meeting=meeting, number=2)
    actions.call_item(item=item, sitting=sitting, by=plant.bo, at=now)
    if votes:
        actions.open_vote(item=item, by=plant.bo, at=now)
    else:
        Turn.objects.bulk_create(
            Turn(
                item=item,
                sitting=sitting,
                member_id=one.member_id,
                asked_at=now,
                entered_by=plant.ana,
                seconds=180,
            )
            for one in came[:WAITING]
        )
    return meeting


def work(client: Client, address: str, **headers: str) -> tuple[float, str]:
    """Milliseconds of the processor for one answer, and its ETag."""
    start = time.process_time()
    answer = client.get(address, headers={**HTMX, **headers})
    took = (time.process_time() - start) * 1000
    assert answer.status_code == (304 if headers else 200), (address, answer.status_code)
    return took, answer["ETag"]


def least(client: Client, address: str, times: int) -> tuple[float, float, float]:
    """Put together anew, told again, told again to whoever has it."""
    with override_settings(HALL_SECONDS=0):
        anew = min(work(client, address)[0] for _one in range(times))
    with override_settings(HALL_SECONDS=3600):
        _took, etag = work(client, address)
        again = min(work(client, address)[0] for _one in range(times))
        same = min(work(client, address, **{"If-None-Match": etag})[0] for _one in range(times))
    polled.forget()
    return anew, again, same


def figures(plants: dict[str, make.Plant], times: int) -> None:
    print(f"{'work of the processor, ms':36}{'anew':>8}{'again':>8}{'304':>8}{'anew/304':>10}")
    for slug, plant in plants.items():
        meetings = {"a vote": sitting_of(plant, votes=True), "a debate": sitting_of(plant, votes=False)}
        client = make.sign_in(Client(), plant.eve)
        for words, meeting in meetings.items():
            for noun in ("hall", "floor"):
                anew, again, same = least(client, f"/{slug}/meetings/{meeting.pk}/{noun}/", times)
                present = meeting.attendances.count()
                name = f"{noun}, {words}, {present:,} present"
                print(f"{name:36}{anew:8.2f}{again:8.2f}{same:8.2f}{anew / same:9.1f}x", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--present", type=int, default=3_000)
    parser.add_argument("--times", type=int, default=60)
    options = parser.parse_args()
    setup_test_environment()
    with acting_as_administrator(connection):
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    try:
        rules = {"proposal_support_percent": 0}  # admitted as soon as it is published
        counts = {"small": FEW, "large": options.present}
        plants = {slug: fill(slug, count, bylaws=rules) for slug, count in counts.items()}
        with acting_as_administrator(connection), connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        figures(plants, options.times)
    finally:
        with acting_as_administrator(connection):
            teardown_databases(made, verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
