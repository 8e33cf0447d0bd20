from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from coop.demo.timeline import World
from tests.conftest import planted_copy


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The plant as loaded at NOW without the year before, in a copy for all tests of a module; they only read, or roll
    back what they do."""
    with planted_copy("short", django_db_blocker) as world:
        yield world


@pytest.fixture(scope="module")
def whole_year(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The same with the assemblies and councils of the year."""
    with planted_copy("year", django_db_blocker) as world:
        yield world


@pytest.fixture
def rolled_back(world: World) -> Iterator[World]:
    """For tests that do something to the plant."""
    with transaction.atomic():
        yield world
        transaction.set_rollback(True)
