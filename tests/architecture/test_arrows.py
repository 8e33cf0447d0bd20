"""Law 2: foreign keys and migrations point upstream too, and a key that crosses a stage is hidden in reverse."""

from __future__ import annotations

import ast
import graphlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).parents[2]


def stages() -> dict[str, int]:
    """Each package of the house and how far downstream it stands, as import-linter holds it."""
    [contract] = [
        one
        for one in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
        if one["id"] == "upstream"
    ]
    rows = enumerate(reversed(contract["layers"]))
    return {label: place for place, row in rows for label in re.findall(r"\w+", row)}


ORDER = stages()


def upstream(label: str, other: str) -> bool:
    """Whether `other` may be known by `label`. Those that stand abreast do not know each other."""
    return label == other or ORDER[other] < ORDER[label]


def keys() -> list[tuple[str, models.ForeignKey]]:
    return [
        (model._meta.app_label, field)
        for model in apps.get_models()
        if model._meta.app_label in ORDER
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    ]


def test_foreign_keys_point_upstream() -> None:
    wrong = [
        str(field) for label, field in keys() if not upstream(label, field.related_model._meta.app_label)
    ]
    assert wrong == []


def test_a_key_that_crosses_a_stage_protects_and_is_hidden_in_reverse() -> None:
    crossing = [field for label, field in keys() if field.related_model._meta.app_label != label]
    assert len(crossing) > 20
    wrong = [
        str(field)
        for field in crossing
        if not field.remote_field.hidden or field.remote_field.on_delete is not models.PROTECT
    ]
    assert wrong == []


def test_no_key_cascades() -> None:
    assert [str(field) for _label, field in keys() if field.remote_field.on_delete is models.CASCADE] == []


def test_migrations_point_upstream() -> None:
    graph = MigrationLoader(None).disk_migrations
    wrong = [
        f"{label}.{name} -> {other}"
        for (label, name), migration in graph.items()
        if label in ORDER
        for other, _name in migration.dependencies
        if other in ORDER and not upstream(label, other)
    ]
    assert wrong == []


def imports() -> dict[str, set[str]]:
    """Every module of the house and those it names in an import, wherever the import stands."""
    files = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in (ROOT / "coop").rglob("*.py")
    }
    found: dict[str, set[str]] = {}
    for name, path in files.items():
        package = name.split(".") if path.stem == "__init__" else name.split(".")[:-1]
        named: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                named |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                above = package[: len(package) + 1 - node.level] if node.level else []
                base = ".".join([*above, *([node.module] if node.module else [])])
                inside = {f"{base}.{alias.name}" for alias in node.names}
                named |= {one if one in files else base for one in inside}
        found[name] = (named & files.keys()) - {name}
    return found


def test_no_module_leads_back_to_itself() -> None:
    """Not even by an import inside a function or for the types alone: those only hide a circle."""
    arrows = imports()
    assert sum(map(len, arrows.values())) > len(arrows) > 900
    graphlib.TopologicalSorter(arrows).prepare()


def test_a_circle_would_be_found() -> None:
    arrows = imports()
    arrows["coop.keys.models.sessions"].add("coop.keys.store")
    with pytest.raises(graphlib.CycleError):
        graphlib.TopologicalSorter(arrows).prepare()


@pytest.mark.parametrize(
    ("module", "violation", "contract"),
    [
        ("journal/models.py", "import coop.members.models", "Imports point upstream"),
        ("proposals/rules.py", "import coop.ballots.models", "The box knows no proposals"),
        ("ballots/counting/motion.py", "import django", "What only computes knows no Django"),
        ("helpers/__init__.py", "", "Imports point upstream"),
        ("pages/outcomes/results.py", "import coop.pages.meetings.hall", "Rooms of pages"),
        ("pages/sheets.py", "import coop.pages.pay.read", "Rooms of pages"),
        ("pages/helpers.py", "", "Rooms of pages"),
    ],
)
def test_import_linter_finds_a_deliberate_violation(
    tmp_path: Path, module: str, violation: str, contract: str
) -> None:
    """On a copy of the house with one wrong line in it."""
    for source in [ROOT / "pyproject.toml", *(ROOT / "coop").rglob("*.py")]:
        copy = tmp_path / source.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(source.read_text())
    wrong = tmp_path / "coop" / module
    wrong.parent.mkdir(exist_ok=True)
    wrong.write_text((wrong.read_text() if wrong.exists() else "") + f"\n{violation}\n")

    said = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 1
    assert f"{contract}" in said.stdout
    assert "BROKEN" in said.stdout


@pytest.mark.parametrize(
    ("place", "of_all"), [("templates", {"errors", "paper", "shared"}), ("tests/pages", {"__pycache__"})]
)
def test_templates_and_tests_of_pages_stand_in_the_rooms_of_the_pages(place: str, of_all: set[str]) -> None:
    rooms = {one.parent.name for one in (ROOT / "coop" / "pages").glob("*/__init__.py")}
    standing = {one.name for one in (ROOT / place).iterdir() if one.is_dir()} - of_all
    assert len(standing) > 20
    assert standing <= rooms
