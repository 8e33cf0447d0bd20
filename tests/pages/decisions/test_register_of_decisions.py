"""The register as a whole: what is in force, what ended it, filters, print, feed; looking at a decision again."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coop.decisions import actions as decisions
from coop.decisions.models import CarriedDecision, Decision, Ending, Review
from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from coop.pages.decisions import register_of_decisions
from coop.proposals import actions as proposals
from coop.proposals.models import Proposal
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db

REGISTER = "/bakery/decisions/"


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def lou(client: Client, plant: make.Plant) -> Client:
    return make.sign_in(client, plant.lou)


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def voted(plant: make.Plant, text: Proposal, choice: str = "for") -> Decision:
    vote = make.open_vote(plant, motions=[text])
    make.cast(vote.ballot, plant.ana, choice)
    return meetings.close_vote(item=AgendaItem.objects.get(decision=vote), by=plant.bo, at=make.now())


def carried(plant: make.Plant, title: str, choice: str = "for") -> Decision:
    return voted(plant, make.supported_motion(plant, title=title), choice)


def from_the_book(plant: make.Plant, number: int = 7) -> CarriedDecision:
    old = decisions.carry_over(
        body=plant.assembly,
        number=number,
        title="Bread for the school",
        text="Twenty loaves a day.",
        outcome="carried",
        decided_on=datetime.date(2019, 5, 12),
        source="Book of minutes 3, page 41",
        by=plant.ana,
        at=make.now(),
    )
    decisions.confirm_carried(entry=old, by=plant.bo, at=make.now())
    return CarriedDecision.objects.get(pk=old.pk)


def ending(plant: make.Plant, earlier: Any, how: str, title: str = "The later one") -> Decision:
    """A motion that says what it ends, and is carried."""
    text = make.supported_motion(plant, title=title)
    decisions.name_earlier(proposal=text, earlier=earlier, how=how, by=plant.ana, at=make.now())
    return voted(plant, text)


def shown(answer: Any) -> list[tuple[str, str]]:
    return [(one.headline, one.word) for one in answer.context["lines"]]


# --- What ends what ---------------------------------------------------------------------------------------------------


def test_a_later_decision_takes_the_place_of_an_earlier_one_and_both_lead_to_each_other(
    lou: Client, plant: make.Plant
) -> None:
    earlier = carried(plant, "Benches")
    later = ending(plant, earlier, "supersedes")
    assert f"[This takes the place of: {earlier}]" in later.text
    assert shown(lou.get(REGISTER)) == [
        ("The later one", "carried, in force"),
        ("Benches", f"replaced by {later.label}"),
    ]
    old_page, new_page = (lou.get(f"{REGISTER}{one.pk}/") for one in (earlier, later))
    assert f"Its place has been taken by: {later}" in words(old_page)
    assert f'href="{REGISTER}{later.pk}/"' in old_page.content.decode()
    assert f"What it changed Takes the place of {earlier}" in words(new_page)
    assert f'href="{REGISTER}{earlier.pk}/"' in new_page.content.decode()
    proposal = lou.get(f"/bakery/proposals/{later.proposal_id}/")
    assert f"Takes the place of {earlier} : done by {later.label}" in words(proposal)
    told = Entry.objects.get(verb="decision-ended")
    assert (told.subject_label, told.facts) == (str(earlier), {"how": "supersedes", "through": later.label})


def test_one_from_the_book_is_repealed(lou: Client, plant: make.Plant) -> None:
    old = from_the_book(plant)
    later = ending(plant, old, "repeals")
    page = words(lou.get(f"{REGISTER}from-the-book/{old.pk}/"))
    assert f"It was repealed by: {later}" in page
    assert shown(lou.get(f"{REGISTER}?kind=book")) == [(old.title, f"repealed by {later.label}")]


def test_what_is_not_carried_ends_nothing(lou: Client, plant: make.Plant) -> None:
    earlier = carried(plant, "Benches")
    text = make.supported_motion(plant, title="No benches")
    decisions.name_earlier(proposal=text, earlier=earlier, how="repeals", by=plant.ana, at=make.now())
    lost = voted(plant, text, "against")
    assert (lost.outcome, Ending.objects.get().ended_at) == ("not_carried", None)
    assert ("Benches", "carried, in force") in shown(lou.get(REGISTER))


def test_of_two_that_end_the_same_the_first_does_and_the_other_waits_until_its_name_is_struck(
    client: Client, plant: make.Plant
) -> None:
    earlier = carried(plant, "Benches")
    texts = [make.supported_motion(plant, title=title) for title in ("First", "Second")]
    for text in texts:
        decisions.name_earlier(proposal=text, earlier=earlier, how="repeals", by=plant.ana, at=make.now())
    first = voted(plant, texts[0])
    meeting = make.meeting_in_session(plant, motions=[texts[1]])
    with pytest.raises(Refused) as no:
        meetings.open_vote(item=meeting.items.get(number=2), by=plant.bo, at=make.now())
    assert [reason.code for reason in no.value.reasons] == ["decision-not-in-force"]
    make.sign_in(client, plant.ana)
    (named,) = Ending.objects.filter(proposal=texts[1])
    page = f"/bakery/proposals/{texts[1].pk}/"
    assert "Leave it alone" in words(client.get(page))
    assert client.post(f"/bakery/proposals/earlier/{named.pk}/strike/").status_code == 302
    assert "leaves every earlier decision as it is" not in words(client.get(page))  # the meeting has the text
    meetings.open_vote(item=meeting.items.get(number=2), by=plant.bo, at=make.now())
    assert client.post(f"/bakery/proposals/earlier/{named.pk}/strike/").status_code == 409
    assert Ending.objects.get(through=first).made == earlier


def test_the_author_names_it_in_the_draft_and_nobody_else_sees_it(client: Client, plant: make.Plant) -> None:
    earlier = carried(plant, "Benches")
    draft = make.motion(plant)
    address = f"/bakery/proposals/{draft.pk}/earlier/"
    make.sign_in(client, plant.eve)
    for typed, status, said in (
        ("", 422, "Write the number of the decision."),
        ("D GA 2026-900", 422, "There is no decision with this number."),
        ("Benches", 422, "There is no decision with this number."),
        ("9" * 41, 422, "at most 40 characters"),
    ):
        answer = client.post(address, {"label": typed, "how": "repeals"})
        assert (answer.status_code, said in words(answer)) == (status, True), typed
    assert client.post(address, {"label": earlier.label, "how": "burns"}).status_code == 422
    quoted = f"ga {earlier.year}\u2011{earlier.number}"
    assert client.post(address, {"label": quoted, "how": "repeals"}).status_code == 302
    again = client.post(address, {"label": earlier.label, "how": "supersedes"})
    assert (again.status_code, f"{earlier.label} is named already." in words(again)) == (409, True)
    assert f"Repeals {earlier}" in words(client.get(f"/bakery/proposals/{draft.pk}/"))
    assert Entry.objects.filter(verb="earlier-named").count() == 0  # a draft is its author's alone
    make.sign_in(client, plant.ana)
    assert client.post(address, {"label": earlier.label, "how": "repeals"}).status_code == 404
    assert client.post(f"/bakery/proposals/earlier/{Ending.objects.get().pk}/strike/").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("ana", 302), ("eve", 409), ("lou", 409), ("bo", 409)])
def test_once_it_is_admitted_who_calls_the_assembly_names_it(
    client: Client, plant: make.Plant, who: str, status: int
) -> None:
    earlier = carried(plant, "Benches")
    text = make.supported_motion(plant)
    make.sign_in(client, plant.people[who])
    answer = client.post(f"/bakery/proposals/{text.pk}/earlier/", {"label": earlier.label, "how": "repeals"})
    assert answer.status_code == status
    assert Ending.objects.count() == (status == 302)


def test_what_was_not_carried_or_is_another_houses_is_not_ended(client: Client, plant: make.Plant) -> None:
    lost = carried(plant, "Benches", "against")
    foreign = carried(make.plant("quarry"), "Stones")
    text = make.supported_motion(plant)
    make.sign_in(client, plant.ana)
    address = f"/bakery/proposals/{text.pk}/earlier/"
    answer = client.post(address, {"label": lost.label, "how": "repeals"})
    assert (answer.status_code, "is not in force" in words(answer)) == (409, True)
    Decision.objects.filter(pk=lost.pk).exists()
    assert foreign.label == lost.label  # the same number elsewhere is not this one
    with pytest.raises(Refused):
        decisions.name_earlier(proposal=text, earlier=foreign, how="repeals", by=plant.ana, at=make.now())


# --- Filters, print ---------------------------------------------------------------------------------------------------


def test_it_is_filtered_by_body_year_state_and_kind(lou: Client, plant: make.Plant) -> None:
    old = from_the_book(plant)
    earlier, lost = carried(plant, "Benches"), carried(plant, "Lamps", "against")
    later = ending(plant, earlier, "repeals")
    every = [one.title for one in (later, lost, earlier, old)]
    for query, found in {
        "": every,
        "body=GA": every,
        "body=ADM": [],
        f"year={later.year}": every[:3],
        "year=2019": [old.title],
        "state=in_force": [later.title, old.title],
        "state=repeals": [earlier.title],
        "state=supersedes": [],
        "state=rejected": [lost.title],
        "kind=motion": every[:3],
        "kind=book": [old.title],
        "kind=amendment": [],
        "kind=motion&state=in_force&body=GA": [later.title],
    }.items():
        answer = lou.get(f"{REGISTER}?{query}")
        assert [one.headline for one in answer.context["lines"]] == found, query
        assert answer.status_code == 200
    assert "Nothing of this kind" in words(lou.get(f"{REGISTER}?body=ADM"))


def test_the_other_pages_of_what_was_asked_ask_the_same(
    lou: Client, plant: make.Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_of_decisions, "ON_A_PAGE", 1)
    carried(plant, "The gate")
    from_the_book(plant)
    assert 'href="?body=GA&amp;page=2"' in lou.get(REGISTER, {"body": "GA"}).content.decode()
    second = lou.get(REGISTER, {"body": "GA", "page": "2"})
    assert "Page 2 of 2" in words(second)
    assert 'href="?body=GA&amp;page=1"' in second.content.decode()


@pytest.mark.parametrize(
    "query", ["body=XX", "year=x", "year=99999", "year=-1", "state=burnt", "kind=x", "kind=book&kind=motion"]
)
def test_what_cannot_be_asked_is_refused_with_words(lou: Client, plant: make.Plant, query: str) -> None:
    carried(plant, "Benches")
    for page in ("", "printed/"):
        answer = lou.get(f"{REGISTER}{page}?{query}")
        assert (answer.status_code, "Benches" in words(answer)) == (422, False)


def test_the_register_and_a_sheet_are_printed(lou: Client, plant: make.Plant) -> None:
    earlier = carried(plant, "Benches")
    from_the_book(plant)
    later = ending(plant, earlier, "supersedes")
    for address in (
        f"{REGISTER}printed/?state=in_force",
        f"{REGISTER}{later.pk}/printed/",
        f"{REGISTER}{earlier.pk}/printed/",
    ):
        answer = lou.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert answer.content.startswith(b"%PDF")
    pending = make.open_vote(plant)
    assert lou.get(f"{REGISTER}{pending.pk}/printed/").status_code == 404


def test_a_register_with_endings_asks_as_much_for_one_as_for_thirty(client: Client) -> None:
    asked = set()
    for slug, many in (("few", 1), ("many", 15)):
        plant = make.plant(slug)
        for number in range(many):
            ending(plant, carried(plant, f"Earlier {number}"), "repeals", f"Later {number}")
        make.sign_in(client, plant.lou)
        with CaptureQueriesContext(connection) as seen:
            assert len(client.get(f"/{slug}/decisions/?state=&body=").context["lines"]) == 2 * many
        asked.add(len(seen))
    assert len(asked) == 1, asked


# --- Looked at again --------------------------------------------------------------------------------------------------


def test_a_day_is_set_comes_up_for_who_calls_the_body_and_goes_when_it_was_looked_at(
    client: Client, plant: make.Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = carried(plant, "Benches")
    address = f"{REGISTER}{made.pk}/review/"
    today = timezone.localdate()
    make.sign_in(client, plant.ana)
    for due, said in (
        (today, "Choose a day to come."),
        (today.replace(year=today.year + 11), "within 10 years"),
    ):
        answer = client.post(address, {"due_on": due.isoformat()})
        assert (answer.status_code, said in words(answer)) == (409, True)
    nothing = client.post(address, {})
    assert (nothing.status_code, "Say on which day, or what was found." in words(nothing)) == (409, True)
    assert client.post(address, {"due_on": "31.13.2026"}).status_code == 422
    assert (
        client.post(address, {"due_on": (today + datetime.timedelta(days=30)).isoformat()}).status_code == 302
    )
    assert "To be looked at on" in words(client.get(f"{REGISTER}{made.pk}/"))
    assert "Decision to look at again" not in words(client.get("/bakery/"))
    Review.objects.create(
        made=made, due_on=today - datetime.timedelta(days=1), set_by=plant.ana, set_at=make.now()
    )  # as if the day had been set long ago
    assert f"Decision to look at again {made}" in words(client.get("/bakery/"))
    make.sign_in(client, plant.lou)
    assert "Decision to look at again" not in words(client.get("/bakery/"))
    assert client.get(address).status_code == 409
    make.sign_in(client, plant.ana)
    assert client.post(address, {"found": "The benches hold."}).status_code == 302
    page = words(client.get(f"{REGISTER}{made.pk}/"))
    assert "The benches hold." in page
    assert "No day is set." in page
    assert "Decision to look at again" not in words(client.get("/bakery/"))


def test_what_has_ended_is_not_looked_at_any_more(client: Client, plant: make.Plant) -> None:
    old = from_the_book(plant)
    Review.objects.create(old=old, due_on=timezone.localdate(), set_by=plant.ana, set_at=make.now())
    make.sign_in(client, plant.ana)
    assert f"Decision to look at again {old}" in words(client.get("/bakery/"))
    ending(plant, old, "repeals")
    assert "Decision to look at again" not in words(client.get("/bakery/"))
    answer = client.post(f"{REGISTER}from-the-book/{old.pk}/review/", {"found": "x"})
    assert (answer.status_code, "is not in force" in words(answer)) == (409, True)


# --- The feed ---------------------------------------------------------------------------------------------------------


def address_of(client: Client, **asked: str) -> str:
    page = client.post("/bakery/me/calendars/", {"body": "", "reads": "decisions", **asked})
    found = re.search(r"<code>http://testserver(.*?)</code>", page.content.decode())
    assert found is not None
    return found[1]


def test_a_feed_reader_gets_what_was_decided_without_a_session(lou: Client, plant: make.Plant) -> None:
    earlier = carried(plant, "Benches & <chairs>")
    later = ending(plant, earlier, "repeals")
    address = address_of(lou)
    assert re.fullmatch(r"/bakery/decisions/feed/[\w-]{22}\.atom", address)
    answer = Client().get(address)
    text = answer.content.decode()
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert f"<title>{later}</title>" in text
    assert "Benches &amp; &lt;chairs&gt;" in text
    assert f"repealed by {later.label}" in text
    assert "ninety lunches" not in text  # the words themselves stay in the house
    assert Client().get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert (
        Client().get(address.replace("/decisions/feed/", "/calendar/").replace(".atom", ".ics")).status_code
        == 404
    )
    lou.post(f"/bakery/me/calendars/{_only_feed()}/revoke/")
    assert Client().get(address).status_code == 404


def test_a_calendar_address_reads_no_decisions_and_another_house_none(lou: Client, plant: make.Plant) -> None:
    address = address_of(lou, reads="calendar")
    assert address.endswith(".ics")
    token = address.rsplit("/", 1)[1].removesuffix(".ics")
    make.plant("quarry")
    for slug in ("bakery", "quarry"):
        assert Client().get(f"/{slug}/decisions/feed/{token}.atom").status_code == 404
    assert lou.post("/bakery/me/calendars/", {"body": "", "reads": "letters"}).status_code == 422


def _only_feed() -> int:
    from coop.meetings.models import Feed

    return Feed.objects.get().pk


# --- Its amendments ---------------------------------------------------------------------------------------------------


def test_a_sheet_leads_to_amendments_and_their_votes(lou: Client, plant: make.Plant) -> None:
    from coop.proposals.amending import Words

    text = make.supported_motion(plant, title="Benches")
    one = proposals.submit(
        proposal=text,
        changes=[Words(1, "On Mondays the canteen serves a hundred lunches.")],
        by=plant.eve,
        at=make.now(),
    )
    proposals.accept(amendment=one, by=plant.eve, at=make.now())
    made = voted(plant, text)
    page = lou.get(f"{REGISTER}{made.pk}/")
    assert f'href="/bakery/amendments/{one.pk}/"' in page.content.decode()
    assert "Its amendments A1 : taken in" in words(page)
