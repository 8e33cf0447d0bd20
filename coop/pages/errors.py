"""A refusal becomes a page or a fragment with its reasons; nothing becomes a stack trace."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DataError, IntegrityError, InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from coop.refusals import Reason, Refused

from .access import wants_fragment
from .photos_too_heavy import read_past_photos
from .reasons import say

AWAY = (OperationalError, InterfaceError)  # PostgreSQL fell, starts, or is too busy; the next try may find it
TAKEN = {"23505", "23P01"}  # unique and exclusion violations: two people did one thing, and one was first
ROTTEN = {"XX001", "XX002"}  # a page of a table or of an index that is not what was written


# A file of ten megabytes and the form around it. What is longer is never taken apart, whatever the page.
MOST_SENT = 11 * 1024 * 1024
# Four photos as telephones write them: whoever raises a problem does not choose their size.
MOST_PHOTOS = 33 * 1024 * 1024
TAKES_PHOTOS = "/problems/raise/"
# So much is read and dropped, so that the sender is still listening when the answer comes; then the line is cut.
MOST_READ_AWAY = 100 * 1024 * 1024

OPENS_THE_DOOR = {"secret", "secret_again", "code", "credential"}  # never shown again, whoever may be looking


def _sent(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def _most(request: HttpRequest) -> int:
    return MOST_PHOTOS if request.path.endswith(TAKES_PHOTOS) else MOST_SENT


def _holds_a_file(request: HttpRequest) -> bool:
    return request.method == "POST" and request.content_type == "multipart/form-data"


def _photos_alone(request: HttpRequest) -> bool:
    """Whether it is the photos of a problem that make it too long, and what was typed can be read out of it."""
    comes = _holds_a_file(request) and request.path.endswith(TAKES_PHOTOS)
    return comes and MOST_PHOTOS < _sent(request) <= MOST_READ_AWAY


def _read_away(request: HttpRequest) -> None:
    left = min(_sent(request), MOST_READ_AWAY)
    with suppress(OSError):  # who has hung up needs no answer
        while left > 0 and (piece := request.read(min(left, 64 * 1024))):
            left -= len(piece)


def _sqlstate(exception: Exception) -> str:
    return str(getattr(exception.__cause__, "sqlstate", ""))


class RefusalsAsPages:
    """Turns what the stages refuse into 409, a busy database into 503, and NUL bytes in an address into 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or any(
            "\x00" in text for key, values in request.GET.lists() for text in (key, *map(str, values))
        ):
            return problem(request, 400)
        if _photos_alone(request):
            read_past_photos(request)  # the form comes back, with what was typed
        elif _sent(request) > _most(request):
            _read_away(request)
            return file_too_large(request) if _holds_a_file(request) else problem(request, 413)
        answer = self.get_response(request)
        if answer.status_code == 405 and not answer.content:
            told = problem(request, 405)
            told.headers["Allow"] = answer.headers["Allow"]
            return told
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return refused(request, exception.reasons)
        if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
            return problem(request, 413)
        if isinstance(exception, IntegrityError) and _sqlstate(exception) in TAKEN:
            return refused(request, [Reason("somebody-was-faster")])
        if isinstance(exception, DataError):
            return problem(request, 400)
        if isinstance(exception, AWAY):
            return away(request)
        if isinstance(exception, InternalError) and _sqlstate(exception) in ROTTEN:
            return unreadable(request)
        return None


def refused(
    request: HttpRequest, reasons: Iterable[Reason], *, typed: dict[str, Any] | None = None, status: int = 409
) -> HttpResponse:
    """Reasons as a page, or as a fragment for htmx; `typed` is shown again, so that nothing is lost."""
    context = {
        "sentences": [say(reason) for reason in reasons],
        "typed": typed or _typed(request),
        "status": status,
    }
    template = "errors/refused.html#reasons" if wants_fragment(request) else "errors/refused.html"
    return render(request, template, context, status=status)


def _typed(request: HttpRequest) -> dict[str, str]:
    """What a person wrote in the form that was refused: texts, not tokens, and never how somebody voted."""
    hidden = {"csrfmiddlewaretoken", "form", "revision", "next", *OPENS_THE_DOOR}
    if request.method != "POST":
        return {}
    return {
        name: "\n\n".join(values)
        for name, values in request.POST.lists()
        if name not in hidden and not name.startswith("choice") and any(len(value) > 3 for value in values)
    }


def problem(request: HttpRequest, status: int, **more: Any) -> HttpResponse:
    template = f"errors/{status}.html#problem" if wants_fragment(request) else f"errors/{status}.html"
    return render(request, template, {"status": status, **more}, status=status)


def file_too_large(request: HttpRequest) -> HttpResponse:
    """Whoever chose a file is told so and led back to the form; every such form stands at the address it is sent to."""
    photos = request.path.endswith(TAKES_PHOTOS)
    return problem(request, 413, file=True, photos=photos, back=request.path)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return problem(request, 413)
    return problem(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that is too old or from elsewhere: what was typed is shown again, if anything was."""
    why = Reason("form-too-old") if _typed(request) else Reason("form-too-old-bare")
    return refused(request, [why], status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(request, 404)


def away(request: HttpRequest, *, bare: bool = False) -> HttpResponse:
    """`bare`: a page that asks nothing of the session, because the database that keeps it is what is away."""
    template = "errors/503.html#problem" if wants_fragment(request) else "errors/503.html"
    answer = HttpResponse(render_to_string(template, {"status": 503}, None if bare else request), status=503)
    answer["Retry-After"] = "5"
    return answer


def unreadable(request: HttpRequest) -> HttpResponse:
    """Waiting does not help, so nothing says that it does."""
    template = "errors/unreadable.html#problem" if wants_fragment(request) else "errors/unreadable.html"
    return HttpResponse(render_to_string(template, {"status": 503}), status=503)


def server_error(request: HttpRequest) -> HttpResponse:
    """Also where PostgreSQL was away before any page was reached, when the session was looked for."""
    if isinstance(sys.exc_info()[1], AWAY):
        return away(request, bare=True)
    return problem(request, 500)
