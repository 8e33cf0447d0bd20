"""On whose agenda a proposal may stand: the assembly's, or that of the body that wrote it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from coop.meetings import actions
from coop.meetings.drafts import obstacles_to_bringing, proposals_for
from coop.meetings.models import AgendaItem, Meeting
from coop.members.models import Body
from coop.proposals.models import Proposal
from coop.refusals import Refused
from tests import make, make_council

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def council(plant: make.Plant) -> Body:
    return make_council.council(plant)


def draft(plant: make.Plant, body: Body) -> Meeting:
    return actions.prepare(
        body=body, kind=Meeting.Kind.COUNCIL, title="The night oven", place="Canteen",
        sittings=[make.now() + make.days(20)], by=plant.fay, at=make.now(),
    )  # fmt: skip


def bring(plant: make.Plant, meeting: Meeting, motion: Proposal) -> AgendaItem:
    about: dict[str, Any] = {"kind": AgendaItem.Kind.PROPOSAL, "by": plant.fay, "at": make.now()}
    return actions.add_item(meeting=meeting, proposal=motion, **about)


def codes(motion: Proposal, body: Body) -> list[str]:
    return [reason.code for reason in obstacles_to_bringing(motion, body)]


def test_each_body_finds_what_it_may_decide(plant: make.Plant, council: Body) -> None:
    other = make_council.council(make.plant("quarry"))
    free = make.supported_motion(plant, title="A longer lunch")
    own = make_council.motion(plant, council, title="The night oven")
    statute = make_council.motion(plant, council, title="Three years", matter=Proposal.Matter.STATUTE)
    assembly = "proposal-for-the-assembly"
    assert [codes(one, council) for one in (free, own, statute)] == [
        [assembly],
        [],
        ["assembly-decides-this"],
    ]
    assert [codes(one, plant.assembly) for one in (free, own, statute)] == [[], [], []]
    assert codes(own, other) == [assembly]
    assert list(proposals_for(council)) == [own]
    assert list(proposals_for(plant.assembly)) == [free, own, statute]
    assert list(proposals_for(other)) == []


def test_a_council_cannot_bring_what_is_for_the_assembly(plant: make.Plant, council: Body) -> None:
    free = make.supported_motion(plant, title="A longer lunch")
    meeting = draft(plant, council)
    with pytest.raises(Refused) as no:
        bring(plant, meeting, free)
    (reason,) = no.value.reasons
    assert (reason.code, reason.params) == (
        "proposal-for-the-assembly", {"title": "A longer lunch", "body": "Council of the ovens"},
    )  # fmt: skip
    free.refresh_from_db()
    assert (free.state, meeting.items.count()) == ("admitted", 0)
    own = make_council.motion(plant, council)
    assert bring(plant, meeting, own).proposal_id == own.pk


def test_the_draft_of_a_council_offers_its_own_and_says_where_others_go(
    plant: make.Plant, council: Body
) -> None:
    free = make.supported_motion(plant, title="A longer lunch")
    meeting = draft(plant, council)
    fay = make.sign_in(Client(), plant.fay)
    page = fay.get(f"/bakery/meetings/{meeting.pk}/").content.decode()
    assert "A longer lunch" not in page
    assert "No admitted proposal of this body waits." in page
    add = f"/bakery/meetings/{meeting.pk}/items/add/"
    forged = fay.post(add, {"kind": "proposal", "proposal": free.pk, "planned_minutes": 10})
    assert (forged.status_code, meeting.items.count()) == (422, 0)
    own = make_council.motion(plant, council, title="The night oven")
    assert "The night oven" in fay.get(f"/bakery/meetings/{meeting.pk}/").content.decode()
    assert fay.post(add, {"kind": "proposal", "proposal": own.pk, "planned_minutes": 10}).status_code == 302
    assert meeting.items.get().proposal_id == own.pk


def test_in_the_name_of_a_body_writes_who_sits_in_it(plant: make.Plant, council: Body) -> None:
    """Eve sits; Hal is an alternate who has not moved up; Lou only works there; nobody is the assembly."""
    for name, allowed in (("eve", True), ("fay", True), ("hal", False), ("lou", False)):
        if allowed:
            assert (
                make.motion(plant, by=plant.people[name], on_behalf_of=council).on_behalf_of_id == council.pk
            )
            continue
        with pytest.raises(Refused) as no:
            make.motion(plant, by=plant.people[name], on_behalf_of=council)
        assert [reason.code for reason in no.value.reasons] == ["not-in-its-name"]
    with pytest.raises(Refused):
        make.motion(plant, by=plant.ana, on_behalf_of=plant.assembly)


def test_the_desk_asks_in_whose_name(plant: make.Plant, council: Body) -> None:
    words = {"title": "Bread", "clauses": ["More."], "matter": "ordinary", "reasons": ""}
    lou, eve = (make.sign_in(Client(), plant.people[name]) for name in ("lou", "eve"))
    address = "/bakery/proposals/write/"
    assert "In whose name?" not in lou.get(address).content.decode()
    assert "In whose name?" in eve.get(address).content.decode()
    assert lou.post(address, words | {"on_behalf_of": "C-OVN"}).status_code == 302
    assert Proposal.objects.get(author=plant.people["lou"]).on_behalf_of is None
    assert eve.post(address, words | {"on_behalf_of": "GA"}).status_code == 422
    looked = eve.post(address, words | {"on_behalf_of": "C-OVN", "do": "add"}).content.decode()
    assert '<option value="C-OVN" selected>' in looked
    assert eve.post(address, words | {"on_behalf_of": "C-OVN"}).status_code == 302
    written = Proposal.objects.get(author=plant.eve)
    assert written.on_behalf_of == council
    again = f"/bakery/proposals/{written.pk}/rewrite/"
    assert "In whose name?" not in eve.get(again).content.decode()
    assert eve.post(again, words | {"revision": 1, "title": "Bread!"}).status_code == 302
    written.refresh_from_db()
    assert (written.title, written.on_behalf_of) == ("Bread!", council)
