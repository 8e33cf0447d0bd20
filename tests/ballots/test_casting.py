"""Casting: works · same paper twice · wrong person · wrong time · unreadable paper; the exact reason each time."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError

from coop.ballots import actions as ballots
from coop.ballots.actions import casting
from coop.ballots.models import Ballot, NamedVote, RollEntry
from coop.decisions.models import Decision
from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Attendance
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db
FORM = "0123456789abcdef" * 2
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def decision(plant: make.Plant) -> Decision:
    return make.open_vote(plant, closes_in=make.days(1))


@pytest.fixture
def ballot(decision: Decision) -> Ballot:
    return decision.ballot


def refused(**paper: object) -> list[str]:
    with pytest.raises(Refused) as no:
        ballots.cast(**paper)  # type: ignore[arg-type]
    return [reason.code for reason in no.value.reasons]


def test_a_vote_is_written_with_its_name_and_marks_the_roll(plant: make.Plant, ballot: Ballot) -> None:
    at = make.now()
    receipt = ballots.cast(ballot=ballot, answers={1: "against"}, form=FORM, by=plant.eve, at=at)
    assert (receipt.ballot, receipt.form, receipt.cast_at) == (ballot.pk, FORM, at)
    vote = NamedVote.objects.get(question__ballot=ballot)
    assert (vote.entry.member, vote.answer, vote.cast_at) == (plant.eve, "against", at)
    assert vote.entry.channel == "phone"


def test_no_cast_is_an_entry_of_the_journal(plant: make.Plant, ballot: Ballot) -> None:
    before = Entry.objects.count()
    ballots.cast(ballot=ballot, answers={1: "for"}, form=FORM, by=plant.eve, at=make.now())
    assert Entry.objects.count() == before


def test_the_same_paper_twice_is_one_vote_with_one_receipt(plant: make.Plant, ballot: Ballot) -> None:
    first = ballots.cast(ballot=ballot, answers={1: "for"}, form=FORM, by=plant.eve, at=make.now())
    again = ballots.cast(ballot=ballot, answers={1: "for"}, form=FORM, by=plant.eve, at=make.now())
    assert first == again
    assert NamedVote.objects.count() == 1


def test_the_same_paper_is_acknowledged_even_after_closing(plant: make.Plant, decision: Decision) -> None:
    """The reply was lost, the phone tries again, the vote has closed meanwhile: it did count."""
    first = ballots.cast(ballot=decision.ballot, answers={1: "for"}, form=FORM, by=plant.eve, at=make.now())
    meetings.close_vote(item=AgendaItem.objects.get(decision=decision), by=plant.bo, at=make.now())
    again = ballots.cast(ballot=decision.ballot, answers={1: "for"}, form=FORM, by=plant.eve, at=make.now())
    assert first == again


@pytest.mark.parametrize(("form", "choice"), [(FORM, "against"), ("f" * 32, "for"), ("f" * 32, "against")])
def test_another_vote_of_the_same_person_is_refused(
    plant: make.Plant, ballot: Ballot, form: str, choice: str
) -> None:
    ballots.cast(ballot=ballot, answers={1: "for"}, form=FORM, by=plant.eve, at=make.now())
    codes = refused(ballot=ballot, answers={1: choice}, form=form, by=plant.eve, at=make.now())
    assert codes == ["already-voted"]


@pytest.mark.parametrize("form", ["", "abc", "G" * 32, "a" * 33, "A" * 32, "0" * 10_000])
def test_a_form_number_that_no_page_printed(plant: make.Plant, ballot: Ballot, form: str) -> None:
    codes = refused(ballot=ballot, answers={1: "for"}, form=form, by=plant.eve, at=make.now())
    assert codes == ["form-number-unreadable"]


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({}, "no-choice"),
        ({1: ""}, "no-choice"),
        ({1: "for "}, "unknown-choice"),
        ({1: "For"}, "unknown-choice"),
        ({1: "f\u200bor"}, "unknown-choice"),
        ({1: "fоr"}, "unknown-choice"),  # a Cyrillic o
        ({1: "for", 2: "for"}, "unknown-question"),
    ],
)
def test_a_paper_that_does_not_answer_the_question(
    plant: make.Plant, ballot: Ballot, answers: dict[int, str], reason: str
) -> None:
    assert refused(ballot=ballot, answers=answers, form=FORM, by=plant.eve, at=make.now()) == [reason]
    assert RollEntry.objects.get(ballot=ballot, member=plant.eve).channel is None


@pytest.mark.parametrize(
    ("name", "reason"), [("ida", "not-checked-in"), ("max", "not-on-the-roll"), ("oz", "not-on-the-roll")]
)
def test_somebody_who_may_not_vote(plant: make.Plant, ballot: Ballot, name: str, reason: str) -> None:
    codes = refused(ballot=ballot, answers={1: "for"}, form=FORM, by=plant.people[name], at=make.now())
    assert codes == [reason]


def test_a_second_decides(plant: make.Plant, ballot: Ballot) -> None:
    """One second before the hour counts, the hour itself does not, whatever a phone's clock says."""
    assert ballot.closes_at is not None
    late = {"ballot": ballot, "answers": {1: "for"}, "form": FORM, "by": plant.fay}
    ballots.cast(ballot=ballot, answers={1: "for"}, form=FORM, by=plant.eve, at=ballot.closes_at - SECOND)
    assert refused(**late, at=ballot.closes_at) == ["vote-closed"]
    assert refused(**late, at=ballot.closes_at + SECOND) == ["vote-closed"]


def test_once_latched_an_earlier_clock_does_not_open_it_again(plant: make.Plant, ballot: Ballot) -> None:
    assert ballot.closes_at is not None
    assert ballots.latch(ballot=ballot, at=ballot.closes_at).state == "closed"
    before = ballot.closes_at - make.days(0.5)
    assert refused(ballot=ballot, answers={1: "for"}, form=FORM, by=plant.eve, at=before) == ["vote-closed"]


def test_who_comes_in_while_the_vote_is_open_votes_and_counts_as_present(
    plant: make.Plant, decision: Decision
) -> None:
    item = AgendaItem.objects.get(decision=decision)
    meetings.check_in(meeting=item.meeting, member=plant.ida, by=plant.ida, at=make.now())
    make.cast(decision.ballot, plant.ida)
    settled = meetings.close_vote(item=item, by=plant.bo, at=make.now())
    tally = settled.ballot.questions.get().tally
    assert (tally.present, tally.voted, tally.register) == (9, 1, 12)


def test_who_leaves_before_voting_is_not_present_any_more(plant: make.Plant, decision: Decision) -> None:
    item = AgendaItem.objects.get(decision=decision)
    make.cast(decision.ballot, plant.ana)
    for who in (plant.ana, plant.hal):
        attendance = Attendance.objects.get(meeting=item.meeting, member=who)
        meetings.leave(attendance=attendance, by=who, at=make.now())
    assert refused(ballot=decision.ballot, answers={1: "for"}, form=FORM, by=plant.hal, at=make.now()) == [
        "not-checked-in"
    ]
    settled = meetings.close_vote(item=item, by=plant.bo, at=make.now())
    assert settled.ballot.questions.get().tally.present == 7  # Ana has voted and stays counted


def test_an_annulled_vote_takes_no_paper(plant: make.Plant, ballot: Ballot) -> None:
    ballots.annul(
        ballot=ballot, because="The text read aloud was another one.", by=plant.bo.actor, at=make.now()
    )
    codes = refused(ballot=ballot, answers={1: "for"}, form=FORM, by=plant.eve, at=make.now())
    assert codes == ["vote-annulled"]


def test_only_a_number_that_is_taken_is_told_as_one(
    plant: make.Plant, ballot: Ballot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever else PostgreSQL refuses must be seen, and not sent the voter for another form."""
    ballots.cast(ballot=ballot, answers={1: "for"}, form=FORM, by=plant.eve, at=make.now())
    assert refused(ballot=ballot, answers={1: "for"}, form=FORM, by=plant.bo, at=make.now()) == [
        "form-number-taken"
    ]
    keep = casting._keep
    monkeypatch.setattr(
        casting,
        "_keep",
        lambda votes: keep((entry, asked, "", form, at) for entry, asked, _, form, at in votes),
    )
    with pytest.raises(IntegrityError) as error:
        ballots.cast(ballot=ballot, answers={1: "for"}, form="e" * 32, by=plant.bo, at=make.now())
    assert getattr(error.value.__cause__, "sqlstate", "") == "23001"  # what the trigger says


def test_the_columns_of_a_vote_are_named_in_the_order_of_the_model() -> None:
    """`from_db` goes by their order: otherwise the end of a vote could be read as its beginning."""
    columns = [field.attname for field in Ballot._meta.concrete_fields]
    assert list(casting.READ) == [name for name in columns if name in casting.READ]
