"""(being built)"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def home(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404
