"""A whole assembly in real browsers: its secretary with a laptop and twenty telephones, every third without a script,
from the notice to the sealed sheet. Whoever presses, reads and writes here does so on the pages.
"""

from __future__ import annotations

import datetime
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client

from coop.meetings import due
from coop.meetings.models import SealedMinutes
from coop.members.models import Crew, Member
from tests import make, make_votes
from tests.browser.conftest import LAPTOP, PHONE, Person
from tests.pages.minutes.test_minutes_life import streams

pytestmark = pytest.mark.browser

MORE = ("Pia", "Quin", "Rita", "Sol", "Tom", "Uma", "Vic", "Wim", "Xan", "Yves", "Zoe", "Abe")  # of crew B
WITH_A_TELEPHONE = ("bo", "cy", "dee", *(name.lower() for name in (*make.NAMES[4:], *MORE[:9])))
AT_THE_TABLE = ("yves", "zoe")  # Abe stays at home
SAID = "Gus asked about **allergies**; Hal answered."
PHRASE = "The report was read and nobody asked."


@pytest.fixture
def bakery(committed_db: str) -> make.Plant:
    """Twenty-four with a vote in two crews; what is published is admitted."""
    made = make.plant(bylaws={"proposal_support_percent": 0})
    make_votes.commission(made)
    crew = Crew.objects.get(cooperative=made.cooperative, code="B")
    for number, name in enumerate(MORE, 21):
        made.people[name.lower()] = make.member(made.cooperative, number, name, crew=crew)
    make.published_motion(made)
    for name in ("ana", *WITH_A_TELEPHONE):
        make.account(made.people[name])
    return made


def signed_in(somebody: Person, who: Member) -> Person:
    """Since yesterday: the door has tests of its own."""
    name = settings.SESSION_COOKIE_NAME
    key = make.sign_in(Client(), who).cookies[name].value
    somebody.page.context.add_cookies([{"name": name, "value": key, "url": somebody.site}])
    return somebody


class Hall:
    """Ana's laptop, the screen in the hall, and everybody's telephone by name."""

    def __init__(self, plant: make.Plant, people: Callable[..., Person]) -> None:
        self.plant = plant
        self.ana = people("bakery", LAPTOP).sign_in(plant.ana)
        self.wall = signed_in(people("bakery", LAPTOP), plant.ana)
        self.phones = {
            name: signed_in(people("bakery", PHONE, script=place % 3 != 2), plant.people[name])
            for place, name in enumerate(WITH_A_TELEPHONE)
        }
        self.meeting = ""  # its address, once it is called

    def __getattr__(self, name: str) -> Person:
        """hall.bo, hall.eve, ..."""
        return self.phones[name]

    def number(self, name: str) -> str:
        return str(self.plant.people[name].number)

    def came_in(self, name: str) -> Person:
        """Written down at the table: number, Enter, the name is read, Enter."""
        table = self.at(self.ana, "coming/").fill("Number or name", self.number(name)).press("Find")
        assert table.reads(f"Came in: {self.plant.people[name].name}")
        return table.enter()

    def at(self, who: Person, page: str = "") -> Person:
        """Somebody opens a page of the meeting."""
        who.page.goto(self.meeting + page)
        return who


def called_and_told(hall: Hall) -> None:
    """The notice: made, posted, and proved for both crews."""
    ana = hall.ana
    starts = (make.now() + make.days(20)).astimezone(ZoneInfo("America/Argentina/Buenos_Aires"))
    ana.go("meetings/").press("Prepare a meeting").pick("What kind of meeting", "extraordinary")
    ana.fill("Title", "Assembly of the canteen").fill("Place", "Packing hall")
    ana.fill("Day and hour", starts.strftime("%Y-%m-%dT%H:%M")).press("Save the draft")
    hall.meeting = ana.page.url
    ana.press("Add the choice of signers").press("Add this proposal")
    ana.fill("What will be reported", "The new oven").press("Add this report")
    ana.press("Convene the meeting").press("Convene: post the notice")
    assert ana.reads("Assembly of the canteen. General assembly is called to decide on this agenda")
    hall.at(ana)
    assert ana.reads("no proof yet")
    for crew, how, where in (
        ("A", "Posted on a board", "Board at the east gate"),
        ("B", "Read aloud", "Ovens"),
    ):
        hall.at(ana, "notice/given/").choose(how).pick("To which crew", crew)
        ana.fill("Where", where).press("Enter it")
    assert hall.at(ana).reads("Every crew was told in time.")
    lou = hall.lou.go("meetings/").press("Assembly of the canteen")
    assert lou.reads("The attendance book opens on")
    assert lou.sideways() == 0


def tick(at: datetime.datetime) -> None:
    """What the clock of the house does about registers: drawn after the closing day, final after the claims."""
    for find in (due.registers_to_draw, due.registers_to_make_final):
        for task in find(at):
            task.act()


def checked_in(hall: Hall) -> None:
    """Most point a telephone at the wall, two give their number at the table, the rest press on the page."""
    ana, wall = hall.ana, hall.at(hall.wall, "wall/")
    code = wall.page.get_by_text(re.compile("/here/")).inner_text()
    by_code, by_page = list(hall.phones.values())[:11], list(hall.phones.values())[11:]
    hall.came_in("ana")
    for phone in by_code:
        phone.page.goto(code)
        assert phone.press("I am here: check in").reads("You are checked in.")
    assert hall.at(ana, "attendance/").reads("No quorum: 12 present, 13 needed")
    for name in AT_THE_TABLE:
        assert hall.came_in(name).reads("is in and votes.")
    assert ana.reads("The quorum is there; the chair may open.")
    for phone in by_page:
        assert hall.at(phone).press("I am here: check in").reads("You are checked in since")
        assert phone.sideways() == 0
    assert hall.at(hall.lou, "register/").reads("24 people have a vote")
    hall.at(ana, "attendance/").press("Open it")
    assert ana.reads("Opened with 23 present.")
    ana.fill("Number of the first", hall.number("eve")).fill("Number of the second", hall.number("fay"))
    assert ana.press("Write them down").reads("Eve and Fay sign the minutes.")


def debated(hall: Hall) -> None:
    """Item 2: first-timers first, a point of order, who goes out and comes back, what is not on the agenda."""
    ana, wall = hall.ana, hall.at(hall.wall, "hall/")
    hall.at(ana, "session/").press("Call item 2")
    for name in ("fay", "gus"):  # Fay's telephone has no script
        hall.at(hall.phones[name]).press("Who speaks; ask for the floor").press("I ask for the floor")
    ana.fill("Member number", hall.number("yves")).press("Write down")
    ana.press("Give the floor")
    assert wall.reads("Fay")
    assert hall.at(hall.fay, "floor/").reads("You have the floor.")
    hall.fay.press("I have finished").press("I ask for the floor")
    assert hall.fay.reads("2 speak before you.")  # she has spoken; Gus and Yves have not
    hall.at(hall.rita, "floor/").press("Point of order")
    assert hall.rita.reads("You are next.")
    hall.at(ana, "session/")
    for name in ("Rita", "Gus", "Yves"):
        ana.press("Give the floor")
        assert ana.page.locator(".speaking").inner_text().startswith(name)
        ana.press("Has finished")
    assert hall.at(hall.kim).press("I am going out").press("Yes, I am going out").reads("You went out at")
    assert hall.at(ana, "session/").reads("22 present with a vote")
    assert hall.kim.press("I am here: check in").reads("You are checked in since")
    hall.at(ana, "off-agenda/").fill("What was raised", "Night bus").fill(
        "Raised by member number", hall.number("zoe")
    )
    assert ana.press("Write it down").reads("It is offered when the next agenda is prepared.")
    hall.at(ana, "session/").press("Motion of order").choose("Close the debate and vote")
    ana.fill("Moved by number", hall.number("hal")).fill("Hands for", "17").fill("Hands against", "3")
    assert ana.press("Write it down").reads("Motion of order, close the debate and vote: carried.")
    assert ana.reads("1 person was still waiting when the debate was closed.")


def voted(hall: Hall) -> None:
    """Item 2 on telephones, and then by hands whoever is left; the hall learns the result when the chair tells it."""
    ana, bo = hall.ana, hall.bo
    hall.at(ana, "session/").press("Put to the vote")
    ana.choose("On screens, and then by hands").press("Open the vote").press("Name tellers")
    for teller in ("gus", "hal"):
        ana.fill("Who counts", hall.number(teller)).press("Name as teller")
    hands = ana.press("Back").page.url
    voters = [name for name in WITH_A_TELEPHONE if name not in ("bo", "cy", "dee", "gus", "hal")]
    for place, name in enumerate(voters):
        choice = "Abstain" if place == 0 else "Against" if place % 5 == 1 else "For"
        voter = hall.at(hall.phones[name]).press("Vote now")
        voter.choose(choice).press("Enter my vote")
        assert voter.reads(f"Your vote is in: {choice}")
        assert voter.sideways() == 0
    assert hall.wall.reads("15 of 23 present")
    ana.press("Now hands")
    assert ana.reads("8 people are counted by hand now")
    for teller in (hall.gus, hall.hal):
        teller.page.goto(hands)
        teller.press("Enter what I counted").fill("Block of the hall", "Hall")
        teller.fill("For", "6").fill("Against", "1").fill("Abstain", "1").press("Hand it in")
    bo.page.goto(hands)
    bo.press("Look at it and confirm Hall").press("Confirm")
    hall.at(ana, "session/").press("Close this vote and count").press("Close and count")
    assert ana.reads("Carried: 17 for, 11 were needed")
    assert hall.wall.reads("The chair announces the result.")
    hall.at(ana, "session/").press("The chair has announced it")
    assert hall.wall.reads("Carried: 17 for")


def written(hall: Hall) -> None:
    """The report, the end, and the secretary's own words with a phrase of the co-operative; then everybody reads it."""
    ana = hall.ana
    hall.at(ana, "session/").press("Call item 3").press("This item is done")
    hall.at(ana, "attendance/").press("Close the meeting").press("Close the meeting")
    assert hall.wall.reads("The meeting is closed. Thank you for coming.")
    ana.go("minutes/phrases/").fill("Short name", "Report").fill("The sentence", PHRASE).press("Add it")
    hall.at(ana, "minutes/").press("2. P 2026-1 Canteen open to the school")
    ana.fill("What was said, asked and answered", SAID).press("Save")
    ana.press("3. The new oven")
    ana.page.get_by_text("Phrases of the co-operative").first.click()
    ana.press("Add “Report”").press("Save")
    ana.press("Circulate the minutes").press("Circulate the minutes")
    assert hall.at(hall.cy, "minutes/").reads(PHRASE)


def sealed(hall: Hall, later: Callable[[datetime.timedelta], None], folder: Path) -> Path:
    """An objection and its answer, four signatures, the seal; the sheet as it was downloaded."""
    ana, kim = hall.ana, hall.kim
    hall.at(kim, "minutes/").press("Object, or enter a dissent").choose("Objection")
    kim.fill("In your words", "I was out for ten minutes.").press("Enter it")
    assert kim.reads("I was out for ten minutes.")
    assert kim.sideways() == 0
    hall.at(hall.gus, "minutes/").press("Answer it for the commission").choose("Not upheld")
    hall.gus.fill("What it was compared with, and why", "The book of attendance says so.").press("Enter it")
    for who in (ana, hall.bo, hall.eve, hall.fay):
        assert hall.at(who, "minutes/").press("Sign these minutes").reads("You have signed the minutes")
    later(make.days(6))
    hall.at(ana, "minutes/").press("Seal the minutes").fill("Number in the book of minutes", "7")
    assert ana.press("Seal the minutes").reads("Sealed: No. 7 in the book")
    lou = hall.at(hall.lou, "minutes/").page
    address = lou.get_by_role("link", name="PDF").get_attribute("href")
    paper = folder / "minutes.pdf"
    paper.write_bytes(lou.context.request.get(f"{hall.lou.site}{address}").body())
    return paper


def test_a_whole_meeting_from_the_notice_to_the_sealed_sheet(
    bakery: make.Plant,
    people: Callable[..., Person],
    later: Callable[[datetime.timedelta], None],
    tmp_path: Path,
) -> None:
    hall = Hall(bakery, people)
    called_and_told(hall)
    later(make.days(20) + datetime.timedelta(minutes=1))
    tick(make.now() + make.days(20))
    checked_in(hall)
    debated(hall)
    voted(hall)
    written(hall)
    paper = sealed(hall, later, tmp_path)

    kept = SealedMinutes.objects.get()
    pdf = paper.read_bytes()
    assert pdf == bytes(kept.pdf)
    inside = pdf + b"".join(streams(pdf))
    for marker in (
        rb"pdfaid:part>\s*2<",
        rb"pdfaid:conformance>\s*B<",
        rb"/OutputIntents",
        rb"/FontFile[23]",
    ):
        assert re.search(marker, inside), marker
    described = re.findall(rb"/Type ?/FontDescriptor", inside)
    assert (
        len(described) == len(re.findall(rb"/FontFile[23]? ", inside)) > 0
    )  # every font travels with the sheet
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this machine: the words of the sheet were not read")
    told = subprocess.run(["pdftotext", "-layout", str(paper), "-"], capture_output=True, check=True)
    words = " ".join(told.stdout.decode().split())
    for wanted in (
        "23 members with a vote came, of 24 on the register.",
        "For 17, against 4, abstaining 2. Present 23, on the register 24.",
        PHRASE,
        "I was out for ten minutes.",
        "No. 7 in the book of minutes",
        kept.hash,
        kept.journal_hash,
    ):
        assert wanted in words, wanted
