"""Law 6: what PostgreSQL itself refuses, statement by statement, to whoever passes every rule of ours.

Each statement is tried as the application, as the owner of the tables, and as the owner where the triggers of
others are off (`session_replication_role = replica`). 42501 is a missing right, which only the application can
lack; 23001 is a trigger of ours, which holds for all three. No check and no foreign key answers with these codes.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked
from coop.ballots.models import Register, RollEntry
from coop.charter.models import Bylaws
from coop.decisions import actions as decisions
from coop.decisions.models import CarriedDecision
from coop.documents import actions as papers
from coop.documents.models import Version
from coop.intake import actions as lists
from coop.intake.sheets import Table
from coop.journal.models import Actor
from coop.keys import actions as keys
from coop.keys.models import Kiosk, OfficeEnding, OneTimeCode
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Attendance, LastInBook, Meeting, Signer
from coop.members import actions as members
from coop.members.frozen import APPLICATION_STEPS as OF_APPLICATIONS
from coop.members.models import Application, Correction, Department, Mandate, WorkedHours
from tests import make
from tests.conftest import administrators_connection, database_clone

NO_RIGHT, TRIGGER = "42501", "23001"
HATS = {
    "application": ("SET LOCAL ROLE coop_app",),
    "owner": ("SET LOCAL ROLE coop_owner",),
    "owner, replica": ("SET LOCAL session_replication_role = replica", "SET LOCAL ROLE coop_owner"),
}


# --- A house in which everything has happened, and a little is still under way -----------------------------------


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with ExitStack() as stack:
        stack.enter_context(database_clone(django_db_blocker))
        rows = _rows()
        yield House(stack.enter_context(administrators_connection()), rows)


class House:
    def __init__(self, connection: psycopg.Connection[Any], rows: Mapping[str, int]) -> None:
        self.connection, self.rows = connection, rows

    def tried(self, hat: str, statement: str) -> tuple[str | None, int]:
        """The code of the refusal, or None, and how many rows were touched. Nothing stays done."""
        try:
            with self.connection.transaction(force_rollback=True):
                for put_on in HATS[hat]:
                    self.connection.execute(put_on)
                return None, self.connection.execute(statement.format(**self.rows)).rowcount
        except psycopg.Error as refused:
            return refused.sqlstate, 0


def copied_decision(plant: make.Plant, number: int, day: datetime.date) -> CarriedDecision:
    return decisions.carry_over(
        body=plant.assembly,
        number=number,
        title="Canteen",
        text="Open on Mondays.",
        outcome="carried",
        decided_on=day,
        source="Book of minutes 3, page 41",
        by=plant.ana,
        at=make.now(),
    )


def _lists(plant: make.Plant, now: datetime.datetime) -> dict[str, Any]:
    """A list that is looked at, one that is being entered, one that is entered and one that was taken back."""
    made: dict[str, Any] = {}
    for place, state in enumerate(("read", "running", "done", "undone")):
        list_ = lists.read_in(
            cooperative=plant.cooperative,
            file_name="list.csv",
            digest="0" * 64,
            text_file=True,
            tables=[
                Table(
                    "",
                    [(1, ["Number", "Name", "Joined"]), (2, [900 + place, "Zed Old", {"d": "2024-01-01"}])],
                )
            ],
            by=plant.cy,
            at=now,
        )
        if state != "read":
            lists.confirm(intake=list_, document="Book 1", leave_out=False, by=plant.cy, at=now)
        if state in ("done", "undone"):
            while lists.work_off(intake=list_, by=plant.cy, at=now):
                pass
        if state == "undone":
            lists.take_back(intake=list_, because="wrong", by=plant.cy, at=now)
            while lists.work_off(intake=list_, by=plant.cy, at=now):
                pass
        made[f"{state}_list"], made[f"{state}_row"] = list_, list_.rows.get()
    return made


def version_of(plant: make.Plant, title: str) -> Version:
    day = datetime.date(2019, 5, 12)
    return papers.enter_document(
        cooperative=plant.cooperative,
        kind="statute",
        title=title,
        text="# Bread",
        file=papers.File("scan.txt", b"Bread."),
        adopted_on=day,
        adopted_by="Founding act",
        valid_from=day,
        by=plant.ana,
        at=make.now(),
    )


def last_in_book(plant: make.Plant, year: int) -> LastInBook:
    return meetings.go_on_from_book(
        body=plant.assembly, year=year, last=4, source="Book 3, page 212", by=plant.ana, at=make.now()
    )


def _rows() -> dict[str, int]:
    """The ids that the statements below name."""
    plant = make.plant()
    now, clerk = make.now(), Actor("clerk", "The clerk")
    made: dict[str, Any] = {"plant": plant.cooperative, "body": plant.assembly, "eve": plant.eve}

    day = plant.cooperative.day_of(now)
    made["same_number"] = copied_decision(plant, 1, day)  # the number the first decision here will get
    made["copy"] = copied_decision(plant, 2, day.replace(year=2018))
    made["carried"] = copied_decision(plant, 3, day.replace(year=2018))
    decisions.confirm_carried(entry=made["carried"], by=plant.bo, at=now)

    made["held_version"], made["entered_version"] = version_of(plant, "Statute"), version_of(plant, "Rules")
    made["scan"] = made["held_version"].attachment
    papers.confirm_version(version=made["held_version"], by=plant.bo, at=now)
    made["last"] = last_in_book(plant, 2018)
    made["last_confirmed"] = last_in_book(plant, 2017)
    meetings.confirm_last(entry=made["last_confirmed"], by=plant.bo, at=now)

    made["decided"] = make.open_vote(plant)
    made["counted"] = made["decided"].ballot
    make.cast(made["counted"], plant.ana, "for")
    make.cast(made["counted"], plant.bo, "for")
    made["closed_item"] = item = AgendaItem.objects.get(decision=made["decided"])
    made["closed"] = closed = item.meeting
    made["closed_note"] = meetings.write_note(item=item, text="Said.", revision=0, by=plant.ana, at=now)
    meetings.name_signers(meeting=closed, members=[plant.ana, plant.bo], by=plant.ana, at=now)
    meetings.close_vote(item=item, by=plant.bo, at=now)
    meetings.close_meeting(meeting=closed, by=plant.bo, at=now)
    made["minutes"] = meetings.close_minutes(meeting=closed, by=plant.ana, at=now)
    made["settled"] = made["decided"].proposal
    made["closed_sitting"] = closed.sittings.get()
    made["was_there"] = Attendance.objects.get(meeting=closed, member=plant.ana)
    made["signer"] = Signer.objects.filter(meeting=closed).first()

    made["pending"] = make.open_vote(plant, motions=[make.supported_motion(plant, title="Another oven")])
    made["running"] = made["pending"].ballot
    make.cast(made["running"], plant.ana, "for")
    make.cast(made["running"], plant.bo, "against")
    made["ana_there"] = RollEntry.objects.get(ballot=made["running"], member=plant.ana)
    made["fay_there"] = RollEntry.objects.get(ballot=made["running"], member=plant.fay)
    made["fay_then"] = RollEntry.objects.get(ballot=made["counted"], member=plant.fay)
    made["item"] = item = AgendaItem.objects.get(decision=made["pending"])
    made["held"], made["tabled"] = item.meeting, made["pending"].proposal
    made["note"] = meetings.write_note(item=item, text="Said.", revision=0, by=plant.ana, at=now)
    made["sitting"] = item.meeting.sittings.get()
    made["is_there"] = Attendance.objects.get(meeting=item.meeting, member=plant.ana)

    made |= _posted(plant, clerk)
    later = now + make.days(1)
    made["convened"] = make.convened_meeting(
        plant, starts_at=later, motions=[make.supported_motion(plant, title="A third")]
    )
    made["convened_sitting"] = made["convened"].sittings.get()
    made["convened_item"] = made["convened"].items.get(number=2)
    made["prepared"] = make.draft_meeting(plant, starts_at=later)
    made["prepared_sitting"] = made["prepared"].sittings.get()
    made["cancelled"] = meetings.cancel(meeting=make.draft_meeting(plant), by=plant.ana, at=now)
    made["draft"] = make.motion(plant, title="A draft")
    made["open"] = make.published_motion(plant, title="Looking for support")
    made["admitted"] = make.supported_motion(plant, title="Waiting")

    made["mandate"] = Mandate.objects.get(member=plant.bo)
    made["ended"] = Mandate.objects.get(member=plant.dee)
    members.end_mandate(mandate=made["ended"], ended="resigned", document="Letter", by=clerk, at=now)
    day = plant.cooperative.day_of(now)
    made["stood"] = plant.eve.standings.get()
    made["stands"] = members.change_standing(
        member=plant.eve, kind="member", status="medical_leave", since=day, reason="", by=clerk, at=now
    )
    made["posted_then"] = plant.eve.postings.get()
    packing = Department.objects.get(code="PAC")
    made["posted"] = members.post(
        member=plant.eve, department=packing, crew=None, since=day, reason="", by=clerk, at=now
    )
    members.change_standing(
        member=plant.gus, kind="member", status="suspended", since=day, reason="", by=clerk, at=now
    )
    made["suspended"] = suspended = plant.gus.standings.get(until=None)
    plant.gus.standings.filter(pk=suspended.pk).update(appealed_at=now, final_at=now)
    plant.oz.standings.update(struck_at=now, struck_because="another Oz")
    made["struck"] = plant.oz.standings.get()
    plant.max.postings.update(struck_at=now, struck_because="another Max")
    made["struck_posting"] = plant.max.postings.get()
    made |= _applications(plant, day, now)
    made |= _lists(plant, now)
    made["correction"] = Correction.objects.create(
        member=plant.eve, at=now, by=plant.cy, field="name", was="Ewe", becomes="Eve", reason="misheard"
    )
    made["hours"] = WorkedHours.objects.create(
        cooperative=plant.cooperative,
        year=2026,
        quarter=1,
        members=9,
        hired=1,
        entered_at=now,
        entered_by=plant.cy,
    )
    used, _token = members.issue_card(member=plant.lou, by=plant.cy, at=now)
    members.enrol(card=used, secret=make.PIN, by=plant.lou, at=now)
    made["used"], made["account"] = used, plant.lou.__class__.objects.get(pk=plant.lou.pk).account
    made["lou_there"] = RollEntry.objects.get(ballot=made["running"], member=plant.lou)
    made["replaced"], _token = members.issue_card(
        member=plant.lou.__class__.objects.get(pk=plant.lou.pk), by=plant.cy, at=now
    )
    members.countersign_card(card=made["replaced"], by=plant.bo, at=now)
    members.enrol(card=made["replaced"], secret="740258", by=plant.lou, at=now)
    made["card"], _token = members.issue_card(member=plant.kim, by=plant.cy, at=now)
    keys.print_codes(by=plant.lou.__class__.objects.get(pk=plant.lou.pk), at=now)
    made["code"] = OneTimeCode.objects.first()
    OneTimeCode.objects.filter(pk=made["code"].pk).update(used_at=now)
    made["passkey"], made["taken_away"] = make.passkey(plant.eve), make.passkey(plant.fay)
    keys.remove_passkey(passkey=made["taken_away"], by=plant.fay, at=now)
    Kiosk.objects.create(
        cooperative=plant.cooperative, place="Gate", token_hash="x", started_at=now, started_by=plant.cy
    )
    OfficeEnding.objects.create(member=plant.eve, by=plant.cy, at=now)
    return {name: row.pk for name, row in made.items()}


def _applications(plant: make.Plant, day: datetime.date, now: datetime.datetime) -> dict[str, Any]:
    """One application in every state."""
    decided = {"decided_on": day, "document": "Minute 1"}
    refused = decided | {"reasons": "No work."}
    appealed = refused | {"appealed_on": day, "appeal": "There is."}
    facts = {
        "open": {},
        "admitted": decided | {"member": plant.lou},
        "refused": refused,
        "withdrawn": {"decided_on": day},
        "appealed": appealed,
        "upheld": appealed | {"appeal_decided_on": day, "appeal_document": "D GA 2026-1"},
    }
    return {f"{state}_application": _application(plant, day, now, state, facts[state]) for state in facts}


def _application(
    plant: make.Plant, day: datetime.date, now: datetime.datetime, state: str, facts: dict[str, Any]
) -> Application:
    made = Application.objects.create(
        cooperative=plant.cooperative,
        name="Pia",
        plain_name="pia",
        applied_on=day,
        entered_at=now,
        entered_by=plant.cy,
    )
    ways = {"appealed": ["refused"], "upheld": ["refused", "appealed"], "open": []}
    for step in [*ways.get(state, []), *([] if state == "open" else [state])]:
        allowed = {field.removesuffix("_id") for field in OF_APPLICATIONS[_step_to(step)]}
        given = {field: value for field, value in facts.items() if field in allowed}
        Application.objects.filter(pk=made.pk).update(state=step, **given)
    return made


def _step_to(state: str) -> str:
    return {"appealed": "refused>appealed", "upheld": "appealed>upheld"}.get(state, f"open>{state}")


def _posted(plant: make.Plant, clerk: Actor) -> dict[str, Any]:
    """A register that can be claimed against: one claim is open, one granted; and the final one of the counted vote."""
    now = make.now()
    closed = plant.cooperative.day_of(now) - make.days(1)
    posted = ballots.draw_register(
        body=plant.assembly, closes_on=closed, needed_at=now + make.days(9), by=clerk, at=now
    )
    made: dict[str, Any] = {"drawn": posted, "ana": plant.ana, "max": plant.max}
    claim = {"register": posted, "text": "Look again.", "at": now}
    removal = ballots.claim(kind="removal", member=plant.jo, claimed_by=plant.kim, by=plant.kim, **claim)
    members.change_standing(
        member=plant.jo, kind="member", status="voluntary_leave", since=closed, reason="", by=clerk, at=now
    )
    made["granted"] = ballots.grant_claim(claim=removal, by=plant.ana, at=now)
    made["claimed"] = ballots.claim(
        kind="correction", member=plant.kim, claimed_by=plant.kim, by=plant.kim, **claim
    )
    made["line"] = posted.lines().get(member=plant.kim)
    made["draft_ballot"] = ballots.draw_up(
        register=posted,
        title="A draft",
        text="A text.",
        questions=[Asked("Yes?")],
        majority="1/2",
        base="for_against",
        bylaws=Bylaws.in_force(plant.cooperative, closed),
        needs_presence=False,
        by=clerk,
        at=now,
    )
    made["final"] = Register.objects.exclude(final_at=None).earliest("pk")
    made["line_then"] = made["final"].lines().first()
    return made


# --- What is refused -------------------------------------------------------------------------------------------------

# Rows that never change at all, or that keep this column: the application has not even the right.
WITHOUT_RIGHT = [
    "UPDATE journal_entry SET verb = 'nothing'",
    "DELETE FROM journal_entry",
    "DELETE FROM journal_chain",
    "UPDATE ballots_register SET closes_on = closes_on - 1",
    "UPDATE ballots_register SET claims_until = now() WHERE id = {drawn}",
    "UPDATE ballots_registerentry SET name = 'x' WHERE register_id = {drawn}",
    "UPDATE ballots_registerentry SET claim_id = {granted} WHERE id = {line}",
    "UPDATE charter_bylaws SET quorum_first = '1/3'",
    "DELETE FROM charter_bylaws",
    "DELETE FROM charter_cooperative WHERE id = {plant}",
    *(
        statement
        for table, change in {
            "ballots_register": "size = 1",
            "ballots_registerentry": "name = 'x'",
            "ballots_question": "wording = 'Other words?'",
            "ballots_option": "code = 'x'",
            "ballots_namedvote": "form = 'x'",
            "ballots_tally": "outcome = 'tie'",
            "ballots_tallyline": "votes = votes + 1",
            "proposals_support": "given_at = now()",
            "decisions_carrieddecision": "title = 'x'",
            "meetings_lastinbook": "last = 900",
            "documents_document": "title = 'x'",
            "documents_version": "text = 'x'",
            "documents_attachment": "content = 'x'",
            "meetings_signer": "chosen_at = now()",
            "meetings_minutes": "text = 'Other words.'",
            "keys_kiosk": "place = 'Elsewhere'",
            "keys_officeending": "by_id = member_id",
            "keys_onetimecode": "code_hash = 'x'",
            "members_correction": "reason = 'x'",
            "members_workedhours": "hired = 0",
        }.items()
        for statement in (f"UPDATE {table} SET {change}", f"DELETE FROM {table}")
    ),
    *(
        f"DELETE FROM {table}"
        for table in (
            "ballots_ballot",
            "ballots_claim",
            "ballots_rollentry",
            "proposals_proposal",
            "decisions_decision",
            "meetings_meeting",
            "meetings_attendance",
            "meetings_itemnote",
            "members_account",
            "members_member",
            "members_standing",
            "members_posting",
            "members_body",
            "members_office",
            "members_officepower",
            "members_seat",
            "members_mandate",
            "members_accesscard",
            "keys_passkey",
            "members_application",
        )
    ),
    *(
        f"UPDATE members_{row} SET {change}"
        for row, changes in {
            "standing": [
                "kind = 'hired'",
                "status = 'suspended'",
                "since = since - 1",
                "member_id = {eve} - 1",
                "reason = 'x'",
                "expected_until = '2001-01-01'",
                "replacement = NOT replacement",
                "document = 'x'",
            ],
            "posting": ["department_id = department_id - 1", "crew_id = NULL", "since = since - 1"],
            "accesscard": [
                "token_hash = 'x'",
                "code_hash = NULL",
                "expires_at = now()",
                "member_id = {eve}",
                "issued_by_id = NULL",
            ],
        }.items()
        for change in changes
    ),
]


def each(table: str, row: str, *changes: str) -> list[str]:
    return [f"UPDATE {table} SET {change} WHERE id = {{{row}}}" for change in changes]


def copied(table: str, row: str, **changed: str) -> str:
    """A second row like one that is there, except for some columns, as if it had come about by itself."""
    columns = COLUMNS[table].split()
    values = ", ".join(changed.get(column, column) for column in columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE id = {{{row}}}"


def vote(entry: str) -> str:
    """A vote in the ballot that has been counted."""
    return (
        "INSERT INTO ballots_namedvote (entry_id, question_id, answer, form, cast_at)"
        f" SELECT {{{entry}}}, id, 'for', 'x', now() FROM ballots_question WHERE ballot_id = {{counted}}"
    )


COLUMNS = {
    "ballots_register": "cooperative_id body_id closes_on drawn_at size hash claims_until final_at final_size"
    " final_hash",
    "ballots_registerentry": "register_id member_id number name department crew claim_id struck_by_id",
    "ballots_claim": "register_id kind member_id text claimed_by_id entered_by_id made_at state decided_by_id"
    " decided_at reasons",
    "proposals_proposal": "cooperative_id year number kind matter title reasons author_id state revision written_at"
    " published_at support_needed admitted_at settled_at",
    "documents_version": "cooperative_id document_id number text adopted_on adopted_by valid_from hash entered_by_id"
    " entered_at entered_on confirmed_by_id confirmed_at",
    "meetings_lastinbook": "cooperative_id body_id year last source entered_by_id entered_at entered_on confirmed_by_id"
    " confirmed_at",
    "decisions_carrieddecision": "cooperative_id body_id year number title text text_hash outcome decided_on source"
    " entered_by_id entered_at entered_on confirmed_by_id confirmed_at",
    "decisions_decision": "cooperative_id body_id proposal_id ballot_id title text text_hash matter outcome year"
    " number put_at decided_at",
    "meetings_meeting": "cooperative_id body_id kind title place state year number prepared_by_id prepared_at"
    " convened_at register_closes_on register_id quorum_share second_call_rule second_call_share",
    "meetings_agendaitem": "meeting_id number kind title planned_minutes proposal_id decision_id",
    "meetings_sitting": "meeting_id number starts_at",
    "meetings_attendance": "meeting_id sitting_id member_id votes how recorded_by_id arrived_at",
    "meetings_minutes": "meeting_id text hash language closed_by_id closed_at journal_sequence journal_hash",
    "meetings_signer": "meeting_id member_id chosen_at",
}

STATES_OF_PROPOSALS = {
    "settled": ["draft", "open", "admitted", "tabled", "withdrawn", "fallen"],
    "tabled": ["draft", "open", "withdrawn", "fallen"],
    "admitted": ["draft", "open", "settled", "fallen"],
    "open": ["draft", "tabled", "settled"],
    "draft": ["admitted", "tabled", "settled", "fallen"],
}
STATES_OF_APPLICATIONS = {
    "open": ["appealed", "upheld"],
    "admitted": ["open", "refused", "withdrawn"],
    "refused": ["open", "admitted", "withdrawn", "upheld"],
    "withdrawn": ["open", "admitted", "refused"],
    "appealed": ["open", "refused", "withdrawn"],
    "upheld": ["open", "refused", "appealed", "admitted"],
}
STATES_OF_MEETINGS = {
    "closed": ["draft", "convened", "in_session", "cancelled"],
    "held": ["draft", "convened", "cancelled"],
    "convened": ["draft"],
    "prepared": ["in_session", "closed"],
    "cancelled": ["draft", "convened"],
}
NOTICE = [
    "number = 900",
    "year = 2001",
    "convened_at = now()",
    "convened_by_id = {eve}",
    "register_closes_on = register_closes_on - 1",
    "quorum_share = '1/100'",
    "second_call_minutes = 1",
    "second_call_rule = 'any'",
    "second_call_share = '1/100'",
    "second_call_number = 900",
    "rules_version = 900",
    "body_id = body_id + 1",
    "cooperative_id = cooperative_id + 1",
    "kind = 'council'",
    "title = 'Another'",
    "place = 'Elsewhere'",
    "prepared_at = now()",
]

# What depends on the row: the right is there, the trigger refuses.
BY_TRIGGER = [
    # the charter
    *each(
        "charter_cooperative",
        "plant",
        "time_zone = 'Asia/Tokyo'",
        "slug = 'other'",
        "chain_id = chain_id + 1",
    ),
    *each(
        "charter_cooperative",
        "plant",
        "currency_code = 'XX'",
        "currency_decimals = 4",
        "founded = '1999-01-01'",
    ),
    # people and offices
    *each("members_member", "eve", "number = 900", "cooperative_id = cooperative_id + 1"),
    *each("members_standing", "stood", "until = until + 1", "until = NULL"),
    *each("members_posting", "posted_then", "until = until + 1", "until = NULL"),
    *each("members_standing", "suspended", "appealed_at = NULL", "final_at = now() + interval '1 day'"),
    *each("members_standing", "struck", "struck_at = NULL", "struck_because = 'other'"),
    *each("members_posting", "struck_posting", "struck_at = NULL", "struck_because = 'other'"),
    *(
        statement
        for row, states in STATES_OF_APPLICATIONS.items()
        for state in states
        for statement in each("members_application", f"{row}_application", f"state = '{state}'")
    ),
    *(
        statement
        for row in STATES_OF_APPLICATIONS
        for statement in each(
            "members_application", f"{row}_application", "name = 'x'", "applied_on = '2001-01-01'"
        )
    ),
    *each("members_application", "refused_application", "reasons = 'x'", "document = 'x'"),
    *each("members_application", "upheld_application", "reasons = 'x'", "appeal_document = 'x'"),
    *each(
        "members_mandate",
        "mandate",
        "member_id = {eve}",
        "since = since + interval '1 day'",
        "seat_id = seat_id + 1",
    ),
    *each("members_mandate", "mandate", "document = 'x'", "begun = 'elected'", "entered_by_id = {eve}"),
    *each("members_mandate", "mandate", "confirmed_by_id = {eve}", "confirmed_at = now()", "until = now()"),
    *each("members_mandate", "mandate", "ended = 'left'", "end_document = 'x'"),
    *each(
        "members_mandate",
        "ended",
        "until = NULL",
        "until = until + interval '1 day'",
        "ended = 'left'",
        "ended = ''",
    ),
    *each(
        "members_mandate",
        "ended",
        "until = until - interval '1 day'",
        "end_document = 'x'",
        "confirmed_at = NULL",
    ),
    *each("members_accesscard", "used", "used_at = NULL", "used_at = used_at + interval '1 day'"),
    *each("keys_onetimecode", "code", "used_at = NULL", "used_at = used_at + interval '1 day'"),
    *each("keys_passkey", "passkey", "counter = counter - 1", "public_key = 'y'", "account_id = {account}"),
    *each("keys_passkey", "taken_away", "removed_at = NULL", "counter = counter + 1"),
    *each("members_account", "account", "reset_at = NULL", "reset_at = reset_at - interval '1 day'"),
    # the register of voters
    *each(
        "ballots_register",
        "drawn",
        "final_at = now(), final_size = 11, final_hash = 'x'",  # a claim is open
        "final_at = now(), final_size = 900, final_hash = 'x'",
    ),
    *each("ballots_register", "final", "final_at = now()", "final_size = 1", "final_hash = 'x'"),
    copied("ballots_register", "final", size="0", final_size="0"),
    copied("ballots_registerentry", "line_then", member_id="{max}"),
    copied("ballots_registerentry", "line", member_id="{max}", claim_id="{granted}"),
    copied("ballots_registerentry", "line", member_id="{max}", claim_id="{claimed}"),
    copied("ballots_registerentry", "line", member_id="{max}", struck_by_id="{granted}"),
    *each("ballots_registerentry", "line", "struck_by_id = {granted}", "struck_by_id = {claimed}"),
    *each("ballots_registerentry", "line_then", "struck_by_id = {granted}"),
    *each("ballots_claim", "claimed", "text = 'x'", "member_id = {max}", "kind = 'removal'", "reasons = 'x'"),
    *each("ballots_claim", "granted", "state = 'open'", "state = 'refused', reasons = 'x'", "reasons = 'x'"),
    copied("ballots_claim", "claimed", register_id="{final}"),
    copied("ballots_claim", "granted", kind="'addition'"),
    *each("ballots_ballot", "draft_ballot", "state = 'open', opened_at = now(), roll_size = 11"),
    # lists from a spreadsheet
    *(
        statement
        for row, states in {
            "read": ["done", "undoing", "undone"],
            "running": ["read", "undoing", "undone"],
            "done": ["read", "running", "undone"],
            "undone": ["read", "running", "done", "undoing"],
        }.items()
        for state in states
        for statement in each("intake_intake", f"{row}_list", f"state = '{state}'")
    ),
    *(
        statement
        for row in ("running", "done", "undone")
        for statement in [
            *each(
                "intake_intake",
                f"{row}_list",
                "mapping = '{{}}'",
                "since = since - 1",
                "document = 'x'",
                "digest = 'x'",
            ),
            *each("intake_intake", f"{row}_list", "confirmed_at = now()", "confirmed_by_id = {eve}"),
            f"DELETE FROM intake_intake WHERE id = {{{row}_list}}",
            f"DELETE FROM intake_intakerow WHERE id = {{{row}_row}}",
        ]
    ),
    *each("intake_intake", "read_list", "tables = '[]'", "digest = 'x'", "by_id = {eve}"),
    *each("intake_intake", "undone_list", "undone_because = 'x'", "undone_at = now()"),
    *each("intake_intakerow", "read_row", "state = 'done'", "\"values\" = '{{}}'", "number = 1"),
    *each("intake_intakerow", "running_row", "state = 'read'", "\"values\" = '{{}}'", "verdict = 'wrong'"),
    *each(
        "intake_intakerow",
        "done_row",
        "state = 'waiting'",
        "state = 'failed'",
        "member_id = {eve}",
        "number = 1",
    ),
    *each("intake_intakerow", "undone_row", "state = 'done'", "state = 'waiting'", "member_id = {eve}"),
    # the box
    *each("ballots_ballot", "running", "state = 'draft'", "state = 'counted'"),
    *each(
        "ballots_ballot",
        "counted",
        "state = 'draft'",
        "state = 'open'",
        "state = 'closed'",
        "state = 'annulled'",
    ),
    *(
        statement
        for column in ("majority", "base", "text", "text_hash", "title", "tie_rule", "secrecy")
        for statement in each("ballots_ballot", "running", f"{column} = 'x'")
    ),
    *each("ballots_ballot", "running", "roll_size = 1", "opened_at = now()", "closes_at = now()"),
    *each("ballots_ballot", "counted", "present = 900", "closed_at = now()", "counted_at = now()"),
    *each("ballots_rollentry", "ana_there", "channel = NULL", "channel = 'paper'", "present = false"),
    *each("ballots_rollentry", "fay_there", "member_id = {eve}"),
    *each("ballots_rollentry", "lou_there", "channel = 'phone'"),
    *each("ballots_rollentry", "fay_then", "present = false", "channel = 'phone'"),
    "INSERT INTO ballots_rollentry (ballot_id, member_id, present) VALUES ({running}, {eve}, true)",
    (
        "INSERT INTO ballots_ballot (cooperative_id, body_id, register_id, title, secrecy, channels, needs_presence,"
        " round, state, majority, base, tie_rule, rules_version, text, text_hash, opened_at,"
        " roll_size, annulled_because)"
        " SELECT cooperative_id, body_id, register_id, 'Forged', secrecy, channels, needs_presence, 1, 'open',"
        " majority, base, tie_rule, rules_version, text, text_hash, now(), 12, '' FROM"
        " ballots_ballot WHERE id = {running}"
    ),
    (
        "INSERT INTO ballots_question (ballot_id, number, wording, method, seats, threshold, order_seed)"
        " VALUES ({running}, 2, 'And?', 'motion', 1, 0, '')"
    ),
    (
        'INSERT INTO ballots_option (question_id, number, code, label, "group")'
        " SELECT id, 4, 'maybe', '', '' FROM ballots_question WHERE ballot_id = {running}"
    ),
    (
        "INSERT INTO ballots_tally (question_id, outcome, majority, base, base_count, needed, register, present, voted,"
        " how, blank, spoiled, result)"
        " SELECT id, 'carried', '1/2', 'for_against', 2, 2, 12, 8, 2, 'counted', 0, 0, '{{}}' FROM ballots_question"
        " WHERE ballot_id = {running}"
    ),
    (
        "INSERT INTO ballots_tallyline (tally_id, option_id, channel, votes) SELECT tally.id, option.id, 'paper', 5"
        " FROM ballots_tally tally JOIN ballots_option option ON option.question_id = tally.question_id"
    ),
    vote("fay_then"),  # the box is closed
    vote("fay_there"),  # on the roll of another ballot
    # proposals
    *(
        statement
        for row, states in STATES_OF_PROPOSALS.items()
        for state in states
        for statement in each("proposals_proposal", row, f"state = '{state}'")
    ),
    *(
        statement
        for row in ("open", "admitted", "tabled", "settled")
        for statement in each(
            "proposals_proposal",
            row,
            "title = 'x'",
            "reasons = 'x'",
            "matter = 'statute'",
            "kind = 'plan'",
            "author_id = {eve} + 1",
            "number = 900",
            "year = 2001",
            "support_needed = 1",
            "support_until = now()",
            "published_at = now()",
            "admitted_at = now()",
            "settled_at = now()",
            "on_behalf_of_id = {body}",
            "revision = 900",
            "written_at = now()",
            "cooperative_id = cooperative_id + 1",
        )
    ),
    *each("proposals_proposal", "open", "state = 'admitted', title = 'x'"),
    *each("proposals_proposal", "draft", "author_id = {eve} + 1", "number = 900", "support_needed = 1"),
    *each(
        "proposals_proposal",
        "tabled",
        "taken_over_by_id = {eve}",
        "state = 'refused', said = 'x', settled_at = now()",
    ),
    "UPDATE proposals_clause SET text = 'Other words.' WHERE proposal_id = {settled}",
    "UPDATE proposals_clause SET number = number + 10 WHERE proposal_id = {open}",
    "UPDATE proposals_clause SET proposal_id = {draft}, number = 90 WHERE proposal_id = {settled} AND number = 1",
    "UPDATE proposals_clause SET proposal_id = {settled}, number = 90 WHERE proposal_id = {draft} AND number = 1",
    "DELETE FROM proposals_clause WHERE proposal_id = {settled}",
    "INSERT INTO proposals_clause (proposal_id, number, text) VALUES ({settled}, 90, 'More words.')",
    "INSERT INTO proposals_support (proposal_id, member_id, given_at) VALUES ({tabled}, {eve} + 5, now())",
    copied("proposals_proposal", "settled", number="900"),
    # decisions
    *each(
        "decisions_decision", "pending", "outcome = 'carried', year = 2026, number = 900, decided_at = now()"
    ),
    *each("decisions_decision", "pending", "outcome = 'void'", "outcome = 'x'"),
    *each(
        "decisions_decision", "pending", "matter = 'statute'", "put_at = now()", "number = 900", "year = 2001"
    ),
    *each("decisions_decision", "pending", "cooperative_id = cooperative_id + 1", "body_id = body_id + 1"),
    *each(
        "decisions_decision",
        "pending",
        "text = 'x'",
        "text_hash = 'x'",
        "title = 'x'",
        "ballot_id = {counted}",
    ),
    *each("decisions_decision", "pending", "proposal_id = {settled}", "decided_at = now()"),
    *each(
        "decisions_decision", "decided", "outcome = 'not_carried'", "outcome = 'void'", "outcome = 'pending'"
    ),
    *each("decisions_decision", "decided", "number = 900", "year = 2001", "decided_at = now()", "text = 'x'"),
    *each("decisions_decision", "decided", "matter = 'statute'", "put_at = now()"),
    copied("decisions_decision", "decided", number="900"),
    # documents
    *each("documents_version", "held_version", "confirmed_at = NULL", "confirmed_by_id = {eve}"),
    copied("documents_version", "held_version", number="900"),
    (
        "INSERT INTO documents_attachment (version_id, name, media, size, hash, content)"
        " SELECT {held_version}, name, media, size, hash, content FROM documents_attachment WHERE id = {scan}"
    ),
    # where the book ends
    *each("meetings_lastinbook", "last_confirmed", "confirmed_at = NULL", "confirmed_by_id = {eve}"),
    copied("meetings_lastinbook", "last_confirmed"),
    # decisions copied from the book
    *each("decisions_carrieddecision", "carried", "confirmed_at = NULL", "confirmed_by_id = {eve}"),
    *each("decisions_carrieddecision", "same_number", "confirmed_by_id = {eve}, confirmed_at = now()"),
    copied("decisions_carrieddecision", "carried", number="900"),
    # meetings
    *(
        statement
        for row, states in STATES_OF_MEETINGS.items()
        for state in states
        for statement in each("meetings_meeting", row, f"state = '{state}'")
    ),
    *(
        statement
        for row in ("convened", "held", "closed", "cancelled")
        for statement in each("meetings_meeting", row, *NOTICE, "closed_at = now() + interval '1 day'")
        if row != "cancelled" or "register_closes_on - 1" not in statement  # it never had that day
    ),
    *each("meetings_meeting", "held", "register_id = NULL", "register_id = register_id + 1"),
    *each("meetings_meeting", "closed", "register_id = NULL", "closed_at = NULL"),
    *each("meetings_meeting", "held", "state = 'closed', quorum_share = '1/100', closed_at = now()"),
    *each("meetings_meeting", "prepared", "number = 900", "quorum_share = '1/100'", "closed_at = now()"),
    copied("meetings_meeting", "closed", number="900"),
    # sittings
    *each("meetings_sitting", "convened_sitting", "starts_at = now()", "number = 9"),
    *(f"DELETE FROM meetings_sitting WHERE id = {{{row}}}" for row in ("convened_sitting", "closed_sitting")),
    *(
        statement
        for row in ("sitting", "closed_sitting")
        for statement in each(
            "meetings_sitting",
            row,
            "present_at_opening = 900",
            "opened_on_call = 2",
            "opened_at = opened_at - interval '1 hour'",
            "opened_at = NULL",
            "starts_at = now()",
            "meeting_id = {prepared}",
        )
    ),
    *each(
        "meetings_sitting", "closed_sitting", "closed_at = NULL", "closed_at = closed_at + interval '1 hour'"
    ),
    *each("meetings_sitting", "prepared_sitting", "opened_at = now()", "meeting_id = {convened}"),
    copied("meetings_sitting", "convened_sitting", number="9"),
    # the book of attendance
    *each("meetings_attendance", "is_there", "votes = false", "arrived_at = now()", "how = 'paper'"),
    *each(
        "meetings_attendance", "is_there", "member_id = {eve} + 7", "meeting_id = {closed}", "sitting_id = 1"
    ),
    *each("meetings_attendance", "is_there", "recorded_by_id = {eve}"),
    *each(
        "meetings_attendance",
        "was_there",
        "votes = false",
        "arrived_at = now()",
        "how = 'paper'",
        "left_at = now()",
    ),
    copied("meetings_attendance", "was_there", member_id="{eve} + 7"),
    # the agenda
    *(
        statement
        for row in ("convened_item", "item", "closed_item")
        for statement in each(
            "meetings_agendaitem",
            row,
            "title = 'x'",
            "number = 90",
            "planned_minutes = 90",
            "proposal_id = {admitted}",
            "meeting_id = {prepared}, number = 90",
        )
    ),
    *each("meetings_agendaitem", "convened_item", "decision_id = {decided}"),
    *each("meetings_agendaitem", "item", "decision_id = NULL", "decision_id = {decided}"),
    *each("meetings_agendaitem", "closed_item", "decision_id = NULL", "decision_id = {pending}"),
    "DELETE FROM meetings_agendaitem WHERE meeting_id = {convened}",
    "DELETE FROM meetings_agendaitem WHERE meeting_id = {closed}",
    copied("meetings_agendaitem", "closed_item", number="90", proposal_id="{admitted}", decision_id="NULL"),
    # the minutes
    *each(
        "meetings_itemnote", "note", "text = 'x'", "revision = 0", "item_id = {closed_item}, revision = 90"
    ),
    *each("meetings_itemnote", "closed_note", "text = 'x'", "text = 'x', revision = revision + 1"),
    copied("meetings_minutes", "minutes", meeting_id="{held}"),
    copied("meetings_signer", "signer", member_id="{eve}"),
]


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", WITHOUT_RIGHT)
def test_what_no_row_allows_is_no_right_of_the_application(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement) == (NO_RIGHT if hat == "application" else TRIGGER, 0)


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", BY_TRIGGER)
def test_what_a_row_does_not_allow_a_trigger_refuses(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement) == (TRIGGER, 0)


@pytest.mark.parametrize("hat", HATS)
def test_one_answer_per_question_even_past_the_roll(house: House, hat: str) -> None:
    again = (
        "INSERT INTO ballots_namedvote (entry_id, question_id, answer, form, cast_at)"
        " SELECT entry_id, question_id, answer, 'y', now() FROM ballots_namedvote WHERE entry_id = {ana_there}"
    )
    assert house.tried(hat, again) == ("23505", 0)


# --- What is not: the steps themselves, so that the triggers are seen to leave the way open ---------------------

ALLOWED = [
    *each("charter_cooperative", "plant", "motto = 'Bread'", "reference_pay = 900"),
    *each("members_member", "eve", "name = 'Eva'", "born = '1990-02-03'", "phone = '555'"),
    *each("members_standing", "stands", "struck_at = now(), struck_because = 'x'"),
    *each("members_posting", "posted", "struck_at = now(), struck_because = 'x'"),
    *each(
        "members_application",
        "open_application",
        "state = 'withdrawn', decided_on = now()",
        "state = 'refused', decided_on = now(), document = 'x', reasons = 'x'",
        "state = 'admitted', decided_on = now(), document = 'x', member_id = {eve}",
    ),
    *each(
        "members_application", "refused_application", "state = 'appealed', appealed_on = now(), appeal = 'x'"
    ),
    *each(
        "members_application",
        "appealed_application",
        "state = 'upheld', appeal_decided_on = now()",
        "state = 'admitted', member_id = {eve}",
    ),
    *each("members_account", "account", "password = 'x'", "reset_at = now()"),
    *each("members_accesscard", "replaced", "acknowledged_at = now()"),
    *each("keys_passkey", "passkey", "counter = counter + 1", "removed_at = now()"),
    *each("members_standing", "stands", "until = since + 9"),
    *each("members_posting", "posted", "until = since + 9"),
    *each("members_mandate", "mandate", "until = now(), ended = 'left', end_document = 'x'"),
    *each(
        "members_accesscard",
        "card",
        "withdrawn_at = now()",
        "countersigned_at = now(), countersigned_by_id = {eve}",
    ),
    *each(
        "ballots_claim",
        "claimed",
        "state = 'refused', reasons = 'x', decided_by_id = {ana}, decided_at = now()",
        "state = 'granted', decided_by_id = {ana}, decided_at = now()",
    ),
    *each("proposals_proposal", "draft", "title = 'x', revision = revision + 1"),
    *each("proposals_proposal", "open", "state = 'fallen', settled_at = now()"),
    *each("proposals_proposal", "tabled", "state = 'settled', settled_at = now()", "state = 'admitted'"),
    "DELETE FROM proposals_clause WHERE proposal_id = {draft} AND number = 1",
    *each(
        "decisions_carrieddecision",
        "copy",
        "confirmed_by_id = {eve}, confirmed_at = now()",
        "refused_by_id = {eve}, refused_at = now(), refused_because = 'x'",
    ),
    *each("decisions_carrieddecision", "carried", "replaced_at = now()"),
    *each("documents_version", "entered_version", "confirmed_by_id = {eve}, confirmed_at = now()"),
    *each("meetings_lastinbook", "last", "confirmed_by_id = {eve}, confirmed_at = now()"),
    *each("meetings_meeting", "prepared", "title = 'x'", "state = 'cancelled'"),
    *each("meetings_meeting", "held", "state = 'closed', closed_at = now()", "state = 'in_session'"),
    *each("meetings_sitting", "prepared_sitting", "starts_at = now()"),
    "DELETE FROM meetings_sitting WHERE id = {prepared_sitting}",
    *each("meetings_sitting", "sitting", "closed_at = now()"),
    *each("meetings_attendance", "is_there", "left_at = now()"),
    *each("meetings_itemnote", "note", "text = 'x', revision = revision + 1"),
]


@pytest.mark.parametrize("statement", ALLOWED)
def test_what_goes_forward_passes(house: House, statement: str) -> None:
    assert house.tried("application", statement) == (None, 1)


def test_an_annulled_vote_gives_its_item_back(house: House) -> None:
    """The decision on an item is replaced only when the first is void, and only by one on the same proposal."""
    with house.connection.transaction(force_rollback=True):

        def run(statement: str) -> None:
            house.connection.execute(statement.format(**house.rows))

        run("SET LOCAL ROLE coop_app")
        run("UPDATE ballots_ballot SET state = 'annulled', annulled_at = now() WHERE id = {running}")
        run("UPDATE decisions_decision SET outcome = 'void' WHERE id = {pending}")
        for decision in ("NULL", "{decided}"):
            with pytest.raises(psycopg.errors.RestrictViolation), house.connection.transaction():
                run(f"UPDATE meetings_agendaitem SET decision_id = {decision} WHERE id = {{item}}")
        with pytest.raises(psycopg.errors.RestrictViolation), house.connection.transaction():
            run("UPDATE decisions_decision SET outcome = 'pending' WHERE id = {pending}")


def test_a_decision_is_what_was_counted_and_nothing_else(house: House) -> None:
    with house.connection.transaction(force_rollback=True):

        def run(statement: str) -> None:
            house.connection.execute(statement.format(**house.rows))

        def settle(outcome: str) -> None:
            run(
                f"UPDATE decisions_decision SET outcome = '{outcome}', year = 2026, number = 900, decided_at = now()"
                " WHERE id = {pending}"
            )

        run("SET LOCAL ROLE coop_app")
        run("UPDATE ballots_ballot SET state = 'closed', closed_at = now(), present = 8 WHERE id = {running}")
        run(
            "INSERT INTO ballots_tally (question_id, outcome, majority, base, base_count, needed, register, present,"
            " voted, how, blank, spoiled, result) SELECT id, 'not_carried', '1/2', 'for_against', 2, 2, 12, 8, 2,"
            " 'counted', 0, 0, '{{}}' FROM ballots_question WHERE ballot_id = {running}"
        )
        with pytest.raises(psycopg.errors.RestrictViolation), house.connection.transaction():
            settle("not_carried")  # not before the box says that it has counted
        run("UPDATE ballots_ballot SET state = 'counted', counted_at = now() WHERE id = {running}")
        for other in ("carried", "tie", "void"):
            with pytest.raises(psycopg.errors.RestrictViolation), house.connection.transaction():
                settle(other)
        settle("not_carried")


# --- No table and no trigger is forgotten ---------------------------------------------------------------------------

# Rows that may change as long as somebody with the power says so: the plant and its offices, sessions.
FREE = {
    "keys_device",
    "keys_guesses",
    "keys_session",
    "meetings_holiday",
    "meetings_unsavednote",
    "members_body",
    "members_crew",
    "members_department",
    "members_office",
    "members_officepower",
    "members_rota",
    "members_savedview",
    "members_seat",
    "members_shift",
    "search_problemwords",  # an index: triggers write it, and it can be made anew from what it finds
}


def test_every_table_is_guarded_or_named_as_free(house: House) -> None:
    found = house.connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND has_any_column_privilege('coop_app', oid, 'UPDATE') AND NOT EXISTS (SELECT FROM pg_trigger"
        " WHERE tgrelid = pg_class.oid AND NOT tgisinternal AND tgtype & 1 = 1 AND tgtype & 16 = 16)"
    ).fetchall()
    assert {name for (name,) in found} - DJANGOS == FREE


DJANGOS = {"django_content_type", "auth_permission", "auth_group", "auth_group_permissions"}


def test_every_trigger_of_ours_is_enabled_always(house: House) -> None:
    found = house.connection.execute(
        "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal"
    ).fetchall()
    assert len(found) > 40
    assert [row for row in found if row[2] not in ("A", b"A")] == []


# Tables whose triggers are tried in a file of their own, by the same rules.
ELSEWHERE = {
    "test_frozen_agreements": {
        "proposals_agreement",
        "proposals_agreementarticle",
        "proposals_agreementstep",
        "proposals_articlecomment",
        "proposals_articletext",
        "proposals_rulechange",
    },
    "test_frozen_amendments": {
        "decisions_backing",
        "proposals_amendment",
        "proposals_amendmentchange",
        "proposals_amendmentsupport",
        "proposals_declaredcontrary",
        "proposals_ordermove",
        "proposals_partof",
    },
    "test_frozen_budget": {
        "budget_actual",
        "budget_amendment",
        "budget_amendmentmove",
        "budget_amendmentsupport",
        "budget_ceiling",
        "budget_challenge",
        "budget_inbloc",
        "budget_line",
        "budget_movement",
        "budget_ordermove",
        "budget_partof",
        "budget_unmet",
        "budget_year",
        "proposals_budgetmotion",
    },
    "test_frozen_challenges": {"elections_challenge"},
    "test_frozen_contests": {
        "elections_candidature",
        "elections_candidaturesignature",
        "elections_contest",
        "elections_contestseat",
        "elections_elected",
        "elections_election",
        "elections_electionvote",
        "elections_kinship",
        "elections_paperacceptance",
        "elections_objection",
    },
    "test_frozen_elections": {
        "elections_petition",
        "elections_petitionsignature",
        "elections_resignation",
        "members_consent",
    },
    "test_frozen_decisions": {
        "decisions_ending",
        "decisions_minoritystatement",
        "decisions_review",
    },
    "test_frozen_funds": {"budget_fund", "budget_project", "budget_projectcheck", "budget_spending"},
    "test_frozen_in_office": {
        "in_office_answer",
        "in_office_attempt",
        "in_office_commitment",
        "in_office_handedover",
        "in_office_question",
        "in_office_urgentdecision",
        "members_course",
        "members_courseasked",
        "members_coursedone",
        "members_deputy",
    },
    "test_frozen_meetings": {
        "meetings_action",
        "meetings_actionevent",
        "meetings_announcement",
        "meetings_closedpart",
        "meetings_conflictofinterest",
        "meetings_feed",
        "meetings_instruction",
        "meetings_itemcall",
        "meetings_minutesapproval",
        "meetings_minutesentry",
        "meetings_minutessignature",
        "meetings_noticegiven",
        "meetings_offagenda",
        "meetings_onwatch",
        "meetings_pause",
        "meetings_phrase",
        "meetings_problemcall",
        "meetings_proceduralmotion",
        "meetings_quorumcount",
        "meetings_reportback",
        "meetings_reportread",
        "meetings_request",
        "meetings_requestsignature",
        "meetings_sealedminutes",
        "meetings_series",
        "meetings_sittingoffice",
        "meetings_stay",
        "meetings_turn",
        "meetings_workingtable",
    },
    "test_frozen_oversight": {
        "oversight_appeal",
        "oversight_auditreport",
        "oversight_countline",
        "oversight_countsheet",
        "oversight_export",
        "oversight_finding",
        "oversight_findingword",
        "oversight_journalcheck",
        "oversight_reading",
    },
    "test_frozen_production": {
        "production_area",
        "production_meetingheld",
        "production_metoo",
        "production_problem",
        "production_problemevent",
        "production_problemphoto",
        "production_stop",
    },
    "test_frozen_selling": {
        "production_buyerbar",
        "production_costsheet",
        "production_gift",
        "production_handover",
        "production_handoveranswer",
        "production_handoverline",
        "production_kincontract",
        "production_output",
        "production_outputsigned",
        "production_planchange",
        "production_planline",
        "production_pledge",
        "production_price",
        "production_pricelist",
        "production_pricemove",
        "production_product",
        "production_refusal",
        "production_sale",
        "production_saleslip",
        "proposals_planasked",
        "proposals_priceasked",
        "proposals_technicaloption",
        "proposals_technicalstudy",
    },
    "test_frozen_votes": {
        "ballots_countdemand",
        "ballots_countedplace",
        "ballots_lot",
        "ballots_reservedseat",
        "ballots_withdrawal",
        "meetings_secrecydemand",
        "meetings_votefrompaper",
    },
    "test_frozen_pay": {
        "pay_grade",
        "pay_gradeinmonth",
        "pay_paymonth",
        "pay_payscale",
        "pay_slip",
        "pay_slipsupplement",
        "pay_supplement",
    },
    "test_frozen_tellers": {
        "ballots_agreedsheet",
        "ballots_clash",
        "ballots_teller",
        "ballots_tellersheet",
        "ballots_urn",
        "ballots_urnentry",
    },
    "test_frozen_urn": {
        "ballots_envelope",
        "ballots_finalenvelope",
        "ballots_sealedkey",
        "ballots_sealedurn",
        "ballots_trustee",
        "ballots_ballot.needs_its_urn",  # one trigger of a table that is tried here
        "ballots_rollentry.by_envelope",
    },
}


def idle_triggers(
    house: House, statements: Sequence[str], *, tables: Collection[str] | None = None
) -> list[tuple[str, str]]:
    """Triggers without which none of the statements goes through; of these tables, or of all that are not elsewhere."""
    elsewhere = {name for names in ELSEWHERE.values() for name in names}
    found = house.connection.execute(
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
        " AND tgtype & 1 = 1 AND tgrelid::regclass::text NOT LIKE 'journal_%'"  # those: tests/journal
        " AND tgname <> 'search_problem_words'"  # refuses nothing: tests/search
    ).fetchall()
    idle = []
    for table, trigger in found:
        names = {table, f"{table}.{trigger}"}
        if names & elsewhere if tables is None else not names & set(tables):
            continue
        with house.connection.transaction(force_rollback=True):
            house.connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
            about = [one for one in statements if f" {table} " in f"{one} "]
            if all(house.tried("owner", statement)[0] == TRIGGER for statement in about):
                idle.append((table, trigger))
    return idle


def test_no_trigger_stands_idle(house: House) -> None:
    """Take one away, and something above goes through: each statement is refused by the trigger it is meant for."""
    assert idle_triggers(house, WITHOUT_RIGHT + BY_TRIGGER) == []


def test_the_states_of_the_tables_are_all_of_the_models(house: House) -> None:
    """A new state has to be placed among the steps."""
    from coop.ballots.frozen.votes import CLAIM_STEPS
    from coop.ballots.models import Claim
    from coop.decisions.frozen import STEPS as OF_DECISIONS
    from coop.decisions.models import Decision
    from coop.meetings.frozen import STEPS as OF_MEETINGS
    from coop.proposals.frozen import STEPS as OF_PROPOSALS
    from coop.proposals.models import Proposal

    for steps, states in (
        (CLAIM_STEPS, Claim.State),
        (OF_DECISIONS, Decision.Outcome),
        (OF_MEETINGS, Meeting.State),
        (OF_PROPOSALS, Proposal.State),
        (OF_APPLICATIONS, Application.State),
    ):
        assert {name for step in steps for name in step.split(">") if name} == set(states.values)
