"""An election, from the call to the first minute in office."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, Question, Tally
from coop.elections import actions as elections
from coop.elections.models import Candidature, Elected, Election
from coop.journal.models import Entry
from coop.members import actions as members
from coop.members.models import Body, Crew, Mandate, Office, Power, Seat
from coop.members.powers import powers_of
from coop.refusals import Refused
from tests import make, make_offices, make_paper

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
State = Election.State


@pytest.fixture
def plant() -> make.Plant:
    return make_offices.plant()


def day_of(plant: make.Plant, at: datetime.datetime) -> datetime.date:
    return plant.cooperative.day_of(at)


def called(
    plant: make.Plant,
    seats: Sequence[Seat] | None = None,
    *,
    at: datetime.datetime,
    method: str = Question.Method.PLURALITY,
) -> Election:
    """Called by Gus 46 days before the vote, which is two days from now."""
    vote = day_of(plant, make.now()) + 2 * DAY
    return elections.call_election(
        title="Coordinator of packing",
        contests=[(list(seats or make_offices.office(plant).seats.all()), method)],
        vote_on=vote,
        begins_on=vote + 6 * DAY,
        by=plant.gus,
        at=at,
    )


def listed(plant: make.Plant, election: Election, *names: str, at: datetime.datetime) -> None:
    """They come forward and are admitted by Hal; the packers sign."""
    contest = election.contests.get()
    for name in names:
        one = elections.nominate(contest=contest, member=plant.people[name], by=plant.people[name], at=at)
        elections.admit_candidature(candidature=one, by=plant.hal, at=at)


def final(plant: make.Plant, *names: str, seats: Sequence[Seat] | None = None) -> Election:
    """The list of these names is final, and the papers are drawn up by Gus."""
    first = make.now() - 44 * DAY
    election = called(plant, seats, at=first)
    listed(plant, election, *names, at=first + DAY)
    election = elections.post_candidates(election=election, by=plant.gus, at=make.now() - 8 * DAY)
    register = ballots.draw_register(
        body=plant.assembly, closes_on=day_of(plant, make.now()), by=make.FOUNDING, at=make.now()
    )
    elections.make_final(
        election=election,
        register=register,
        channels=["paper"],
        closes_at=make.now() + 2 * DAY,
        by=plant.gus,
        at=make.now(),
    )
    return Election.objects.get(pk=election.pk)


def voted(plant: make.Plant, ballot: Ballot, votes: dict[str, int]) -> Ballot:
    """So many of the packers vote in one box; Gus counts up."""
    ballot = ballots.start(ballot=ballot, by=plant.hal, at=make.now())
    make_paper.name_tellers(plant, ballot)
    (box,) = make_paper.open_boxes(plant, ballot, "Gate")
    papers = sum(votes.values())
    make_paper.give(plant, box, *[name.lower() for name in make_offices.PACKERS][:papers])
    make_paper.end(plant, ballot, box)
    codes = {option.code: 0 for option in ballot.questions.get().options.all()}
    figures = {"1": {"papers": papers, "spoiled": 0, "votes": codes | votes}}
    make_paper.agreed(plant, ballot, box, figures)
    elections.count_up(ballot=ballot, by=plant.gus, at=make.now())
    return Ballot.objects.get(pk=ballot.pk)


def code(plant: make.Plant, name: str) -> str:
    return f"m{plant.people[name].number}"


# --- The call -----------------------------------------------------------------------------------------------------


def test_a_paper_has_room_for_so_many(plant: make.Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coop.elections.rules.commission.MOST_CHOICES", 1)
    first = make.now() - 44 * DAY
    election = called(plant, at=first)
    listed(plant, election, "rita", at=first + DAY)
    with pytest.raises(Refused, match=r"too-many-candidates \(most=1\)"):
        listed(plant, election, "sol", at=first + DAY)


def test_the_days_are_computed_from_the_day_of_the_vote(plant: make.Plant) -> None:
    election = called(plant, at=make.now() - 44 * DAY)
    assert (election.label, election.state) == (f"EL {election.vote_on.year}-1", State.CANDIDATURES)
    assert (election.vote_on - election.candidates_until).days == 23
    assert election.candidates_until < election.published_on < election.objections_until < election.final_on
    contest = election.contests.get()
    assert (contest.department, contest.signatures) == ("PAC", 1)  # five in a hundred of six
    assert Entry.objects.filter(chain=plant.cooperative.chain, verb="election-called").count() == 1


def test_who_calls_and_how_early(plant: make.Plant) -> None:
    with pytest.raises(Refused, match="no-mandate"):
        elections.call_election(
            title="X",
            contests=[([make_offices.mandate(plant.people["pia"]).seat], "plurality")],
            vote_on=day_of(plant, make.now()) + 60 * DAY,
            begins_on=day_of(plant, make.now()) + 60 * DAY,
            by=plant.ana,
            at=make.now(),
        )
    with pytest.raises(Refused, match=r"election-called-late \(days=45\)"):
        called(plant, at=make.now() - 42 * DAY)
    with pytest.raises(Refused, match="election-too-short"):
        called(plant, at=make.now())


def test_an_empty_seat_is_filled_in_six_days(plant: make.Plant) -> None:
    pia = plant.people["pia"]
    elections.resign(mandate=make_offices.mandate(pia), by=pia, at=make.now() - 50 * DAY)
    assert (
        called(plant, at=make.now() - 5 * DAY).state == State.CANDIDATURES
    )  # Quin moved up for the rest of it


# --- The list -----------------------------------------------------------------------------------------------------


def test_who_is_put_forward_accepts_or_is_not_listed(plant: make.Plant) -> None:
    first = make.now() - 44 * DAY
    election = called(plant, at=first)
    contest = election.contests.get()
    sol = elections.nominate(contest=contest, member=plant.people["sol"], by=plant.people["uma"], at=first)
    assert (sol.state, sol.signatures.count()) == ("nominated", 1)
    with pytest.raises(Refused, match="has-not-accepted"):
        elections.admit_candidature(candidature=sol, by=plant.gus, at=first)
    with pytest.raises(Refused, match="not-your-candidature"):
        elections.accept(candidature=sol, by=plant.people["uma"], at=first)
    sol = elections.accept(candidature=sol, statement="Rest.", kin="none", by=plant.people["sol"], at=first)
    assert elections.admit_candidature(candidature=sol, by=plant.gus, at=first).state == "admitted"
    with pytest.raises(Refused, match="stands-already"):
        elections.nominate(contest=contest, member=plant.people["sol"], by=plant.people["tita"], at=first)


@pytest.mark.parametrize(
    ("who", "why"),
    [("ana", "stands-where-it-is-elected"), ("max", "not-a-full-member"), ("gus", "runs-the-elections")],
)
def test_who_may_not_stand(plant: make.Plant, who: str, why: str) -> None:
    Body.objects.filter(code="ELC").update(kind=Body.Kind.ELECTORAL_COMMISSION)
    first = make.now() - 44 * DAY
    contest = called(plant, at=first).contests.get()
    with pytest.raises(Refused, match=why):
        elections.nominate(contest=contest, member=plant.people[who], by=plant.people[who], at=first)


def test_two_terms_in_a_row_are_enough(plant: make.Plant) -> None:
    """Pia has held it for a year before this term; the third would begin without the rest of a year."""
    seat = make_offices.mandate(plant.people["pia"]).seat
    now = make_offices.mandate(plant.people["pia"])
    make_offices.hold(seat, plant.people["pia"], since=now.since - 366 * DAY)
    first = make.now() - 44 * DAY
    contest = called(plant, at=first).contests.get()
    with pytest.raises(Refused, match=r"terms-in-a-row \(terms=2"):
        elections.nominate(contest=contest, member=plant.people["pia"], by=plant.people["pia"], at=first)
    assert (
        elections.nominate(
            contest=contest, member=plant.people["quin"], by=plant.people["quin"], at=first
        ).state
        == "accepted"
    )


def test_electors_sign_once_each(plant: make.Plant) -> None:
    first = make.now() - 44 * DAY
    contest = called(plant, at=first).contests.get()
    sol = elections.nominate(contest=contest, member=plant.people["sol"], by=plant.people["sol"], at=first)
    elections.support_candidature(candidature=sol, by=plant.people["uma"], at=first)
    for who, why in (("uma", "signed-already"), ("ana", "not-an-elector"), ("max", "not-a-full-member")):
        with pytest.raises(Refused, match=why):
            elections.support_candidature(candidature=sol, by=plant.people[who], at=first)
    assert sol.signatures.count() == 2


def test_a_candidature_needs_its_signatures() -> None:
    """A tenth of eighteen who elect the president."""
    plant = make_offices.plant(bylaws={"nomination_percent": 10})
    first = make.now() - 44 * DAY
    contest = called(plant, [make_offices.mandate(plant.bo).seat], at=first).contests.get()
    assert (contest.department, contest.crew, contest.signatures) == ("", "", 2)
    eve = elections.nominate(contest=contest, member=plant.eve, by=plant.eve, at=first)
    with pytest.raises(Refused, match=r"signatures-missing \(missing=1\)"):
        elections.admit_candidature(candidature=eve, by=plant.gus, at=first)
    elections.support_candidature(candidature=eve, by=plant.fay, at=first)
    assert elections.admit_candidature(candidature=eve, by=plant.gus, at=first).state == "admitted"


def test_a_refusal_says_why_and_time_ends(plant: make.Plant) -> None:
    first = make.now() - 44 * DAY
    election = called(plant, at=first)
    contest = election.contests.get()
    sol = elections.nominate(contest=contest, member=plant.people["sol"], by=plant.people["sol"], at=first)
    with pytest.raises(Refused, match="no-reason-given"):
        elections.refuse_candidature(candidature=sol, because=" ", by=plant.gus, at=first)
    with pytest.raises(Refused, match="candidatures-open"):
        elections.post_candidates(election=election, by=plant.gus, at=first)
    later = make.now() - 10 * DAY
    with pytest.raises(Refused, match=r"candidatures-undecided \(number=1\)"):
        elections.post_candidates(election=election, by=plant.gus, at=later)
    with pytest.raises(Refused, match="candidatures-closed"):
        elections.nominate(contest=contest, member=plant.people["uma"], by=plant.people["uma"], at=later)
    refused = elections.refuse_candidature(candidature=sol, because="Signed twice.", by=plant.gus, at=later)
    assert (refused.state, refused.reasons) == ("refused", "Signed twice.")


def test_an_objection_that_is_upheld_takes_off_the_list(plant: make.Plant) -> None:
    first = make.now() - 44 * DAY
    election = called(plant, at=first)
    listed(plant, election, "sol", "uma", at=first)
    election = elections.post_candidates(election=election, by=plant.gus, at=make.now() - 20 * DAY)
    sol, uma = Candidature.objects.order_by("member__number")
    at = make.now() - 19 * DAY
    against = elections.object_to(candidature=sol, text="Kin of Dee.", by=plant.eve, at=at)
    other = elections.object_to(candidature=uma, text="Too young.", by=plant.eve, at=at)
    with pytest.raises(Refused, match="objections-undecided"):
        _final_on(plant, election)
    elections.rule_on(objection=against, upheld=True, reasons="Second degree.", by=plant.hal, at=at)
    elections.rule_on(objection=other, upheld=False, reasons="No rule says so.", by=plant.hal, at=at)
    assert [one.state for one in Candidature.objects.order_by("member__number")] == ["refused", "admitted"]
    with pytest.raises(Refused, match="objection-decided"):
        elections.rule_on(objection=other, upheld=True, reasons="Yet.", by=plant.hal, at=at)


def _final_on(plant: make.Plant, election: Election) -> None:
    register = ballots.draw_register(
        body=plant.assembly, closes_on=day_of(plant, make.now()), by=make.FOUNDING, at=make.now()
    )
    elections.make_final(
        election=election,
        register=register,
        channels=["paper"],
        closes_at=make.now() + 2 * DAY,
        by=plant.gus,
        at=make.now(),
    )


# --- The vote -----------------------------------------------------------------------------------------------------


def test_more_than_half_is_elected_and_begins_on_the_day(plant: make.Plant) -> None:
    election = final(plant, "sol", "uma", "tita")
    ballot = election.votes.get().ballot
    assert (ballot.department, ballot.people, ballot.secrecy) == ("PAC", 6, "secret")
    with pytest.raises(Refused, match="vote-not-counted"):
        elections.proclaim(election=election, by=plant.gus, at=make.now())
    voted(plant, ballot, {code(plant, "sol"): 3, code(plant, "uma"): 0, code(plant, "tita"): 2})
    proclaimed = elections.proclaim(election=election, by=plant.gus, at=make.now())
    assert [(one.member.name, one.alternate) for one in proclaimed] == [("Sol", False), ("Tita", True)]
    before, begins = make.now(), election.begins_on
    mandate = proclaimed[0].mandate
    assert (day_of(plant, mandate.since), mandate.begun, mandate.document) == (
        begins,
        "elected",
        election.label,
    )
    assert mandate.until is not None
    assert day_of(plant, mandate.until) == begins.replace(year=begins.year + 1)
    mgt = Body.objects.get(code="MGT")
    held = lambda name, at: powers_of(plant.people[name], at).has(Power.CONVENE, mgt)  # noqa: E731
    assert (held("pia", before), held("sol", before)) == (True, False)
    second = datetime.timedelta(seconds=1)
    assert (held("pia", mandate.since - second), held("sol", mandate.since - second)) == (True, False)
    assert (held("pia", mandate.since), held("sol", mandate.since)) == (False, True)
    assert Mandate.objects.get(member=plant.people["pia"]).ended == "replaced"


def test_less_than_half_asks_for_a_second_round(plant: make.Plant) -> None:
    election = final(plant, "sol", "uma", "tita")
    ballot = voted(
        plant,
        election.votes.get().ballot,
        {code(plant, "sol"): 2, code(plant, "uma"): 2, code(plant, "tita"): 1},
    )
    with pytest.raises(Refused, match="round-to-be-held"):
        elections.proclaim(election=election, by=plant.gus, at=make.now())
    again = elections.hold_next_round(
        election=election,
        ballot=ballot,
        title="Second round",
        closes_at=make.now() + DAY,
        by=plant.gus,
        at=make.now(),
    )
    assert sorted(option.label for option in again.questions.get().options.all() if option.member_id) == [
        "Sol",
        "Uma",
    ]
    voted(plant, again, {code(plant, "uma"): 4, code(plant, "sol"): 1})
    proclaimed = elections.proclaim(election=election, by=plant.gus, at=make.now())
    assert [(one.member.name, one.alternate) for one in proclaimed] == [("Uma", False), ("Sol", True)]


@pytest.mark.parametrize(("votes_for", "against", "elected"), [(3, 1, ["Sol"]), (1, 3, []), (2, 2, [])])
def test_alone_one_is_asked_about_with_yes_and_no(
    plant: make.Plant, votes_for: int, against: int, elected: list[str]
) -> None:
    election = final(plant, "sol")
    voted(plant, election.votes.get().ballot, {"for": votes_for, "against": against})
    proclaimed = elections.proclaim(election=election, by=plant.gus, at=make.now())
    assert [one.member.name for one in proclaimed] == elected
    assert Elected.objects.count() == len(elected)


def test_nobody_stands(plant: make.Plant) -> None:
    election = called(plant, at=make.now() - 44 * DAY)
    election = elections.post_candidates(election=election, by=plant.gus, at=make.now() - 8 * DAY)
    with pytest.raises(Refused, match=r"nobody-stands \(office=coordinator of packing\)"):
        _final_on(plant, election)
    done = elections.annul_election(election=election, because="Nobody stands.", by=plant.gus, at=make.now())
    assert done.state == State.ANNULLED


def council(plant: make.Plant) -> Office:
    """Two delegates of packing, one of each crew, with one alternate each."""
    packing = Seat.objects.filter(office=make_offices.office(plant))[0].department
    body = members.create_body(
        cooperative=plant.cooperative,
        code="C-PAC",
        name="Council of packing",
        kind=Body.Kind.DEPARTMENT_COUNCIL,
        composition=Body.Composition.MANDATE,
        department=packing,
        by=make.FOUNDING,
        at=make.FOUNDED,
    )
    crews = list(Crew.objects.filter(cooperative=plant.cooperative).order_by("code"))
    return members.create_office(
        body=body,
        title="delegate of packing",
        seats=[(alternate, crew, None) for alternate in (False, True) for crew in crews],
        term_months=12,
        by=make.FOUNDING,
        at=make.FOUNDED,
    )


def test_one_seat_per_crew(plant: make.Plant) -> None:
    """By day Pia and Rita have more votes than anybody of the night: one of the night has the seat all the same."""
    office = council(plant)
    election = final(plant, "pia", "rita", "sol", "tita", seats=list(office.seats.all()))
    ballot = voted(
        plant,
        election.votes.get().ballot,
        {code(plant, "pia"): 3, code(plant, "rita"): 2, code(plant, "sol"): 1, code(plant, "tita"): 0},
    )
    assert Tally.objects.get(question__ballot=ballot).outcome == "elected"
    proclaimed = elections.proclaim(election=election, by=plant.gus, at=make.now())
    told = [(one.member.name, one.mandate.seat.crew.code, one.alternate) for one in proclaimed]  # type: ignore[union-attr]
    assert told == [("Pia", "A", False), ("Sol", "B", False), ("Rita", "A", True)]


def test_what_is_proclaimed_stays(plant: make.Plant) -> None:
    election = final(plant, "sol", "uma")
    voted(plant, election.votes.get().ballot, {code(plant, "sol"): 3, code(plant, "uma"): 1})
    elections.proclaim(election=election, by=plant.gus, at=make.now())
    for act in (elections.proclaim, elections.post_candidates):
        with pytest.raises(Refused, match="election-not-there"):
            act(election=election, by=plant.gus, at=make.now())
    with pytest.raises(Refused, match="election-not-there"):
        elections.annul_election(election=election, because="No.", by=plant.gus, at=make.now())
