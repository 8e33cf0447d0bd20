"""Every list that may grow past a page has a box that finds its lines, without a script; a table of all of them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.test import Client
from django.urls import reverse

from coop.ballots.models import Claim, Register, Teller
from coop.budget.models import Amendment, Unmet
from coop.elections.models import CandidatureSignature, Election
from coop.in_office.models import Commitment, Question, UrgentDecision
from coop.intake.models import Intake
from coop.meetings.models import (
    Action,
    Holiday,
    Phrase,
    Request,
    Series,
)
from coop.members.models import Application, Body, Course, Member, Office, Seat
from coop.oversight.models import AuditReport, CountSheet, Finding, Reading
from coop.pages.access import entering
from coop.pages.looking import Look
from coop.production import actions as production
from coop.production.models import (
    BuyerBar,
    Gift,
    KinContract,
    Pledge,
    Product,
    Refusal,
)
from coop.proposals.models import Agreement
from tests import make, make_selling
from tests.pages.test_doors import World, client_of, keys_of

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).parents[2] / "templates"
CALLED = "Ñandú Álamo"  # it is looked for without accents, in capitals, and the other way round
LOOKED_FOR = "ALAMO nandu"


def again(found: QuerySet[Any], **changes: Any) -> None:
    """Two lines more like one that is there, but for what is changed."""
    for place in (1, 2):
        line = found.first()
        assert line is not None
        line.pk = None
        for name, value in changes.items():
            setattr(line, name, value(place) if callable(value) else value)
        line.save(force_insert=True)


def behind(number: int) -> Callable[[int], int]:
    return lambda place: number + place


def of(model: type[Model], **where: Any) -> QuerySet[Any]:
    return model._default_manager.filter(**where).order_by("pk")


def written(model: type[Model], field: str, **facts: Any) -> None:
    """Three lines where there were none; the last two are called so."""
    for place, words in enumerate(["Plain", CALLED, CALLED]):
        given = {name: value(place) if callable(value) else value for name, value in facts.items()}
        model._default_manager.create(**given | {field: words})


def two_people(besides: Any = ()) -> list[Member]:
    """Two who are called so."""
    people = list(Member.objects.exclude(pk__in=besides).order_by("number")[1:3])
    for one in people:
        Member.objects.filter(pk=one.pk).update(name=CALLED, plain_name="nandu alamo")
    return people


def named(model: type[Model], **where: Any) -> None:
    """Two lines more, of two who are called so, like one that is there."""
    people = two_people(besides=of(model, **where).values("member"))
    again(of(model, **where), member=lambda place: people[place - 1])


def today(world: World) -> datetime.date:
    return world.plant.cooperative.day_of(make.now())


def key_of(world: World, name: str) -> int:
    return int(world.keys[name]["key"])


def seats_called(_world: World) -> None:
    """Two empty seats of offices that are called so."""
    body = (
        Office.objects.filter(pk__in=Seat.objects.values("office")).exclude(body__kind="table").first().body
    )
    for place in (1, 2):
        office = Office.objects.create(body=body, title=f"{CALLED} {place}", term_months=12)
        Seat.objects.create(office=office, number=1)


def urgent(_world: World) -> None:
    again(of(Request))
    asked = list(Request.objects.order_by("-pk")[:2])
    again(of(UrgentDecision), title=CALLED, number=behind(900), request=lambda place: asked[place - 1])


def actions(world: World) -> None:
    person = {
        "owner": world.plant.ana,
        "agreed_by": world.plant.ana,
        "agreed_at": make.now(),
        "done_at": make.now(),
    }
    written(Action, "text", body=world.plant.assembly, due_on=today(world), **person)


def entered(model: type[Model], field: str, **facts: Any) -> Callable[[World], None]:
    """Lines of one of the small books."""

    def enter(world: World) -> None:
        own = {
            "cooperative": world.plant.cooperative,
            "entered_by": world.plant.gus,
            "entered_at": make.now(),
        }
        days = {name: today(world) for name in facts.pop("days", [])}
        written(model, field, **own, **days, **facts)

    return enter


def gifts(world: World) -> None:
    entered(Gift, "giver", member=world.plant.ana, what="x", value=1, handed_in=True, days=["received_on"])(
        world
    )


def contracts(world: World) -> None:
    facts = {"relation": "x", "what": "x", "amount": 1, "decision": "D GA 2026-1", "days": ["agreed_on"]}
    entered(KinContract, "party", member=world.plant.ana, **facts)(world)


def unmet(world: World) -> None:
    year = key_of(world, "budget")
    written(Unmet, "title", year_id=year, amendment=lambda place: of(Amendment)[place], amount=1)


def holidays(world: World) -> None:
    again(of(Holiday), name=CALLED, day=lambda place: today(world) + datetime.timedelta(days=300 + place))


def candidature(world: World) -> None:
    key = key_of(world, "candidature")
    for member in [world.plant.ana, *two_people(besides=[world.plant.ana.pk])]:
        CandidatureSignature.objects.create(candidature_id=key, member=member)


def readings(world: World) -> None:
    facts = {"cooperative": world.plant.cooperative, "reader": world.plant.gus, "hour": make.now()}
    written(Reading, "label", what="people", key=str, **facts)


def questions(world: World) -> None:
    again(of(Question, office=key_of(world, "office-questions")), text=CALLED, personal=False)


LISTS: dict[str, tuple[str, Callable[[World], object]]] = {
    "agreements": ("ana", lambda _: again(of(Agreement), title=CALLED, code=lambda place: f"N-{place}")),
    "findings": ("ana", lambda _: again(of(Finding), title=CALLED, number=behind(900))),
    "vacancies": ("ana", seats_called),
    "elections": ("ana", lambda _: again(of(Election), title=CALLED, number=behind(900))),
    "requests": ("ana", lambda _: again(of(Request), title=CALLED)),
    "commitments": ("ana", lambda _: again(of(Commitment), party=CALLED, number=behind(900))),
    "urgent-decisions": ("ana", urgent),
    "products": ("ana", lambda _: again(of(Product), name=CALLED, code=lambda place: f"N{place}")),
    "gifts": ("ana", gifts),
    "kin-contracts": ("ana", contracts),
    "pledges": (
        "ana",
        entered(Pledge, "buyer", kind="market", what="x", amount=1, year=2026, days=["due_on"]),
    ),
    "refusals": ("ana", entered(Refusal, "refuser", ours=False, what="x", days=["refused_on"])),
    "buyer-bars": ("ana", lambda _: again(of(BuyerBar), buyer=lambda place: f"{CALLED} {place}")),
    "budget-unmet": ("ana", unmet),
    "counts": ("ana", lambda _: again(of(CountSheet), title=CALLED, number=behind(900))),
    "courses": ("ana", lambda _: again(of(Course), name=lambda place: f"{CALLED} {place}")),
    "audit-reports": ("ana", lambda _: again(of(AuditReport), title=CALLED)),
    "applications": ("cy", lambda _: again(of(Application), name=CALLED)),
    "register-claims": ("ana", lambda _: named(Claim)),
    "candidature": ("ana", candidature),
    "office-questions": ("ana", questions),
    "my-actions": ("ana", actions),
    "body-actions": ("ana", actions),
    "series": ("ana", lambda _: again(of(Series), title=CALLED)),
    "holidays": ("ana", holidays),
    "phrases": ("ana", lambda _: again(of(Phrase), title=lambda place: f"{CALLED} {place}")),
    "tellers": ("bo", lambda world: named(Teller, ballot=key_of(world, "tellers"))),
    "import": ("cy", lambda _: again(of(Intake), file_name=CALLED)),
    "oversight-readings": ("ana", readings),
}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """A page holds one line, and a box stands above the shortest list."""
    monkeypatch.setattr(entering, "Paginator", lambda things, _size: Paginator(things, 1))
    monkeypatch.setattr(Look, "few", 0)
    plant = make.plant("bakery")
    return World(plant, plant, keys_of(plant))


# Lists whose lines no test writes by hand, for what they say is frozen: each is asked for what is not there, and for
# nothing at all. The way they find is the same.
FROZEN = {
    "prices": "ana",
    "funds": "ana",
    "budget": "ana",
    "budget-movements": "ana",
    "recalls": "ana",
    "request": "ana",
    "office": "ana",
    "office-rotation": "ana",
    "decisions-followed": "ana",
    "votes": "ana",
    "sitting-watch": "ana",
    "terms": "ana",
    "registers": "ana",
    "course": "dee",
    "case-files": "dee",
    "recall-names": "dee",
    "sales": "ana",
    "attendance": "ana",
    "shift-sheets": "ana",
}


@pytest.mark.parametrize("name", FROZEN)
def test_a_list_says_what_it_was_searched_for(world: World, name: str) -> None:
    client, address = client_of(world, FROZEN[name]), world.address(name)
    nothing = client.get(address, {"words": "zzz<b>"})
    assert nothing.status_code == 200
    assert "Nothing in this list holds “zzz&lt;b&gt;”" in nothing.content.decode()
    assert "Show the whole list" in nothing.content.decode()


def test_registers_are_found_by_their_body(world: World) -> None:
    client, address = client_of(world, "ana"), world.address("registers")
    assert pages(client.get(address, {"words": LOOKED_FOR})) == 1
    Body.objects.filter(pk=world.plant.assembly.pk).update(name=CALLED)
    found = pages(client.get(address, {"words": LOOKED_FOR}))
    assert found == Register.objects.filter(body=world.plant.assembly).count() > 2


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_searched(world: World, name: str) -> None:
    who, two_more = LISTS[name]
    two_more(world)
    client, address = client_of(world, who), world.address(name)
    whole = client.get(address)
    assert whole.status_code == 200
    assert 'id="look-words"' in whole.content.decode()
    assert pages(whole) > 2

    found = client.get(address, {"words": LOOKED_FOR})
    assert pages(found) == 2
    assert "words=ALAMO+nandu&amp;page=2" in found.content.decode()
    assert f"2 lines hold “{LOOKED_FOR}”." in found.content.decode()
    second = client.get(address, {"words": LOOKED_FOR, "page": 2}).content.decode()
    assert f'value="{LOOKED_FOR}"' in second
    assert "words=ALAMO+nandu&amp;page=1" in second

    nothing = client.get(address, {"words": "zzz<b>"}).content.decode()
    assert "Nothing in this list holds “zzz&lt;b&gt;”" in nothing
    assert "Show the whole list" in nothing


def test_the_book_of_sales_is_searched_within_its_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next page is one of the same year: its address has been joined wrongly before."""
    monkeypatch.setattr(entering, "Paginator", lambda things, _size: Paginator(things, 1))
    plant = make_selling.plant()
    product = make_selling.priced(plant)
    for buyer in ("Shop", CALLED, CALLED):
        slip = make_selling.slip(plant, product, buyer=buyer)
        production.sign_sale(slip=slip, by=plant.bo, at=make.now())
    client, year = make.sign_in(Client(), plant.eve), make_selling.today(plant).year
    address = reverse("sales", args=[plant.cooperative.slug])
    whole = client.get(address, {"year": year, "only": ""})
    assert pages(whole) == 3
    assert f'href="?year={year}&amp;page=2"' in whole.content.decode()
    found = client.get(address, {"year": year, "words": LOOKED_FOR})
    assert pages(found) == 2
    assert f'name="year" value="{year}"' in found.content.decode()
    assert pages(client.get(address, {"year": year, "words": f"{LOOKED_FOR} V {year}-2"})) == 1


def pages(answer: Any) -> int:
    match = re.search(r"Page 1 of (\d+)", answer.content.decode())
    return int(match[1]) if match else 1


# Pages of a list without this box, and why.
OTHERWISE = {
    "people/members/members": "a search of its own",
    "people/cards/cards": "the search of the register of members",
    "people/not_reached/not_reached": "chosen by department and crew",
    "votes/registers/register": "a search of its own: am I on it?",
    "decisions/register_of_decisions/register": "asked by body, year and kind; searched with all papers",
    "search/found": "what the search itself found",
    "problems/found": "a search of its own",
    "meetings/meetings": "searched with all papers, from the box above it",
    "proposals/proposals": "searched with all papers, from the box above it",
    "intake/done": "chosen by what came of the rows",
    "intake/preview": "chosen by what came of the rows",
    "counting/urns/trackers": "a receipt is looked up on a page of its own",
    "votes/ballots/names": "told by what they voted, beneath each answer",
    "books/journal/journal": "a chain, in its order; what it tells of has a page that is searched",
    "books/verified/checks": "days and fingerprints, no words",
    "books/verified/export": "a few times in a life",
    "budget/budgets": "one a year",
    "budget/department": "lines in the order of the budget; the whole is a file too",
    "budget/budget_kept/watched_department": "lines in the order of the budget; the whole is a file too",
    "budget/budget_kept/draw_up": "lines in the order of the budget; the whole is a file too",
    "budget/budget_kept/line": "those that move one line",
    "budget/budget_kept/plainly": "those that were carried; the whole list of the budget is searched",
    "budget/budget_round/order": "the order of a vote",
    "budget/budget_round/clashes": "beside each other, as they clash",
    "proposals/amendments/order": "the order of a vote",
    "proposals/amendments/beside": "one text, clause by clause",
    "proposals/amendments/choose": "one text, clause by clause",
    "agreements/article": "what was said, one after the other",
    "meetings/floor_meetings/problems": "the order of one meeting; problems are searched on their board",
    "selling/products/plan": "one line for each product",
    "pay/mine": "one a month",
    "pay/ratio": "one a month",
}


def test_every_paged_list_is_searched_or_says_why_not() -> None:
    paged = {
        str(path.relative_to(TEMPLATES).with_suffix("")): path.read_text()
        for path in TEMPLATES.rglob("*.html")
        if '"shared/pager.html"' in path.read_text()
    }
    assert len(paged) > 70
    without = {name for name, text in paged.items() if '"shared/look.html"' not in text}
    assert sorted(without) == sorted(OTHERWISE)
    for name in paged.keys() - without:
        assert "query=look.query" in paged[name], name
