"""The pages of challenges, of empty seats, and of two posts that exclude each other."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from coop.elections import actions as elections
from coop.elections.models import Challenge, Election
from coop.meetings.models import Request
from coop.members import actions as members
from coop.members.models import Body, Mandate
from coop.pages import clock as page_clock
from tests import make, make_offices, make_proclaimed
from tests.elections import test_box_again

pytestmark = pytest.mark.django_db
HOME = "/bakery/"


@pytest.fixture
def plant() -> make.Plant:
    return make_offices.plant()


def proclaimed(plant: make.Plant) -> Election:
    return make_proclaimed.proclaimed(plant, {"sol": 3, "tita": 2})


def test_challenged_decided_and_taken_to_the_assembly(client: Client, plant: make.Plant) -> None:
    election = proclaimed(plant)
    uma = plant.people["uma"]
    make.sign_in(client, uma)
    page = client.get(f"{HOME}elections/{election.pk}/").content.decode()
    assert "What follows" in page
    assert f"{HOME}elections/{election.pk}/challenge/" in page
    address = f"{HOME}elections/{election.pk}/challenge/"
    empty = client.post(address, {"contest": "all", "text": " "})
    assert empty.status_code == 422
    wrong = client.post(address, {"contest": "999999", "text": "The box."})
    assert (wrong.status_code, "The box." in wrong.content.decode()) == (422, True)
    assert not Challenge.objects.exists()
    assert client.post(address, {"contest": "all", "text": "The box stood open."}).status_code == 302
    made = Challenge.objects.get()
    at = f"{HOME}challenges/{made.pk}/"
    assert "The box stood open." in client.get(at).content.decode()
    assert client.post(f"{at}decide/", {"upheld": "yes", "reasons": "x"}).status_code == 404
    assert client.post(f"{at}appeal/", {"appeal": "Again."}).status_code == 409

    make.sign_in(client, plant.hal)
    assert "Challenge · " in client.get(HOME).content.decode()
    refused = client.post(f"{at}decide/", {"upheld": "no", "reasons": ""})
    assert refused.status_code == 422
    assert client.post(f"{at}decide/", {"upheld": "no", "reasons": "It was closed."}).status_code == 302
    again = client.post(f"{at}decide/", {"upheld": "yes", "reasons": "Open after all."})
    assert (again.status_code, Challenge.objects.get().state) == (409, "dismissed")
    assert "Open after all." in again.content.decode()
    assert client.post(f"{at}settle/", {"decision": "1", "for_it": "yes"}).status_code == 409

    make.sign_in(client, uma)
    assert client.post(f"{at}appeal/", {"appeal": "Look again."}).status_code == 302
    assert Request.objects.get(kind="owed").about == f"challenge/{made.pk}"
    assert client.get(f"{at}sheet/")["Content-Type"] == "application/pdf"
    make.sign_in(client, plant.hal)
    assert client.post(f"{at}settle/", {"decision": "1", "for_it": "yes"}).status_code == 422


def test_upheld_says_that_it_is_repeated(client: Client, plant: make.Plant) -> None:
    election = proclaimed(plant)
    made = elections.challenge(election=election, text="Open.", by=plant.people["uma"], at=make.now())
    make.sign_in(client, plant.hal)
    at = f"{HOME}challenges/{made.pk}/"
    assert client.post(f"{at}decide/", {"upheld": "yes", "reasons": "Seen."}).status_code == 302
    assert "annulled, and repeated" in client.get(at).content.decode()
    assert "Annulled on" in client.get(f"{HOME}elections/{election.pk}/").content.decode()


def test_who_challenged_and_who_stood_do_not_decide(client: Client, plant: make.Plant) -> None:
    made = elections.challenge(election=proclaimed(plant), text="Open.", by=plant.gus, at=make.now())
    make.sign_in(client, plant.gus)
    page = client.get(f"{HOME}challenges/{made.pk}/").content.decode()
    assert "It concerns you" in page
    assert "challenge-decide" not in page
    assert f"challenges/{made.pk}/decide/" not in page


def test_an_empty_seat_says_what_the_bylaws_allow(client: Client) -> None:
    plant = make_offices.plant(bylaws={"vacancy_filled_by": "count_back,by_election,named"})
    at = make.now()
    for name, at in (("pia", at - make.days(1)), ("quin", at)):  # noqa: B020
        who = plant.people[name]
        held = Mandate.objects.filter(Mandate.not_over(at), member=who).get(seat__alternate=False)
        elections.resign(mandate=held, by=who, at=at)
    seat = make_proclaimed.seat_of(plant)
    make.sign_in(client, plant.gus)
    assert "One seat is empty" in client.get(HOME).content.decode()
    assert "Quin, resigned." in client.get(f"{HOME}empty-seats/").content.decode()
    page = client.get(f"{HOME}empty-seats/{seat.pk}/").content.decode()
    assert "nothing to count again" in page
    assert f"elections/call/?seat={seat.pk}&amp;title=coordinator+of+packing&amp;vote_on=" in page
    assert client.post(f"{HOME}empty-seats/{seat.pk}/count-back/").status_code == 409
    assert client.post(f"{HOME}empty-seats/{seat.pk}/name/").status_code == 404
    call = page.split('href="/bakery/elections/call/')[1].split('"')[0].replace("&amp;", "&")
    form = client.get(f"{HOME}elections/call/{call}").content.decode()
    assert 'value="coordinator of packing"' in form
    assert "checked" in form

    make.sign_in(client, plant.dee)
    page = client.get(f"{HOME}empty-seats/{seat.pk}/").content.decode()
    assert "No assembly is in preparation" in page
    make.draft_meeting(plant, starts_at=at + make.days(20))
    assert client.post(f"{HOME}empty-seats/{seat.pk}/name/", {"person": "", "because": ""}).status_code == 422
    sent = {"person": str(plant.people["sol"].number), "because": "Nobody is left."}
    found = client.post(f"{HOME}empty-seats/{seat.pk}/name/", sent)
    assert found.status_code == 302, escape(found.content.decode())[:3000]
    assert Mandate.objects.get(begun="named").member == plant.people["sol"]
    again = client.post(f"{HOME}empty-seats/{seat.pk}/name/", sent)
    assert (again.status_code, "Nobody is left." in again.content.decode()) == (409, True)


def test_one_of_two_posts_is_kept(client: Client, plant: make.Plant) -> None:
    office = make_proclaimed.board(plant, kind=Body.Kind.OVERSIGHT, seats=1)
    old = make_offices.hold(office.seats.get(), plant.people["sol"])
    proclaimed(plant)
    make.sign_in(client, plant.people["sol"])
    assert "Two posts exclude each other" in client.get(HOME).content.decode()
    address = f"{HOME}offices/choose/"
    assert client.post(address, {"keep": "1"}).status_code == 422
    assert client.post(address, {"keep": str(old.pk)}).status_code == 302
    old.refresh_from_db()
    assert (old.ended, Mandate.objects.filter(member=plant.people["tita"], begun="moved_up").count()) == (
        "",
        1,
    )
    assert client.post(address, {"keep": str(old.pk)}).status_code == 409
    assert "You have nothing to choose" in client.get(address).content.decode()


@pytest.mark.parametrize("path", ["empty-seats/", "elections/{election}/", ""])
def test_questions_do_not_grow(client: Client, plant: make.Plant, path: str) -> None:
    """At one challenge and one empty seat, and at thirty of each."""
    election = proclaimed(plant)
    make.sign_in(client, plant.hal)
    asked = []
    for many in (1, 29):
        board = members.create_office(
            body=Body.objects.get(code="MGT"),
            title=f"member {many}",
            seats=[(False, None, None)] * many,
            by=make.FOUNDING,
            at=make.FOUNDED,
        )
        for seat in board.seats.all():
            held = make_offices.hold(seat, plant.eve, since=make.now() - make.days(9))
            members.end_mandate(mandate=held, ended="term", document="x", by=make.FOUNDING, at=make.now())
        for _ in range(many):
            elections.challenge(election=election, text="Open.", by=plant.people["uma"], at=make.now())
        address = HOME + path.format(election=election.pk)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(address).status_code == 200
        asked.append(len(found))
    assert asked[1] <= asked[0]


def test_one_box_is_challenged_and_voted_again(client: Client) -> None:
    """From the sheet of the challenge to the figures of the boxes together."""
    plant = make_offices.plant(bylaws={"published_floor": 3})
    election = test_box_again.proclaimed(plant)
    gate = election.votes.get().ballot.urns.get(name="Gate")
    make.sign_in(client, plant.people["uma"])
    address = f"{HOME}elections/{election.pk}/challenge/"
    assert "only the box Gate" in client.get(address).content.decode()
    sent = {"contest": f"box-{gate.pk}", "text": "The seal was cut."}
    assert client.post(address, sent).status_code == 302
    made = Challenge.objects.get()
    assert (made.box, made.contest) == (gate, None)
    at = f"{HOME}challenges/{made.pk}/"
    assert client.get(f"{at}box/").status_code == 404

    make.sign_in(client, plant.hal)
    assert "Vote this box again" not in client.get(at).content.decode()
    assert client.post(f"{at}decide/", {"upheld": "yes", "reasons": "Seen."}).status_code == 302
    assert f"{at}box/" in client.get(at).content.decode()
    assert client.post(f"{at}box/", {}).status_code == 422
    early = {"vote_on": "2026-01-01", "closes_at": "2026-01-01T20:00"}
    refused = client.post(f"{at}box/", early)
    assert (refused.status_code, "from tomorrow on" in refused.content.decode()) == (409, True)
    assert 'value="2026-01-01"' in refused.content.decode()
    second = test_box_again.again(plant, made)
    page = client.get(f"{HOME}elections/{second.pk}/").content.decode()
    assert "The boxes together" in page
    test_box_again.counted(plant, second.votes.get().ballot, {"Gate": (["pia", "quin", "rita"], {"tita": 3})})
    page = " ".join(
        re.sub(r"<[^>]*>", " ", client.get(f"{HOME}elections/{second.pk}/").content.decode()).split()
    )
    assert "Tita 1 0 3 4" in page
    assert "Sol 1 3 0 1" in page
    assert "Hold another round" not in page
    assert client.get(f"{HOME}elections/{second.pk}/proclaim/").status_code == 200
    assert client.post(f"{HOME}elections/{second.pk}/proclaim/").status_code == 302


def test_what_is_past_its_day_is_late_on_every_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bylaws give the assembly fifteen days: on the sixteenth it is late, the day before it is not."""
    plant = make_offices.plant(bylaws={"appeal_decided_days": 15})
    election = proclaimed(plant)
    uma = plant.people["uma"]
    made = elections.challenge(election=election, text="Open.", by=uma, at=make.now())
    made = elections.decide_challenge(
        challenge=made, upheld=False, reasons="No.", by=plant.hal, at=make.now()
    )
    elections.appeal_challenge(challenge=made, text="Look again.", by=uma, at=make.now())
    make.sign_in(client, plant.hal)
    real, later = page_clock.of, [make.days(0)]
    monkeypatch.setattr(page_clock, "of", lambda request: real(request) + later[0])
    for days, late in ((15, False), (16, True)):
        later[0] = make.days(days)
        for path in ("", f"elections/{election.pk}/", f"challenges/{made.pk}/"):
            page = client.get(f"{HOME}{path}")
            assert page.status_code == 200
            assert ("the assembly is late with it" in page.content.decode()) is late, path
