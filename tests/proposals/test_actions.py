"""Writing, publishing, supporting, withdrawing; each refused with its exact reason."""

from __future__ import annotations

import pytest

from coop.members import actions as members
from coop.members.models import Standing
from coop.proposals import actions as proposals
from coop.proposals.models import Proposal, Support
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def refused(act: object, **facts: object) -> list[str]:
    with pytest.raises(Refused) as no:
        act(**facts)  # type: ignore[operator]
    return [reason.code for reason in no.value.reasons]


def test_a_draft_keeps_its_clauses_in_order_and_drops_empty_ones(plant: make.Plant) -> None:
    draft = make.motion(plant, title="  Canteen \r\n", clauses=["One.", "   ", "Two.\r\nMore."])
    assert draft.title == "Canteen"
    assert [(clause.number, clause.text) for clause in draft.clauses.all()] == [
        (1, "One."),
        (2, "Two.\nMore."),
    ]
    assert (draft.state, draft.label) == ("draft", "")


@pytest.mark.parametrize(
    ("title", "clauses", "reasons"),
    [
        ("", ["Words."], ["no-title"]),
        ("Canteen", ["", " \n"], ["no-clause"]),
        ("Canteen", ["x" * 5_001], ["clause-too-long"]),
        ("Canteen", ["Words."] * 201, ["too-many-clauses"]),
        (" ", [], ["no-title", "no-clause"]),
    ],
)
def test_a_text_that_is_no_proposal(
    plant: make.Plant, title: str, clauses: list[str], reasons: list[str]
) -> None:
    assert refused(proposals.write, title=title, clauses=clauses, by=plant.eve, at=make.now()) == reasons
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("name", "reason"),
    [("max", "not-a-full-member"), ("nan", "not-a-full-member"), ("oz", "standing-without-vote")],
)
def test_only_those_with_a_vote_propose(plant: make.Plant, name: str, reason: str) -> None:
    facts = {"title": "Canteen", "clauses": ["Words."], "by": plant.people[name], "at": make.now()}
    assert refused(proposals.write, **facts) == [reason]


def test_publishing_numbers_it_within_the_year_and_signs_for_the_author(plant: make.Plant) -> None:
    first, second = make.published_motion(plant), make.published_motion(plant, by=plant.fay, title="Showers")
    assert [first.number, second.number] == [1, 2]
    assert (first.state, first.support_needed) == ("open", 3)
    assert [support.member for support in first.supports.all()] == [plant.eve]
    assert first.support_until is not None
    assert (first.support_until - first.published_at).days == 30  # type: ignore[operator]


def test_the_signature_that_reaches_the_threshold_admits_it(plant: make.Plant) -> None:
    motion = make.published_motion(plant)
    proposals.support(proposal=motion, by=plant.fay, at=make.now())
    motion.refresh_from_db()
    assert motion.state == "open"
    at = make.now()
    proposals.support(proposal=motion, by=plant.gus, at=at)
    motion.refresh_from_db()
    assert (motion.state, motion.admitted_at) == ("admitted", at)
    assert refused(proposals.support, proposal=motion, by=plant.hal, at=at) == ["not-looking-for-support"]


def test_one_member_signs_once(plant: make.Plant) -> None:
    motion = make.published_motion(plant)
    assert refused(proposals.support, proposal=motion, by=plant.eve, at=make.now()) == ["supported-already"]
    assert Support.objects.count() == 1


def test_the_last_second_of_support(plant: make.Plant) -> None:
    motion = make.published_motion(plant)
    assert motion.support_until is not None
    until = motion.support_until
    proposals.support(proposal=motion, by=plant.fay, at=until - make.days(0.00001))
    assert refused(proposals.support, proposal=motion, by=plant.gus, at=until) == ["support-time-over"]
    assert proposals.let_fall(proposal=motion, at=until).state == "fallen"
    assert proposals.let_fall(proposal=motion, at=until + make.days(1)).settled_at == until  # once


def test_a_member_suspended_meanwhile_no_longer_signs(plant: make.Plant) -> None:
    motion = make.published_motion(plant)
    members.change_standing(
        member=plant.fay,
        kind=Standing.Kind.MEMBER,
        status=Standing.Status.SUSPENDED,
        since=plant.cooperative.day_of(make.now()) - make.days(2),
        reason="Book of discipline, page 4",
        by=plant.cy.actor,
        at=make.now(),
    )
    assert refused(proposals.support, proposal=motion, by=plant.fay, at=make.now()) == [
        "standing-without-vote"
    ]


def test_a_form_that_shows_an_older_version_is_refused_and_nothing_is_lost(plant: make.Plant) -> None:
    draft = make.motion(plant)
    words = {"title": "Canteen", "clauses": ["Mine."], "reasons": "", "matter": "ordinary", "by": plant.eve}
    saved = proposals.rewrite(proposal=draft, revision=1, at=make.now(), **words)  # type: ignore[arg-type]
    assert saved.revision == 2
    late = words | {"clauses": ["Theirs."]}
    assert refused(proposals.rewrite, proposal=draft, revision=1, at=make.now(), **late) == [
        "changed-meanwhile"
    ]
    assert [clause.text for clause in draft.clauses.all()] == ["Mine."]


def test_published_words_stay(plant: make.Plant) -> None:
    motion = make.published_motion(plant)
    words = {"title": "X", "clauses": ["Y."], "reasons": "", "matter": "ordinary", "revision": 1}
    facts = {"proposal": motion, "at": make.now(), **words}
    assert refused(proposals.rewrite, by=plant.eve, **facts) == ["proposal-published"]
    assert refused(proposals.rewrite, by=plant.fay, **facts) == ["not-the-author"]


def test_only_the_author_withdraws_and_only_before_it_is_on_an_agenda(plant: make.Plant) -> None:
    motion = make.supported_motion(plant)
    assert refused(proposals.withdraw, proposal=motion, by=plant.fay, at=make.now()) == ["not-the-author"]
    proposals.table(proposal=motion, by=plant.ana.actor, at=make.now())
    assert refused(proposals.withdraw, proposal=motion, by=plant.eve, at=make.now()) == [
        "proposal-on-an-agenda"
    ]
    proposals.untable(proposal=motion, by=plant.ana.actor, at=make.now())
    assert proposals.withdraw(proposal=motion, by=plant.eve, at=make.now()).state == "withdrawn"
    assert refused(proposals.table, proposal=motion, by=plant.ana.actor, at=make.now()) == [
        "proposal-not-admitted"
    ]
