"""What stands about recalls elsewhere: beside each holder on "who holds what", and on the front page."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.elections.constituencies import Constituency, assembly_of, constituency_of, works_at
from coop.elections.models import Petition, PetitionSignature, Resignation
from coop.elections.rules.recalls import protection
from coop.elections.wording import title_of
from coop.members.electorate import Facts
from coop.members.models import Body, Crew, Department, Mandate, Power

from .. import access
from ..access import Here, acting
from ..stories import Duty, Story
from ..timetable import say_day, say_distance

State = Petition.State


@dataclass(frozen=True)
class Beside:
    """A few words beside a holder; with an address they are a link."""

    words: str
    address: str = ""


@dataclass
class Recalls:
    """What this reader can do about each mandate of the co-operative. A fixed number of questions, however many."""

    here: Here
    running: dict[int, Petition] = field(default_factory=dict)
    failed: dict[int, list[datetime.datetime | None]] = field(default_factory=lambda: defaultdict(list))
    waiting: dict[int, Resignation] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)  # names of departments and crews, by code

    @classmethod
    def of(cls, here: Here) -> Recalls:
        made = cls(here)
        states = [*Petition.PENDING, State.FAILED]
        for one in Petition.objects.filter(cooperative=here.cooperative, state__in=states):
            if one.state == State.FAILED:
                made.failed[one.mandate_id].append(one.ended_at)
            else:
                made.running[one.mandate_id] = one
        said = Resignation.objects.filter(
            Mandate.not_over(here.at, "mandate__"),
            mandate__member__cooperative=here.cooperative,
            counts_from=None,
        )
        made.waiting = {one.mandate_id: one for one in said}
        for kind in (Department, Crew):
            made.places |= dict(
                kind._default_manager.filter(cooperative=here.cooperative).values_list("code", "name")
            )
        return made

    def __post_init__(self) -> None:
        me = acting(self.here)
        facts = Facts(me, self.here.day, self.here.bylaws)
        self.place: Constituency = works_at(facts.posting)
        assembly = Body.objects.filter(cooperative=self.here.cooperative, kind=Body.Kind.ASSEMBLY).exists()
        self.votes = assembly and not facts.against_voting(assembly_of(self.here.cooperative))

    def beside(self, mandate: Mandate) -> list[Beside]:
        """`mandate.seat.office.body` with its department, the department and the crew of the seat are read already."""
        found = []
        if mandate.pk in self.waiting:
            found.append(Beside(_("has resigned; it counts as soon as the body can meet")))
        if mandate.member_id == acting(self.here).pk:
            found.append(Beside(_("Resign from this office"), self._to("resign", mandate.pk)))
        running = self.running.get(mandate.pk)
        if running is not None:
            words = _("A recall is asked for: %(label)s") % {"label": running.label}
            return [*found, Beside(words, self._to("recall", running.pk))]
        return [*found, *self._asking(mandate)]

    def _asking(self, mandate: Mandate) -> list[Beside]:
        own = mandate.member_id == acting(self.here).pk
        if own or mandate.seat.alternate or not mandate.seat.office.recallable or not self.votes:
            return []
        constituency = constituency_of(mandate.seat)
        if not constituency.includes(**self.place.place):
            codes = [code for code in constituency.place.values() if code]
            told = {"place": ", ".join(self.places.get(code, code) for code in codes)}
            return [Beside(_("recalled by those who elect: %(place)s") % told)]
        until = protection(mandate, self.failed[mandate.pk], self.here.bylaws)
        if until is not None and self.here.day < until:
            return [Beside(_("no recall before %(day)s") % {"day": say_day(until)})]
        return [Beside(_("Ask for a recall"), self._to("recall-ask", mandate.pk))]

    def _to(self, name: str, key: int) -> str:
        return reverse(name, args=[self.here.cooperative.slug, key])


# --- The front page -------------------------------------------------------------------------------------------------


def to_sign_or_answer(here: Here) -> QuerySet[Petition]:
    """Recalls that are still signed, and by this person not yet; and those of their own office."""
    me = acting(here)
    signed = PetitionSignature.objects.filter(
        petition=OuterRef("pk"), member=me, verdict=PetitionSignature.Verdict.COUNTS
    )
    collecting = (
        Q(state=State.COLLECTING, collect_until__gt=here.at) & ~Q(mandate__member=me) & ~Exists(signed)
    )
    answering = Q(mandate__member=me, state__in=[State.COLLECTING, State.HANDED_IN, State.ADMITTED])
    return access.petitions(here).filter(collecting | answering)


def for_electors_and_holders(here: Here) -> list[Story]:
    """A recall that this person may sign, and one of their own office that they may answer."""
    me = acting(here)
    found = list(to_sign_or_answer(here).order_by("collect_until", "pk"))
    if not found:
        return []
    facts = Facts(me, here.day, here.bylaws)
    place, votes = works_at(facts.posting).place, not facts.against_voting(assembly_of(here.cooperative))
    return [
        _to_answer(here, one) if one.mandate.member_id == me.pk else _to_sign(here, one)
        for one in found
        if one.mandate.member_id == me.pk
        or (votes and Constituency(one.department, one.crew).includes(**place))
    ]


def _to_sign(here: Here, one: Petition) -> Story:
    until = here.cooperative.day_of(one.collect_until)
    told = {"day": say_day(until), "distance": say_distance(here.day, until)}
    return _story(
        here, one, _("A recall is asked for"), word=_("signatures are collected"), shape="live",
        meta=_("until %(day)s (%(distance)s)") % told,
    )  # fmt: skip


def _to_answer(here: Here, one: Petition) -> Story:
    word = _("answered") if one.answer else _("your answer is missing")
    return _story(
        here, one, _("Your recall is asked for"), word=word, shape="done" if one.answer else "waiting"
    )


def duties(here: Here) -> list[Story]:
    """What the commission has to verify, and by when a vote has to be held; whom it concerns keeps away from it."""
    if not here.may(Power.RUN_ELECTIONS):
        return []
    me = acting(here)
    waiting = access.petitions(here).filter(state__in=[State.HANDED_IN, State.ADMITTED])
    found = waiting.exclude(mandate__member=me).exclude(filed_by=me).order_by("handed_in_at", "pk")
    return [_duty(here, one) for one in found]


def _duty(here: Here, one: Petition) -> Story:
    if one.state == State.ADMITTED:
        last, kicker, words = (
            one.vote_until,
            _("Recall to put to the vote"),
            _("vote by %(day)s (%(distance)s)"),
        )
    else:
        handed = here.cooperative.day_of(one.handed_in_at or here.at)
        last = handed + datetime.timedelta(days=here.bylaws.recall_verify_days)
        kicker, words = _("Recall to verify"), _("verify by %(day)s (%(distance)s)")
    if last is None:
        return _story(here, one, kicker, word=one.get_state_display(), shape="waiting")
    late = last < here.day
    return _story(
        here, one, kicker, word=_("late") if late else one.get_state_display(), shape="late" if late else "waiting",
        meta=words % {"day": say_day(last), "distance": say_distance(here.day, last)}, until=last,
    )  # fmt: skip


def _story(here: Here, one: Petition, kicker: str, **more: Any) -> Story:
    address = reverse("recall", args=[here.cooperative.slug, one.pk])
    return Duty(kicker=f"{kicker} · {one.label}", headline=title_of(one), address=address, **more)
