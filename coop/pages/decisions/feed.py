"""The register of decisions for feed readers: an Atom feed behind a private address, as calendars have one."""

from __future__ import annotations

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.decisions.models import Decision
from coop.decisions.register import Asked, lines, register
from coop.meetings import actions
from coop.meetings.feeds import alive
from coop.meetings.models import Feed

from .. import access
from ..access import Here
from .register_of_decisions import say_state

ENTRIES = 50


@login_not_required
@require_safe
def feed(request: HttpRequest, coop: str, token: str) -> HttpResponseBase:
    """For programs, which have no session: whoever has the address reads titles and outcomes, no texts."""
    here = access.doorstep(request, coop)
    found = alive(here.cooperative, token, here.at, reads=Feed.Reads.DECISIONS)
    if found is None:
        raise Http404
    actions.note_reading(feed=found, by=found.member, at=here.at)
    content = _atom(request, here, found).encode()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    answer["ETag"] = etag
    patch_cache_control(answer, private=True, max_age=900)
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _atom(request: HttpRequest, here: Here, found: Feed) -> str:
    """The last fifty. An entry that is ended later comes up again, because its hour is that of its end."""
    slug = here.cooperative.slug
    written = Atom1Feed(
        title=_("Decisions of %(house)s") % {"house": found.body or here.cooperative.short_name},
        link=request.build_absolute_uri(reverse("decisions", args=[slug])),
        description="",
        language=get_language() or "en",
    )
    rows = register(here.cooperative, Asked(body=found.body))[:ENTRIES]
    for line in lines(rows):
        one = line.decision
        if not isinstance(one, Decision) or one.decided_at is None:
            continue  # from the book: nothing new
        ended_at = line.ending.ended_at if line.ending else None
        address = request.build_absolute_uri(reverse("decision", args=[slug, one.pk]))
        written.add_item(
            title=str(one),
            link=address,
            unique_id=address,
            description=f"{one.body.name}: {say_state(line)}",
            pubdate=one.decided_at,
            updateddate=ended_at or one.decided_at,
        )
    return written.writeString("utf-8")
