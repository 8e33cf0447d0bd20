"""(being built)"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def bylaws(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def version(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404
