"""What the search found, as it is told: the paper, where it stands, and the passages with the words marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import Choices, F, QuerySet
from django.db.models.expressions import RawSQL
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coop.asked_often import Answer, Often, given, known_already
from coop.decisions.models import CarriedDecision, Decision
from coop.meetings.minutes_blocks import plain
from coop.meetings.models import Minutes
from coop.production.models import Problem, ProblemEvent
from coop.proposals.models import Amendment, AmendmentChange, Clause, Proposal
from coop.search.finding import Asked, Hit, words_found
from coop.search.finding import kept as kept_found
from coop.search.marking import Piece, beginning, like, marked, passages
from coop.search.words import Named, named

from .. import kept
from ..access import Here
from ..outcomes.decided import OUTCOME_SHAPES, outcome_of
from ..problems.told import say_place, standing
from ..proposals.amendments_told import SHAPES as AMENDMENT_SHAPES
from ..proposals.amendments_told import state_of
from ..proposals.proposals import SHAPES, sentence

Answers = dict[str, list[Answer[Any]]]  # by kind
LONGEST_SHOWN = 200_000  # letters of one text that are looked through for passages


@dataclass
class Text:
    """One text of a paper: which one it is, its words, and where it stands on the page of the paper."""

    words: str
    name: str = ""
    anchor: str = ""


@dataclass
class Passage:
    name: str
    address: str
    pieces: list[Piece]

    @property
    def html(self) -> SafeString:
        return drawn(self.pieces)


@dataclass
class Told:
    kicker: str
    headline: str
    address: str
    word: str
    shape: str
    meta: list[str]
    texts: list[Text]
    language: str = ""  # minutes are composed in one, whoever reads them
    title: SafeString = field(default_factory=SafeString)
    passages: list[Passage] = field(default_factory=list)

    @property
    def state(self) -> SafeString:
        return _state(str(self.word), self.shape)


@lru_cache(maxsize=200)  # the words of the program
def _state(word: str, shape: str) -> SafeString:
    return render_to_string("shared/state.html", {"word": word, "shape": shape})


def drawn(pieces: Iterable[Piece]) -> SafeString:
    """The words with those marked that were found. In one go: a page has a hundred of them."""
    html = "".join(f"<mark>{escape(one.words)}</mark>" if one.found else escape(one.words) for one in pieces)
    return mark_safe(html)  # noqa: S308 - escaped piece by piece


def told(here: Here, hits: list[Hit], asked: Asked) -> SafeString:
    """The papers of these hits with their passages. The same queries for one and for a page full.

    They are the same for everybody who looks for the same words on the same day, until one of the papers changes.
    """
    key = (
        here.cooperative.slug,
        tuple(hits),
        tuple(asked.terms),
        tuple(asked.queries),
        here.day,
        get_language(),
    )
    return kept_found(asked, key, lambda: _found(here, hits, asked))


def _found(here: Here, hits: list[Hit], asked: Asked) -> SafeString:
    kinds = {name: [hit.key for hit in hits if hit.kind == name] for name in _KINDS}
    answers = {name: _KINDS[name].answers(keys) for name, keys in kinds.items() if keys}
    rows = [(name, *(answer.said for answer in found)) for name, found in answers.items()]
    said = (here.day, tuple(hits), tuple(asked.terms), tuple(asked.queries), tuple(rows))

    def read() -> dict[str, Any]:
        return {"found": _told(here, hits, asked, answers)}

    return kept.drawn("search/papers.html", here.cooperative, said, read, briefly=True)


def _told(here: Here, hits: list[Hit], asked: Asked, answers: Answers) -> list[Told]:
    rows = [(name, one) for name, found in answers.items() for one in _KINDS[name].read(found)]
    papers = {(name, one.pk): _KINDS[name].tell(here, one) for name, one in rows}
    found = [papers[hit.kind, hit.key] for hit in hits]
    texts = {text.words for one in found for text in one.texts} | {one.headline for one in found}
    words = words_found(asked.queries, like(texts, asked.terms)) if asked.queries else set()
    for one in found:
        one.title = drawn(marked(one.headline, words))
        one.passages = list(_passages(one, words))
    return found


def _passages(one: Told, words: set[str]) -> Iterable[Passage]:
    """The best places of a paper, at most three; where only its title holds the words, how it begins."""
    places = [(text, place) for text in one.texts for place in passages(text.words, words)]
    best = sorted(places, key=lambda place: -len({piece.words for piece in place[1] if piece.found}))[:3]
    for text, place in [place for place in places if place in best] or [
        (text, beginning(text.words)) for text in one.texts[:1]
    ]:
        yield Passage(text.name, f"{one.address}{text.anchor}", place)


def the_one_named(here: Here, typed: str) -> Told | None:
    """The paper whose number was typed, where there is one and everybody reads it. At most one query."""
    name = named(typed)
    if name is None:
        return None
    kind = _KINDS[name.kind]
    found = kind.papers().filter(**_NAMED[name.kind](here, name)).first()
    return kind.tell(here, found) if found else None


_NAMED: dict[str, Callable[[Here, Named], dict[str, Any]]] = {
    "proposal": lambda here, name: {
        "cooperative": here.cooperative,
        "year": name.year,
        "number": name.number,
    },
    "amendment": lambda here, name: {
        "proposal__cooperative": here.cooperative,
        "proposal__year": name.year,
        "proposal__number": name.number,
        **(
            {"amends": None, "number": name.amendment}
            if name.own is None
            else {"amends__number": name.amendment, "number": name.own}
        ),
    },
    "decision": lambda here, name: {
        "cooperative": here.cooperative,
        "body__code__iexact": name.body,
        "year": name.year,
        "number": name.number,
    },
    "minutes": lambda here, name: {
        "meeting__cooperative": here.cooperative,
        "meeting__body__code__iexact": name.body,
        "meeting__year": name.year,
        "meeting__number": name.number,
    },
}


# --- Each kind ------------------------------------------------------------------------------------------------------


def label(value: Choices) -> str:
    """As `get_…_display` says it, which would translate all of them to find one."""
    return str(value.label)


def _day(moment: Any) -> str:
    return date_format(localtime(moment), "DATE_FORMAT")


class _Kind:
    """`papers`: with what stands beside them; `tell`: one of them. `parts`: the rows of a paper that hold its texts, as
    its model calls them and in their order; `of`: how they call the paper."""

    def __init__(
        self,
        papers: Callable[[], QuerySet[Any]],
        tell: Callable[[Here, Any], Told],
        parts: Callable[[], QuerySet[Any]] | None = None,
        *,
        named: str = "",
        of: str = "",
    ) -> None:
        self.papers, self.tell, self.named, self.of = papers, tell, named, f"{of}_id"
        self._papers = _among("pk", papers)
        self._parts = _among(of, parts) if parts else None

    def answers(self, keys: list[int]) -> list[Answer[Any]]:
        """What the database says of the papers, and of their parts where they have any."""
        return [one.answer(keys=keys) for one in (self._papers, self._parts) if one is not None]

    def read(self, answers: list[Answer[Any]]) -> list[Any]:
        papers, *rest = [answer.read() for answer in answers]
        for rows in rest:
            parts: dict[int, list[Any]] = {}
            for part in rows:
                parts.setdefault(getattr(part, self.of), []).append(part)
            for one in papers:
                known_already(one, self.named, parts.get(one.pk, []))
        return papers


def _among(field: str, rows: Callable[[], QuerySet[Any]]) -> Often[Any]:
    """Those of these keys, given as one value."""
    keys = {f"{field}__in": RawSQL("SELECT unnest(%s::bigint[])", (given("keys"),))}
    return Often(lambda: rows().filter(**keys))


def _proposals() -> QuerySet[Proposal]:
    return Proposal.objects.select_related("author", "on_behalf_of")


def _proposal(here: Here, one: Proposal) -> Told:
    texts = [
        Text(clause.text, _("Clause %(number)s") % {"number": clause.number}, f"#clause-{clause.number}")
        for clause in one.clauses.all()
    ]
    if one.reasons:
        texts.append(Text(plain(one.reasons), _("Reasons")))
    whose = one.on_behalf_of.name if one.on_behalf_of else one.author.name
    return Told(
        f"{sentence(label(Proposal.Kind(one.kind)))} {one.label}".strip(),
        one.title,
        reverse("proposal", args=[here.cooperative.slug, one.pk]),
        label(Proposal.State(one.state)),
        SHAPES[one.state],
        [whose, _day(one.published_at or one.written_at)],
        texts,
    )


def _amendments() -> QuerySet[Amendment]:
    return Amendment.objects.select_related("proposal", "amends", "author", "on_behalf_of")


def _amendment(here: Here, one: Amendment) -> Told:
    texts = [Text(change.text, _place_of(one, change)) for change in one.changes.all() if change.text]
    if one.reasons:
        texts.append(Text(plain(one.reasons), _("Reasons")))
    return Told(
        f"{sentence(label(Amendment.Kind(one.kind)))} {one.label}",
        _("%(label)s to “%(title)s”") % {"label": one.short, "title": one.proposal.title},
        reverse("amendment", args=[here.cooperative.slug, one.pk]),
        state_of(one),
        AMENDMENT_SHAPES[one.state],
        [one.on_behalf_of.name if one.on_behalf_of else one.author.name, _day(one.submitted_at)],
        texts,
    )


def _place_of(one: Amendment, change: AmendmentChange) -> str:
    if one.amends is not None:
        return _("Words of %(label)s") % {"label": one.amends.short}
    if change.kind == AmendmentChange.Kind.WORDS:
        return _("Clause %(number)s") % {"number": change.clause}
    return _("New clause")


def _decisions() -> QuerySet[Decision]:
    return Decision.objects.select_related("body", "proposal").filter(number__isnull=False)


def _decision(here: Here, one: Decision) -> Told:
    return Told(
        _("Decision %(label)s") % {"label": one.label},
        one.title,
        reverse("decision", args=[here.cooperative.slug, one.pk]),
        *outcome_of(one),
        [one.body.name, _day(one.decided_at)],
        [Text(one.final_text[:LONGEST_SHOWN])],
    )


def _copies() -> QuerySet[CarriedDecision]:
    return CarriedDecision.objects.select_related("body")


def _copied(here: Here, one: CarriedDecision) -> Told:
    return Told(
        _("Decision %(label)s, from the book") % {"label": one.label},
        one.title,
        reverse("old-decision", args=[here.cooperative.slug, one.pk]),
        label(Decision.Outcome(one.outcome)),
        OUTCOME_SHAPES[one.outcome],
        [one.body.name, date_format(one.decided_on, "DATE_FORMAT")],
        [Text(one.text)],
    )


def _all_minutes() -> QuerySet[Any]:
    found = Minutes.objects.select_related("meeting__body").defer("searched")
    return found.annotate(book_number=F("sealed__number"))


def _minutes(here: Here, one: Minutes) -> Told:
    number = one.book_number  # type: ignore[attr-defined]
    return Told(
        _("Minutes of %(label)s") % {"label": one.meeting.label},
        one.meeting.title,
        reverse("minutes", args=[here.cooperative.slug, one.meeting_id]),
        _("No. %(number)s in the book") % {"number": number} if number else _("circulated, not sealed yet"),
        "done" if number else "waiting",
        [one.meeting.body.name, _day(one.closed_at)],
        [Text(plain(one.text[:LONGEST_SHOWN]))],
        one.language,
    )


def _problems() -> QuerySet[Problem]:
    return Problem.objects.select_related("area__department").exclude(state=Problem.State.CONDUCT)


def _problem(here: Here, one: Problem) -> Told:
    """Who said what stands on its page."""
    texts = [Text(one.details), Text(one.risk, _("What it costs or risks"))]
    said = [event for event in one.events.all() if event.words]
    texts += [Text(event.words, label(ProblemEvent.Kind(event.kind))) for event in said]
    word, shape = standing(one, here.day, still=False)
    return Told(
        one.label,
        one.title,
        reverse("problem", args=[here.cooperative.slug, one.pk]),
        word,
        shape,
        [say_place(one), _day(one.raised_at)],
        [text for text in texts if text.words],
    )


_KINDS = {
    "proposal": _Kind(_proposals, _proposal, Clause.objects.all, named="clauses", of="proposal"),
    "amendment": _Kind(_amendments, _amendment, AmendmentChange.objects.all, named="changes", of="amendment"),
    "decision": _Kind(_decisions, _decision),
    "copied": _Kind(_copies, _copied),
    "minutes": _Kind(_all_minutes, _minutes),
    "problem": _Kind(_problems, _problem, ProblemEvent.objects.all, named="events", of="problem"),
}
