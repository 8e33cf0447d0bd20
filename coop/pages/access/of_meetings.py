"""Meetings and what belongs to them, of this co-operative, or 404."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from coop.asked_often import Often, given
from coop.meetings.models import (
    Action,
    AgendaItem,
    Holiday,
    LastInBook,
    Meeting,
    Minutes,
    OffAgenda,
    Phrase,
    Request,
    Series,
    Sitting,
    Turn,
)
from coop.meetings.models.councils import Feed
from coop.meetings.off_the_desk import auditor_calls
from coop.meetings.requests import ASSEMBLIES, obstacles_to_calling
from coop.members.models import Body, Power

from .entering import Here, acting, one


def one_meeting() -> QuerySet[Meeting]:
    """The question for one, as `meeting` puts it."""
    found = Meeting.objects.select_related(
        "body__cooperative", "register", "cooperative", "convened_by", "request"
    )
    return found.filter(pk=given("key"), cooperative_id=given("cooperative"))


MEETING = Often(one_meeting, told=True)


def meeting(here: Here, key: int) -> Meeting:
    """A meeting; one that was never announced is shown to those who may call it."""
    return meeting_shown(here, MEETING.first(key=key, cooperative=here.cooperative.pk))


def meeting_shown(here: Here, thing: Meeting | None) -> Meeting:
    """What was asked for, with its body and co-operative, if it is shown to whoever reads."""
    if thing is None or (thing.number is None and not calls(here, thing)):
        raise Http404
    return thing


def calls(here: Here, meeting: Meeting) -> bool:
    """Whether this member may call it; where nobody else does, whoever audits too."""
    if here.may(Power.CONVENE, meeting.body):
        return True
    return here.may(Power.AUDIT) and not obstacles_to_calling(
        meeting.body, request=meeting.request, by=acting(here), at=here.at
    )


def requests(here: Here) -> QuerySet[Request]:
    """What members have asked for, the newest first."""
    found = Request.objects.select_related("body__cooperative", "asked_by")
    return found.filter(body__cooperative=here.cooperative)


def request(here: Here, key: int) -> Request:
    thing: Request = one(requests(here), pk=key)
    return thing


def request_to_answer(here: Here, key: str) -> Request | None:
    """The one that the address names, for whoever may call a meeting for it; None where it names none."""
    if not key:
        return None
    if not (key.isascii() and key.isdigit() and len(key) <= 18):
        raise Http404
    thing = request(here, int(key))
    if obstacles_to_calling(thing.body, request=thing, by=acting(here), at=here.at):
        raise Http404
    return thing


def series(here: Here, key: int) -> Series:
    found = Series.objects.select_related("body__cooperative", "begun_by")
    thing: Series = one(found.filter(body__cooperative=here.cooperative), pk=key)
    return thing


def holiday(here: Here, key: int) -> Holiday:
    thing: Holiday = one(Holiday.objects.filter(cooperative=here.cooperative), pk=key)
    return thing


def last_numbers(here: Here) -> QuerySet[LastInBook]:
    """Where the old books end, the latest entry first."""
    found = LastInBook.objects.select_related(
        "body", "cooperative", "entered_by", "confirmed_by", "refused_by"
    )
    return found.filter(cooperative=here.cooperative).order_by("-pk")


def last_in_book(here: Here, key: int) -> LastInBook:
    thing: LastInBook = one(last_numbers(here), pk=key)
    return thing


def meetings(here: Here) -> QuerySet[Meeting]:
    """Every meeting that was announced, and the drafts of those who may call them."""
    found = Meeting.objects.select_related("body").filter(cooperative=here.cooperative)
    return found.filter(Q(number__isnull=False) | Q(body__in=bodies_to_call(here)))


def bodies_to_call(here: Here) -> QuerySet[Body]:
    """The bodies whose meetings this member may call; the assembly, for whoever audits, once nobody else can."""
    mine = here.powers.over(Power.CONVENE, field="pk")
    if here.may(Power.AUDIT):
        mine |= Q(pk__in=[body.pk for body in _assemblies(here) if auditor_calls(body, here.at)])
    return Body.objects.filter(mine, cooperative=here.cooperative)


def _assemblies(here: Here) -> QuerySet[Body]:
    found = Body.objects.filter(cooperative=here.cooperative, kind__in=ASSEMBLIES)
    return found.select_related("cooperative")


def sitting(here: Here, meeting_key: int, number: int) -> Sitting:
    found = meeting(here, meeting_key)
    thing: Sitting = one(found.sittings.all(), number=number)
    thing.meeting = found
    return thing


def item(here: Here, meeting_key: int, place: str) -> AgendaItem:
    """`place`: as it is called in the hall, 4 or 4.2."""
    found = meeting(here, meeting_key)
    items = found.items.select_related(
        "proposal__author", "amendment__amends", "decision__ballot"
    ).prefetch_related("notes")
    number, _, part = place.partition(".")
    thing: AgendaItem = one(items, number=int(number), part=int(part or 0))
    thing.meeting = found
    return thing


def phrase(here: Here, key: int) -> Phrase:
    thing: Phrase = one(Phrase.objects.filter(cooperative=here.cooperative, retired_at=None), pk=key)
    return thing


def turn(here: Here, meeting_key: int, key: int) -> Turn:
    """Somebody on the list of speakers of a meeting."""
    found = meeting(here, meeting_key)
    turns = Turn.objects.select_related("member", "item", "sitting").filter(sitting__meeting=found)
    thing: Turn = one(turns, pk=key)
    thing.sitting.meeting = found
    return thing


def off_agenda_entry(here: Here, meeting: Meeting, key: int) -> OffAgenda:
    """What some meeting of the same body wrote down, for those who may call it."""
    if not here.may(Power.CONVENE, meeting.body):
        raise Http404
    found = OffAgenda.objects.select_related("meeting__body")
    thing: OffAgenda = one(found.filter(meeting__cooperative=here.cooperative), pk=key)
    return thing


MINUTES = Often(
    lambda: Minutes.objects.select_related("closed_by").filter(meeting_id=given("meeting")), told=True
)


def minutes_of(found: Meeting) -> Minutes | None:
    return MINUTES.first(meeting=found.pk)


def action(here: Here, key: int) -> Action:
    found = Action.objects.select_related("body", "owner", "agreed_by", "item__meeting__body", "problem")
    thing: Action = one(found.filter(body__cooperative=here.cooperative), pk=key)
    thing.body.cooperative = here.cooperative
    return thing


def feed(here: Here, key: int) -> Feed:
    """One's own calendar address, as long as it lives."""
    mine = Feed.objects.filter(member=acting(here), revoked_at=None)
    thing: Feed = one(mine, pk=key)
    return thing
