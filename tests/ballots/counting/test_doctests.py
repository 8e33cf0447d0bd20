"""The worked numbers in the docstrings of everything that counts or reads ballots."""

import doctest
import pkgutil
from importlib import import_module
from types import ModuleType

import pytest

from coop.ballots import ballot_files, counting

MODULES = [
    import_module(f"{package.__name__}.{module.name}")
    for package in (counting, ballot_files)
    for module in pkgutil.iter_modules(package.__path__)
]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_worked_numbers(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_every_way_of_counting_shows_worked_numbers() -> None:
    ways = ("motion", "plurality", "approval", "runoff", "schulze", "stv", "greedy", "shares")
    shown = {module.__name__.rpartition(".")[2]: doctest.testmod(module).attempted for module in MODULES}
    assert [way for way in ways if not shown[way]] == []
