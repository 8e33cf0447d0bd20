"""The storm: everybody votes at once, twice, some with a second paper, while programs are killed with -9.

After it every member who was told "your vote is in the box" must have exactly that vote there, and nobody two.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from .copies import Copy
from .house import Server, administrator, kill
from .voters import Paper, Storm, papers_of, statuses

DEADLY = ("backend", "postmaster", "worker", "backend", "postmaster", "worker", "server")
Voters = Sequence[Mapping[str, Any]]
ALLOWED = {200, 302, 409, 503}  # the only answers a voter may ever read


async def blow(
    storm: Storm, server: Server, deaths: Sequence[str], pause: tuple[float, float]
) -> Counter[str]:
    """Runs the storm and kills, one after the other, while anybody is still voting. What was killed, and how often."""
    killed: Counter[str] = Counter()
    running = asyncio.create_task(storm.run())
    left = list(deaths)
    while not running.done():
        await asyncio.sleep(storm.dice.uniform(*pause))
        if left and not running.done() and await asyncio.to_thread(kill, left[0], server, storm.dice):
            killed[left.pop(0)] += 1
        storm.over = server.process.poll() is not None  # then nobody waits any longer, and the proof fails
    await running
    return killed


def storm(
    server: Server,
    path: str,
    papers: Sequence[Paper],
    *,
    dice: random.Random,
    deaths: Sequence[str] = (),
    pause: tuple[float, float] = (0.2, 3.0),
    new_form: bool = False,
) -> str:
    """Sends all papers; one line about how it went."""
    sender = Storm(server.port, path, papers, dice=dice, new_form=new_form)
    began = time.monotonic()
    killed = asyncio.run(blow(sender, server, deaths, pause))
    lasted = time.monotonic() - began
    tries = sum(paper.tries for paper in papers)
    dead = ", ".join(f"{count} x {what}" for what, count in sorted(killed.items())) or "nothing"
    return (
        f"{len(papers):,} papers in {lasted:.0f} s, {tries:,} tries; killed: {dead}; "
        f"longest wait {sender.longest:.1f} s; answers {dict(sorted(statuses(papers).items()))}"
    )


def crowd(server: Server, path: str, voters: Voters, *, dice: random.Random) -> tuple[list[Paper], str]:
    """One member after the other, each with fifty papers of their own at once: else few of one person ever meet."""
    papers = []
    for voter in voters:
        theirs = papers_of([voter] * 50, [{"choice": "for"}, {"choice": "against"}], dice, presses=1)
        storm(server, path, theirs, dice=dice)
        papers += theirs
    answers = dict(sorted(statuses(papers).items()))
    return papers, f"{len(voters)} members with fifty papers each at once; answers {answers}"


def faults(
    papers: Sequence[Paper], stored: Mapping[int, Sequence[Paper]], marked: set[int]
) -> dict[str, int]:
    """What is wrong after a storm; all noughts when nothing is.

    `stored`: member -> their papers that lie in the box (more than one is a fault of its own); `marked`: members whose
    line of the roll says that they voted.
    """
    by_member: dict[int, list[Paper]] = {}
    for paper in papers:
        by_member.setdefault(paper.member, []).append(paper)
    voted = {
        member: {paper.form for paper in theirs if paper.told == "voted"}
        for member, theirs in by_member.items()
    }
    in_the_box = {member: {paper.form for paper in theirs} for member, theirs in stored.items()}
    return {
        "acknowledged and lost": sum(
            not forms <= in_the_box.get(member, set()) for member, forms in voted.items()
        ),
        "acknowledged twice": sum(len(forms) > 1 for forms in voted.values()),
        "in the box twice": sum(len(forms) > 1 for forms in in_the_box.values()),
        "never acknowledged": sum(not forms for forms in voted.values()),
        "without a definite answer": sum(not paper.told for paper in papers),
        "odd answers": sum(
            paper.told.startswith("odd") or not set(paper.statuses) <= ALLOWED for paper in papers
        ),
        "roll and box differ": len(marked ^ set(in_the_box)),
    }


def open_votes(
    ballot: int, papers: Sequence[Paper], there: Copy | None = None
) -> tuple[dict[int, list[Paper]], set[int]]:
    """What lies in the box of an open vote, and whom the roll says to have voted: read by somebody with all rights.

    `there`: in this copy of the house's database.
    """
    with there.connect() if there else administrator() as connection:
        votes = connection.execute(
            "SELECT entry.member_id, vote.form, vote.answer FROM ballots_namedvote vote"
            " JOIN ballots_rollentry entry ON entry.id = vote.entry_id WHERE entry.ballot_id = %s",
            [ballot],
        ).fetchall()
        roll = connection.execute(
            "SELECT member_id FROM ballots_rollentry WHERE ballot_id = %s AND channel = 'phone'", [ballot]
        ).fetchall()
    known = {(paper.member, paper.form, paper.fields.get("choice")): paper for paper in papers}
    stored: dict[int, list[Paper]] = {}
    for member, form, answer in votes:
        unknown = Paper(
            member, "", f"{form} {answer}", {}
        )  # nobody sent it so: it will not equal what was told
        stored.setdefault(member, []).append(known.get((member, form, answer), unknown))
    return stored, {member for (member,) in roll}


def said(found: Mapping[str, int]) -> str:
    return ", ".join(f"{words} {count}" for words, count in found.items())


def lost(papers: Sequence[Paper], stored: Mapping[int, Sequence[Paper]], since: float) -> str:
    """Every answer to those who were told that they had voted and whose vote is not there: seconds after `since`."""
    missing = {
        paper.member
        for paper in papers
        if paper.told == "voted" and paper.form not in {there.form for there in stored.get(paper.member, ())}
    }

    def heard(paper: Paper) -> str:
        times = zip(paper.statuses, paper.heard_at, strict=True)
        return ", ".join(f"{status} after {at - since:.2f} s" for status, at in times)

    theirs = [paper for paper in papers if paper.member in missing]
    return "; ".join(f"{paper.member}, paper {paper.form[:6]}: {heard(paper)}" for paper in theirs)


def must_be_clean(found: Mapping[str, int]) -> None:
    if any(found.values()):
        raise AssertionError(said(found))


def must_find(found: Mapping[str, int], *, one_of: Sequence[str]) -> str:
    """For a storm over something broken: it is worthless unless it finds the fault. What it found."""
    if not any(found[words] for words in one_of):
        raise AssertionError(f"the broken one was not noticed: {said(found)}")
    return f"found: {', '.join(f'{words} {found[words]}' for words in one_of)}"


def awake() -> None:
    """Everybody has just been there: no vote asks for the secret again, and nobody is sent to the door."""
    with administrator() as connection:
        connection.execute(
            "UPDATE keys_session SET seen_at = now(), secret_due = false, expire_date = now() + '1 day'"
        )
