"""Two votes in which not everybody votes in the same way, and each ends in one count: telephones and hands in a hall;
telephones and paper in two boxes, in secret. Whoever presses, reads and writes here does so on the pages.
"""

from __future__ import annotations

import datetime
import io
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from coop.ballots import actions as ballots
from coop.ballots.models import Urn
from coop.members.models import Member
from tests import make, make_votes
from tests.browser.conftest import LAPTOP, PHONE, Person

pytestmark = pytest.mark.browser
HALL = {"width": 1920, "height": 1080}


# --- Openly, in a hall -----------------------------------------------------------------------------------------------


def table(somebody: Person, caption: str) -> list[list[str]]:
    """The cells of the table of that caption, row by row, as they are read."""
    rows = somebody.page.get_by_role("table", name=caption).get_by_role("row").all()
    return [[cell.strip() for cell in row.locator("th, td").all_inner_texts()] for row in rows]


def count_block(teller: Person, block: str, pro: int, contra: int, abstaining: int) -> Person:
    """A teller hands in what they counted of a block."""
    teller.fill("Block of the hall", block)
    teller.fill("For", str(pro)).fill("Against", str(contra)).fill("Abstain", str(abstaining))
    return teller.press("Hand it in")


def test_an_open_vote_by_telephones_and_hands(plant: make.Plant, people: Callable[..., Person]) -> None:
    meeting = make.meeting_in_session(plant, present=make.NAMES[:11])  # Lou has not come
    hall = f"meetings/{meeting.pk}/"
    who = plant.people
    bo, ana = (people("bakery", LAPTOP).signed_in(who[name]) for name in ("bo", "ana"))
    eve, cy, jo, gus, hal = (
        people("bakery", PHONE).signed_in(who[name]) for name in ("eve", "cy", "jo", "gus", "hal")
    )
    fay = people("bakery", PHONE, script=False).signed_in(who["fay"])
    wall = people("bakery", HALL).signed_in(who["ana"]).go(f"{hall}hall/")

    # Bo opens the vote on item 2: on telephones first, then by hands. He names Gus and Hal as tellers.
    bo.go(f"{hall}attendance/").press("Put to the vote")
    bo.choose("On screens, and then by hands").press("Open the vote")
    bo.press("Name tellers")
    for teller in ("gus", "hal"):
        bo.fill("Who counts", str(who[teller].number)).press("Name as teller")
    bo.press("Back")

    # Three vote on their telephones, Fay's without a script. Jo has marked her paper and still thinks it over.
    for person, choice in ((eve, "For"), (fay, "Against"), (cy, "For")):
        person.go().press("Vote now")
        person.choose(choice).press("Enter my vote")
        assert person.reads(f"Your vote is in: {choice}")
    assert wall.reads("3 of 11 present")
    jo.go().press("Vote now")
    jo.choose("Against")

    # Bo says: now hands. Jo is too late with her telephone, and is told where she is counted.
    bo.press("Now hands")
    assert bo.reads("8 people are counted by hand now")
    jo.press("Enter my vote")
    assert jo.reads("You are counted by hand in this vote: raise it once")
    assert wall.reads("11 of 11 present, 8 by hand")

    # Gus and Hal count the left block, each alone. They differ; neither is told by how much, and they count again.
    for teller in (gus, hal):
        teller.go(hall).press("Show of hands").press("Enter what I counted")
    count_block(gus, "Left", 3, 1, 0)
    assert gus.reads("Left: one teller has counted; the other counts alone.")
    count_block(hal, "Left", 2, 1, 0)
    assert hal.reads("Left: the two counts differ. Both tellers count again.")
    assert gus.go(hall).press("Show of hands").reads("the two counts differ")
    for teller in (gus, hal):
        count_block(teller.press("I have counted this block Left"), "Left", 3, 1, 0)
    for teller in (gus, hal):
        count_block(teller.press("Enter what I counted"), "Right", 1, 1, 1)
    assert hal.reads("Right: both counted the same. A third person confirms it.")

    # Ana, who counted neither, reads both blocks and confirms them. One hand of eight was not raised.
    ana.go(hall)
    for block in ("Left", "Right"):
        ana.press("Show of hands").press(f"Look at it and confirm {block}")
        assert ana.reads("Both tellers, each alone, counted the same")
        ana.press("Confirm").go(hall)
    assert wall.reads("11 of 11 present, 8 by hand")

    # Bo closes. There is one count of everything.
    bo.go(f"{hall}attendance/").press("Close this vote and count")
    bo.press("Close and count")
    assert bo.reads("Carried: 6 for")
    bo.go(f"{hall}session/").press("The chair has announced it")
    assert wall.reads("Carried: 6 for, 5 were needed")

    # The counting minutes tell each way, and together they are the register of twelve.
    fay.go("decisions/").press("Canteen open to the school").press("The counting minutes, with every figure")
    assert table(fay, "How people voted, adding up to the register") == [
        ["Way", "For", "Against", "Abstain", "People"],
        ["On a screen", "2", "1", "0", "3"],
        ["By show of hands", "4", "2", "1", "8"],
        ["Present, did not vote", "", "", "", "0"],
        ["On the register, not present", "", "", "", "1"],
        ["On the register", "6", "3", "1", "12"],
    ]
    assert fay.reads("Of the 8 people counted by hand, 1 raised none.")
    assert table(fay, "People and papers by place")[2:] == [["Left", "", "4", ""], ["Right", "", "3", ""]]
    assert fay.reads("5 Eve")
    assert fay.page.get_by_text("10 Jo").count() == 0  # of hands only the number is known

    # So do the minutes of the meeting.
    ana.go(f"{hall}minutes/")
    assert ana.reads("For 6, against 3, abstaining 1. Present 11, on the register 12.")
    assert ana.reads("by show of hands: for 4, against 2, abstaining 1.")
    assert ana.reads("on a screen: for 2, against 1, abstaining 0.")


# --- In secret, by telephones and paper ------------------------------------------------------------------------------

COUNCIL = "Council of the bakery, 2027"
GATE, CONTROL = "Gate board", "Control room"
# What the papers say, by box; the numbers of the names are drawn by lot, so tellers read them off their sheet.
PAPERS = {
    GATE: {("Ana", "Bo"): 5, ("Eve", "Fay"): 3, ("Fay", "Eve"): 2},  # and one blank, one spoiled: twelve
    CONTROL: {("Ana", "Eve"): 4, ("Eve",): 3, ("Bo", "Ana"): 3, ("Fay", "Bo"): 1},  # eleven
}
ON_SCREENS = {
    "ana": ("Ana", "Bo"), "cy": ("Ana", "Bo"), "dee": ("Bo",),
    "eve": ("Eve", "Fay"), "jo": ("Ana", "Bo"), "kim": ("Eve", "Fay"),
}  # fmt: skip


@pytest.fixture
def bakery(committed_db: str) -> make.Plant:
    """Thirty-five with a vote; a commission runs elections, and the bylaws allow secret votes on screens."""
    made = make.plant(bylaws=make_votes.ON_SCREENS)
    make_votes.commission(made)
    for number, name in enumerate(
        ["Pia", "Quin", "Rita", "Sol", *(f"Worker {n}" for n in range(25, 44))], 21
    ):
        made.people[name.lower()] = make.member(made.cooperative, number, name)
    day = made.cooperative.day_of(make.now())
    register = ballots.draw_register(body=made.assembly, closes_on=day, by=make.FOUNDING, at=make.now())
    assert register.people == 35
    return made


def story(somebody: Person, kicker: str) -> Person:
    """Follows, on the front page, what stands under these words."""
    somebody.go()
    told = somebody.page.locator("li, div.lead").filter(has=somebody.page.get_by_text(kicker, exact=True))
    with somebody.page.expect_navigation():
        told.get_by_role("link").first.click()
    return somebody


def record(gus: Person, boxes: str, box: str, what: str, *, seals: str = "", words: str = "") -> None:
    """The next line in the record of a box."""
    gus.page.goto(boxes)
    gus.page.get_by_role("link", name=re.compile(f"{box}$")).click()
    gus.choose(what).fill("Numbers of the seals", seals).fill("Witnesses, and what happened", words)
    gus.press("Write it down")
    assert gus.reads("It stands in the record of")


def rank(voter: Person, names: tuple[str, ...]) -> Person:
    for place, name in enumerate(names, 1):
        voter.pick(name, str(place))
    return voter


def hand_in(teller: Person, box: str, found: dict[tuple[str, ...], int], blank: int, spoiled: int) -> Person:
    """A teller types in, paper by paper, what lay in a box."""
    story(teller, "You are a teller").press(box)
    list_of_names = teller.page.locator("ol.numbers li").all()
    number = {line.inner_text().strip(): line.get_attribute("value") or "" for line in list_of_names}
    lines = [f"{' '.join(number[name] for name in names)} x {many}" for names, many in found.items()]
    teller.fill("Papers found", str(sum(found.values()) + blank + spoiled))
    teller.fill("The papers, one line for each kind", "\n".join(lines))
    teller.fill("Blank papers", str(blank)).fill("Spoiled papers", str(spoiled))
    return teller.press("Hand in my sheet")


def signs_of(somebody: Person) -> str:
    """The signs on the slip or the sheet that is shown just now and never again."""
    signs: str = somebody.page.locator(".slip__number").inner_text()
    return signs.strip()


def test_a_secret_vote_by_telephones_and_paper(
    bakery: make.Plant,
    people: Callable[..., Person],
    later: Callable[[datetime.timedelta], None],
    tmp_path: Path,
) -> None:
    who = bakery.people
    office = ("gus", "hal", "lou", "pia", "quin", "rita", "sol")  # these read and press without a script
    for name in {*office, *ON_SCREENS}:
        make.account(who[name])
    at = {name: people("bakery", LAPTOP, script=False).signed_in(who[name]) for name in office}
    at |= {name: people("bakery", PHONE, script=name != "cy").signed_in(who[name]) for name in ON_SCREENS}
    gus, hal, pia, rita = at["gus"], at["hal"], at["pia"], at["rita"]

    # Gus draws up the election: two seats, four stand, telephones and paper, until three hours from now.
    ends = (make.now() + datetime.timedelta(hours=3)).astimezone(bakery.cooperative.zone)
    gus.go().press("My votes").press("Draw up a vote")
    gus.page.get_by_label("On which register of voters").select_option(index=2)  # the first that is final
    gus.fill("Title", COUNCIL).fill("What it is about", "Two seats of the council, for two years.")
    gus.fill("Question", "Who sits on the council?")
    gus.pick("Way of voting", "Ranked, several are elected (single transferable vote)")
    gus.fill("Choices, one a line", "1\n2\n5\n6").fill("Seats", "2")
    gus.choose("Secret").page.get_by_label("On a screen").check()
    gus.page.get_by_label("On paper").check()
    gus.fill("Closes at", ends.strftime("%Y-%m-%dT%H:%M")).press("Draw it up")
    assert gus.reads("Somebody else reads it once more and opens it.")
    hub = gus.page.url

    # Three trustees draw their codes, each on the own screen. The key is made, and two of them try it.
    gus.press("The key of the sealed urn")
    key = gus.page.url
    gus.fill("First trustee", "10").fill("Second", "11").fill("Third", "12")
    gus.press("Set up the urn with these trustees")
    codes = {}
    for name in ("jo", "kim", "lou"):
        story(at[name], "You keep a code of the sealed urn").press("Show my code, to copy or print")
        codes[name] = signs_of(at[name])
    gus.page.goto(key)
    gus.press("Make and divide the key")
    gus.fill("Code of Jo", codes["jo"]).fill("Code of Kim", codes["kim"]).press("Open a test envelope")
    assert gus.reads("The key works")

    # Two boxes are shown empty and sealed. Hal, who did not draw it up, reads the paper and opens the vote.
    gus.page.goto(hub)
    boxes = gus.press("Boxes").page.url
    for box in (GATE, CONTROL):
        gus.fill("Where the box stands", box).press("Enter the box")
    for box, seals in ((GATE, "17, 18"), (CONTROL, "19, 20")):
        record(gus, boxes, box, "Shown empty and sealed", seals=seals, words="Before Max and Nan.")
    story(hal, "Vote to open").press("Open the vote")
    assert hal.reads("The vote is open.")
    hal.press("Tellers").fill("Who counts", "21 22 23 24").press("Name them")
    for box in (GATE, CONTROL):
        record(gus, boxes, box, "Voting begins")

    # Six vote on their telephones. Each takes home the signs of an envelope.
    receipts = {}
    for name, choice in ON_SCREENS.items():
        voter = at[name].go().press("Vote now")
        rank(voter, choice).press("Put my vote into the urn")
        assert voter.reads("Your vote is in the urn")
        receipts[name] = signs_of(voter)
    checking = at["cy"].page.get_by_role("link", name="Where receipts are checked").get_attribute("href")

    # Pia gives paper to twelve at the gate, Rita to eleven in the control room; two of each are shown.
    urns = {urn.name: urn for urn in Urn.objects.all()}
    for teller, box, numbers in (
        (pia, GATE, [25, 26, *range(27, 35), 2, 6]),
        (rita, CONTROL, [35, 36, *range(37, 44), 7, 8]),
    ):
        story(teller, "You are a teller")
        for number in numbers[:2]:
            teller.pick("Box", box).fill("Number or name", str(number)).press("Find")
            teller.press(f"Give the paper; box: {box} Worker {number}")
            assert teller.reads(f"Worker {number}, No. {number}: hand over the paper, for {box}.")
        for member in Member.objects.filter(number__in=numbers[2:]):
            ballots.give_paper(urn=urns[box], member=member, by=who["gus"], at=make.now())

    # Cy has voted on a telephone, and comes to the table all the same: there is no paper.
    rita.pick("Box", CONTROL).fill("Number or name", "3").press("Find")
    assert rita.reads("has voted already")
    assert rita.reads("Cy has voted already, on a screen. That vote stands.")
    assert rita.page.get_by_role("button", name=re.compile("Give the paper")).count() == 0

    # The hour is over. The boxes are sealed, carried, and opened for the count.
    later(datetime.timedelta(hours=4))
    hal.page.goto(hub)
    assert hal.reads("Closed, to be counted")
    for box, seals in ((GATE, "21"), (CONTROL, "22")):
        record(gus, boxes, box, "Closed and sealed", seals=seals)
        record(gus, boxes, box, "Seals found whole", words="Before Max and Nan.")

    # Two count each box, each alone. At the gate Quin misses a blank paper: neither is told where; both count again.
    gate, control = PAPERS[GATE], PAPERS[CONTROL]
    hand_in(pia, GATE, gate, 1, 1)
    hand_in(at["quin"], GATE, gate, 0, 2)
    assert at["quin"].reads("The two sheets differed: count again.")
    for teller in (pia, at["quin"]):
        hand_in(teller, GATE, gate, 1, 1)
    for teller in (rita, at["sol"]):
        hand_in(teller, CONTROL, control, 0, 0)
    for box in (GATE, CONTROL):
        hal.page.goto(hub)
        hal.press("Counting the papers").press(box)
        assert hal.reads("counted alone and found the same")
        hal.press("Confirm these figures")

    # Kim and Lou type their codes: the sealed urn opens, and everything is one count.
    kim = story(at["kim"], "You keep a code of the sealed urn")
    assert kim.reads("The urn holds 6 envelopes.")
    kim.fill("Code of Kim", codes["kim"]).fill("Code of Lou", codes["lou"]).press("Open the urn and count")
    assert kim.reads("Elected: Ana and Eve.")
    assert kim.reads("Papers and hands: 29. Blank among them: 1. Spoiled: 1.")
    assert kim.reads("The quota is 10: 27 valid papers, 2 seats.")
    assert kim.reads("the surplus of 2 goes to the next names on the 12 papers, each worth 0.16666")
    assert table(kim, "How people voted, adding up to the register") == [
        ["Way", "People"],
        ["On a screen", "6"],
        ["On paper", "23"],
        ["Did not vote", "6"],
        ["On the register", "35"],
    ]
    assert table(kim, "People and papers by place")[1:] == [
        ["On a screen", "6", "6", ""],
        [GATE, "12", "12", ""],
        [CONTROL, "11", "11", ""],
    ]

    # Anybody finds their envelope, without signing in; and anybody counts again from the public file.
    stranger = people("bakery", PHONE, script=False)
    for signs in receipts.values():
        stranger.page.goto(f"{stranger.site}{checking}")
        stranger.fill("The signs on your receipt", signs).press("Look for it")
        assert stranger.reads("This envelope is in the urn")
    with kim.page.expect_download() as public:
        kim.page.get_by_role("link", name="Public file").click()
    file = tmp_path / "vote.json"
    public.value.save_as(file)
    told = io.StringIO()
    call_command("recount", str(file), stdout=told)
    alone = [sys.executable, "docs/recount.py", str(file)]
    apart = subprocess.run(alone, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    for said in (told.getvalue(), apart.stdout):
        assert "The file bears itself out." in said
    assert not any(signs in file.read_text() for signs in (*codes.values(), "Worker"))
