"""The auditor finds something, nobody answers, the days go by, and it is on the notice of the next assembly."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command

from coop.meetings import actions as meetings
from coop.meetings.models import Meeting
from coop.oversight.models import Finding
from tests import make
from tests.browser.conftest import LAPTOP, PHONE, Person

pytestmark = pytest.mark.browser


def test_a_finding_that_nobody_answers_is_on_the_notice_of_the_next_assembly(
    plant: make.Plant,
    people: Callable[..., Person],
    later: Callable[[datetime.timedelta], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dee = people("bakery", LAPTOP, script=False).signed_in(plant.dee)
    dee.go().press("The auditor's desk").press("Write a finding")
    dee.page.get_by_label("To whom").select_option(label="Administrative council")
    dee.fill("In one line", "Cash book of May").fill("What you found", "Four weeks without an entry.")
    dee.press("Write it")
    assert dee.reads("Say which rule is not kept")
    assert dee.page.get_by_label("What you found").input_value() == "Four weeks without an entry."
    dee.fill("Another rule that is not kept", "Statute, article 63").press("Write it")
    assert dee.reads("Everybody reads it; the days to answer run from today.")

    # Ana of the council finds it on her telephone, and does nothing.
    ana = people("bakery", PHONE).signed_in(plant.ana)
    found = Finding.objects.get()
    ana.go().press(f"{found.label} Cash book of May")
    assert ana.reads("Nobody has answered so far.")
    assert ana.sideways() == 0

    # Sixteen days later the clock has put it on the next agenda.
    later(datetime.timedelta(days=16))
    monkeypatch.setattr(
        "coop.meetings.management.commands.tick.now", lambda: make.now() + datetime.timedelta(days=16)
    )
    call_command("tick", stdout=StringIO())
    draft = meetings.prepare(
        body=plant.assembly,
        kind=Meeting.Kind.EXTRAORDINARY,
        title="The roof",
        place="Yard",
        sittings=[make.now() + make.days(50)],
        by=plant.ana,
        at=make.now() + make.days(16),
    )
    meetings.convene(meeting=draft, by=plant.ana, at=make.now() + make.days(16))
    lou = people("bakery", PHONE, script=False).signed_in(plant.lou)
    lou.go(f"meetings/{draft.pk}/notice/")
    assert lou.reads(f"{found.label} Cash book of May")
    lou.go("findings/").press("Cash book of May")
    assert lou.reads("not answered in time")
    lou.press("Put on its next agenda by the rules")
    lou.press("To the matter itself")

    # The council answers late, the auditor closes it: both sign in anew after so many days.
    ana.signed_in(plant.ana).go(f"findings/{found.pk}/").fill("Your answer", "The book is kept again.").press(
        "Put it below the finding"
    )
    dee.signed_in(plant.dee).go("oversight/").press("Cash book of May")
    dee.choose("Settled").fill("Why", "Seen and compared.").press("Close the finding")
    assert lou.go(f"findings/{found.pk}/").reads("Seen and compared.")
