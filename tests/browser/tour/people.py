"""Who comes, with what they hold in their hands, and what for. Each walk begins on the front page, signed in."""

from __future__ import annotations

from dataclasses import dataclass

from . import desks, workers
from .walking import HALL, LAPTOP, PHONE, Task


@dataclass(frozen=True)
class Persona:
    code: str
    name: str
    told: str
    window: tuple[int, int]
    tasks: tuple[Task, ...]


PEOPLE = (
    Persona("P1", "Worker-member", "On a telephone, with gloves, in three minutes.", PHONE, workers.WORKER),
    Persona(
        "P2", "Secretary", "At a laptop, two hours a week, and live in the meeting.", LAPTOP, desks.SECRETARY
    ),
    Persona(
        "P3", "Whoever keeps the register", "At a laptop; a worker, not a programmer.", LAPTOP, desks.REGISTER
    ),
    Persona("P4", "Electoral commission", "At a table with a laptop.", LAPTOP, desks.COMMISSION),
    Persona("P5", "Elected manager", "On a telephone between two machines.", PHONE, workers.COORDINATOR),
    Persona("P6", "The screen in the hall", "No person: read from forty metres.", HALL, workers.SCREEN),
    Persona("P9", "Auditor (síndico)", "At a laptop, suspicious by duty.", LAPTOP, desks.AUDITOR),
)
