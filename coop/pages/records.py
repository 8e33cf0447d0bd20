"""(being built)"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def hall(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def register(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def attendance(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def open_sitting(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def signers(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def open_vote(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def close_vote(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def close_meeting(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404
