import datetime
from collections.abc import Callable
from typing import Any

import pytest

from coop.charter.actions import found_cooperative
from coop.charter.models import Cooperative
from coop.journal.models import Actor

ANA = Actor("member:12", "Ana Ruiz")
NOON = datetime.datetime(2026, 10, 14, 12, tzinfo=datetime.UTC)


@pytest.fixture
def found(db: None) -> Callable[..., Cooperative]:
    def _found(**changes: Any) -> Cooperative:
        act: dict[str, Any] = {
            "by": ANA,
            "at": NOON,
            "slug": "lucerna",
            "legal_name": "Cooperativa de Trabajo Aluminio Puerto Lucerna Limitada",
            "short_name": "Lucerna",
            "legal_form": "cooperative",
            "time_zone": "America/Argentina/Buenos_Aires",
            "currency_code": "UC",
            "adopted_by": "Founding act, page 3",
            "founded": datetime.date(2011, 6, 18),
        }
        return found_cooperative(**(act | changes))

    return _found


@pytest.fixture
def lucerna(found: Callable[..., Cooperative]) -> Cooperative:
    return found()
