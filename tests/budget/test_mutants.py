"""Each guarantee of the budget is taken away on purpose, and a worked round must notice.

A test that cannot fail proves nothing: this is where the worked rounds have been seen to.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from coop.budget import balance, conflicts, falls, money, voting_order
from coop.budget.balance import Change
from coop.refusals import Reason
from tests.budget.demo_round import changes, plan, told
from tests.budget.test_round import ORDERS, OUTCOME, RESULTS

DATA = told()
DRAFT, ALL = plan(DATA), changes(DATA)
PUT = {key: one for key, one in ALL.items() if RESULTS[key] not in ("not_put", "withdrawn")}

MUTANTS = [
    ("the floor of the contingency is forgotten", balance, "return self.floor if code", "return NOTHING if code"),
    ("a line may go below zero", balance, "if one.after < 0:", "if False:"),
    ("the floor lies a unit lower", balance, "one.after < plan.least(code):", "one.after + 1 < plan.least(code):"),
    ("income counts as expense", balance, "Side.EXPENSE else -amount", "Side.EXPENSE else amount"),
    ("what was replaced moves all the same", balance, "if one.key in replaced or", "if"),
    ("an amendment of one moves beside it", balance, "or one.amends is not None:", "or False:"),
    ("the amended one keeps its own moves", balance, "change.key, sub.moves,", "change.key, change.moves,"),
    ("income needs no proof", balance, "amount > 0 and not one.with_proof", "False"),
    ("lowered income needs a proof", balance, "amount > 0 and not one.with_proof", "not one.with_proof"),
    ("distance counts signs", balance, "(abs(amount) for amount", "(amount for amount"),
    ("the contingency is a line that is pulled", conflicts, " - {plan.contingency})", ")"),
    ("the contingency is pulled in the table", conflicts, "if code == plan.contingency:\n", "if False:\n"),
    ("two of one direction are contrary", conflicts, "(one.moves[code] < 0) != (two", "(one.moves[code] < 0) == (two"),
    ("a source that is just enough is not", conflicts, "NOTHING) <= free:", "NOTHING) < free:"),
    ("those who want least come first", conflicts, "(-wanted[key], key)", "(wanted[key], key)"),
    ("a contrary one does not fall", falls, "if one.key not in wanted:", "if False:"),
    ("the wish of the meeting counts nothing", falls, "if one.key not in wanted:", "if True:"),
    ("a replaced one does not fall", falls, "if one.key in passed.replaced:\n", "if False:\n"),
    ("an exhausted one does not fall", falls,
     "if fault.kind == Kind.EXHAUSTED:\n            yield", "if 0:\n            yield"),
    ("no money ever comes back", falls, "giver.moves.get(fall.line, NOTHING) > 0", "False"),
    ("an amendment outlives what it amends", falls, "if parent is None or (", "if (False and "),
    ("an amendment stands after the one it amends", voting_order, "return [*first, Place(", "return [Place("),
    ("the nearest goes first", voting_order, "return -one.distance, lot(", "return one.distance, lot("),
    ("the last that came goes first", voting_order, '"", one.came, one.key', '"", -one.came, one.key'),
    ("the lot is not drawn", voting_order, "if seed else \"\", one", "if not seed else \"\", one"),
    ("everybody draws the same", voting_order, "{seed} A{number}", "{seed} A"),
    ("a common text goes by its distance", voting_order, "if one.key in common.replaces and", "if 0 and"),
    ("too many decimals are kept", money, "if places > min(decimals, MOST_DECIMALS):", "if False:"),
    ("an amount that reads two ways is read", money, "if mark is None:", "if False:"),
    ("an amount below zero is taken", money, "if found < 0 and not signed:", "if False:"),
    ("groups may have any size", money, "all(len(part) == 3 for part in parts[1:])", "True"),
]  # fmt: skip


def worked(budget: dict[str, ModuleType]) -> list[str]:
    """What does not come out as it should, with these modules."""
    return [
        f"{name}: {found!r}, not {wanted!r}"
        for name, found, wanted in [*_round(budget), *_small(budget), *_amounts(budget["money"])]
        if found != wanted
    ]


def _round(budget: dict[str, ModuleType]) -> list[tuple[str, Any, Any]]:
    told_by, moved = budget["conflicts"], budget["balance"]
    draft = moved.Plan.of(DRAFT.lines.values(), contingency=DRAFT.contingency, floor=DRAFT.floor)
    put = {key: again(moved, one) for key, one in PUT.items()}
    carried = [put[key] for key, result in RESULTS.items() if result.startswith("carried")]
    after = moved.applied(draft, carried)
    found = told_by.conflicts(draft, put.values())
    order = [one.key for one in budget["voting_order"].voting_order(put.values())]
    final = {one["code"]: one["final"] for one in OUTCOME["changed_lines"]}
    gone = budget["falls"].falls(draft, carried=carried, waiting=[put[key] for key in (2, 3, 6, 7)])
    return [
        ("lines", {one.line.code: one.after for one in after.changed}, final),
        ("breaks", after.broken, ()),
        ("totals", (after.income, after.expense), (47_000_000, 47_000_000)),
        ("contrary", {one.keys for one in found if one.kind == "same-line"}, {(3, 4), (5, 6), (9, 10)}),
        ("order", order, ORDERS["by distance"]),
        ("falls", {one.key: str(one.because) for one in gone},
         {2: "replaced", 3: "contrary", 6: "contrary", 7: "replaced"}),
    ]  # fmt: skip


def again(module: ModuleType, one: Change) -> Any:
    return module.Change(one.key, one.moves, one.came, one.amends, one.replaces, one.with_proof)


def _small(budget: dict[str, ModuleType]) -> list[tuple[str, Any, Any]]:
    made, table, order = budget["balance"], budget["conflicts"], budget["voting_order"]
    falling = budget["falls"]
    side = made.Side
    small = made.Plan.of(
        [
            made.Line("C", "F", side.EXPENSE, Decimal(100)),
            made.Line("E", "A", side.EXPENSE, Decimal(50)),
            made.Line("I", "A", side.INCOME, Decimal(150)),
        ],
        contingency="C",
        floor=Decimal(40),
    )

    def taking(key: int, amount: int, **more: Any) -> Any:
        return made.Change(key, {"C": Decimal(-amount), "E": Decimal(amount)}, came=key, **more)

    def kinds(*changes: Any) -> list[str]:
        return [str(one.kind) for one in made.applied(small, changes).broken]

    back = made.Change(9, {"E": Decimal(-5), "C": Decimal(5)}, came=9)
    twice = [made.Change(1, {"E": Decimal(5), "I": Decimal(5)}), taking(2, 30), taking(3, 31)]
    three = [taking(1, 25), taking(2, 25), taking(3, 25), taking(4, 1)]
    exact = [taking(1, 30), taking(2, 30)]
    sub = taking(3, 20, amends=1)
    refilled = falling.falls(small, carried=[taking(1, 60)], waiting=[taking(2, 10), back], wanted=[9])
    commons = [taking(1, 9), taking(2, 8), taking(3, 1, replaces=frozenset({1, 2}))]
    return [
        ("at the floor", kinds(taking(1, 60)), []),
        ("under the floor", kinds(taking(1, 61)), ["below-floor"]),
        ("below zero", kinds(made.Change(1, {"E": Decimal(-51), "C": Decimal(51)})), ["below-zero"]),
        ("no proof", kinds(twice[0]), ["without-proof"]),
        ("less income", kinds(made.Change(1, {"E": Decimal(-5), "I": Decimal(-5)})), []),
        ("crooked", kinds(made.Change(1, {"E": Decimal(5)})), ["not-balanced"]),
        ("pair", [(one.kind, one.keys) for one in table.conflicts(small, twice[1:])],
         [("source-exhausted", (2, 3))]),
        ("three", [one.witnesses for one in table.conflicts(small, three)], [((1, 2, 3),)]),
        ("most first", [one.witnesses for one in table.conflicts(small, [*three[:2], taking(5, 55), taking(4, 6)])],
         [((1, 5), (2, 5), (4, 5))]),
        ("just enough", table.conflicts(small, exact), []),
        ("just enough for two", table.conflict_between(small, *exact), None),
        ("contingency", table.conflict_between(
            small, taking(1, 5), made.Change(2, {"I": Decimal(5), "C": Decimal(5)})), None),
        ("wanted", falling.falls(small, carried=[taking(1, 5)], waiting=[back], wanted=[9]), []),
        ("contrary", [one.because for one in falling.falls(small, carried=[taking(1, 5)], waiting=[back])],
         ["contrary"]),
        ("refilled", [(one.key, one.because, one.may_return) for one in refilled], [(2, "source", (9,))]),
        ("orphan", [one.because for one in falling.falls(small, carried=[], waiting=[sub])], ["its-amendment"]),
        ("with its amendment", [one.after for one in made.applied(small, [exact[0], sub]).changed],
         [Decimal(80), Decimal(70)]),
        ("replaced", [one.after for one in made.applied(small, commons).changed], [Decimal(99), Decimal(51)]),
        ("common text", [one.key for one in order.voting_order(commons)], [3, 1, 2]),
        ("its amendment", [one.key for one in order.voting_order([exact[0], sub])], [3, 1]),
        ("same distance", [one.key for one in order.voting_order([taking(2, 5), taking(1, 5)])], [1, 2]),
        ("by lot", [one.key for one in order.voting_order([taking(1, 5), taking(2, 5)], seed="7")], [2, 1]),
    ]  # fmt: skip


def _amounts(module: ModuleType) -> list[tuple[str, Any, Any]]:
    cases = {
        "1.234,56": Decimal("1234.56"),
        "1,234.56": Decimal("1234.56"),
        "1.234": "amount-reads-two-ways",
        "1.23,5": "amount-not-readable",
        "1.2.3": "amount-not-readable",
        "0.001": "amount-hides-a-part",
        "-5": "amount-negative",
    }
    found = {text: module.read(text, decimals=2) for text in cases}
    return [
        (text, found[text].code if isinstance(found[text], Reason) else found[text], wanted)
        for text, wanted in cases.items()
    ]


def house(changed: ModuleType | None = None, old: str = "", new: str = "") -> dict[str, ModuleType]:
    """The five modules, one of them with a rule changed; what knows another knows the changed one."""
    made: dict[str, ModuleType] = {}
    for module in (balance, conflicts, falls, voting_order, money):
        text = Path(str(module.__file__)).read_text()
        if module is changed:
            assert text.count(old) == 1, (text.count(old), old)
            text = text.replace(old, new)
        fresh = ModuleType(module.__name__)
        fresh.__package__ = module.__package__
        exec(compile(text, "mutant", "exec"), fresh.__dict__)
        made[module.__name__.rpartition(".")[2]] = fresh
    for name in ("Break", "Change", "Plan", "applied", "as_amended", "missing"):
        for knows in ("conflicts", "falls"):
            setattr(made[knows], name, getattr(made["balance"], name))
    for name in ("Kind", "faults", "pulled"):
        setattr(made["falls"], name, getattr(made["conflicts"], name))
    return made


def test_the_worked_rounds_come_out() -> None:
    assert worked(house()) == []


@pytest.mark.parametrize(("what", "module", "old", "new"), MUTANTS, ids=[mutant[0] for mutant in MUTANTS])
def test_a_guarantee_that_is_gone_is_noticed(what: str, module: ModuleType, old: str, new: str) -> None:
    try:
        noticed = worked(house(module, old, new))
    except AssertionError:
        raise
    except Exception as error:  # noqa: BLE001  (a mutant may fall over anywhere)
        noticed = [repr(error)]
    assert noticed, what
