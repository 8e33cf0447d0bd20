"""Cards on paper: the typed code, sheets of cards, and a secret that two people replace."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from coop.journal.models import Entry
from coop.members import actions
from coop.members.models import AccessCard, Account, Member
from coop.members.secret_words import obstacles_to_secret
from coop.members.typed_codes import SIGNS, code_for, in_groups, new_code, read
from coop.refusals import Refused
from tests import make

NOON = datetime.datetime(2026, 11, 20, 15, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
TICK = datetime.timedelta.resolution
CODES = st.text(SIGNS, min_size=22, max_size=22).map(code_for)


@contextmanager
def refused(*codes: str) -> Iterator[None]:
    with pytest.raises(Refused) as caught:
        yield
    assert [reason.code for reason in caught.value.reasons] == list(codes)


# --- The code -------------------------------------------------------------------------------------------------------


def test_a_code_is_twelve_signs_and_comes_from_its_token_alone() -> None:
    assert code_for("A" * 22) == code_for("A" * 22) != code_for("B" * 22)
    codes = {code_for(str(one)) for one in range(3000)} | {new_code() for _one in range(3000)}
    assert len(codes) == 6000
    assert {len(code) for code in codes} == {12}
    assert set("".join(codes)) == set(SIGNS)
    assert set(SIGNS) & set("ILOU") == set()


@given(CODES, st.sampled_from(["", " ", "-", " - ", "\t", "–", "."]), st.booleans())
def test_however_a_code_is_typed_it_is_read(code: str, between: str, small: bool) -> None:
    typed = between.join(in_groups(code).split())
    assert read(typed.lower() if small else typed) == code
    for meant, seen in (("0", "o"), ("0", "O"), ("1", "i"), ("1", "I"), ("1", "l"), ("1", "L")):
        assert read(typed.replace(meant, seen)) == code


@given(CODES, st.integers(0, 11), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_noticed(code: str, place: int, sign: str) -> None:
    wrong = code[:place] + sign + code[place + 1 :]
    assert read(wrong) == (code if wrong == code else None)


@given(CODES, st.integers(0, 10))
def test_two_signs_changed_over_are_noticed(code: str, place: int) -> None:
    one, other = code[place], code[place + 1]
    wrong = code[:place] + other + one + code[place + 2 :]
    if one != other and {one, other} != {"0", "Z"}:
        assert read(wrong) is None


@given(st.text(max_size=40))
def test_nothing_typed_breaks_the_reading(typed: str) -> None:
    assert read(typed) is None or len(read(typed) or "") == 12


# --- A birth date is no secret ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "secret",
    [
        "030290",
        "020390",
        "900203",
        "900302",
        "03021990",
        "02031990",
        "19900203",
        "19900302",
        "02199003",
        "199002",
        "021990",
        "199003",
        "031990",
    ],
)
def test_a_birth_date_is_no_secret_once_it_is_known(secret: str) -> None:
    born = datetime.date(1990, 2, 3)
    assert [reason.code for reason in obstacles_to_secret(secret, number=7, born=born)] == [
        "secret-easy-to-guess"
    ]
    assert obstacles_to_secret(secret, number=7) == []
    assert obstacles_to_secret(secret, number=7, born=born + datetime.timedelta(days=400)) == []


# --- By the sheet ---------------------------------------------------------------------------------------------------


@pytest.fixture
def plant(db: None) -> make.Plant:
    return make.plant()


def test_a_sheet_has_a_card_for_everybody_who_was_never_in(plant: make.Plant) -> None:
    make.account(plant.eve)
    older, _token = actions.issue_card(member=plant.gus, by=plant.cy, at=NOON - HOUR)
    people = [plant.gus, plant.eve, plant.fay]
    made = actions.issue_cards(members=[one.pk for one in people], by=plant.cy, at=NOON)
    assert [card.member for card, _token in made] == [plant.fay, plant.gus]
    for card, token in made:
        kept = AccessCard.objects.get(token_hash=AccessCard.hash_of(token))
        assert kept.pk == card.pk
        assert kept.code_hash == AccessCard.hash_of_code(code_for(token))
        assert code_for(token) not in f"{kept.code_hash} {kept.token_hash}"
        assert (kept.replaces_secret, kept.issued_by) == (False, plant.cy)
        assert kept.expires_at - kept.issued_at == datetime.timedelta(days=14)
    older.refresh_from_db()
    assert older.withdrawn_at == NOON
    told = Entry.objects.filter(verb="card-issued", at=NOON).order_by("sequence")
    assert [entry.subject_label for entry in told] == ["6 Fay", "7 Gus"]
    assert not any(token in str(entry.facts) for entry in told for _card, token in made)


def test_sheets_are_made_by_who_keeps_the_register_for_their_own_house(plant: make.Plant) -> None:
    mill = make.plant("mill")
    with refused("no-mandate"):
        actions.issue_cards(members=[plant.fay.pk], by=plant.ana, at=NOON)
    assert actions.issue_cards(members=[mill.fay.pk], by=plant.cy, at=NOON) == []
    assert not AccessCard.objects.exists()


def test_a_sheet_of_thirty_costs_as_many_questions_beside_the_journal_as_one_of_three(
    plant: make.Plant,
) -> None:
    people = [make.member(plant.cooperative, 100 + one, f"Worker {one}").pk for one in range(30)]

    def questions(count: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert len(actions.issue_cards(members=people[:count], by=plant.cy, at=NOON)) == count
        return len([one for one in asked if "journal" not in one["sql"] and "charter_coop" not in one["sql"]])

    assert questions(30) == questions(3)


# --- A secret that is replaced ---------------------------------------------------------------------------------


def replaced(plant: make.Plant, who: Member, at: datetime.datetime = NOON) -> AccessCard:
    make.account(who)
    card, _token = actions.issue_card(member=who, by=plant.cy, at=at)
    actions.countersign_card(card=card, by=plant.bo, at=at)
    actions.enrol(card=card, secret="740258", by=who, at=at)
    card.refresh_from_db()
    return card


def test_a_first_card_is_no_reset_and_a_second_one_is(plant: make.Plant) -> None:
    first, _token = actions.issue_card(member=plant.eve, by=plant.cy, at=NOON)
    account = actions.enrol(card=first, secret="582047", by=plant.eve, at=NOON)
    assert account.reset_at is None
    replaced(plant, Member.objects.get(pk=plant.eve.pk), NOON + HOUR)
    assert Account.objects.get(pk=account.pk).reset_at == NOON + HOUR


def test_the_second_signature_comes_within_a_day_or_not_at_all(plant: make.Plant) -> None:
    make.account(plant.eve)
    card, _token = actions.issue_card(member=plant.eve, by=plant.cy, at=NOON)
    with refused("countersign-too-late"):
        actions.countersign_card(card=card, by=plant.bo, at=NOON + 24 * HOUR)
    with refused("card-over"):
        actions.enrol(card=card, secret="740258", by=plant.eve, at=NOON + 24 * HOUR)
    actions.countersign_card(card=card, by=plant.bo, at=NOON + 24 * HOUR - TICK)
    actions.enrol(
        card=card, secret="740258", by=plant.eve, at=NOON + 25 * HOUR
    )  # signed, it lasts its two weeks


def test_postgresql_wants_two_people_under_a_replaced_secret_too(plant: make.Plant) -> None:
    make.account(plant.eve)
    card, _token = actions.issue_card(member=plant.eve, by=plant.cy, at=NOON)
    with pytest.raises(IntegrityError, match="secret_replaced_by_two"), transaction.atomic():
        AccessCard.objects.filter(pk=card.pk).update(used_at=NOON)
    with pytest.raises(IntegrityError, match="acknowledged_what_happened"), transaction.atomic():
        AccessCard.objects.filter(pk=card.pk).update(acknowledged_at=NOON)


def test_only_the_owner_acknowledges_and_only_what_happened(plant: make.Plant) -> None:
    first, _token = actions.issue_card(member=plant.fay, by=plant.cy, at=NOON)
    with refused("nothing-was-replaced"):
        actions.acknowledge_reset(card=first, by=plant.fay, at=NOON)
    card = replaced(plant, plant.eve)
    with refused("not-your-card"):
        actions.acknowledge_reset(card=card, by=plant.cy, at=NOON)
    for hour in (1, 2):
        actions.acknowledge_reset(card=card, by=plant.eve, at=NOON + hour * HOUR)
    card.refresh_from_db()
    assert card.acknowledged_at == NOON + HOUR
    assert Entry.objects.filter(verb="reset-acknowledged").count() == 1
