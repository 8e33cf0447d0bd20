"""(being built)"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def decisions(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def decision(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404
