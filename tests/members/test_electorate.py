"""Vote, voice, may be elected: every status under every rule, and what must hold of all of them."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coop.charter.models import Bylaws
from coop.members import actions
from coop.members.electorate import Facts, eligibility, voters
from coop.members.models import Body, Crew, Department, Mandate, Member, Posting, Standing
from tests import make

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)
DAY = datetime.date(2026, 5, 11)
HERE = datetime.timezone(datetime.timedelta(hours=-3))  # Buenos Aires
MIDNIGHT = datetime.datetime.combine(DAY + ONE, datetime.time(), HERE)  # the end of the day
BEFORE, AFTER = MIDNIGHT - datetime.timedelta(seconds=1), MIDNIGHT
FLAGS = ("suspended_keep_vote", "suspended_vote_until_final", "leave_keeps_vote")


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def bylaws(**articles: Any) -> Bylaws:
    """Rules that stand in no table: only what is asked of them."""
    quiet: dict[str, Any] = {
        **dict.fromkeys(FLAGS, False),
        "recall_bar": "rest_of_term",
        "seniority_administrative_months": 24,
        "seniority_delegates_months": 0,
    }
    return Bylaws(**(quiet | articles))


def stands(who: Member, since: datetime.date = DAY, **facts: Any) -> Standing:
    """From `since` on; what was before ends there."""
    Standing.objects.filter(member=who, until=None).update(until=since)
    row = {"kind": "member", "status": "active"} | facts
    return Standing.objects.create(member=who, since=since, **row)


def three(who: Member, body: Body, rules: Bylaws, day: datetime.date = DAY) -> list[list[str]]:
    found = eligibility(Member.objects.select_related("cooperative").get(pk=who.pk), body, day, rules)
    return [[reason.code for reason in answer] for answer in (found.vote, found.voice, found.stand)]


# --- Every status under every rule ----------------------------------------------------------------------------------

ALWAYS = {"active", "medical_leave", "parental_leave", "notice_given"}
ON_LEAVE = {"voluntary_leave", "outside_office"}
GONE = {"left", "expelled", "died"}


@pytest.mark.parametrize("status", Standing.Status.values)
@pytest.mark.parametrize("rules", list(itertools.product([False, True], repeat=3)))
def test_each_status_under_each_rule(plant: make.Plant, status: str, rules: tuple[bool, ...]) -> None:
    keep, until_final, leave = rules
    stands(plant.eve, status=status, document="D GA 2026-1" if status == "expelled" else "")
    votes = status in ALWAYS or (status == "suspended" and keep) or (status in ON_LEAVE and leave)
    without = [] if votes else ["standing-without-vote"]
    silent = ["not-in-the-register"] if status in GONE else []
    found = three(plant.eve, plant.assembly, bylaws(**dict(zip(FLAGS, rules, strict=True))))
    assert found == [without, silent, without]
    assert until_final in (False, True)  # without an appeal it changes nothing


@pytest.mark.parametrize(
    ("appealed", "final", "keep", "until_final", "votes"),
    [
        (None, None, False, True, False),  # nobody has appealed
        (BEFORE, None, False, True, True),
        (BEFORE, None, False, False, False),  # the bylaws do not wait
        (AFTER, None, False, True, False),  # appealed the day after
        (BEFORE, BEFORE, False, True, False),  # final on the day
        (BEFORE, AFTER, False, True, True),  # final the day after
        (None, BEFORE, False, True, False),  # the days of appeal went by
        (None, None, True, False, True),
        (BEFORE, BEFORE, True, True, True),
    ],
)
def test_a_suspension_under_appeal(
    plant: make.Plant,
    appealed: datetime.datetime | None,
    final: datetime.datetime | None,
    keep: bool,
    until_final: bool,
    votes: bool,
) -> None:
    stands(plant.eve, status="suspended", appealed_at=appealed, final_at=final)
    rules = bylaws(suspended_keep_vote=keep, suspended_vote_until_final=until_final)
    without = [] if votes else ["standing-without-vote"]
    assert three(plant.eve, plant.assembly, rules) == [without, [], without]
    assert voters(plant.assembly, DAY, rules).filter(pk=plant.eve.pk).exists() is votes


@pytest.mark.parametrize("name", ["max", "nan"])
def test_on_trial_and_hired_speak_and_neither_vote_nor_are_elected(plant: make.Plant, name: str) -> None:
    only_voice = [["not-a-full-member"], [], ["not-a-full-member"]]
    assert three(plant.people[name], plant.assembly, bylaws()) == only_voice
    meeting = body(plant, "PM", "production_meeting", "department", department=department("OVN"))
    assert three(plant.people[name], meeting, bylaws())[1] == []


# --- Bodies ---------------------------------------------------------------------------------------------------------


def department(code: str) -> Department:
    return Department.objects.get(code=code)


def body(plant: make.Plant, code: str, kind: str, composition: str, **more: Any) -> Body:
    return actions.create_body(
        cooperative=plant.cooperative,
        code=code,
        name=code,
        kind=kind,
        composition=composition,
        by=make.FOUNDING,
        at=make.FOUNDED,
        **more,
    )


def test_a_council_of_another_department_hears_when_asked_and_elects_its_own(plant: make.Plant) -> None:
    packing = body(plant, "C-PAC", "department_council", "department", department=department("PAC"))
    assert three(plant.eve, packing, bylaws()) == [
        ["not-of-this-body"],
        ["voice-when-asked"],
        ["elects-its-own"],
    ]
    ovens = body(plant, "C-OVN", "department_council", "department", department=department("OVN"))
    assert three(plant.eve, ovens, bylaws()) == [[], [], []]


def test_a_council_of_seats_of_a_department_elects_its_own_as_well(plant: make.Plant) -> None:
    for code, crew, reasons in (
        ("PAC", None, ["elects-its-own"]),
        ("OVN", None, []),
        ("OVN", "B", ["elects-its-own"]),
    ):
        council = body(
            plant,
            f"{code}{crew}",
            "department_council",
            "mandate",
            department=department(code),
            crew=Crew.objects.get(code=crew) if crew else None,
        )
        assert three(plant.eve, council, bylaws()) == [["not-of-this-body"], ["voice-when-asked"], reasons]


def test_a_seat_is_not_needed_to_be_elected_to_one(plant: make.Plant) -> None:
    council = Body.objects.get(code="ADM")
    assert three(plant.eve, council, bylaws()) == [["not-of-this-body"], ["voice-when-asked"], []]
    assert three(plant.ana, council, bylaws()) == [[], [], []]


def test_the_council_asks_for_months_of_full_membership(plant: make.Plant) -> None:
    council = Body.objects.get(code="ADM")
    stands(plant.max, datetime.date(2024, 5, 12))  # on trial since 2020, a member for two years but one day
    assert three(plant.max, council, bylaws())[2] == ["not-long-enough"]
    assert three(plant.max, council, bylaws(), DAY + ONE)[2] == []
    assert three(plant.max, council, bylaws(seniority_administrative_months=0))[2] == []


@pytest.mark.parametrize(
    ("bar", "until"),
    [("none", None), ("rest_of_term", datetime.date(2026, 9, 1)), ("next_term", datetime.date(2027, 9, 1))],
)
def test_a_recall_bars_for_the_rest_of_the_term_it_ended(
    plant: make.Plant, bar: str, until: datetime.date | None
) -> None:
    council = Body.objects.get(code="ADM")
    office = actions.create_office(
        body=council, title="delegate", term_months=12, by=make.FOUNDING, at=make.FOUNDED
    )
    since = datetime.datetime(2025, 9, 1, 12, tzinfo=HERE)
    mandate = actions.begin_mandate(
        seat=office.seats.get(),
        member=plant.eve,
        since=since,
        until=since + 365 * ONE,
        begun=Mandate.Begun.ELECTED,
        document="Count",
        by=make.FOUNDING,
        at=since,
    )
    actions.end_mandate(
        mandate=mandate, ended="recalled", document="Count", by=make.FOUNDING, at=since + 90 * ONE
    )
    rules = bylaws(recall_bar=bar)
    assert Facts(plant.eve, DAY, rules).barred_until(council) == until
    assert three(plant.eve, council, rules)[2] == (["barred-after-recall"] if until else [])
    if until:
        assert three(plant.eve, council, rules, until)[2] == []
    assert three(plant.eve, plant.assembly, rules)[2] == []  # from that body only


def test_who_runs_the_elections_does_not_stand(plant: make.Plant) -> None:
    commission = body(plant, "ELC", "electoral_commission", "mandate")
    make.office(plant, commission, "member", plant.eve, [])
    assert three(plant.eve, Body.objects.get(code="ADM"), bylaws())[2] == ["runs-the-elections"]
    assert three(plant.eve, commission, bylaws())[2] == []


# --- What holds of everybody ----------------------------------------------------------------------------------------

MOMENTS = st.sampled_from([None, BEFORE - 9 * ONE, BEFORE, AFTER, AFTER + 9 * ONE])
STANDINGS = st.builds(
    dict,
    kind=st.sampled_from(Standing.Kind.values),
    status=st.sampled_from(Standing.Status.values),
    since=st.sampled_from([DAY - ONE, DAY, DAY + ONE]),
    appealed_at=MOMENTS,
    final_at=MOMENTS,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    rows=st.lists(STANDINGS, min_size=12, max_size=12),
    places=st.lists(st.sampled_from(["OVN", "PAC"]), min_size=12, max_size=12),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_a_vote_is_also_a_voice_and_one_and_all_give_the_same_answer(
    rows: list[dict[str, Any]], places: list[str], flags: tuple[bool, ...], plant: make.Plant
) -> None:
    """Asked one by one and asked of everybody at once, the same people vote; and whoever votes may speak."""
    people = [plant.people[name.lower()] for name in make.NAMES]
    for dated in (Standing, Posting):  # what was entered by the example before
        dated.objects.filter(member__in=people, struck_at=None).update(struck_at=BEFORE, struck_because="x")
    by_code = {one.code: one for one in Department.objects.all()}
    for who, row, place in zip(people, rows, places, strict=True):
        if row["status"] != "suspended":
            row |= {"appealed_at": None, "final_at": None}
        Standing.objects.create(member=who, document="D GA 2026-1", **row)
        Posting.objects.create(member=who, department=by_code[place], since=DAY - ONE)
    rules = bylaws(**dict(zip(FLAGS, flags, strict=True)))
    bodies = [plant.assembly, Body.objects.get(code="ADM")]
    crew = Crew.objects.get(code="A")
    bodies.append(Body(cooperative=plant.cooperative, kind="commission", composition="crew", crew=crew))
    bodies.append(
        Body(
            cooperative=plant.cooperative,
            kind="department_council",
            composition="department",
            department=by_code["PAC"],
        )
    )
    for one in bodies:
        together = set(voters(one, DAY, rules).values_list("pk", flat=True)) & {who.pk for who in people}
        answers = {who.pk: eligibility(who, one, DAY, rules) for who in people}
        assert {pk for pk, answer in answers.items() if not answer.vote} == together
        assert all(not answer.voice for answer in answers.values() if not answer.vote)
        without_standing = {"not-in-the-register", "not-a-full-member", "standing-without-vote"}
        for answer in answers.values():  # whoever has no vote anywhere is elected nowhere
            if without_standing & {reason.code for reason in answer.vote}:
                assert answer.stand == answer.vote
