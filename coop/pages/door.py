"""(being built)"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def sign_in(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def sign_in_as(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def sign_out(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def enrol(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def doorstep(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def health(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def language(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404
