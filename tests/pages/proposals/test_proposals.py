"""The list of proposals, one proposal, and signing it. Writing, publishing and withdrawing: test_desk."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.charter.actions import adopt_bylaws
from coop.decisions import actions as decisions
from coop.decisions.models import Decision
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from coop.proposals import actions
from coop.proposals.models import Proposal, Support
from tests import make
from tests.untold import Watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def lou(client: Client, plant: make.Plant) -> Client:
    return make.sign_in(client, plant.lou)


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def steps(answer: Any) -> list[tuple[str, str]]:
    """The way of a thing as the page shows it: each step, and whether it is done."""
    found = re.findall(r'"step step--(\w+)".*?"step__label">(.*?)</span>', answer.content.decode())
    return [(label, state) for state, label in found]


def groups(answer: Any) -> dict[str, list[str]]:
    found = {
        state: [card.proposal.title for card in cards] for state, _w, _t, cards in answer.context["groups"]
    }
    return found | {"ended": [card.proposal.title for card in answer.context["ended"]]}


def count(decision: Decision, plant: make.Plant) -> Decision:
    return meetings.close_vote(item=AgendaItem.objects.get(decision=decision), by=plant.bo, at=make.now())


# --- The list -------------------------------------------------------------------------------------------------------


def test_an_empty_list_teaches(lou: Client) -> None:
    page = words(lou.get("/bakery/proposals/"))
    assert "Nothing is looking for support now" in page
    assert "Write a proposal" in page


def test_each_stands_with_what_it_waits_for(client: Client, plant: make.Plant) -> None:
    make.motion(plant, title="In a drawer")
    make.published_motion(plant, title="Looking")
    make.supported_motion(plant, title="Admitted")
    decision = make.open_vote(plant, motions=[make.supported_motion(plant, title="Voted")])
    count(decision, plant)
    make.draft_meeting(plant, motions=[make.supported_motion(plant, title="Tabled")])
    gone = make.published_motion(plant, title="Taken back")
    actions.withdraw(proposal=gone, by=plant.eve, at=make.now())
    thrown_away = make.motion(plant, title="Thrown away")
    actions.withdraw(proposal=thrown_away, by=plant.eve, at=make.now())

    make.sign_in(client, plant.eve)
    expected = {
        "draft": ["In a drawer"],
        "open": ["Looking"],
        "admitted": ["Admitted", "Canteen open to the school"],
        "tabled": ["Tabled"],
        "ended": ["Taken back", "Voted"],
    }
    assert groups(client.get("/bakery/proposals/")) == expected
    make.sign_in(client, plant.lou)
    answer = client.get("/bakery/proposals/")
    assert groups(answer) == expected | {"draft": []}
    assert "Your drafts" not in words(answer)
    assert client.get(f"/bakery/proposals/{thrown_away.pk}/").status_code == 404


def test_how_many_signatures_are_missing_is_said_in_words(lou: Client, plant: make.Plant) -> None:
    motion = make.published_motion(plant)
    assert "1 of 3" in words(lou.get("/bakery/proposals/"))
    assert "2 more needed." in words(lou.get("/bakery/proposals/"))
    actions.support(proposal=motion, by=plant.fay, at=make.now())
    assert "2 of 3" in words(lou.get("/bakery/proposals/"))
    assert "1 more needed." in words(lou.get("/bakery/proposals/"))


def test_when_the_time_is_over_it_says_so(lou: Client, plant: make.Plant) -> None:
    make.published_motion(plant, at=make.now() - make.days(200))
    page = words(lou.get("/bakery/proposals/"))
    assert "the time for signatures is over" in page
    assert "can be signed until" not in page


def test_what_is_decided_leads_to_the_decision(lou: Client, plant: make.Plant) -> None:
    decision = count(make.open_vote(plant), plant)
    answer = lou.get("/bakery/proposals/")
    assert f'href="/bakery/decisions/{decision.pk}/"' in answer.content.decode()
    assert "not carried" in words(answer)


def test_what_is_being_voted_leads_to_the_vote(lou: Client, plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    for address in ("/bakery/proposals/", f"/bakery/proposals/{decision.proposal_id}/"):
        answer = lou.get(address)
        assert f'href="/bakery/ballots/{decision.ballot_id}/"' in answer.content.decode()
        assert "being voted" in words(answer)


def test_who_may_not_put_forward_is_told_why(client: Client, plant: make.Plant) -> None:
    make.sign_in(client, plant.max)
    page = words(client.get("/bakery/proposals/"))
    assert "Only full members have a vote; people on trial or hired have a voice." in page
    assert "Write a proposal" not in page


def test_a_draft_agenda_is_not_told_before_the_notice(client: Client, plant: make.Plant) -> None:
    motion = make.supported_motion(plant)
    meeting = make.draft_meeting(plant, motions=[motion])
    for who, told in ((plant.lou, False), (plant.ana, True)):
        make.sign_in(client, who)
        for address in ("/bakery/proposals/", f"/bakery/proposals/{motion.pk}/"):
            link = f'href="/bakery/meetings/{meeting.pk}/"'
            assert (link in client.get(address).content.decode()) is told, (who, address)


def test_decided_ones_are_paged(lou: Client, plant: make.Plant) -> None:
    for number in range(21):
        made = make.published_motion(plant, title=f"Motion {number}")
        actions.withdraw(proposal=made, by=plant.eve, at=make.now())
    first, second = (lou.get(f"/bakery/proposals/?page={number}") for number in (1, 2))
    assert (len(first.context["ended"]), len(second.context["ended"])) == (20, 1)
    for odd in ("0", "x", "99999999999999999999", "-1", "1%202"):
        assert lou.get(f"/bakery/proposals/?page={odd}").status_code == 404


def test_the_list_asks_as_much_for_one_as_for_thirty(client: Client) -> None:
    asked = set()
    for slug, many in (("few", 1), ("many", 30)):
        plant = make.plant(slug)
        make.motion(plant)
        for _each in range(many):
            make.published_motion(plant)
        motions = [make.supported_motion(plant) for _each in range(many)]
        meeting = make.meeting_in_session(plant, motions=motions)
        for number in range(2, 2 + (many + 1) // 2):
            item = meeting.items.get(number=number)
            meetings.open_vote(item=item, by=plant.bo, at=make.now())
            meetings.close_vote(item=item, by=plant.bo, at=make.now())
        make.draft_meeting(plant, motions=[make.supported_motion(plant) for _each in range(many)])
        make.sign_in(client, plant.eve)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/{slug}/proposals/").status_code == 200
        asked.add(len(seen))
    assert asked == {13}


# --- One proposal ---------------------------------------------------------------------------------------------------


def test_a_proposal_shows_text_author_signers_and_majority(lou: Client, plant: make.Plant) -> None:
    motion = make.published_motion(plant, reasons="Ninety lunches are *thrown away* <b>daily</b>.")
    answer = lou.get(f"/bakery/proposals/{motion.pk}/")
    page, html = words(answer), answer.content.decode()
    for said in (
        motion.label,
        "On Mondays the canteen serves ninety lunches.",
        "Pupils enter by the east gate.",
        "more than half of the votes for and against",
        "1 of 3",
        "2 more needed.",
        "The one who has signed",
    ):
        assert said in page
    assert "<em>thrown away</em>" in html
    assert "<b>daily</b>" not in html
    assert re.findall(r"<li><span class=\"person\">(\w+) ", answer.context["signers"]) == ["Eve"]
    assert f'href="/bakery/members/{plant.eve.number}/"' in html
    assert "Withdraw it" not in page


def test_its_way_is_told_step_by_step(client: Client, plant: make.Plant) -> None:
    make.sign_in(client, plant.eve)

    def way(proposal: Proposal) -> list[tuple[str, str]]:
        return steps(client.get(f"/bakery/proposals/{proposal.pk}/"))

    def at(place: int, now: str = "") -> list[tuple[str, str]]:
        labels = ["Written", "Published", "Admitted", "On an agenda", "Voted", "Decided"]
        if now:
            labels[place] = now
        return [
            (label, "done" if n < place else "now" if n == place else "next")
            for n, label in enumerate(labels)
        ]

    draft = make.motion(plant)
    assert way(draft) == at(0, "Draft")
    published = make.published_motion(plant)
    assert way(published) == at(1, "Looking for support")
    assert way(make.supported_motion(plant)) == at(2)
    decision = make.open_vote(plant)
    assert way(decision.proposal) == at(4, "Being voted")
    count(decision, plant)
    assert way(decision.proposal) == at(6)
    actions.withdraw(proposal=published, by=plant.eve, at=make.now())
    assert way(published) == [("Written", "done"), ("Published", "done"), ("Withdrawn", "now")]
    actions.withdraw(proposal=draft, by=plant.eve, at=make.now())
    assert way(draft) == [("Written", "done"), ("Withdrawn", "now")]
    late = make.published_motion(plant, at=make.now() - make.days(200))
    actions.let_fall(proposal=late, at=make.now())
    assert way(late) == [("Written", "done"), ("Published", "done"), ("Fallen for lack of support", "now")]


def test_it_leads_to_meeting_vote_count_and_decision(lou: Client, plant: make.Plant) -> None:
    first = make.open_vote(plant)
    item = AgendaItem.objects.get(decision=first)
    decisions.void(decision=first, because="The wrong text was read.", by=plant.bo.actor, at=make.now())
    second = meetings.open_vote(item=item, by=plant.bo, at=make.now())
    meetings.close_vote(item=item, by=plant.bo, at=make.now())
    html = lou.get(f"/bakery/proposals/{first.proposal_id}/").content.decode()
    for address in (
        f"/bakery/meetings/{item.meeting_id}/",
        f"/bakery/ballots/{first.ballot_id}/",
        f"/bakery/ballots/{second.ballot_id}/result/",
        f"/bakery/decisions/{second.pk}/",
    ):
        assert f'href="{address}"' in html


def test_a_draft_is_its_authors_alone(client: Client, plant: make.Plant) -> None:
    draft = make.motion(plant)
    for who, status in ((plant.eve, 200), (plant.lou, 404), (plant.ana, 404)):
        make.sign_in(client, who)
        for more in ("", "rewrite/", "publish/", "withdraw/"):
            assert client.get(f"/bakery/proposals/{draft.pk}/{more}").status_code == status


# --- Signing --------------------------------------------------------------------------------------------------------


def test_signing_works_and_the_last_signature_admits(client: Client, plant: make.Plant) -> None:
    motion = make.published_motion(plant)
    for who, state in ((plant.fay, "open"), (plant.lou, "admitted")):
        make.sign_in(client, who)
        assert "Sign it" in words(client.get(f"/bakery/proposals/{motion.pk}/"))
        answer = client.post(f"/bakery/proposals/{motion.pk}/support/", follow=True)
        assert answer.redirect_chain == [(f"/bakery/proposals/{motion.pk}/", 302)]
        assert "Your signature is under it." in words(answer)
        assert "Sign it" not in words(answer)
        motion.refresh_from_db()
        assert motion.state == state
    assert set(Support.objects.filter(proposal=motion).values_list("member__name", flat=True)) == {
        "Eve",
        "Fay",
        "Lou",
    }


def test_signing_knows_only_sending(lou: Client, plant: make.Plant) -> None:
    motion = make.published_motion(plant)
    assert lou.get(f"/bakery/proposals/{motion.pk}/support/").status_code == 405
    assert lou.post(f"/bakery/proposals/{motion.pk}/").status_code == 405
    assert lou.post("/bakery/proposals/").status_code == 405


@pytest.mark.parametrize(
    ("who", "age", "reason"),
    [
        ("eve", 20, "Your signature is under it already; it counts once."),
        ("max", 20, "Only full members have a vote; people on trial or hired have a voice."),
        ("oz", 20, "There is no vote in this standing: suspended."),
        ("lou", 200, "The time for collecting support is over."),
    ],
)
def test_a_signature_that_cannot_be_taken(
    client: Client, plant: make.Plant, who: str, age: int, reason: str
) -> None:
    motion = make.published_motion(plant, at=make.now() - make.days(age))
    make.sign_in(client, plant.people[who])
    before = client.get(f"/bakery/proposals/{motion.pk}/")
    assert "Sign it" not in words(before)
    answer = client.post(f"/bakery/proposals/{motion.pk}/support/")
    assert answer.status_code == 409
    assert reason in words(answer)
    assert Support.objects.filter(proposal=motion).count() == 1


def test_an_admitted_proposal_takes_no_more_signatures(lou: Client, plant: make.Plant) -> None:
    motion = make.supported_motion(plant)
    assert "Sign it" not in words(lou.get(f"/bakery/proposals/{motion.pk}/"))
    answer = lou.post(f"/bakery/proposals/{motion.pk}/support/")
    assert answer.status_code == 409
    assert "It is not looking for support now. State: admitted." in words(answer)


def test_one_page_asks_as_much_for_two_signers_as_for_many(client: Client) -> None:
    asked = set()
    for slug, people in (("few", 0), ("many", 108)):  # a quarter of the register signs
        plant = make.plant(slug)
        crowd = [make.member(plant.cooperative, 100 + n, f"Worker {n}") for n in range(people)]
        motion = make.published_motion(plant, at=make.now() - make.days(1))
        for who in [plant.fay, *crowd][: (motion.support_needed or 0) - 2]:
            actions.support(proposal=motion, by=who, at=make.now())
        make.sign_in(client, plant.lou)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/{slug}/proposals/{motion.pk}/").status_code == 200
        asked.add((len(seen), Support.objects.filter(proposal=motion).count()))
    assert asked == {(14, 2), (14, 29)}


# --- Its facts, drawn once for all readers ----------------------------------------------------------------------------


def test_what_is_counted_and_ruled_is_on_the_next_page_of_everybody(plant: make.Plant, watch: Watch) -> None:
    watch.warm = True
    lou, kim = (make.sign_in(Client(), who) for who in (plant.lou, plant.kim))
    decision = make.open_vote(plant)
    address = f"/bakery/proposals/{decision.proposal_id}/"
    assert "Being voted" in words(lou.get(address))
    count(decision, plant)
    for reader in (kim, lou):
        page = words(reader.get(address))
        assert "Being voted" not in page
        assert f"{plant.assembly.name}: not carried, 0 to 0" in page
    assert "more than half" in page
    adopt_bylaws(
        cooperative=plant.cooperative,
        changes={"majority_ordinary": "2/3"},
        valid_from=plant.cooperative.day_of(make.now()),
        adopted_by="GA 2026-1",
        by=plant.bo.actor,
        at=make.now(),
    )
    assert "more than half" not in words(kim.get(address))


def test_two_proposals_alike_keep_their_own_number_and_reasons(lou: Client, plant: make.Plant) -> None:
    first, second = (
        make.published_motion(plant, title="A longer lunch", reasons=why)
        for why in ("", "It is *too* short.")
    )
    for motion, why in ((first, False), (second, True), (first, False)):
        page = lou.get(f"/bakery/proposals/{motion.pk}/").content.decode()
        assert f'<p class="kicker">Motion {motion.label}</p>' in page
        assert ("<em>too</em>" in page) is why
