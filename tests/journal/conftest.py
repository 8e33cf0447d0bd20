import datetime

import pytest
from django.db import transaction

from coop.journal.actions import start_chain, write
from coop.journal.models import Actor, Chain, Entry, Subject

ANA = Actor("member:12", "Ana Ruiz")
NOON = datetime.datetime(2026, 10, 14, 12, tzinfo=datetime.UTC)


def append(chain: Chain, *verbs: str) -> list[Entry]:
    with transaction.atomic():
        return [
            write(
                chain,
                verb=verb,
                subject=Subject("problem", place, f"Problem {place}: ñandú"),
                by=ANA,
                at=NOON + datetime.timedelta(minutes=place),
                facts={"place": place, "by_hand": [True, None, {"z": 1, "a": "é"}]},
            )
            for place, verb in enumerate(verbs, 1)
        ]


@pytest.fixture
def chain(db: None) -> Chain:
    return start_chain(label="lucerna")


@pytest.fixture
def committed_chain(committed_db: str) -> Chain:
    """Five entries in a database of its own, for whoever tampers with it."""
    chain = start_chain(label="lucerna")
    append(chain, "raised", "discussed", "assigned", "solved", "verified")
    return chain
