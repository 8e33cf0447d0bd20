"""(being built)"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def minutes(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def note(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def close(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404
