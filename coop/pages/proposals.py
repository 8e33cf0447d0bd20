"""(being built)"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def proposals(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def write(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def proposal(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def rewrite(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def publish(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def support(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


def withdraw(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404
