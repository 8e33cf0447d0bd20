"""The list of voters: drawn, posted, claimed against, final; and what a vote takes from it."""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import Any

import pytest

from coop.ballots import actions
from coop.ballots.models import Ballot, Claim, Register, RollEntry
from coop.ballots.rules.registers import (
    OPEN_CLAIMS_EACH,
    claims_end,
    decides,
    moved_since,
    obstacles_to_final,
    obstacles_to_voting_on,
)
from coop.charter.models import Bylaws
from coop.decisions import actions as decisions
from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings import due
from coop.meetings.models import Attendance
from coop.members import actions as members
from coop.members.models import Department, Member, Power
from coop.members.powers import powers_of
from coop.proposals import actions as proposals
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)
CLOSES = datetime.date(2026, 11, 3)
HERE = datetime.timezone(datetime.timedelta(hours=-3))  # Buenos Aires
DRAWN = datetime.datetime(2026, 11, 4, 0, 5, tzinfo=HERE)
OVER = datetime.datetime(2026, 11, 8, tzinfo=HERE)  # three whole days after the fourth
NEEDED = datetime.datetime(2026, 11, 18, 8, tzinfo=HERE)


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def draw(plant: make.Plant, **more: Any) -> Register:
    facts: dict[str, Any] = {
        "body": plant.assembly,
        "closes_on": CLOSES,
        "needed_at": NEEDED,
        "by": make.FOUNDING,
        "at": DRAWN,
    }
    return actions.draw_register(**(facts | more))


def claim(register: Register, kind: str, about: Member, who: Member, **more: Any) -> Claim:
    facts: dict[str, Any] = {"text": "Look again.", "claimed_by": who, "by": who, "at": DRAWN + ONE}
    return actions.claim(register=register, kind=kind, member=about, **(facts | more))


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def numbers(register: Register) -> list[int]:
    return list(register.lines().order_by("number").values_list("number", flat=True))


def fingerprint(*lines: list[Any]) -> str:
    return hashlib.sha256(json.dumps(list(lines), ensure_ascii=False).encode()).hexdigest()


def standing(who: Member, status: str, since: datetime.date, kind: str = "member") -> None:
    members.change_standing(
        member=who, kind=kind, status=status, since=since, reason="", by=make.FOUNDING, at=DRAWN
    )


def move(who: Member, code: str, since: datetime.date) -> None:
    there = Department.objects.get(code=code)
    members.post(member=who, department=there, crew=None, since=since, reason="", by=make.FOUNDING, at=DRAWN)


# --- How long it is open to claims --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("drawn", "needed", "until"),
    [
        (DRAWN, NEEDED, OVER),
        (DRAWN.replace(hour=23), NEEDED, OVER),  # the day of posting is not counted
        (DRAWN, DRAWN + ONE, DRAWN + ONE),  # needed sooner: until then
        (NEEDED, NEEDED - ONE, NEEDED),  # drawn too late for any claim
        (DRAWN, None, DRAWN),
    ],
)
def test_claims_run_for_whole_days_or_until_the_list_is_needed(
    plant: make.Plant, drawn: datetime.datetime, needed: datetime.datetime | None, until: datetime.datetime
) -> None:
    bylaws = Bylaws.in_force(plant.cooperative, CLOSES)
    found = claims_end(CLOSES, drawn_at=drawn, bylaws=bylaws, zone=plant.cooperative.zone, needed_at=needed)
    assert found == until


def test_a_posted_list_has_its_hash_and_is_not_final(plant: make.Plant) -> None:
    register = draw(plant)
    lines = [[number, name, "OVN", "A"] for number, name in enumerate(make.NAMES, 1)]
    assert (register.size, register.hash, register.claims_until) == (12, fingerprint(*lines), OVER)
    assert (register.final_at, register.people, register.fingerprint) == (None, 12, register.hash)
    (reason,) = obstacles_to_final(register, DRAWN)
    assert (reason.code, reason.params) == (
        "claims-still-run",
        {"hour": OVER.astimezone(datetime.UTC).isoformat()},
    )
    assert Entry.objects.latest("sequence").verb == "register-drawn"


def test_a_list_that_is_needed_at_once_is_final_at_once(plant: make.Plant) -> None:
    register = draw(plant, needed_at=None)
    assert (register.final_at, register.final_size, register.final_hash) == (DRAWN, 12, register.hash)
    with pytest.raises(Refused) as refused:
        claim(register, "removal", plant.fay, plant.eve, at=DRAWN)
    assert codes(refused) == ["claims-over"]


# --- Claiming -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "about", "reason"),
    [
        ("addition", "fay", "on-this-register"),
        ("correction", "oz", "not-on-this-register"),
        ("removal", "max", "not-on-this-register"),
    ],
)
def test_a_claim_is_about_a_line_that_is_there_or_is_missing(
    plant: make.Plant, kind: str, about: str, reason: str
) -> None:
    register = draw(plant)
    with pytest.raises(Refused) as refused:
        claim(register, kind, plant.people[about], plant.eve)
    assert codes(refused) == [reason]
    assert not Claim.objects.exists()


def test_nobody_claims_for_somebody_else_but_at_the_table(plant: make.Plant) -> None:
    register = draw(plant)
    with pytest.raises(Refused) as refused:
        claim(register, "addition", plant.oz, plant.oz, by=plant.eve)
    assert codes(refused) == ["claim-for-oneself"]
    made = claim(register, "addition", plant.oz, plant.oz, by=plant.ana)
    assert (made.claimed_by, made.entered_by) == (plant.oz, plant.ana)
    assert Entry.objects.latest("sequence").facts == {"kind": "addition", "member": plant.oz.number}


def test_the_same_is_claimed_once_and_a_person_has_few_open_claims(plant: make.Plant) -> None:
    register = draw(plant)
    claim(register, "removal", plant.fay, plant.eve)
    with pytest.raises(Refused) as refused:
        claim(register, "removal", plant.fay, plant.gus)
    assert codes(refused) == ["claimed-already"]
    for name in ("gus", "hal", "ida", "jo"):
        claim(register, "removal", plant.people[name], plant.eve)
    with pytest.raises(Refused) as refused:
        claim(register, "removal", plant.kim, plant.eve)
    assert codes(refused) == ["too-many-open-claims"]
    assert register.claims.count() == OPEN_CLAIMS_EACH
    actions.refuse_claim(
        claim=register.claims.get(member=plant.fay), reasons="No.", by=plant.ana, at=DRAWN + ONE
    )
    with pytest.raises(Refused) as refused:
        claim(register, "removal", plant.fay, plant.gus)
    assert codes(refused) == ["claim-refused-already"]


def test_the_last_second_and_the_first_too_late(plant: make.Plant) -> None:
    register = draw(plant)
    claim(register, "removal", plant.fay, plant.eve, at=OVER - datetime.timedelta.resolution)
    with pytest.raises(Refused) as refused:
        claim(register, "removal", plant.gus, plant.eve, at=OVER)
    assert codes(refused) == ["claims-over"]


def test_somebody_of_another_house_is_nobody_here(plant: make.Plant) -> None:
    other = make.plant("quarry")
    with pytest.raises(Refused) as refused:
        claim(draw(plant), "addition", other.eve, plant.eve)
    assert codes(refused) == ["not-of-this-cooperative"]


# --- Deciding -----------------------------------------------------------------------------------------------------


def test_who_was_entered_late_comes_onto_the_list_by_a_claim(plant: make.Plant) -> None:
    register = draw(plant)
    pia = make.member(
        plant.cooperative, 16, "Pía", joined=CLOSES
    )  # entered after the drawing, joined before it
    made = claim(register, "addition", pia, pia)
    granted = actions.grant_claim(claim=made, reasons="Council minute 12.", by=plant.ana, at=DRAWN + ONE)
    register.refresh_from_db()
    assert (granted.state, granted.decided_by, granted.reasons) == (
        "granted",
        plant.ana,
        "Council minute 12.",
    )
    assert numbers(register) == [*range(1, 13), 16]
    assert (register.size, register.final_at) == (12, None)  # other claims may still come
    assert Entry.objects.latest("sequence").facts == {"kind": "addition", "member": 16}
    final = actions.make_final(register=register, at=OVER)
    lines = [[number, name, "OVN", "A"] for number, name in enumerate(make.NAMES, 1)]
    expected = fingerprint(*lines, [16, "Pía", "OVN", ""])
    assert (final.final_size, final.final_hash, final.fingerprint) == (13, expected, expected)


def test_who_left_before_the_closing_day_is_struck_and_stays_legible(plant: make.Plant) -> None:
    register = draw(plant)
    standing(plant.jo, "voluntary_leave", CLOSES)
    made = claim(register, "removal", plant.jo, plant.eve)
    actions.grant_claim(claim=made, by=plant.ana, at=DRAWN + ONE)
    assert numbers(register) == [number for number in range(1, 13) if number != 10]
    struck = register.entries.get(member=plant.jo)
    assert (struck.name, struck.struck_by) == ("Jo", made)


def test_a_line_is_drawn_anew_from_the_register_of_members(plant: make.Plant) -> None:
    register = draw(plant)
    made = claim(register, "correction", plant.eve, plant.eve)
    with pytest.raises(Refused) as refused:
        actions.grant_claim(claim=made, by=plant.ana, at=DRAWN + ONE)
    assert codes(refused) == ["line-says-the-same", "mend-the-members-first"]
    move(plant.eve, "PAC", CLOSES)
    actions.grant_claim(claim=made, by=plant.ana, at=DRAWN + ONE)
    line = register.lines().get(member=plant.eve)
    assert (line.number, line.name, line.department, line.crew, line.claim) == (5, "Eve", "PAC", "", made)
    assert register.entries.filter(member=plant.eve).count() == 2
    again = claim(register, "correction", plant.eve, plant.eve)  # a second mistake in one line
    assert again.state == "open"


@pytest.mark.parametrize(
    ("kind", "about", "reasons"),
    [
        ("addition", "oz", ["standing-without-vote", "mend-the-members-first"]),
        ("addition", "max", ["not-a-full-member", "mend-the-members-first"]),
        ("removal", "fay", ["has-a-vote-that-day", "mend-the-members-first"]),
    ],
)
def test_no_office_changes_the_list_against_the_register_of_members(
    plant: make.Plant, kind: str, about: str, reasons: list[str]
) -> None:
    register = draw(plant)
    made = claim(register, kind, plant.people[about], plant.eve)
    with pytest.raises(Refused) as refused:
        actions.grant_claim(claim=made, by=plant.ana, at=DRAWN + ONE)
    assert codes(refused) == reasons
    made.refresh_from_db()
    assert (made.state, numbers(register)) == ("open", list(range(1, 13)))


def test_a_refusal_needs_reasons_and_is_final(plant: make.Plant) -> None:
    register = draw(plant)
    made = claim(register, "addition", plant.oz, plant.oz)
    with pytest.raises(Refused) as refused:
        actions.refuse_claim(claim=made, reasons="  ", by=plant.ana, at=DRAWN + ONE)
    assert codes(refused) == ["no-reason-given"]
    actions.refuse_claim(claim=made, reasons=" Suspended. ", by=plant.ana, at=DRAWN + ONE)
    made.refresh_from_db()
    assert (made.state, made.reasons) == ("refused", "Suspended.")
    for act in (actions.grant_claim, actions.refuse_claim):
        with pytest.raises(Refused) as refused:
            act(claim=made, reasons="Again.", by=plant.ana, at=DRAWN + ONE)
        assert codes(refused) == ["claim-decided"]


@pytest.mark.parametrize(
    ("who", "reasons"),
    [
        ("eve", ["no-mandate", "not-in-own-cause"]),
        ("gus", ["no-mandate"]),
        ("cy", ["no-mandate"]),  # keeps the register of members, and so must not decide what it bears out
        ("dee", ["no-mandate"]),
        ("ana", ["not-in-own-cause"]),
        ("bo", []),  # the chair, where the secretary is concerned
    ],
)
def test_nobody_decides_in_their_own_cause(plant: make.Plant, who: str, reasons: list[str]) -> None:
    register = draw(plant)
    made = claim(register, "removal", plant.ana, plant.eve)
    if reasons:
        with pytest.raises(Refused) as refused:
            actions.refuse_claim(claim=made, reasons="No.", by=plant.people[who], at=DRAWN + ONE)
        assert codes(refused) == reasons
    else:
        actions.refuse_claim(claim=made, reasons="No.", by=plant.people[who], at=DRAWN + ONE)


def test_which_powers_decide(plant: make.Plant) -> None:
    register, council = draw(plant), plant.assembly.__class__.objects.get(code="ADM")
    for power, over, may in (
        (Power.RUN_ELECTIONS, None, True),
        (Power.RUN_ELECTIONS, council, False),
        (Power.RECORD_MINUTES, plant.assembly, True),
        (Power.KEEP_REGISTER, None, False),
        (Power.AUDIT, None, False),
    ):
        make.office(plant, council, f"{power} {over}", plant.lou, [(power, over)])
        assert decides(register, powers_of(plant.lou, DRAWN)) is may
        plant.lou.mandates.update(until=make.FOUNDED + ONE, ended="term", end_document="x")


# --- Final --------------------------------------------------------------------------------------------------------


def finals(at: datetime.datetime) -> list[str]:
    tasks = list(due.registers_to_make_final(at))
    for task in tasks:
        task.act()
    return [task.says for task in tasks]


def test_the_clock_makes_it_final_when_no_claim_waits(plant: make.Plant) -> None:
    register = draw(plant)
    assert finals(OVER - datetime.timedelta.resolution) == []
    assert finals(OVER) == ["register final: General assembly, 2026-11-03"]
    register.refresh_from_db()
    assert (register.final_at, register.final_size, register.final_hash) == (OVER, 12, register.hash)
    assert finals(OVER) == []
    assert actions.make_final(register=register, at=NEEDED).final_at == OVER  # once


def test_a_claim_that_waits_keeps_it_open_and_the_last_decision_makes_it_final(plant: make.Plant) -> None:
    register = draw(plant)
    first = claim(register, "addition", plant.oz, plant.oz)
    second = claim(register, "addition", plant.max, plant.max)
    assert finals(OVER) == []
    assert [str(one) for one in obstacles_to_final(register, OVER)] == ["claims-wait (count=2)"]
    actions.refuse_claim(claim=first, reasons="Suspended.", by=plant.ana, at=OVER + ONE)
    register.refresh_from_db()
    assert register.final_at is None
    actions.refuse_claim(claim=second, reasons="On trial.", by=plant.bo, at=OVER + 2 * ONE)
    register.refresh_from_db()
    assert register.final_at == OVER + 2 * ONE
    verbs = list(Entry.objects.order_by("-sequence").values_list("verb", "facts")[:2])
    assert verbs == [
        ("register-final", {"size": 12, "hash": register.hash}),
        ("claim-refused", {"kind": "addition", "member": plant.max.number}),
    ]


def vote_on(plant: make.Plant, register: Register, at: datetime.datetime) -> Ballot:
    motion = make.supported_motion(plant, at=at - ONE)
    motion = proposals.table(proposal=motion, by=plant.ana.actor, at=at)
    return decisions.put_to_the_vote(
        proposal=motion, register=register, present=None, closes_at=at + ONE, by=plant.ana.actor, at=at
    ).ballot


def test_a_vote_opens_on_a_final_list_only_and_takes_exactly_its_people(plant: make.Plant) -> None:
    register = draw(plant)
    with pytest.raises(Refused) as refused:
        vote_on(plant, register, OVER - ONE)
    assert codes(refused) == ["claims-still-run"]
    pia = make.member(plant.cooperative, 16, "Pia", joined=CLOSES)
    standing(plant.jo, "left", CLOSES)
    for made in (
        claim(register, "addition", pia, pia),
        claim(register, "removal", plant.jo, plant.eve),
        claim(register, "addition", plant.oz, plant.oz),
    ):
        if made.member_id != plant.oz.pk:
            actions.grant_claim(claim=made, by=plant.ana, at=DRAWN + ONE)
    with pytest.raises(Refused) as refused:
        vote_on(plant, register, OVER)
    assert codes(refused) == ["claims-wait"]
    actions.refuse_claim(claim=made, reasons="Suspended.", by=plant.ana, at=OVER)
    ballot = vote_on(plant, register, OVER)
    ballot.refresh_from_db()
    roll = RollEntry.objects.filter(ballot=ballot)
    voting = [number for number in range(1, 13) if number != 10] + [16]
    assert list(roll.order_by("member__number").values_list("member__number", flat=True)) == voting
    assert (ballot.roll_size, set(roll.values_list("present", "channel"))) == (12, {(True, None)})


def test_opening_makes_the_list_final_that_the_clock_has_not_seen(plant: make.Plant) -> None:
    register = draw(plant)
    assert vote_on(plant, register, OVER).register.pk == register.pk
    register.refresh_from_db()
    assert register.final_at == OVER


# --- At the door --------------------------------------------------------------------------------------------------


def test_nobody_comes_in_before_the_claims_are_decided(plant: make.Plant) -> None:
    starts = make.now() + datetime.timedelta(hours=1)
    meeting = make.convened_meeting(plant, starts_at=starts, motions=[])
    assert meeting.register_closes_on is not None
    drawn = make.now() - make.days(1)
    meeting = meetings.draw_register(meeting=meeting, at=drawn)
    register = meeting.register
    assert register is not None
    assert register.claims_until == starts - datetime.timedelta(hours=2)  # the doors: sooner than three days
    made = claim(register, "addition", plant.oz, plant.oz, at=drawn)
    with pytest.raises(Refused) as refused:
        meetings.check_in(meeting=meeting, member=plant.eve, by=plant.eve, at=make.now())
    assert codes(refused) == ["claims-wait"]
    actions.refuse_claim(claim=made, reasons="Suspended.", by=plant.ana, at=make.now())
    assert meetings.check_in(meeting=meeting, member=plant.eve, by=plant.eve, at=make.now()).votes
    assert not Attendance.objects.filter(meeting=meeting).exclude(votes=True).exists()


# --- Joined, moved, ill after closing -----------------------------------------------------------------------------


def test_who_joined_after_closing_has_a_voice_and_the_vote_from_the_next_time_on(plant: make.Plant) -> None:
    pia = make.member(plant.cooperative, 16, "Pia", joined=CLOSES + ONE)
    standing(plant.max, "active", CLOSES + ONE)  # on trial until then
    register = draw(plant, needed_at=None)
    for who in (pia, plant.max):
        assert [reason.code for reason in obstacles_to_voting_on(register, who)] == ["joined-after-closing"]
    assert numbers(draw(plant, closes_on=CLOSES + ONE, needed_at=None, at=DRAWN + ONE))[-2:] == [13, 16]


def test_who_moved_after_closing_votes_where_the_list_says(plant: make.Plant) -> None:
    ovens = members.create_body(
        cooperative=plant.cooperative,
        code="C-OVN",
        name="Council of the ovens",
        kind="department_council",
        composition="department",
        department=Department.objects.get(code="OVN"),
        by=make.FOUNDING,
        at=DRAWN,
    )
    move(plant.eve, "PAC", CLOSES + ONE)
    register = draw(plant, body=ovens, needed_at=None)
    assert 5 in numbers(register)
    (reason,) = moved_since(register, plant.eve, CLOSES + ONE)
    assert (reason.code, reason.params) == ("moved-after-closing", {"department": "Packing", "where": "OVN"})
    assert moved_since(register, plant.eve, CLOSES) == []
    assert moved_since(register, plant.fay, CLOSES + ONE) == []
    roll = RollEntry.objects.filter(ballot=vote_on(plant, register, OVER), member=plant.eve)
    assert roll.count() == 1


@pytest.mark.parametrize("status", ["medical_leave", "parental_leave", "suspended", "left"])
def test_what_happens_after_closing_takes_nobody_off_the_list(plant: make.Plant, status: str) -> None:
    standing(plant.eve, status, CLOSES + ONE)
    register = draw(plant, needed_at=None)
    assert 5 in numbers(register)
    assert obstacles_to_voting_on(register, plant.eve) == []


def test_why_somebody_is_not_on_it(plant: make.Plant) -> None:
    register = draw(plant, needed_at=None)
    late = make.member(plant.cooperative, 17, "Quim", joined=CLOSES)

    def why(who: Member) -> list[str]:
        return [reason.code for reason in obstacles_to_voting_on(register, who)]

    assert why(plant.oz) == ["standing-without-vote", "as-it-stood-on"]
    assert why(plant.nan) == ["not-a-full-member", "as-it-stood-on"]
    assert why(late) == ["entered-after-drawing"]
    assert why(plant.ana) == []
