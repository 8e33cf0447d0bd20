"""Rankings from a .blt file: candidates told by their numbers, votes with five decimals as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from coop.ballots.ballot_files import RankedFile, read_blt
from coop.ballots.counting import Lot, Runoff, Transferable, count_runoff, count_schulze, count_stv
from coop.ballots.counting.draws import MOST, Drawn, every_draw

from .wish import Told, Wish, only_one_seat, seats_for

ENOUGH = 1_000_000  # different papers, counted over and over
WORDS = {"earlier_stage": "earlier stage", "surplus": "order of surplus transfer"}


def told_stv(file: Path, wish: Wish) -> Told:
    ranked = read_blt(file)
    seats = seats_for(wish, ranked.seats, len(ranked.candidates))

    def count(lot: Lot) -> Transferable:
        return count_stv(
            ranked.papers, candidates=ranked.candidates, seats=seats, withdrawn=ranked.withdrawn, lot=lot
        )

    draws, complete = _draws(count, wish.lot, ranked)
    facts = draws[0].result.as_facts()
    told = _head(ranked) | {key: facts[key] for key in ("seats", "ballots_total", "ballots_valid", "quota")}
    told |= {"elected": _numbers(facts["elected"]), "elected_names": _named(ranked, facts["elected"])}
    told |= {"excluded": _numbers(facts["excluded"]), "stage_count": facts["stage_count"]}
    told |= {"outcome": facts["outcome"], "empty_seats": facts["empty_seats"]}
    told |= {"stages": [_numbered(stage) for stage in facts["stages"]]} | _ties(facts)
    if len(draws) > 1:
        told["outcomes"] = [
            {
                "lots": [{"among": _numbers(among), "chosen": int(chosen)} for among, chosen in drawn.lots],
                "elected": _numbers(drawn.result.elected),
                "excluded": _numbers(drawn.result.excluded),
            }
            for drawn in draws
        ]
        told["elected_possible"] = sorted({tuple(sorted(_numbers(drawn.result.elected))) for drawn in draws})
        told |= {} if complete else {"outcomes_complete": False}
    return told


def told_runoff(file: Path, wish: Wish) -> Told:
    ranked = read_blt(file)
    only_one_seat(wish)

    def count(lot: Lot) -> Runoff:
        return count_runoff(ranked.papers, candidates=ranked.candidates, withdrawn=ranked.withdrawn, lot=lot)

    draws, complete = _draws(count, wish.lot, ranked)
    facts = draws[0].result.as_facts()
    told = _head(ranked) | {key: facts[key] for key in ("seats", "ballots_total", "ballots_valid", "outcome")}
    told |= {"winner": _number(facts["winner"]), "winner_name": ranked.names.get(facts["winner"])}
    told |= {"eliminated": _numbers(facts["eliminated"])}
    told |= {key: facts[key] for key in ("majority_reached_in_round", "rounds")} | _ties(facts, "round")
    if len(draws) > 1:
        told["winners_possible"] = sorted({int(drawn.result.winner or 0) for drawn in draws})
        told |= {} if complete else {"outcomes_complete": False}
    return told


def told_schulze(file: Path, wish: Wish) -> Told:
    ranked = read_blt(file)
    only_one_seat(wish)
    facts = count_schulze(
        ranked.papers,
        candidates=ranked.candidates,
        withdrawn=ranked.withdrawn,
        lot=wish.lot,
        keep=wish.keep,
    ).as_facts()
    told = _head(ranked) | {"strength": "winning votes", "ballots_total": facts["ballots_total"]}
    told |= {"unranked": "tied last, below every ranked candidate", "outcome": facts["outcome"]}
    told |= {"winners": _numbers(facts["winners"]), "winner_names": _named(ranked, facts["winners"])}
    if facts["by_lot"]:
        told["drawn"] = _number(facts["winner"])
    if wish.keep is not None:
        told |= {"keep": _number(wish.keep), "set_aside": _numbers(facts["set_aside"])}
    told |= {"condorcet_winner": _number(facts["condorcet_winner"])}
    told |= {"ranking": [_numbers(group) for group in facts["ranking"]]}
    return told | {key: facts[key] for key in ("pairwise", "strongest_paths")}


def _draws(count: Callable[[Lot], Any], lot: Lot | None, ranked: RankedFile) -> tuple[list[Drawn[Any]], bool]:
    """The one result of a drawn lot, or those of every draw; of a large urn only a few, so that it ends."""
    if lot:
        return [Drawn((), count(lot))], True
    return every_draw(count, most=max(6, min(MOST, ENOUGH // (len(ranked.papers) + 1))))


def _head(ranked: RankedFile) -> Told:
    told: Told = {"title": ranked.title, "candidates": [ranked.names[code] for code in ranked.candidates]}
    return told | ({"withdrawn": _numbers(ranked.withdrawn)} if ranked.withdrawn else {})


def _number(code: str | None) -> int | None:
    return None if code is None else int(code)


def _numbers(codes: Sequence[str]) -> list[int]:
    return [int(code) for code in codes]


def _named(ranked: RankedFile, codes: Sequence[str]) -> list[str]:
    return [ranked.names[code] for code in codes]


def _numbered(facts: Mapping[str, Any]) -> Told:
    """A stage or a tie with numbers for codes."""
    told = dict(facts)
    for key in ("candidate", "chosen"):
        if key in told:
            told[key] = int(told[key])
    for key in ("elected", "elected_without_quota", "tied", "lot_among"):
        if key in told:
            told[key] = _numbers(told[key])
    return told


def _ties(facts: Told, step: str = "stage") -> Told:
    ties = []
    for tie in facts["ties"]:
        words = {
            "for": WORDS.get(tie["for"], tie["for"]),
            "resolved_by": WORDS.get(tie["resolved_by"], "lot"),
        }
        told = _numbered(tie) | words
        ties.append({step: told.pop("stage")} | told)
    return {"ties": ties} if ties else {}
