"""The house keeps its laws, and each check has been seen to bite."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coop.pages.reasons import SENTENCES
from tests.architecture import manners


def asked_for(sentence: Any) -> set[str]:
    """What a sentence wants to be told, also one that has a form for one and a form for many."""
    asked: set[str] = set()

    class Facts(dict[str, int]):
        def __missing__(self, key: str) -> int:
            asked.add(key)
            return 2

    assert sentence % Facts()
    return asked


def in_stages(text: str) -> bool:
    return text.split("/")[0] in manners.STAGES


def findings(check: Callable[[str], list[str]], chosen: Callable[[str], bool]) -> list[str]:
    return [
        f"{path}: {finding}" for path, text in manners.sources() if chosen(path) for finding in check(text)
    ]


def is_command(path: str) -> bool:
    return "/management/commands/" in path


def is_action(path: str) -> bool:
    """Modules of `actions`; those that only hold a lock or a name are no actions."""
    return (
        in_stages(path) and ("/actions/" in path or path.endswith("/actions.py")) and "__init__" not in path
    )


# Functions that stand in `actions` beside the acts: the journal's own door, and names for it.
NO_ACTS = (
    "subject_of",
    "locked",
    "locked_amendment",
    "locked_fund",
    "hold",
    "write",
    "write_many",
    "start_chain",
    "hashed_fields",
)


# The door of Django, and the function in PostgreSQL by which its own clock judges a sealed vote.
WITH_A_CLOCK = ("members/backend.py", "ballots/frozen/urn.py")


def test_only_pages_and_commands_read_the_clock_and_the_request() -> None:
    inside = findings(
        manners.clocks_and_requests,
        lambda path: in_stages(path) and not is_command(path) and path not in WITH_A_CLOCK,
    )
    assert inside == []


def test_nothing_moves_behind_anybodys_back() -> None:
    assert findings(manners.hidden_movement, lambda path: in_stages(path) or path.startswith("pages/")) == []


def test_actions_are_keyword_only_with_by_and_at_in_one_transaction() -> None:
    found = [
        finding
        for finding in findings(manners.loose_actions, is_action)
        if finding.split(": ")[1] not in NO_ACTS
    ]
    assert found == []


# What the house says by itself, and the paper of an attempt that was refused: they are kept as far as they fit.
CUT = {
    "decisions/actions/afterwards.py",
    "in_office/actions/attempts.py",
    "meetings/actions/owed.py",
    "oversight/actions/readings.py",
}


def test_no_act_cuts_what_somebody_typed() -> None:
    found = findings(manners.cut_words, is_action)
    assert [one for one in found if one.partition(":")[0] not in CUT] == []
    assert {one.partition(":")[0] for one in found} == CUT


def is_rules(path: str) -> bool:
    return path.endswith("rules.py") or "/rules/" in path


def test_rules_return_reasons_and_write_nothing() -> None:
    assert findings(manners.loose_rules, is_rules) == []


def test_every_reason_has_its_sentence() -> None:
    codes = {code for _path, text in manners.sources() for code in manners.reasons_of(text)}
    assert sorted(codes - SENTENCES.keys()) == []


def test_no_sentence_is_left_over() -> None:
    codes = {code for _path, text in manners.sources() for code in manners.reasons_of(text)}
    assert sorted(SENTENCES.keys() - codes) == []


def test_every_sentence_finds_its_parameters() -> None:
    """A parameter that a rule forgets would be a 500 in the middle of a refusal."""
    missing = [
        f"{path}: {code} lacks {wanted - given}"
        for path, text in manners.sources()
        for code, given in manners.parameters_of(text)
        if (wanted := asked_for(SENTENCES.get(code, code))) - given
    ]
    assert missing == []


def test_no_attic() -> None:
    names = {Path(path).stem for path, _text in manners.sources()} | {
        part for path, _text in manners.sources() for part in Path(path).parts
    }
    assert names & manners.ATTICS == set()


VIOLATIONS = {
    "the clock of Python": (
        manners.clocks_and_requests,
        "from django.utils import timezone\nx = timezone.now()",
    ),
    "the clock of the database": (manners.clocks_and_requests, "q = 'SELECT clock_timestamp()'"),
    "the request": (manners.clocks_and_requests, "def may(request: HttpRequest): ..."),
    "a signal": (manners.hidden_movement, "from django.db.models.signals import post_save"),
    "an overridden save": (manners.hidden_movement, "class Vote:\n    def save(self): ..."),
    "a whole-row save": (manners.hidden_movement, "vote.save()"),
    "a callback": (manners.hidden_movement, "transaction.on_commit(tell)"),
    "an action without at": (manners.loose_actions, "@transaction.atomic\ndef close(*, by): ..."),
    "an action outside a transaction": (manners.loose_actions, "def close(*, by, at): ..."),
    "a positional action": (manners.loose_actions, "@transaction.atomic\ndef close(ballot, *, by, at): ..."),
    "a reason that is cut": (manners.cut_words, "def end(because): said = one_line(because)[:300]"),
    "a paper that is cut": (manners.cut_words, "def end(because): document = because.strip()[0:200]"),
    "words that are cut": (manners.cut_words, "def end(*, because: str): said = because[:300]"),
    "a rule that answers yes or no": (manners.loose_rules, "def obstacles_to_x() -> bool: ..."),
    "a rule that writes": (
        manners.loose_rules,
        "def obstacles_to_x() -> list[Reason]:\n    Vote.objects.create()",
    ),
}


@pytest.mark.parametrize("name", VIOLATIONS)
def test_each_check_finds_its_violation(name: str) -> None:
    check, text = VIOLATIONS[name]
    assert check(text) != []
