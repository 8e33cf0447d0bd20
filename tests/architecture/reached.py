"""What the code of an act reaches: which powers its rules ask for, whether they ask whose it is, or anything at all.

Read from the source, without running it: names are followed through imports into functions and constants of the house.
A name that cannot be followed (a method of a value) is passed over, but for the three that stand for an office.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.architecture.manners import HOUSE

STANDS_FOR = {"signs": "signs", "confirms": "confirms"}  # properties of `Powers`
Place = tuple[str, str]  # module and name


@dataclass
class Module:
    """Functions and constants by name, and where each imported name comes from."""

    made: dict[str, ast.AST] = field(default_factory=dict)
    brought: dict[str, Place] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    powers: frozenset[str]
    rules: bool  # an `obstacles_…` is asked
    whose: bool  # somebody is compared with `by`


@cache
def modules() -> dict[str, Module]:
    found = {}
    for path in sorted(HOUSE.rglob("*.py")):
        if "migrations" in path.parts or "pages" in path.parts or "demo" in path.parts:
            continue
        name = ".".join(("coop", *path.relative_to(HOUSE).with_suffix("").parts)).removesuffix(".__init__")
        found[name] = _read(path, name)
    return found


def _read(path: Path, name: str) -> Module:
    module = Module()
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            module.made[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    module.made[target.id] = node.value
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level else ""
            origin = ".".join(part for part in (base, node.module) if part)
            for alias in node.names:
                module.brought[alias.asname or alias.name] = (origin, alias.name)
    return module


def where(module: str, name: str) -> Place | None:
    """Where something of the house that a module calls `name` is made; a module itself has no name in it."""
    while module in modules():
        if name in modules()[module].made:
            return module, name
        if f"{module}.{name}" in modules():
            return f"{module}.{name}", ""
        if name not in modules()[module].brought:
            return None
        module, name = modules()[module].brought[name]
    return None


def reached(module: str, name: str) -> Found:
    powers: set[str] = set()
    rules = whose = False
    waiting, seen = [(module, name)], set()
    while waiting:
        place = waiting.pop()
        if place in seen or place[0].endswith("members.models.offices"):
            continue
        seen.add(place)
        rules |= place[1].startswith("obstacles_")
        node = modules()[place[0]].made[place[1]]
        for part in ast.walk(node):
            powers |= set(_power(part))
            whose |= isinstance(part, ast.Compare) and _is_by(part)
        waiting += _named(place[0], node)
    return Found(frozenset(powers), rules, whose)


def _power(part: ast.AST) -> Iterator[str]:
    if isinstance(part, ast.Attribute):
        if isinstance(part.value, ast.Name) and part.value.id == "Power":
            yield part.attr.lower()
        elif part.attr in STANDS_FOR:
            yield STANDS_FOR[part.attr]


def _is_by(part: ast.Compare) -> bool:
    """`by.pk == …`, `by in …`; not a comparison of their co-operative."""
    for side in (part.left, *part.comparators):
        if isinstance(side, ast.Attribute) and side.attr == "pk":
            side = side.value
        if isinstance(side, ast.Name) and side.id in ("by", "member", "who", "me") and side.id == "by":
            return True
    return False


def _named(module: str, node: ast.AST) -> list[Place]:
    found = []
    for part in ast.walk(node):
        place = None
        if isinstance(part, ast.Name):
            place = where(module, part.id)
        elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            base = where(module, part.value.id)
            if base is not None and base[1] == "":
                place = where(base[0], part.attr)
        if (
            place is not None
            and place[1]
            and not isinstance(modules()[place[0]].made[place[1]], ast.ClassDef)
        ):
            found.append(place)
    return found


@dataclass(frozen=True)
class Act:
    module: str  # "members.lives"
    name: str
    by: str  # "Member" or "Actor"
    clock: bool  # unless somebody else is named, the clock does it


def acts() -> list[Act]:
    """Every public function of the modules of acts that takes `by` and `at`."""
    found = []
    for name, module in modules().items():
        parts = name.split(".")
        if "actions" not in parts or "management" in parts:
            continue
        short = ".".join(part for part in parts[1:] if part != "actions")
        for node in module.made.values():
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            asked = {
                one.arg: (one, default)
                for one, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            }
            if {"by", "at"} <= asked.keys():
                one, default = asked["by"]
                by = ast.unparse(one.annotation) if one.annotation else ""
                found.append(
                    Act(short, node.name, by, isinstance(default, ast.Name) and default.id == "CLOCK")
                )
    return found


def asks(act: Act) -> frozenset[str]:
    """Who may, as far as the code tells: powers, and the words that tests/architecture/who_may.py explains."""
    stage, _, rest = act.module.partition(".")
    found = reached(f"coop.{stage}.actions" + (f".{rest}" if rest else ""), act.name)
    if act.by == "Actor":
        return found.powers | {"clock" if act.clock else "inside"}
    if act.by != "Member":
        return found.powers | {"secret"}
    if found.powers or found.whose:
        return found.powers | ({"whose"} if found.whose else set())
    return frozenset({"member" if found.rules else "inside"})
