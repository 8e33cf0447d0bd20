"""The page of minutes asks once what there is around them; whatever there is stands on it at the next request."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.decisions import actions as decisions
from coop.meetings import actions
from coop.meetings.minutes_rules import obstacles_to_finding
from coop.meetings.models import AgendaItem, Meeting, Minutes, MinutesEntry
from coop.members.models import Power, Standing
from coop.pages.access import Here
from coop.pages.minutes import asked
from tests import make, make_votes
from tests.untold import Watch

pytestmark = pytest.mark.django_db

CHOSEN = {"any_chosen"}  # no minutes of an assembly without


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def at(meeting: Meeting, rest: str = "") -> str:
    return f"/bakery/meetings/{meeting.pk}/minutes/{rest}"


def read(plant: make.Plant, name: str, meeting: Meeting) -> tuple[str, int]:
    """The page, and how many questions it asked."""
    client = make.sign_in(Client(), plant.people[name])
    client.get(at(meeting))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(at(meeting)).content.decode()
    return " ".join(page.split()), len(queries)


def has(plant: make.Plant, name: str, meeting: Meeting) -> set[str]:
    found = asked.found(Here(plant.cooperative, plant.people[name], make.now(), demo=False), meeting.pk)
    return {what for what, there in vars(found.has).items() if there}


def over(plant: make.Plant, meeting: Meeting) -> Minutes:
    actions.name_signers(meeting=meeting, members=[plant.eve, plant.fay], by=plant.ana, at=make.now())
    actions.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    return actions.close_minutes(meeting=meeting, by=plant.ana, at=make.now())


def test_what_there_is_none_of_is_not_asked_for(plant: make.Plant) -> None:
    """And each thing that comes to be is on the page with the next request, for one question more."""
    meeting = make.meeting_in_session(plant)
    minutes = over(plant, meeting)
    assert (has(plant, "lou", meeting), has(plant, "gus", meeting)) == (CHOSEN, {*CHOSEN, "was_there"})
    page, bare = read(plant, "lou", meeting)
    assert bare == 8
    assert "Nothing so far." in page
    assert "Object, or enter a dissent" not in page
    assert "Object, or enter a dissent" in read(plant, "gus", meeting)[0]
    actions.speak_up(
        minutes=minutes, kind="objection", item_number=None, text="Nine.", by=plant.gus, at=make.now()
    )
    page, asks = read(plant, "lou", meeting)
    assert "<p>Nine.</p>" in page
    assert (has(plant, "lou", meeting), asks) == ({*CHOSEN, "any_entries"}, bare + 1)
    assert "signed on" not in page
    actions.sign_minutes(minutes=minutes, text_hash=minutes.hash, by=plant.ana, at=make.now())
    page, asks = read(plant, "lou", meeting)
    assert "signed on" in page
    assert (has(plant, "lou", meeting), asks) == ({*CHOSEN, "any_entries", "any_signatures"}, bare + 2)


def test_the_page_offers_the_answer_to_whom_the_act_lets_answer(plant: make.Plant) -> None:
    """The commission, but nobody their own objection; once it is answered, nobody. Many ask no more than one."""
    make_votes.commission(plant)
    minutes = over(plant, meeting := make.meeting_in_session(plant))
    entries: list[MinutesEntry] = []
    asks = []
    for who in ("gus", "hal", "gus"):
        said = {"kind": "objection", "item_number": None, "text": "Nine."}
        entries.append(actions.speak_up(minutes=minutes, by=plant.people[who], at=make.now(), **said))  # type: ignore[arg-type]
        asks.append(read(plant, "lou", meeting)[1])
    assert len(set(asks)) == 1
    actions.find(entry=entries[2], upheld=True, text="It was nine.", by=plant.hal, at=make.now())
    seen = {}
    for who in ("lou", "gus", "hal", "ana"):
        page = read(plant, who, meeting)[0]
        seen[who] = [one.number for one in entries if at(meeting, f"entries/{one.number}/finding/") in page]
        assert seen[who] == [
            one.number
            for one in entries
            if not obstacles_to_finding(one, by=plant.people[who], at=make.now())
        ]
    assert seen == {"lou": [], "gus": [2], "hal": [1], "ana": []}


def test_who_was_named_or_chosen_and_what_was_voted_is_asked_for(plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    item = AgendaItem.objects.get(decision=decision)
    meeting, sitting = item.meeting, item.meeting.sittings.get()
    make.cast(decision.ballot, plant.ana)
    make.cast(decision.ballot, plant.bo)
    make.cast(decision.ballot, plant.hal, "against")
    carried = actions.close_vote(item=item, by=plant.bo, at=make.now())
    for who in (plant.fay, plant.eve):  # Fay records it no more
        actions.name_for_the_day(
            sitting=sitting, power=Power.RECORD_MINUTES, member=who, by=plant.bo, at=make.now()
        )
    actions.name_signers(meeting=meeting, members=[plant.gus, plant.hal], by=plant.ana, at=make.now())
    actions.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    actions.close_minutes(meeting=meeting, by=plant.ana, at=make.now())
    there = {"any_named", "any_chosen", "any_votes"}
    assert has(plant, "lou", meeting) == there
    assert has(plant, "fay", meeting) == {*there, "was_there"}
    assert has(plant, "eve", meeting) == {*there, "was_there", "records_today"}
    page, _asks = read(plant, "fay", meeting)
    assert "For the secretary" not in page
    assert "The votes in words" in page
    assert "Secretary: Fay, Eve" in page  # waited for on the line of the secretary
    assert "Member chosen to sign: Gus" in page
    assert "For the secretary" in read(plant, "eve", meeting)[0]
    assert "For the secretary" in read(plant, "ana", meeting)[0]  # by office
    assert "Minority statements" not in page
    decisions.state_minority(decision=carried, text="Nobody asked us.", by=plant.hal, at=make.now())
    assert has(plant, "lou", meeting) == {*there, "any_statements"}
    assert "Nobody asked us." in read(plant, "lou", meeting)[0]


def test_another_meeting_lends_nothing(plant: make.Plant) -> None:
    """What stands around the minutes of one meeting is not found around those of another."""
    other = make.meeting_in_session(plant)
    quiet = make.meeting_in_session(plant, present=make.NAMES[:7])
    actions.name_for_the_day(
        sitting=other.sittings.get(), power=Power.CHAIR, member=plant.eve, by=plant.bo, at=make.now()
    )
    loud = over(plant, other)
    said: dict[str, Any] = {"kind": "objection", "item_number": None, "text": "Nine.", "at": make.now()}
    actions.speak_up(minutes=loud, by=plant.hal, **said)
    actions.sign_minutes(minutes=loud, text_hash=loud.hash, by=plant.ana, at=make.now())
    assert has(plant, "hal", quiet) == set()  # who was at the other only
    over(plant, quiet)
    assert has(plant, "hal", quiet) == CHOSEN
    assert has(plant, "hal", other) == {
        "was_there",
        "any_named",
        "any_chosen",
        "any_entries",
        "any_signatures",
    }


def test_the_seal_comes_with_the_minutes(plant: make.Plant) -> None:
    """Joined to the same question: none before, and the next request after it shows it."""
    meeting = make.meeting_in_session(plant)
    here = Here(plant.cooperative, plant.lou, make.now(), demo=False)
    before = asked.found(here, meeting.pk)
    assert (before.meeting, before.closed, before.sealed) == (meeting, None, None)
    minutes = over(plant, meeting)
    found = asked.found(here, meeting.pk)
    assert (found.closed, found.sealed) == (minutes, None)
    assert "Circulated, not sealed yet" in read(plant, "lou", meeting)[0]
    for who in (plant.ana, plant.bo, plant.eve, plant.fay):
        actions.sign_minutes(minutes=minutes, text_hash=minutes.hash, by=who, at=make.now())
    sealed = actions.seal(minutes=minutes, by=plant.ana, at=minutes.objections_until + make.days(1))
    with CaptureQueriesContext(connection) as queries:
        found = asked.found(here, meeting.pk)
        assert found.closed is not None
        assert found.sealed is not None
        assert (found.closed, found.closed.meeting, found.sealed) == (minutes, meeting, sealed)
        assert (found.closed.closed_by.name, found.sealed.sealed_by.name) == ("Ana", "Ana")
        assert (found.sealed.text, found.sealed.hash) == (sealed.text, sealed.hash)
    assert len(queries) == 2
    assert "Sealed: No. 1 in the book" in read(plant, "lou", meeting)[0]


def test_approved_by_a_vote_the_page_leads_to_the_item(db: None) -> None:
    plant = make.plant(bylaws={"minutes_approved_by": "vote"})
    minutes = over(plant, make.meeting_in_session(plant))
    draft = make.draft_meeting(plant)
    AgendaItem.objects.create(meeting=draft, number=9, kind="minutes", title="Minutes", minutes=minutes)
    later = actions.convene(meeting=draft, by=plant.ana, at=make.now() - make.days(18))
    for name in make.NAMES[:8]:
        actions.check_in(meeting=later, member=plant.people[name.lower()], by=plant.ana, at=make.now())
    actions.open_sitting(sitting=later.sittings.get(), by=plant.bo, at=make.now())
    actions.approve(item=later.items.get(kind="minutes"), carried=True, by=plant.bo, at=make.now())
    assert "Approved by a vote of" not in read(plant, "lou", minutes.meeting)[0]
    actions.seal(minutes=minutes, by=plant.ana, at=minutes.objections_until + make.days(1))
    page, asks = read(plant, "lou", minutes.meeting)
    assert f'href="{at(later)}">Approved by a vote of {later.label}, item 9.</a>' in page
    assert asks == 9


def test_closed_parts_are_asked_for_where_there_are_any(plant: make.Plant) -> None:
    """And then read by those who belong to the body, as before."""
    meeting = closed_with_something_hidden(plant)
    assert has(plant, "lou", meeting) == {*CHOSEN, "any_closed"}
    assert "The debt of Gus." in read(plant, "lou", meeting)[0]
    assert "The debt of Gus." not in read(plant, "una", meeting)[0]


# --- Read by many, with what was said kept ----------------------------------------------------------------------------


@pytest.fixture
def warm(watch: Watch) -> None:
    watch.warm = True


def closed_with_something_hidden(plant: make.Plant) -> Meeting:
    draft = make.draft_meeting(plant)
    AgendaItem.objects.filter(meeting=draft, kind="report").update(openness="closed")
    meeting = actions.convene(meeting=draft, by=plant.ana, at=make.now() - make.days(18))
    for name in make.NAMES[:8]:
        actions.check_in(meeting=meeting, member=plant.people[name.lower()], by=plant.ana, at=make.now())
    actions.open_sitting(sitting=meeting.sittings.get(), by=plant.bo, at=make.now())
    item = AgendaItem.objects.get(meeting=meeting, kind="report")
    actions.write_note(item=item, text="The debt of Gus.", revision=0, by=plant.ana, at=make.now())
    over(plant, meeting)
    plant.people["una"] = make.member(plant.cooperative, 77, "Una", kind=Standing.Kind.TRIAL)
    return meeting


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("order", [("lou", "una", "lou"), ("una", "lou", "una")])
def test_what_is_closed_is_kept_for_nobody(plant: make.Plant, order: tuple[str, ...]) -> None:
    meeting = closed_with_something_hidden(plant)
    for who in order:
        assert ("The debt of Gus." in read(plant, who, meeting)[0]) is (who == "lou")


@pytest.mark.usefixtures("warm")
def test_what_is_below_the_text_is_told_alike_until_the_next_line(plant: make.Plant) -> None:
    make_votes.commission(plant)
    minutes = over(plant, meeting := make.meeting_in_session(plant))
    other = over(plant, make.meeting_in_session(plant, present=make.NAMES[:7]))
    assert minutes.hash in read(plant, "lou", meeting)[0]
    assert minutes.hash not in read(plant, "lou", other.meeting)[0]
    page, asks = read(plant, "lou", meeting)
    assert (asks, "Nothing so far." in page) == (3, True)
    entry = actions.speak_up(
        minutes=minutes, kind="objection", item_number=None, text="Nine.", by=plant.gus, at=make.now()
    )
    answer = at(meeting, f"entries/{entry.number}/finding/")
    for who in ("lou", "hal", "lou"):
        page = read(plant, who, meeting)[0]
        assert "<p>Nine.</p>" in page
        assert (answer in page) is (who == "hal")
    actions.sign_minutes(minutes=minutes, text_hash=minutes.hash, by=plant.ana, at=make.now())
    assert "signed on" in read(plant, "lou", meeting)[0]
    assert "signed on" not in read(plant, "lou", other.meeting)[0]


@pytest.mark.usefixtures("warm")
def test_each_reads_the_minutes_in_their_language(plant: make.Plant) -> None:
    over(plant, meeting := make.meeting_in_session(plant))
    assert "Nothing so far." in read(plant, "lou", meeting)[0]
    client = make.sign_in(Client(), plant.gus)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    assert "Nothing so far." not in client.get(at(meeting)).content.decode()
