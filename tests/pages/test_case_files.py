"""Case files: what was tried against somebody in office stays on record, and who reads it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from coop.in_office import actions
from coop.in_office.models import Attempt
from coop.journal.models import Entry
from coop.members.models import Standing
from coop.members.seen import last_entry
from coop.refusals import Reason, Refused
from tests import make, make_offices

pytestmark = pytest.mark.django_db
HOME = "/bakery/"


@pytest.fixture
def plant() -> make.Plant:
    return make_offices.plant()


def keeper(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.cy)


def sheet(plant: make.Plant, who: str) -> dict[str, Any]:
    person = plant.people[who]
    today = plant.cooperative.day_of(make.now())
    return {
        "seen": str(last_entry(person)),
        "since": today.isoformat(),
        "expected_until": (today + datetime.timedelta(days=5)).isoformat(),
        "reason": "Spoke against the plan.",
        "document": "Minute 4 of the council",
    }


def tried(plant: make.Plant, who: str = "pia") -> Any:
    address = f"{HOME}members/{plant.people[who].number}/suspend/"
    return keeper(plant).post(address, sheet(plant, who))


def test_what_was_refused_is_on_file(plant: make.Plant) -> None:
    answer = tried(plant)
    assert answer.status_code == 409
    assert "Spoke against the plan." in answer.content.decode()
    kept = Attempt.objects.get()
    pia = plant.people["pia"]
    assert (kept.member, kept.what, kept.tried_by) == (pia, "suspend", plant.cy)
    assert (kept.office, kept.number) == ("coordinator of packing", 1)
    assert kept.words == "Minute 4 of the council\nSpoke against the plan."
    assert [code for code, _told in kept.refused] == ["protected-in-office"]
    assert Entry.objects.filter(verb="case-file-opened", subject_label=kept.label).count() == 1
    assert not Standing.objects.filter(member=pia, status=Standing.Status.SUSPENDED).exists()
    assert tried(plant).status_code == 409
    assert list(Attempt.objects.values_list("number", flat=True)) == [2, 1]


def test_who_holds_nothing_leaves_no_file(plant: make.Plant) -> None:
    assert tried(plant, "uma").status_code == 302
    assert not Attempt.objects.exists()


def test_who_reads_it(plant: make.Plant) -> None:
    """The commission and who audits all of it; the person concerned their own; whoever tried it nothing."""
    tried(plant)
    for who, reads in (("gus", True), ("dee", True), ("pia", True), ("sol", False), ("cy", False)):
        page = make.sign_in(Client(), plant.people[who]).get(f"{HOME}offices/case-files/")
        assert page.status_code == 200
        assert ("Spoke against the plan." in page.content.decode()) is reads, who


def test_without_protection_nothing_is_kept(plant: make.Plant) -> None:
    by = plant.cy
    for who, refused in (
        ("pia", [Reason("no-document")]),
        ("uma", [Reason("protected-in-office", {"name": "Uma", "office": "x"})]),
    ):
        with pytest.raises(Refused, match="no-office-was-protected"):
            actions.keep_attempt(
                member=plant.people[who], what="expel", words="", refused=refused, by=by, at=make.now()
            )
