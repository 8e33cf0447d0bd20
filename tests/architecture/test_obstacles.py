"""Law 4 holds for every `obstacles_to_…`, in whatever module it stands: many stand beside what they are asked about."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture import manners

WRITERS = {"create", "bulk_create", "get_or_create", "update_or_create", "save", "delete"}


def obstacles_in(text: str) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.name.lstrip("_").startswith("obstacles"):
            yield node


def loose(text: str) -> list[str]:
    """What answers otherwise than with a list of reasons, or writes. (`update` may be that of a dictionary.)"""
    found = []
    for function in obstacles_in(text):
        answers = ast.unparse(function.returns) if function.returns else "nothing"
        if answers not in ("list[Reason]", "Iterator[Reason]"):
            found.append(f"{function.name}: returns {answers}")
        found += [
            f"{function.name}: writes ({node.func.attr})"
            for node in ast.walk(function)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in WRITERS
        ]
    return found


def test_every_obstacle_is_a_reason_and_writes_nothing() -> None:
    texts = list(manners.sources())
    assert sum(1 for _path, text in texts for _one in obstacles_in(text)) > 500
    assert [f"{path}: {finding}" for path, text in texts for finding in loose(text)] == []


def test_the_check_bites() -> None:
    assert loose("def obstacles_to_x() -> bool: ...") == ["obstacles_to_x: returns bool"]
    assert loose("def _obstacles_in_x() -> list[Reason]: Vote.objects.create()") == [
        "_obstacles_in_x: writes (create)"
    ]
