"""What it costs that a whole hall asks every few seconds: the screen, and the floor on everybody's telephone.

    python -m tests.bench.hall [--present 3000] [--times 60]
    python -m tests.bench.hall together [--present 3000] [--seconds 120] [--repeat 3]

Alone: in turn a plant of sixty and one of thousands, everybody present, a vote open or forty waiting for the floor.
Each figure is the least work of the application's processor for one answer through everything but the socket and
PostgreSQL: put together anew, told again from what the process keeps, and told again to somebody who has it (304).

Together: as many telephones as people present ask a served house for the floor, each at the interval of the page (five
seconds for the forty on the list, fifteen for the others), while the chair gives the floor to the next once a minute.
Beside it, in the same run and on the same PostgreSQL, as many ask the bare site for how many have voted, at the same
intervals; there too somebody votes once a minute. FLOOR names the folder of the bare site, as for `tests.bench.run`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import override_settings

from coop.database_roles.acting import acting_as_administrator
from coop.meetings import actions
from coop.meetings.models import AgendaItem, Attendance, Meeting, Stay, Turn
from coop.pages import polled
from tests import make
from tests.bench import fill as bench
from tests.bench.register import FEW, fill
from tests.bench.run import FLOOR, ROOT, SERVER, WORK
from tests.bench.scratch import scratch_database

HTMX = {"HX-Request": "true"}
WAITING = 40
OFTEN = 5  # seconds between two questions of somebody on the list
HALL = WORK / "hall"
WIDTHS = (10, 8, 10, 11, 10, 9, 7, 8)


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
        waiting = [one for one in came if one.member_id != plant.bo.pk][:WAITING]  # who chairs does not speak
        Turn.objects.bulk_create(
            Turn(
                item=item,
                sitting=sitting,
                member_id=one.member_id,
                asked_at=now,
                entered_by=plant.ana,
                seconds=180,
            )
            for one in waiting
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


# --- Together ---------------------------------------------------------------------------------------------------------


def fill_for_telephones(users: Path, present: int) -> None:
    """An empty database becomes a debate with everybody present; one line of `users` for each telephone."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    plant = make.plant("bench", bylaws={"proposal_support_percent": 0})
    members = bench.people(plant, present)
    turns = dict(
        Turn.objects.filter(item__meeting=sitting_of(plant, votes=False)).values_list("member", "pk")
    )
    lines = []
    for member in members:
        line = bench.session(member)
        if member.pk in turns:
            line["every"] = OFTEN
        if member == plant.bo:
            line["turns"] = sorted(turns.values())
        lines.append(json.dumps(line))
    users.write_text("\n".join(lines))


def targets(present: int) -> list[Path]:
    """The bare site and ours, as the driver wants them."""
    HALL.mkdir(parents=True, exist_ok=True)
    python, bare = Path(sys.executable), json.loads((FLOOR / "target.json").read_text())
    bare |= {key: f"cd {FLOOR} && {bare[key]}" for key in ("setup", "start")}
    bare["start"] += " --backlog 4096 --backpressure 8192"  # else it takes in a thousand, as ours would
    recipe = json.loads((FLOOR / "recipe.json").read_text())
    recipe |= {
        "users": present,
        "polled": recipe["members"].format(poll=1),
        "often": WAITING,
        "move": {"path": "/poll/1/ballot", "fields": {"choice": "2"}},
    }
    there = f"cd {ROOT} && export COOP_DEMO=0 COOP_UNGUARDED=bench DJANGO_SETTINGS_MODULE=coop.settings"
    ours = {
        "name": "hall",
        "setup": f"{there} && {python} -m tests.bench.hall fill {HALL / 'users.jsonl'} --present {present}",
        "start": f"{there} && {SERVER.format(bin=python.parent)}",
        "users": "users.jsonl",
    }
    polled = {
        "polled": "/bench/meetings/1/floor/",
        "extra": "HX-Request: true\r\n",
        "move": {"path": "/bench/meetings/1/turns/{turn}/give/"},
    }
    made = []
    for spec, asks in ((bare, recipe), (ours, polled)):
        file = HALL / f"{spec['name']}.json"
        (HALL / f"{spec['name']}-recipe.json").write_text(json.dumps(asks))
        file.write_text(json.dumps(spec | {"recipe": f"{spec['name']}-recipe.json"}))
        made.append(file)
    return made


def together(present: int, seconds: int, repeat: int) -> int:
    if not (FLOOR / "run.sh").exists():
        print(f"The floor is not at {FLOOR}; say where it is with FLOOR=. Nothing was measured.")
        return 0
    floor = WORK / "floor"
    asked = ["sh", str(FLOOR / "run.sh"), "--help"]  # makes the floor's environment, where it is missing
    subprocess.run(asked, env={**os.environ, "FLOOR_WORK": str(floor)}, stdout=subprocess.DEVNULL, check=True)
    driver = [str(floor / "venv/bin/python"), str(Path(__file__).with_name("telephones.py"))]
    environment = {**os.environ, "PATH": f"{floor / 'venv/bin'}:{os.environ['PATH']}"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    heads = zip(
        ("a second", "304", "median", "99 of 100", "longest", "work", "cores", "errors"), WIDTHS, strict=True
    )
    print(" " * 8 + "".join(f"{words:>{width}}" for words, width in heads))
    for turn in range(repeat):
        load = os.getloadavg()[0]
        done = subprocess.run(
            [*driver, str(FLOOR), str(floor), str(seconds), *map(str, targets(present))],
            env=environment, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        for one in found:
            print(
                f"{one['name']:8}{one['per_second']:10.1f}{one['same']:8.0%}{one['p50_ms']:8.1f}ms{one['p99_ms']:9.1f}ms"
                f"{one['max_ms']:8.0f}ms{one['server_ms']:7.2f}ms{one['server_cores']:7.2f}{one['errors']:8}",
                flush=True,
            )
        bare, ours = found
        print(
            f"{turn + 1}: {ours['p50_ms'] / bare['p50_ms']:.1f} times the median of the floor, "
            f"{ours['server_ms'] / bare['server_ms']:.1f} times its work; the machine's load before it was {load:.1f}",
            flush=True,
        )
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", default="alone", choices=["alone", "together", "fill"])
    parser.add_argument("users", nargs="?", type=Path, help="fill: where the lines of the telephones go")
    parser.add_argument("--present", type=int, default=3_000)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    if options.what == "together":
        return together(options.present, options.seconds, options.repeat)
    if options.what == "fill":
        fill_for_telephones(options.users, options.present)
        return 0
    return alone(options.present, options.times)


def alone(present: int, times: int) -> int:
    with scratch_database():
        rules = {"proposal_support_percent": 0}  # admitted as soon as it is published
        counts = {"small": FEW, "large": present}
        plants = {slug: fill(slug, count, bylaws=rules) for slug, count in counts.items()}
        with acting_as_administrator(connection), connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        figures(plants, times)
    return 0


if __name__ == "__main__":
    sys.exit(main())
