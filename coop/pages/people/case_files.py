"""Case files: who tried to get rid of somebody in office by an entry of the register. Kept, and read by few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coop.in_office import actions
from coop.in_office.models import Attempt
from coop.in_office.rules.attempts import is_attempt
from coop.members.models import Member, Power
from coop.refusals import Reason

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look
from ..reasons import say

PAGE = 20
What = Attempt.What
WHAT = {
    "member-move": What.MOVE,
    "member-suspend": What.SUSPEND,
    "member-expel": What.EXPEL,
    "member-gone": What.GONE,
    "member-standing-strike": What.STRIKE,
    "member-posting-strike": What.STRIKE,
}
WORDS = ("document", "reason")  # of the sheet: what was named as ground


def keep_if_attempt(
    here: Here, person: Member, sheet: str, typed: dict[str, object], refused: Sequence[Reason]
) -> None:
    """After a sheet was refused; `sheet` is the name of its address. Anything else than an attempt leaves no trace."""
    if sheet not in WHAT or not is_attempt(refused):
        return
    words = "\n".join(str(typed[name]) for name in WORDS if typed.get(name))
    actions.keep_attempt(
        member=person, what=WHAT[sheet], words=words, refused=refused, by=acting(here), at=here.at
    )


@dataclass(frozen=True)
class Line:
    attempt: Attempt
    reasons: list[str]


@require_safe
def case_files(request: HttpRequest, coop: str) -> HttpResponse:
    """All of them for who audits and for the electoral commission; for everybody else those about themselves."""
    here = enter(request, coop)
    reads_all = here.may(Power.AUDIT) or here.may(Power.RUN_ELECTIONS)
    look = Look(request)
    told = "CF {year}-{number} {member__name} {tried_by__name} {words}"
    page = page_of(request, look.among(access.attempts(here), told), PAGE)
    lines = [Line(one, [str(say(Reason(code, told))) for code, told in one.refused]) for one in page]
    context = {"look": look, "page": page, "lines": lines, "reads_all": reads_all}
    return render(request, "people/case_files/case_files.html", context)
