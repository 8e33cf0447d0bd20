"""The key of a sealed urn on its page: named, drawn, made or brought, tried; and what each typed wrongly gets."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, SealedUrn
from coop.ballots.sealed import trustees
from coop.journal.models import Entry
from coop.refusals import Refused
from tests import make, make_votes

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    plant = make.plant(bylaws=make_votes.ON_SCREENS)
    make_votes.commission(plant)
    return plant


@pytest.fixture
def ballot(plant: make.Plant) -> Ballot:
    return make_votes.drawn_up(plant, secrecy="secret")


def on(client: Client, ballot: Ballot, more: str = "") -> str:
    return f"/bakery/ballots/{ballot.pk}/key/{more}"


def named(client: Client, plant: make.Plant, ballot: Ballot, *names: str) -> object:
    numbers = dict(zip(("first", "second", "third", "fourth", "fifth"), names, strict=False))
    return make.sign_in(client, plant.gus).post(
        on(client, ballot), {where: plant.people[who].number for where, who in numbers.items()}
    )


def test_three_are_named_each_draws_the_key_is_made_and_tried(plant: make.Plant, ballot: Ballot) -> None:
    client = Client()
    assert named(client, plant, ballot, "jo", "kim", "lou").status_code == 302  # type: ignore[attr-defined]
    codes = []
    for who in (plant.jo, plant.kim, plant.lou):
        answer = make.sign_in(Client(), who).post(on(client, ballot, "draw/"), {"as": "page"})
        assert answer.status_code == 200
        codes.append(answer.context["code"])
        assert answer.context["code"] in answer.content.decode()
    assert client.post(on(client, ballot, "make/")).status_code == 302
    urn = SealedUrn.objects.get(ballot=ballot)
    assert (urn.made_by, urn.keys.count(), urn.tested_at) == ("server", 3, None)
    answer = client.post(on(client, ballot, "test/"), {"code_1": codes[0], "code_3": codes[2].lower()})
    assert answer.status_code == 302
    urn.refresh_from_db()
    assert urn.tested_with == [1, 3]


def test_a_code_is_shown_once_and_stands_nowhere_else(plant: make.Plant, ballot: Ballot) -> None:
    client = Client()
    named(client, plant, ballot, "jo", "kim", "lou")
    jo = make.sign_in(Client(), plant.jo)
    code = jo.post(on(client, ballot, "draw/"), {"as": "page"}).context["code"]
    again = jo.post(on(client, ballot, "draw/"), {"as": "page"})
    assert again.status_code == 409
    plain = code.replace("-", "")
    assert code not in again.content.decode()
    assert code not in jo.get(on(client, ballot)).content.decode()
    told = str(list(Entry.objects.values_list("facts", flat=True)))
    assert code not in told
    assert plain not in told
    assert not any(code in str(value) or plain in str(value) for value in jo.session.values())


def test_a_code_can_be_printed_instead(plant: make.Plant, ballot: Ballot) -> None:
    client = Client()
    named(client, plant, ballot, "jo", "kim", "lou")
    answer = make.sign_in(Client(), plant.jo).post(on(client, ballot, "draw/"), {"as": "paper"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_wrong_codes_are_not_told_apart_and_are_counted(plant: make.Plant, ballot: Ballot) -> None:
    codes = make_votes.with_key(ballot, plant, tested=False)
    client = make.sign_in(Client(), plant.gus)
    stranger = trustees.new_code()
    answers = [
        client.post(on(client, ballot, "test/"), typed)
        for typed in (
            {"code_1": codes[1], "code_2": stranger},
            {"code_1": stranger, "code_2": codes[2]},
            {"code_1": codes[2], "code_2": codes[1]},
        )
    ]
    assert [answer.status_code for answer in answers] == [422] * 3
    assert len({str(answer.context["refused"]) for answer in answers}) == 1
    assert Entry.objects.filter(verb="urn-codes-refused").count() == 3
    for answer in answers:
        for code in (*codes.values(), stranger):
            assert code not in answer.content.decode()
    assert SealedUrn.objects.get(ballot=ballot).tested_at is None


def test_a_slip_of_the_finger_is_told_before_anything_is_tried(plant: make.Plant, ballot: Ballot) -> None:
    codes = make_votes.with_key(ballot, plant, tested=False)
    client = make.sign_in(Client(), plant.gus)
    slipped = ("1" if codes[1][0] != "1" else "2") + codes[1][1:]
    answer = client.post(on(client, ballot, "test/"), {"code_1": slipped, "code_2": codes[2]})
    assert answer.status_code == 422
    assert "slip in it" in answer.content.decode()
    assert codes[2] not in answer.content.decode()
    assert not Entry.objects.filter(verb="urn-codes-refused").exists()


@pytest.mark.parametrize("places", [(1,), (), (1, 2, 3)])
def test_too_few_or_too_many_codes(plant: make.Plant, ballot: Ballot, places: tuple[int, ...]) -> None:
    codes = make_votes.with_key(ballot, plant, tested=False)
    client = make.sign_in(Client(), plant.gus)
    answer = client.post(on(client, ballot, "test/"), {f"code_{place}": codes[place] for place in places})
    assert answer.status_code == 422
    assert SealedUrn.objects.get(ballot=ballot).tested_at is None


@pytest.mark.parametrize(
    ("names", "status"),
    [
        (("jo", "kim"), 422),
        (("jo", "kim", "jo"), 422),
        (("jo", "kim", "lou", "eve"), 422),
        (("jo", "kim", "cy"), 409),  # Cy keeps the register and hands out cards
        (("jo", "kim", "lou", "eve", "fay"), 302),
    ],
)
def test_who_can_be_a_trustee(plant: make.Plant, ballot: Ballot, names: tuple[str, ...], status: int) -> None:
    answer = named(Client(), plant, ballot, *names)
    assert answer.status_code == status  # type: ignore[attr-defined]
    assert SealedUrn.objects.filter(ballot=ballot).exists() == (status == 302)


def test_a_candidate_is_no_trustee(plant: make.Plant) -> None:
    ballot = make_votes.drawn_up(plant, [make_votes.election(plant, "jo", "eve")], secrecy="secret")
    answer = named(Client(), plant, ballot, "jo", "kim", "lou")
    assert answer.status_code == 409  # type: ignore[attr-defined]
    assert [reason.code for reason in answer.context["refused"]] == ["stands-in-this-vote"]  # type: ignore[attr-defined]


def test_the_key_of_another_machine_is_taken_over(plant: make.Plant, ballot: Ballot) -> None:
    client = Client()
    named(client, plant, ballot, "jo", "kim", "lou")
    codes, public = trustees.ceremony(3)
    file = SimpleUploadedFile("key.json", trustees.written(public).encode())
    assert client.post(on(client, ballot, "upload/"), {"file": file}).status_code == 302
    answer = client.post(on(client, ballot, "test/"), {"code_2": codes[2], "code_3": codes[3]})
    assert answer.status_code == 302
    urn = SealedUrn.objects.get(ballot=ballot)
    assert (urn.made_by, urn.tested_with) == ("elsewhere", [2, 3])


@pytest.mark.parametrize(
    "text", [b"", b"{}", b"[1", b"\xff\xfe", b"null", b'{"format": "asamblea key 1"}', b"x" * 70_000]
)
def test_what_is_no_file_of_a_ceremony(plant: make.Plant, ballot: Ballot, text: bytes) -> None:
    client = Client()
    named(client, plant, ballot, "jo", "kim", "lou")
    answer = client.post(on(client, ballot, "upload/"), {"file": SimpleUploadedFile("key.json", text)})
    assert answer.status_code == 422
    assert SealedUrn.objects.get(ballot=ballot).made_at is None


def test_a_key_for_five_does_not_fit_three(plant: make.Plant, ballot: Ballot) -> None:
    client = Client()
    named(client, plant, ballot, "jo", "kim", "lou")
    file = SimpleUploadedFile("key.json", trustees.written(trustees.ceremony(5)[1]).encode())
    answer = client.post(on(client, ballot, "upload/"), {"file": file})
    assert answer.status_code == 409
    assert [reason.code for reason in answer.context["refused"]] == ["key-for-others"]


def test_who_has_nothing_to_do_with_it_sees_nothing(plant: make.Plant, ballot: Ballot) -> None:
    make_votes.with_key(ballot, plant)
    for who, status in ((plant.gus, 200), (plant.jo, 200), (plant.eve, 404), (plant.dee, 404)):
        assert make.sign_in(Client(), who).get(on(Client(), ballot)).status_code == status


def test_an_open_vote_has_no_key(plant: make.Plant) -> None:
    ballot = make_votes.drawn_up(plant)
    assert make.sign_in(Client(), plant.gus).get(on(Client(), ballot)).status_code == 404


def test_a_key_that_nobody_tried_opens_no_vote(plant: make.Plant, ballot: Ballot) -> None:
    make_votes.with_key(ballot, plant, tested=False)
    with pytest.raises(Refused) as no:
        ballots.open_ballot(ballot=ballot, present=(), by=plant.gus.actor, at=make.now())
    assert [reason.code for reason in no.value.reasons] == ["key-not-tested"]


def test_the_front_page_tells_a_trustee_what_is_asked_of_them(plant: make.Plant, ballot: Ballot) -> None:
    def told(who: str) -> str:
        return make.sign_in(Client(), plant.people[who]).get("/bakery/").content.decode()

    named(Client(), plant, ballot, "jo", "kim", "lou")
    assert f"Draw your code: {ballot.title}" in told("jo")
    assert "You keep a code" not in told("eve")
    codes = {
        place: ballots.draw_code(ballot=ballot, by=plant.people[who], at=make.now())
        for place, who in enumerate(("jo", "kim", "lou"), 1)
    }
    assert "bring your code when the key is tried" in told("jo")
    ballots.make_key(ballot=ballot, by=plant.gus, at=make.now())
    ballots.test_key(ballot=ballot, codes=make_votes.two(codes), by=plant.gus, at=make.now())
    assert "You keep a code" not in told("jo")
    opened = ballots.open_ballot(ballot=ballot, present=(), by=plant.gus.actor, at=make.now())
    assert "You keep a code" not in told("jo")
    ballots.close(ballot=opened, by=plant.gus.actor, at=make.now())
    assert "the urn is to be opened" in told("jo")
    ballots.open_urn(ballot=ballot, codes=make_votes.two(codes), by=plant.gus, at=make.now())
    assert "You keep a code" not in told("jo")


def test_a_field_for_a_code_is_not_said_to_be_optional(plant: make.Plant, ballot: Ballot) -> None:
    make_votes.with_key(ballot, plant, tested=False)
    page = make.sign_in(Client(), plant.gus).get(on(Client(), ballot)).content
    assert b"Code of" in page
    assert b"may be left out" not in page


@pytest.mark.parametrize("sent", [{"as": "zzz"}, {}, {"as": ["page", "paper"]}])
def test_no_code_is_drawn_that_nobody_would_see(
    plant: make.Plant, ballot: Ballot, sent: dict[str, object]
) -> None:
    named(Client(), plant, ballot, "jo", "kim", "lou")
    jo = make.sign_in(Client(), plant.jo)
    assert "Have paper and pen ready" in jo.get(on(jo, ballot)).content.decode()
    answer = jo.post(on(jo, ballot, "draw/"), sent)
    assert answer.status_code == 422
    assert "No code was drawn" in answer.content.decode()
    assert SealedUrn.objects.get(ballot=ballot).trustees.filter(drawn_at=None).count() == 3


def test_a_lost_code_has_a_way_out_before_the_key_is_made(plant: make.Plant, ballot: Ballot) -> None:
    named(Client(), plant, ballot, "jo", "kim", "lou")
    gus = make.sign_in(Client(), plant.gus)
    before = gus.get(on(gus, ballot)).content.decode()
    jo = make.sign_in(Client(), plant.jo)
    jo.post(on(jo, ballot, "draw/"), {"as": "page"})
    after = gus.get(on(gus, ballot)).content.decode()
    way_out = f"/bakery/ballots/{ballot.pk}/annul/"
    assert (way_out in before, way_out in after) == (False, True)
    assert "If a code is lost" in after
