"""Applications for membership: the list, one with all that was decided on it, and asking."""

from __future__ import annotations

from django.db.models import Case, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from coop.members import actions
from coop.members.models import Application, Power, Standing
from coop.members.rules.applications import UNDECIDED, last_day_of_appeal, obstacles_to_applying

from .. import access
from ..access import Here, acting, enter, page_of, reads_private
from ..looking import Look
from ..read_by_audit import What, note
from ..sheets import DayField, WordsField
from ..stories import Story
from .application_sheets import fill_in, found_by, long_text, office_at
from .record_sheets import Page, RecordSheet, crew_field, department_field, since_field

LINES = 30
State = Application.State
SHAPES = {
    State.OPEN: "waiting",
    State.ADMITTED: "yes",
    State.REFUSED: "no",
    State.WITHDRAWN: "stopped",
    State.APPEALED: "waiting",
    State.UPHELD: "no",
}


@require_safe
def applications(request: HttpRequest, coop: str) -> HttpResponse:
    """What waits for a decision first, then the newest. For who keeps or audits the register."""
    here = enter(request, coop)
    if not reads_private(here):
        raise Http404
    note(here, What.APPLICATIONS, otherwise=here.may(Power.KEEP_REGISTER))
    waiting = Case(When(state__in=UNDECIDED, then=Value(0)), default=Value(1))
    found = Application.objects.filter(cooperative=here.cooperative).order_by(waiting, "-applied_on", "-pk")
    look = Look(request)
    page = page_of(request, look.among(found, "{id} {name} {department__name}"), LINES)
    lines = [{"application": one, "shape": SHAPES[State(one.state)]} for one in page]
    context = {"look": look, "page": page, "lines": lines, "keeper": here.may(Power.KEEP_REGISTER)}
    return render(request, "people/applications/applications.html", context)


@require_safe
def application(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = found_by(here, key)
    own = found.applicant_id == acting(here).pk
    keeps = own or here.may(Power.KEEP_REGISTER)
    note(here, What.APPLICATIONS, otherwise=keeps, key=found.pk, label=f"№ {found.pk}")
    last = last_day_of_appeal(found, here.bylaws)
    context = {
        "application": found,
        "shape": SHAPES[State(found.state)],
        "lists": reads_private(here),
        "decides": here.may(Power.KEEP_REGISTER) and not own and found.state in UNDECIDED,
        "withdraws": (own or here.may(Power.KEEP_REGISTER)) and found.state == State.OPEN,
        "appeals": (own or here.may(Power.KEEP_REGISTER)) and found.state == State.REFUSED,
        "last": last,
        "in_time": last is not None and here.day <= last,
    }
    return render(request, "people/applications/application.html", context)


def duties(here: Here) -> list[Story]:
    """What waits for a decision, told to whoever keeps the register; and suspensions under appeal."""
    if not here.may(Power.KEEP_REGISTER):
        return []
    slug = here.cooperative.slug
    many = Application.objects.filter(cooperative=here.cooperative, state__in=UNDECIDED).count()
    waiting = Story(
        kicker=_("Applications"),
        headline=ngettext("One application waits", "%(many)d applications wait", many) % {"many": many},
        address=reverse("applications", args=[slug]),
        word=_("waits for a decision"),
        shape="waiting",
    )
    appealed = Standing.objects.filter(
        Standing.on(here.day),
        member__cooperative=here.cooperative,
        status=Standing.Status.SUSPENDED,
        appealed_at__isnull=False,
        final_at=None,
    )
    return ([waiting] if many else []) + [
        Story(
            kicker=_("Suspension under appeal"),
            headline=one.member.name,
            address=reverse("member", args=[slug, one.member.number]),
            word=_("waits for a decision"),
            shape="waiting",
        )
        for one in appealed.select_related("member")
    ]


# --- Asking -------------------------------------------------------------------------------------------------------


class WriteSheet(RecordSheet):
    name = WordsField(label=gettext_lazy("Name"), max_length=120)
    born = DayField(label=gettext_lazy("Date of birth"))
    since = since_field(label=gettext_lazy("Day on the paper"))
    department = department_field(required=False, empty_label=gettext_lazy("not said"))
    crew = crew_field()
    job = WordsField(label=gettext_lazy("Work"), max_length=120, required=False)
    phone = WordsField(label=gettext_lazy("Telephone"), max_length=40, required=False)
    text = long_text(label=gettext_lazy("In their own words"), required=False)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, coop: str) -> HttpResponse:
    """The register office writes down what somebody asked on paper."""
    here = office_at(request, coop)
    page = Page(
        _("Write an application down"),
        _("For somebody who is not in the register yet. People on trial or hired ask on their own page."),
        _("Write it down"),
    )

    def act(form: RecordSheet) -> Application:
        given = dict(form.cleaned_data)
        applied_on = given.pop("since")
        return actions.apply(
            cooperative=here.cooperative, applied_on=applied_on, by=acting(here), at=here.at, **given
        )

    form = WriteSheet(
        request.POST if request.method == "POST" else None, here=here, initial={"since": here.day}
    )
    return fill_in(request, here, form, act, page, _("Written down; it waits for the council."))


class AskSheet(RecordSheet):
    text = long_text(label=gettext_lazy("Why you want to be a member"), required=False)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    """Somebody on trial or hired asks for themselves."""
    here = enter(request, coop)
    me = acting(here)
    if access.member(here, number).pk != me.pk:
        raise Http404
    against = obstacles_to_applying(
        here.cooperative, applicant=me, name=me.name, born=me.born, applied_on=here.day, day=here.day
    )
    page = Page(
        _("Ask to become a member"),
        _("The council decides and gives its reasons. A refusal can be appealed."),
        _("Ask for membership"),
    )

    def act(form: RecordSheet) -> Application:
        return actions.apply(
            cooperative=here.cooperative,
            applicant=me,
            text=form.cleaned_data["text"],
            applied_on=here.day,
            by=me,
            at=here.at,
        )

    form = AskSheet(request.POST if request.method == "POST" else None, here=here)
    return fill_in(
        request, here, form, act, page, _("Your application waits for the council."), against=against
    )
