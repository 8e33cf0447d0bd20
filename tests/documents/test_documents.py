"""Documents and their versions: entered by one, compared by another, in force from a day on, never edited."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coop.documents import actions as papers
from coop.documents.actions import File
from coop.documents.models import Attachment, Document, Version
from coop.journal.models import Entry
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db

FIRST, SECOND = datetime.date(2011, 6, 18), datetime.date(2023, 3, 25)


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def facts(plant: make.Plant, **more: Any) -> dict[str, Any]:
    usual = {
        "text": "# Purpose\n\nWe bake bread.",
        "file": None,
        "adopted_on": FIRST,
        "adopted_by": "Book of minutes 1, page 3",
        "valid_from": FIRST,
        "by": plant.ana,
        "at": make.now(),
    }
    return {**usual, **more}


def statute(plant: make.Plant, **more: Any) -> Version:
    return papers.enter_document(
        cooperative=plant.cooperative, kind="statute", title="Statute", **facts(plant, **more)
    )


def confirmed(plant: make.Plant, version: Version) -> Version:
    papers.confirm_version(version=version, by=plant.bo, at=make.now())
    version.refresh_from_db()
    return version


def holding(day: datetime.date) -> list[int]:
    found = Version.objects.filter(Version.holding_on(day)).order_by("-valid_from", "-number")
    return [one.number for one in found]


def test_it_waits_then_holds_from_its_day_until_the_next(plant: make.Plant) -> None:
    first = statute(plant)
    assert (first.document.number, first.number, first.waits, holding(SECOND)) == (1, 1, True, [])
    assert first.hash == hashlib.sha256(b"# Purpose\n\nWe bake bread.").hexdigest()
    confirmed(plant, first)
    second = papers.add_version(
        document=first.document, **facts(plant, text="Cake.", adopted_on=SECOND, valid_from=SECOND)
    )
    confirmed(plant, second)
    before = datetime.timedelta(days=1)
    assert [holding(day)[:1] for day in (FIRST - before, FIRST, SECOND - before, SECOND)] == [
        [],
        [1],
        [1],
        [2],
    ]
    verbs = list(Entry.objects.order_by("-sequence").values_list("verb", flat=True)[:4])
    assert verbs == ["version-confirmed", "version-entered"] * 2


def test_a_correction_of_the_same_day_takes_its_place(plant: make.Plant) -> None:
    first = confirmed(plant, statute(plant))
    confirmed(plant, papers.add_version(document=first.document, **facts(plant, text="We bake black bread.")))
    assert holding(FIRST) == [2, 1]


def test_a_file_is_kept_with_its_hash_under_a_clean_name(plant: make.Plant) -> None:
    version = statute(plant, text="", file=File("../Statute.html", b"Bread."))
    kept = version.attachment
    assert (kept.name, kept.media, kept.size, bytes(kept.content)) == (
        "Statute.txt",
        "text/plain",
        6,
        b"Bread.",
    )
    assert kept.hash == version.hash == hashlib.sha256(b"Bread.").hexdigest()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"text": " \n "}, "document-empty"),
        ({"text": "<b>x</b>"}, "document-only-words"),
        ({"file": File("x.pdf", b"<svg/>")}, "file-kind-unknown"),
        ({"file": File("x.pdf", b"")}, "file-empty"),
        ({"valid_from": FIRST - datetime.timedelta(days=1)}, "holds-before-adopted"),
        ({"valid_from": datetime.date(2126, 1, 1)}, "holds-too-late"),
    ],
)
def test_what_cannot_be_leaves_nothing_behind(plant: make.Plant, wrong: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code), transaction.atomic():
        statute(plant, **wrong)
    assert (Document.objects.count(), Version.objects.count(), Attachment.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("who", ["bo", "cy", "dee", "eve"])
def test_only_the_keeper_of_the_archive_enters(plant: make.Plant, who: str) -> None:
    with pytest.raises(Refused, match="no-mandate"), transaction.atomic():
        statute(plant, by=plant.people[who])
    with pytest.raises(Refused, match="not-of-this-cooperative"), transaction.atomic():
        statute(plant, by=make.plant("quarry").ana)


def test_two_persons_and_once(plant: make.Plant) -> None:
    version = statute(plant)
    with pytest.raises(Refused, match="confirm-needs-somebody-else"):
        papers.confirm_version(version=version, by=plant.ana, at=make.now())
    with pytest.raises(Refused, match="no-office-that-confirms"):
        papers.confirm_version(version=version, by=plant.dee, at=make.now())
    papers.turn_down_version(version=version, because="Page 3 says cake.", by=plant.bo, at=make.now())
    with pytest.raises(Refused, match="entry-settled"):
        papers.confirm_version(version=version, by=plant.bo, at=make.now())
    assert holding(SECOND) == []


def test_the_same_version_twice_is_refused_unless_the_first_was_turned_down(plant: make.Plant) -> None:
    version = statute(plant)
    with pytest.raises(Refused, match="version-changes-nothing"):
        papers.add_version(document=version.document, **facts(plant))
    papers.turn_down_version(version=version, because="Wrong page.", by=plant.ana, at=make.now())
    assert papers.add_version(document=version.document, **facts(plant)).number == 2


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(days=st.integers(min_value=-20_000, max_value=1_500))
def test_nothing_is_entered_that_was_not_adopted(plant: make.Plant, days: int) -> None:
    day = plant.cooperative.day_of(make.now()) + datetime.timedelta(days=days)
    with transaction.atomic():
        refused: list[str] = []
        try:
            with transaction.atomic():
                statute(plant, adopted_on=day, valid_from=day)
        except Refused as refusal:
            refused = [reason.code for reason in refusal.reasons]
        assert refused == (["adopted-in-the-future"] if days > 0 else [])
        assert Version.objects.count() == (days <= 0)
        transaction.set_rollback(True)
