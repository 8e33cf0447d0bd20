"""Square codes on paper and on screens, and the whole address that stands in one."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

MASK = 4  # any mask is read by every telephone; to look for the prettiest takes four fifths of the time


def address_of(request: HttpRequest, name: str, *arguments: Any) -> str:
    """The whole address, as it stands on paper: behind a proxy the one people type, else the one of this page."""
    path = reverse(name, args=arguments)
    return f"{settings.ORIGIN}{path}" if settings.HTTPS else request.build_absolute_uri(path)


def square_of(address: str) -> str:
    """A square code as SVG: black on nothing, for white paper."""
    code = segno.make(address, error="m", micro=False, mask=MASK, boost_error=False)
    drawn: str = code.svg_inline(border=2, dark="#000", light=None)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def picture_of(address: str, *, large: bool = False) -> SafeString:
    """The address as a square code, dark on light also by night: readers need it so. `large`: as big as its place."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=large)
    return mark_safe(drawn)  # noqa: S308
