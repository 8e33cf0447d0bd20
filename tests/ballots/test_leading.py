"""Votes outside of a meeting: drawn up by one, opened by another, ended, counted; who steps back, lots, rounds."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked, Choice
from coop.ballots.models import Ballot, Lot, Option, Tally, Withdrawal
from coop.journal.models import Entry
from coop.members.models import Member
from coop.refusals import Refused
from tests import make, make_votes

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    made = make.plant(bylaws={"register_claims_days": 1})
    make_votes.commission(made)
    return made


def prepared(plant: make.Plant, *asked: Asked, **more: Any) -> Ballot:
    """Drawn up by Gus, on a register that is final."""
    register = ballots.draw_register(
        body=plant.assembly, closes_on=plant.cooperative.day_of(make.now()), by=make.FOUNDING, at=make.now()
    )
    given = {
        "body": plant.assembly,
        "register": register,
        "title": "A vote",
        "text": "What it is about.",
        "questions": list(asked) or [Asked("Shall it be?")],
        "matter": "ordinary",
        "secrecy": "open",
        "channels": ["phone"],
        "closes_at": make.now() + datetime.timedelta(hours=1),
        "by": plant.gus,
        "at": make.now(),
    }
    return ballots.prepare(**given | more)  # type: ignore[arg-type]


def codes(act: Any, **given: Any) -> list[str]:
    with pytest.raises(Refused) as no:
        act(**given)
    return [reason.code for reason in no.value.reasons]


def things(*labels: str) -> list[Choice]:
    return [Choice(label.lower(), label) for label in labels]


def counted(plant: make.Plant, ballot: Ballot, votes: dict[str, str]) -> list[Tally]:
    ballots.start(ballot=ballot, by=plant.hal, at=make.now())
    for name, answer in votes.items():
        make.cast(ballot, plant.people[name], answer)
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    return ballots.count_up(ballot=ballot, by=plant.hal, at=make.now())


# --- Drawing up -----------------------------------------------------------------------------------------------------


def test_a_draft_bears_the_rules_of_today_and_who_drew_it_up(plant: make.Plant) -> None:
    ballot = prepared(plant)
    assert (ballot.state, ballot.majority, ballot.base, ballot.drawn_up_by) == (
        "draft",
        "1/2",
        "for_against",
        plant.gus,
    )
    assert not ballot.needs_presence
    assert Entry.objects.latest("pk").verb == "ballot-drawn-up"


def test_where_people_stand_the_rules_of_elections_hold(plant: make.Plant) -> None:
    ballot = prepared(plant, make_votes.election(plant, "jo", "kim"), secrecy="secret", channels=["paper"])
    assert (ballot.majority, ballot.base, ballot.tie_rule) == ("1/2", "valid", "runoff")


def test_who_stands_alone_is_asked_yes_or_no(plant: make.Plant) -> None:
    asked = Asked("Is Jo elected?", choices=make_votes.people(plant, "jo"))
    ballot = prepared(plant, asked, secrecy="secret", channels=["paper"])
    options = Option.objects.filter(question__ballot=ballot).order_by("number")
    assert [(option.code, option.member) for option in options] == [
        ("for", plant.jo),
        ("against", None),
        ("abstain", None),
    ]


def test_without_a_register_one_is_drawn_and_open_to_claims(plant: make.Plant) -> None:
    ballot = prepared(plant, register=None, closes_at=make.now() + make.days(9))
    assert ballot.register.final_at is None
    assert codes(ballots.start, ballot=ballot, by=plant.hal, at=make.now()) == ["claims-still-run"]
    later = make.now() + make.days(3)
    assert ballots.start(ballot=ballot, by=plant.hal, at=later).state == "open"


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ([], "ballot-without-question"),
        ([Asked("?")] * 11, "too-many-questions"),
        ([Asked("?", "approval", things("A"))], "too-few-choices"),
        ([Asked("?", "schulze", [*things("A"), Choice("keep", "")])], "too-few-choices"),
        ([Asked("?", "approval", things("A", "A"))], "choice-stands-twice"),
        ([Asked("?", "approval", things("Apples", "apples"))], "choice-stands-twice"),
        ([Asked("?", "approval", things("Ñandú  blue", "Nandu blue "))], "choice-stands-twice"),
        ([Asked("?", "approval", [Choice("blank", "X"), *things("A")])], "choice-stands-twice"),
        ([Asked("?", "motion", things("A", "B"))], "motion-has-its-answers"),
        ([Asked("?", "runoff", things("A", "B"), seats=2)], "one-is-chosen"),
        ([Asked("?", "approval", things("A", "B"), marks=3)], "more-marks-than-choices"),
        (
            [Asked("?", "approval", things("A", "B"), seats=2, reserved={"A": 1})],
            "seats-kept-where-most-votes-win",
        ),
        ([Asked("?", "plurality", things("A", "B"), seats=2, reserved={"A": 3})], "more-kept-than-seats"),
        ([Asked("?", "plurality", things("A", "B"), money=Decimal(3))], "money-for-projects-only"),
        ([Asked("?", "greedy", [Choice("a", "A", cost=Decimal(3))])], "projects-without-money"),
        ([Asked("?", "shares", things("A"), money=Decimal(3))], "project-without-cost"),
        ([Asked("?", "stv", [Choice(f"c{n}", f"C{n}") for n in range(61)])], "too-many-choices"),
        ([Asked("?", "stv", [Choice(f"{n:020}", f"C{n}") for n in range(50)])], "paper-too-long"),
    ],
)
def test_what_cannot_be_asked(plant: make.Plant, asked: list[Asked], reason: str) -> None:
    before = Ballot.objects.count()
    assert codes(prepared, plant=plant, questions=asked) == [reason]
    assert Ballot.objects.count() == before


def test_who_may_stand(plant: make.Plant) -> None:
    secret = {"secrecy": "secret", "channels": ["paper"]}
    oz = [*make_votes.people(plant, "jo"), Choice("oz", "Oz", member=plant.oz)]
    for choices, reason in (
        (oz, "cannot-be-elected"),
        (make_votes.people(plant, "jo", "gus"), "stands-in-this-vote"),
        ([*make_votes.people(plant, "jo"), Choice("x", "Nobody of us")], "people-and-things"),
        (make_votes.people(make.plant("quarry"), "jo", "kim"), "not-of-this-cooperative"),
    ):
        asked = [Asked("?", "plurality", choices)]
        assert reason in codes(prepared, plant=plant, questions=asked, **secret), reason


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"channels": []}, "no-channel"),
        ({"channels": ["hands"]}, "hands-in-a-meeting"),
        ({"closes_at": make.now() - make.days(1)}, "closing-in-the-past"),
        ({"closes_at": make.now() + make.days(733)}, "closing-too-far-off"),
        ({"closes_at": datetime.datetime(9999, 12, 31, 23, 59, tzinfo=datetime.UTC)}, "closing-too-far-off"),
    ],
)
def test_how_it_cannot_be_held(plant: make.Plant, more: dict[str, Any], reason: str) -> None:
    assert codes(prepared, plant=plant, **more) == [reason]


def test_no_row_holds_an_hour_that_a_page_cannot_say(plant: make.Plant) -> None:
    ballot = prepared(plant)
    ballot.closes_at = datetime.datetime(9999, 12, 31, 23, 59, tzinfo=datetime.UTC)
    with pytest.raises(IntegrityError, match="hour_that_can_be_said"), transaction.atomic():
        ballot.save(update_fields=["closes_at"])


def test_an_election_of_persons_is_secret_when_the_bylaws_say_so(plant: make.Plant) -> None:
    asked = make_votes.election(plant, "jo", "kim")
    assert codes(prepared, plant=plant, questions=[asked]) == ["elections-are-secret"]


def test_where_the_bylaws_do_not_say_so_it_may_be_open() -> None:
    plant = make.plant(bylaws={"secret_ballot_always": "recall"})
    make_votes.commission(plant)
    assert prepared(plant, make_votes.election(plant, "jo", "kim")).secrecy == "open"


def test_only_who_runs_votes_draws_one_up(plant: make.Plant) -> None:
    assert codes(prepared, plant=plant, by=plant.eve) == ["no-mandate"]
    for who in (plant.ana, plant.bo, plant.ida):
        assert prepared(plant, by=who).drawn_up_by == who


# --- Leading --------------------------------------------------------------------------------------------------------


def test_two_people_open_a_vote(plant: make.Plant) -> None:
    ballot = prepared(plant)
    assert codes(ballots.start, ballot=ballot, by=plant.gus, at=make.now()) == ["drawn-up-by-yourself"]
    assert codes(ballots.start, ballot=ballot, by=plant.eve, at=make.now()) == ["no-mandate"]
    opened = ballots.start(ballot=ballot, by=plant.hal, at=make.now())
    assert (opened.state, opened.roll_size) == ("open", 12)
    assert codes(ballots.start, ballot=ballot, by=plant.ida, at=make.now()) == ["ballot-not-draft"]


def test_who_stands_leads_nothing(plant: make.Plant) -> None:
    asked = Asked("?", "plurality", make_votes.people(plant, "hal", "jo"))
    ballot = prepared(plant, asked, secrecy="secret", channels=["paper"])
    assert codes(ballots.start, ballot=ballot, by=plant.hal, at=make.now()) == ["stands-in-this-vote"]


def test_nobody_shortens_a_vote_with_an_hour(plant: make.Plant) -> None:
    ballot = ballots.start(ballot=prepared(plant), by=plant.hal, at=make.now())
    assert codes(ballots.end, ballot=ballot, by=plant.hal, at=make.now()) == ["closes-by-the-clock"]
    assert ballot.closes_at is not None
    closed = ballots.end(ballot=ballot, by=plant.hal, at=ballot.closes_at + datetime.timedelta(seconds=1))
    assert (closed.state, closed.closed_at) == ("closed", ballot.closes_at)


def test_without_an_hour_whoever_leads_it_closes_it(plant: make.Plant) -> None:
    ballot = ballots.start(ballot=prepared(plant, closes_at=None), by=plant.hal, at=make.now())
    assert codes(ballots.end, ballot=ballot, by=plant.lou, at=make.now()) == ["no-mandate"]
    assert ballots.end(ballot=ballot, by=plant.gus, at=make.now()).state == "closed"


def test_a_vote_of_a_meeting_is_led_there(plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    assert "led-in-the-meeting" in codes(ballots.end, ballot=ballot, by=plant.bo, at=make.now())
    given = {"ballot": ballot, "because": "No.", "by": plant.bo, "at": make.now()}
    assert "led-in-the-meeting" in codes(ballots.call_off, **given)


def test_a_vote_is_called_off_with_a_reason(plant: make.Plant) -> None:
    ballot = prepared(plant)
    given = {"ballot": ballot, "by": plant.hal, "at": make.now()}
    assert codes(ballots.call_off, because=" ", **given) == ["no-reason-given"]
    ballots.call_off(because="A name is missing.", **given)
    ballot.refresh_from_db()
    assert (ballot.state, ballot.annulled_because) == ("annulled", "A name is missing.")


# --- Stepping back, lots, rounds ------------------------------------------------------------------------------------


def choice_of(plant: make.Plant, method: str, *labels: str, **more: Any) -> Ballot:
    return prepared(plant, Asked("Which?", method, things(*labels), **more))


def test_who_steps_back_is_passed_over_by_the_count(plant: make.Plant) -> None:
    ballot = choice_of(plant, "approval", "Red", "Blue", "Green")
    ballots.start(ballot=ballot, by=plant.hal, at=make.now())
    for name in ("eve", "fay", "jo"):
        make.cast(ballot, plant.people[name], "blue=red" if name == "jo" else "red")
    option = Option.objects.get(question__ballot=ballot, code="red")
    given = {"option": option, "by": plant.hal, "at": make.now()}
    assert codes(ballots.withdraw, because="", **given) == ["no-reason-given"]
    ballots.withdraw(because="Sold out.", **given)
    assert codes(ballots.withdraw, because="Again.", **given) == ["withdrawn-already"]
    line = Entry.objects.latest("pk")
    assert (line.verb, line.facts) == ("candidate-withdrew", {"name": "Red", "question": 1})
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    tally = ballots.count_up(ballot=ballot, by=plant.hal, at=make.now())[0]
    assert tally.result["elected"] == ["blue"]
    assert codes(ballots.withdraw, because="Late.", **given) == ["ballot-settled", "withdrawn-already"]
    assert Withdrawal.objects.count() == 1


def test_blank_and_a_motion_cannot_step_back(plant: make.Plant) -> None:
    ballot = prepared(plant, Asked("Shall it be?"), Asked("Which?", "approval", things("A", "B")))
    for number, code in ((1, "for"), (2, "blank")):
        option = Option.objects.get(question__ballot=ballot, question__number=number, code=code)
        given = {"option": option, "because": "No.", "by": plant.hal, "at": make.now()}
        assert codes(ballots.withdraw, **given) == ["nobody-to-withdraw"]


def lot(plant: make.Plant, ballot: Ballot, *witnesses: Member, **more: Any) -> Lot:
    given: dict[str, Any] = {
        "ballot": ballot,
        "seed": " 4 2   6 ",
        "how": "Three dice in the hall.",
        "witnesses": witnesses or (plant.kim, plant.jo),
        "by": plant.hal,
        "at": make.now(),
    }
    return ballots.record_lot(**given | more)


def test_a_lot_is_drawn_once_before_two_others_after_closing(plant: make.Plant) -> None:
    ballot = choice_of(plant, "approval", "Red", "Blue")
    assert codes(lot, plant=plant, ballot=ballot) == ["vote-not-closed"]
    ballots.start(ballot=ballot, by=plant.hal, at=make.now())
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    for witnesses in ((plant.jo, plant.jo), (plant.jo, plant.hal), (plant.jo,)):
        assert codes(lot, plant=plant, ballot=ballot, witnesses=witnesses) == ["lot-two-witnesses"]
    assert codes(lot, plant=plant, ballot=ballot, by=plant.eve) == ["no-mandate"]
    assert codes(lot, plant=plant, ballot=ballot, seed=" ") == ["lot-without-words"]
    made = lot(plant, ballot)
    assert (made.seed, made.witness_1, made.witness_2) == ("4 2 6", plant.jo, plant.kim)
    assert codes(lot, plant=plant, ballot=ballot) == ["lot-drawn-already"]


def test_a_tie_waits_for_the_lot_where_the_bylaws_say_so() -> None:
    plant = make.plant(bylaws={"tie_rule_election": "lot", "secret_ballot_always": "recall"})
    make_votes.commission(plant)
    ballot = prepared(plant, make_votes.election(plant, "jo", "kim", "lou", method="approval"))
    ballots.start(ballot=ballot, by=plant.hal, at=make.now())
    make.cast(ballot, plant.eve, "jo")
    make.cast(ballot, plant.fay, "kim")
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    assert codes(ballots.count_up, ballot=ballot, by=plant.hal, at=make.now()) == ["lot-needed"]
    assert not Tally.objects.exists()
    lot(plant, ballot, plant.ana, plant.bo)
    tally = ballots.count_up(ballot=ballot, by=plant.hal, at=make.now())[0]
    assert tally.outcome == "elected"
    assert tally.result["elected"] in (["jo"], ["kim"])


def test_a_second_round_follows_between_those_who_lead(plant: make.Plant) -> None:
    ballot = choice_of(plant, "plurality", "Red", "Blue", "Green")
    votes = {"ana": "red", "bo": "red", "cy": "blue", "dee": "blue", "eve": "green"}
    assert counted(plant, ballot, votes)[0].outcome == "second_round"
    given = {
        "title": "Second round",
        "closes_at": make.now() + make.days(1),
        "by": plant.ida,
        "at": make.now(),
    }
    second = ballots.next_round(ballot=ballot, **given)
    assert (second.parent, second.round, second.register_id) == (ballot, 2, ballot.register_id)
    options = Option.objects.filter(question__ballot=second)
    assert {option.code for option in options} == {"red", "blue", "blank"}
    assert codes(ballots.next_round, ballot=ballot, **given) == ["round-drawn-up-already"]
    assert codes(ballots.start, ballot=second, by=plant.ida, at=make.now()) == ["drawn-up-by-yourself"]
    tally = counted(plant, second, {"ana": "red", "cy": "blue", "eve": "blue"})[0]
    assert (tally.outcome, tally.result["elected"]) == ("chosen", ["blue"])


def test_a_run_off_fills_only_the_seats_that_are_open() -> None:
    plant = make.plant(bylaws={"secret_ballot_always": "recall"})
    make_votes.commission(plant)
    asked = make_votes.election(plant, "jo", "kim", "lou", "fay", method="approval", seats=2)
    ballot = prepared(plant, asked)
    votes = {"ana": "jo=kim", "bo": "jo=lou", "cy": "jo"}
    assert counted(plant, ballot, votes)[0].outcome == "second_round"
    second = ballots.next_round(ballot=ballot, title="Run-off", closes_at=None, by=plant.ida, at=make.now())
    question = second.questions.get()
    assert question.seats == 1
    assert {option.code for option in question.options.all()} == {"kim", "lou", "blank"}
    assert {option.member for option in question.options.all()} == {plant.kim, plant.lou, None}


def test_no_round_where_none_is_needed(plant: make.Plant) -> None:
    ballot = choice_of(plant, "plurality", "Red", "Blue")
    given = {"title": "Again", "closes_at": None, "by": plant.ida, "at": make.now()}
    assert codes(ballots.next_round, ballot=ballot, **given) == ["vote-not-counted"]
    counted(plant, ballot, {"ana": "red"})
    assert codes(ballots.next_round, ballot=ballot, **given) == ["no-round-needed"]
