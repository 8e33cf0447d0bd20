"""(being built)"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def ballot(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def turnout(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def result(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404
