"""A plant that is not the demonstration: founded by three, its list taken from the office's spreadsheet, cards handed
out, and the first vote held. Every step as README and the pages tell it; nothing is done behind them.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

from coop.pages.people import cards
from tests import make
from tests.browser.conftest import LAPTOP, PHONE, Person
from tests.intake.messy import messy_workbook

pytestmark = pytest.mark.browser

ACT = {
    "document": "Founding act of 2 March 2020, sheet 1",
    "cooperative": {
        "slug": "foundry",
        "legal_name": "Cooperativa de Trabajo La Colada Limitada",
        "short_name": "La Colada",
        "legal_form": "cooperative",
        "time_zone": "America/Argentina/Buenos_Aires",
        "currency_code": "UC",
        "founded": datetime.date(2020, 3, 2),
    },
    "bylaws": {"proposal_support_percent": 2},
    "departments": [{"code": "OVN", "name": "Ovens"}, {"code": "PAC", "name": "Packing"}],
    "shifts": [{"code": "day", "name": "Day", "starts": "06:00", "ends": "14:00"}],
    "crews": [{"code": "A", "name": "Crew A"}, {"code": "B", "name": "Crew B"}],
    "members": [
        {"number": 1, "name": "Rosa Quiroga", "department": "PAC", "founder": True},
        {"number": 2, "name": "Elio Paz", "department": "OVN", "founder": True},
        {"number": 3, "name": "Nilda Soria", "department": "PAC", "founder": True},
    ],
    "bodies": [
        {
            "code": "ADM",
            "name": "Administrative council",
            "kind": "administrative_council",
            "offices": [
                {"title": "secretary", "powers": {"convene": ["GA"], "record_minutes": ["GA"]}, "holders": [1]},
                {"title": "president", "powers": {"chair": ["GA"]}, "holders": [2]},
                {"title": "register-keeper", "powers": {"keep_register": "everywhere"}, "holders": [3]},
            ],
        }
    ],
}  # fmt: skip


def first_cards(act: Path) -> list[str]:
    """The paths of the three cards that `manage.py found` prints."""
    out = io.StringIO()
    call_command("found", str(act), stdout=out)
    return re.findall(r"https?://[^/]+(/\S+)", out.getvalue())


def come_in(somebody: Person, path: str) -> Person:
    somebody.page.goto(f"{somebody.site}{path}")
    return choose_secret(somebody)


def choose_secret(somebody: Person) -> Person:
    somebody.fill("Your new secret", make.PIN).fill("The same once more", make.PIN)
    somebody.page.get_by_label("This is my own telephone or computer").check()
    return somebody.press("Keep this secret and go in")


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What stands on the cards, as somebody reads it who holds one."""
    seen: list[dict[str, Any]] = []
    paper = cards.to_print

    def keep(sheet: str, data: Any, **more: Any) -> Any:
        seen.extend(data["cards"])
        return paper(sheet, data, **more)

    monkeypatch.setattr(cards, "to_print", keep)
    return seen


def test_a_plant_is_founded_fills_its_register_and_votes(
    committed_db: str,
    people: Callable[..., Person],
    later: Callable[[datetime.timedelta], None],
    printed: list[dict[str, Any]],
    tmp_path: Path,
) -> None:
    # The act is written and read; three cards come of it, and the three come in with them.
    act = tmp_path / "act.yaml"
    act.write_text(yaml.safe_dump(ACT, allow_unicode=True))
    office = {}
    for path in first_cards(act):
        window = come_in(people("foundry", LAPTOP), path)
        name = window.page.get_by_text(re.compile("Rosa Quiroga|Elio Paz|Nilda Soria")).first.inner_text()
        office[next(who for who in ("Rosa", "Elio", "Nilda") if who in name)] = window
    rosa, nilda = office["Rosa"], office["Nilda"]

    # Nilda keeps the register. The office's workbook goes in: she looks at every row first.
    nilda.go("members/").press("Import a list")
    workbook = {
        "name": "Nómina 2026.xlsx",
        "mimeType": "application/octet-stream",
        "buffer": messy_workbook(),
    }
    nilda.page.get_by_label("The file").set_input_files(workbook)
    nilda.press("Read it")
    assert nilda.reads("120 rows would be entered")
    assert nilda.page.get_by_text("with errors").count() == 1  # the word of the figure, which says 0
    nilda.go("members/").reads("3 people")
    nilda.page.go_back()
    nilda.fill("What the list comes from", "Book of members 2, pages 1 to 30").press("Confirm and enter")
    assert nilda.reads("Finished.")
    assert nilda.go("members/").reads("123 people")

    # She prints the cards, fifteen sheets and the list to sign.
    nilda.go("cards/")
    with nilda.page.expect_response(lambda answer: answer.request.method == "POST") as sheet:
        nilda.page.get_by_role("button", name="Make the cards, 15 sheets").click()
    assert (sheet.value.status, sheet.value.headers["content-type"]) == (200, "application/pdf")
    assert len(printed) == 120

    # Three workers get theirs: they type number and code.
    workers = []
    for card in printed[:3]:
        worker = people("foundry", PHONE, script=card is printed[0])
        worker.go("enrol/").fill("Member number", card["number"]).fill(
            "Code on your card", card["code"].lower()
        )
        workers.append(choose_secret(worker.press("Go on")))

    # The first of them writes a motion; all three sign it, which is enough here.
    first = workers[0]
    first.go("proposals/write/").fill("Title", "A second oven")
    first.fill("Clause 1", "The second oven is lit again in March.").press("Save as a draft")
    first.press("Publish it").press("Publish it")
    motion = first.page.url
    for worker in workers[1:]:
        worker.page.goto(motion)
        worker.press("Sign it")
    assert workers[2].reads("Admitted")

    # Rosa calls the assembly; sixteen days later it meets. Few have come, so it waits for the second call.
    starts = make.now() + make.days(20)
    rosa.go("meetings/prepare/").pick("What kind of meeting", "extraordinary")
    rosa.fill("Title", "The second oven").fill("Place", "Yard")
    rosa.fill("Day and hour", (starts - datetime.timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M")).press(
        "Save the draft"
    )
    meeting = rosa.page.url
    rosa.press("Add the choice of signers").press("Add this proposal")
    rosa.press("Convene the meeting").press("Convene: post the notice")
    later(make.days(20) + datetime.timedelta(minutes=62))
    desk = f"{meeting}attendance/"
    rosa.page.goto(desk)
    for number in (1, 2, 3):
        rosa.fill("Number or name", str(number)).press("Find").enter()
    for worker in workers:
        worker.page.goto(meeting)
        worker.press("I am here: check in")
    rosa.page.goto(desk)
    rosa.press("Open it")
    assert rosa.reads("second call")

    # The vote.
    rosa.page.goto(f"{meeting}items/2/vote/")
    rosa.press("Open the vote")
    for worker, choice in zip(workers, ("For", "For", "Against"), strict=True):
        worker.go().press("Vote now")
        worker.choose(choice).press("Enter my vote")
        assert worker.reads("Your vote is in")
    rosa.page.goto(f"{meeting}items/2/vote/close/")
    rosa.press("Close and count")
    assert rosa.reads("Carried: 2 for, 2 were needed")
