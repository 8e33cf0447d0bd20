"""The page of a vote, casting on it, how many have voted, and the counting minutes. Papers refused: test_bad_votes."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, NamedVote, RollEntry
from coop.decisions.models import Decision
from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from coop.members import actions as members
from coop.members.models import Department
from tests import make

pytestmark = pytest.mark.django_db

FORM = "0123456789abcdef" * 2
PAPER_NUMBER = "0123 4567 89ab cdef 0123 4567 89ab cdef"


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def eve(client: Client, plant: make.Plant) -> Client:
    return make.sign_in(client, plant.eve)


def address_of(ballot: Ballot) -> str:
    return f"/bakery/ballots/{ballot.pk}/"


def words(answer: Any) -> str:
    """The page as it is read: without tags, with single blanks."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def count(decision: Decision, plant: make.Plant) -> Decision:
    return meetings.close_vote(item=AgendaItem.objects.get(decision=decision), by=plant.bo, at=make.now())


# --- The paper ------------------------------------------------------------------------------------------------------


def test_a_vote_that_ends_at_midnight_ends_the_day_before(eve: Client, plant: make.Plant) -> None:
    """00:00 on the 23rd is the end of the 23rd to whoever has a moment to vote."""
    last = plant.cooperative.day_of(make.now()) + datetime.timedelta(days=1)
    midnight = datetime.datetime.combine(
        last + datetime.timedelta(days=1), datetime.time(), plant.cooperative.zone
    )
    ballot = make.open_vote(plant, closes_at=midnight).ballot
    page = words(eve.get(address_of(ballot)))
    assert f"You can vote until {last:%-d %B %Y}, midnight." in page


def test_the_page_says_what_is_asked_what_it_takes_and_until_when(eve: Client, plant: make.Plant) -> None:
    closes = make.now() + datetime.timedelta(hours=2)
    ballot = make.open_vote(plant, closes_at=closes).ballot
    answer = eve.get(address_of(ballot))
    page = words(answer)
    assert answer.status_code == 200
    assert [clause.text for clause in answer.context["clauses"]] == [
        "On Mondays the canteen serves ninety lunches.",
        "Pupils enter by the east gate.",
    ]
    assert (
        "To be carried it needs more than half of the votes for and against; abstentions are not counted."
        in page
    )
    hour = closes.astimezone(plant.cooperative.zone)
    assert f"You can vote until {hour:%-d %B %Y, %H:%M}." in page
    assert "every member can read afterwards who voted how" in page
    for said in (
        "For The text becomes a decision.",
        "Against It does not become a decision; things stay as they are.",
        "Abstain I take no side. It does not count for the majority.",
    ):
        assert said in page
    html = answer.content.decode()
    assert re.findall(r'type="radio" name="choice" value="(\w+)"', html) == ["for", "against", "abstain"]
    assert html.count('class="button button--primary') == 1
    assert re.search(r'name="form" value="[0-9a-f]{32}"', html)
    assert "style=" not in html


def test_every_paper_has_its_own_number(eve: Client, plant: make.Plant) -> None:
    address = address_of(make.open_vote(plant).ballot)
    assert eve.get(address).context["form"] != eve.get(address).context["form"]


def test_without_an_hour_whoever_leads_closes(eve: Client, plant: make.Plant) -> None:
    page = words(eve.get(address_of(make.open_vote(plant).ballot)))
    assert "You can vote until whoever leads the meeting closes the vote." in page


@pytest.mark.parametrize(
    ("matter", "rule", "abstaining"),
    [
        ("ordinary", "more than half of the votes for and against", "It does not count for the majority."),
        (
            "statute",
            "at least two thirds of",
            "As everybody present is counted, it weighs like a vote against.",
        ),
    ],
)
def test_the_majority_of_the_matter_is_said_before_anybody_votes(
    client: Client, matter: str, rule: str, abstaining: str
) -> None:
    plant = make.plant(bylaws={"majority_statute": "2/3", "base_statute": "present"})
    make.sign_in(client, plant.eve)
    motion = make.supported_motion(plant, matter=matter)
    page = words(client.get(address_of(make.open_vote(plant, motions=[motion]).ballot)))
    assert f"To be carried it needs {rule}" in page
    assert abstaining in page


def test_casting_gives_a_slip_with_choice_hour_and_number(eve: Client, plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    sent = eve.post(address_of(ballot), {"form": FORM, "choice": "abstain"})
    assert (sent.status_code, sent.headers["Location"]) == (302, address_of(ballot))

    vote = NamedVote.objects.get(entry__ballot=ballot)
    assert (vote.answer, vote.form, vote.entry.member, vote.entry.channel) == (
        "abstain",
        FORM,
        plant.eve,
        "phone",
    )
    page = eve.get(address_of(ballot))
    said = words(page)
    assert "Your vote is in: Abstain" in said
    assert PAPER_NUMBER in said
    assert f"at {vote.cast_at.astimezone(plant.cooperative.zone):%H:%M:%S}" in said
    assert 'type="radio"' not in page.content.decode()


def test_the_same_paper_twice_is_one_vote_and_the_same_slip(eve: Client, plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    first = eve.post(address_of(ballot), {"form": FORM, "choice": "for"}, follow=True)
    second = eve.post(address_of(ballot), {"form": FORM, "choice": "for"}, follow=True)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.context["slips"] == second.context["slips"]
    assert NamedVote.objects.filter(entry__ballot=ballot).count() == 1


def test_casting_writes_no_line_of_the_journal(eve: Client, plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    before = Entry.objects.count()
    eve.post(address_of(ballot), {"form": FORM, "choice": "for"})
    assert Entry.objects.count() == before


def test_casting_asks_the_database_as_little_as_it_can(eve: Client, plant: make.Plant) -> None:
    """Who and where (2), which vote (1), its paper (1, once in a process), the box: lock, roll, mark, vote as one."""
    ballot = make.open_vote(plant).ballot
    with CaptureQueriesContext(connection) as seen:
        assert eve.post(address_of(ballot), {"form": FORM, "choice": "for"}).status_code == 302
    assert len(seen) == 10, [query["sql"][:90] for query in seen]


def test_who_may_not_vote_is_told_before_choosing(client: Client, plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    for who, reason in (
        (plant.ida, "Check in first, then vote."),
        (plant.max, "people on trial or hired have a voice"),
    ):
        make.sign_in(client, who)
        answer = client.get(address_of(ballot))
        assert answer.status_code == 200
        assert reason in words(answer)
        assert 'type="radio"' not in answer.content.decode()


def test_the_first_look_after_the_hour_shuts_the_box(eve: Client, plant: make.Plant) -> None:
    ballot = make.open_vote(plant, closes_at=make.now() - datetime.timedelta(seconds=1)).ballot
    page = eve.get(address_of(ballot))
    ballot.refresh_from_db()
    assert (ballot.state, ballot.counted_at) == ("closed", None)
    assert "Voting is closed; the votes are being counted." in words(page)
    assert 'type="radio"' not in page.content.decode()


def test_looking_changes_nothing_else(eve: Client, plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    lines = Entry.objects.count()
    for more in ("", "turnout/", "result/"):
        assert eve.get(address_of(ballot) + more).status_code == 200
    assert (Entry.objects.count(), NamedVote.objects.count()) == (lines, 0)
    assert not RollEntry.objects.filter(channel__isnull=False).exists()


def test_after_the_count_the_slip_stays_and_leads_to_the_count(eve: Client, plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    make.cast(decision.ballot, plant.eve, "for")
    count(decision, plant)
    page = words(eve.get(address_of(decision.ballot)))
    assert "Your vote is in: For" in page
    assert "The count is there; your vote is in it." in page
    assert "Read the count" in page


# --- How many have voted --------------------------------------------------------------------------------------------


def test_turnout_counts_heads_and_tells_no_choice(eve: Client, plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    for who in (plant.ana, plant.bo, plant.cy):
        make.cast(ballot, who, "against")
    answer = eve.get(address_of(ballot) + "turnout/")
    assert (answer.context["cast"], answer.context["entitled"]) == (3, 8)
    assert "Have voted 3 of 8" in words(answer)
    assert "against" not in words(answer).lower()


def test_the_fragment_asks_for_itself_until_the_vote_is_closed(eve: Client, plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    address = address_of(decision.ballot) + "turnout/"
    running = eve.get(address, headers={"HX-Request": "true"})
    assert running.status_code == 200
    html = running.content.decode()
    assert html.startswith('<section class="section" id="turnout"')
    assert f'hx-get="{address}" hx-trigger="every 5s"' in html
    assert "<form" not in html
    count(decision, plant)
    over = eve.get(address, headers={"HX-Request": "true"})
    assert over.status_code == 286  # htmx asks no more
    assert "hx-get" not in over.content.decode()
    assert eve.get(address).status_code == 200


def test_the_fragment_stands_outside_the_paper(eve: Client, plant: make.Plant) -> None:
    html = eve.get(address_of(make.open_vote(plant).ballot)).content.decode()
    paper = html[html.index('<form class="ballot-paper"') :]
    assert "hx-" not in paper[: paper.index("</form>")]
    assert 'id="turnout"' in html


def test_turnout_knows_only_looking(eve: Client, plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    assert eve.post(address_of(ballot) + "turnout/").status_code == 405
    assert eve.post(address_of(ballot) + "result/").status_code == 409  # she does not run it; it is open


# --- The count ------------------------------------------------------------------------------------------------------


def test_the_counting_minutes_say_everything(eve: Client, plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    for names, choice in (("ana cy eve gus", "for"), ("bo dee", "against"), ("fay", "abstain")):
        for name in names.split():
            make.cast(decision.ballot, plant.people[name], choice)
    decision = count(decision, plant)
    answer = eve.get(address_of(decision.ballot) + "result/")
    page = words(answer)
    assert (
        "Carried: 4 for, 4 were needed, which is more than half of the votes for and against; "
        "those were 6, abstentions not counted." in page
    )
    found = answer.context["counts"][0]
    assert [(row.label, row.votes) for row in found["rows"]] == [
        ("For", 4),
        ("Against", 2),
        ("Abstain", 1),
    ]
    assert [(way.label, [n for _label, n in way.cells], way.people) for way in found["ways"]] == [
        ("on a screen", [4, 2, 1], 7),
        ("present, did not vote", [None, None, None], 1),
        ("on the register, not present", [None, None, None], 4),
    ]
    assert sum(way.people for way in found["ways"]) == decision.ballot.roll_size == 12
    for said in (
        "Decision D GA 2026-1".replace("2026", str(decision.year)),
        "Bylaws, version 1",
        decision.ballot.text_hash,
        "Present at the vote 8",
        "Voted 7",
    ):
        assert said.replace("Decision ", "") in page
    assert [(answer_, [who.name for who in people]) for answer_, people in answer.context["names"]] == [
        ("For", ["Ana", "Cy", "Eve", "Gus"]),
        ("Against", ["Bo", "Dee"]),
        ("Abstain", ["Fay"]),
    ]
    assert "data-print" in answer.content.decode()


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("open", "There are no figures before the vote is closed."),
        ("closed", "The votes are being counted"),
        ("annulled", "Read from an old paper."),
    ],
)
def test_before_the_count_there_are_no_figures(eve: Client, plant: make.Plant, state: str, said: str) -> None:
    ballot = make.open_vote(plant).ballot
    for who in (plant.ana, plant.bo, plant.cy):
        make.cast(ballot, who, "against")
    if state == "closed":
        ballots.close(ballot=ballot, by=plant.bo.actor, at=make.now())
    if state == "annulled":
        ballots.annul(ballot=ballot, because="Read from an old paper.", by=plant.bo.actor, at=make.now())
    answer = eve.get(address_of(ballot) + "result/")
    assert answer.status_code == 200
    assert said in words(answer)
    body = answer.content.decode()
    assert "counts" not in (answer.context or {})
    assert "Against" not in body
    assert "result__" not in body


def test_a_vote_nobody_took_part_in_can_be_read(eve: Client, plant: make.Plant) -> None:
    decision = count(make.open_vote(plant), plant)
    page = words(eve.get(address_of(decision.ballot) + "result/"))
    assert "Not carried: 0 for, 1 were needed" in page
    assert "Nobody voted." in page


def test_a_tie_is_named(eve: Client, plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    make.cast(decision.ballot, plant.ana, "for")
    make.cast(decision.ballot, plant.bo, "against")
    count(decision, plant)
    assert "Tie, not carried: 1 for and as many against" in words(
        eve.get(address_of(decision.ballot) + "result/")
    )


def test_who_moved_meanwhile_is_told_where_they_vote(eve: Client, plant: make.Plant) -> None:
    ballot = make.open_vote(plant, present=make.NAMES[:8]).ballot
    told = "You moved to Packing after the register closed."
    packing = Department.objects.get(cooperative=plant.cooperative, code="PAC")
    since = ballot.register.closes_on + datetime.timedelta(days=1)
    assert told not in words(eve.get(address_of(ballot)))
    members.post(
        member=plant.eve,
        department=packing,
        crew=None,
        since=since,
        reason="",
        by=make.FOUNDING,
        at=make.now(),
    )
    assert told in words(eve.get(address_of(ballot)))
    assert told not in words(make.sign_in(Client(), plant.fay).get(address_of(ballot)))


# --- Queries at 1 and at 30 -----------------------------------------------------------------------------------------


def crowded_vote(slug: str, voting: int) -> tuple[make.Plant, Decision]:
    """A vote in which this many of 38 people present have voted, of 42 on the register."""
    plant = make.plant(slug, bylaws={"proposal_support_percent": 5})
    crowd = {f"w{n}": make.member(plant.cooperative, 100 + n, f"Worker {n}") for n in range(30)}
    plant.people.update(crowd)
    decision = make.open_vote(plant, present=[*make.NAMES[:8], *crowd])
    for who in list(crowd.values())[:voting]:
        make.cast(decision.ballot, who, ("for", "against", "abstain")[who.number % 3])
    return plant, decision


def test_pages_ask_as_much_for_one_vote_as_for_thirty(client: Client) -> None:
    """The first look of a process reads the long text as well, which it keeps."""
    asked: dict[str, set[int]] = {"": set(), "again": set(), "turnout/": set(), "result/": set()}
    for slug, voting in (("few", 1), ("many", 30)):
        plant, decision = crowded_vote(slug, voting)
        make.sign_in(client, plant.eve)
        address = f"/{slug}/ballots/{decision.ballot_id}/"
        for more in ("", "turnout/"):
            asked[more].add(queries_of(client, address + more))
        asked["again"].add(queries_of(client, address))
        count(decision, plant)
        asked["result/"].add(queries_of(client, address + "result/"))
    assert asked == {"": {8}, "turnout/": {4}, "result/": {23}, "again": {7}}
