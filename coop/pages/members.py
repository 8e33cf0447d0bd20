"""(being built)"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def members(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def member(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def card(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def countersign(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404
