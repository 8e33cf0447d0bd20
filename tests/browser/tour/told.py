"""What a walk came to: a line on the terminal, and docs/tour.md."""

from __future__ import annotations

import json
from dataclasses import dataclass

from .people import PEOPLE, Persona
from .serving import FOLDER
from .walking import HALL, LAPTOP, Task

KEPT = FOLDER / "walked.json"  # what was walked last, so that one task can be walked again alone

HEAD = """# The tour: what people come for, and how far they have to go

Written by `python -m tests.browser.tour`, which plants the works of the demonstration, signs in as each of these
people and does what they came for in a real browser: on a telephone 320 pixels wide, at a laptop, and on the screen in
the hall.

Every task begins on the front page, signed in. **Taps** are links, buttons, choices and ticks, and what has to be
unfolded before one can be reached; **boxes** are those that something is typed into. **Down** says how many screens
from the top of its page the furthest tap lay. A line without figures is not walked; it says why.

Each line is of the last time that its task was walked; one can be walked again alone. Words in italics say what is left
out, by Asamblea or by the walk.
"""


@dataclass(frozen=True)
class Walked:
    persona: Persona
    task: Task
    taps: int = 0
    boxes: int = 0
    furthest: float = 0.0
    where: str = ""
    problem: str = ""


def keep(walked: list[Walked]) -> None:
    """What came to its end takes the place of what was walked before."""
    figures = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    figures |= {
        _code(one.persona, one.task): [one.taps, one.boxes, one.furthest, one.where]
        for one in walked
        if not one.problem
    }
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    KEPT.write_text(json.dumps(figures))


def kept() -> list[Walked]:
    """Every task as it was walked last; nothing as long as one was never walked to its end."""
    figures = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    every = [(persona, task) for persona in PEOPLE for task in persona.tasks]
    if any(task.walk and _code(persona, task) not in figures for persona, task in every):
        return []
    return [Walked(persona, task, *figures.get(_code(persona, task), ())) for persona, task in every]


def _code(persona: Persona, task: Task) -> str:
    return f"{persona.code}.{task.number}"


def line(one: Walked) -> str:
    name = _code(one.persona, one.task)
    if one.problem:
        return f"FAILED {name} {one.task.words}: {one.problem}"
    if one.task.walk is None:
        return f"       {name} {one.task.words}: {one.task.gap}"
    return f"       {name} {one.task.words}: {one.taps} taps, {one.boxes} boxes, {one.furthest:.1f} down, {one.where}"


def page(walked: list[Walked]) -> str:
    parts = [HEAD, *_pictures(walked)]
    parts += [
        f"\n## {persona.code} {persona.name}\n\n{persona.told}\n\n{_table(persona, walked)}"
        for persona in dict.fromkeys(one.persona for one in walked)
    ]
    return "".join(parts)


def _table(persona: Persona, walked: list[Walked]) -> str:
    head = "| | task | taps | boxes | down | page |\n|---|---|--:|--:|--:|---|\n"
    return head + "".join(_row(one) for one in walked if one.persona is persona)


def _row(one: Walked) -> str:
    task = one.task
    words = f"[{task.words}](pictures/{task.picture}.png)" if task.picture else task.words
    if task.gap:
        words = f"{words}. *{task.gap}*"
    if task.walk is None:
        return f"| {task.number} | {words} | | | | |\n"
    return (
        f"| {task.number} | {words} | {one.taps} | {one.boxes or ''} | {one.furthest:.1f} | `{one.where}` |\n"
    )


def _pictures(walked: list[Walked]) -> list[str]:
    """The ten that are done most, each as it was when the task was done."""
    shown = [one for one in walked if one.task.picture]
    made = ["\n## The ten that are done most\n"]
    for one in shown:
        window = one.task.window or one.persona.window
        wide = {LAPTOP: 560, HALL: 560}.get(window, 250)
        name = _code(one.persona, one.task)
        made.append(
            f"\n**{name}** {one.task.words}: {one.taps} taps.\n\n"
            f'<img src="pictures/{one.task.picture}.png" width="{wide}" alt="{one.task.words}">\n'
        )
    return made
