"""What a whole hall asks again every few seconds is put together once in a process, and told to everybody.

Only what is the same for everybody in the hall is kept here; who may ask at all is asked each time.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

MOST = 60  # answers that are kept: more meetings than sit at once

Answer = TypeVar("Answer")

_kept: OrderedDict[Hashable, tuple[datetime.datetime, Any]] = OrderedDict()


def kept(key: Hashable, at: datetime.datetime, make: Callable[[], Answer]) -> Answer:
    """What `make` gives, or what it gave for this key a moment ago. `at`: the hour of the request."""
    lasts = datetime.timedelta(seconds=settings.HALL_SECONDS)
    found = _kept.get(key)
    if found is not None and datetime.timedelta(0) <= at - found[0] < lasts:
        answer: Answer = found[1]
        return answer
    answer = make()
    if lasts:
        _kept[key] = (at, answer)
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return answer


def forget() -> None:
    """Nothing is kept any more."""
    _kept.clear()


def tagged(content: bytes) -> tuple[bytes, str]:
    """An answer and its ETag: the same content has the same in every process."""
    return content, f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def answer(request: HttpRequest, content: bytes, etag: str) -> HttpResponse:
    """304 for whoever has it already."""
    response = HttpResponse(content)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    conditional = get_conditional_response(request, etag=etag, response=response)
    return conditional if isinstance(conditional, HttpResponse) else response
