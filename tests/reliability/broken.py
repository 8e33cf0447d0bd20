"""The application with one protection taken away. What a storm finds here shows that it can find it."""

from __future__ import annotations

import datetime
import queue
import random
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from coop.ballots import actions
from coop.ballots.actions import casting
from coop.pages import clock


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


class _Broken:
    """What it breaks is broken when the server begins; requests go through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.break_it()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def break_it(self) -> None:
        raise NotImplementedError


class NoShareLock(_Broken):
    """Casting holds the ballot against nobody, and every voter stays a while before the end of the transaction."""

    def break_it(self) -> None:
        casting.HELD = casting.HELD.replace("FOR SHARE", "")
        written = casting._keep

        def write_and_stay(votes: Any) -> None:
            written(votes)
            time.sleep(random.uniform(0.05, 0.2))

        casting._keep = write_and_stay


class MarksAnyway(_Broken):
    """The line of the roll is filled whether it is empty or not, after everybody has looked and stayed a while."""

    def break_it(self) -> None:
        casting.MARK = casting.MARK.replace("AND channel IS NULL", "")
        looked = casting.obstacles_in_answers

        def look_and_stay(*asked: Any) -> Any:
            time.sleep(random.uniform(0.02, 0.1))
            return looked(*asked)

        casting.obstacles_in_answers = look_and_stay


class _OtherClock(_Broken):
    """The clock of the application's machine, in every way in which Python asks for it."""

    hours = 0

    def break_it(self) -> None:
        real, away = time.time, self.hours * 3600
        time.time = lambda: real() + away
        timezone.now = lambda: datetime.datetime.fromtimestamp(real() + away, datetime.UTC)


class TwoHoursAhead(_OtherClock):
    hours = 2


class TwoHoursBehind(_OtherClock):
    hours = -2


class ThreeHoursEarlier(_Broken):
    """The clock of the house itself, which is that of the database: what every page takes for now."""

    def break_it(self) -> None:
        real = clock.of
        clock.of = lambda request: real(request) - datetime.timedelta(hours=3)  # type: ignore[assignment]
