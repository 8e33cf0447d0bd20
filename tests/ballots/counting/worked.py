"""Small counts of the transferable vote that anybody can follow with a pencil: what is asked, and what must come out.

Each stands for one rule. `test_stv.py` counts them; `test_mutants.py` changes a rule and must see one of them fail.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from coop.ballots.counting import Papers, Transferable, read


@dataclass(frozen=True)
class Case:
    """`totals`: of some stages, by number; what is not transferable stands under "-"."""

    rule: str
    papers: dict[str, int]
    seats: int
    elected: list[str]
    excluded: list[str]
    totals: dict[int, dict[str, str]] = field(default_factory=dict)
    actions: str = ""  # the first letter of every stage: first preferences, transfer, exclude

    def read(self) -> Papers:
        return {read(text): number for text, number in self.papers.items()}

    @property
    def candidates(self) -> list[str]:
        return sorted({code for paper in self.read() for rank in paper for code in rank})


WORKED = [
    Case(
        "who has just the quota is elected and has no surplus",
        {"a>b": 4, "b": 3, "c>b": 2},  # 9 papers, 2 seats: quota 4
        2,
        ["a", "b"],
        ["c"],
        {1: {"a": "4.00000"}, 2: {"a": "4.00000", "b": "5.00000", "c": "0.00000"}},
        "fe",
    ),
    Case(
        "values are cut on each paper, and what is cut is not transferable",
        {
            "a>b": 6,
            "b": 1,
            "c": 3,
        },  # quota 4; surplus 2 over six papers: 0.33333 each, six times that is 1.99998
        2,
        ["a", "c"],
        ["b"],
        {2: {"a": "4.00000", "b": "2.99998", "c": "3.00000", "-": "0.00002"}},
        "fte",
    ),
    Case(
        "a surplus takes all papers, not only those that came last",
        # 14 papers, quota 5: c out, a has 6; one vote over six papers: 4 x 0.16666 to d, 2 x 0.16666 to b
        {"a>d": 4, "c>a>b": 2, "b": 4, "d": 4},
        2,
        ["a", "d"],
        ["c", "b"],
        {3: {"a": "5.00000", "b": "4.33332", "d": "4.66664", "-": "0.00004"}},
        "fete",
    ),
    Case(
        "nobody who is elected gets papers, though their own surplus waits",
        # 20 papers, 3 seats, quota 6: the surplus of a passes over b, who is elected, to c
        {"a>b>c": 9, "b>a>d": 7, "c": 2, "d": 2},
        3,
        ["a", "b", "c"],
        ["d"],
        {
            2: {"a": "6.00000", "b": "7.00000", "c": "4.99997", "-": "0.00003"},
            3: {"b": "6.00000", "d": "2.99995"},
        },
        "ftte",
    ),
    Case(
        "the largest surplus goes first",
        {"a>c": 7, "b>d": 9, "c": 2, "d": 2},  # quota 6
        3,
        ["b", "a", "d"],
        ["c"],
        {2: {"a": "7.00000", "b": "6.00000", "d": "4.99997"}, 3: {"a": "6.00000", "c": "2.99995"}},
        "ftte",
    ),
    Case(
        "a paper that arrived worth less passes on at the value it had",
        # 19 papers, quota 7: ten papers go to b at 0.3 each; b goes out, and they are still worth 0.3 for d
        {"a>b>d": 10, "c": 4, "d": 5},
        2,
        ["a", "d"],
        ["b"],
        {2: {"b": "3.00000"}, 3: {"a": "7.00000", "b": "0.00000", "d": "8.00000"}},
        "fte",
    ),
    Case(
        "of equal last the latest stage where they differed tells, not the first",
        # a 6 and b 7; x makes a 10; y makes b 10; at stage 2 b had fewer
        {"x>a": 4, "y>b": 3, "y": 2, "a": 6, "b": 7, "c": 20},
        1,
        ["c"],
        ["x", "y", "b", "a"],
        {2: {"a": "10.00000", "b": "7.00000"}, 3: {"a": "10.00000", "b": "10.00000"}},
        "feeee",
    ),
    Case(
        "of equal surpluses the one who had more at the latest stage where they differed goes first",
        # 33 papers, quota 9: with the papers of x both have 10; b had 8 before, a had 7
        {"a>c": 7, "b>d": 8, "x>a": 3, "x>b": 2, "c": 7, "d": 6},
        3,
        ["b", "a", "c"],
        ["x", "d"],
        {3: {"a": "10.00000", "b": "9.00000", "d": "6.80000"}, 4: {"a": "9.00000", "c": "7.70000"}},
        "fette",
    ),
    Case(
        "as many left as seats: all are elected, also without the quota",
        {"a": 5, "b": 2, "c": 1},  # quota 3, 2 seats: c out, b has 2 and the seat
        2,
        ["a", "b"],
        ["c"],
        {2: {"a": "3.00000", "b": "2.00000", "-": "2.00000"}},
        "fte",
    ),
]


def told(case: Case, count: Callable[..., Transferable]) -> list[str]:
    """What came out otherwise than it must; nothing is as it should be."""
    found = count(case.read(), candidates=case.candidates, seats=case.seats).as_facts()
    wrong = [f"{key}: {found[key]}" for key in ("elected", "excluded") if found[key] != getattr(case, key)]
    actions = "".join(stage["action"][0] for stage in found["stages"])
    wrong += [f"stages: {actions}"] if actions != case.actions else []
    for number, totals in case.totals.items():
        stage = found["stages"][number - 1] if number <= len(found["stages"]) else {"totals": {}}
        had = stage["totals"] | {"-": stage.get("non_transferable")}
        wrong += [
            f"stage {number}, {code}: {had.get(code)}" for code in totals if had.get(code) != totals[code]
        ]
    return wrong
