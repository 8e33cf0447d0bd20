"""Amendments in the house: who may move one, what becomes of it, and what falls with what."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest

from coop.members.models import Member
from coop.proposals import actions as proposals
from coop.proposals.amended_text import AmendedText
from coop.proposals.amending import Change, Delete, Insert, Whole, Words
from coop.proposals.models import Amendment, OrderMove, Proposal
from coop.proposals.voting_order import Why
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db

HOURS = "Hours of others may not be more than six per cent of all hours."
HIRING = "Nobody is hired except for trial, a trade we do not have, or to replace somebody on leave."
VOICE = "Hired people take part in the council with a voice."


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def text(plant: make.Plant) -> Proposal:
    return make.supported_motion(plant, title="Hired work", clauses=[HOURS, HIRING, VOICE])


def amend(
    proposal: Proposal,
    *changes: Change,
    by: Member,
    signed_by: Sequence[Member] = (),
    amends: Amendment | None = None,
) -> Amendment:
    made = proposals.submit(proposal=proposal, changes=changes, amends=amends, by=by, at=make.now())
    for member in signed_by:
        proposals.support_amendment(amendment=made, by=member, at=make.now())
    made.refresh_from_db()
    return made


def admitted(proposal: Proposal, *changes: Change, by: Member, amends: Amendment | None = None) -> Amendment:
    made = proposals.submit(proposal=proposal, changes=changes, amends=amends, by=by, at=make.now())
    proposals.admit(amendment=made, by=by.actor, at=make.now())
    return made


def state_of(amendment: Amendment) -> str:
    return Amendment.objects.get(pk=amendment.pk).state


def refused(act: object, **facts: object) -> list[str]:
    with pytest.raises(Refused) as no:
        act(**facts)  # type: ignore[operator]
    return [reason.code for reason in no.value.reasons]


FOUR, EIGHT = Words(1, HOURS.replace("six", "four")), Words(1, HOURS.replace("six", "eight"))


def test_an_amendment_has_its_number_its_words_and_its_first_supporter(
    plant: make.Plant, text: Proposal
) -> None:
    made = amend(text, FOUR, Insert(3, "  The figure is posted.\r\n"), by=plant.eve)
    assert (made.short, made.state, made.support_needed) == ("A1", "submitted", 5)
    assert made.label == f"{text.label} A1"
    assert made.amending.changes == (FOUR, Insert(3, "The figure is posted."))
    assert [support.member for support in made.supports.all()] == [plant.eve]
    sub = amend(text, Words(1, FOUR.text.replace("four", "five")), by=plant.ana, amends=made)
    assert sub.short == "A1.1"


def test_the_last_signature_needed_admits_it(plant: make.Plant, text: Proposal) -> None:
    made = amend(text, FOUR, by=plant.eve, signed_by=[plant.ana, plant.bo, plant.cy])
    assert state_of(made) == "submitted"
    proposals.support_amendment(amendment=made, by=plant.dee, at=make.now())
    assert state_of(made) == "admitted"
    assert refused(proposals.support_amendment, amendment=made, by=plant.dee, at=make.now()) == [
        "amendment-seeks-no-support"
    ]


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ([], ["nothing-changed"]),
        ([Words(1, f"  {HOURS}\r\n")], ["nothing-changed"]),
        ([Words(4, "More.")], ["no-such-clause"]),
        ([Words(0, "More.")], ["no-such-clause"]),
        ([Insert(4, "More.")], ["no-such-clause"]),
        ([Delete(9)], ["no-such-clause"]),
        ([Delete(1), Words(1, "More.")], ["clause-changed-twice"]),
        ([Whole(("More.",)), Delete(1)], ["whole-text-alone"]),
        ([Whole((" ",))], ["only-negates"]),
        ([Delete(1), Delete(2), Delete(3)], ["only-negates"]),
        ([Words(3, VOICE.replace("take", "never take"))], ["only-negates"]),
        ([Words(1, HOURS.replace(" not", ""))], ["only-negates"]),
        ([Words(1, "x " * 2_501)], ["clause-too-long"]),
        ([Words(1, " \n")], ["change-without-words"]),
        ([Insert(1, "\u200b")], ["change-without-words"]),
    ],
)
def test_changes_that_are_no_amendment(
    plant: make.Plant, text: Proposal, changes: list[Change], reasons: list[str]
) -> None:
    assert refused(proposals.submit, proposal=text, changes=changes, by=plant.eve, at=make.now()) == reasons
    assert not Amendment.objects.exists()


def test_a_text_that_is_decided_is_amended_no_more(plant: make.Plant, text: Proposal) -> None:
    proposals.withdraw(proposal=text, by=text.author, at=make.now())
    assert refused(proposals.submit, proposal=text, changes=[FOUR], by=plant.eve, at=make.now()) == [
        "text-not-open"
    ]


def test_the_same_amendment_twice_is_one(plant: make.Plant, text: Proposal) -> None:
    amend(text, FOUR, by=plant.eve)
    assert refused(proposals.submit, proposal=text, changes=[FOUR], by=plant.ana, at=make.now()) == [
        "amendment-there-already"
    ]


def test_an_amendment_of_an_amendment_stays_within_its_words(plant: make.Plant, text: Proposal) -> None:
    four = amend(text, FOUR, by=plant.eve)
    elsewhere = Words(1, FOUR.text.replace("all hours", "paid hours"))
    facts = {"proposal": text, "by": plant.ana, "at": make.now()}
    assert refused(proposals.submit, changes=[elsewhere], amends=four, **facts) == ["outside-the-amendment"]
    five = amend(text, Words(1, FOUR.text.replace("four", "five")), by=plant.ana, amends=four)
    again = [Words(1, FOUR.text.replace("four", "three"))]
    assert refused(proposals.submit, changes=again, amends=five, **facts) == ["one-level-of-amendments"]


def test_the_mover_takes_one_in_and_a_carried_one_sets_it_aside(plant: make.Plant, text: Proposal) -> None:
    four, eight = admitted(text, FOUR, by=plant.eve), admitted(text, EIGHT, by=plant.bo)
    assert refused(proposals.accept, amendment=four, by=plant.bo, at=make.now()) == ["not-the-mover"]
    proposals.accept(amendment=four, by=text.author, at=make.now())
    assert AmendedText.of(text).as_it_stands == [FOUR.text, HIRING, VOICE]
    assert refused(proposals.accept, amendment=eight, by=text.author, at=make.now()) == [
        "clashes-with-accepted"
    ]
    proposals.settle_amendment(amendment=eight, carried=True, by=plant.bo.actor, at=make.now())
    read = AmendedText.of(text)
    assert read.as_it_stands == [EIGHT.text, HIRING, VOICE]
    assert list(read.set_aside) == [four.pk]


def test_once_the_meeting_has_opened_the_text_is_the_meetings(plant: make.Plant, text: Proposal) -> None:
    four = admitted(text, FOUR, by=plant.eve)
    proposals.table(proposal=text, by=plant.bo.actor, at=make.now())
    proposals.hand_to_meeting(proposal=text, by=plant.bo.actor, at=make.now())
    assert refused(proposals.accept, amendment=four, by=text.author, at=make.now()) == [
        "text-is-the-meetings"
    ]
    assert refused(proposals.withdraw_amendment, amendment=four, by=plant.eve, at=make.now()) == [
        "text-is-the-meetings"
    ]


def test_what_comes_after_the_last_day_needs_leave(plant: make.Plant, text: Proposal) -> None:
    proposals.table(proposal=text, by=plant.bo.actor, at=make.now())
    until = make.now() - datetime.timedelta(minutes=1)
    proposals.set_last_day(proposal=text, until=until, by=plant.bo.actor, at=make.now())
    late = amend(text, FOUR, by=plant.eve)
    assert (late.is_late, late.state) == (True, "submitted")
    assert refused(proposals.support_amendment, amendment=late, by=plant.ana, at=make.now()) == [
        "amendment-seeks-no-support"
    ]
    proposals.give_leave(amendment=late, by=plant.bo.actor, at=make.now())
    assert state_of(late) == "admitted"


def test_what_a_carried_one_makes_impossible_falls_with_its_own_amendments(
    plant: make.Plant, text: Proposal
) -> None:
    four, eight = admitted(text, FOUR, by=plant.eve), admitted(text, EIGHT, by=plant.bo)
    nine = admitted(text, Words(1, EIGHT.text.replace("eight", "nine")), by=plant.dee, amends=eight)
    voice = admitted(text, Words(3, VOICE.replace("voice", "vote")), by=plant.ana)
    proposals.settle_amendment(amendment=four, carried=True, by=plant.bo.actor, at=make.now())
    assert [state_of(one) for one in (four, eight, nine, voice)] == [
        "carried",
        "fallen",
        "fallen",
        "admitted",
    ]
    eight.refresh_from_db()
    nine.refresh_from_db()
    assert (eight.fell_because, eight.through) == ("impossible", four)
    assert (nine.fell_because, nine.through) == ("its-amendment", eight)
    proposals.settle_amendment(amendment=eight, carried=True, by=plant.bo.actor, at=make.now())
    assert state_of(eight) == "fallen"  # a vote that was held beside it changes nothing any more


def test_a_carried_amendment_of_an_amendment_is_in_the_text_when_that_one_is_carried(
    plant: make.Plant, text: Proposal
) -> None:
    four = admitted(text, FOUR, by=plant.eve)
    five = admitted(text, Words(1, FOUR.text.replace("four", "five")), by=plant.dee, amends=four)
    assert [one.short for one, _ in AmendedText.of(text).order] == ["A1.1", "A1"]
    for one in (five, four):
        proposals.settle_amendment(amendment=one, carried=True, by=plant.bo.actor, at=make.now())
    assert AmendedText.of(text).as_it_stands == [HOURS.replace("six", "five"), HIRING, VOICE]


def test_contrary_ones_fall_are_wanted_all_the_same_and_then_need_a_third(
    plant: make.Plant, text: Proposal
) -> None:
    four = admitted(text, FOUR, by=plant.eve)
    hiring = admitted(text, Words(2, HIRING.replace("trial, ", "")), by=plant.bo)
    proposals.declare_contrary(one=four, two=hiring, because="One door.", by=plant.eve, at=make.now())
    proposals.settle_amendment(amendment=four, carried=True, by=plant.bo.actor, at=make.now())
    hiring.refresh_from_db()
    assert (hiring.state, hiring.fell_because) == ("fallen", "contrary")
    proposals.want(amendment=hiring, by=plant.bo.actor, at=make.now())
    proposals.settle_amendment(amendment=hiring, carried=True, by=plant.bo.actor, at=make.now())
    assert [(c.first, c.second) for c in AmendedText.of(text).contradictions] == [(four.pk, hiring.pk)]
    third = proposals.propose_common(parts=[four, hiring], changes=[FOUR], by=plant.ana, at=make.now())
    assert state_of(third) == "admitted"
    proposals.settle_amendment(amendment=third, carried=True, by=plant.bo.actor, at=make.now())
    assert (state_of(four), state_of(hiring)) == ("replaced", "replaced")
    read = AmendedText.of(text)
    assert read.contradictions == []
    assert read.as_it_stands == [FOUR.text, HIRING, VOICE]


def test_a_common_text_replaces_two_when_both_movers_agree(plant: make.Plant, text: Proposal) -> None:
    four, eight = admitted(text, FOUR, by=plant.eve), admitted(text, EIGHT, by=plant.bo)
    six_and_half = Words(1, HOURS.replace("six", "seven"))
    common = proposals.propose_common(
        parts=[four, eight], changes=[six_and_half], by=plant.eve, at=make.now()
    )
    assert [state_of(one) for one in (four, eight, common)] == ["admitted", "admitted", "submitted"]
    mine, theirs = common.parts.order_by("part__number")
    assert refused(proposals.agree, part=mine, by=plant.eve, at=make.now()) == ["agreed-already"]
    assert refused(proposals.agree, part=theirs, by=plant.ana, at=make.now()) == ["not-the-author"]
    proposals.agree(part=theirs, by=plant.bo, at=make.now())
    assert [state_of(one) for one in (four, eight, common)] == ["replaced", "replaced", "admitted"]


def test_a_block_is_voted_at_once_and_holds_no_clash(plant: make.Plant, text: Proposal) -> None:
    four, eight = admitted(text, FOUR, by=plant.eve), admitted(text, EIGHT, by=plant.bo)
    voice = admitted(text, Words(3, VOICE.replace("voice", "vote")), by=plant.ana)
    facts = {"proposal": text, "by": plant.ana, "at": make.now()}
    assert refused(proposals.form_block, parts=[four, eight], **facts) == ["parts-clash"]
    block = proposals.form_block(parts=[four, voice], **facts)
    assert [one.short for one, _ in AmendedText.of(text).order] == [block.short, "A2"]
    assert refused(proposals.form_block, parts=[voice, eight], **facts) == ["part-of-a-block"]
    proposals.settle_amendment(amendment=block, carried=True, by=plant.bo.actor, at=make.now())
    assert [state_of(one) for one in (four, eight, voice)] == ["carried", "fallen", "carried"]
    assert AmendedText.of(text).as_it_stands == [FOUR.text, HIRING, VOICE.replace("voice", "vote")]


def test_the_order_may_be_changed_with_a_reason(plant: make.Plant, text: Proposal) -> None:
    eight, four = admitted(text, EIGHT, by=plant.bo), admitted(text, FOUR, by=plant.eve)
    facts = {"by": plant.ana, "at": make.now()}
    assert refused(proposals.move, amendment=four, before=eight, because=" ", **facts) == ["no-reason-given"]
    assert refused(
        proposals.move, amendment=four, before=eight, because="Why not", by=plant.eve, at=make.now()
    ) == ["no-mandate"]
    proposals.move(amendment=four, before=eight, because="The lower figure first.", **facts)
    order = [(one.short, place.why, place.because) for one, place in AmendedText.of(text).order]
    assert order == [("A2", Why.MOVED, "The lower figure first."), ("A1", Why.CAME_FIRST, "")]
    assert OrderMove.objects.count() == 1


def test_reading_a_text_costs_the_same_for_one_amendment_and_for_thirty(
    plant: make.Plant, text: Proposal, django_assert_num_queries: object
) -> None:
    def asked() -> None:
        read = AmendedText.of(Proposal.objects.get(pk=text.pk))
        _ = read.order, read.conflicts, read.contradictions, read.marked

    admitted(text, FOUR, by=plant.eve)
    with django_assert_num_queries(5):  # type: ignore[operator]
        asked()
    for number in range(29):
        admitted(text, Insert(number % 3, f"Clause {number}."), by=plant.eve)
    with django_assert_num_queries(5):  # type: ignore[operator]
        asked()
