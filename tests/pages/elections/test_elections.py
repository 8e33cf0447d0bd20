"""Elections on their pages: who sees what, who may do what, and what they are told."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coop.ballots.models import Ballot
from coop.elections import actions as elections
from coop.elections.models import Candidature, CandidatureSignature, Election, Objection
from coop.members import actions as members
from coop.members.models import Mandate, Member, Office
from tests import make, make_elections, make_offices, make_proclaimed
from tests.elections.test_elections import code, final, voted

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
State = Election.State


@pytest.fixture
def plant() -> make.Plant:
    return make_offices.plant()


def at(name: str, **key: Any) -> str:
    return reverse(name, kwargs={"coop": "bakery", **key})


def client_of(plant: make.Plant, who: str) -> Client:
    return make.sign_in(Client(), Member.objects.get(pk=plant.people[who].pk))


def words(answer: Any) -> str:
    """The page as it is read, without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def read(plant: make.Plant, who: str, name: str, *, status: int = 200, **key: Any) -> str:
    answer = client_of(plant, who).get(at(name, **key))
    assert answer.status_code == status
    return words(answer)


def post(plant: make.Plant, who: str, name: str, given: dict[str, Any] | None = None, **key: Any) -> Any:
    return client_of(plant, who).post(at(name, **key), given or {})


def today(plant: make.Plant) -> datetime.date:
    return plant.cooperative.day_of(make.now())


def running(plant: make.Plant) -> Election:
    """Candidates come forward for 23 days more."""
    office = make_offices.office(plant)
    return make_elections.called(plant, office, by=plant.gus, at=make.now() - DAY, vote_in=45)


def hung(plant: make.Plant, *names: str) -> Election:
    people = [plant.people[name] for name in names]
    return make_elections.posted(plant, make_offices.office(plant), *people, by=plant.gus)


def sheet(plant: make.Plant, **other: Any) -> dict[str, Any]:
    """What the commission types to call an election of the coordinator of packing."""
    seat = make_offices.office(plant).seats.get(alternate=False)
    vote = today(plant) + 50 * DAY
    return {
        "title": "Coordinator of packing",
        "seats": [str(seat.pk)],
        "one": "plurality",
        "several": "plurality",
        "vote_on": vote.isoformat(),
        "begins_on": (vote + 6 * DAY).isoformat(),
    } | other


# --- The call -------------------------------------------------------------------------------------------------------


def test_the_days_are_looked_at_before_it_is_called(plant: make.Plant) -> None:
    looked = post(plant, "gus", "election-call", sheet(plant, look="1"))
    assert (looked.status_code, Election.objects.count()) == (200, 0)
    told = words(looked)
    assert "Nothing is called yet." in told
    assert "elected by Packing, 6 people" in told
    assert "a candidature needs one signature" in told
    made = post(plant, "gus", "election-call", sheet(plant, call="1"))
    election = Election.objects.get()
    assert made.headers["Location"] == at("election", key=election.pk)
    assert (election.vote_on - election.candidates_until).days == 25
    assert sorted(one.seat.alternate for one in election.contests.get().seats.all()) == [False, True]
    told = read(plant, "sol", "election", key=election.pk)
    assert "one seat and one alternate" in told
    assert "Elected by: Packing. You elect here." in told
    assert "You elect here." not in read(plant, "ana", "election", key=election.pk)
    assert "Nobody stands so far." in told


def test_of_many_contests_the_readers_own_stands_open(
    plant: make.Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sol packs and elects the coordinator of packing; Ana does not. Of a few nothing is folded."""
    election = running(plant)
    page = client_of(plant, "sol").get(at("election", key=election.pk)).content.decode()
    assert "<details" not in page
    monkeypatch.setattr("coop.pages.elections.elections.FEW", 0)
    for who, fold in (("sol", '<details class="fold" open>'), ("ana", '<details class="fold">')):
        page = client_of(plant, who).get(at("election", key=election.pk)).content.decode()
        assert page.count(fold) == page.count("</details>") == 1, who
        assert page.index(fold) < page.index("Nobody stands so far.") < page.index("</details>")


def test_seats_stand_with_who_holds_them(plant: make.Plant) -> None:
    told = read(plant, "gus", "election-call")
    assert (
        "Coordinator of packing, Coordinators: one seat, one alternate; elected by: Packing. Held by Pia"
        in told
    )
    pia = make_offices.mandate(plant.people["pia"])
    elections.resign(mandate=pia, by=plant.people["pia"], at=make.now())
    assert "Held for a time by Quin" in read(plant, "gus", "election-call")


def test_of_many_lines_the_soonest_stand_unfolded_and_nothing_ticked_lies_in_a_fold(
    plant: make.Plant,
) -> None:
    """Pia's seat falls free first; the seats of the founding have no end and come last."""
    client, address = make.sign_in(Client(), plant.gus), at("election-call")
    assert "<details>" not in client.get(address).content.decode()
    body = make_offices.office(plant).body
    for number in range(12):
        make.office(plant, body, f"clerk {number:02}", plant.eve, [])
    page = client.get(address).content.decode()
    first, *folds = page.split("<details>")
    assert first.count('name="seats"') == 12
    assert "Coordinator of packing, Coordinators" in first
    bodies = [re.findall("<summary><span>(.*?) <", fold)[0] for fold in folds]
    assert bodies == sorted(set(bodies)) != ["Coordinators"]  # each body is a fold of its own
    others = folds[bodies.index("Coordinators")]
    assert "Clerk 11, Coordinators" in others.split("</details>")[0]
    last = re.findall(r'name="seats" value="([\d-]+)"', others)[-1]
    ticked = client.get(address, {"seat": last}).content.decode()
    assert ticked.count("<details open>") == 1
    assert ticked.split("<details open>")[1].startswith("<summary><span>Coordinators <")
    typed = client.post(address, sheet(plant, seats=[last], vote_on="", look="1"))
    assert (typed.status_code, "<details open>" in typed.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("typed", "status", "why"),
    [
        ({"vote_on": "9999-12-31"}, 409, "That is more than 400 days away."),
        ({"vote_on": "0001-01-01"}, 409, "there must be at least 6 days"),
        ({"begins_on": "9999-12-31"}, 409, "That is more than 400 days away."),
        ({"ends_on": "9999-12-31"}, 409, "No term is longer than 10 years."),
        ({"vote_on": "10000-01-01"}, 422, "Write the day like"),
        ({"vote_on": ""}, 422, "This field is required."),
        ({"seats": []}, 422, "This field is required."),
        ({"seats": ["999999"]}, 422, "Choose one of those that stand here."),
        ({"one": "stv"}, 422, "Choose one of those that stand here."),
        ({"title": "\0"}, 422, "Some letters of this did not arrive whole."),
    ],
)
@pytest.mark.parametrize("button", ["look", "call"])
def test_an_odd_sheet_comes_back_with_its_reason(
    plant: make.Plant, typed: dict[str, Any], status: int, why: str, button: str
) -> None:
    answer = post(plant, "gus", "election-call", sheet(plant, **typed, **{button: "1"}))
    assert answer.status_code == status
    assert why in words(answer)
    assert not Election.objects.exists()
    if "title" not in typed:
        assert 'value="Coordinator of packing"' in answer.content.decode()


def test_too_few_days_are_refused_with_the_bylaw(plant: make.Plant) -> None:
    vote = today(plant) + 20 * DAY
    given = sheet(plant, vote_on=vote.isoformat(), begins_on=vote.isoformat(), look="1")
    looked = post(plant, "gus", "election-call", given)
    assert looked.status_code == 409
    assert "The bylaws ask for the call at least 45 days before the vote." in words(looked)
    assert "Call this election" not in words(looked)


def test_only_the_commission_calls(plant: make.Plant) -> None:
    read(plant, "ana", "election-call", status=404)
    assert "Call an election" in read(plant, "gus", "elections")
    assert "Call an election" not in read(plant, "ana", "elections")


# --- Coming forward -------------------------------------------------------------------------------------------------


def test_somebody_stands_is_signed_for_and_steps_back(plant: make.Plant) -> None:
    election = running(plant)
    contest = election.contests.get()
    assert "Election · " + election.label in read(plant, "sol", "home")
    assert election.label not in read(plant, "ana", "home")  # she works at the ovens
    assert "Nothing stands in your way: you may stand." in read(plant, "sol", "contest-stand", key=contest.pk)
    assert post(plant, "sol", "contest-stand", {"statement": "Rest."}, key=contest.pk).status_code == 422
    made = post(plant, "sol", "contest-stand", {"statement": "Rest.", "kin": "none"}, key=contest.pk)
    found = Candidature.objects.get()
    assert made.headers["Location"] == at("candidature", key=found.pk)
    told = read(plant, "uma", "candidature", key=found.pk)
    assert "Rest." in told
    assert "Kin in office, as declared: none" in told
    assert "1 of 1" in told
    for _press in range(2):
        assert post(plant, "uma", "candidature-sign", key=found.pk).status_code == 302
    assert CandidatureSignature.objects.count() == 2
    refused = post(plant, "ana", "candidature-sign", key=found.pk)
    assert refused.status_code == 409
    assert "you work elsewhere" in words(refused)
    assert post(plant, "uma", "candidature-step-back", key=found.pk).status_code == 404
    assert post(plant, "sol", "candidature-step-back", key=found.pk).status_code == 302
    assert Candidature.objects.get().state == "withdrawn"


def test_somebody_is_put_forward_by_name_and_accepts(plant: make.Plant) -> None:
    contest = running(plant).contests.get()
    asked = post(plant, "uma", "contest-nominate", {"person": "sol"}, key=contest.pk)
    assert asked.status_code == 422
    assert "Sol, No. 33 · Packing" in words(asked)
    number = str(plant.people["sol"].number)
    made = post(plant, "uma", "contest-nominate", {"person": "sol", "person-is": number}, key=contest.pk)
    found = Candidature.objects.get()
    assert made.headers["Location"] == at("candidature", key=found.pk)
    assert "You were put forward" in read(plant, "sol", "home")
    assert "You were put forward" not in read(plant, "tita", "home")
    read(plant, "uma", "candidature-accept", key=found.pk, status=404)
    given = {"statement": "", "kin": "My sister Rita, nothing."}
    assert post(plant, "sol", "candidature-accept", given, key=found.pk).status_code == 302
    assert Candidature.objects.get().state == "accepted"
    again = post(plant, "tita", "contest-nominate", {"person": number}, key=contest.pk)
    assert again.status_code == 409
    assert "Sol has been put forward for this already." in words(again)
    alone = post(
        plant, "tita", "contest-nominate", {"person": str(plant.people["tita"].number)}, key=contest.pk
    )
    assert alone.headers["Location"] == at("contest-stand", key=contest.pk)


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("ana", "As coordinator of packing only those stand who work where it is elected."),
        ("max", "ull member"),
        ("gus", "only those stand who work where it is elected"),
    ],
)
def test_who_may_not_stand_reads_why_before_the_form(plant: make.Plant, who: str, why: str) -> None:
    contest = running(plant).contests.get()
    told = read(plant, who, "contest-stand", key=contest.pk)
    assert "Why you cannot stand" in told
    assert why in told
    assert "What I stand for" not in told
    answer = post(plant, who, "contest-stand", {"statement": "Yes.", "kin": "none"}, key=contest.pk)
    assert (answer.status_code, Candidature.objects.count()) == (409, 0)
    assert "Yes." in answer.content.decode()


def test_after_the_last_day_nobody_comes_forward(plant: make.Plant) -> None:
    election = hung(plant, "sol")
    contest = election.contests.get()
    assert "Stand myself" not in read(plant, "uma", "election", key=election.pk)
    assert "Candidates came forward until" in read(plant, "uma", "contest-stand", key=contest.pk)
    assert post(plant, "uma", "contest-stand", {"kin": "none"}, key=contest.pk).status_code == 409


# --- The commission -------------------------------------------------------------------------------------------------


def test_a_sheet_of_paper_is_looked_at_before_it_counts(plant: make.Plant) -> None:
    contest = running(plant).contests.get()
    post(plant, "sol", "contest-stand", {"kin": "none"}, key=contest.pk)
    found = Candidature.objects.get()
    numbers = f"{plant.people['uma'].number}\n{plant.people['uma'].number}\n1\n777"
    looked = post(plant, "gus", "candidature-enter", {"numbers": numbers, "look": "1"}, key=found.pk)
    rows = re.findall(r'data-label="Worth">(.*?)</td>', looked.content.decode())
    assert rows == [
        "counts",
        "<b>signed already</b>",
        "<b>of another department or crew</b>",
        "<b>no such number</b>",
    ]
    assert found.signatures.count() == 1
    assert post(plant, "gus", "candidature-enter", {"numbers": "x"}, key=found.pk).status_code == 422
    done = post(plant, "gus", "candidature-enter", {"numbers": numbers, "enter": "1"}, key=found.pk)
    assert done.headers["Location"] == at("candidature", key=found.pk)
    assert found.signatures.count() == 2
    read(plant, "ana", "candidature-enter", key=found.pk, status=404)


def test_candidatures_are_admitted_or_refused_with_reasons(plant: make.Plant) -> None:
    election = running(plant)
    contest = election.contests.get()
    for name in ("sol", "uma"):
        post(plant, name, "contest-stand", {"kin": "none"}, key=contest.pk)
    assert "2 candidatures to decide" in read(plant, "gus", "home")
    sol, uma = Candidature.objects.order_by("member__number")
    assert post(plant, "gus", "candidature-admit", key=sol.pk).status_code == 302
    assert post(plant, "gus", "candidature-refuse", {"because": " "}, key=uma.pk).status_code == 422
    assert (
        post(plant, "gus", "candidature-refuse", {"because": "Signed twice."}, key=uma.pk).status_code == 302
    )
    assert "Signed twice." in read(plant, "tita", "candidature", key=uma.pk)
    twice = post(plant, "hal", "candidature-refuse", {"because": "No."}, key=sol.pk)
    assert twice.status_code == 409
    assert "That is over for this candidature." in words(twice)
    early = post(plant, "gus", "election-post", key=election.pk)
    assert early.status_code == 409
    assert "Candidates may still come forward, until" in words(early)


def test_whoever_stands_does_none_of_its_work(plant: make.Plant) -> None:
    """Gus stands for another body than the commission that has no bar here; Hal decides."""
    office = Office.objects.get(body__cooperative=plant.cooperative, title="president")
    election = make_elections.called(plant, office, by=plant.gus, at=make.now() - DAY, vote_in=45)
    (own,) = make_elections.forward(election, plant.gus, at=make.now())
    told = read(plant, "gus", "election", key=election.pk)
    assert "Why you do none of its work" in told
    assert "candidature to decide" not in read(plant, "gus", "home")
    assert post(plant, "gus", "candidature-admit", key=own.pk).status_code == 409
    assert post(plant, "hal", "candidature-admit", key=own.pk).status_code == 302


def test_objections_are_heard_decided_and_read(plant: make.Plant) -> None:
    election = hung(plant, "sol", "uma")
    sol, uma = Candidature.objects.order_by("member__number")
    assert "the list of candidates hangs out" in read(plant, "tita", "home")
    assert post(plant, "ana", "candidature-object", {"text": ""}, key=sol.pk).status_code == 422
    for one in (sol, uma):
        assert (
            post(plant, "ana", "candidature-object", {"text": "Kin of Dee."}, key=one.pk).status_code == 302
        )
    assert "2 objections to decide" in read(plant, "gus", "home")
    first, second = Objection.objects.order_by("candidature__member__number")
    assert post(plant, "gus", "objection-rule", {"upheld": "yes"}, key=first.pk).status_code == 422
    post(plant, "gus", "objection-rule", {"upheld": "yes", "reasons": "Second degree."}, key=first.pk)
    post(plant, "gus", "objection-rule", {"upheld": "no", "reasons": "No rule says so."}, key=second.pk)
    states = Candidature.objects.order_by("member__number").values_list("state", flat=True)
    assert list(states) == ["refused", "admitted"]
    assert "Dismissed. No rule says so." in read(plant, "ana", "candidature", key=uma.pk)
    again = post(plant, "gus", "objection-rule", {"upheld": "yes", "reasons": "Yet."}, key=second.pk)
    assert again.status_code == 409
    assert "It has been decided already." in words(again)
    assert "Objections are heard until" in read(plant, "gus", "election-final", key=election.pk)
    read(plant, "ana", "objection-rule", key=second.pk, status=404)


def ready(plant: make.Plant, *names: str) -> Election:
    """Objections are over, the vote is in two days."""
    first = make.now() - 44 * DAY
    office = make_offices.office(plant)
    election = make_elections.called(plant, office, by=plant.gus, at=first, vote_in=2)
    for one in make_elections.forward(election, *(plant.people[name] for name in names), at=first):
        elections.admit_candidature(candidature=one, by=plant.gus, at=first)
    return elections.post_candidates(election=election, by=plant.gus, at=make.now() - 8 * DAY)


def test_the_final_list_draws_up_the_vote(plant: make.Plant) -> None:
    election = ready(plant, "sol", "uma")
    assert "Make the list final" in read(plant, "gus", "home")
    closes = datetime.datetime.combine(election.vote_on, datetime.time(20))
    given = {
        "register": "new",
        "secrecy": "secret",
        "channels": ["paper"],
        "closes_at": closes.isoformat()[:16],
    }
    for hour in ("2199-01-01T20:00", "9999-12-31T23:59", "0001-01-01T00:00"):
        odd = post(plant, "gus", "election-final", given | {"closes_at": hour}, key=election.pk)
        assert odd.status_code == 409
        assert "The vote is on" in words(odd)
    assert post(plant, "gus", "election-final", given | {"channels": []}, key=election.pk).status_code == 422
    done = post(plant, "gus", "election-final", given, key=election.pk)
    assert done.headers["Location"] == at("election", key=election.pk)
    ballot = Ballot.objects.get()
    assert (ballot.state, ballot.department, ballot.secrecy, ballot.channels) == (
        "draft",
        "PAC",
        "secret",
        ["paper"],
    )
    told = read(plant, "gus", "election", key=election.pk)
    assert "The desk of the vote" in told
    assert "open to claims" in told
    started = post(plant, "hal", "vote-start", key=ballot.pk)
    assert started.status_code == 409
    assert "nobody votes before" in words(started)
    assert "The paper is the final list of candidates." in read(plant, "gus", "vote-redraw", key=ballot.pk)
    assert post(plant, "gus", "vote-annul", {"because": "On screens too."}, key=ballot.pk).status_code == 302
    assert "Draw up again what was annulled" in read(plant, "gus", "home")
    assert "On screens too." in read(plant, "gus", "election-again", key=election.pk)
    odd = {"secrecy": "secret", "channels": ["paper"], "closes_at": "9999-12-31T23:59"}
    assert post(plant, "gus", "election-again", odd, key=election.pk).status_code == 409
    assert (
        post(plant, "gus", "election-again", odd | {"closes_at": "soon"}, key=election.pk).status_code == 422
    )
    again = post(plant, "gus", "election-again", odd | {"closes_at": given["closes_at"]}, key=election.pk)
    assert again.status_code == 302
    assert election.votes.count() == 2
    assert "Draw up again" not in read(plant, "gus", "home")


def test_what_is_counted_is_proclaimed(plant: make.Plant) -> None:
    election = final(plant, "sol", "uma", "tita")
    told = read(plant, "gus", "election-proclaim", key=election.pk)
    assert "Why nobody is proclaimed yet" in told
    assert post(plant, "gus", "election-proclaim", key=election.pk).status_code == 409
    votes = {code(plant, "sol"): 3, code(plant, "uma"): 0, code(plant, "tita"): 2}
    voted(plant, election.votes.get().ballot, votes)
    assert "Proclaim who is elected" in read(plant, "gus", "home")
    told = read(plant, "gus", "election-proclaim", key=election.pk)
    assert "Sol No. 33 Tita No. 34 · alternate" in told
    assert post(plant, "gus", "election-proclaim", key=election.pk).status_code == 302
    told = read(plant, "ana", "election", key=election.pk)
    assert "Sol 3 , Tita 2 , Uma 0" in told
    assert "5 of 6 voted; blank 0, spoiled 0" in told
    assert "Tita No. 34 alternate" in told
    assert "3 people stood" in told  # folded: who was elected stands above
    assert post(plant, "gus", "election-annul", {"because": "No."}, key=election.pk).status_code == 409


def test_another_round_is_held_before_anybody_is_proclaimed(plant: make.Plant) -> None:
    election = final(plant, "sol", "uma", "tita")
    votes = {code(plant, "sol"): 2, code(plant, "uma"): 2, code(plant, "tita"): 1}
    first = voted(plant, election.votes.get().ballot, votes)
    assert "Hold another round" in read(plant, "gus", "home")
    page = client_of(plant, "gus").get(at("election", key=election.pk)).content.decode()
    assert at("vote-next-round", key=first.pk) in page
    closes = datetime.datetime.combine(today(plant) + 3 * DAY, datetime.time(20)).isoformat()[:16]
    made = post(plant, "gus", "vote-next-round", {"title": "Again", "closes_at": closes}, key=first.pk)
    assert made.status_code == 302
    assert election.votes.count() == 2
    told = read(plant, "gus", "election", key=election.pk)
    assert "Again" in told
    assert "Hold another round" not in told


def test_nobody_elected_leaves_the_seat(plant: make.Plant) -> None:
    election = final(plant, "sol")
    voted(plant, election.votes.get().ballot, {"for": 1, "against": 3})
    told = read(plant, "gus", "election-proclaim", key=election.pk)
    assert "One seat stays as it is: nobody was elected to it." in told
    post(plant, "gus", "election-proclaim", key=election.pk)
    assert "Nobody was elected." in read(plant, "ana", "election", key=election.pk)


def test_an_election_is_annulled_with_its_reason(plant: make.Plant) -> None:
    election = running(plant)
    assert post(plant, "gus", "election-annul", {"because": ""}, key=election.pk).status_code == 422
    assert post(plant, "gus", "election-annul", {"because": "Rain."}, key=election.pk).status_code == 302
    told = read(plant, "ana", "election", key=election.pk)
    assert "Rain." in told
    assert "For the commission" not in read(plant, "gus", "election", key=election.pk)


# --- Sheets ---------------------------------------------------------------------------------------------------------


def test_sheets_are_printed_and_the_same_again(plant: make.Plant) -> None:
    election = final(plant, "sol", "uma", "tita")
    votes = {code(plant, "sol"): 3, code(plant, "uma"): 0, code(plant, "tita"): 2}
    voted(plant, election.votes.get().ballot, votes)
    elections.proclaim(election=election, by=plant.gus, at=make.now())
    sol = Candidature.objects.order_by("member__number").first()
    assert sol is not None
    names = ("call", "candidates", "objections", "proclamation")
    sheets = [at(f"election-{name}-printed", key=election.pk) for name in names]
    client = client_of(plant, "ana")
    for address in [*sheets, at("candidature-sheet-printed", key=sol.pk)]:
        first, second = client.get(address), client.get(address)
        assert first.headers["Content-Type"] == "application/pdf"
        assert first.content == second.content
        assert len(re.findall(rb"/Type/Pages/Count 1/", first.content)) == 1


def test_what_has_not_happened_is_not_printed(plant: make.Plant) -> None:
    election = running(plant)
    for name in ("candidates", "objections", "proclamation"):
        told = read(plant, "ana", f"election-{name}-printed", key=election.pk, status=409)
        assert "The election is not where this could be done." in told


# --- Figures --------------------------------------------------------------------------------------------------------


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_thirty_elections_ask_no_more_than_one(plant: make.Plant) -> None:
    gus, sol = client_of(plant, "gus"), client_of(plant, "sol")
    running(plant)
    asked = [(gus, at("elections")), (gus, at("home")), (sol, at("home"))]
    for client, address in asked:
        _queries(client, address)
    few = [_queries(client, address) for client, address in asked]
    for _more in range(20):
        running(plant)
    assert [_queries(client, address) for client, address in asked] == few


def test_thirty_candidates_and_seats_ask_no_more_than_one(plant: make.Plant) -> None:
    election = running(plant)
    contest = election.contests.get()
    gus = client_of(plant, "gus")
    (first,) = make_elections.forward(election, plant.people["sol"], at=make.now())
    addresses = [at("election", key=election.pk), at("candidature", key=first.pk), at("election-call")]
    for address in addresses:
        _queries(gus, address)
    few = [_queries(gus, address) for address in addresses]
    hall = first.member.postings.get().department
    for number in range(100, 130):
        one = make.member(plant.cooperative, number, f"Person {number}", hall)
        elections.nominate(contest=contest, member=one, by=one, at=make.now())
        elections.support_candidature(candidature=first, by=one, at=make.now())
    body = make_offices.office(plant).body
    seats = [(False, None, None)] * 30
    members.create_office(body=body, title="x", seats=seats, by=make.FOUNDING, at=make.now())
    assert [_queries(gus, address) for address in addresses] == few


def test_of_another_house_nothing_is_there(plant: make.Plant) -> None:
    election = running(plant)
    other = make.plant("quarry")
    stranger = make.sign_in(Client(), other.ana)
    assert stranger.get(f"/quarry/elections/{election.pk}/").status_code == 404
    assert stranger.get(f"/quarry/contests/{election.contests.get().pk}/stand/").status_code == 404
    assert State(election.state) == State.CANDIDATURES


def test_whoever_holds_what_excludes_the_post_may_stand_and_reads_that_they_will_choose(
    plant: make.Plant,
) -> None:
    election = running(plant)
    stands = {"statement": "Rest.", "kin": "none"}
    post(plant, "sol", "contest-stand", stands, key=election.contests.get().pk)
    found = Candidature.objects.get()
    told = "holds an office that excludes this one"
    assert told not in read(plant, "uma", "candidature", key=found.pk)
    members.begin_mandate(
        seat=make_proclaimed.board(plant, kind="oversight").seats.get(number=1),
        member=plant.people["sol"],
        since=make.now() - DAY,
        until=make.now() + 300 * DAY,
        begun=Mandate.Begun.FOUNDING,
        document="Book",
        by=make.FOUNDING,
        at=make.now() - DAY,
    )
    assert (
        f"Sol {told} (member of the board of oversight), and if elected chooses between the two within 5 days"
        in (read(plant, "uma", "candidature", key=found.pk))
    )


# --- Drawn up, and called later ---------------------------------------------------------------------------------------


def test_drawn_up_its_days_are_put_right_and_it_is_called(plant: make.Plant) -> None:
    told = sheet(plant)
    assert post(plant, "gus", "election-call", {**told, "draw": "1"}).status_code == 302
    found = Election.objects.get()
    assert found.state == State.DRAWN_UP
    for name in ("election", "election-days"):  # it is nobody else's business yet
        assert client_of(plant, "sol").get(at(name, key=found.pk)).status_code == 404
    assert found.title not in read(plant, "sol", "elections")
    assert "Call it, or put its days right first" in read(plant, "hal", "election", key=found.pk)
    assert client_of(plant, "hal").get(at("election-call-printed", key=found.pk)).status_code == 409
    late = found.vote_on + 10 * DAY
    days = {"vote_on": late.isoformat(), "begins_on": (late + 9 * DAY).isoformat(), "ends_on": ""}
    looked = post(plant, "hal", "election-days", {**days, "look": "1"}, key=found.pk)
    assert (looked.status_code, Election.objects.get().vote_on) == (200, found.vote_on)
    assert post(plant, "hal", "election-days", {**days, "keep": "1"}, key=found.pk).status_code == 302
    assert (Election.objects.get().vote_on, Election.objects.get().begins_on) == (late, late + 9 * DAY)
    assert post(plant, "hal", "election-call-drawn-up", key=found.pk).status_code == 302
    assert Election.objects.get().state == State.CANDIDATURES
    assert found.title in read(plant, "sol", "elections")
    again = post(plant, "hal", "election-days", {**days, "keep": "1"}, key=found.pk)
    assert (again.status_code, "its days hang out and stay" in words(again)) == (409, True)


def test_days_that_the_bylaws_do_not_allow_come_back_as_they_were_typed(plant: make.Plant) -> None:
    post(plant, "gus", "election-call", {**sheet(plant), "draw": "1"})
    found = Election.objects.get()
    soon = today(plant) + 20 * DAY
    typed = {"vote_on": soon.isoformat(), "begins_on": soon.isoformat(), "ends_on": "", "keep": "1"}
    refused = post(plant, "hal", "election-days", typed, key=found.pk)
    assert refused.status_code == 409
    assert "the call at least 45 days before the vote" in words(refused)
    assert f'value="{soon.isoformat()}"' in refused.content.decode()
    assert post(plant, "hal", "election-days", {"vote_on": "x"}, key=found.pk).status_code == 422
    assert Election.objects.get().vote_on == found.vote_on
