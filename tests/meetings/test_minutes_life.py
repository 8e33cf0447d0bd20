"""Minutes from circulated to sealed: who may say what to them and when, and that nobody changes them afterwards."""

from __future__ import annotations

import datetime
import hashlib
import io
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from coop.charter.models import Bylaws
from coop.journal.models import Chain, Entry
from coop.meetings import actions
from coop.meetings.minutes_rules import (
    READS_CLOSED,
    Kind,
    belongs,
    bylaws_of,
    dissent_until,
    lines_of,
    may_speak_up,
    obstacles_to_speaking_up,
)
from coop.meetings.models import (
    AgendaItem,
    ClosedPart,
    Meeting,
    Minutes,
    MinutesEntry,
    SealedMinutes,
    SittingOffice,
)
from coop.meetings.sealed_check import faults
from coop.members.electorate import voters
from coop.members.models import Body, Department
from coop.members.powers import powers_of
from coop.refusals import Refused
from tests import make, make_votes

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def plant(db: None) -> make.Plant:
    made = make.plant()
    make_votes.commission(made)
    return made


def over(plant: make.Plant) -> Meeting:
    """Closed, with Eve and Fay to sign; Ana to Hal were there."""
    meeting = make.meeting_in_session(plant)
    actions.name_signers(meeting=meeting, members=[plant.eve, plant.fay], by=plant.ana, at=make.now())
    return actions.close_meeting(meeting=meeting, by=plant.bo, at=make.now())


def circulated(plant: make.Plant) -> Minutes:
    return actions.close_minutes(meeting=over(plant), by=plant.ana, at=make.now())


def signed(plant: make.Plant, minutes: Minutes) -> None:
    for who in (plant.ana, plant.bo, plant.eve, plant.fay):
        actions.sign_minutes(minutes=minutes, text_hash=minutes.hash, by=who, at=make.now())


def late(minutes: Minutes) -> datetime.datetime:
    return minutes.objections_until + HOUR


def sealed(plant: make.Plant, minutes: Minutes | None = None, **more: Any) -> SealedMinutes:
    minutes = minutes or circulated(plant)
    signed(plant, minutes)
    return actions.seal(minutes=minutes, by=plant.ana, at=late(minutes), **more)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


# --- what is said to them --------------------------------------------------------------------------------


def test_those_who_were_there_object_in_their_days_and_the_text_stays(plant: make.Plant) -> None:
    minutes = circulated(plant)
    told = {"minutes": minutes, "kind": Kind.OBJECTION, "item_number": 3, "text": "It was the old oven."}
    entry = actions.speak_up(**told, by=plant.hal, at=minutes.objections_until)
    assert (entry.number, entry.item_number, entry.by) == (1, 3, plant.hal)
    with pytest.raises(Refused) as refused:
        actions.speak_up(**told, by=plant.hal, at=late(minutes))
    assert codes(refused) == ["time-for-entries-over"]
    with pytest.raises(Refused) as refused:
        actions.speak_up(**told, by=plant.lou, at=make.now())  # Lou was not there
    assert codes(refused) == ["was-not-there"]
    assert Minutes.objects.get().text == minutes.text


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_the_page_asks_once_for_what_the_act_judges_one_by_one(
    plant: make.Plant, days: int, django_assert_max_num_queries: Any
) -> None:
    """At either end of both times, for who was there and who was not."""
    minutes = circulated(plant)
    bylaws = bylaws_of(minutes)
    ends = sorted({minutes.objections_until, dissent_until(minutes, bylaws)})
    seen = []
    for who in (plant.hal, plant.lou):
        for end in ends:
            at = end + days * datetime.timedelta(seconds=1)
            one_by_one = {
                str(kind)
                for kind in (Kind.OBJECTION, Kind.DISSENT)
                if not obstacles_to_speaking_up(minutes, kind, by=who, at=at, bylaws=bylaws)
            }
            there = minutes.meeting.attendances.filter(member=who).exists()
            with django_assert_max_num_queries(0):
                assert may_speak_up(minutes, was_there=there, at=at, bylaws=bylaws) == one_by_one
            seen.append(len(one_by_one))
    assert seen == {-1: [2, 1, 0, 0], 0: [2, 1, 0, 0], 1: [1, 0, 0, 0]}[days]


@pytest.mark.parametrize("composition", ["all_members", "department", "mandate"])
def test_closed_parts_are_for_the_same_people_one_by_one_as_all_together(
    plant: make.Plant, composition: str
) -> None:
    department = Department.objects.get(cooperative=plant.cooperative, code="OVN")
    Body.objects.filter(pk=plant.assembly.pk).update(
        composition=composition, department=department if composition == "department" else None
    )
    body = Body.objects.select_related("cooperative").get(pk=plant.assembly.pk)
    at, bylaws = make.now(), Bylaws.in_force(plant.cooperative, plant.cooperative.day_of(make.now()))
    there = set(voters(body, plant.cooperative.day_of(at), bylaws))
    told = {who for who in plant.people.values() if belongs(body, who, at=at, bylaws=bylaws)}
    lead = {who for who in plant.people.values() if powers_of(who, at).any_of(READS_CLOSED, body)}
    assert told == there | lead
    assert len(told) not in (0, len(plant.people)) or composition == "all_members"
    held = {who: powers_of(who, at) for who in plant.people.values()}
    assert told == {who for who in held if belongs(body, who, at=at, bylaws=bylaws, held=held[who])}


def test_dissent_has_its_own_hours(plant: make.Plant) -> None:
    minutes = circulated(plant)
    told = {"minutes": minutes, "kind": Kind.DISSENT, "item_number": 2, "text": "I was against."}
    actions.speak_up(**told, by=plant.hal, at=minutes.closed_at + 48 * HOUR)
    with pytest.raises(Refused) as refused:
        actions.speak_up(**told, by=plant.hal, at=minutes.closed_at + 49 * HOUR)
    assert codes(refused) == ["time-for-entries-over"]


def test_the_commission_answers_and_nobody_their_own(plant: make.Plant) -> None:
    minutes = circulated(plant)
    told = {"minutes": minutes, "kind": Kind.OBJECTION, "item_number": None, "text": "Wrong."}
    mine = actions.speak_up(**told, by=plant.hal, at=make.now())  # Hal runs elections
    with pytest.raises(Refused) as refused:
        actions.find(entry=mine, upheld=True, text="I am right.", by=plant.hal, at=make.now())
    assert codes(refused) == ["judges-own-matter"]
    with pytest.raises(Refused) as refused:
        actions.find(entry=mine, upheld=True, text="Right.", by=plant.eve, at=make.now())
    assert codes(refused) == ["no-mandate"]
    other = actions.speak_up(**told, by=plant.gus, at=make.now())
    found = actions.find(entry=other, upheld=False, text="The sheets agree.", by=plant.hal, at=make.now())
    assert (found.number, found.upheld, found.answers) == (3, False, other)
    with pytest.raises(Refused) as refused:
        actions.find(entry=other, upheld=True, text="Or not.", by=plant.hal, at=make.now())
    assert codes(refused) == ["answered-already"]


# --- signatures and the seal -----------------------------------------------------------------------------


def test_each_line_is_signed_once_by_whom_it_belongs_to(plant: make.Plant) -> None:
    minutes = circulated(plant)
    assert [(line.role, [one.name for one in line.people]) for line in lines_of(minutes)] == [
        ("chair", ["Bo"]),
        ("secretary", ["Ana"]),
        ("signer", ["Eve"]),
        ("signer", ["Fay"]),
    ]
    actions.sign_minutes(minutes=minutes, text_hash=minutes.hash, by=plant.eve, at=make.now())
    for who in (plant.eve, plant.gus):
        with pytest.raises(Refused) as refused:
            actions.sign_minutes(minutes=minutes, text_hash=minutes.hash, by=who, at=make.now())
        assert codes(refused) == ["no-line-to-sign"]
    with pytest.raises(Refused) as refused:
        actions.sign_minutes(minutes=minutes, text_hash="0" * 64, by=plant.bo, at=make.now())
    assert codes(refused) == ["another-text"]


def test_who_was_named_for_the_day_signs_instead(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    at = make.now()
    SittingOffice.objects.create(
        sitting=meeting.sittings.get(), power="chair", member=plant.gus, named_by=plant.ana, named_at=at
    )
    actions.name_signers(meeting=meeting, members=[plant.eve, plant.fay], by=plant.ana, at=at)
    actions.close_meeting(meeting=meeting, by=plant.ana, at=make.now())
    minutes = actions.close_minutes(meeting=meeting, by=plant.ana, at=make.now())
    assert lines_of(minutes)[0].people == (plant.gus,)
    assert "Sitting 1 chaired by Gus, whom those present named for it." in minutes.text


def test_the_seal_waits_for_time_findings_and_signatures(plant: make.Plant) -> None:
    minutes = circulated(plant)
    actions.speak_up(
        minutes=minutes, kind=Kind.OBJECTION, item_number=None, text="Wrong.", by=plant.gus, at=make.now()
    )
    with pytest.raises(Refused) as refused:
        actions.seal(minutes=minutes, by=plant.ana, at=make.now())
    assert codes(refused) == ["objections-still-open", "objection-not-answered"] + ["signature-missing"] * 4
    with pytest.raises(Refused) as refused:
        actions.seal(minutes=minutes, by=plant.bo, at=late(minutes))
    assert codes(refused)[0] == "no-mandate"


def test_the_seal_holds_text_entries_signatures_number_and_checkpoint(plant: make.Plant) -> None:
    minutes = circulated(plant)
    actions.speak_up(
        minutes=minutes, kind=Kind.DISSENT, item_number=2, text="Too *soon*.", by=plant.gus, at=make.now()
    )
    seal = sealed(plant, minutes, first=41)
    assert seal.text.startswith(minutes.text.rstrip("\n"))
    for words in ("Dissent", "Too \\*soon\\*\\.", "Eve, member chosen to sign", minutes.hash, "Number 41"):
        assert words in seal.text
    assert seal.hash == hashlib.sha256(seal.text.encode()).hexdigest()
    assert seal.pdf_hash == hashlib.sha256(seal.pdf).hexdigest()
    line = Entry.objects.get(verb="minutes-sealed")
    assert line.facts == {"book_number": 41, "hash": seal.hash, "pdf_hash": seal.pdf_hash}
    assert line.sequence == seal.journal_sequence + 1
    assert line.previous_hash == seal.journal_hash
    assert sealed(plant).number == 42  # the book goes on
    with pytest.raises(Refused) as refused:
        actions.seal(minutes=minutes, by=plant.ana, at=late(minutes))
    assert codes(refused) == ["minutes-sealed"]


def test_afterwards_only_entries_follow(plant: make.Plant) -> None:
    seal = sealed(plant)
    minutes, day = seal.minutes, plant.cooperative.day_of(seal.sealed_at)
    told = {"minutes": minutes, "kind": Kind.SENT, "document": "Receipt 2291/26"}
    actions.enter_afterwards(**told, happened_on=day, by=plant.ana, at=seal.sealed_at + HOUR)
    for wrong in (day - make.days(1), day + make.days(3), datetime.date(9999, 12, 31)):
        with pytest.raises(Refused) as refused:
            actions.enter_afterwards(**told, happened_on=wrong, by=plant.ana, at=seal.sealed_at + HOUR)
        assert codes(refused) == ["day-not-between"]
    actions.correct(minutes=minutes, item_number=2, text="Ninety.", by=plant.ana, at=seal.sealed_at + HOUR)
    with pytest.raises(Refused) as refused:
        actions.speak_up(
            minutes=minutes, kind=Kind.OBJECTION, item_number=None, text="No.", by=plant.eve, at=make.now()
        )
    assert codes(refused) == ["minutes-sealed"]
    assert [one.kind for one in minutes.entries.all()] == ["sent", "correction"]


def test_a_later_meeting_approves_where_the_bylaws_say_so(db: None) -> None:
    plant = make.plant(bylaws={"minutes_approved_by": "vote"})
    make_votes.commission(plant)
    minutes = circulated(plant)
    with pytest.raises(Refused) as refused:
        actions.seal(minutes=minutes, by=plant.ana, at=late(minutes))
    assert codes(refused) == ["not-approved-by-vote"]
    draft = make.draft_meeting(plant)
    AgendaItem.objects.create(meeting=draft, number=9, kind="minutes", title="Minutes", minutes=minutes)
    later = actions.convene(meeting=draft, by=plant.ana, at=make.now() - make.days(18))
    item = later.items.get(kind="minutes")
    with pytest.raises(Refused) as refused:
        actions.approve(item=item, carried=True, by=plant.bo, at=make.now())
    assert codes(refused) == ["meeting-not-in-session"]
    for who in list(plant.people.values())[:8]:
        actions.check_in(meeting=later, member=who, by=plant.ana, at=make.now())
    actions.open_sitting(sitting=later.sittings.get(), by=plant.bo, at=make.now())
    item.refresh_from_db()
    actions.approve(item=item, carried=True, votes_for=7, votes_against=1, by=plant.bo, at=make.now())
    seal = actions.seal(minutes=minutes, by=plant.ana, at=late(minutes))
    assert (seal.how, seal.approved_in) == ("vote", item)
    assert f"Approved by a vote of GA {later.year}\\-{later.number}, item 9" in seal.text


# --- closed items ----------------------------------------------------------------------------------------


def test_the_account_of_a_closed_item_is_kept_apart(plant: make.Plant) -> None:
    draft = make.draft_meeting(plant)
    AgendaItem.objects.filter(meeting=draft, kind="report").update(openness="closed")
    meeting = actions.convene(meeting=draft, by=plant.ana, at=make.now() - make.days(18))
    for who in list(plant.people.values())[:8]:
        actions.check_in(meeting=meeting, member=who, by=plant.ana, at=make.now())
    actions.open_sitting(sitting=meeting.sittings.get(), by=plant.bo, at=make.now())
    actions.name_signers(meeting=meeting, members=[plant.eve, plant.fay], by=plant.ana, at=make.now())
    item = AgendaItem.objects.get(meeting=meeting, kind="report")
    actions.write_note(item=item, text="The debt of Gus.", revision=0, by=plant.ana, at=make.now())
    actions.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    minutes = actions.close_minutes(meeting=meeting, by=plant.ana, at=make.now())
    part = ClosedPart.objects.get()
    assert "The debt of Gus." in part.text
    assert "debt" not in minutes.text + minutes.searched
    assert f"Closed part, kept apart; its fingerprint: {part.hash}" in minutes.text
    assert list(faults(Chain.objects.get())) == []


# --- nobody changes them ---------------------------------------------------------------------------------

CHANGES = {
    "text": ("meetings_minutes", "text = text || 'x'", "the text is not the one that was circulated"),
    "seal": ("meetings_sealedminutes", "text = text || 'x'", "the sealed text was changed"),
    "pdf": ("meetings_sealedminutes", "pdf = '\\x00'", "the sealed paper (PDF) was changed"),
    "hash": ("meetings_sealedminutes", "hash = repeat('0', 64)", "a fingerprint beside the seal was changed"),
    "entry": ("meetings_minutesentry", "text = 'Hundred.'", "entry 1 is not what was entered"),
    "signature": (
        "meetings_minutessignature",
        "hash = repeat('0', 64)",
        "the signature of member 1 is not the one that was given",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_application_cannot_change_them(plant: make.Plant, what: str) -> None:
    minutes = circulated(plant)
    actions.correct(minutes=minutes, item_number=2, text="Ninety.", by=plant.ana, at=make.now())
    sealed(plant, minutes)
    table, change, _sentence = CHANGES[what]
    for statement in (f"UPDATE {table} SET {change}", f"DELETE FROM {table}"):
        with (
            pytest.raises(DatabaseError, match=r"permission denied|is append-only|refuse"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert MinutesEntry.objects.get().text == "Ninety."
    assert list(faults(Chain.objects.get())) == []


def verified() -> tuple[int, str]:
    """The exit code of journal_verify and what it says."""
    out = io.StringIO()
    try:
        call_command("journal_verify", stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue()
    return 0, out.getvalue()


def test_who_may_switch_triggers_off_is_found(committed_db: str, administrator: Any) -> None:
    plant = make.plant()
    make_votes.commission(plant)
    minutes = circulated(plant)
    actions.correct(minutes=minutes, item_number=2, text="Ninety.", by=plant.ana, at=make.now())
    sealed(plant, minutes)
    assert verified()[0] == 0
    for table, change, sentence in CHANGES.values():
        administrator.execute(f"CREATE TABLE kept AS SELECT * FROM {table}")
        administrator.execute("SET session_replication_role = replica")
        administrator.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        administrator.execute(f"UPDATE {table} SET {change}")
        code, told = verified()
        assert (code, sentence in told) == (1, True), told
        administrator.execute(f"DELETE FROM {table}")
        assert verified()[0] == 1  # gone altogether is found too
        administrator.execute(f"INSERT INTO {table} SELECT * FROM kept")
        administrator.execute("DROP TABLE kept")
        assert verified()[0] == 0
