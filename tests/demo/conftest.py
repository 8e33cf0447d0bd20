import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from coop.demo.plant import plant
from coop.demo.timeline import World
from tests.conftest import database_clone

NOW = datetime.datetime(2026, 11, 21, 19, 42, 7, tzinfo=datetime.UTC)  # 16:42:07 in Buenos Aires, a Saturday


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The plant as loaded at NOW without the year before, once for all tests of a module; they only read, or roll back
    what they do. It is committed act by act, as `make run` does it: in one transaction it would take twice as long."""
    with database_clone(django_db_blocker), django_db_blocker.unblock():
        yield plant(now=NOW, say=lambda _words: None, year=False)


@pytest.fixture(scope="module")
def whole_year(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The same with the assemblies and councils of the year; three times as long, so for one module alone."""
    with database_clone(django_db_blocker), django_db_blocker.unblock():
        yield plant(now=NOW, say=lambda _words: None)


@pytest.fixture
def rolled_back(world: World) -> Iterator[World]:
    """For tests that do something to the plant."""
    with transaction.atomic():
        yield world
        transaction.set_rollback(True)
