"""Three councils amend one text on telephones: two clash, one falls, and the text is what the meeting left of it; once
with JavaScript off."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coop.decisions.models import Decision
from coop.meetings import actions as meetings
from coop.meetings.models import Meeting
from coop.proposals.models import Amendment
from tests import make, make_amendments
from tests.browser.conftest import PHONE, Person

pytestmark = pytest.mark.browser

HOURS = "Hours of others may not be more than six per cent of all hours."
VOICE = "Hired people take part in the council with a voice."
EIGHT, FOUR = HOURS.replace("six", "eight"), HOURS.replace("six", "four")
VOTE = VOICE.replace("voice", "vote")


def vote(plant: make.Plant, meeting: Meeting, part: int) -> Decision:
    item = meeting.items.get(number=2, part=part)
    decision = meetings.open_vote(item=item, by=plant.ana, at=make.now())
    for name in ("eve", "fay", "gus"):
        make.cast(decision.ballot, plant.people[name])
    return meetings.close_vote(item=item, by=plant.ana, at=make.now())


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_three_councils_amend_one_text(
    plant: make.Plant, people: Callable[..., Person], script: bool
) -> None:
    text = make.supported_motion(plant, title="Hired work", clauses=[HOURS, VOICE])
    asked = {"fay": (1, HOURS, EIGHT), "gus": (1, HOURS, FOUR), "hal": (2, VOICE, VOTE)}
    phones = {}
    for name, (clause, old, new) in asked.items():
        body = make_amendments.council_that_decided(plant, f"C-{name.upper()}", plant.people[name])
        phone = phones[name] = people("bakery", PHONE, script=script).sign_in(plant.people[name])
        phone.go(f"proposals/{text.pk}/").press("Amend this text")
        assert phone.sideways() == 0
        phone.press(f"Change its words of clause {clause}")
        box = phone.page.get_by_label(f"Clause {clause}, as it shall read")
        assert box.input_value() == old
        box.fill(new)
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

    # The meeting carries the first and the third; the second falls, and the text is put as amended.
    meeting = make.meeting_in_session(plant, motions=[text])
    assert vote(plant, meeting, 1).outcome == "carried"
    assert list(Amendment.objects.order_by("number").values_list("state", flat=True)) == [
        "carried",
        "fallen",
        "admitted",
    ]
    assert vote(plant, meeting, 3).outcome == "carried"
    assert vote(plant, meeting, 0).final_text == f"Hired work\n\n1. {EIGHT}\n\n2. {VOTE}"

    phones["gus"].go(f"proposals/{text.pk}/")
    assert phones["gus"].reads("It fell: one that was carried cannot stand in one text with it (A1).")
    phones["gus"].press("The text as it stands")
    assert phones["gus"].reads(EIGHT)
    phones["gus"].press("See what changed")
    assert phones["gus"].reads("A1. In clause 1: ‘six’ becomes ‘eight’.")
    assert phones["gus"].sideways() == 0
