"""The laws of the house that import-linter cannot see, as functions over source text: each returns its findings.

Every function is called twice: on the house, which must be clean, and on a deliberate violation, which it must find.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).parents[2] / "coop"
STAGES = (
    "journal",
    "charter",
    "members",
    "keys",
    "intake",
    "documents",
    "ballots",
    "budget",
    "pay",
    "production",
    "proposals",
    "elections",
    "decisions",
    "meetings",
    "in_office",
    "oversight",
)
ATTICS = {"utils", "helpers", "common", "core", "services", "misc", "lib"}


def sources(*below: str) -> Iterator[tuple[str, str]]:
    """Path (from the house) and text of every module below the named folders; migrations left out."""
    for folder in below or (".",):
        for path in sorted((HOUSE / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(HOUSE)), path.read_text()


def _names(node: ast.AST) -> str:
    """A dotted name as it is written: `timezone.now`, `Member.objects`."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
    return ".".join(reversed(parts))


def clocks_and_requests(text: str) -> list[str]:
    """Law 5: only pages and commands read the clock and the request."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            called = _names(node.func)
            if called.endswith((".now", ".today", ".utcnow")) or called in {"time.time", "now"}:
                found.append(f"line {node.lineno}: {called}()")
        if (
            isinstance(node, ast.Name | ast.arg)
            and getattr(node, "id", getattr(node, "arg", "")) == "HttpRequest"
        ):
            found.append(f"line {node.lineno}: HttpRequest")
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            sql = node.value.lower()
            if any(
                word in sql for word in ("clock_timestamp()", "statement_timestamp()", "current_timestamp")
            ):
                found.append(f"line {node.lineno}: the clock of the database")
    return found


def hidden_movement(text: str) -> list[str]:
    """Law 7: no signals, no callbacks, no overridden save or delete, no whole-row save."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.db.models.signals"):
            found.append(f"line {node.lineno}: signals")
        if isinstance(node, ast.ImportFrom) and node.module in {"django.dispatch", "django.core.signals"}:
            found.append(f"line {node.lineno}: signals")
        if isinstance(node, ast.ClassDef):
            inside = [inner for inner in node.body if isinstance(inner, ast.FunctionDef)]
            found.extend(
                f"line {inner.lineno}: {node.name}.{inner.name} overridden"
                for inner in inside
                if inner.name in {"save", "delete", "save_base", "full_clean"}
            )
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            keywords = {keyword.arg for keyword in node.keywords}
            # What is told where to write is a file, not a row.
            if (
                node.func.attr == "save"
                and not node.args
                and not keywords & {"update_fields", "force_insert"}
            ):
                found.append(f"line {node.lineno}: save() of a whole row")
            if node.func.attr == "on_commit":
                found.append(f"line {node.lineno}: on_commit callback")
            if node.func.attr == "select_for_update" and "no_key" not in keywords:
                found.append(f"line {node.lineno}: a lock that foreign keys wait for (say no_key=True)")
    return found


def loose_actions(text: str) -> list[str]:
    """Law 3: a public action takes keywords only, always `by` and `at`, inside one transaction."""
    found = []
    for node in ast.parse(text).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        if "atomic" not in {_names(decorator).rpartition(".")[2] for decorator in node.decorator_list}:
            found.append(f"{node.name}: not @transaction.atomic")
        if node.args.args or node.args.posonlyargs:
            found.append(f"{node.name}: takes positional arguments")
        missing = {"by", "at"} - {argument.arg for argument in node.args.kwonlyargs}
        if missing:
            found.append(f"{node.name}: lacks {', '.join(sorted(missing))}")
    return found


def cut_words(text: str) -> list[str]:
    """What somebody typed, cut off at a number of letters: an argument that is text, or what was tidied of it."""
    found = []
    for act in [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]:
        given = {
            one.arg
            for one in [*act.args.args, *act.args.kwonlyargs]
            if one.annotation and ast.unparse(one.annotation) == "str"
        }
        for node in ast.walk(act):
            if not (isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice)) or (
                node.slice.lower is not None and ast.unparse(node.slice.lower) != "0"
            ):
                continue
            if isinstance(node.value, ast.Call):
                tidied = _names(node.value.func).rpartition(".")[2] in {"one_line", "legible", "strip"}
            else:
                tidied = isinstance(node.value, ast.Name) and node.value.id in given
            if tidied:
                found.append(f"line {node.lineno}: {ast.unparse(node)}")
    return found


def loose_rules(text: str) -> list[str]:
    """Law 4: what a rules module calls an obstacle is a list of reasons, and it writes nothing."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("obstacles"):
            returns = ast.unparse(node.returns) if node.returns else "nothing"
            if returns != "list[Reason]":
                found.append(f"{node.name}: returns {returns}")
        called = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
        if called in {"create", "update", "save", "delete", "bulk_create", "get_or_create"}:
            found.append(f"line {node.lineno}: writes ({called})")
    return found


def reasons_of(text: str) -> set[str]:
    """The code of every Reason("…") written out in a module."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and _names(node.func).rpartition(".")[2] == "Reason"
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def parameters_of(text: str) -> Iterator[tuple[str, set[str]]]:
    """Code and parameter names of every Reason("…", {…}) written out in a module."""
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Call)
            and _names(node.func) == "Reason"
            and isinstance(node.args[0], ast.Constant)
        ):
            given = node.args[1] if len(node.args) > 1 else ast.Dict(keys=[], values=[])
            if isinstance(given, ast.Dict):
                yield node.args[0].value, {key.value for key in given.keys if isinstance(key, ast.Constant)}
