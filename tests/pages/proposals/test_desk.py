"""The writing desk: writing, writing again, publishing, withdrawing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from coop.proposals import actions
from coop.proposals.models import Proposal
from coop.proposals.wording import LONGEST_CLAUSE, MOST_CLAUSES
from tests import make

pytestmark = pytest.mark.django_db

WRITE = "/bakery/proposals/write/"
TYPED: dict[str, Any] = {
    "title": "Showers for the night crew",
    "clauses": ["Two showers beside the ovens.", "", "Hot water until six."],
    "matter": "ordinary",
    "reasons": "We go home in flour.",
}


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def eve(client: Client, plant: make.Plant) -> Client:
    return make.sign_in(client, plant.eve)


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def boxes(answer: Any) -> list[str]:
    return re.findall(
        r'<textarea id="id_clause_\d+"[^>]*>\n(.*?)</textarea>', answer.content.decode(), re.DOTALL
    )


def texts(proposal: Proposal) -> list[str]:
    return [clause.text for clause in proposal.clauses.all()]


# --- Writing --------------------------------------------------------------------------------------------------------


def test_the_desk_says_which_majority_each_matter_needs(client: Client) -> None:
    plant = make.plant(bylaws={"majority_statute": "2/3", "base_statute": "present"})
    make.sign_in(client, plant.eve)
    answer = client.get(WRITE)
    assert boxes(answer) == ["", ""]
    page = words(answer)
    assert (
        "Ordinary business. To be carried it needs more than half of the votes for and against; "
        "abstentions are not counted." in page
    )
    assert (
        "Change of the statute. To be carried it needs at least two thirds of "
        "everybody present at the moment of the vote." in page
    )


def test_saving_makes_a_draft_and_leaves_out_empty_boxes(eve: Client, plant: make.Plant) -> None:
    answer = eve.post(WRITE, TYPED | {"do": "save"}, follow=True)
    written = Proposal.objects.get()
    assert answer.redirect_chain == [(f"/bakery/proposals/{written.pk}/", 302)]
    assert (written.title, written.state, written.author, written.matter, written.reasons) == (
        "Showers for the night crew",
        "draft",
        plant.eve,
        "ordinary",
        "We go home in flour.",
    )
    assert texts(written) == ["Two showers beside the ovens.", "Hot water until six."]
    assert "Saved as a draft. Only you see it until you publish it." in words(answer)


def test_another_clause_is_a_button_that_loses_nothing(eve: Client) -> None:
    answer = eve.post(WRITE, TYPED | {"do": "add"})
    assert answer.status_code == 200
    assert boxes(answer) == [*TYPED["clauses"], ""]
    html = answer.content.decode()
    assert 'value="Showers for the night crew"' in html
    assert "We go home in flour." in html
    assert re.search(r'<textarea id="id_clause_4"[^>]* autofocus>', html)
    assert 'role="alert"' not in html
    assert not Proposal.objects.exists()


def test_a_half_written_paper_may_grow_a_clause_too(eve: Client) -> None:
    answer = eve.post(WRITE, {"do": "add", "clauses": ["<b>half</b>"]})
    assert answer.status_code == 200
    assert boxes(answer) == ["&lt;b&gt;half&lt;/b&gt;", ""]


def test_a_preview_shows_it_and_saves_nothing(eve: Client) -> None:
    answer = eve.post(WRITE, TYPED | {"do": "preview"})
    assert answer.status_code == 200
    preview = answer.context["preview"]
    assert [(clause["number"], clause["text"]) for clause in preview["clauses"]] == [
        (1, "Two showers beside the ovens."),
        (2, "Hot water until six."),
    ]
    assert "It is not saved yet." in words(answer)
    assert boxes(answer) == TYPED["clauses"]
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": ""}, "A proposal needs a title."),
        ({"title": "   "}, "A proposal needs a title."),
        ({"title": "x" * 161}, "at most 160 characters"),
        ({"title": ["One", "Two"]}, "Two answers came for one question."),
        ({"title": "Show\x00ers"}, "Some letters of this did not arrive whole. Please type them again."),
        ({"clauses": []}, "A proposal needs at least one clause with words in it."),
        ({"clauses": ["", "  \n "]}, "A proposal needs at least one clause with words in it."),
        ({"clauses": ["Two\x00 showers."]}, "There is a character in it that cannot be stored."),
        (
            {"clauses": ["x", "y" * (LONGEST_CLAUSE + 1)]},
            "Clause 2 is longer than 5000 characters. Split it.",
        ),
        ({"clauses": ["x"] * (MOST_CLAUSES + 1)}, "At most 200 clauses"),
        ({"matter": "treason"}, "treason is not one of the available choices."),
        ({"matter": ""}, "This field is required."),
        ({"matter": ["ordinary", "statute"]}, "Two answers came for one question."),
        ({"reasons": "be\x00cause"}, "Some letters of this did not arrive whole. Please type them again."),
        ({"reasons": "x" * 20_001}, "at most 20000 characters"),
    ],
)
@pytest.mark.parametrize("do", ["save", "preview"])
def test_what_cannot_be_taken_comes_back_as_typed(
    eve: Client, change: dict[str, Any], said: str, do: str
) -> None:
    answer = eve.post(WRITE, TYPED | {"do": do} | change)
    assert answer.status_code == 422
    assert said in words(answer)
    assert "What you typed is still here." in words(answer)
    assert boxes(answer) == [text.strip("\n") for text in (TYPED | change)["clauses"]]
    assert not Proposal.objects.exists()


def test_a_paper_of_more_fields_than_a_form_carries_is_too_large(eve: Client) -> None:
    assert eve.post(WRITE, TYPED | {"clauses": ["x"] * 300}).status_code == 413
    assert not Proposal.objects.exists()


def test_a_title_is_one_line(eve: Client) -> None:
    eve.post(WRITE, TYPED | {"title": "Showers\n\n1. for   all"})
    assert Proposal.objects.get().title == "Showers 1. for all"


@pytest.mark.parametrize(
    ("who", "reason"),
    [("max", "Only full members have a vote"), ("oz", "There is no vote in this standing: suspended.")],
)
def test_who_may_not_put_forward_keeps_what_was_typed(
    client: Client, plant: make.Plant, who: str, reason: str
) -> None:
    make.sign_in(client, plant.people[who])
    before = client.get(WRITE)
    assert reason in words(before)
    assert boxes(before) == []
    answer = client.post(WRITE, TYPED | {"do": "save"})
    assert answer.status_code == 409
    assert reason in words(answer)
    assert boxes(answer) == TYPED["clauses"]
    assert not Proposal.objects.exists()


# --- Writing again --------------------------------------------------------------------------------------------------


def test_a_draft_can_be_written_again(eve: Client, plant: make.Plant) -> None:
    draft = make.motion(plant)
    address = f"/bakery/proposals/{draft.pk}/rewrite/"
    page = eve.get(address)
    assert boxes(page) == ["On Mondays the canteen serves ninety lunches.", "Pupils enter by the east gate."]
    assert 'name="revision" value="1"' in page.content.decode()
    answer = eve.post(address, TYPED | {"revision": "1", "matter": "statute", "do": "save"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/bakery/proposals/{draft.pk}/")
    draft.refresh_from_db()
    assert (draft.title, draft.matter, draft.revision) == ("Showers for the night crew", "statute", 2)
    assert texts(draft) == ["Two showers beside the ovens.", "Hot water until six."]


def test_saved_elsewhere_meanwhile_keeps_both(eve: Client, plant: make.Plant) -> None:
    draft = make.motion(plant)
    address = f"/bakery/proposals/{draft.pk}/rewrite/"
    actions.rewrite(
        proposal=draft, title="Canteen for all", clauses=["Every day."], reasons="", matter="ordinary",
        revision=1, by=plant.eve, at=make.now(),
    )  # fmt: skip
    answer = eve.post(address, TYPED | {"revision": "1", "do": "save"})
    assert answer.status_code == 409
    page = words(answer)
    assert "This was saved from another screen meanwhile." in page
    assert boxes(answer) == TYPED["clauses"]  # what was typed
    assert "What is stored now" in page  # beside what is stored
    assert "Canteen for all" in page
    assert "Every day." in page
    draft.refresh_from_db()
    assert texts(draft) == ["Every day."]

    assert 'name="revision" value="2"' in answer.content.decode()
    assert eve.post(address, TYPED | {"revision": "2", "do": "save"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.revision) == ("Showers for the night crew", 3)


@pytest.mark.parametrize("revision", [None, "", "x", "0", "-1", "1.5", "9" * 5000, "\x00", ["1", "1"]])
def test_a_revision_that_cannot_be_read(eve: Client, plant: make.Plant, revision: Any) -> None:
    draft = make.motion(plant)
    typed = TYPED | ({} if revision is None else {"revision": revision})
    answer = eve.post(f"/bakery/proposals/{draft.pk}/rewrite/", typed)
    assert answer.status_code == 422
    assert boxes(answer) == TYPED["clauses"]
    draft.refresh_from_db()
    assert draft.revision == 1


def test_adding_a_clause_keeps_the_revision_on_the_screen(eve: Client, plant: make.Plant) -> None:
    draft = make.motion(plant)
    answer = eve.post(f"/bakery/proposals/{draft.pk}/rewrite/", TYPED | {"revision": "1", "do": "add"})
    assert 'name="revision" value="1"' in answer.content.decode()
    assert len(boxes(answer)) == 4


def test_published_words_stay(eve: Client, plant: make.Plant) -> None:
    motion = make.published_motion(plant)
    address = f"/bakery/proposals/{motion.pk}/rewrite/"
    assert eve.get(address).status_code == 409
    answer = eve.post(address, TYPED | {"revision": str(motion.revision), "do": "save"})
    assert answer.status_code == 409
    assert "its words stay as they were signed" in words(answer)
    assert boxes(answer) == TYPED["clauses"]
    assert texts(motion)[0] == "On Mondays the canteen serves ninety lunches."


def test_nobody_else_rewrites_publishes_or_withdraws(client: Client, plant: make.Plant) -> None:
    motion = make.published_motion(plant)
    make.sign_in(client, plant.lou)
    for more in ("rewrite/", "publish/", "withdraw/"):
        answer = client.post(
            f"/bakery/proposals/{motion.pk}/{more}", TYPED | {"revision": str(motion.revision)}
        )
        assert answer.status_code == 409
        assert "Only whoever wrote it may do this." in words(answer)
    draft = make.motion(plant)
    for more in ("rewrite/", "publish/", "withdraw/"):
        assert client.post(f"/bakery/proposals/{draft.pk}/{more}", TYPED).status_code == 404
    motion.refresh_from_db()
    assert motion.state == "open"


# --- Publishing -----------------------------------------------------------------------------------------------------


def test_publishing_asks_first_and_says_that_the_words_stay(eve: Client, plant: make.Plant) -> None:
    draft = make.motion(plant)
    address = f"/bakery/proposals/{draft.pk}/publish/"
    page = words(eve.get(address))
    assert "From now on its words stay as they are." in page
    assert "On Mondays the canteen serves ninety lunches." in page
    draft.refresh_from_db()
    assert draft.state == "draft"

    answer = eve.post(address, {"revision": "1"}, follow=True)
    draft.refresh_from_db()
    assert (draft.state, draft.number, draft.support_needed) == ("open", 1, 3)
    assert f"It is published as {draft.label} and carries your signature." in words(answer)


def test_words_that_changed_since_they_were_read_are_read_again(eve: Client, plant: make.Plant) -> None:
    draft = make.motion(plant)
    actions.rewrite(
        proposal=draft, title="Canteen for all", clauses=["Every day."], reasons="", matter="ordinary",
        revision=1, by=plant.eve, at=make.now(),
    )  # fmt: skip
    answer = eve.post(f"/bakery/proposals/{draft.pk}/publish/", {"revision": "1"})
    assert answer.status_code == 409
    assert "Read them again, then publish." in words(answer)
    assert "Every day." in words(answer)
    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.parametrize("sent", [{}, {"revision": ""}, {"revision": "x\x00"}, {"revision": ["1", "1"]}])
def test_a_confirmation_that_cannot_be_read(eve: Client, plant: make.Plant, sent: dict[str, Any]) -> None:
    draft = make.motion(plant)
    assert eve.post(f"/bakery/proposals/{draft.pk}/publish/", sent).status_code == 422
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_publishing_twice_is_refused(eve: Client, plant: make.Plant) -> None:
    motion = make.published_motion(plant)
    assert "It has been published" in words(eve.get(f"/bakery/proposals/{motion.pk}/publish/"))
    answer = eve.post(f"/bakery/proposals/{motion.pk}/publish/", {"revision": str(motion.revision)})
    assert answer.status_code == 409
    assert "It has been published" in words(answer)


# --- Withdrawing ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["motion", "published_motion", "supported_motion"])
def test_withdrawing_asks_first(eve: Client, plant: make.Plant, stage: str) -> None:
    found = getattr(make, stage)(plant)
    address = f"/bakery/proposals/{found.pk}/withdraw/"
    before = found.state
    assert "Withdraw it" in words(eve.get(address))
    found.refresh_from_db()
    assert found.state == before
    answer = eve.post(address, follow=True)
    assert answer.status_code == 200
    found.refresh_from_db()
    assert found.state == "withdrawn"


def test_on_an_agenda_it_belongs_to_the_meeting(eve: Client, plant: make.Plant) -> None:
    motion = make.supported_motion(plant)
    make.convened_meeting(plant, motions=[motion])
    reason = "It stands on an agenda and belongs to the meeting now."
    assert reason in words(eve.get(f"/bakery/proposals/{motion.pk}/"))
    page = eve.get(f"/bakery/proposals/{motion.pk}/withdraw/")
    assert reason in words(page)
    assert 'class="button button--primary"' not in page.content.decode()
    answer = eve.post(f"/bakery/proposals/{motion.pk}/withdraw/")
    assert answer.status_code == 409
    assert reason in words(answer)
    motion.refresh_from_db()
    assert motion.state == "tabled"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "head"])
def test_only_looking_and_sending_are_known(eve: Client, plant: make.Plant, method: str) -> None:
    draft = make.motion(plant)
    here = f"/bakery/proposals/{draft.pk}"
    for address in (WRITE, f"{here}/rewrite/", f"{here}/publish/", f"{here}/withdraw/"):
        assert getattr(eve, method)(address).status_code == 405
