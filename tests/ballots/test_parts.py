"""A vote in parts: names of blocks, what PostgreSQL keeps of a part that is over, and what is told by sitting."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, RollEntry
from coop.ballots.parts import block_in, own_name, part_of
from coop.refusals import Refused
from tests import make

NAMES = st.text(min_size=1, max_size=30).filter(lambda name: "▸" not in name)


@given(part=st.integers(1, 99), name=NAMES)
def test_a_block_is_read_back_as_it_was_written(part: int, name: str) -> None:
    block = block_in(part, name)
    assert (part_of(block), own_name(block)) == (part, name)


@given(st.text(max_size=40))
def test_nobody_writes_a_sitting_by_hand(name: str) -> None:
    assert part_of(block_in(None, name)) is None


@pytest.mark.django_db
class TestOnAnOpenVote:
    def vote(self) -> tuple[make.Plant, Ballot]:
        """Ana to Hal are in the first sitting; it has voted, Eve alone."""
        plant = make.plant()
        ballot = make.open_vote(plant).ballot
        make.cast(ballot, plant.eve)
        return plant, ballots.end_part(ballot=ballot, part=1, by=plant.bo.actor, at=make.now())

    def test_the_part_is_over_once_and_its_people_stay_present(self) -> None:
        plant, ballot = self.vote()
        assert RollEntry.objects.filter(ballot=ballot, part=1, present=True).count() == 8
        ballots.end_part(ballot=ballot, part=1, by=plant.bo.actor, at=make.now())
        ballots.mark_absent(ballot=ballot, members=[plant.fay.pk], by=plant.bo.actor, at=make.now())
        ballots.mark_present(ballot=ballot, members=[plant.fay.pk], part=2, by=plant.bo.actor, at=make.now())
        assert RollEntry.objects.get(ballot=ballot, member=plant.fay).part == 1
        with pytest.raises(Refused, match="sitting-has-voted"):
            make.cast(ballot, plant.fay)
        late = [plant.lou.pk]
        ballots.mark_present(ballot=ballot, members=late, part=1, by=plant.bo.actor, at=make.now())
        assert RollEntry.objects.get(ballot=ballot, member=plant.lou).present is False
        ballots.mark_present(ballot=ballot, members=late, part=2, by=plant.bo.actor, at=make.now())
        make.cast(ballot, plant.lou)
        closed = ballots.close(ballot=ballot, by=plant.bo.actor, at=make.now())
        assert closed.present == 9

    def test_postgresql_refuses_what_no_action_does(self) -> None:
        plant, ballot = self.vote()
        mine = RollEntry.objects.filter(ballot=ballot, member=plant.fay)
        vote = Ballot.objects.filter(pk=ballot.pk)
        for rows, change in (
            (mine, {"channel": "phone"}),
            (mine, {"present": False}),
            (mine, {"part": 2}),
            (vote, {"parts_over": []}),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                rows.update(**change)  # type: ignore[attr-defined]
        assert vote.update(parts_over=[1, 2]) == 1
