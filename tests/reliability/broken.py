"""The application with one protection taken away. What a storm finds here shows that it can find it."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from coop.ballots import actions


class AnswersFirst:
    """Says yes to the voter, and lets a thread write the vote down a little later."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.waiting: queue.Queue[dict[str, Any]] = queue.Queue()
        self.cast = actions.cast
        actions.cast = self.later  # type: ignore[assignment]
        threading.Thread(target=self.write, daemon=True).start()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def later(self, **paper: Any) -> actions.Receipt:
        self.waiting.put(paper)
        return actions.Receipt(paper["ballot"].pk, paper["form"], paper["at"])

    def write(self) -> None:
        while True:
            paper = self.waiting.get()
            time.sleep(0.01)
            try:
                self.cast(**(paper | {"at": timezone.now()}))
            except Exception:  # noqa: BLE001 - nobody is left whom it could be told
                connections.close_all()
