"""Whatever the day and the hour of loading: an assembly sits, a vote is open, and nothing lies in the future."""

import datetime
from typing import Any

import pytest

from coop.ballots.models import Ballot, NamedVote
from coop.demo.plant import plant
from coop.journal.models import Entry
from coop.meetings import due
from coop.meetings.models import Attendance, Meeting
from coop.proposals.models import Support
from tests.conftest import CI


def draws() -> tuple[Any, ...]:
    return (
        set(Attendance.objects.values_list("member__number", flat=True)),
        set(NamedVote.objects.values_list("entry__member__number", "answer")),
        set(Support.objects.values_list("proposal__number", "member__number")),
    )


DRAWN: dict[datetime.date, tuple[Any, ...]] = {}


@pytest.mark.parametrize(
    ("moment", "closes", "year"),
    [
        # the files' own day: just after midnight, so that the assembly began the day before, and in the evening
        ("2026-10-14T00:10:00-03:00", "2026-10-15T00:00:00-03:00", False),
        ("2026-10-14T19:42:07-03:00", "2026-10-15T03:42:07-03:00", False),
        # the last second of a leap day; also after assemblies and councils of two calendar years
        ("2028-02-29T23:59:59.999999-03:00", "2028-03-01T07:59:59.999999-03:00", False),
        pytest.param(
            "2028-02-29T23:59:59.999999-03:00",
            "2028-03-01T07:59:59.999999-03:00",
            True,
            marks=pytest.mark.skipif(not CI, reason="a whole year takes half a minute; asked for with CI=1"),
        ),
    ],
)
def test_at_every_hour_a_vote_is_open_and_the_lots_of_a_day_are_the_same(
    committed_db: str, moment: str, closes: str, year: bool
) -> None:
    now = datetime.datetime.fromisoformat(moment)
    plant(now=now, say=lambda _words: None, year=year)
    ballot = Ballot.objects.get(needs_presence=True, state=Ballot.State.OPEN)
    assert ballot.is_open(now)
    assert ballot.closes_at == datetime.datetime.fromisoformat(closes)
    assert NamedVote.objects.filter(entry__ballot=ballot).count() == 104
    sitting = Meeting.objects.get(state="in_session", body__code="GA").sittings.get()
    assert sitting.opened_on_call == 1
    assert datetime.timedelta(minutes=45) <= now - sitting.starts_at < datetime.timedelta(minutes=75)
    assert Entry.objects.latest("sequence").at <= now
    assert Meeting.objects.get(state="draft", body__code="GA").sittings.earliest("starts_at").starts_at > now
    assert [task.says for find in due.finders() for task in find(now)] == []
    if not year:
        assert DRAWN.setdefault(now.date(), draws()) == draws()
