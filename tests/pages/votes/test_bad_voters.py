"""People who may not do what they send: 409 with the reason, 404, or passed over; and nothing is changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked, Choice
from coop.ballots.models import (
    AgreedSheet,
    Ballot,
    Lot,
    NamedVote,
    Option,
    RollEntry,
    Teller,
    Trustee,
    Withdrawal,
)
from coop.journal.models import Entry
from coop.meetings.models import Minutes
from coop.members import actions as members
from tests import make, make_paper, make_votes
from tests.decisions.test_carried_over import copied

pytestmark = pytest.mark.django_db
FORM = "0123456789abcdef" * 2


@pytest.fixture
def plant() -> make.Plant:
    plant = make.plant(bylaws=make_votes.ON_SCREENS)
    make_votes.commission(plant)
    return plant


@pytest.fixture
def vote(plant: make.Plant) -> Ballot:
    return make_votes.opened(plant, channels=("phone", "paper"))


def of(who: Any) -> Client:
    return make.sign_in(Client(), who)


def at(ballot: Ballot, more: str = "") -> str:
    return f"/bakery/ballots/{ballot.pk}/{more}"


def kept(ballot: Ballot) -> tuple[Any, ...]:
    """Everything that a vote holds, to be compared before and after."""
    ballot.refresh_from_db()
    return (
        ballot.state,
        list(RollEntry.objects.filter(ballot=ballot).order_by("pk").values_list("member", "channel", "urn")),
        NamedVote.objects.filter(entry__ballot=ballot).count(),
        Teller.objects.filter(ballot=ballot).count(),
        AgreedSheet.objects.filter(ballot=ballot).count(),
        Trustee.objects.filter(urn__ballot=ballot).count(),
        Entry.objects.count(),
    )


def refused(who: Any, address: str, sent: dict[str, Any], ballot: Ballot, status: int = 409) -> str:
    client, before = of(who), kept(ballot)
    answer = client.post(address, sent)
    assert answer.status_code == status
    assert kept(ballot) == before
    return str(answer.content.decode())


# --- Who votes -------------------------------------------------------------------------------------------------------


def test_whoever_is_not_on_the_register_is_told_so(plant: make.Plant, vote: Ballot) -> None:
    page = refused(plant.max, at(vote), {"form": FORM, "choice": "for"}, vote)
    assert "You are not on the register of voters that was closed on" in page


def test_whoever_joined_after_the_freeze_does_not_vote(plant: make.Plant, vote: Ballot) -> None:
    new = make.member(plant.cooperative, number=99, name="Nia")
    page = refused(new, at(vote), {"form": FORM, "choice": "for"}, vote)
    assert "You are not on the register of voters" in page


def test_another_voter_in_the_form_is_passed_over(plant: make.Plant, vote: Ballot) -> None:
    sent = {
        "form": FORM,
        "choice": "for",
        "voter": plant.bo.number,
        "member_id": plant.bo.pk,
        "channel": "paper",
    }
    assert of(plant.eve).post(at(vote), sent).status_code == 302
    assert list(RollEntry.objects.exclude(channel=None).values_list("member", "channel")) == [
        (plant.eve.pk, "phone")
    ]


@pytest.mark.parametrize(
    "number", ["0", "-1", "1" + "0" * 20, "9" * 5000, "7d444840-9dc0-11d1-b245-5ffdce74fad2"]
)
@pytest.mark.parametrize("more", ["", "result/", "turnout/", "bundle/", "table/", "key/", "check/"])
def test_guessed_numbers_of_a_vote(plant: make.Plant, number: str, more: str) -> None:
    assert of(plant.gus).get(f"/bakery/ballots/{number}/{more}").status_code == 404


def test_a_vote_of_another_house_is_not_there(plant: make.Plant, vote: Ballot) -> None:
    quarry = make.plant("quarry")
    stranger = of(quarry.ana)
    for more in ("", "result/", "bundle/", "table/", "tellers/", "office/", "turnout/"):
        assert stranger.get(f"/quarry/ballots/{vote.pk}/{more}").status_code == 404
    assert stranger.post(f"/quarry/ballots/{vote.pk}/", {"form": FORM, "choice": "for"}).status_code == 404


# --- Who leads, counts and keeps a key -------------------------------------------------------------------------------


def test_nobody_is_put_on_the_roll_of_an_open_vote(plant: make.Plant, vote: Ballot) -> None:
    """There is no door for it; and whoever is named at the table and stands on no register gets no paper."""
    make_paper.name_tellers(plant, vote)
    make_paper.open_boxes(plant, vote, "Gate")
    refused(plant.jo, at(vote, "table/"), {"number": plant.max.number, "box": "1"}, vote)


def test_whoever_voted_on_a_screen_gets_no_paper(plant: make.Plant, vote: Ballot) -> None:
    make_paper.name_tellers(plant, vote)
    make_paper.open_boxes(plant, vote, "Gate")
    ballots.cast(ballot=vote, answers={1: "for"}, form=FORM, by=plant.eve, at=make.now())
    refused(plant.jo, at(vote, "table/"), {"number": plant.eve.number, "box": "1"}, vote)


def recall(plant: make.Plant, **more: Any) -> Ballot:
    """A vote on Gus, who is of the commission himself."""
    asked = [Asked("Is Gus kept in office?", choices=[Choice("for", plant.gus.name, member=plant.gus)])]
    return make_votes.drawn_up(plant, asked, **more)


def test_whoever_it_is_about_is_no_teller(plant: make.Plant) -> None:
    ballot = recall(plant, channels=("paper",))
    refused(plant.hal, at(ballot, "tellers/"), {"numbers": f"{plant.gus.number} {plant.kim.number}"}, ballot)


def test_whoever_it_is_about_is_no_trustee(plant: make.Plant) -> None:
    ballot = recall(plant, secrecy="secret")
    sent = {"first": plant.gus.number, "second": plant.kim.number, "third": plant.lou.number}
    refused(plant.hal, at(ballot, "key/"), sent, ballot)


def test_whoever_it_is_about_neither_opens_confirms_nor_draws(plant: make.Plant) -> None:
    ballot = recall(plant, channels=("paper",))
    for more in ("start/", "annul/"):
        refused(plant.gus, at(ballot, more), {"because": "So."}, ballot)
    ballot = ballots.open_ballot(ballot=ballot, present=(), by=plant.hal.actor, at=make.now())
    refused(plant.gus, at(ballot, "end/"), {}, ballot)
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    lot = {"seed": "4 2", "how": "Dice.", "witness_1": plant.ana.number, "witness_2": plant.bo.number}
    refused(plant.gus, at(ballot, "lot/"), lot, ballot)
    refused(plant.hal, at(ballot, "lot/"), lot | {"witness_2": plant.gus.number}, ballot)
    refused(plant.gus, at(ballot, "result/"), {}, ballot)
    assert not Lot.objects.exists()


def test_two_sheets_and_their_confirmation_are_of_three_people(plant: make.Plant, vote: Ballot) -> None:
    """Hal counts, in two sessions too, and runs the vote: he neither is both tellers nor confirms his own sheet."""
    make_paper.name_tellers(plant, vote, "hal", "jo")
    gate = make_paper.open_boxes(plant, vote, "Gate")[0]
    make_paper.give(plant, gate, "ana", "bo", "cy", "dee", "eve")
    make_paper.end(plant, vote, gate)
    found = {
        "1-papers": "5",
        "1:for": "4",
        "1:against": "1",
        "1:abstain": "0",
        "1-spoiled": "0",
        "remark": "",
    }
    here = at(vote, "count/box-1/")
    page = of(plant.hal).get(here)
    assert page.status_code == 200
    sent = found | {"attempt": "1"}
    assert of(plant.hal).post(here, sent).status_code == 302
    refused(plant.hal, here, sent | {"1:for": "5", "1:against": "0"}, vote)  # another session
    assert of(plant.jo).post(here, sent).status_code == 302
    refused(plant.hal, here + "confirm/", {"attempt": "1", "remark": ""}, vote)
    assert not AgreedSheet.objects.exists()


def test_nobody_reads_who_of_the_others_has_voted_or_counts(plant: make.Plant, vote: Ballot) -> None:
    eve = of(plant.eve)
    for more in ("table/", "tellers/", "count/", "urns/", "office/", "key/", "urn/export/", "kit/"):
        assert eve.get(at(vote, more)).status_code == 404, more
    for more in ("bundle/", "result/csv/", "result/printed/"):
        assert eve.get(at(vote, more)).status_code == 409, more  # nobody has these before the count


def test_an_office_that_is_over_ends_with_its_open_forms(plant: make.Plant, vote: Ballot) -> None:
    hal = of(plant.hal)
    assert hal.get(at(vote, "office/")).status_code == 200
    mandate = plant.hal.mandates.get()
    members.end_mandate(
        mandate=mandate, ended="resigned", document="Letter", by=plant.gus.actor, at=make.now()
    )
    before = kept(vote)
    for more in ("end/", "annul/", "tellers/", "urns/"):
        assert hal.post(at(vote, more), {"because": "So.", "numbers": "5"}).status_code in (404, 409)
    assert kept(vote) == before


# --- When figures are known ------------------------------------------------------------------------------------------


def test_nobody_steps_back_once_papers_are_counted(plant: make.Plant) -> None:
    ballot = make_votes.opened(
        plant, [make_votes.election(plant, "jo", "kim", "lou", method="plurality")], channels=("paper",)
    )
    make_paper.name_tellers(plant, ballot, "cy", "dee")
    gate = make_paper.open_boxes(plant, ballot, "Gate")[0]
    make_paper.give(plant, gate, "ana", "bo", "cy", "dee", "eve")
    make_paper.end(plant, ballot, gate)
    figures = {"1": {"papers": 5, "spoiled": 0, "votes": {"jo": 3, "kim": 2, "lou": 0, "blank": 0}}}
    make_paper.sheet(plant, ballot, gate, "cy", figures)
    option = Option.objects.get(code="jo")
    page = refused(plant.hal, at(ballot, "withdraw/"), {"option": option.pk, "because": "No."}, ballot)
    assert "Papers or hands have been counted already" in page
    assert not Withdrawal.objects.exists()


def test_nobody_steps_back_once_a_lot_has_fallen(plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, [make_votes.election(plant, "jo", "kim", method="plurality")])
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    ballots.record_lot(
        ballot=ballot, seed="4 2", how="Dice.", witnesses=[plant.ana, plant.bo], by=plant.hal, at=make.now()
    )
    option = Option.objects.get(code="jo")
    refused(plant.hal, at(ballot, "withdraw/"), {"option": option.pk, "because": "No."}, ballot)


# --- Wrong codes -----------------------------------------------------------------------------------------------------


def closed_urn(plant: make.Plant) -> tuple[Ballot, dict[int, str]]:
    ballot = make_votes.drawn_up(plant, secrecy="secret")
    codes = make_votes.with_key(ballot, plant)
    ballots.open_ballot(ballot=ballot, present=(), by=plant.hal.actor, at=make.now())
    ballots.cast_secret(ballot=ballot, answers={1: "for"}, form=FORM, by=plant.eve, at=make.now())
    return ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now()), codes


def test_wrong_codes_are_waited_for_by_whoever_typed_them_and_by_nobody_else(plant: make.Plant) -> None:
    ballot, codes = closed_urn(plant)
    for _try in range(6):
        ballots.note_wrong_codes(ballot=ballot, by=plant.jo, at=make.now())
    right = {"code_1": codes[1], "code_2": codes[2]}
    before = kept(ballot)
    waits = of(plant.jo).post(at(ballot, "urn/open/"), right)
    assert waits.status_code == 429
    assert 3500 <= int(waits.headers["Retry-After"]) <= 3600
    assert "Wait 60 min" in waits.content.decode()
    assert codes[1] not in waits.content.decode()
    assert kept(ballot) == before
    assert (
        of(plant.eve).post(at(ballot, "urn/open/"), right).status_code == 404
    )  # who has no part in it cannot try
    assert of(plant.kim).post(at(ballot, "urn/open/"), right).status_code == 302


def test_after_an_hour_the_next_try_is_free(plant: make.Plant) -> None:
    ballot, codes = closed_urn(plant)
    for _try in range(6):
        ballots.note_wrong_codes(ballot=ballot, by=plant.jo, at=make.now() - make.days(1 / 24))
    right = {"code_1": codes[1], "code_2": codes[2]}
    assert of(plant.jo).post(at(ballot, "urn/open/"), right).status_code == 302


def test_an_urn_in_which_nobody_voted_needs_no_codes(plant: make.Plant) -> None:
    ballot = make_votes.drawn_up(plant, secrecy="secret")
    make_votes.with_key(ballot, plant)
    ballots.open_ballot(ballot=ballot, present=(), by=plant.hal.actor, at=make.now())
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    assert of(plant.hal).post(at(ballot, "result/")).status_code == 302
    ballot.refresh_from_db()
    assert ballot.state == "counted"
    assert of(plant.eve).get(at(ballot, "bundle/")).status_code == 200


# --- More papers than people -----------------------------------------------------------------------------------------


def test_more_papers_than_people_who_were_there_is_an_answer(plant: make.Plant) -> None:
    """Explained by a remark, and still more than everybody present: told, and nothing is counted."""
    drawn = make_votes.drawn_up(plant, channels=("paper",), needs_presence=True)
    there = [plant.people[name].pk for name in ("ana", "bo", "cy")]
    ballot = ballots.open_ballot(ballot=drawn, present=there, by=plant.hal.actor, at=make.now())
    make_paper.name_tellers(plant, ballot)
    gate = make_paper.open_boxes(plant, ballot, "Hall")[0]
    make_paper.give(plant, gate, "ana", "bo", "cy")
    make_paper.end(plant, ballot, gate)
    for teller in make_paper.TELLERS:
        make_paper.sheet(plant, ballot, gate, teller, make_paper.motion(4, 0), remark="One too many.")
    make_paper.confirm(plant, ballot, gate, remark="One too many.")
    page = refused(plant.hal, at(ballot, "result/"), {}, ballot)
    assert "4" in page
    ballot.refresh_from_db()
    assert ballot.state == "closed"


# --- After the freeze, and what a form does not ask ------------------------------------------------------------------


def test_a_suspension_after_the_freeze_takes_no_vote_away(plant: make.Plant, vote: Ballot) -> None:
    """The roll is the list of the closing day, the same rule for all."""
    day = plant.cooperative.day_of(make.now())
    members.suspend(
        member=plant.eve,
        since=day,
        expected_until=day + make.days(60),
        reason="Absent without a word",
        document="Minute 12",
        by=plant.cy,
        at=make.now(),
    )
    assert of(plant.eve).post(at(vote), {"form": FORM, "choice": "against"}).status_code == 302
    assert NamedVote.objects.get(entry__ballot=vote).entry.member == plant.eve


def test_whoever_left_after_the_freeze_does_not_come_in_any_more(plant: make.Plant, vote: Ballot) -> None:
    eve = of(plant.eve)
    day = plant.cooperative.day_of(make.now())
    members.leave(member=plant.eve, since=day, document="Letter", by=plant.cy, at=make.now())
    before = kept(vote)
    assert eve.post(at(vote), {"form": FORM, "choice": "for"}).status_code in (302, 404)
    assert kept(vote) == before


def test_a_note_of_the_secretary_approves_nothing_by_a_field(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    sent = {"text": "Gus asked.", "revision": "0", "status": "approved", "state": "closed", "closed_by": "1"}
    assert of(plant.ana).post(f"/bakery/meetings/{meeting.pk}/minutes/2/", sent).status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == "in_session"
    assert not Minutes.objects.exists()


def test_nobody_confirms_their_own_entry(plant: make.Plant) -> None:
    entry = copied(plant)
    address = f"/bakery/decisions/from-the-book/{entry.pk}/countersign/"
    assert of(plant.ana).post(address, {"do": "confirm"}).status_code == 409
    entry.refresh_from_db()
    assert entry.confirmed_at is None
