"""Two votes in which not everybody votes in the same way, and each ends in one count: telephones and hands in a hall;
telephones and paper in two boxes, in secret. Whoever presses, reads and writes here does so on the pages.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import make
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
    bo, ana = (people("bakery", LAPTOP).sign_in(who[name]) for name in ("bo", "ana"))
    eve, cy, jo, gus, hal = (
        people("bakery", PHONE).sign_in(who[name]) for name in ("eve", "cy", "jo", "gus", "hal")
    )
    fay = people("bakery", PHONE, script=False).sign_in(who["fay"])
    wall = people("bakery", HALL).sign_in(who["ana"]).go(f"{hall}hall/")

    # Bo opens the vote on item 2: on telephones first, then by hands. He names Gus and Hal as tellers.
    bo.go(f"{hall}attendance/").press("Put to the vote")
    bo.choose("On screens, and then by hands").press("Open the vote")
    bo.press("Name tellers")
    for teller in ("gus", "hal"):
        bo.fill("Member number", str(who[teller].number)).press("Name as teller")
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
