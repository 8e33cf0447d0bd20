"""What follows from a carried text: bylaws change on their day, an agreement is in force; the rest is refused."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from coop.ballots import actions as ballots
from coop.charter.actions import adopt_bylaws
from coop.charter.models import Bylaws
from coop.decisions import actions as decisions
from coop.decisions.effects import obstacles_to_effect
from coop.decisions.models import Decision
from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from coop.meetings.ways import Way
from coop.members.models import Body
from coop.proposals import actions as proposals
from coop.proposals.actions import agreements
from coop.proposals.actions.rule_changes import write_rule_change
from coop.proposals.amending import Words
from coop.proposals.models import Agreement, Proposal
from coop.refusals import Refused
from tests import make, make_agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def codes(act: Any, **facts: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act(at=make.now(), **facts)
    return [reason.code for reason in refusal.value.reasons]


def rule_change(plant: make.Plant, changes: dict[str, Any] | None = None, **more: Any) -> Proposal:
    draft = write_rule_change(
        title="More days",
        changes=changes or {"notice_ordinary_days": 20},
        by=plant.eve,
        at=make.now(),
        **more,
    )
    return signed(plant, draft)


def signed(plant: make.Plant, draft: Proposal) -> Proposal:
    proposals.publish(proposal=draft, by=draft.author, at=make.now())
    for who in (plant.ida, plant.jo):
        proposals.support(proposal=draft, by=who, at=make.now())
    draft.refresh_from_db()
    return draft


def called(plant: make.Plant, text: Proposal) -> AgendaItem:
    meeting = make.meeting_in_session(plant, motions=[text])
    return meeting.items.get(proposal=text)


def carried(plant: make.Plant, text: Proposal, *, no: int = 0) -> Decision:
    """Voted by eight people, so many of them against."""
    item = called(plant, text)
    decision = meetings.open_vote(item=item, by=plant.bo, at=make.now())
    for number, name in enumerate(make.NAMES[:8]):
        make.cast(decision.ballot, plant.people[name.lower()], "against" if number < no else "for")
    return meetings.close_vote(item=AgendaItem.objects.get(pk=item.pk), by=plant.bo, at=make.now())


def today(plant: make.Plant) -> datetime.date:
    return plant.cooperative.day_of(make.now())


# --- Bylaws ---------------------------------------------------------------------------------------------------------


def test_a_carried_change_is_the_next_version_of_the_bylaws(plant: make.Plant) -> None:
    text = rule_change(plant, {"notice_ordinary_days": 20, "contingency_floor": Decimal("1200.5000")})
    assert (text.kind, text.matter) == ("bylaws", "bylaws")
    assert text.clauses.get(number=1).text == (
        "An ordinary assembly is announced at least this many days before.\nSo far: 15 days.\nFrom now on: 20 days."
    )
    before = Bylaws.objects.get()
    decision = carried(plant, text)
    assert decision.outcome == "carried"
    now = Bylaws.in_force(plant.cooperative, today(plant))
    assert (now.version, now.adopted_by, now.note) == (before.version + 1, decision.label, text.label)
    assert (now.notice_ordinary_days, now.contingency_floor) == (20, Decimal("1200.5"))
    others = {"notice_ordinary_days", "contingency_floor"}
    assert {k: v for k, v in now.values().items() if k not in others} == {
        k: v for k, v in before.values().items() if k not in others
    }
    line = Entry.objects.filter(verb="bylaws-adopted").latest("sequence")
    assert line.facts["changes"]["notice_ordinary_days"] == [15, 20]
    decided = Entry.objects.filter(verb="decided").latest("sequence")
    assert decided.sequence > line.sequence  # in the transaction that settles it


def test_it_takes_the_majority_that_the_bylaws_ask_for_themselves(plant: make.Plant) -> None:
    """Two thirds of those present: five of eight is a majority, and not enough."""
    share, base = Bylaws.objects.get().majority_for("bylaws")
    decision = carried(plant, rule_change(plant), no=3)
    assert (decision.ballot.majority, decision.ballot.base) == (
        f"{share.numerator}/{share.denominator}",
        base,
    )
    assert decision.outcome == "not_carried"
    assert Bylaws.objects.count() == 1


def test_it_holds_from_its_own_day_or_behind_a_version_adopted_for_later(plant: make.Plant) -> None:
    later = today(plant) + datetime.timedelta(days=90)
    carried(plant, rule_change(plant, valid_from=later))
    assert Bylaws.in_force(plant.cooperative, today(plant)).notice_ordinary_days == 15
    assert Bylaws.in_force(plant.cooperative, later).notice_ordinary_days == 20
    carried(plant, rule_change(plant, {"notice_council_days": 5}))
    latest = Bylaws.objects.latest("version")
    assert (latest.valid_from, latest.notice_council_days, latest.notice_ordinary_days) == (later, 5, 20)


def test_what_has_come_to_be_so_changes_nothing(plant: make.Plant) -> None:
    text = rule_change(plant)
    adopt_bylaws(
        cooperative=plant.cooperative,
        by=make.FOUNDING,
        at=make.now(),
        valid_from=today(plant),
        adopted_by="Book 3, page 4",
        changes={"notice_ordinary_days": 20},
    )
    assert carried(plant, text).outcome == "carried"
    assert Bylaws.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "no-rule-named"),
        ({"notice_ordinary_days": 15}, "rule-is-so-already"),
        ({"notice_ordinary_days": 4}, "article-out-of-range"),
        ({"notice_ordinary_days": "20"}, "article-is-a-whole-number"),
        ({"majority_bylaws": "3/2"}, "article-out-of-range"),
        ({"late_items": 1}, "article-is-yes-or-no"),
        ({"tie_rule": "dice"}, "article-is-one-of"),
        ({"of_nobody": 1}, "article-unknown"),
    ],
)
def test_values_that_cannot_be(plant: make.Plant, changes: dict[str, Any], code: str) -> None:
    assert codes(write_rule_change, title="Rules", changes=changes, by=plant.eve) == [code]


def test_days_that_cannot_be(plant: make.Plant) -> None:
    facts: dict[str, Any] = {"title": "Rules", "changes": {"notice_ordinary_days": 20}, "by": plant.eve}
    day = today(plant)
    assert codes(write_rule_change, valid_from=day - make.days(1), **facts) == ["rules-from-the-past"]
    assert codes(write_rule_change, valid_from=day + make.days(5 * 366 + 1), **facts) == ["holds-too-late"]


def test_words_and_value_are_not_changed_apart(plant: make.Plant) -> None:
    draft = write_rule_change(
        title="More days", changes={"notice_ordinary_days": 20}, by=plant.eve, at=make.now()
    )
    words = {"title": "Mine", "clauses": ["Thirty."], "reasons": "", "matter": "ordinary", "revision": 1}
    assert codes(proposals.rewrite, proposal=draft, by=plant.eve, **words) == ["written-elsewhere"]
    text = signed(plant, draft)
    change = [Words(1, "Thirty days.")]
    assert codes(proposals.submit, proposal=text, changes=change, by=plant.gus) == ["values-not-amended"]


def test_a_text_that_names_no_rule_is_not_put_to_the_vote(plant: make.Plant) -> None:
    bare = proposals.write(title="Days", clauses=["Twenty."], kind="bylaws", by=plant.eve, at=make.now())
    item = called(plant, signed(plant, bare))
    assert codes(meetings.open_vote, item=item, by=plant.bo) == ["no-rule-named"]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("plan", "plan-of-nothing"),
        ("price", "prices-of-nothing"),
        ("technique", "options-out-of-range"),
        ("election", "kind-has-its-procedure"),
        ("recall", "kind-has-its-procedure"),
        ("agreement", "agreement-of-no-commission"),
    ],
)
def test_kinds_without_an_effect_are_refused(plant: make.Plant, kind: str, code: str) -> None:
    text = proposals.write(title="Days", clauses=["Twenty."], kind=kind, by=plant.eve, at=make.now())
    assert [reason.code for reason in obstacles_to_effect(text, plant.assembly, make.now())] == [code]
    item = called(plant, signed(plant, text))
    always_secret = ["always-secret"] if code == "kind-has-its-procedure" else [code]
    assert codes(meetings.open_vote, item=item, by=plant.bo) == always_secret


def test_a_council_does_not_change_what_binds_everybody(plant: make.Plant) -> None:
    text = rule_change(plant)
    proposals.table(proposal=text, by=plant.ana.actor, at=make.now())
    council = Body.objects.get(cooperative=plant.cooperative, code="ADM")
    register = ballots.draw_register(body=council, closes_on=today(plant), by=plant.ana.actor, at=make.now())
    facts: dict[str, Any] = {"proposal": text, "register": register, "present": None}
    assert "assembly-alone" in codes(decisions.put_to_the_vote, by=plant.ana.actor, **facts)


# --- The agreement --------------------------------------------------------------------------------------------------


def two_articles(plant: make.Plant, code: str = "LA-2", **more: Any) -> tuple[Agreement, Proposal]:
    found = Body.objects.filter(cooperative=plant.cooperative, code="AGR").first()
    text = make_agreement.agreement(plant, code=code, body=found, **more)
    make_agreement.article(plant, text, "Night work", texts=("Five nights.",))
    make_agreement.article(plant, text, "Holidays", texts=("In turns.",))
    return text, make_agreement.laid_before(plant, text)


def test_a_carried_agreement_is_in_force_from_its_day_and_ends_the_old_one(plant: make.Plant) -> None:
    first, text = two_articles(plant, starts_on=today(plant) - datetime.timedelta(days=3))
    decision = carried(plant, text)
    first.refresh_from_db()
    assert (first.state, first.adopted_by, first.starts_on) == ("adopted", decision.label, today(plant))
    assert first.rules_on(today(plant))
    second, text = two_articles(plant, "LA-3")
    assert second.replaces == first
    assert first.rules_on(
        second.starts_on + datetime.timedelta(days=900)
    )  # it goes on until another is voted
    carried(plant, text)
    first.refresh_from_db()
    assert first.ended_on == second.starts_on
    assert first.rules_on(second.starts_on - datetime.timedelta(days=1))
    assert not first.rules_on(second.starts_on)


def test_one_that_is_not_carried_goes_back_to_its_commission(plant: make.Plant) -> None:
    agreement, text = two_articles(plant)
    assert carried(plant, text, no=8).outcome == "not_carried"
    agreement.refresh_from_db()
    assert (agreement.state, agreement.is_laid_before) == ("drafting", False)
    article = agreement.articles.get(number=1)
    agreements.write_article(
        article=article, title="Night work", text="Four nights.", version=1, by=plant.gus, at=make.now()
    )


def test_article_by_article_one_that_is_not_carried_falls_out(plant: make.Plant) -> None:
    agreement, text = two_articles(plant, by_article=True)
    item = called(plant, text)
    for way in (Way.HANDS, Way.SCREENS_AND_HANDS):
        assert codes(meetings.open_vote, item=item, way=way, by=plant.bo) == ["articles-not-by-hands"]
    decision = meetings.open_vote(item=item, by=plant.bo, at=make.now())
    asked = decision.ballot.questions.order_by("number").values_list("wording", flat=True)
    assert list(asked) == ["Labour agreement", "1. Night work", "2. Holidays"]
    for number, name in enumerate(make.NAMES[:8]):
        answers = {1: "for", 2: "against" if number < 5 else "for", 3: "for"}
        ballots.cast(
            ballot=decision.ballot,
            answers=answers,
            form=f"{plant.people[name.lower()].pk:032x}",
            by=plant.people[name.lower()],
            at=make.now(),
        )
    settled = meetings.close_vote(item=AgendaItem.objects.get(pk=item.pk), by=plant.bo, at=make.now())
    assert settled.outcome == "carried"
    assert settled.final_text == "Labour agreement\n\n1. Holidays\nIn turns."
    agreement.refresh_from_db()
    assert agreement.adopted_by == settled.label


def test_a_whole_of_which_no_article_stands_goes_back_to_its_commission(plant: make.Plant) -> None:
    agreement, text = two_articles(plant, by_article=True)
    item = called(plant, text)
    decision = meetings.open_vote(item=item, by=plant.bo, at=make.now())
    for name in make.NAMES[:8]:
        answers = {1: "for", 2: "against", 3: "against"}
        ballots.cast(
            ballot=decision.ballot,
            answers=answers,
            form=f"{plant.people[name.lower()].pk:032x}",
            by=plant.people[name.lower()],
            at=make.now(),
        )
    settled = meetings.close_vote(item=AgendaItem.objects.get(pk=item.pk), by=plant.bo, at=make.now())
    assert settled.final_text == "Labour agreement"
    agreement.refresh_from_db()
    assert (agreement.state, agreement.is_laid_before) == ("drafting", False)
