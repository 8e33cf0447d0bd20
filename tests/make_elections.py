"""Elections for tests, beside `make_offices.plant`: one where candidates come forward, one whose list hangs out."""

from __future__ import annotations

import datetime

from coop.ballots import actions as ballots
from coop.elections import actions as elections
from coop.elections.models import Candidature, Election
from coop.members import actions as members
from coop.members.models import Body, Mandate, Member, Office, Power
from tests import make

DAY = datetime.timedelta(days=1)
TITLE = "Coordinator of packing"


def called(
    plant: make.Plant,
    office: Office,
    *,
    by: Member,
    at: datetime.datetime,
    vote_in: int,
    title: str = TITLE,
) -> Election:
    """Called at that moment; the vote is so many days from today, and those elected begin six days later."""
    vote = plant.cooperative.day_of(make.now()) + vote_in * DAY
    return elections.call_election(
        title=title,
        contests=[(list(office.seats.all()), "plurality")],
        vote_on=vote,
        begins_on=vote + 6 * DAY,
        by=by,
        at=at,
    )


def forward(election: Election, *names: Member, at: datetime.datetime) -> list[Candidature]:
    """They stand by themselves, each with their own signature."""
    contest = election.contests.get()
    return [elections.nominate(contest=contest, member=one, by=one, at=at) for one in names]


def posted(
    plant: make.Plant,
    office: Office,
    *people: Member,
    by: Member,
    at: datetime.datetime | None = None,
    title: str = TITLE,
) -> Election:
    """A list that hangs out since a moment ago, with these people on it; five days more for objections."""
    at = at or make.now()
    election = called(plant, office, by=by, at=at - 30 * DAY, vote_in=26, title=title)
    for one in forward(election, *people, at=at - 29 * DAY):
        elections.admit_candidature(candidature=one, by=by, at=at - 28 * DAY)
    return elections.post_candidates(election=election, by=by, at=at)


def for_the_doors(plant: make.Plant) -> dict[str, dict[str, object]]:
    """Gus ran elections until a minute ago. Lou has put Eve forward, and objects to Fay, who is on a list."""
    body = members.create_body(
        cooperative=plant.cooperative,
        code=f"Ε-{plant.cooperative.slug[:8]}",
        name="Εφορευτική",
        kind=Body.Kind.COMMISSION,
        composition=Body.Composition.MANDATE,
        by=make.FOUNDING,
        at=make.FOUNDED,
    )
    office = members.create_office(
        body=body, title="έφορος", powers=[(Power.RUN_ELECTIONS, None)], by=make.FOUNDING, at=make.FOUNDED
    )
    now = make.now()
    members.begin_mandate(
        seat=office.seats.get(),
        member=plant.gus,
        since=make.FOUNDED,
        until=now - datetime.timedelta(minutes=1),
        begun=Mandate.Begun.FOUNDING,
        document="Founding act",
        by=make.FOUNDING,
        at=make.FOUNDED,
    )
    then = now - datetime.timedelta(minutes=2)
    wanted, other, third = (
        members.create_office(body=body, title=title, by=make.FOUNDING, at=make.FOUNDED)
        for title in ("ταμίας", "γραμματέας", "ταμίας δεύτερος")
    )
    young = called(plant, wanted, by=plant.gus, at=then, vote_in=50, title="Εκλογή ελεγκτή")
    contest = young.contests.get()
    eve = elections.nominate(contest=contest, member=plant.eve, by=plant.lou, at=then)
    hung = posted(plant, other, plant.fay, by=plant.gus, at=then, title="Εκλογή γραμματέα")
    fay = hung.contests.get().candidatures.get()
    objection = elections.object_to(candidature=fay, text="Γιατί;", by=plant.lou, at=then)
    seat = wanted.seats.get()
    done = nobody_elected(plant, posted(plant, third, plant.fay, by=plant.gus, at=then, title="Εκλογή ταμία"))
    kin = elections.declare_kin(relative=plant.people["nan"], degree=2, by=plant.eve, at=make.now())
    made = elections.challenge(election=done, text="Γιατί;", by=plant.eve, at=make.now())
    names = ("accept", "acceptance", "sign", "sheet-printed", "enter", "step-back", "admit", "refuse")
    sheets = ("call-printed", "candidates-printed", "objections-printed", "proclamation-printed")
    acts = ("days", "call-drawn-up", "post", "final", "again", "proclaim", "annul")
    return {
        **{name: {"key": hung.pk} for name in ("election", *(f"election-{sheet}" for sheet in sheets))},
        **{f"election-{act}": {"key": young.pk} for act in acts},
        **{f"contest-{act}": {"key": contest.pk} for act in ("stand", "nominate")},
        **{name: {"key": eve.pk} for name in ("candidature", *(f"candidature-{name}" for name in names))},
        "candidature-object": {"key": fay.pk},
        "objection-rule": {"key": objection.pk},
        **{
            name: {"key": made.pk}
            for name in (
                "challenge",
                *(f"challenge-{act}" for act in ("decide", "appeal", "settle", "box-again", "printed")),
            )
        },
        "election-challenge": {"key": done.pk},
        "kin-take-back": {"key": kin.pk},
        **{name: {"key": seat.pk} for name in ("empty-seat", "seat-count-back", "seat-name")},
    }


def nobody_elected(plant: make.Plant, election: Election) -> Election:
    """As if it had been voted: nobody is elected."""
    at = make.now()
    day = plant.cooperative.day_of(at)
    register = ballots.draw_register(body=plant.assembly, closes_on=day, by=make.FOUNDING, at=at)
    found = Election.objects.filter(pk=election.pk)
    found.update(state="final", final_at=at, register=register)
    found.update(state="proclaimed", proclaimed_at=at)
    return found.get()
