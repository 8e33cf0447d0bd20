"""Every office and everything that can be done: what each single power opens, tried by posting as its holder.

The rows are the addresses that take a form, as `test_doors.DOORS` declares them; the columns are the powers of an
office. Whoever is let in where the table does not say so, or changes anything where they are refused, fails the test.
"""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from coop.ballots.models import Envelope
from coop.members.actions import begin_mandate, create_office
from coop.members.models import Body, Mandate, Member, Power
from coop.oversight.models import Reading
from tests import make
from tests.pages import test_doors as doors

pytestmark = pytest.mark.django_db

NO_OFFICE = "no office"
EVERY = {power.value for power in Power}
SIGNS = EVERY - {Power.AUDIT.value}
LEADS_ASSEMBLY = {Power.CONVENE.value, Power.CHAIR.value, Power.RECORD_MINUTES.value}

# What each kind of door asks of an office; a kind that is missing here fails.
OPENED_BY: dict[str, set[str]] = {
    doors.PUBLIC: EVERY | {NO_OFFICE},
    doors.MEMBER: EVERY | {NO_OFFICE},
    doors.CALLS: {Power.CONVENE.value},
    doors.CHAIRS: {Power.CHAIR.value},
    doors.LEADS: {Power.CHAIR.value, Power.RECORD_MINUTES.value},
    doors.RECORDS: {Power.RECORD_MINUTES.value},
    doors.DECIDES_CLAIMS: {Power.RUN_ELECTIONS.value, Power.RECORD_MINUTES.value, Power.CHAIR.value},
    doors.KEEPS: {Power.KEEP_REGISTER.value},
    doors.READS_REGISTER: {Power.KEEP_REGISTER.value, Power.AUDIT.value},
    doors.RUNS: {Power.RUN_ELECTIONS.value, Power.CHAIR.value, Power.RECORD_MINUTES.value},
    doors.TABLE: {Power.RUN_ELECTIONS.value, Power.CHAIR.value, Power.RECORD_MINUTES.value},
    doors.TELLS: set(),
    doors.OFFICE: SIGNS,
    doors.CONFIRMS: SIGNS - {Power.KEEP_BUDGET.value, Power.DECIDE_URGENT.value},
    doors.GOES_OR_AUDITS: {Power.AUDIT.value},
    doors.DECIDES_URGENT: {Power.DECIDE_URGENT.value},
    doors.BINDS: {
        power.value for power in (Power.CONVENE, Power.CHAIR, Power.KEEP_BUDGET, Power.DECIDE_URGENT)
    },
    doors.CARRIES_OVER: {Power.KEEP_REGISTER.value, Power.RECORD_MINUTES.value},
    doors.RUNS_KIOSKS: {Power.KEEP_REGISTER.value, Power.RECORD_MINUTES.value},
    doors.ENDS_SESSIONS: {Power.KEEP_REGISTER.value, Power.RUN_ELECTIONS.value},
    doors.JUDGES: {Power.RUN_ELECTIONS.value},
    doors.AUTHOR: set(),
    doors.SORTS: {Power.CONVENE.value, Power.RECORD_MINUTES.value},
    doors.AUTHOR_OR_SORTS: {Power.CONVENE.value, Power.RECORD_MINUTES.value},
    doors.SITS: set(),
    doors.ONESELF: set(),
    doors.ASKED: {Power.RUN_ELECTIONS.value},
    doors.READS_NAMES: {Power.RUN_ELECTIONS.value, Power.AUDIT.value},
    doors.NOBODY_HERE: set(),
    doors.AUDITS: {Power.AUDIT.value},
    doors.KEEPS_BUDGET: {Power.KEEP_BUDGET.value},
    doors.READS_APPEAL: LEADS_ASSEMBLY | {Power.KEEP_REGISTER.value, Power.AUDIT.value},
    doors.ANSWERS: LEADS_ASSEMBLY,
    doors.ANSWERS_FOR: LEADS_ASSEMBLY,
    doors.TELLS_OUTPUT: LEADS_ASSEMBLY | {Power.KEEP_BUDGET.value},
}


# Doors that open to somebody besides by what they are, not by an office: Gus, who holds "convene" below, is a delegate
# and is handed an action; Hal ("chair") has moved up to be a delegate. A notice is proved by the secretary too.
BESIDES: dict[str, set[str]] = {
    "item-instruction": {Power.CONVENE.value, Power.CHAIR.value},
    "meeting-notice-given": {Power.RECORD_MINUTES.value},
    "action-done": {Power.CONVENE.value},
    "action-hand-over": {Power.CONVENE.value},
    "action-move": {Power.CONVENE.value},
    "action-note": {Power.CONVENE.value},
    "action-reopen": {Power.CONVENE.value},
}


def holders(plant: make.Plant) -> dict[str, Member]:
    """One member for each power, who holds nothing else, and one who holds no office at all."""
    office_of = {}
    names = ["gus", "hal", "ida", "jo", "kim", "fay", "lou"]
    body = Body.objects.create(
        cooperative=plant.cooperative,
        code="ONE",
        name="One power each",
        kind="commission",
        composition="mandate",
    )
    names.append("zoe")
    plant.people["zoe"] = make.member(plant.cooperative, 70, "Zoe", kind="hired")  # no vote more
    for power, name in zip(Power, names, strict=True):
        office = create_office(
            body=body, title=f"only {power.value}", powers=[(power, None)], by=make.FOUNDING, at=make.now()
        )
        begin_mandate(
            seat=office.seats.get(),
            member=plant.people[name],
            since=make.now() - make.days(1),
            until=None,
            begun=Mandate.Begun.FOUNDING,
            document="Founding act",
            by=make.FOUNDING,
            at=make.now(),
        )
        office_of[power.value] = plant.people[name]
    newcomer = plant.people["max"]
    return {**office_of, NO_OFFICE: newcomer}


def what_is_there(power: str) -> dict[str, int]:
    """How many rows each table has: nobody who is refused leaves one behind.

    What somebody reads by the audit alone is written down, the page of a refusal too: of no other power.
    """
    kept = [model for model in apps.get_models() if model.__module__.startswith("coop.")]
    kept.remove(Envelope)  # the application may not even count them
    if power == Power.AUDIT:
        kept.remove(Reading)
    counts = ", ".join(f'(SELECT count(*) FROM "{model._meta.db_table}")' for model in kept)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return dict(zip((model._meta.label for model in kept), cursor.fetchone(), strict=True))


def test_every_kind_of_door_says_which_office_opens_it() -> None:
    assert {audience for _methods, audience in doors.DOORS.values()} - set(OPENED_BY) == set()


@pytest.mark.parametrize("power", [*sorted(EVERY), NO_OFFICE])
def test_an_office_does_what_the_table_says_and_nothing_else(power: str) -> None:
    plant = make.plant("bakery")
    world = doors.World(plant, plant, doors.keys_of(plant))
    client = make.sign_in(Client(raise_request_exception=False), holders(plant)[power])
    wrong = {}
    there = what_is_there(power)
    for name, (methods, audience) in doors.DOORS.items():
        if "POST" not in methods or name in ("sign-out", "enrol", "enrol-by-code", "sign-in-as", "language"):
            continue  # of the door itself, or public
        before = there
        found = doors.knock(client, world.address(name), "POST")
        there = what_is_there(power)
        if power in OPENED_BY[audience] | BESIDES.get(name, set()):
            if found not in ("answers", "refuses"):
                wrong[name] = found
        elif found not in ("not there", "refuses") or there != before:
            wrong[name] = f"{found}, and the rows changed" if there != before else found
    assert wrong == {}
