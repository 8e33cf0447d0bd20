"""After six months of work: the letter that says one may ask to become a member, and who is told of it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from coop.members.hired import ASK_AFTER_MONTHS
from coop.members.hired_people import hired_people, work_of
from coop.members.models import Application, Member, Posting, Power, Standing
from coop.members.rules.office_work import obstacles_to_asking_for_membership
from coop.refusals import refuse_if

from .. import access
from ..access import Here, acting, enter, reads_private
from ..asked_here import asked
from ..paper import to_print
from ..read_by_audit import What, note
from ..stories import Story


@require_safe
def letter(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    """For the person it is about and for the office: a sheet with a slip to sign and hand in."""
    here = enter(request, coop)
    person = access.member(here, number)
    if person.pk != acting(here).pk and not reads_private(here):
        raise Http404
    office = person.pk == acting(here).pk or here.may(Power.KEEP_REGISTER)
    note(here, What.PERSON, otherwise=office, key=person.number, label=f"{person.number} {person.name}")
    run = work_of(person, here.day)
    refuse_if(obstacles_to_asking_for_membership(run, day=here.day))
    assert run is not None
    since = date_format(run.since, "DATE_FORMAT")
    house = here.cooperative.legal_name
    data = {
        "title": _("You may ask to become a member"),
        "house": house,
        "date": here.day.isoformat(),
        "day": ", ".join(filter(None, [here.cooperative.town, date_format(here.day, "DATE_FORMAT")])),
        "to": [person.name, _("No. %(number)d") % {"number": person.number}, *_place(here, person)],
        "text": [
            _("%(name)s: you have worked here since %(since)s, that is more than %(months)d months.")
            % {"name": person.name, "since": since, "months": ASK_AFTER_MONTHS},
            _(
                "Whoever works here may ask to become a member. The administrative council decides, says its reasons "
                "in writing, and a refusal can be appealed. A member has one vote like every other, and may be elected."
            ),
            _(
                "You ask in writing: on your own page, or with the slip below, handed to the register office or to "
                "any member of the council. Nobody has to ask, and nobody may be worse off for asking."
            ),
        ],
        "slip": {
            "title": _("I ask to become a member"),
            "text": _("I, %(name)s, No. %(number)d, ask to be admitted as a member of %(house)s.")
            % {"name": person.name, "number": person.number, "house": house},
            "lines": [_("Place and day"), _("Signature"), _("Received on, by")],
        },
    }
    return to_print("letter", data, name=f"ask-for-membership-{person.number}")


def _place(here: Here, person: Member) -> list[str]:
    posting = (
        Posting.objects.filter(Posting.on(here.day), member=person)
        .select_related("department", "crew")
        .first()
    )
    if posting is None:
        return []
    return [posting.department.name, *([posting.crew.name] if posting.crew else [])]


def not_a_member(here: Here) -> QuerySet[Standing]:
    other = Standing.objects.filter(Standing.on(here.day), member=acting(here))
    return other.exclude(kind=Standing.Kind.MEMBER)[:1]


def notice(here: Here) -> list[Story]:
    """For who is hired or on trial: told on their own front page once the six months are over."""
    me = acting(here)
    if not asked(here, not_a_member):
        return []
    run = work_of(me, here.day)
    if run is None or run.may_ask_from > here.day:
        return []
    if Application.objects.filter(applicant=me, applied_on__gte=run.since).exists():
        return []
    months = ngettext("%(months)d month", "%(months)d months", ASK_AFTER_MONTHS) % {
        "months": ASK_AFTER_MONTHS
    }
    return [
        Story(
            kicker=_("You and the co-operative"),
            headline=_("You may ask to become a member"),
            address=reverse("member-ask", args=[here.cooperative.slug, me.number]),
            text=_("You have worked here for %(months)s. Here you can ask; nobody has to.")
            % {"months": months},
        )
    ]


def duty(here: Here) -> list[Story]:
    """For whoever keeps the register: people who reached month six and have not asked yet get the letter."""
    if not here.may(Power.KEEP_REGISTER):
        return []
    ripe = [
        one for one in hired_people(here.cooperative, at=here.at) if one.may_ask(here.day) and not one.asked
    ]
    if not ripe:
        return []
    headline = ngettext(
        "%(number)d person has worked here for six months",
        "%(number)d people have worked here for six months",
        len(ripe),
    )
    return [
        Story(
            kicker=_("Hired work"),
            headline=headline % {"number": len(ripe)},
            address=reverse("members-hired", args=[here.cooperative.slug]),
            word=_("the letter can be handed over"),
            shape="waiting",
        )
    ]
