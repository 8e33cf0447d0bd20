"""The second in which a vote closes: eight cast, two close at once, and the count knows every vote that was told so."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, NamedVote
from tests import make, make_votes

from .house import SLUG, Server
from .voters import Paper, post

ROUNDS = 20
APART = 0.15  # seconds within which everybody presses
Voters = Sequence[Mapping[str, Any]]


def rounds(
    server: Server, plant: make.Plant, voters: Voters, dice: random.Random, times: int = ROUNDS
) -> str:
    """How many votes were told that they are in and are not in the count, over all rounds. Closers: Gus and Hal."""
    closers = [voter for voter in voters if voter["name"] in ("Gus", "Hal")]
    casters = [voter for voter in voters if voter not in closers][:8]
    told = late = 0
    answers: Counter[int] = Counter()
    for number in range(times):
        ballot = make_votes.opened(plant, title=f"Closing {number}")
        papers = [_paper(voter, dice) for voter in casters]
        closed = asyncio.run(_all_at_once(server, ballot, papers, closers, dice))
        answers.update(closed)
        counted = ballots.count(ballot=Ballot.objects.get(pk=ballot.pk), by=make.FOUNDING, at=timezone.now())[
            0
        ].voted
        asyncio.run(asyncio.sleep(0.3))  # what was still on its way is there now
        said = sum(paper.told == "voted" for paper in papers)
        there = NamedVote.objects.filter(entry__ballot=ballot).count()
        told, late = told + said, late + abs(said - counted) + abs(there - counted)
    words = (
        f"{times} rounds: {told} told that they are in, {late} late; closing: {dict(sorted(answers.items()))}"
    )
    if late or set(answers) - {302, 409}:
        raise AssertionError(words)
    return words


def _paper(voter: Mapping[str, Any], dice: random.Random) -> Paper:
    fields = {"csrfmiddlewaretoken": voter["csrf"], "choice": "for"}
    return Paper(voter["member"], voter["cookie"], f"{dice.getrandbits(128):032x}", fields)


async def _all_at_once(
    server: Server, ballot: Ballot, papers: Sequence[Paper], closers: Voters, dice: random.Random
) -> list[int]:
    path = f"/{SLUG}/ballots/{ballot.pk}/"

    async def cast(paper: Paper) -> None:
        await asyncio.sleep(dice.uniform(0, APART))
        fields = {**paper.fields, "form": paper.form}
        status, _page = await post(server.port, path, paper.cookie, fields, hang_up=False)
        paper.told = {302: "voted", 409: "refused"}.get(status, f"odd: {status}")

    async def close(voter: Mapping[str, Any], after: float) -> int:
        await asyncio.sleep(after)
        sent = {"csrfmiddlewaretoken": voter["csrf"]}
        return (await post(server.port, f"{path}end/", voter["cookie"], sent, hang_up=False))[0]

    moment = dice.uniform(0, APART)
    *_cast, first, second = await asyncio.gather(
        *(cast(paper) for paper in papers), *(close(voter, moment) for voter in closers)
    )
    odd = [paper.told for paper in papers if paper.told.startswith("odd")]
    assert not odd, f"a vote was answered {odd[0]}"  # without the lock PostgreSQL itself stops it: 500
    return [int(first or 0), int(second or 0)]
