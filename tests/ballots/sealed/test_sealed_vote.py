"""A secret vote on screens from its urn to its count, and what is refused on the way."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, FinalEnvelope, RollEntry, SealedUrn
from coop.ballots.sealed import file as urn_file
from coop.ballots.sealed import sealing, trustees, urn_secrets
from coop.ballots.sealed.export import file_of
from coop.journal.models import Entry
from coop.members.models import Account
from coop.refusals import Refused
from tests import make, make_votes

pytestmark = pytest.mark.django_db
FORM = "0123456789abcdef" * 2


@pytest.fixture
def plant() -> make.Plant:
    plant = make.plant(bylaws=make_votes.ON_SCREENS)
    make_votes.commission(plant)
    return plant


def draft(plant: make.Plant, *asked: Any, **more: Any) -> Ballot:
    return make_votes.drawn_up(plant, *asked, secrecy="secret", **more)


def opened(plant: make.Plant, ballot: Ballot, *present: int) -> Ballot:
    return ballots.open_ballot(ballot=ballot, present=present, by=plant.hal.actor, at=make.now())


@pytest.fixture
def codes() -> dict[int, str]:
    return {}


@pytest.fixture
def ballot(plant: make.Plant, codes: dict[int, str]) -> Ballot:
    """Open, with a tested key."""
    made = draft(plant)
    codes |= make_votes.with_key(made, plant)
    return opened(plant, made)


def cast(ballot: Ballot, who: Any, answer: str = "for", form: str = FORM) -> ballots.SecretReceipt:
    return ballots.cast_secret(ballot=ballot, answers={1: answer}, form=form, by=who, at=make.now())


def refused(act: Any, **more: Any) -> list[str]:
    with pytest.raises(Refused) as no:
        act(**more)
    return [reason.code for reason in no.value.reasons]


def not_cast(ballot: Ballot, who: Any, answer: str = "for", form: str = FORM) -> list[str]:
    before = inside(ballot)
    codes = refused(ballots.cast_secret, ballot=ballot, answers={1: answer}, form=form, by=who, at=make.now())
    assert inside(ballot) == before
    return codes


def inside(ballot: Ballot) -> int:
    return RollEntry.objects.filter(ballot=ballot, channel="phone").count()


def close(plant: make.Plant, ballot: Ballot) -> Ballot:
    return ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())


# --- The whole way --------------------------------------------------------------------------------------------------


def test_from_the_urn_to_the_count(plant: make.Plant, ballot: Ballot, codes: dict[int, str]) -> None:
    before = Entry.objects.count()
    receipts = {
        name: cast(ballot, plant.people[name], answer)
        for name, answer in (("ana", "for"), ("bo", "for"), ("eve", "for"), ("fay", "abstain"))
    }
    assert Entry.objects.count() == before
    assert len({receipt.words for receipt in receipts.values()}) == 4
    assert inside(ballot) == 4

    ballot = close(plant, ballot)
    urn = ballot.sealed_urn
    assert urn.envelopes == 4
    trackers = [bytes(row.tracker) for row in FinalEnvelope.objects.filter(ballot=ballot)]
    assert {sealing.receipt_words(one) for one in trackers} == {one.words for one in receipts.values()}

    tally = ballots.open_urn(ballot=ballot, codes=make_votes.two(codes), by=plant.gus, at=make.now())[0]
    assert (tally.outcome, tally.voted) == ("carried", 4)
    assert urn_secrets.read(urn.mark) is None
    told = Entry.objects.filter(verb="urn-opened").get().facts
    assert told == {"trustees": ["Jo", "Lou"], "envelopes": 4, "unreadable": 0, "root": urn.root}


def test_the_same_form_twice_is_one_vote_with_one_receipt_also_after_closing(
    plant: make.Plant, ballot: Ballot
) -> None:
    first = cast(ballot, plant.eve)
    assert cast(ballot, plant.eve) == first
    close(plant, ballot)
    assert cast(ballot, plant.eve) == first
    assert not_cast(ballot, plant.eve, "against") == ["vote-closed"]
    assert inside(ballot) == 1


def test_a_second_choice_and_a_second_form_are_refused(plant: make.Plant, ballot: Ballot) -> None:
    cast(ballot, plant.eve)
    assert not_cast(ballot, plant.eve, "against") == ["already-voted"]
    assert not_cast(ballot, plant.eve, "for", "f" * 32) == ["already-voted"]


def test_the_form_of_another_tells_nothing_of_their_vote(plant: make.Plant, ballot: Ballot) -> None:
    """Whoever learns the number of a form could otherwise try the choices, and be told which one was taken."""
    theirs = cast(ballot, plant.eve, "against")
    assert cast(ballot, plant.fay, "against").words != theirs.words


def test_a_copied_envelope_is_refused_and_its_sender_has_not_voted(plant: make.Plant, ballot: Ballot) -> None:
    urn = ballot.sealed_urn
    body = sealing.seal(
        public_key=bytes(urn.public_key or b""),
        secret=b"x" * 32,
        mark=urn.mark,
        voter=1,
        form=FORM,
        answers=["for"],
        length=urn.length,
    )
    said = []
    for who in (plant.eve, plant.fay):
        with connection.cursor() as cursor:
            cursor.execute("SELECT ballots_cast_sealed(%s, %s, %s)", [ballot.pk, who.pk, body])
            said.append(cursor.fetchone()[0])
    assert said == ["RECORDED", "DUPLICATE"]
    assert RollEntry.objects.get(ballot=ballot, member=plant.fay).channel is None


# --- Who, when, what ------------------------------------------------------------------------------------------------


def test_who_is_not_on_the_roll(plant: make.Plant, ballot: Ballot) -> None:
    assert not_cast(ballot, plant.people["nan"]) == ["not-on-the-roll"]


def test_before_opening_and_after_annulling(plant: make.Plant) -> None:
    made = draft(plant)
    make_votes.with_key(made, plant)
    assert not_cast(made, plant.eve) == ["vote-not-open-yet"]
    made = opened(plant, made)
    cast(made, plant.eve)
    ballots.annul(ballot=made, because="Wrong text", by=plant.gus.actor, at=make.now())
    assert not_cast(made, plant.fay) == ["vote-annulled"]
    assert made.sealed_urn.envelopes == 1  # shaken too: an annulled vote is as secret as any


def test_the_clock_of_the_database_judges_whatever_the_page_says(plant: make.Plant) -> None:
    """`at` an hour ago, in which the vote was still open, lets nobody in."""
    earlier = make.now() - datetime.timedelta(hours=1)
    made = draft(plant, closes_at=make.now() - datetime.timedelta(seconds=1))
    make_votes.with_key(made, plant)
    made = ballots.open_ballot(ballot=made, present=(), by=plant.hal.actor, at=earlier)
    codes = refused(ballots.cast_secret, ballot=made, answers={1: "for"}, form=FORM, by=plant.eve, at=earlier)
    assert codes == ["vote-closed"]
    assert inside(made) == 0


def test_who_is_not_there(plant: make.Plant) -> None:
    made = draft(plant, needs_presence=True)
    make_votes.with_key(made, plant)
    made = opened(plant, made, plant.ana.pk)
    assert not_cast(made, plant.eve) == ["not-checked-in"]
    cast(made, plant.ana)


def test_whose_secret_was_replaced_votes_on_paper(plant: make.Plant, ballot: Ballot) -> None:
    account = make.account(plant.eve)
    Account.objects.filter(pk=account.pk).update(reset_at=make.now())
    assert not_cast(ballot, plant.eve) == ["paper-only-after-reset"]
    with connection.cursor() as cursor:  # and the function itself knows
        cursor.execute(
            "SELECT ballots_cast_sealed(%s, %s, %s)",
            [ballot.pk, plant.eve.pk, b"x" * (ballot.sealed_urn.length + 48)],
        )
        assert cursor.fetchone() == ("PAPER_ONLY",)


@pytest.mark.parametrize("length", [0, 47, 112, 10_000])
def test_an_envelope_of_another_length(plant: make.Plant, ballot: Ballot, length: int) -> None:
    assert length != ballot.sealed_urn.length + 48
    with connection.cursor() as cursor:
        cursor.execute("SELECT ballots_cast_sealed(%s, %s, %s)", [ballot.pk, plant.eve.pk, b"x" * length])
        assert cursor.fetchone() == ("BAD_LENGTH",)
    assert inside(ballot) == 0


@pytest.mark.parametrize(
    "answer", ["", "yes", "for ", "FOR", "for=against", "for>against", "f\u200bor", "x" * 5000]
)
def test_what_stands_on_no_paper(plant: make.Plant, ballot: Ballot, answer: str) -> None:
    assert not_cast(ballot, plant.eve, answer)[0] in {"no-choice", "unknown-choice", "choice-twice"}


@pytest.mark.parametrize("form", ["", "abc", "g" * 32, "A" * 32, "0" * 33, "0" * 10_000])
def test_a_form_without_its_number(plant: make.Plant, ballot: Ballot, form: str) -> None:
    assert not_cast(ballot, plant.eve, form=form) == ["form-number-unreadable"]


def test_without_the_secret_of_the_urn_nothing_is_sealed(plant: make.Plant, ballot: Ballot) -> None:
    urn_secrets.destroy(ballot.sealed_urn.mark)
    assert not_cast(ballot, plant.eve) == ["urn-secret-missing"]


def test_every_choice_gives_an_envelope_of_the_same_length(plant: make.Plant) -> None:
    asked = make_votes.election(plant, "ana", "bo", "cy", "eve")
    made = draft(plant, [asked, make_votes.election(plant, "ana", "bo", method="approval")])
    make_votes.with_key(made, plant)
    made = opened(plant, made)
    papers = {
        "ana": {1: "blank", 2: "blank"},
        "bo": {1: "ana>bo>cy>eve", 2: "ana=bo"},
        "cy": {1: "eve", 2: "ana"},
    }
    for name, answers in papers.items():
        ballots.cast_secret(ballot=made, answers=answers, form=FORM, by=plant.people[name], at=make.now())
    made = close(plant, made)
    sizes = {len(row.body) for row in FinalEnvelope.objects.filter(ballot=made)}
    assert sizes == {made.sealed_urn.length + 48}


# --- Opening --------------------------------------------------------------------------------------------------------


def test_who_and_when_the_urn_is_opened(plant: make.Plant, ballot: Ballot, codes: dict[int, str]) -> None:
    cast(ballot, plant.eve)
    enough = make_votes.two(codes)
    assert refused(ballots.open_urn, ballot=ballot, codes=enough, by=plant.gus, at=make.now()) == [
        "vote-not-closed"
    ]
    ballot = close(plant, ballot)
    assert refused(ballots.open_urn, ballot=ballot, codes=enough, by=plant.eve, at=make.now()) == [
        "no-mandate"
    ]
    assert refused(ballots.open_urn, ballot=ballot, codes={1: codes[1]}, by=plant.gus, at=make.now()) == [
        "too-few-codes"
    ]
    wrong = {1: codes[1], 2: trustees.new_code()}
    assert refused(ballots.open_urn, ballot=ballot, codes=wrong, by=plant.gus, at=make.now()) == [
        "codes-do-not-open"
    ]
    assert refused(ballots.count, ballot=ballot, by=plant.gus.actor, at=make.now()) == ["urn-not-opened"]
    assert SealedUrn.objects.get(ballot=ballot).opened_at is None
    ballots.open_urn(ballot=ballot, codes=enough, by=plant.jo, at=make.now())
    ballot.refresh_from_db()
    assert ballot.state == "counted"


def test_an_envelope_that_says_nothing_is_a_spoiled_paper_and_is_told(
    plant: make.Plant, ballot: Ballot, codes: dict[int, str]
) -> None:
    cast(ballot, plant.ana)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ballots_cast_sealed(%s, %s, %s)",
            [ballot.pk, plant.eve.pk, b"x" * (ballot.sealed_urn.length + 48)],
        )
        assert cursor.fetchone() == ("RECORDED",)
    ballot = close(plant, ballot)
    tally = ballots.open_urn(ballot=ballot, codes=make_votes.two(codes), by=plant.gus, at=make.now())[0]
    assert (tally.voted, tally.spoiled) == (2, 1)
    assert Entry.objects.get(verb="urn-opened").facts["unreadable"] == 1


def test_the_key_is_destroyed_in_public_when_everything_is_counted(
    plant: make.Plant, ballot: Ballot, codes: dict[int, str]
) -> None:
    note = "In the yard, before the commission"
    more: dict[str, Any] = {"ballot": ballot, "note": note, "by": plant.gus, "at": make.now()}
    assert refused(ballots.destroy_key, **more) == ["destroyed-after-the-count"]
    ballot = close(plant, ballot)
    ballots.open_urn(ballot=ballot, codes=make_votes.two(codes), by=plant.gus, at=make.now())
    assert refused(ballots.destroy_key, **{**more, "note": " "}) == ["no-reason-given"]
    assert refused(ballots.destroy_key, **{**more, "by": plant.eve}) == ["no-mandate"]
    ballots.destroy_key(**more)
    assert Entry.objects.get(verb="urn-keys-destroyed").facts == {"note": note}
    assert refused(ballots.destroy_key, **more) == ["keys-destroyed-already"]


# --- The second table -----------------------------------------------------------------------------------------------


def offline(capsys: pytest.CaptureFixture[str], folder: Path, ballot: Ballot, codes: dict[int, str]) -> Any:
    file = folder / "urn.json"
    file.write_text(file_of(Ballot.objects.get(pk=ballot.pk)), encoding="utf-8")
    given = []
    for place, code in codes.items():
        (folder / f"code-{place}").write_text(trustees.in_groups(code).lower() + "\n")
        given.append(f"--code={place}={folder / f'code-{place}'}")
    call_command("open_urn", str(file), *given, "--format=json")
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("method", ["stv", "runoff", "schulze", "approval", "plurality"])
def test_the_second_table_finds_the_same(
    plant: make.Plant, method: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    made = draft(
        plant, [make_votes.election(plant, "ana", "bo", "cy", method=method), make_votes.Asked("Yes?")]
    )
    given = make_votes.with_key(made, plant)
    made = opened(plant, made)
    first = ["ana", "ana", "ana", "bo", "bo", "blank"]
    for name, one in zip(("ana", "bo", "cy", "dee", "eve", "fay"), first, strict=True):
        ballots.cast_secret(
            ballot=made, answers={1: one, 2: "for"}, form=FORM, by=plant.people[name], at=make.now()
        )
    made = close(plant, made)
    there = offline(capsys, tmp_path, made, make_votes.two(given))
    tallies = ballots.open_urn(ballot=made, codes={1: given[1], 2: given[2]}, by=plant.gus, at=make.now())
    assert there["root"] == made.sealed_urn.root
    assert there["envelopes"] == made.sealed_urn.envelopes == 6
    for tally, told in zip(tallies, there["questions"], strict=True):
        assert (told["outcome"], told["voted"], told["blank"], told["spoiled"]) == (
            tally.outcome,
            tally.voted,
            tally.blank,
            tally.spoiled,
        )
        result = json.loads(json.dumps(dict(tally.result), default=str))
        assert told["result"] == {name: value for name, value in result.items() if name != "papers"}


def test_the_file_of_an_urn_holds_neither_voters_nor_anything_opened(
    plant: make.Plant, ballot: Ballot, codes: dict[int, str]
) -> None:
    cast(ballot, plant.eve)
    close(plant, ballot)
    text = file_of(Ballot.objects.get(pk=ballot.pk))
    assert '"Eve"' not in text
    assert not any(code in text or trustees.in_groups(code) in text for code in codes.values())
    assert urn_file.read(text).root == ballot.sealed_urn.__class__.objects.get(ballot=ballot).root


def test_a_file_that_was_tampered_with_is_not_opened(
    plant: make.Plant, ballot: Ballot, codes: dict[int, str], tmp_path: Path
) -> None:
    for who in (plant.ana, plant.eve):
        cast(ballot, who)
    close(plant, ballot)
    whole = json.loads(file_of(Ballot.objects.get(pk=ballot.pk)))
    first = whole["envelopes"][0]
    tampered: list[Any] = [
        {**whole, "envelopes": whole["envelopes"][:1]},
        {**whole, "envelopes": whole["envelopes"][::-1]},
        {**whole, "envelopes": [first, first]},
        {**whole, "envelopes": [first[:-2] + "00", whole["envelopes"][1]]},
        {**whole, "root": "0" * 64},
        {**whole, "format": "another"},
        {name: value for name, value in whole.items() if name != "keys"},
        [],
        None,
    ]
    for one in tampered:
        file = tmp_path / "urn.json"
        file.write_text(json.dumps(one))
        with pytest.raises(CommandError) as no:
            call_command("open_urn", str(file), f"--code=1={file}")
        assert no.value.returncode == 2
        assert "\n" not in str(no.value)


def test_the_second_table_does_not_say_which_code_is_wrong(
    plant: make.Plant,
    ballot: Ballot,
    codes: dict[int, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    cast(ballot, plant.ana)
    close(plant, ballot)
    told = set()
    for wrong in (1, 3):
        with pytest.raises(CommandError) as no:
            offline(capsys, tmp_path, ballot, {**make_votes.two(codes), wrong: trustees.new_code()})
        told.add(str(no.value))
    assert told == {"These codes do not open it."}


def test_a_ceremony_away_from_the_server(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "key.json"
    call_command("key_ceremony", str(file), "--trustees=5")
    said = capsys.readouterr().out
    public = trustees.read_ceremony(file.read_text())
    shown = [trustees.read_code(line.partition(": ")[2]) for line in said.splitlines()[:5]]
    hidden = {
        place: trustees.key_pair(code or "", public.keepers[place][0])[1]
        for place, code in enumerate(shown, 1)
    }
    assert {place: keeper[1] for place, keeper in public.keepers.items()} == {
        place: trustees.key_pair(code or "", public.keepers[place][0])[0]
        for place, code in enumerate(shown, 1)
    }
    assert trustees.joined(public.blobs, {place: hidden[place] for place in (2, 3, 5)})
    with pytest.raises(CommandError, match="overwrites nothing"):
        call_command("key_ceremony", str(file))
