"""Amendments on the pages: reading a text with them, one of them, signing, taking in, giving up, putting in order."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.decisions.models import Backing, Decision
from coop.meetings import actions as meetings
from coop.members.models import Body, Member
from coop.proposals import actions as proposals
from coop.proposals.amending import Change, Insert, Words
from coop.proposals.models import Amendment, DeclaredContrary, OrderMove, Proposal
from tests import make, make_council

pytestmark = pytest.mark.django_db

HOURS = "Hours of others may not be more than six per cent of all hours."
HIRING = "Nobody is hired except for trial or to replace somebody on leave."
VOICE = "Hired people take part in the council with a voice."
FOUR, EIGHT = Words(1, HOURS.replace("six", "four")), Words(1, HOURS.replace("six", "eight"))
VOTE = Words(3, VOICE.replace("voice", "vote"))


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def text(plant: make.Plant) -> Proposal:
    return make.supported_motion(plant, title="Hired work", clauses=[HOURS, HIRING, VOICE])


@pytest.fixture
def clients(plant: make.Plant) -> Any:
    """clients.lou: a browser in which Lou is signed in."""

    class Clients:
        def __getattr__(self, name: str) -> Client:
            return make.sign_in(Client(), plant.people[name])

    return Clients()


def moved(proposal: Proposal, *changes: Change, by: Member, **more: Any) -> Amendment:
    return proposals.submit(proposal=proposal, changes=changes, by=by, at=make.now(), **more)


def admitted(proposal: Proposal, *changes: Change, by: Member, **more: Any) -> Amendment:
    made = moved(proposal, *changes, by=by, **more)
    proposals.admit(amendment=made, by=by.actor, at=make.now())
    return made


def words(answer: Any) -> str:
    html = re.sub(r"<(/?)(del|ins|a|strong|b|span)\b[^>]*>", "", answer.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def at(amendment: Amendment, verb: str = "") -> str:
    return f"/bakery/amendments/{amendment.pk}/" + (f"{verb}/" if verb else "")


def of(proposal: Proposal, verb: str = "") -> str:
    return f"/bakery/proposals/{proposal.pk}/" + (f"{verb}/" if verb else "")


def state_of(amendment: Amendment) -> str:
    return Amendment.objects.get(pk=amendment.pk).state


def decided(plant: make.Plant, body: Body) -> Decision:
    """The council has carried something."""
    meeting = make_council.in_session(plant, body, motions=[make_council.motion(plant, body, title="Four")])
    item = meeting.items.get(number=2)
    decision = meetings.open_vote(item=item, by=plant.eve, at=make.now())
    for name in ("eve", "fay", "gus"):
        make.cast(decision.ballot, plant.people[name])
    return meetings.close_vote(item=item, by=plant.eve, at=make.now())


def test_where_everybody_wants_the_same_place_five_are_told_and_the_rest_counted(
    plant: make.Plant, text: Proposal, clients: Any
) -> None:
    eight = [
        admitted(text, Insert(3, f"The figure is posted, {number}."), by=plant.fay) for number in range(8)
    ]
    page = words(clients.lou.get(of(text)))
    pulls = "It pulls against A%d: both put something in at one place."
    assert [page.count(pulls % number) for number in (1, 2, 6, 7, 8)] == [7, 7, 5, 0, 0]
    assert page.count("It clashes with 2 more.") == 8
    own = words(clients.lou.get(f"/bakery/amendments/{eight[0].pk}/"))
    assert [own.count(pulls % number) for number in (1, 2, 6, 7, 8)] == [0, 1, 1, 1, 1]
    assert "more." not in own


def test_a_text_is_read_with_each_change_beside_its_clause(
    plant: make.Plant, text: Proposal, clients: Any
) -> None:
    admitted(text, FOUR, by=plant.eve)
    admitted(text, EIGHT, by=plant.bo)
    admitted(text, Insert(3, "The figure is posted."), by=plant.fay)
    answer = clients.lou.get(of(text))
    html, page = answer.content.decode(), words(answer)
    assert "more than <del>six</del> <ins>four</ins> per cent" in html
    assert "In clause 1: ‘six’ becomes ‘four’." in page
    assert "It cannot stand together with A2: both change ‘six’." in page
    assert "After clause 3 a clause is put in: ‘The figure is posted.’" in page
    assert "To clause 1 it goes as far as the next, 2 words, and came before it." in page
    assert "The last of those to clause 1: it changes 2 words, no more than the one before it." in page
    assert "Nothing else is asked for at clause 3." in page


def test_the_page_of_one_says_what_it_asks_for_and_offers_the_signature(
    plant: make.Plant, text: Proposal, clients: Any
) -> None:
    one = moved(text, FOUR, by=plant.fay, reasons="**Because** <script>alert(1)</script>")
    answer = clients.lou.get(at(one))
    page = words(answer)
    assert "In clause 1: ‘six’ becomes ‘four’." in page
    assert "1 of 5" in page
    assert "<strong>Because</strong>" in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()
    assert clients.lou.post(at(one, "sign")).headers["Location"] == at(one)
    assert "Your signature is under it." in words(clients.lou.get(at(one)))
    again = clients.lou.post(at(one, "sign"))
    assert again.status_code == 409
    assert "Your signature is under it already; it counts once." in words(again)
    assert one.supports.count() == 2


def test_a_common_text_is_not_carried_to_the_vote_by_a_signature(
    plant: make.Plant, text: Proposal, clients: Any
) -> None:
    four, eight = admitted(text, FOUR, by=plant.eve), admitted(text, EIGHT, by=plant.bo)
    seven = Words(1, HOURS.replace("six", "seven"))
    common = proposals.propose_common(parts=[four, eight], changes=[seven], by=plant.eve, at=make.now())
    assert clients.lou.post(at(common, "sign")).status_code == 409
    assert state_of(common) == "submitted"


def test_the_mover_takes_one_in_and_nobody_else_does(plant: make.Plant, text: Proposal, clients: Any) -> None:
    one = admitted(text, FOUR, by=plant.fay)
    assert "Take it in" not in words(clients.lou.get(at(one)))
    refused = clients.lou.post(at(one, "accept"))
    assert refused.status_code == 409
    assert "Only whoever moves the text may take an amendment into it." in words(refused)
    assert "Take it in" in words(clients.eve.get(at(one)))
    assert clients.eve.post(at(one, "accept")).status_code == 302
    assert state_of(one) == "accepted"
    clean = words(clients.lou.get(of(text, "as-it-stands")))
    assert "With what was carried, and what the mover took in: A1." in clean
    assert FOUR.text in clean
    marked = clients.lou.get(of(text, "as-it-stands") + "?marked=1")
    assert "<del>six</del> <ins>four</ins>" in marked.content.decode()
    assert "A1. In clause 1: ‘six’ becomes ‘four’." in words(marked)


def test_the_author_withdraws_with_a_word(plant: make.Plant, text: Proposal, clients: Any) -> None:
    one = admitted(text, FOUR, by=plant.fay)
    assert clients.lou.get(at(one, "withdraw")).status_code == 409
    assert clients.lou.post(at(one, "withdraw"), {"because": "x"}).status_code == 409
    assert clients.fay.get(at(one, "withdraw")).status_code == 200
    long = clients.fay.post(at(one, "withdraw"), {"because": "y" * 501})
    assert long.status_code == 422
    assert "y" * 501 in long.content.decode()
    assert clients.fay.post(at(one, "withdraw"), {"because": "Four is too few."}).status_code == 302
    assert state_of(one) == "withdrawn"
    assert "Withdrawn, because: Four is too few." in words(clients.lou.get(at(one)))


def test_whoever_calls_the_assembly_turns_one_down_with_the_reason(
    plant: make.Plant, text: Proposal, clients: Any
) -> None:
    one = moved(text, FOUR, by=plant.fay)
    assert clients.bo.post(at(one, "turn-down"), {"because": "No."}).status_code == 409
    bare = clients.ana.post(at(one, "turn-down"), {"because": "  \u200b "})
    assert bare.status_code == 422
    assert "Give the reason; it will be read by everybody." in words(bare)
    assert clients.ana.post(at(one, "turn-down"), {"because": "Of another text."}).status_code == 302
    assert "Turned down, because: Of another text." in words(clients.lou.get(of(text)))


def test_two_are_declared_contrary_by_a_mover_with_the_reason(
    plant: make.Plant, text: Proposal, clients: Any
) -> None:
    one, two = moved(text, FOUR, by=plant.fay), moved(text, VOTE, by=plant.gus)
    answer = {"chosen": two.pk, "because": "One door."}
    assert clients.lou.post(at(one, "contrary"), answer).status_code == 409
    wrong = clients.fay.post(at(one, "contrary"), {"chosen": "9" * 5_000, "because": "One door."})
    assert wrong.status_code == 422
    assert "One door." in wrong.content.decode()
    assert not DeclaredContrary.objects.exists()
    assert clients.fay.post(at(one, "contrary"), answer).status_code == 302
    assert "Fay declared it contrary to A1: One door." in words(clients.lou.get(at(two)))
    assert "It is declared contrary to A2." in words(clients.lou.get(of(text)))


def test_one_is_moved_in_the_order_with_the_reason(plant: make.Plant, text: Proposal, clients: Any) -> None:
    eight, four = admitted(text, EIGHT, by=plant.fay), admitted(text, FOUR, by=plant.gus)
    answer = {"chosen": eight.pk, "because": "The lower figure first."}
    assert clients.gus.post(at(four, "move"), answer).status_code == 409
    assert clients.ana.post(at(four, "move"), {"chosen": eight.pk}).status_code == 422
    assert not OrderMove.objects.exists()
    done = clients.ana.post(at(four, "move"), answer)
    assert done.headers["Location"] == of(text, "order")
    page = words(clients.lou.get(of(text, "order")))
    assert "Whoever leads has put it here, because: The lower figure first." in page
    assert page.index("Amendment A2") < page.index("Amendment A1")
    assert clients.ana.post(at(four, "move"), {"chosen": "last", "because": "No."}).status_code == 302


def test_several_are_voted_together_and_one_by_one_again(
    plant: make.Plant, text: Proposal, clients: Any
) -> None:
    four, eight = admitted(text, FOUR, by=plant.fay), admitted(text, EIGHT, by=plant.gus)
    voice = admitted(text, VOTE, by=plant.bo)
    assert clients.fay.post(of(text, "block"), {"part": [four.pk, voice.pk]}).status_code == 409
    clash = clients.ana.post(of(text, "block"), {"part": [four.pk, eight.pk]})
    assert clash.status_code == 409
    assert "A1 and A2 cannot be voted together: they pull apart." in words(clash)
    assert clients.ana.post(of(text, "block"), {}).status_code == 422
    assert clients.ana.post(of(text, "block"), {"part": ["x"]}).status_code == 422
    assert clients.ana.post(of(text, "block"), {"part": [four.pk, voice.pk]}).status_code == 302
    block = Amendment.objects.get(kind="block")
    page = words(clients.lou.get(at(block)))
    assert "A1: In clause 1: ‘six’ becomes ‘four’." in page
    assert "A3: In clause 3: ‘voice’ becomes ‘vote’." in page
    assert "It is voted together with others, as A4." in words(clients.lou.get(of(text)))
    assert clients.ana.post(at(block, "withdraw"), {}).status_code == 302
    assert (state_of(block), state_of(four)) == ("withdrawn", "admitted")


def test_a_common_text_takes_the_place_of_two_when_both_movers_agree(
    plant: make.Plant, text: Proposal, clients: Any
) -> None:
    four, eight = admitted(text, FOUR, by=plant.fay), admitted(text, EIGHT, by=plant.gus)
    chosen = {"chosen": "1", "part": [four.pk]}
    one = clients.fay.get(of(text, "common"), chosen)
    assert one.status_code == 409
    assert "Choose at least two amendments." in words(one)
    begun = clients.fay.get(of(text, "common"), {"chosen": "1", "part": [four.pk, eight.pk]})
    assert FOUR.text in begun.content.decode()
    typed = {"part": [four.pk, eight.pk], "words-1": HOURS.replace("six", "seven"), "reasons": "Both."}
    look = clients.fay.post(of(text, "common"), typed | {"do": "look"})
    assert "In clause 1: ‘six’ becomes ‘seven’." in words(look)
    assert clients.fay.post(of(text, "common"), typed | {"do": "move"}).status_code == 302
    common = Amendment.objects.get(kind="common")
    assert "A2 of Gus has not agreed yet" in words(clients.lou.get(at(common)))
    theirs = common.parts.get(part=eight)
    agree = f"/bakery/amendments/parts/{theirs.pk}/agree/"
    assert clients.lou.post(agree).status_code == 409
    assert "I give up A2 for it" in words(clients.gus.get(at(common)))
    assert clients.gus.post(agree).headers["Location"] == at(common)
    assert [state_of(one) for one in (four, eight, common)] == ["replaced", "replaced", "admitted"]
    assert "A3, a common text, takes its place." in words(clients.lou.get(at(four)))


def test_a_council_moves_one_and_names_its_decision(plant: make.Plant, text: Proposal, clients: Any) -> None:
    body = make_council.council(plant)
    decision = decided(plant, body)
    page = clients.fay.get(of(text, "amend") + "?words=1").content.decode()
    assert "Council of the ovens" in page
    assert "In whose name?" not in clients.lou.get(of(text, "amend") + "?words=1").content.decode()
    typed = {"words-1": FOUR.text, "on_behalf_of": body.code, "do": "move"}
    assert (
        clients.lou.post(of(text, "amend"), typed).status_code == 302
    )  # a name that is not theirs is not asked
    assert Amendment.objects.get().on_behalf_of is None
    typed["words-1"] = EIGHT.text
    assert clients.fay.post(of(text, "amend"), typed).status_code == 302
    one = Amendment.objects.get(on_behalf_of=body)
    assert "waits for the decision of its council" in words(clients.lou.get(at(one)))
    assert clients.lou.get(at(one, "council")).status_code == 409
    assert clients.fay.post(at(one, "council"), {"chosen": "999999999"}).status_code == 422
    assert clients.fay.post(at(one, "council"), {"chosen": decision.pk}).status_code == 302
    assert state_of(one) == "admitted"
    assert Backing.objects.get().decision == decision
    assert f"stands behind it by its decision {decision.label}" in words(clients.lou.get(at(one)))


def test_an_amendment_that_fell_says_through_what(plant: make.Plant, text: Proposal, clients: Any) -> None:
    four, eight = admitted(text, FOUR, by=plant.fay), admitted(text, EIGHT, by=plant.gus)
    proposals.settle_amendment(amendment=four, carried=True, by=plant.bo.actor, at=make.now())
    assert state_of(eight) == "fallen"
    fell = "It fell: one that was carried cannot stand in one text with it (A1)."
    assert fell in words(clients.lou.get(at(eight)))
    assert fell in words(clients.lou.get(of(text)))
    assert "Change clause 1" in words(clients.lou.get(of(text)))


def test_another_plants_amendment_is_not_there(plant: make.Plant, text: Proposal, clients: Any) -> None:
    other = make.plant("quarry")
    foreign = moved(make.supported_motion(other), Words(1, "Sold."), by=other.fay)
    for verb in ("", "amend", "withdraw", "turn-down", "contrary", "move", "council"):
        assert clients.ana.get(at(foreign, verb)).status_code == 404
        assert (
            clients.ana.get(
                f"/bakery/amendments/999999/{verb}/" if verb else "/bakery/amendments/999999/"
            ).status_code
            == 404
        )


def test_thirty_amendments_cost_the_questions_of_one(plant: make.Plant, text: Proposal, clients: Any) -> None:
    first = admitted(text, FOUR, by=plant.fay)
    lou = clients.lou
    pages = (of(text), of(text, "order"), of(text, "as-it-stands"), of(text, "common"), at(first))

    def questions() -> list[int]:
        counts = []
        for page in pages:
            lou.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert lou.get(page).status_code == 200
            counts.append(len(asked))
        return counts

    few = questions()
    for number in range(29):
        admitted(text, Insert(number % 3, f"Clause {number}."), by=plant.fay)
    assert questions() == few


def test_a_long_text_is_read_in_pages(plant: make.Plant, clients: Any) -> None:
    text = make.supported_motion(plant, clauses=[f"Clause {number} stands here." for number in range(1, 46)])
    one = moved(text, Words(44, "Clause 44 falls here."), by=plant.fay)
    first, last = clients.lou.get(of(text)), clients.lou.get(of(text) + "?page=3")
    assert f'id="a-{one.pk}"' not in first.content.decode()
    assert "Page 1 of 3" in words(first)
    assert f'id="a-{one.pk}"' in last.content.decode()
    assert clients.lou.get(of(text) + "?page=4").status_code == 404
    assert clients.lou.get(of(text) + "?page=" + "9" * 5_000).status_code == 404
