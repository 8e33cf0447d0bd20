"""A budget before the assembly: laid, put on an agenda, voted amendment by amendment, then as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from coop.budget.models import Line, OrderMove, Unmet, Year
from coop.budget.tables import adopted_hash
from coop.decisions.models import Decision
from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.models import Meeting
from coop.meetings.ways import Way
from coop.members.models import Body, Power
from coop.proposals import actions as proposals
from coop.proposals.models import BudgetMotion, Proposal
from coop.refusals import Refused
from tests import make, make_budget
from tests.make_budget import admitted, again, decided, fresh, in_session, item_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make_budget.plant()


@pytest.fixture
def year(plant: make.Plant) -> Year:
    return make_budget.opened(plant)


def refused(act: Callable[..., Any], **facts: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act(at=make.now(), **facts)
    return [reason.code for reason in refusal.value.reasons]


# --- Laid before the assembly ---------------------------------------------------------------------------------------


def test_putting_it_lays_every_amendment_and_the_whole(plant: make.Plant, year: Year) -> None:
    more = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000}, title="More gas")
    make_budget.amendment(year, {"E-GAS": 1}, by=plant.gus)  # a draft is not put
    make_budget.laid(plant, year)

    first, whole = BudgetMotion.objects.select_related("proposal")
    label = year.label
    assert (first.amendment, whole.amendment, whole.is_whole) == (more, None, True)
    assert first.proposal.title == f"{label} A1: More gas"
    assert [clause.text for clause in first.proposal.clauses.all()] == [
        "E-GAS Gas: +3,000",
        "E-FLR Flour: -3,000",
        "Income 0, expense 0: it balances.",
    ]
    assert (first.proposal.state, first.proposal.kind, first.proposal.author) == (
        "admitted",
        "budget",
        plant.eve,
    )
    assert first.proposal.number is not None
    assert whole.proposal.number == first.proposal.number + 1
    assert whole.proposal.title == f"{label}: the budget of {year.year}"
    ovens, packing, totals = [clause.text for clause in whole.proposal.clauses.all()]
    assert ovens == "OVN Ovens\nI-BRD Bread sold: 100,000\nE-FLR Flour: 60,000\nE-GAS Gas: 30,000"
    assert packing.startswith("PAC Packing\n")
    assert totals == ("Income 120,000, expense 120,000. Contingency 10,000; it has to be at least 4,000.")
    assert Entry.objects.filter(verb="budget-laid-before").count() == 2
    assert refused(proposals.lay_before, year=fresh(year), by=plant.kim) == ["budget-laid-already"]


def test_nobody_lays_it_but_whoever_keeps_the_budget(plant: make.Plant, year: Year) -> None:
    make_budget.budget.close_amendments(year=year, by=plant.kim, at=make_budget.at(37))
    assert refused(proposals.lay_before, year=fresh(year), by=plant.eve) == ["no-mandate"]
    assert fresh(year).state == "conciliation"
    assert not BudgetMotion.objects.exists()


def test_what_came_out_of_a_budget_is_touched_by_no_hand(plant: make.Plant, year: Year) -> None:
    admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000})
    make_budget.laid(plant, year)
    proposal = BudgetMotion.objects.exclude(amendment=None).get().proposal
    assert refused(proposals.withdraw, proposal=proposal, by=plant.eve) == ["goes-with-its-budget"]
    assert refused(proposals.refuse_admission, proposal=proposal, because="No.", by=plant.ana) == [
        "goes-with-its-budget"
    ]
    meeting = make.draft_meeting(plant)
    assert refused(meetings.add_item, meeting=meeting, kind="proposal", proposal=proposal, by=plant.ana) == [
        "budget-goes-together"
    ]


# --- On the agenda --------------------------------------------------------------------------------------------------


def test_one_act_puts_all_of_it_on_the_agenda_in_the_order_of_voting(plant: make.Plant, year: Year) -> None:
    small = admitted(plant, year, {"E-GAS": 100, "E-FLR": -100})
    large = admitted(plant, year, {"E-BAG": -3_000, "E-FLR": 3_000})
    make_budget.laid(plant, year)
    meeting = make_budget.on_agenda(plant, year)

    lines = [(item.place, item.title) for item in meeting.items.filter(number=3)]
    assert lines == [
        ("3", f"Budget {year.year}"),
        ("3.1", f"{large.label}: More of it"),
        ("3.2", f"{small.label}: More of it"),
    ]
    states = set(Proposal.objects.filter(kind="budget").values_list("state", flat=True))
    assert states == {"tabled"}
    other = make.draft_meeting(plant)
    assert refused(meetings.put_budget_on, meeting=other, year=fresh(year), by=plant.ana) == [
        "budget-on-an-agenda"
    ]
    assert refused(meetings.put_budget_on, meeting=other, year=fresh(year), by=plant.eve) == ["no-mandate"]


def test_it_moves_and_leaves_the_agenda_in_one_piece(plant: make.Plant, year: Year) -> None:
    asked = admitted(plant, year, {"E-GAS": 100, "E-FLR": -100})
    make_budget.laid(plant, year)
    meeting = make_budget.on_agenda(plant, year)
    whole, part = item_for(meeting, None), item_for(meeting, asked)

    assert refused(meetings.remove_item, item=part, by=plant.ana) == ["budget-goes-together"]
    assert refused(meetings.move_item, item=part, up=True, by=plant.ana) == ["budget-goes-together"]
    meetings.move_item(item=whole, up=True, by=plant.ana, at=make.now())
    places = [(item.place, item.kind) for item in meeting.items.all()]
    assert places == [("1", "signers"), ("2", "proposal"), ("2.1", "proposal"), ("3", "report")]
    meetings.move_item(item=meeting.items.get(number=1), up=False, by=plant.ana, at=make.now())
    places = [(item.place, item.kind) for item in meeting.items.all()]
    assert places == [("1", "proposal"), ("1.1", "proposal"), ("2", "signers"), ("3", "report")]
    meetings.remove_item(item=whole, by=plant.ana, at=make.now())
    assert [(item.place, item.kind) for item in meeting.items.all()] == [("1", "signers"), ("2", "report")]
    assert set(Proposal.objects.filter(kind="budget").values_list("state", flat=True)) == {"admitted"}


def test_a_council_does_not_vote_on_the_budget(plant: make.Plant, year: Year) -> None:
    make_budget.laid(plant, year)
    body = Body.objects.get(code="ADM")
    make.office(plant, body, "caller", plant.ida, [(Power.CONVENE, body)])
    council = meetings.prepare(
        body=body,
        kind=Meeting.Kind.COUNCIL,
        title="Council",
        place="Office",
        sittings=[make.now() + make.days(9)],
        by=plant.ida,
        at=make.now(),
    )
    assert refused(meetings.put_budget_on, meeting=council, year=fresh(year), by=plant.ida) == [
        "assembly-alone"
    ]


# --- Voted ----------------------------------------------------------------------------------------------------------


def test_amendments_are_voted_in_their_order_and_the_whole_after_them(plant: make.Plant, year: Year) -> None:
    large = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000})
    contrary = admitted(plant, year, {"E-GAS": -1_000, "E-BAG": 1_000})
    small = admitted(plant, year, {"E-FLR": -10, "E-BAG": 10})
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    whole = item_for(meeting, None)

    assert refused(meetings.open_vote, item=whole, by=plant.bo) == ["budget-amendments-wait"]
    assert refused(meetings.open_vote, item=item_for(meeting, small), by=plant.bo) == ["budget-not-its-turn"]
    decision = decided(plant, item_for(meeting, large))
    assert decision.title == f"{large.label}: More of it"
    assert decision.text.startswith(f"{large.label}: More of it\n\n1. E-GAS Gas: +3,000\n\n2. E-FLR")
    assert (again(large).state, again(large).decided_by) == ("carried", decision.label)
    fallen = again(contrary)
    assert (fallen.state, fallen.fell_because, fallen.through_id) == ("fallen", "contrary", large.pk)
    assert refused(meetings.open_vote, item=item_for(meeting, contrary), by=plant.bo) == [
        "budget-amendment-ended"
    ]
    lost = decided(plant, item_for(meeting, small), carried=False)
    assert (again(small).state, again(small).decided_by) == ("not_carried", lost.label)

    last = decided(plant, whole)
    adopted = fresh(year)
    assert (adopted.state, adopted.decided_by) == ("adopted", last.label)
    assert adopted.hash == adopted_hash(adopted)
    amounts = dict(Line.objects.filter(year=year).values_list("code", "adopted"))
    assert (amounts["E-GAS"], amounts["E-FLR"], amounts["E-BAG"]) == (33_000, 57_000, 20_000)
    assert "E-GAS Gas: 33,000 (in the draft 30,000)" in last.text
    assert "With the amendments that were carried: A1." in last.text
    assert last.text_hash == last.ballot.text_hash
    assert last.adopted_text == ""
    assert {one.amendment_id for one in Unmet.objects.all()} == {contrary.pk, small.pk}
    ended = dict(Proposal.objects.filter(kind="budget").values_list("title", "carried"))
    assert ended[f"{contrary.label}: More of it"] is False
    assert set(Proposal.objects.filter(kind="budget").values_list("state", flat=True)) == {"settled"}


def test_the_whole_that_is_turned_down_is_rejected(plant: make.Plant, year: Year) -> None:
    asked = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000})
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    decided(plant, item_for(meeting, asked))
    decision = decided(plant, item_for(meeting, None), carried=False)
    assert decision.outcome == Decision.Outcome.NOT_CARRIED
    assert (fresh(year).state, fresh(year).decided_by, fresh(year).hash) == ("rejected", decision.label, "")
    assert not Line.objects.exclude(adopted=None).exists()


def test_the_next_text_is_laid_with_what_was_kept_and_adopted(plant: make.Plant, year: Year) -> None:
    asked = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000})
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    decided(plant, item_for(meeting, asked))
    decided(plant, item_for(meeting, None), carried=False)
    begun = make_budget.at(5)
    second = make_budget.budget.next_text(year=fresh(year), by=plant.kim, at=make.now())
    make_budget.budget.publish(
        year=second, by=plant.kim, at=begun, **make_budget.days_of(begun, plant.cooperative)
    )
    make_budget.budget.close_amendments(year=second, by=plant.kim, at=make_budget.at(42))
    laid = proposals.lay_before(year=fresh(second), by=plant.kim, at=make_budget.at(52))
    assert [one.title for one in laid] == [
        f"B {year.year}/2 A1: More of it",
        f"B {year.year}/2: the budget of {year.year}",
    ]


def test_what_the_meeting_wants_is_voted_all_the_same(plant: make.Plant, year: Year) -> None:
    large = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000})
    contrary = admitted(plant, year, {"E-GAS": -1_000, "E-BAG": 1_000})
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    decided(plant, item_for(meeting, large))
    assert refused(meetings.want_in_budget, amendment=again(contrary), by=plant.eve) == ["no-mandate"]
    meetings.want_in_budget(amendment=again(contrary), by=plant.bo, at=make.now())
    assert again(contrary).state == "admitted"
    whole = item_for(meeting, None)
    assert refused(meetings.open_vote, item=whole, by=plant.bo) == ["budget-amendments-wait"]
    decided(plant, item_for(meeting, contrary))
    meetings.open_vote(item=whole, by=plant.bo, at=make.now())
    assert "A1, A2" in item_for(meeting, None).decision.text  # type: ignore[union-attr]


def test_nothing_is_taken_up_again_once_the_whole_is_being_voted(plant: make.Plant, year: Year) -> None:
    large = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000})
    contrary = admitted(plant, year, {"E-GAS": -1_000, "E-BAG": 1_000})
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    decided(plant, item_for(meeting, large))
    meetings.open_vote(item=item_for(meeting, None), by=plant.bo, at=make.now())
    assert refused(meetings.want_in_budget, amendment=again(contrary), by=plant.bo) == ["budget-whole-voted"]


def test_whoever_chairs_moves_an_amendment_and_the_agenda_follows(plant: make.Plant, year: Year) -> None:
    large = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000})
    small = admitted(plant, year, {"E-FLR": -10, "E-BAG": 10})
    make_budget.laid(plant, year)
    facts = {"amendment": again(small), "before": again(large), "because": "It is quick."}
    assert refused(meetings.move_in_budget, by=plant.bo, **facts) == ["budget-on-no-agenda"]
    meeting = in_session(plant, year)
    assert refused(meetings.move_in_budget, by=plant.ana, **facts) == ["no-mandate"]
    meetings.move_in_budget(by=plant.bo, at=make.now(), **facts)
    assert OrderMove.objects.get().because == "It is quick."
    assert [item_for(meeting, one).place for one in (small, large)] == ["3.1", "3.2"]
    decided(plant, item_for(meeting, small))
    decided(plant, item_for(meeting, large))
    assert again(large).state == "carried"


def test_an_amendment_comes_before_the_one_it_amends_and_its_words_say_so(
    plant: make.Plant, year: Year
) -> None:
    first = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000})
    less = admitted(plant, year, {"E-GAS": 1_000, "E-FLR": -1_000}, amends=first, by=plant.gus)
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    words = decided(plant, item_for(meeting, less)).text
    assert "When it is carried, these moves take the place of those of A1." in words
    amended = decided(plant, item_for(meeting, first)).text
    assert "1. E-GAS Gas: +1,000" in amended
    assert "So amended by A2, which was carried." in amended


def test_one_that_its_movers_withdraw_is_not_voted_and_holds_nothing_up(
    plant: make.Plant, year: Year
) -> None:
    asked = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000})
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    item = item_for(meeting, asked)
    decision = meetings.open_vote(item=item, by=plant.bo, at=make.now())
    make.cast(decision.ballot, plant.eve, "for")
    make_budget.budget.withdraw(amendment=asked, because="", by=plant.eve, at=make.now())
    settled = meetings.close_vote(item=item, by=plant.bo, at=make.now())
    assert (settled.outcome, again(asked).state) == ("carried", "withdrawn")
    decided(plant, item_for(meeting, None))
    assert fresh(year).state == "adopted"
    assert Line.objects.get(year=year, code="E-GAS").adopted == 30_000


def test_hands_and_acclamation_settle_it_as_telephones_do(plant: make.Plant, year: Year) -> None:
    asked = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000})
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    item = item_for(meeting, asked)
    meetings.open_vote(item=item, way=Way.HANDS, by=plant.bo, at=make.now())
    meetings.acclaim(item=item, by=plant.bo, at=make.now())
    assert again(asked).state == "carried"


def test_a_secret_vote_is_made_ready_only_when_it_is_its_turn(plant: make.Plant, year: Year) -> None:
    """Its words are made then: made ready earlier they would say what the votes have changed since."""
    admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000})
    small = admitted(plant, year, {"E-FLR": -10, "E-BAG": 10})
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    facts = {"way": Way.SECRET_SCREENS, "by": plant.bo}
    assert refused(meetings.prepare_vote, item=item_for(meeting, small), **facts) == ["budget-not-its-turn"]
    assert refused(meetings.prepare_vote, item=item_for(meeting, None), **facts) == ["budget-amendments-wait"]


def test_what_a_meeting_did_not_reach_waits_for_the_next(plant: make.Plant, year: Year) -> None:
    large = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000})
    contrary = admitted(plant, year, {"E-GAS": -1_000, "E-BAG": 1_000})
    small = admitted(plant, year, {"E-FLR": -10, "E-BAG": 10})
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    decided(plant, item_for(meeting, large))
    meetings.close_sitting(sitting=meeting.sittings.get(), by=plant.bo, at=make.now())
    meetings.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    other = make.draft_meeting(plant, starts_at=make.now() + make.days(30), at=make.now())
    meetings.put_budget_on(meeting=other, year=fresh(year), by=plant.ana, at=make.now())
    titles = [item.title for item in other.items.filter(number=3)]
    assert titles == [f"Budget {year.year}", f"{small.label}: More of it"]
    assert again(contrary).state == "fallen"
