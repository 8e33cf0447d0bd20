"""The register: numbers once, one standing and one posting a day, who may vote on a day, and the cards."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from coop.charter.actions import adopt_bylaws
from coop.charter.models import Bylaws
from coop.journal.models import Entry
from coop.members import actions
from coop.members.actions.cards import DAYS_VALID
from coop.members.backend import NumberAndSecret, may_enter
from coop.members.electorate import obstacles_to_voting, voters
from coop.members.models import AccessCard, Body, Crew, Department, Mandate, Member, Posting, Standing
from coop.refusals import Refused
from tests import make

DAY = datetime.date(2026, 5, 4)
NOON = datetime.datetime(2026, 5, 4, 15, tzinfo=datetime.UTC)
ONE = datetime.timedelta(days=1)
KIND, STATUS = Standing.Kind, Standing.Status


@pytest.fixture
def plant(db: None) -> make.Plant:
    return make.plant()


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=f"^{code}")


def change(who: Member, status: str, since: datetime.date = DAY, kind: str = KIND.MEMBER) -> Standing:
    return actions.change_standing(
        member=who,
        kind=kind,
        status=status,
        since=since,
        reason="told",
        document="Minutes 7",
        by=make.FOUNDING,
        at=NOON,
    )


def votes(plant: make.Plant, who: Member, day: datetime.date = DAY, body: Body | None = None) -> list[str]:
    bylaws = Bylaws.in_force(plant.cooperative, day)
    return [reason.code for reason in obstacles_to_voting(who, body or plant.assembly, day, bylaws)]


def numbers(plant: make.Plant, body: Body, day: datetime.date = DAY) -> list[int]:
    found = voters(body, day, Bylaws.in_force(plant.cooperative, day))
    return list(found.order_by("number").values_list("number", flat=True))


# --- Admitting, and what changes from a day on ------------------------------------------------------------------


def test_a_number_is_given_once(plant: make.Plant) -> None:
    with refused("number-taken"):
        make.member(plant.cooperative, 5, "Eva")
    make.member(make.plant("mill").cooperative, 16, "Eva")  # other house, other numbers


def test_a_name_is_found_without_its_accents(plant: make.Plant) -> None:
    made = make.member(plant.cooperative, 16, "Íñigo Núñez  Pão")
    assert (made.name, made.plain_name, made.actor) == (
        "Íñigo Núñez  Pão",
        "inigo nunez pao",
        (f"member:{made.pk}", "Íñigo Núñez  Pão"),
    )


def test_a_standing_runs_from_its_day_on_and_what_was_stays_on_record(plant: make.Plant) -> None:
    change(plant.eve, STATUS.MEDICAL_LEAVE)
    change(plant.eve, STATUS.ACTIVE, since=DAY + 7 * ONE)
    assert [(s.status, s.since, s.until) for s in plant.eve.standings.all()] == [
        ("active", make.FOUNDED.date(), DAY),
        ("medical_leave", DAY, DAY + 7 * ONE),
        ("active", DAY + 7 * ONE, None),
    ]
    on = {day: Standing.objects.get(Standing.on(day), member=plant.eve).status for day in (DAY - ONE, DAY)}
    assert on == {DAY - ONE: "active", DAY: "medical_leave"}
    assert Entry.objects.latest("sequence").facts == {
        "kind": "member",
        "since": "2026-05-11",
        "gone": False,
    }


def test_a_change_of_the_same_day_takes_its_place(plant: make.Plant) -> None:
    change(plant.eve, STATUS.SUSPENDED)
    change(plant.eve, STATUS.MEDICAL_LEAVE)
    assert Standing.objects.get(Standing.on(DAY), member=plant.eve).status == "medical_leave"
    assert votes(plant, plant.eve) == []


def test_nothing_goes_in_before_what_is_on_record(plant: make.Plant) -> None:
    """PostgreSQL refused it as an error; now it is a reason."""
    change(plant.eve, STATUS.MEDICAL_LEAVE)
    with refused("later-change-on-record"):
        change(plant.eve, STATUS.ACTIVE, since=DAY - ONE)
    with refused("change-before-the-first"):
        change(plant.fay, STATUS.ACTIVE, since=make.FOUNDED.date() - ONE)


def test_a_posting_moves_to_another_department_and_crew(plant: make.Plant) -> None:
    packing, crew = Department.objects.get(code="PAC"), Crew.objects.get(code="B")
    actions.post(
        member=plant.eve, department=packing, crew=crew, since=DAY, reason="", by=make.FOUNDING, at=NOON
    )
    with refused("later-change-on-record"):
        actions.post(
            member=plant.eve,
            department=packing,
            crew=None,
            since=DAY - ONE,
            reason="",
            by=make.FOUNDING,
            at=NOON,
        )
    assert [
        (p.department.code, p.crew.code if p.crew else "", p.until) for p in plant.eve.postings.all()
    ] == [("OVN", "A", DAY), ("PAC", "B", None)]


@pytest.mark.parametrize(
    ("since", "until", "meets"),
    [
        (make.FOUNDED.date() - 9 * ONE, make.FOUNDED.date(), False),
        (make.FOUNDED.date() - 9 * ONE, make.FOUNDED.date() + ONE, True),
        (DAY, None, True),
        (DAY, DAY, False),  # an empty time meets nothing
    ],
)
def test_the_database_knows_one_standing_and_one_posting_a_day(
    plant: make.Plant, since: datetime.date, until: datetime.date | None, meets: bool
) -> None:
    standing = Standing(member=plant.eve, kind="member", since=since, until=until)
    posting = Posting(
        member=plant.eve, department=Department.objects.get(code="PAC"), since=since, until=until
    )
    for row, constraint in ((standing, "one_standing_at_a_time"), (posting, "one_posting_at_a_time")):
        if meets:
            with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
                row.save(force_insert=True)
        else:
            row.save(force_insert=True)


def test_the_database_refuses_what_the_rules_should_have(plant: make.Plant) -> None:
    home: dict[str, Any] = {"cooperative": plant.cooperative, "joined": DAY, "language": "en"}
    wrong: dict[str, Any] = {
        "member_number_once": Member(**home, number=5, name="x"),
        "member_number_positive": Member(**home, number=0, name="x"),
        "member_has_a_name": Member(**home, number=99, name=""),
        "standing_kind_is_known": Standing(member=plant.eve, kind="guest", since=DAY, until=DAY),
        "standing_status_is_known": Standing(
            member=plant.eve, kind="member", status="lazy", since=DAY, until=DAY
        ),
        "standing_ends_after_it_begins": Standing(
            member=plant.eve, kind="member", since=DAY, until=DAY - ONE
        ),
        "posting_ends_after_it_begins": Posting(
            member=plant.eve, department=Department.objects.get(code="PAC"), since=DAY, until=DAY - ONE
        ),
    }
    for constraint, row in wrong.items():
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            row.save(force_insert=True)


# --- Who may vote -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "codes"),
    [
        ("active", []),
        ("medical_leave", []),
        ("parental_leave", []),
        ("notice_given", []),
        ("voluntary_leave", ["standing-without-vote"]),
        ("outside_office", ["standing-without-vote"]),
        ("suspended", ["standing-without-vote"]),
        ("left", ["standing-without-vote"]),
        ("expelled", ["standing-without-vote"]),
        ("died", ["standing-without-vote"]),
    ],
)
def test_each_standing_keeps_or_loses_the_vote(plant: make.Plant, status: str, codes: list[str]) -> None:
    change(plant.eve, status)
    assert votes(plant, plant.eve) == codes
    assert (5 in numbers(plant, plant.assembly)) is (codes == [])
    assert votes(plant, plant.eve, DAY - ONE) == []


@pytest.mark.parametrize(
    ("article", "status"),
    [
        ("suspended_keep_vote", "suspended"),
        ("leave_keeps_vote", "voluntary_leave"),
        ("leave_keeps_vote", "outside_office"),
    ],
)
def test_the_bylaws_may_keep_a_vote_from_their_day_on(plant: make.Plant, article: str, status: str) -> None:
    change(plant.eve, status)
    adopt_bylaws(
        cooperative=plant.cooperative,
        valid_from=DAY + ONE,
        adopted_by="GA 2026-1",
        changes={article: True},
        by=make.FOUNDING,
        at=NOON,
    )
    assert votes(plant, plant.eve, DAY) == ["standing-without-vote"]
    assert votes(plant, plant.eve, DAY + ONE) == []


@pytest.mark.parametrize(
    ("name", "codes"),
    [("max", ["not-a-full-member"]), ("nan", ["not-a-full-member"]), ("oz", ["standing-without-vote"])],
)
def test_people_on_trial_hired_or_suspended_have_a_voice_only(
    plant: make.Plant, name: str, codes: list[str]
) -> None:
    assert votes(plant, plant.people[name]) == codes


def test_nobody_votes_before_joining(plant: make.Plant) -> None:
    late = make.member(plant.cooperative, 16, "Pia", joined=DAY)
    assert votes(plant, late, DAY - ONE) == ["not-in-the-register"]
    assert votes(plant, late, DAY) == []


def test_the_composition_of_a_body_says_who_belongs_to_it(plant: make.Plant) -> None:
    packing, crew = Department.objects.get(code="PAC"), Crew.objects.get(code="B")
    actions.post(
        member=plant.eve, department=packing, crew=crew, since=DAY, reason="", by=make.FOUNDING, at=NOON
    )

    def body(code: str, composition: str, **more: Any) -> Body:
        return actions.create_body(
            cooperative=plant.cooperative,
            code=code,
            name=code,
            kind="commission",
            composition=composition,
            by=make.FOUNDING,
            at=NOON,
            **more,
        )

    by_department, by_crew = body("P", "department", department=packing), body("B", "crew", crew=crew)
    assert numbers(plant, plant.assembly) == list(range(1, 13))
    assert numbers(plant, by_department) == numbers(plant, by_crew) == [5]
    assert numbers(plant, by_department, DAY - ONE) == []
    assert numbers(plant, Body.objects.get(code="ADM")) == [1, 2, 3, 4]
    assert votes(plant, plant.fay, body=by_department) == ["not-of-this-body"]


def test_a_holder_of_two_seats_votes_once_and_an_alternate_not(plant: make.Plant) -> None:
    council = Body.objects.get(code="ADM")
    office = actions.create_office(
        body=council,
        title="member",
        seats=[(False, None, None), (True, None, None)],
        by=make.FOUNDING,
        at=NOON,
    )
    for seat, who in zip(office.seats.all(), (plant.ana, plant.eve), strict=True):
        actions.begin_mandate(
            seat=seat,
            member=who,
            since=NOON - ONE,
            until=None,
            begun=Mandate.Begun.ELECTED,
            document="Count",
            by=make.FOUNDING,
            at=NOON,
        )
    assert numbers(plant, council) == [1, 2, 3, 4]


# --- The cards ----------------------------------------------------------------------------------------------------


def card_for(plant: make.Plant, who: Member, by: Member | None = None) -> tuple[AccessCard, str]:
    return actions.issue_card(member=who, by=by or plant.cy, at=NOON)


def test_a_card_works_once_until_its_last_second(plant: make.Plant) -> None:
    card, token = card_for(plant, plant.eve)
    assert AccessCard.hash_of(token) == card.token_hash
    assert token not in str(Entry.objects.latest("sequence").facts)
    over = NOON + DAYS_VALID * ONE
    assert card.expires_at == over
    with refused("card-over"):
        actions.enrol(card=card, secret="582047", by=plant.eve, at=over)
    account = actions.enrol(card=card, secret="582047", by=plant.eve, at=over - datetime.timedelta.resolution)
    assert account.check_password("582047")
    with refused("card-used"):
        actions.enrol(card=card, secret="740258", by=plant.eve, at=NOON)


@pytest.mark.parametrize(
    ("secret", "code"),
    [("123456", "secret-easy-to-guess"), ("1", "secret-too-short"), ("x" * 201, "secret-too-long")],
)
def test_a_weak_secret_does_not_use_the_card_up(plant: make.Plant, secret: str, code: str) -> None:
    card, _token = card_for(plant, plant.eve)
    with refused(code):
        actions.enrol(card=card, secret=secret, by=plant.eve, at=NOON)
    card.refresh_from_db()
    assert card.used_at is None


def test_only_the_register_keeper_hands_out_cards_and_a_newer_one_withdraws_the_older(
    plant: make.Plant,
) -> None:
    with refused("no-mandate"):
        card_for(plant, plant.eve, by=plant.ana)
    older, _token = card_for(plant, plant.eve)
    newer, _token = card_for(plant, plant.eve)
    with refused("card-over"):
        actions.enrol(card=older, secret="582047", by=plant.eve, at=NOON)
    with refused("not-your-card"):
        actions.enrol(card=newer, secret="582047", by=plant.fay, at=NOON)


def test_a_reset_takes_two_people(plant: make.Plant) -> None:
    first, _token = card_for(plant, plant.eve)
    actions.enrol(card=first, secret="582047", by=plant.eve, at=NOON)
    reset, _token = card_for(plant, Member.objects.get(pk=plant.eve.pk))
    with refused("card-waits-for-countersign"):
        actions.enrol(card=reset, secret="740258", by=plant.eve, at=NOON)
    for who, code in (
        (plant.cy, "confirm-needs-somebody-else"),
        (plant.eve, "confirm-needs-somebody-else"),
        (plant.gus, "no-office"),
    ):
        with refused(code):
            actions.countersign_card(card=reset, by=who, at=NOON)
    actions.countersign_card(card=reset, by=plant.bo, at=NOON)
    with refused("card-needs-no-countersign"):
        actions.countersign_card(card=reset, by=plant.dee, at=NOON)
    account = actions.enrol(card=reset, secret="740258", by=plant.eve, at=NOON)
    assert not account.check_password("582047")
    assert account.check_password("740258")


def test_the_register_keeper_does_not_reset_their_own_secret(plant: make.Plant) -> None:
    card, _token = card_for(plant, plant.cy)
    actions.enrol(card=card, secret="582047", by=plant.cy, at=NOON)
    with refused("own-secret-by-somebody-else"):
        card_for(plant, Member.objects.get(pk=plant.cy.pk))


@pytest.mark.parametrize("status", ["left", "expelled", "died"])
def test_whoever_has_gone_gets_no_card(plant: make.Plant, status: str) -> None:
    change(plant.eve, status)
    with refused("standing-does-not-allow"):
        card_for(plant, plant.eve)


@pytest.mark.parametrize("status", ["left", "expelled", "died"])
def test_whoever_has_gone_comes_in_no_more(plant: make.Plant, status: str) -> None:
    make.sign_in(make.Client(), plant.eve)
    enter: dict[str, Any] = {"cooperative": plant.cooperative, "number": 5, "secret": make.PIN}
    change(plant.eve, status)
    assert not may_enter(plant.eve, DAY)
    assert may_enter(plant.eve, DAY - ONE)
    door = NumberAndSecret()
    assert door.authenticate(None, day=DAY, **enter) is None
    assert door.authenticate(None, day=DAY - ONE, **enter) == plant.eve.account
    assert door.authenticate(None, day=DAY - ONE, **(enter | {"secret": "740258"})) is None
    assert door.authenticate(None, day=DAY - ONE, **(enter | {"number": 4})) is None
