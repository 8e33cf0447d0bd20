"""The budget before the assembly: put, on the agenda, amendments voted on telephones, one falls, the whole is carried
and locked; what is downloaded then says the same; once with JavaScript off.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable

import openpyxl
import pytest

from coop.budget import actions as budget
from coop.budget.models import Line, Year
from coop.meetings import actions as meetings
from coop.meetings.models import Meeting
from tests import make, make_budget
from tests.browser.conftest import LAPTOP, PHONE, Person
from tests.make_budget import admitted, at, fresh

pytestmark = pytest.mark.browser

VOTERS = {"eve": "For", "fay": "For", "gus": "Against"}
EIGHTEEN = datetime.timedelta(days=18)


@pytest.fixture
def house(committed_db: str) -> make.Plant:
    made = make_budget.plant()
    for member in made.people.values():
        make.account(member)
    return made


class Hall:
    """Ana at the desk, and the telephones of those who vote."""

    def __init__(self, ana: Person, phones: dict[str, Person], meeting: int) -> None:
        self.ana, self.phones, self.meeting = ana, phones, f"meetings/{meeting}/"

    def desk(self) -> Person:
        return self.ana.go(f"{self.meeting}session/")

    def vote(self, place: str, words: str) -> None:
        """Called at the desk, voted on telephones, closed, counted, announced; `words` are read before voting."""
        self.desk().page.get_by_role("button", name=f"item {place}", exact=False).first.click()
        self.ana.page.wait_for_load_state()
        ana = self.desk().press("Put to the vote")
        ana.choose("On screens: everybody").press("Open the vote")
        for name, choice in VOTERS.items():
            phone = self.phones[name].go(self.meeting).press("Vote now")
            assert phone.reads(words)
            assert phone.sideways() == 0
            assert phone.choose(choice).press("Enter my vote").reads(f"Your vote is in: {choice}")
        self.desk().press("Close this vote and count").press("Close and count")
        assert ana.reads("Carried: 2 for")
        self.desk().press("The chair has announced it")


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_the_assembly_votes_the_budget(
    house: make.Plant,
    people: Callable[..., Person],
    later: Callable[[datetime.timedelta], None],
    script: bool,
) -> None:
    year = make_budget.opened(house)
    admitted(house, year, {"E-GAS": 3_000, "E-FLR": -3_000}, title="More gas")
    admitted(house, year, {"E-GAS": -1_000, "E-BAG": 1_000}, title="Less gas")
    admitted(house, year, {"E-RES": -2_000, "E-BAG": 2_000}, title="Paper bags")
    budget.close_amendments(year=year, by=house.kim, at=at(37))
    draft = make.draft_meeting(house)

    # Eighteen days before: whoever keeps it puts it, whoever calls the assembly puts all of it on the agenda.
    later(-EIGHTEEN)
    kim = people("bakery", PHONE, script=script).signed_in(house.kim)
    kim.go(f"budget/{year.pk}/").press("Put it before the assembly")
    assert kim.reads("It is before the assembly.")
    ana = people("bakery", LAPTOP, script=script).signed_in(house.ana)
    ana.go(f"budget/{year.pk}/vote/").press("Put it on an agenda")
    ana.press("Put it on the agenda")
    assert ana.reads(f"Budget {year.year}")
    assert ana.reads(f"B {year.year} A1: More gas")
    ana.press("Convene the meeting").press("Convene: post the notice")
    later(EIGHTEEN)
    meeting = _opened(house, draft)

    phones = {name: people("bakery", PHONE, script=script).signed_in(house.people[name]) for name in VOTERS}
    hall = Hall(ana, phones, meeting.pk)
    lou = people("bakery", PHONE, script=script).signed_in(house.lou)
    lou.go(f"budget/{year.pk}/vote/")
    assert lou.reads("It moves 6,000 in all, more than what follows.")
    assert lou.reads("6,000 above the floor of 4,000")
    assert lou.sideways() == 0

    # The first is carried and the one against it falls; the chair calls the next.
    hall.vote("3.1", "E-GAS Gas: +3,000")
    assert hall.desk().reads("A1 was carried and pulls a line the other way.")
    screen = people("bakery", LAPTOP, script=script).signed_in(house.lou)
    hall.vote("3.2", "E-BAG Bags: +2,000")
    screen.go(f"meetings/{meeting.pk}/hall/")
    assert screen.reads("For what nobody foresees 8,000, 4,000 above the floor.")
    assert screen.reads("Not carried, or fallen:")
    hall.vote("3", "E-GAS Gas: 33,000 (in the draft 30,000)")

    # Locked, with its hash on its page; and the file says the same.
    adopted = fresh(year)
    assert (adopted.state, len(adopted.hash)) == ("adopted", 64)
    lou.go(f"budget/{year.pk}/vote/")
    assert lou.reads("adopted")
    assert lou.reads("Fingerprint of the adopted lines")
    assert lou.sideways() == 0
    assert adopted.hash[:12] in "".join(lou.go(f"budget/{year.pk}/").page.inner_text("main").split())
    assert _downloaded(lou, year) == dict(Line.objects.filter(year=year).values_list("code", "adopted"))


def _opened(house: make.Plant, draft: Meeting) -> Meeting:
    """Ana to Hal have come in by the book, and Bo has opened."""
    meeting = Meeting.objects.select_related("cooperative", "body").get(pk=draft.pk)
    hour = make.now() - datetime.timedelta(minutes=20)
    for name in make.NAMES[:8]:
        meetings.check_in(meeting=meeting, member=house.people[name.lower()], by=house.ana, at=hour)
    meetings.open_sitting(sitting=meeting.sittings.get(), by=house.bo, at=hour)
    return meeting


def _downloaded(who: Person, year: Year) -> dict[str, object]:
    """Code -> what was adopted, as the workbook has it."""
    answer = who.page.request.get(f"{who.site}/bakery/budget/{year.pk}/xlsx/")
    assert answer.ok
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.body())).worksheets[0].iter_rows(values_only=True))
    heads = [str(cell) for cell in rows[0]]
    code, adopted = heads.index("Code"), heads.index("Adopted")
    return {str(row[code]): row[adopted] for row in rows[1:] if row[code] and row[adopted] is not None}
