"""What holds all of the words that somebody asks for.

Where they stand says the order: all in the title, all in one passage, scattered over the paper; among equals the newest
first. A word is found as it is written, as the beginning of another, and with other endings: those of the language of
the co-operative, which is the language of its papers. Which words of a text that is, PostgreSQL says for the marks too,
so nothing is marked that was not found.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeVar

from django.db import connection
from django.db.models.expressions import RawSQL

from coop import unchanged
from coop.asked_often import Often
from coop.charter.models import Cooperative
from coop.members.models import Body, Member
from coop.production.models import ProblemEvent

from .sources import KINDS, Kind
from .words import Term

Found = TypeVar("Found")

# How PostgreSQL calls what it knows of a language; of any other it takes the words as they are.
LANGUAGES: Final = {"en": "english", "es": "spanish", "pt": "portuguese"}
_OES = re.compile(r"oes\b")  # "reuniões" are more than one "reunião"; the index holds it so too
# Of a frequent word PostgreSQL would rather take every text apart anew, one after the other or along their keys, than
# read the index of their words; it weighs checking again what the index says, which it then need not do. How frequent
# the words are it sees only when it plans for them.
_BY_INDEX: Final = (
    "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)"
    ", set_config('max_parallel_workers_per_gather', '0', true), set_config('plan_cache_mode', 'auto', true)"
)
_BESIDE = re.compile(r"<(?:-|\d+)>")


@dataclass(frozen=True)
class Asked:
    """What somebody looks for. Without words: everything of these kinds, the newest first. `until` is the moment
    before which it happened. `reader`: who finds drafts of their own too; whoever has none finds what all find.
    `said`: the last thing said to a problem; as long as it is the last, what is found may be kept."""

    cooperative: Cooperative
    reader: Member | None = None
    said: int | None = None
    terms: Sequence[Term] = ()
    kinds: Collection[str] = tuple(KINDS)
    body: Body | None = None
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None
    queries: Sequence[str] = field(default=(), compare=False)  # the terms as PostgreSQL asks them


class Hit(NamedTuple):
    kind: str
    key: int
    place: int  # 0 all words in the title, 1 in one passage, 2 scattered


def queries(cooperative: Cooperative, terms: Sequence[Term]) -> list[str]:
    """The terms as PostgreSQL asks them. A word that only joins others ("the", "de") is asked for where there is no
    other: it stands in nearly everything. One query."""
    if not terms:
        return []
    language = LANGUAGES.get(cooperative.language[:2], "simple")
    stems = [term.as_stem for term in terms]
    if language == "portuguese":
        stems = [_OES.sub("ao", stem) for stem in stems]
    told = _as_postgres_asks(language, tuple(term.as_begun for term in terms), tuple(stems))
    telling = [
        begun if term.is_phrase or not stem else f"({begun}) | ({stem})"
        for term, (begun, stem) in zip(terms, told, strict=True)
        if stem or term.is_phrase or term.words[0].isdigit()
    ]
    return telling or [begun.removesuffix(":*") for begun, _stem in told if begun]


@lru_cache(maxsize=500)
def _as_postgres_asks(language: str, begun: tuple[str, ...], stems: tuple[str, ...]) -> list[tuple[str, str]]:
    """Words alone decide it, so it is kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_tsquery('simple', begun)::text, to_tsquery(%s::regconfig, stem)::text"
            " FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS asked(begun, stem, place) ORDER BY place",
            [language, list(begun), list(stems)],
        )
        told: list[tuple[str, str]] = cursor.fetchall()
    return told


def page(asked: Asked, *, size: int, number: int) -> tuple[list[Hit], int]:
    """The hits of one page, and how many there are at all (0 on a page that does not exist). Two queries."""
    facts: dict[str, Any] = {
        "house": asked.cooperative.pk,
        "reader": asked.reader.pk if asked.reader else None,
        "zone": asked.cooperative.time_zone,
        "body": asked.body.pk if asked.body else None,
        "since": asked.since,
        "until": asked.until,
        "all": " & ".join(f"({one})" for one in asked.queries),
        "size": size,
        "from": size * (number - 1),
        **{f"word{place}": one for place, one in enumerate(asked.queries)},
    }
    papers = " UNION ALL ".join(_papers(name, KINDS[name], asked) for name in asked.kinds)
    question = (
        f"SELECT kind, key, place, count(*) OVER () FROM ({papers}) AS papers"  # noqa: S608 - from sources.py
        " ORDER BY place, moment DESC, kind, key DESC LIMIT %(size)s OFFSET %(from)s"
    )
    rows = kept(asked, (question, *facts.values()), lambda: _by_index(question, facts))
    return [Hit(kind, key, place) for kind, key, place, _total in rows], rows[0][3] if rows else 0


def kept(asked: Asked, key: tuple[Hashable, ...], find: Callable[[], Found]) -> Found:
    """What is found, or was found since the last line of the journal by somebody who asked the same."""
    if asked.reader is not None or asked.said is None:
        return find()
    return unchanged.said((asked.said, *key), find)


# What somebody says to a problem has no line in the journal. While somebody writes there, the last that can be seen may
# not be the last: what was begun before may still come.
_NOBODY_WRITES: Final = (
    "NOT EXISTS (SELECT FROM pg_locks JOIN pg_database d ON d.oid = database AND d.datname = current_database()"
    " WHERE relation = 'production_problemevent'::regclass AND mode = 'RowExclusiveLock')"
)
_LAST_SAID = Often(
    lambda: ProblemEvent.objects.order_by("-pk").values_list(
        "pk",
        RawSQL(_NOBODY_WRITES, ()),  # noqa: S611 - the words above
    )[:1]
)


def last_said() -> int | None:
    """Which was the last thing said to a problem, where that is sure; for `Asked.said`. One query."""
    key, sure = _LAST_SAID.first() or (0, False)
    return key if sure else None


def keys_holding(
    name: str, cooperative: Cooperative, queries: Sequence[str], *, most: int = 5000
) -> list[int]:
    """The keys of the papers of a kind that hold all of the words wherever they stand, at most so many, the newest
    first; of a kind whose words are kept together (`Kind.whole`). One query."""
    kind = KINDS[name]
    facts: dict[str, Any] = {
        "house": cooperative.pk,
        "all": " & ".join(f"({one})" for one in queries),
        "most": most,
    }
    table, key = kind.whole
    rows = _by_index(
        f"SELECT t.id FROM {kind.of} JOIN {table} w ON w.{key} = t.id"  # noqa: S608 - from sources.py
        f" WHERE {kind.house} = %(house)s AND w.words @@ %(all)s::tsquery"
        f" ORDER BY {kind.moment} DESC, t.id DESC LIMIT %(most)s",
        facts,
    )
    return [key for (key,) in rows]


def _by_index(question: str, facts: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The settings hold for what is sent along with them; nobody waits for each answer."""
    with connection.cursor() as cursor, connection.wrap_database_errors, connection.connection.pipeline():
        cursor.execute(_BY_INDEX)
        cursor.execute(question, facts)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _papers(name: str, kind: Kind, asked: Asked) -> str:
    """Every paper of a kind that holds all of the words."""
    conditions = [f"{kind.house} = %(house)s", f"({kind.readable})"]
    if asked.body:
        conditions.append(f"{kind.body} = %(body)s")
    if asked.since:
        conditions.append(f"{kind.moment} >= %(since)s")
    if asked.until:
        conditions.append(f"{kind.moment} < %(until)s")
    place, holding = "0", ""
    if asked.queries:
        scattered = len(asked.queries) > 1
        place = "COALESCE(h.place, 2)" if scattered else "h.place"
        holding = f"{'LEFT ' if scattered else ''}JOIN ({_holding(kind, 'all')}) h ON h.key = t.id"
        if scattered:
            each = [_holding(kind, f"word{number}") for number in range(len(asked.queries))]
            conditions += [f"t.id IN (SELECT key FROM ({one}) AS one)" for one in each]  # noqa: S608
    return (
        f"SELECT '{name}' AS kind, t.id AS key, {place} AS place, {kind.moment} AS moment"  # noqa: S608
        f" FROM {kind.of} {holding} WHERE {' AND '.join(conditions)}"
    )


def _holding(kind: Kind, query: str) -> str:
    """The keys of the papers of which a title (0) or passage (1) holds what is asked. They are grouped, so PostgreSQL
    looks for the words first and for the papers then; otherwise it may look into each paper for the words."""
    return (
        "SELECT key, min(place) AS place FROM ("  # noqa: S608
        + " UNION ALL ".join(
            f"SELECT {key} AS key, {place} AS place FROM {table} WHERE searchable({words}) @@ %({query})s::tsquery"  # noqa: S608
            for place, sources in enumerate((kind.titles, kind.passages))
            for table, key, words in sources
        )
        + ") AS held GROUP BY key"
    )


def words_found(queries: Sequence[str], written: Mapping[str, str]) -> set[str]:
    """Of words as they are written, with how they are folded, those that are asked for. One query at most."""
    if not queries or not written:
        return set()
    folded = _those_found(" | ".join(f"({_alone(one)})" for one in queries), frozenset(written.values()))
    return {word for word, plain in written.items() if plain in folded}


@lru_cache(maxsize=200)
def _those_found(query: str, words: frozenset[str]) -> frozenset[str]:
    """Words alone decide it, so it is kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM unnest(%s::text[]) AS word WHERE searchable(word) @@ %s::tsquery",
            [sorted(words), query],
        )
        return frozenset(word for (word,) in cursor.fetchall())


def _alone(query: str) -> str:
    """Of words that stand together each one by itself: marks are set word by word."""
    return _BESIDE.sub("|", query)
