"""Papers that cannot be taken: each gets its 4xx with the reason in words, and nothing is stored."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils.http import urlencode

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked
from coop.ballots.models import Ballot, NamedVote, RollEntry
from coop.charter.models import Bylaws
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Attendance
from tests import make

pytestmark = pytest.mark.django_db

FORM = "0123456789abcdef" * 2
NO_CHOICE = "Choose one of the answers."
TWO = "Two answers came for one question."
UNKNOWN = "That answer does not stand on this ballot."
NO_QUESTION = "That question does not stand on this ballot."
NO_PAPER = "This form cannot be read."

UNREADABLE: dict[str, tuple[list[tuple[str, str]], str]] = {
    "no choice": ([("form", FORM)], NO_CHOICE),
    "an empty choice": ([("form", FORM), ("choice", "")], NO_CHOICE),
    "two choices": ([("form", FORM), ("choice", "for"), ("choice", "against")], TWO),
    "the same choice twice": ([("form", FORM), ("choice", "for"), ("choice", "for")], TWO),
    "two names for one question": ([("form", FORM), ("choice", "for"), ("choice-1", "against")], TWO),
    "an unknown choice": ([("form", FORM), ("choice", "yes")], UNKNOWN),
    "a blank behind": ([("form", FORM), ("choice", "for ")], UNKNOWN),
    "a zero width space": ([("form", FORM), ("choice", "for\u200b")], UNKNOWN),
    "a NUL byte": ([("form", FORM), ("choice", "for\x00")], UNKNOWN),
    "another case": ([("form", FORM), ("choice", "For")], UNKNOWN),
    "a full-width letter": ([("form", FORM), ("choice", "\uff46or")], UNKNOWN),
    "the number of the option": ([("form", FORM), ("choice", "1")], UNKNOWN),
    "five thousand letters": ([("form", FORM), ("choice", "f" * 5_000)], UNKNOWN),
    "markup": ([("form", FORM), ("choice", "<script>alert(1)</script>")], UNKNOWN),
    "a question too many": ([("form", FORM), ("choice", "for"), ("choice-2", "for")], NO_QUESTION),
    "no number of the paper": ([("choice", "for")], NO_PAPER),
    "an empty number": ([("form", ""), ("choice", "for")], NO_PAPER),
    "a short number": ([("form", FORM[:-1]), ("choice", "for")], NO_PAPER),
    "a long number": ([("form", FORM + "0"), ("choice", "for")], NO_PAPER),
    "a garbled number": ([("form", "g" * 32), ("choice", "for")], NO_PAPER),
    "capitals in the number": ([("form", FORM.upper()), ("choice", "for")], NO_PAPER),
    "foreign digits in the number": ([("form", "٣" * 32), ("choice", "for")], NO_PAPER),
    "a NUL byte in the number": ([("form", "\x00" * 32), ("choice", "for")], NO_PAPER),
    "two numbers": ([("form", FORM), ("form", FORM), ("choice", "for")], NO_PAPER),
}


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def address_of(ballot: Ballot) -> str:
    return f"/bakery/ballots/{ballot.pk}/"


def send(client: Client, ballot: Ballot, fields: list[tuple[str, str]]) -> Any:
    return client.post(
        address_of(ballot), urlencode(fields), content_type="application/x-www-form-urlencoded"
    )


def in_the_box(ballot: Ballot) -> tuple[int, int]:
    marked = RollEntry.objects.filter(ballot=ballot, channel__isnull=False).count()
    return NamedVote.objects.filter(entry__ballot=ballot).count(), marked


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_cannot_be_read_is_422_and_nothing_is_stored(
    client: Client, plant: make.Plant, case: str
) -> None:
    fields, words = UNREADABLE[case]
    ballot = make.open_vote(plant).ballot
    make.sign_in(client, plant.eve)

    answer = send(client, ballot, fields)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert 'role="alert"' in page
    assert "<script>alert" not in page
    assert page.count('type="radio"') == 3  # the paper is there again
    assert in_the_box(ballot) == (0, 0)


def test_the_next_paper_of_the_refused_page_is_taken(client: Client, plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    make.sign_in(client, plant.eve)
    again = send(client, ballot, [("form", "garbled"), ("choice", "against")])
    assert again.context["questions"][0]["cards"][1]["checked"]  # what was marked stays marked
    form = again.context["form"]

    assert send(client, ballot, [("form", form), ("choice", "against")]).status_code == 302
    assert NamedVote.objects.get(entry__ballot=ballot).answer == "against"


def test_fields_that_belong_to_nothing_are_passed_over(client: Client, plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    make.sign_in(client, plant.eve)
    more = [("member", str(plant.bo.number)), ("choices", "against"), ("at", "1999-01-01"), ("x\x00", "\x00")]
    assert send(client, ballot, [("form", FORM), ("choice", "for"), *more]).status_code == 302
    vote = NamedVote.objects.get(entry__ballot=ballot)
    assert (vote.entry.member, vote.answer) == (plant.eve, "for")


# --- Well formed, but not now and not by you ------------------------------------------------------------------------


def vote_closing(plant: make.Plant, seconds: float) -> Ballot:
    return make.open_vote(plant, closes_at=make.now() + datetime.timedelta(seconds=seconds)).ballot


def refused(client: Client, ballot: Ballot, choice: str = "for") -> str:
    """The page of a refusal: 409, told what was marked, nothing stored."""
    before = in_the_box(ballot)
    answer = send(client, ballot, [("form", FORM), ("choice", choice)])
    assert answer.status_code == 409
    assert in_the_box(ballot) == before
    page: str = answer.content.decode()
    assert 'role="alert"' in page
    return page


def test_a_second_late(client: Client, plant: make.Plant) -> None:
    ballot = vote_closing(plant, -1)
    make.sign_in(client, plant.eve)
    page = refused(client, ballot)
    assert "Voting is closed; the clock of the house decides" in page
    assert "You had marked: For. It was not entered." in page
    assert 'type="radio"' not in page
    ballot.refresh_from_db()
    assert ballot.state == "closed"


def test_closed_by_the_chair_while_the_paper_lay_open(client: Client, plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    make.sign_in(client, plant.eve)
    assert client.get(address_of(decision.ballot)).context["may_cast"]
    meetings.close_vote(item=AgendaItem.objects.get(decision=decision), by=plant.bo, at=make.now())
    page = refused(client, decision.ballot)
    assert "Voting is closed" in page
    assert "Read the count" in page


def test_not_on_the_roll(client: Client, plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    make.sign_in(client, plant.max)
    page = refused(client, ballot)
    assert "You are not on the register of voters that was closed on" in page
    assert "You had marked: For. It was not entered." in page


def test_on_the_roll_but_not_checked_in(client: Client, plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    meeting = AgendaItem.objects.get(decision=decision).meeting
    make.sign_in(client, plant.ida)
    page = refused(client, decision.ballot)
    assert "not checked in at this meeting" in page
    assert f'href="/bakery/meetings/{meeting.pk}/"' in page
    assert "Go to the meeting and check in" in page

    meetings.check_in(meeting=meeting, member=plant.ida, by=plant.ida, at=make.now())
    assert send(client, decision.ballot, [("form", FORM), ("choice", "for")]).status_code == 302


def test_gone_out_before_voting(client: Client, plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    meeting = AgendaItem.objects.get(decision=decision).meeting
    meetings.leave(
        attendance=Attendance.objects.get(meeting=meeting, member=plant.eve), by=plant.eve, at=make.now()
    )
    make.sign_in(client, plant.eve)
    assert "not checked in at this meeting" in refused(client, decision.ballot)


def test_voted_already_with_another_paper(client: Client, plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    make.cast(ballot, plant.eve, "against")
    make.sign_in(client, plant.eve)
    page = refused(client, ballot)
    assert "You have voted already, on a screen." in page
    assert "Your vote is in: Against" in page
    assert "You had marked" not in page


def test_the_same_paper_with_another_choice_changes_nothing(client: Client, plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    make.sign_in(client, plant.eve)
    send(client, ballot, [("form", FORM), ("choice", "for")])
    assert "Your vote is in: For" in refused(client, ballot, "against")


def test_annulled(client: Client, plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    ballots.annul(ballot=ballot, because="The text was read wrongly.", by=plant.bo.actor, at=make.now())
    make.sign_in(client, plant.eve)
    page = refused(client, ballot)
    assert "This vote has been annulled." in page
    assert "The text was read wrongly." in page


def test_a_vote_that_is_still_being_drawn_up_is_not_there(client: Client, plant: make.Plant) -> None:
    open_vote = make.open_vote(plant).ballot
    draft = ballots.draw_up(
        register=open_vote.register,
        title="Later",
        text="Later",
        questions=[Asked("Later")],
        majority="1/2",
        base="for_against",
        bylaws=Bylaws.objects.get(cooperative=plant.cooperative),
        needs_presence=True,
        by=plant.bo.actor,
        at=make.now(),
    )
    make.sign_in(client, plant.eve)
    assert send(client, draft, [("form", FORM), ("choice", "for")]).status_code == 404
    assert client.get(address_of(draft)).status_code == 404
    assert in_the_box(draft) == (0, 0)


def test_of_another_cooperative_or_of_nobody(client: Client, plant: make.Plant) -> None:
    other = make.plant("quarry")
    ballot = make.open_vote(other).ballot
    make.sign_in(client, plant.eve)
    fields = urlencode([("form", FORM), ("choice", "for")])
    kind = "application/x-www-form-urlencoded"
    for address in (
        f"/bakery/ballots/{ballot.pk}/",
        f"/quarry/ballots/{ballot.pk}/",
        "/bakery/ballots/999999999/",
        f"/bakery/ballots/{'9' * 5000}/",
    ):
        assert client.post(address, fields, content_type=kind).status_code == 404
    assert in_the_box(ballot) == (0, 0)


def test_a_stranger_is_sent_to_the_door(client: Client, plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    answer = send(client, ballot, [("form", FORM), ("choice", "for")])
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/bakery/sign-in/")
    assert in_the_box(ballot) == (0, 0)


def test_without_the_token_of_the_page_nothing_is_taken(plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    client = make.sign_in(Client(enforce_csrf_checks=True), plant.eve)
    answer = send(client, ballot, [("form", FORM), ("choice", "for")])
    assert answer.status_code == 403
    assert in_the_box(ballot) == (0, 0)


@pytest.mark.parametrize("method", ["head", "put", "patch", "delete", "options"])
def test_only_looking_and_sending_are_known(client: Client, plant: make.Plant, method: str) -> None:
    ballot = make.open_vote(plant).ballot
    make.sign_in(client, plant.eve)
    answer = getattr(client, method)(address_of(ballot) + "?choice=for&form=" + FORM)
    assert answer.status_code == 405
    assert in_the_box(ballot) == (0, 0)


def test_a_choice_in_the_address_is_refused(client: Client, plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    make.sign_in(client, plant.eve)
    page = client.get(address_of(ballot) + f"?choice=for&form={FORM}")
    assert page.status_code == 405
    assert FORM not in page.content.decode()
    kind = "application/x-www-form-urlencoded"
    sent = client.post(address_of(ballot) + f"?choice=for&form={FORM}", "", content_type=kind)
    assert sent.status_code == 422
    assert in_the_box(ballot) == (0, 0)


def test_a_database_that_is_busy_is_not_yet_and_the_same_paper_is_taken_later(
    client: Client, plant: make.Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    ballot = make.open_vote(plant).ballot
    make.sign_in(client, plant.eve)

    def waits(**_paper: Any) -> None:
        raise OperationalError("canceling statement due to lock timeout")

    with monkeypatch.context() as busy:
        busy.setattr(ballots, "cast", waits)
        answer = send(client, ballot, [("form", FORM), ("choice", "for")])
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert in_the_box(ballot) == (0, 0)
    assert send(client, ballot, [("form", FORM), ("choice", "for")]).status_code == 302
    assert in_the_box(ballot) == (1, 1)


def test_the_number_of_somebody_elses_paper_is_taken_and_a_fresh_one_offered(
    client: Client, plant: make.Plant
) -> None:
    ballot = make.open_vote(plant).ballot
    ballots.cast(ballot=ballot, answers={1: "for"}, form=FORM, by=plant.fay, at=make.now())
    make.sign_in(client, plant.eve)
    answer = send(client, ballot, [("form", FORM), ("choice", "for")])
    assert answer.status_code == 409
    assert "Another paper has this number." in answer.content.decode()
    fresh = answer.context["form"]
    assert fresh != FORM
    assert in_the_box(ballot) == (1, 1)
    assert send(client, ballot, [("form", fresh), ("choice", "for")]).status_code == 302
