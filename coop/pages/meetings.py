"""(being built)"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def meetings(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def prepare(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def meeting(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def add_item(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def remove_item(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def convene(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def cancel(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def notice(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def check_in(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def leave(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404
