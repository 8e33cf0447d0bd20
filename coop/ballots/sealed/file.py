"""The file of a closed urn: everything that a second table needs to open and count it, away from the server. Pure.

It holds envelopes, the pieces of the key, the paper, the rules copied onto the ballot, and the agreed sheets of boxes
and hands; neither names of voters nor anything that was opened. The count is made by the same functions as on the page.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from ..acta.gathering import Gathered, gathered
from ..acta.outcomes import ADDITIVE, Counted, Terms, outcome_of
from ..rules.answers import Printed, obstacles_in_answers
from . import merkle, sealing, trustees

FORMAT = "asamblea urn 1"
SCREENS = "phone"


@dataclass(frozen=True)
class Asked:
    """One question: its words, the names of the options by code, the paper, and the rules of its count."""

    wording: str
    labels: Mapping[str, str]
    paper: Printed
    terms: Terms


@dataclass(frozen=True)
class Urn:
    """`keepers`: place -> (name, salt); `bodies`: the envelopes in the order of their trackers; `root` as published."""

    title: str
    house: str
    mark: str
    need: int
    root: str
    public_key: bytes
    keepers: Mapping[int, tuple[str, bytes]]
    blobs: trustees.Blobs
    questions: tuple[Asked, ...]
    sheets: tuple[tuple[str, Mapping[str, Any]], ...]
    bodies: tuple[bytes, ...]


# --- Writing and reading the file ------------------------------------------------------------------------------------


def written(urn: Urn) -> str:
    told = {
        "format": FORMAT,
        "title": urn.title,
        "house": urn.house,
        "mark": urn.mark,
        "need": urn.need,
        "root": urn.root,
        "public_key": urn.public_key.hex(),
        "trustees": [
            {"place": place, "name": name, "salt": salt.hex()}
            for place, (name, salt) in sorted(urn.keepers.items())
        ],
        "keys": [{"holders": list(holders), "blob": blob.hex()} for holders, blob in urn.blobs.items()],
        "questions": [_asked_told(asked) for asked in urn.questions],
        "sheets": [{"channel": channel, "figures": figures} for channel, figures in urn.sheets],
        "envelopes": [body.hex() for body in urn.bodies],
    }
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def read(text: str) -> Urn:
    """Raises ValueError on a file that is none, is not whole, or whose envelopes do not give its root."""
    try:
        told = json.loads(text)
        if told["format"] != FORMAT:
            raise ValueError("not the file of an urn")
        urn = Urn(
            title=told["title"],
            house=told["house"],
            mark=told["mark"],
            need=int(told["need"]),
            root=told["root"],
            public_key=bytes.fromhex(told["public_key"]),
            keepers={
                int(one["place"]): (one["name"], bytes.fromhex(one["salt"])) for one in told["trustees"]
            },
            blobs={
                tuple(int(place) for place in one["holders"]): bytes.fromhex(one["blob"])
                for one in told["keys"]
            },
            questions=tuple(_asked_read(one) for one in told["questions"]),
            sheets=tuple((one["channel"], one["figures"]) for one in told["sheets"]),
            bodies=tuple(bytes.fromhex(body) for body in told["envelopes"]),
        )
    except (KeyError, TypeError, AttributeError, RecursionError, ArithmeticError) as odd:
        raise ValueError("not the file of an urn, or not the whole of it") from odd
    if merkle.root([sealing.tracker(body) for body in urn.bodies]).hex() != urn.root:
        raise ValueError("the envelopes in this file are not those whose root was published")
    return urn


def _asked_told(asked: Asked) -> dict[str, Any]:
    terms = asdict(asked.terms)
    return {
        "wording": asked.wording,
        "labels": dict(asked.labels),
        "paper": asdict(asked.paper),
        "terms": {
            **terms,
            "withdrawn": sorted(asked.terms.withdrawn),
            "costs": {code: str(cost) for code, cost in asked.terms.costs.items()},
            "money": None if asked.terms.money is None else str(asked.terms.money),
        },
    }


def _asked_read(told: Mapping[str, Any]) -> Asked:
    paper, terms = told["paper"], dict(told["terms"])
    terms |= {
        "options": tuple(terms["options"]),
        "withdrawn": frozenset(terms["withdrawn"]),
        "costs": {code: Decimal(cost) for code, cost in terms["costs"].items()},
        "money": None if terms["money"] is None else Decimal(terms["money"]),
    }
    return Asked(
        told["wording"], told["labels"], Printed(**{**paper, "codes": tuple(paper["codes"])}), Terms(**terms)
    )


# --- Opening and counting --------------------------------------------------------------------------------------------


def key_of(urn: Urn, codes: Mapping[int, str]) -> bytes:
    """The hidden key, from codes by place. Raises trustees.CodesDoNotOpen."""
    hidden = {
        place: trustees.key_pair(code, urn.keepers[place][1])[1]
        for place, code in codes.items()
        if place in urn.keepers
    }
    return trustees.joined(urn.blobs, hidden)


def opened(urn: Urn, key: bytes) -> sealing.Opened:
    papers = {asked.paper.number: asked.paper for asked in urn.questions}
    in_order = sorted(papers)
    return sealing.open_all(
        urn.bodies,
        key=key,
        mark=urn.mark,
        questions=len(papers),
        valid=lambda place, answer: (
            not obstacles_in_answers(
                {in_order[place - 1]: papers[in_order[place - 1]]}, {in_order[place - 1]: answer}
            )
        ),
    )


def counted(
    urn: Urn, found: sealing.Opened, *, lot: str = "", chair: str = ""
) -> list[tuple[Asked, Gathered, Counted]]:
    """Every question, all ways of voting together. `lot`, `chair`: how a tie was settled, if after the file was made.

    Raises LotNeeded, TieForChair as the count on the page refuses.
    """
    results = []
    for place, asked in enumerate(urn.questions):
        terms = replace(asked.terms, lot=lot or asked.terms.lot, chair=chair or asked.terms.chair)
        texts: Counter[str] = Counter()
        for answers, number in found.papers.items():
            texts[answers[place]] += number
        given = gathered(
            additive=terms.method in ADDITIVE,
            papers={SCREENS: texts},
            sheets=[(channel, figures[str(asked.paper.number)]) for channel, figures in urn.sheets],
            followed=terms.followed,
        )
        results.append((asked, given, outcome_of(terms, given)))
    return results
