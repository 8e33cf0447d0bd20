"""The pages of a closed urn: opened and counted, saved, destroyed; and the page on which anybody checks an envelope."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, SealedUrn
from coop.ballots.sealed import merkle
from coop.meetings import actions as meetings
from coop.meetings.ways import Way
from tests import make, make_votes

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    plant = make.plant(bylaws=make_votes.ON_SCREENS)
    make_votes.commission(plant)
    return plant


@pytest.fixture
def codes() -> dict[int, str]:
    return {}


@pytest.fixture
def receipts() -> dict[str, str]:
    """Name -> what that voter took home."""
    return {}


@pytest.fixture
def ballot(plant: make.Plant, codes: dict[int, str], receipts: dict[str, str]) -> Ballot:
    """Closed; Ana, Bo and Eve have voted on screens, and a motion tied by nobody: for, for, against."""
    made = make_votes.drawn_up(plant, secrecy="secret", title="A <new> oven")
    codes |= make_votes.with_key(made, plant)
    made = ballots.open_ballot(ballot=made, present=(), by=plant.hal.actor, at=make.now())
    for name, answer in (("ana", "for"), ("bo", "for"), ("eve", "against")):
        receipts[name] = ballots.cast_secret(
            ballot=made,
            answers={1: answer},
            form=f"{plant.people[name].pk:032x}",
            by=plant.people[name],
            at=make.now(),
        ).words
    return ballots.close(ballot=made, by=plant.hal.actor, at=make.now())


def at(ballot: Ballot, more: str) -> str:
    return f"/bakery/ballots/{ballot.pk}/{more}/"


# --- Opening ---------------------------------------------------------------------------------------------------------


def test_two_trustees_open_and_everything_is_counted(
    plant: make.Plant, ballot: Ballot, codes: dict[int, str]
) -> None:
    client = make.sign_in(Client(), plant.kim)
    assert b"The urn holds 3 envelopes" in client.get(at(ballot, "urn/open")).content
    answer = client.post(at(ballot, "urn/open"), {"code_1": codes[1], "code_3": codes[3]})
    assert (answer.status_code, answer.headers["Location"]) == (302, at(ballot, "result"))
    ballot.refresh_from_db()
    assert ballot.state == "counted"
    assert client.get(at(ballot, "urn/open")).status_code == 200
    again = client.post(at(ballot, "urn/open"), {"code_1": codes[1], "code_3": codes[3]})
    assert again.status_code == 409


def test_wrong_codes_open_nothing(plant: make.Plant, ballot: Ballot, codes: dict[int, str]) -> None:
    client = make.sign_in(Client(), plant.gus)
    answer = client.post(at(ballot, "urn/open"), {"code_1": codes[1], "code_3": codes[2]})
    assert answer.status_code == 422
    assert codes[1] not in answer.content.decode()
    ballot.refresh_from_db()
    assert ballot.state == "closed"
    assert SealedUrn.objects.get(ballot=ballot).opened_at is None


def test_a_tie_that_waits_for_the_chair_asks_for_it_and_opens_then(plant: make.Plant) -> None:
    made = make_votes.drawn_up(plant, secrecy="secret", tie_rule="chair_decides")
    given = make_votes.with_key(made, plant)
    made = ballots.open_ballot(ballot=made, present=(), by=plant.hal.actor, at=make.now())
    for name, answer in (("ana", "for"), ("eve", "against")):
        who = plant.people[name]
        ballots.cast_secret(ballot=made, answers={1: answer}, form=f"{who.pk:032x}", by=who, at=make.now())
    ballots.close(ballot=made, by=plant.hal.actor, at=make.now())
    typed = {"code_1": given[1], "code_2": given[2]}
    for somebody in (plant.gus, plant.jo):  # of the commission, and a trustee: neither is the chair
        other = make.sign_in(Client(), somebody).post(at(made, "urn/open"), {**typed, "chair": "for"})
        assert other.status_code == 409
        assert b'name="chair"' not in other.content
    client = make.sign_in(Client(), plant.bo)
    first = client.post(at(made, "urn/open"), typed)
    made.refresh_from_db()
    assert first.status_code == 409
    assert made.state == "closed"
    assert b'name="chair"' in first.content
    assert client.post(at(made, "urn/open"), {**typed, "chair": "against"}).status_code == 302
    made.refresh_from_db()
    assert made.state == "counted"


def test_the_decision_of_a_meeting_is_numbered_when_its_urn_is_opened(plant: make.Plant) -> None:
    item = make.meeting_in_session(plant).items.get(number=2)
    ready = meetings.prepare_vote(item=item, way=Way.SECRET_SCREENS, by=plant.bo, at=make.now())
    given = make_votes.with_key(ready.ballot, plant)
    vote = meetings.open_vote(item=item, way=Way.SECRET_SCREENS, by=plant.bo, at=make.now())
    for name in ("ana", "eve", "fay"):
        who = plant.people[name]
        ballots.cast_secret(
            ballot=vote.ballot, answers={1: "for"}, form=f"{who.pk:032x}", by=who, at=make.now()
        )
    meetings.close_vote(item=item, by=plant.bo, at=make.now())
    client = make.sign_in(Client(), plant.jo)
    answer = client.post(at(vote.ballot, "urn/open"), {"code_1": given[1], "code_2": given[2]})
    assert answer.status_code == 302
    vote.refresh_from_db()
    assert (vote.outcome, vote.number) == ("carried", 1)


def test_before_closing_nothing_is_opened_or_saved(plant: make.Plant) -> None:
    made = make_votes.drawn_up(plant, secrecy="secret")
    given = make_votes.with_key(made, plant)
    client = make.sign_in(Client(), plant.gus)
    for page in ("urn/open", "urn/export", "urn/destroy", "check", "trackers"):
        assert client.get(at(made, page)).status_code == 404, page  # a draft is nobody's to open
    ballots.open_ballot(ballot=made, present=(), by=plant.hal.actor, at=make.now())
    assert client.post(at(made, "urn/open"), {"code_1": given[1], "code_2": given[2]}).status_code == 409
    assert client.get(at(made, "urn/export")).status_code == 404
    assert client.get(at(made, "trackers")).status_code == 404
    assert b"The vote is still open" in Client().get(at(made, "check")).content


def test_the_urn_is_saved_as_a_file_by_those_who_may(plant: make.Plant, ballot: Ballot) -> None:
    answer = make.sign_in(Client(), plant.jo).get(at(ballot, "urn/export"))
    assert "attachment" in answer.headers["Content-Disposition"]
    assert json.loads(answer.content)["root"] == SealedUrn.objects.get(ballot=ballot).root
    assert make.sign_in(Client(), plant.eve).get(at(ballot, "urn/export")).status_code == 404


def test_destroying_is_put_on_record(plant: make.Plant, ballot: Ballot, codes: dict[int, str]) -> None:
    client = make.sign_in(Client(), plant.gus)
    assert client.post(at(ballot, "urn/destroy"), {"note": "In the yard"}).status_code == 409
    ballots.open_urn(ballot=ballot, codes=make_votes.two(codes), by=plant.gus, at=make.now())
    assert client.post(at(ballot, "urn/destroy"), {"note": "   "}).status_code == 422
    assert client.post(at(ballot, "urn/destroy"), {"note": "In the yard"}).status_code == 302
    assert b"In the yard" in client.get(at(ballot, "urn/destroy")).content


# --- Checking an envelope --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [str, str.lower, lambda words: words.replace("-", " "), lambda words: f" {words.replace('0', 'o')}\n"],
)
def test_anybody_finds_their_envelope_without_signing_in(
    plant: make.Plant, ballot: Ballot, receipts: dict[str, str], typed: Any
) -> None:
    for words in receipts.values():
        answer = Client().post(at(ballot, "check"), {"words": typed(words)})
        assert answer.status_code == 200
        assert b"This envelope is in the urn" in answer.content
        assert words in answer.content.decode()
        found = answer.context["found"]
        root = bytes.fromhex(SealedUrn.objects.get(ballot=ballot).root or "")
        path = [bytes.fromhex(one) for one in found["path"]]
        entry = bytes.fromhex(found["tracker"])
        assert merkle.proves(entry, place=found["number"] - 1, size=3, path=path, root=root)


def test_an_envelope_that_is_not_there(plant: make.Plant, ballot: Ballot, receipts: dict[str, str]) -> None:
    words = receipts["ana"]
    other = ("1" if words[0] != "1" else "2") + words[1:]
    answer = Client().post(at(ballot, "check"), {"words": other})
    assert (answer.status_code, b"is not in the urn" in answer.content) == (200, True)


@pytest.mark.parametrize(
    "words", ["", "abc", "U" * 26, "0" * 27, "<script>", "\x00" * 26, "٣" * 26, "0" * 5000]
)
def test_what_is_no_receipt(plant: make.Plant, ballot: Ballot, words: str) -> None:
    answer = Client().post(at(ballot, "check"), {"words": words})
    assert answer.status_code == 422
    assert b"<script>\n" not in answer.content


def test_two_receipts_at_once_are_refused(
    plant: make.Plant, ballot: Ballot, receipts: dict[str, str]
) -> None:
    answer = Client().post(at(ballot, "check"), {"words": [receipts["ana"], receipts["bo"]]})
    assert answer.status_code == 422


def test_the_list_gives_the_root(plant: make.Plant, ballot: Ballot, receipts: dict[str, str]) -> None:
    answer = Client().get(at(ballot, "trackers/file"))
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="envelopes-{ballot.pk}.txt"'
    lines = [line.split() for line in answer.content.decode().splitlines() if not line.startswith("#")]
    root = SealedUrn.objects.get(ballot=ballot).root
    assert merkle.root([bytes.fromhex(tracker) for tracker, _words in lines]).hex() == root
    assert {words for _tracker, words in lines} == set(receipts.values())
    assert root in answer.content.decode()


def test_the_list_is_a_page_with_a_way_back(
    plant: make.Plant, ballot: Ballot, receipts: dict[str, str]
) -> None:
    page = Client().get(at(ballot, "trackers")).content.decode()
    assert all(f"<code>{words}</code>" in page for words in receipts.values())
    assert f'href="{at(ballot, "check")}"' in page
    assert f'href="{at(ballot, "trackers/file")}"' in page
    assert SealedUrn.objects.get(ballot=ballot).root in page.replace(" ", "")


def test_an_envelope_taken_out_behind_our_back_is_seen(
    plant: make.Plant, ballot: Ballot, receipts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The root was written at closing; a list without one of its lines gives another."""
    from coop.pages.counting import checking

    whole = checking._trackers
    monkeypatch.setattr(checking, "_trackers", lambda found: whole(found)[:-1])
    said = [
        Client().post(at(ballot, "check"), {"words": words}).content.decode() for words in receipts.values()
    ]
    assert sum("Tell the electoral commission" in one for one in said) == 2
    assert sum("is not in the urn" in one for one in said) == 1


def test_a_vote_without_an_urn_has_no_such_page(plant: make.Plant) -> None:
    made = make_votes.opened(plant)
    assert Client().get(at(made, "check")).status_code == 404


def test_the_signs_of_an_envelope_stand_in_no_address(
    plant: make.Plant, ballot: Ballot, receipts: dict[str, str]
) -> None:
    asked = Client().get(at(ballot, "check"), {"words": receipts["ana"]})
    assert b"This envelope is in the urn" not in asked.content
