"""The labour agreement: begun by its mandate, written by nine, commented on every shift, as far as it is today."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from coop.decisions.models import Decision
from coop.proposals.actions import agreements as actions
from coop.proposals.models import Agreement, AgreementArticle

from .motions import signatories
from .terms import SECRETARY
from .timeline import Step, World

MINUTE, DAY = datetime.timedelta(minutes=1), datetime.timedelta(days=1)


def agreement(world: World) -> Iterator[Step]:
    """Everything up to the day the file speaks of; what comes later is in its timetable."""
    yield from Writing(world).steps()


class Writing:
    def __init__(self, world: World) -> None:
        self.world = world
        self.plan: Mapping[str, Any] = world.files.read("agreement")
        self.facts: Mapping[str, Any] = self.plan["agreement"]
        self.made: list[Agreement] = []
        self.articles: dict[int, AgreementArticle] = {}

    def steps(self) -> Iterator[Step]:
        begun = self.world.moment(self.facts["begun"], "09:20")
        yield Step(
            begun,
            self._begin,
            says="A commission writes the labour agreement, and every shift comments on it",
        )
        for number, step in enumerate(self.facts["timetable"]):
            yield Step(begun + (5 + number) * MINUTE, partial(self._step, step))
        for one in self.plan["articles"]:
            later = one["number"] * MINUTE
            yield Step(begun + 60 * MINUTE + later, partial(self._article, one))
            for days, text in enumerate(versions(one["gist"], one["state"]), 1):
                yield Step(begun + days * DAY + 8 * 60 * MINUTE + later, partial(self._write, one, text))
            stands = self.world.moment(self.plan["as_of"] - 2 * DAY, "18:10") + later
            if one["state"] != AgreementArticle.State.FIRST_DRAFT:
                yield Step(stands, partial(self._stands, one))
        yield from self._comments(begun + 4 * DAY)

    def _begin(self, at: datetime.datetime) -> None:
        facts, old = self.facts, self.facts["replaces"]
        made = actions.begin_agreement(
            code=facts["id"],
            title=facts["title"],
            commission=self.world.bodies[facts["drafted_by"]],
            mandate=self._mandate(),
            starts_on=facts["starts"],
            expires_on=facts["expires"],
            old_title=old["id"],
            old_expires_on=old["expires"],
            by_article=facts["by_article"],
            comments_until=facts["comments_until"],
            by=self.world.people[SECRETARY],
            at=at,
        )
        self.made.append(made)

    def _mandate(self) -> str:
        """The number of the decision; where the year is not played, the day of the assembly."""
        asked = self.world.proposals.get(self.facts["mandate_in"])
        carried = Decision.objects.filter(proposal=asked, amendment=None, outcome="carried")
        decision = carried.first() if asked else None
        if decision is not None:
            return decision.label
        return f"General assembly, {self.facts['timetable'][0]['date'].isoformat()}"

    def _step(self, step: Mapping[str, Any], at: datetime.datetime) -> None:
        by = self.world.people[self.facts["convener"]]
        made = actions.add_step(agreement=self.made[0], day=step["date"], what=step["what"], by=by, at=at)
        if step["done"]:
            actions.do_step(step=made, by=by, at=at)

    def _article(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        self.articles[one["number"]] = actions.add_article(
            agreement=self.made[0],
            title=one["title"],
            writer=self.world.people[one["writer"]],
            by=self.world.people[self.facts["convener"]],
            at=at,
        )

    def _write(self, one: Mapping[str, Any], text: str, at: datetime.datetime) -> None:
        article = self.articles[one["number"]]
        article.refresh_from_db()
        actions.write_article(
            article=article,
            title=one["title"],
            text=text,
            version=article.versions,
            by=self.world.people[one["writer"]],
            at=at,
        )

    def _stands(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        question = one.get("question", "")
        waited = next((key for key in self.world.proposals if f"{key}." in question), None)
        actions.say_state(
            article=self.articles[one["number"]],
            state=one["state"],
            question=question,
            waits_for=self.world.proposals[waited] if waited else None,
            by=self.world.people[self.facts["convener"]],
            at=at,
        )

    # --- Comments ---------------------------------------------------------------------------------------------------

    def _comments(self, since: datetime.datetime) -> Iterator[Step]:
        """As many on each article as the file counts; those that were written down, in their words."""
        sample = self.plan["comments_sample"]
        willing = signatories(self.world, since.date())
        until = self.world.moment(self.plan["as_of"] - DAY, "21:00")
        for one in self.plan["articles"]:
            lots = self.world.lots(f"article {one['number']}")
            said = [row for row in sample if row["article"] == one["number"]]
            for row in said:
                yield Step(self.world.moment(row["date"], "19:05"), partial(self._comment, row))
            others = one["comments"] - len(said)
            names = [row["by"] for row in said]
            people = lots.sample([person for person in willing if person not in names], others)
            words = [lots.choice(self.plan["comments_else"]) for _person in people]
            moments = self.world.spread(lots, others, since, until)
            for person, text, at in zip(people, words, moments, strict=True):
                row = {"article": one["number"], "by": person, "text": text}
                yield Step(at, partial(self._comment, row))

    def _comment(self, row: Mapping[str, Any], at: datetime.datetime) -> None:
        """A council speaks through its spokesperson."""
        body = self.world.bodies.get(row["by"])
        person = self._spokesperson(row["by"]) if body else row["by"]
        actions.comment_on_article(
            article=self.articles[row["article"]],
            text=row["text"],
            on_behalf_of=body,
            by=self.world.people[person],
            at=at,
        )

    def _spokesperson(self, code: str) -> str:
        bodies = {one["id"]: one for one in self.world.files.read("bodies")["bodies"]}
        person: str = next(row["person"] for row in bodies[code]["seats"] if row["post"] == "spokesperson")
        return person


def versions(gist: str, state: str) -> list[str]:
    """The words of an article; what was talked over had fewer of them at first."""
    shorter, _, more = gist.rpartition(", ")
    if state == AgreementArticle.State.FIRST_DRAFT or not more or not shorter:
        return [gist]
    return [f"{shorter}.", gist]
