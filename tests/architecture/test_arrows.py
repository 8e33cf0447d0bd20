"""Law 2: foreign keys and migrations point upstream too, and a key that crosses a stage is hidden in reverse."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader

ORDER = (
    "journal",
    "charter",
    "members",
    "intake",
    "documents",
    "ballots",
    "budget",
    "production",
    "proposals",
    "decisions",
    "meetings",
    "search",
)
ABREAST = ({"intake", "documents", "ballots", "budget", "production"},)  # they do not know each other


def upstream(label: str, other: str) -> bool:
    """Whether `other` may be known by `label`."""
    if any({label, other} <= group for group in ABREAST):
        return label == other
    return ORDER.index(other) <= ORDER.index(label)


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


def test_the_order_is_the_one_import_linter_holds() -> None:
    layers = (
        (Path(__file__).parents[2] / "pyproject.toml")
        .read_text()
        .partition("layers = [")[2]
        .partition("]")[0]
    )
    places = [layers.index(label) for label in reversed(ORDER) if label not in ABREAST[0]]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("module", "violation", "contract"),
    [
        ("journal/models.py", "import coop.members.models", "Imports point upstream"),
        ("proposals/rules.py", "import coop.ballots.models", "The box knows no proposals"),
        ("ballots/counting/motion.py", "import django", "What only computes knows no Django"),
        ("helpers/__init__.py", "", "Imports point upstream"),
    ],
)
def test_import_linter_finds_a_deliberate_violation(
    tmp_path: Path, module: str, violation: str, contract: str
) -> None:
    """On a copy of the house with one wrong line in it."""
    root = Path(__file__).parents[2]
    for source in [root / "pyproject.toml", *(root / "coop").rglob("*.py")]:
        copy = tmp_path / source.relative_to(root)
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
