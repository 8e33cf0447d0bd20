"""Law 6 for the collective agreement and for changes of the bylaws: what PostgreSQL itself refuses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from coop.proposals import actions as proposals
from coop.proposals.actions import agreements
from coop.proposals.models import Agreement, Proposal, RuleChange
from tests import make, make_agreement
from tests.architecture.test_frozen import ELSEWHERE, HATS, NO_RIGHT, TRIGGER, House, each, idle_triggers
from tests.architecture.test_frozen_meetings import again
from tests.conftest import administrators_connection, database_clone


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with ExitStack() as stack:
        stack.enter_context(database_clone(django_db_blocker))
        rows = _rows()
        yield House(stack.enter_context(administrators_connection()), rows)


def _rows() -> dict[str, int]:
    """An agreement that is written, one that holds, and one that has ended; a change of the rules, not published."""
    plant, now = make.plant(), make.now()
    body = make_agreement.commission(plant)
    made: dict[str, Any] = {"eve": plant.eve, "gus": plant.gus}
    for name in ("written", "adopted", "ended"):
        made[name] = one = make_agreement.agreement(plant, code=name, body=body)
        made[f"{name}_article"] = article = make_agreement.article(plant, one, name)
        made[f"{name}_text"] = article.texts.get()
        made[f"{name}_comment"] = agreements.comment_on_article(
            article=article, text="A word.", by=plant.eve, at=now
        )
    facts: dict[str, Any] = {"state": "adopted", "adopted_on": now, "adopted_by": "D GA 2026-2"}
    for name in ("adopted", "ended"):
        Agreement.objects.filter(pk=made[name].pk).update(proposal=make.motion(plant, title=name))
        Agreement.objects.filter(pk=made[name].pk).update(**facts)
    Agreement.objects.filter(pk=made["ended"].pk).update(ended_on=now)
    day = plant.cooperative.day_of(now)
    made["step"] = agreements.add_step(agreement=made["written"], day=day, what="Close", by=plant.fay, at=now)
    agreements.do_step(step=made["step"], by=plant.fay, at=now)
    made["draft"] = proposals.write(
        title="Days", clauses=["Twenty days."], kind=Proposal.Kind.BYLAWS, by=plant.eve, at=now
    )
    made["rule"] = RuleChange.objects.create(
        proposal=made["draft"], number=1, key="notice_ordinary_days", value=20
    )
    made["motion"] = make.motion(plant, title="A draft of a motion")
    made["public"] = make.published_motion(plant, title="Published")
    return {name: row.pk for name, row in made.items()}


WISHES = {
    "proposals_articletext": "text = 'Other words.'",
    "proposals_articlecomment": "text = 'Other words.'",
    "proposals_agreementstep": "what = 'Something else'",
    "proposals_rulechange": "value = '21'",
}
KEPT = ("proposals_agreement", "proposals_agreementarticle")
WITHOUT_RIGHT = [
    *(f"UPDATE {table} SET {change}" for table, change in WISHES.items()),
    *(f"DELETE FROM {table}" for table in (*WISHES, *KEPT)),
]
BY_TRIGGER = [
    *each(
        "proposals_agreement",
        "written",
        "mandate = 'Mine'",
        "title = 'Mine'",
        "old_expires_on = now()",
        "ended_on = now()",
        "state = 'adopted', adopted_on = now(), adopted_by = 'x', proposal_id = {public}, code = 'x'",
    ),
    *each(
        "proposals_agreement",
        "adopted",
        "state = 'drafting', adopted_on = NULL, adopted_by = ''",
        "adopted_by = 'D GA 2026-9'",
        "starts_on = starts_on - 1",
        "expires_on = expires_on + 1",
        "by_article = true",
    ),
    *each("proposals_agreement", "ended", "ended_on = NULL", "ended_on = ended_on + 1"),
    # articles: their place stays, and nothing of what was adopted moves
    *each("proposals_agreementarticle", "written_article", "number = 90", "agreement_id = {adopted}"),
    *each("proposals_agreementarticle", "adopted_article", "state = 'in_discussion'", "writer_id = {eve}"),
    again("proposals_agreementarticle", "{adopted_article}", number="90"),
    again("proposals_articletext", "{adopted_text}", number="90"),
    again("proposals_articlecomment", "{adopted_comment}"),
    # done once
    *each("proposals_agreementstep", "step", "done_at = now()", "done_by_id = {eve}"),
    # rules are named in the draft of a change of the rules
    again("proposals_rulechange", "{rule}", number="2", key="'late_items'", proposal_id="{motion}"),
    again("proposals_rulechange", "{rule}", number="2", key="'late_items'", proposal_id="{public}"),
]
FORWARD = [
    *each(
        "proposals_agreement",
        "written",
        "by_article = true, comments_until = now()",
        "proposal_id = {public}",
    ),
    *each("proposals_agreement", "adopted", "ended_on = now()"),
    *each(
        "proposals_agreementarticle",
        "written_article",
        "writer_id = {eve}, title = 'Other'",
        "state = 'open_question', question = 'When?', waits_for_id = {public}",
    ),
    again("proposals_agreementarticle", "{written_article}", number="90"),
    again("proposals_articletext", "{written_text}", number="90"),
    again("proposals_articlecomment", "{written_comment}"),
    again("proposals_rulechange", "{rule}", number="2", key="'late_items'"),
]


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", WITHOUT_RIGHT)
def test_what_no_row_allows_is_no_right_of_the_application(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == (NO_RIGHT if hat == "application" else TRIGGER)


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", BY_TRIGGER)
def test_what_a_row_does_not_allow_a_trigger_refuses(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == TRIGGER


@pytest.mark.parametrize("statement", FORWARD)
def test_what_goes_forward_passes(house: House, statement: str) -> None:
    assert house.tried("application", statement) == (None, 1)


def test_no_trigger_stands_idle(house: House) -> None:
    tables = ELSEWHERE["test_frozen_agreements"]
    assert idle_triggers(house, WITHOUT_RIGHT + BY_TRIGGER, tables=tables) == []
    assert tables == {*WISHES, *KEPT}
