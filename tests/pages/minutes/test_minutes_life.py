"""Circulated minutes in the browser's words: entries, signatures, the seal, the files."""

from __future__ import annotations

import datetime
import html
import io
import re
import shutil
import subprocess
import zlib
from pathlib import Path
from typing import Any

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.meetings import actions
from coop.meetings.models import AgendaItem, Meeting, Minutes, MinutesEntry, SealedMinutes
from coop.pages import clock as page_clock
from tests import make, make_votes

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    made = make.plant()
    make_votes.commission(made)
    return made


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Moves the clock of the pages on."""
    real = page_clock.of

    def move(on: datetime.timedelta) -> None:
        monkeypatch.setattr(page_clock, "of", lambda request: real(request) + on)

    return move


def person(plant: make.Plant, name: str) -> Client:
    return make.sign_in(Client(), plant.people[name])


def circulated(plant: make.Plant, words: str = "Gus asked about *bread*.", **more: Any) -> Minutes:
    meeting = make.meeting_in_session(plant, **more)
    actions.name_signers(meeting=meeting, members=[plant.eve, plant.fay], by=plant.ana, at=make.now())
    item = AgendaItem.objects.get(meeting=meeting, kind="report")
    actions.write_note(item=item, text=words, revision=0, by=plant.ana, at=make.now())
    actions.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    return actions.close_minutes(meeting=meeting, by=plant.ana, at=make.now())


def at(minutes: Minutes | Meeting, rest: str = "") -> str:
    key = minutes.meeting_id if isinstance(minutes, Minutes) else minutes.pk
    return f"/bakery/meetings/{key}/minutes/{rest}"


def page(answer: Any) -> str:
    return " ".join(html.unescape(answer.content.decode()).split())


# --- entries ---------------------------------------------------------------------------------------------


def test_an_objection_its_finding_and_the_correction(plant: make.Plant) -> None:
    minutes = circulated(plant)
    gus, ana, hal = person(plant, "gus"), person(plant, "ana"), person(plant, "hal")
    assert "Object, or enter a dissent" in page(gus.get(at(minutes)))
    sent = {"kind": "objection", "item": "2", "text": "We were nine, not <b>eight</b>."}
    assert gus.post(at(minutes, "say/"), sent).headers["Location"] == at(minutes)
    shown = page(hal.get(at(minutes)))
    assert "We were nine, not <b>eight</b>." in shown
    assert "<b>eight</b>" not in hal.get(at(minutes)).content.decode()
    assert "Answer it for the commission" in shown
    found = {"upheld": "upheld", "text": "The book of attendance says nine."}
    assert hal.post(at(minutes, "entries/1/finding/"), found).status_code == 302
    ana.post(at(minutes, "correct/"), {"item": "2", "text": "Present: nine."})
    kinds = [(one.kind, one.item_number, one.upheld) for one in MinutesEntry.objects.all()]
    assert kinds == [("objection", 2, None), ("finding", 2, True), ("correction", 2, None)]
    assert "Finding on objection 1: upheld" in page(gus.get(at(minutes)))
    # once answered it stays answered, and what was typed comes back
    again = hal.post(at(minutes, "entries/1/finding/"), {"upheld": "rejected", "text": "Not at all."})
    assert again.status_code == 409
    assert "This objection has been answered already." in page(again)
    assert "Not at all." in page(again)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "objection", "item": "2", "text": ""},
        {"kind": "correction", "item": "2", "text": "Words"},
        {"kind": "objection", "item": "77", "text": "Words"},
        {"kind": "objection", "item": "2", "text": "x" * 4001},
        {"kind": ["objection", "dissent"], "item": "2", "text": "Words"},
        {"text": "Words"},
    ],
)
def test_a_wrong_entry_comes_back_as_typed(plant: make.Plant, wrong: dict[str, Any]) -> None:
    minutes = circulated(plant)
    answer = person(plant, "gus").post(at(minutes, "say/"), wrong)
    assert answer.status_code == 422
    assert answer.context["form"]["text"].value() == wrong["text"]
    assert not MinutesEntry.objects.exists()


def test_who_was_not_there_is_told_so(plant: make.Plant) -> None:
    minutes = circulated(plant)
    lou = person(plant, "lou")
    assert "Object, or enter a dissent" not in page(lou.get(at(minutes)))
    assert "Only those who were there" in page(lou.get(at(minutes, "say/")))
    answer = lou.post(at(minutes, "say/"), {"kind": "dissent", "item": "", "text": "I heard of it."})
    assert answer.status_code == 409
    assert "I heard of it." in page(answer)
    assert person(plant, "eve").get(at(minutes, "entries/1/finding/")).status_code == 404
    assert person(plant, "hal").get(at(minutes, "entries/1/finding/")).status_code == 404  # no entry 1
    assert lou.get(at(minutes, "correct/")).status_code == 404


# --- signing and sealing ---------------------------------------------------------------------------------


def test_each_signs_on_their_own_telephone_and_the_secretary_seals(plant: make.Plant, later: Any) -> None:
    minutes = circulated(plant)
    for name in ("ana", "bo", "eve", "fay"):
        client = person(plant, name)
        assert "Minutes to sign" in page(client.get("/bakery/"))
        assert "Sign these minutes" in page(client.get(at(minutes)))
        assert client.post(at(minutes, "sign/"), {"hash": minutes.hash}).status_code == 302
        assert "Minutes to sign" not in page(client.get("/bakery/"))
    assert person(plant, "gus").post(at(minutes, "sign/"), {"hash": minutes.hash}).status_code == 409
    ana = person(plant, "ana")
    early = ana.post(at(minutes, "seal/"), {"first": "7"})
    assert early.status_code == 409
    assert "those who were there may still object" in page(early)
    later(make.days(6))
    assert "Minutes to seal" in page(ana.get("/bakery/"))
    assert ana.post(at(minutes, "seal/"), {"first": "0"}).status_code == 422
    assert ana.post(at(minutes, "seal/"), {"first": "7"}).headers["Location"] == at(minutes)
    sealed = SealedMinutes.objects.get()
    shown = page(person(plant, "lou").get(at(minutes)))
    for words in ("Sealed: No. 7 in the book", sealed.hash, sealed.pdf_hash, sealed.journal_hash):
        assert words in shown
    assert "Minutes to send" in page(ana.get("/bakery/"))
    day = plant.cooperative.day_of(sealed.sealed_at).isoformat()
    sent = {"kind": "sent", "happened_on": day, "document": "Receipt 2291/26", "text": ""}
    assert ana.post(at(minutes, "after/"), sent | {"happened_on": "9999-12-31"}).status_code == 409
    assert ana.post(at(minutes, "after/"), sent | {"document": ""}).status_code == 422
    assert ana.post(at(minutes, "after/"), sent).status_code == 302
    assert "Minutes to send" not in page(ana.get("/bakery/"))
    # no page and no form replayed changes what is sealed
    before = (sealed.text, bytes(sealed.pdf), sealed.hash)
    for rest, data in (("seal/", {"first": "9"}), ("close/", {}), ("2/", {"text": "New.", "revision": "0"})):
        assert ana.post(at(minutes, rest), data).status_code == 409
    assert ana.post(at(minutes, "sign/"), {"hash": minutes.hash}).status_code == 409
    sealed.refresh_from_db()
    assert (sealed.text, bytes(sealed.pdf), sealed.hash) == before


# --- files -----------------------------------------------------------------------------------------------


def seal(plant: make.Plant, minutes: Minutes) -> SealedMinutes:
    for name in ("ana", "bo", "eve", "fay"):
        actions.sign_minutes(minutes=minutes, text_hash=minutes.hash, by=plant.people[name], at=make.now())
    return actions.seal(minutes=minutes, by=plant.ana, at=minutes.objections_until + make.days(1))


def streams(pdf: bytes) -> list[bytes]:
    """What is packed inside, unpacked."""
    found = []
    for match in re.finditer(rb"stream\r?\n", pdf):
        try:
            found.append(zlib.decompressobj().decompress(pdf[match.end() :]))
        except zlib.error:
            continue
    return found


def test_the_sealed_paper_is_pdf_a_and_the_same_bytes_each_time(plant: make.Plant) -> None:
    minutes = circulated(plant, "Ninety lunches on Monday.")
    sealed = seal(plant, minutes)
    lou = person(plant, "lou")
    first, second = lou.get(at(minutes, "pdf/")), lou.get(at(minutes, "pdf/"))
    assert first["Content-Type"] == "application/pdf"
    assert first.content == second.content == bytes(sealed.pdf)
    assert first.content.startswith(b"%PDF-1.7")
    everything = first.content + b"".join(streams(first.content))
    assert re.search(rb"pdfaid:part>\s*2<", everything)
    assert re.search(rb"pdfaid:conformance>\s*B<", everything)
    assert re.search(rb"/FontFile[23]?", everything)  # each letter travels with the paper
    assert b"/Type /OutputIntent" in everything or b"/OutputIntents" in everything
    assert b"/Encrypt" not in everything
    assert b"/JavaScript" not in everything


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not on this machine")
def test_the_figures_can_be_read_out_of_the_paper(plant: make.Plant, tmp_path: Path) -> None:
    sealed = seal(plant, circulated(plant, "Ninety lunches on Monday."))
    paper = tmp_path / "minutes.pdf"
    paper.write_bytes(bytes(sealed.pdf))
    told = subprocess.run(["pdftotext", "-layout", str(paper), "-"], capture_output=True, check=True)
    words = " ".join(told.stdout.decode().split())
    for wanted in (
        "8 members with a vote came, of 12 on the register.",
        "Ninety lunches on Monday.",
        "No. 1 in the book of minutes",
        sealed.hash,
        sealed.journal_hash,
    ):
        assert wanted in words, wanted


def test_a_draft_in_pdf_word_and_markdown(plant: make.Plant) -> None:
    minutes = circulated(plant, "Ninety **lunches** & more.\n\n- one\n- two")
    lou = person(plant, "lou")
    assert lou.get(at(minutes, "pdf/")).content.startswith(b"%PDF")
    assert lou.get(at(minutes, "markdown/")).content.decode() == minutes.text
    answer = lou.get(at(minutes, "docx/"))
    written = docx.Document(io.BytesIO(answer.content))
    (ninety,) = [one for one in written.paragraphs if one.text.startswith("Ninety")]
    assert [(run.text, run.bold) for run in ninety.runs] == [
        ("Ninety ", None),
        ("lunches", True),
        (" & more.", None),
    ]
    heading = written.paragraphs[0]
    assert heading.style is not None
    assert (heading.style.name, heading.text) == ("Heading 1", "Minutes GA 2026-1")
    about = written.core_properties
    assert (about.title, about.created) == (minutes.meeting.label, minutes.closed_at.replace(microsecond=0))
    assert lou.get(at(minutes, "docx/")).content == answer.content
    assert lou.get(at(minutes, "book/")).status_code == 404  # nothing to paste in before the seal
    seal(plant, minutes)
    assert lou.get(at(minutes, "book/?page=31")).content.startswith(b"%PDF")
    for wrong in ("0", "x", "99999999", "-1", ""):
        assert lou.get(at(minutes, f"book/?page={wrong}")).status_code == 404


# --- composing -------------------------------------------------------------------------------------------


def test_the_draft_asks_no_more_for_many_items(plant: make.Plant) -> None:
    """One item or many, the page of the minutes puts the same number of questions."""
    counted = []
    for many in (1, 12):
        draft = make.draft_meeting(plant)
        for number in range(many):
            actions.add_item(
                meeting=draft, kind="report", title=f"Report {number}", by=plant.ana, at=make.now()
            )
        meeting = actions.convene(meeting=draft, by=plant.ana, at=make.now() - make.days(18))
        for name in make.NAMES[:8]:
            actions.check_in(meeting=meeting, member=plant.people[name.lower()], by=plant.ana, at=make.now())
        actions.open_sitting(sitting=meeting.sittings.get(), by=plant.bo, at=make.now())
        for item in meeting.items.filter(kind="report"):
            actions.write_note(item=item, text="Read.", revision=0, by=plant.ana, at=make.now())
        lou = person(plant, "lou")
        lou.get(at(meeting))
        with CaptureQueriesContext(connection) as queries:
            assert lou.get(at(meeting)).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
