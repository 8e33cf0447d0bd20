"""What stands on a ballot paper, and the same as a line of text.

A paper is a tuple of ranks, the first preference first; each rank is a sorted tuple of option codes. A
motion's paper is (("for",),), several marks without order (("a", "c"),), a ranking (("b",), ("a",)), with
equals (("b",), ("a", "c")), a blank one (). Equal papers are merged before they are counted: `Papers` says
how many there are of each.

A spoiled paper is no Paper: nobody can say what it wants. Those who count the urn count it apart.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

Paper = tuple[tuple[str, ...], ...]
Papers = Mapping[Paper, int]

BLANK = "blank"  # the text of a paper on which nothing is marked; so no option may have this code
_CODE = re.compile(r"[a-z0-9-]+")


def written(paper: Paper) -> str:
    """A paper as text: `>` between ranks, `=` within one.

    >>> written((("b",), ("a", "c"))), written(())
    ('b>a=c', 'blank')

    Raises ValueError on what `read` would not read.
    """
    ranks = _checked(paper)
    return ">".join("=".join(rank) for rank in ranks) if ranks else BLANK


def read(text: str) -> Paper:
    """The paper that a text says; the order within a rank does not matter.

    >>> read("b>c=a") == (("b",), ("a", "c")), read("blank")
    (True, ())

    Raises ValueError on an empty code, letters that no code has, a code twice.
    """
    return () if text == BLANK else _checked(rank.split("=") for rank in text.split(">"))


def _checked(ranks: Iterable[Sequence[str]]) -> Paper:
    paper = tuple(tuple(sorted(rank)) for rank in ranks)
    codes = [code for rank in paper for code in rank]
    if not all(paper):
        raise ValueError("a rank without an option")
    if odd := [code for code in codes if not _CODE.fullmatch(code) or code == BLANK]:
        raise ValueError(f"{odd[0]!r} is no option code")
    if len(set(codes)) < len(codes):
        raise ValueError("an option stands twice on one paper")
    return paper


def standing(candidates: Sequence[str], withdrawn: Collection[str]) -> list[str]:
    """Who is left of the candidates, in their order.

    >>> standing(["ana", "ben", "cira"], {"ben"})
    ['ana', 'cira']

    Raises ValueError when a candidate stands twice, or somebody withdrew who was none.
    """
    if len(set(candidates)) < len(candidates):
        raise ValueError("a candidate stands twice")
    if strangers := set(withdrawn) - set(candidates):
        raise ValueError(f"{min(strangers)!r} withdrew without being a candidate")
    return [code for code in candidates if code not in withdrawn]


def checked_papers(papers: Papers, options: Collection[str]) -> int:
    """How many papers there are, when each can be.

    >>> checked_papers({(("a",), ("b",)): 3, (): 2}, ["a", "b"])
    5

    Raises ValueError on fewer than no papers, an option that nobody put up, an option twice on one paper.
    """
    known = set(options)
    for paper, number in papers.items():
        if number < 0:
            raise ValueError("a count below zero")
        codes = [code for rank in paper for code in rank]
        seen = set(codes)
        if len(seen) < len(codes):
            raise ValueError("an option stands twice on one paper")
        if not seen <= known:
            raise ValueError(f"{min(seen - known)!r} is not one of the options")
    return sum(papers.values())


def rankings(
    papers: Papers, *, candidates: Sequence[str], left: Collection[str]
) -> dict[tuple[str, ...], int]:
    """The papers as plain orders of those who are left, merged anew; those that name nobody are not among them.

    Who withdrew is struck first, and the ranks close up. Then a paper is followed as long as it is clear: up
    to the first rank that still names several (equal ranks), or that named nobody to begin with (a gap).

    >>> papers = {(("a",), ("b",), ("c",)): 5, (("a",), ("c",)): 1, (("c",), ("a", "b")): 2, (("a",),): 4, (): 3,
    ...           (("c",), (), ("b",)): 1}
    >>> rankings(papers, candidates=["a", "b", "c"], left=["a", "c"])
    {('a', 'c'): 6, ('c', 'a'): 2, ('a',): 4, ('c',): 1}

    Raises ValueError as `checked_papers` does.
    """
    checked_papers(papers, candidates)
    everybody = len(left) == len(candidates)
    merged: dict[tuple[str, ...], int] = {}
    for paper, number in papers.items():
        order: list[str] = []
        for rank in paper:
            named = rank if everybody else [code for code in rank if code in left]
            if len(named) == 1:
                order.append(named[0])
            elif named or not rank:
                break
        if order and number:
            followed = tuple(order)
            merged[followed] = merged.get(followed, 0) + number
    return merged
