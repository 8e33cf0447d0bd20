"""Minutes to take away: the sealed paper, pages for the stamped book, Markdown, and a file for word processors."""

from __future__ import annotations

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.meetings.minutes import language_of
from coop.meetings.minutes_docx import docx
from coop.meetings.minutes_paper import sheet
from coop.meetings.models import Meeting, Minutes, SealedMinutes

from .. import access
from ..access import Here, enter
from ..paper import printed
from .sheet import sealed_of, text_of

LAST_PAGE = 9_999


@require_safe
def pdf(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The sealed paper, byte by byte as it was made; before the seal the text as it stands, marked as a draft."""
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    closed = access.minutes_of(meeting)
    sealed = SealedMinutes.objects.filter(minutes=closed).first() if closed else None
    if sealed is not None:
        return _file(bytes(sealed.pdf), meeting, "pdf", "application/pdf")
    return _file(_unsealed(here, meeting, closed), meeting, "pdf", "application/pdf")


@require_safe
def book(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The same text with page numbers that go on from a page of the stamped book, to paste in or to copy from."""
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    sealed = sealed_of(access.minutes_of(meeting))
    wanted = request.GET.get("page", "1")
    if sealed is None or not wanted.isdecimal() or not 1 <= int(wanted[:6]) <= LAST_PAGE:
        raise Http404
    with translation.override(sealed.minutes.language):
        foot = [
            _("Copy of No. %(number)s in the book of minutes") % {"number": sealed.number},
            _("Fingerprint %(hash)s") % {"hash": sealed.hash},
        ]
    data = sheet(
        meeting,
        sealed.text,
        language=sealed.minutes.language,
        day=meeting.cooperative.day_of(sealed.sealed_at),
        foot=foot,
        first_page=int(wanted),
    )
    return _file(printed("minutes", data), meeting, "pdf", "application/pdf")


@require_safe
def markdown(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    text, _language, _since = _words(here, meeting)
    return _file(text.encode(), meeting, "md", "text/markdown; charset=utf-8")


@require_safe
def word(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """For whoever has to go on working with it in a word processor."""
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    text, language, since = _words(here, meeting)
    house = here.cooperative.legal_name
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    content = docx(text, title=meeting.label, house=house, language=language, made=since)
    return _file(content, meeting, "docx", kind)


def _words(here: Here, meeting: Meeting) -> tuple[str, str, datetime.datetime]:
    """The sealed text, else as circulated, else as it would read now; its language; and since when it reads so."""
    closed = access.minutes_of(meeting)
    sealed = sealed_of(closed)
    text = sealed.text if sealed else text_of(here, meeting, closed)
    if not text:
        raise Http404
    if closed is None:
        return text, language_of(meeting), here.at
    return text, closed.language, sealed.sealed_at if sealed else closed.closed_at


def _unsealed(here: Here, meeting: Meeting, closed: Minutes | None) -> bytes:
    text, language, _since = _words(here, meeting)
    day = here.cooperative.day_of(closed.closed_at) if closed else here.day
    with translation.override(language):
        mark = _("circulated, not sealed") if closed else _("draft")
        foot = [_("Fingerprint %(hash)s") % {"hash": closed.hash}] if closed else []
    return printed("minutes", sheet(meeting, text, language=language, day=day, foot=foot, mark=mark))


def _file(content: bytes, meeting: Meeting, ending: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    how = "inline" if ending == "pdf" else "attachment"
    name = get_valid_filename(f"{_('minutes')} {meeting.label}")
    answer["Content-Disposition"] = f'{how}; filename="{name}.{ending}"'
    return answer
