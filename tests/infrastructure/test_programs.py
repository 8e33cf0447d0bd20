"""What is run by hand (`make bench`, `make reliability`) still fits the house: it is loaded, and does nothing."""

from __future__ import annotations

import importlib

import pytest

PROGRAMS = (
    "bench.door",
    "bench.fill",
    "bench.hall",
    "bench.intake",
    "bench.register",
    "bench.run",
    "bench.telephones",
    "reliability.more_proofs",
    "reliability.proofs",
)


@pytest.mark.parametrize("program", PROGRAMS)
def test_programs_are_loaded(program: str) -> None:
    importlib.import_module(f"tests.{program}")
