"""H. Insiders: what somebody with rights over the database does shows at the screens, and figures that cannot be."""

from __future__ import annotations

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from tests import make, make_paper
from tests.reliability.triggers import without_triggers

from .cases import Case, tables
from .casting import CLOSED, receipt_in
from .telephone import Answer
from .world import HOUSE, World, at, number

AGAINST_ALL_RIGHTS = (
    "INSERT INTO ballots_envelope (ballot_id, tracker, body) VALUES ({vote}, 'x', 'y')",
    "UPDATE ballots_envelope SET body = 'x'",
    "DELETE FROM ballots_envelope",
    "TRUNCATE ballots_envelope",
    "UPDATE ballots_finalenvelope SET body = 'x'",
    "TRUNCATE ballots_rollentry CASCADE",
    "SELECT * FROM ballots_envelope",
    "UPDATE journal_entry SET verb = 'x'",
    "DELETE FROM journal_entry",
    "TRUNCATE journal_entry",
    "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
    "ALTER TABLE ballots_envelope DISABLE TRIGGER ALL",
    "SET session_replication_role = replica",
    "SET ROLE coop_owner",
    "COPY (SELECT 1) TO PROGRAM 'true'",
)


def voted_in_secret(w: World, *names: str) -> tuple[Ballot, dict[str, Answer]]:
    ballot = w.secret()
    sent = {"choice": "for".ljust(7, ".")}
    return ballot, {name: w.of(name).post(at(ballot), {"form": number(), **sent}) for name in names}


def envelope_taken_out(w: World) -> list[Answer]:
    """Then the vote cannot even be closed: marks on the roll and envelopes in the urn must be as many."""
    ballot, answers = voted_in_secret(w, "eve", "fay")
    assert receipt_in(answers["eve"]) != receipt_in(answers["fay"])
    with without_triggers(w.rows.inside, "ballots_envelope"):
        one = "SELECT tracker FROM ballots_envelope WHERE ballot_id = %s LIMIT 1"
        w.rows.inside.execute(f"DELETE FROM ballots_envelope WHERE tracker IN ({one})", [ballot.pk])
    w.of("hal")
    w.from_here()
    closed = w.of("hal").post(at(ballot, "end/"), {})
    assert Ballot.objects.get(pk=ballot.pk).state == "open"
    return [*answers.values(), closed]


def envelope_put_in(w: World) -> list[Answer]:
    """For Gus, who has not voted: he reads that he has, and his own paper is refused."""
    ballot, _answers = voted_in_secret(w, "eve")
    with without_triggers(w.rows.inside, "ballots_envelope", "ballots_rollentry"):
        w.rows.inside.execute(
            "UPDATE ballots_rollentry SET channel = 'phone' WHERE ballot_id = %s AND member_id = %s",
            [ballot.pk, w.plant.gus.pk],
        )
    gus = w.of("gus")
    w.from_here()
    shown = gus.get(at(ballot))
    assert "You have voted" in shown.words or "has been taken" in shown.words
    refused = gus.post(at(ballot), {"form": number(), "choice": "for".ljust(7, ".")})
    return [shown, refused]


def figures_that_cannot_be(w: World) -> list[Answer]:
    """Below nothing, more than the box holds, no number, and a sheet that adds up to another sum."""
    ballot = w.opened(channels=("phone", "paper"))
    make_paper.name_tellers(w.plant, ballot)
    gate = make_paper.open_boxes(w.plant, ballot, "Gate")[0]
    make_paper.give(w.plant, gate, "ana", "bo", "cy", "dee", "eve")
    make_paper.end(w.plant, ballot, gate)
    jo = w.of("jo")
    w.from_here()

    def sheet(papers: str, votes_for: str) -> Answer:
        found = {"1-papers": papers, "1:for": votes_for, "1:against": "0", "1:abstain": "0", "1-spoiled": "0"}
        return jo.post(at(ballot, "count/box-1/"), found | {"remark": "", "attempt": "1"})

    return [sheet("5", "-5"), sheet("5", "1e1"), sheet("5", "٥"), sheet("5", "9" * 30), sheet("5", "4")]


def tellers_differ(w: World) -> Answer:
    """Nobody confirms two sheets that differ."""
    ballot = w.opened(channels=("phone", "paper"))
    make_paper.name_tellers(w.plant, ballot)
    gate = make_paper.open_boxes(w.plant, ballot, "Gate")[0]
    make_paper.give(w.plant, gate, "ana", "bo", "cy", "dee", "eve")
    make_paper.end(w.plant, ballot, gate)
    make_paper.sheet(w.plant, ballot, gate, "jo", make_paper.motion(4, 1))
    make_paper.sheet(w.plant, ballot, gate, "kim", make_paper.motion(5, 0))
    hal = w.of("hal")
    w.from_here()
    return hal.post(at(ballot, "count/box-1/confirm/"), {"attempt": "1", "remark": ""})


def sealed_and_sent_again(w: World) -> list[Answer]:
    """The receipt of a secret paper is the same after the vote has been closed and the urn shaken."""
    ballot, sent = w.secret(), {"form": number(), "choice": "for".ljust(7, ".")}
    first = w.of("eve").post(at(ballot), sent)
    ballots.close(ballot=ballot, by=w.plant.hal.actor, at=make.now())
    w.from_here()
    again = w.of("eve").post(at(ballot), sent)
    other = w.of("eve").post(at(ballot), {"form": number(), "choice": "against"})
    assert receipt_in(first) == receipt_in(again)
    return [first, again, other]


def two_histories(w: World) -> list[Answer]:
    """One council was shown this journal, another a different one; the auditor types in what each of them holds."""
    head = w.plant.cooperative.chain
    head.refresh_from_db()
    other = f"{int(head.head_hash, 16) ^ 1:064x}"
    dee, check = w.of("dee"), f"/{HOUSE}/journal/checks/"
    typed = [
        dee.post(f"{check}verify/", {"sequence": str(head.head_sequence), "fingerprint": shown})
        for shown in (head.head_hash, other)
    ]
    assert f"entry {head.head_sequence} has another hash than was kept" in w.of("lou").get(check).words
    return [*typed, w.of("lou").get(check)]


CASES = [
    Case("20b", "a secret paper again, after closing", sealed_and_sent_again, (200, 200, 409), CLOSED),
    Case("96a", "an envelope is taken out of the urn", envelope_taken_out, (200, 200, 409)),
    Case("96b", "somebody is marked who has not voted", envelope_put_in, (200, 409)),
    Case("99", "two councils were shown two histories", two_histories, (302, 302, 200), "it does not hold",
         changes=tables("oversight_journalcheck", "journal_entry", "journal_chain"),
         because="Houses exchange no roots by themselves: people type in what was kept."),
    Case("100a", "figures that cannot be", figures_that_cannot_be, 422),
    Case("100b", "two sheets that differ", tellers_differ, 409),
]  # fmt: skip
