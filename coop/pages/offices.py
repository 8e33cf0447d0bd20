"""(being built)"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def offices(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def confirm(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404
