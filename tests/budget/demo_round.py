"""The budget round of the invented plant, as pure figures: its lines and amendments, keys as they stand in the file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from coop.budget.balance import Change, Line, Plan, Side

FILE = Path(__file__).parents[2] / "coop" / "demo" / "data" / "budget.yaml"


def told() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text())
    return found


def key(label: str) -> int:
    return int(label.removeprefix("BA-"))


def plan(data: dict[str, Any], column: str = "proposed_2027") -> Plan:
    lines = [Line(one["code"], one["dept"], Side(one["kind"]), Decimal(one[column])) for one in data["lines"]]
    of_round = data["round"]
    return Plan.of(
        lines, contingency=of_round["contingency_line"], floor=Decimal(of_round["contingency_floor"])
    )


def changes(data: dict[str, Any]) -> dict[int, Change]:
    dates = sorted((one["submitted"], key(one["id"])) for one in data["amendments"])
    came = {number: place for place, (_day, number) in enumerate(dates, 1)}
    return {
        key(one["id"]): Change(
            key(one["id"]),
            {code: Decimal(amount) for code, amount in one["moves"].items()},
            came=came[key(one["id"])],
            amends=key(one["amends"]) if "amends" in one else None,
            replaces=frozenset(map(key, one.get("replaces", []))),
        )
        for one in data["amendments"]
    }
