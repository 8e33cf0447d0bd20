"""What takes long to draw is drawn again as soon as anything it is drawn from reads otherwise, and only then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from coop.charter.models import Cooperative
from coop.members.models import Member
from coop.pages import kept
from coop.proposals import actions
from coop.proposals.amending import Insert, Words
from coop.proposals.models import Amendment, Proposal
from tests import make

pytestmark = pytest.mark.django_db

SIX, VOICE = "At most six per cent of all hours.", "Hired people have a voice."


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    kept._drawn.clear()
    yield
    kept._drawn.clear()


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def text(plant: make.Plant) -> Proposal:
    return make.supported_motion(plant, title="Hired work", clauses=[SIX, VOICE])


def seen(proposal: Proposal, client: Client) -> str:
    answer = client.get(f"/bakery/proposals/{proposal.pk}/")
    assert answer.status_code == 200
    return str(answer.context["text"])


# --- The text of a proposal with its amendments ---------------------------------------------------------------------


def test_after_every_act_the_text_reads_as_if_nothing_were_kept(plant: make.Plant, text: Proposal) -> None:
    lou, ana = make.sign_in(Client(), plant.lou), make.sign_in(Client(), plant.ana)
    made: dict[str, Amendment] = {}

    def moved(name: str, by: Member, *changes: Any, **more: Any) -> None:
        made[name] = actions.submit(proposal=text, changes=changes, by=by, at=make.now(), **more)

    def put_to_the_vote(name: str) -> None:
        actions.admit(amendment=made[name], by=plant.ana.actor, at=make.now())

    acts: list[Callable[[], Any]] = [
        lambda: moved("four", plant.fay, Words(1, SIX.replace("six", "four"))),
        lambda: moved("eight", plant.gus, Words(1, SIX.replace("six", "eight")), Insert(0, "Bread first.")),
        lambda: actions.support_amendment(amendment=made["four"], by=plant.bo, at=make.now()),
        lambda: put_to_the_vote("four"),
        lambda: put_to_the_vote("eight"),
        lambda: moved("of four", plant.bo, Words(1, SIX.replace("six", "five")), amends=made["four"]),
        lambda: moved("voice", plant.bo, Words(2, VOICE.replace("voice", "vote"))),
        lambda: put_to_the_vote("voice"),
        lambda: actions.declare_contrary(
            one=made["voice"], two=made["four"], because="One door.", by=plant.bo, at=make.now()
        ),
        lambda: actions.move(
            amendment=made["voice"], before=made["four"], because="First.", by=plant.ana, at=make.now()
        ),
        lambda: actions.withdraw_amendment(
            amendment=made["of four"], because="No.", by=plant.bo, at=make.now()
        ),
        lambda: Member.objects.filter(pk=plant.gus.pk).update(name="Gus Otherwise"),
    ]
    shown = [seen(text, lou)]
    for act in acts:
        act()
        for client in (lou, ana):
            first, again = seen(text, client), seen(text, client)
            kept._drawn.clear()
            assert first == again == seen(text, client)
        shown.append(seen(text, lou))
    assert len(set(shown)) == len(shown)
    assert "Gus Otherwise" in shown[-1]


def test_who_sorts_the_amendments_and_who_may_not_amend_see_what_is_theirs(
    plant: make.Plant, text: Proposal
) -> None:
    actions.submit(proposal=text, changes=[Insert(0, "Bread first.")], by=plant.fay, at=make.now())
    actions.admit(amendment=Amendment.objects.get(), by=plant.ana.actor, at=make.now())
    found = {who: seen(text, make.sign_in(Client(), plant.people[who])) for who in ("lou", "ana", "max")}
    assert [who for who, html in found.items() if "Vote several together" in html] == ["ana"]
    assert [who for who, html in found.items() if "Amend this text" in html] == ["lou", "ana"]


def test_a_text_is_drawn_once_for_all_who_see_the_same(
    plant: make.Plant, text: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.submit(proposal=text, changes=[Insert(0, "Bread first.")], by=plant.fay, at=make.now())
    drawn: list[str] = []
    real = kept.render_to_string
    monkeypatch.setattr(kept, "render_to_string", lambda *how: drawn.append(how[0]) or real(*how))
    pages = [seen(text, make.sign_in(Client(), plant.people[who])) for who in ("lou", "bo", "eve")]
    assert drawn.count("proposals/amendments/beside.html") == 1
    assert len(set(pages)) == 1
    for who in ("Lou", plant.bo.name + "<", "csrf"):
        assert who not in pages[0]


# --- In general -----------------------------------------------------------------------------------------------------


def draw(house: Cooperative, said: tuple[object, ...], read: Callable[[], dict[str, Any]]) -> str:
    return kept.drawn("shared/reasons.html", house, said, read)


def test_what_asks_the_database_while_it_is_drawn_is_not_kept(plant: make.Plant) -> None:
    def asking() -> dict[str, Any]:
        return {"reasons": [Member.objects.get(pk=plant.lou.pk).name]}

    assert "Lou" in draw(plant.cooperative, ("the same",), asking)
    Member.objects.filter(pk=plant.lou.pk).update(name="Lucia")
    assert "Lucia" in draw(plant.cooperative, ("the same",), asking)
    assert not kept._drawn


def test_each_language_and_each_house_has_its_own_and_there_is_an_end(
    plant: make.Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"reasons": ["—"]}
    english = draw(plant.cooperative, (1,), lambda: words)
    with translation.override("es"):
        assert draw(plant.cooperative, (1,), lambda: words) != english
    assert draw(Cooperative(slug="other", time_zone="UTC"), (1,), dict).strip() == ""
    assert len(kept._drawn) == 3
    monkeypatch.setattr(kept, "MOST_DRAWN", 4)
    for number in range(10):
        draw(plant.cooperative, (number, "more"), lambda: words)
        assert len(kept._drawn) <= 4


def test_what_is_kept_together_has_an_end_in_letters(
    plant: make.Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = len(kept.drawn("shared/find.html", plant.cooperative, (0,), lambda: {"here": plant}))
    kept.forget()
    monkeypatch.setattr(kept, "MOST_LETTERS", 3 * one)
    for place in range(5):
        kept.drawn("shared/find.html", plant.cooperative, (place,), lambda: {"here": plant})
    assert [said for *_of, said in kept._drawn] == [(2,), (3,), (4,)]
