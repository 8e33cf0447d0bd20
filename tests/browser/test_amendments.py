"""Three councils amend one text on telephones, two clash, one falls; everybody votes on telephones, and what is
decided is what the files of the invented plant say; once with JavaScript off.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from coop.decisions.models import Decision
from coop.demo.files import raw
from coop.proposals.models import Amendment
from tests import make, make_amendments
from tests.browser.conftest import LAPTOP, PHONE, Person

pytestmark = pytest.mark.browser

FILE: dict[str, Any] = next(one for one in raw("proposals")["proposals"] if one["id"] == "P-07")
CLAUSES = [clause["text"] for clause in FILE["text"]]
CHANGES = {one["id"].removeprefix("P-07-"): one["change"] for one in FILE["amendments"] if "change" in one}
# Of its amendments those that councils have moved: the first two want other words in one place.
MOVED = {"fay": "A1", "gus": "A2", "hal": "A4"}
VOTERS = {"fay": "For", "gus": "For", "hal": "Against"}


def as_changed(name: str) -> str:
    """The clause as the file says that this amendment would have it."""
    change = CHANGES[name]
    return CLAUSES[change["clause"] - 1].replace(change["replace"], change["with"])


class Hall:
    """Ana at the desk of the meeting, and the telephones of those who vote."""

    def __init__(self, ana: Person, phones: dict[str, Person], meeting: str) -> None:
        self.ana, self.phones, self.meeting = ana, phones, meeting

    def desk(self) -> Person:
        return self.ana.go(f"{self.meeting}session/")

    def called(self, place: str) -> Person:
        self.desk().page.get_by_role("button", name=f"item {place}", exact=False).first.click()
        self.ana.page.wait_for_load_state()
        return self.ana

    def put_to_the_vote(self, place: str, words: str) -> None:
        """Called at the desk, voted on telephones, closed, counted, announced; `words` are read before voting."""
        self.called(place)
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
def test_three_councils_amend_one_text_and_everybody_votes(
    plant: make.Plant, people: Callable[..., Person], script: bool
) -> None:
    text = make.supported_motion(plant, title=FILE["title"], clauses=CLAUSES)
    phones = {}
    for name, asked in MOVED.items():
        clause = CHANGES[asked]["clause"]
        body = make_amendments.council_that_decided(plant, f"C-{name.upper()}", plant.people[name])
        phone = phones[name] = people("bakery", PHONE, script=script).sign_in(plant.people[name])
        phone.go(f"proposals/{text.pk}/").press("Amend this text")
        assert phone.sideways() == 0
        phone.press(f"Change its words of clause {clause}")
        box = phone.page.get_by_label(f"Clause {clause}, as it shall read")
        assert box.input_value() == CLAUSES[clause - 1]
        box.fill(as_changed(asked))
        phone.pick("In whose name?", body.code)
        phone.press("Look at the change")
        assert phone.reads("It is not moved yet.")
        assert phone.sideways() == 0
        phone.press("Move it")
        assert phone.reads("waits for the decision of its council")
        phone.press("Name the decision")
        phone.page.get_by_label("The council's decision").select_option(index=1)
        phone.press("This is the decision")
        assert phone.reads("The council stands behind it by its decision")
        assert phone.sideways() == 0

    # The two that clash say so, and why each is voted where it is.
    lou = people("bakery", PHONE, script=script).sign_in(plant.lou)
    lou.go(f"proposals/{text.pk}/")
    assert lou.reads("It cannot stand together with A2: both change ‘six’.")
    assert lou.reads("To clause 1 it goes as far as the next, 2 words, and came before it.")
    assert lou.sideways() == 0

    # In the meeting the second is put before the first, as in the file, with a reason that everybody reads.
    order = [name for name in FILE["voting_order_draft"] if name.removeprefix("P-07-") in MOVED.values()]
    assert order == ["P-07-A2", "P-07-A1", "P-07-A4"]
    meeting = make.meeting_in_session(plant, motions=[text])
    hall = Hall(people("bakery", LAPTOP, script=script).sign_in(plant.ana), phones, f"meetings/{meeting.pk}/")
    second = Amendment.objects.get(number=2)
    hall.ana.go(f"amendments/{second.pk}/move/").pick("Where it shall be voted", "before A1")
    hall.ana.fill("Why", "Four is further from six for those who count people.").press("Put it there")
    assert lou.go(f"proposals/{text.pk}/order/").reads("Four is further from six for those who count people.")

    # Carried, fallen, carried; then the text as amended, which is what is decided.
    hall.put_to_the_vote("2.1", "four")
    assert hall.desk().reads("A2 was carried, and both cannot stand in one text.")
    hall.put_to_the_vote("2.3", "vote in production meetings")
    hall.put_to_the_vote("2", as_changed("A2"))
    assert list(Amendment.objects.order_by("number").values_list("state", flat=True)) == [
        "fallen",
        "carried",
        "carried",
    ]
    stated = list(CLAUSES)
    for name in ("A2", "A4"):
        stated[CHANGES[name]["clause"] - 1] = as_changed(name)
    decision = Decision.objects.get(proposal=text, amendment=None)
    numbered = [f"{number}. {words}" for number, words in enumerate(stated, 1)]
    assert decision.final_text == "\n\n".join([FILE["title"], *numbered])
    for words in stated:
        assert lou.go(f"decisions/{decision.pk}/").reads(words)

    phones["fay"].go(f"proposals/{text.pk}/")
    assert phones["fay"].reads("It fell: one that was carried cannot stand in one text with it (A2).")
    phones["fay"].press("The text as it stands")
    assert phones["fay"].reads(as_changed("A4"))
    phones["fay"].press("See what changed")
    assert phones["fay"].reads("A2. In clause 1: ‘six’ becomes ‘four’.")
    assert phones["fay"].sideways() == 0
