"""The front page: what waits for whom, the most urgent as the lead, and as many questions however much waits."""

import datetime
import gzip
import re
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.ballots.models import Ballot
from coop.meetings import actions as meetings
from coop.meetings.models import Attendance, Meeting
from coop.members import actions
from coop.members.models import Mandate, Member, Power
from coop.pages import kept
from coop.pages.access import Here
from coop.pages.desks import home
from coop.pages.stories import Column, Duty, Story, by_its_day
from coop.proposals import actions as proposals
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def front(who: Member) -> Any:
    answer = make.sign_in(Client(), who).get("/bakery/")
    assert answer.status_code == 200
    return answer


def columns(answer: Any) -> dict[str, list[str]]:
    """Column -> headlines, as they stand there."""
    return {
        column.title: [story.headline for story in column.stories] for column in answer.context["waiting"]
    }


def test_where_nothing_waits_the_page_teaches(plant: make.Plant) -> None:
    answer = front(plant.eve)
    page = answer.content.decode()
    assert columns(answer) == {}
    assert answer.context["lead"] is None
    assert "Nothing waits for you" in page
    assert 'href="/bakery/proposals/write/"' in page


def test_an_open_vote_leads_until_it_is_cast(plant: make.Plant) -> None:
    decision = make.open_vote(plant, closes_at=make.now() + make.days(1))
    answer = front(plant.eve)
    lead = answer.context["lead"]
    assert (lead.headline, lead.button) == ("Canteen open to the school", "Vote now")
    assert lead.address == f"/bakery/ballots/{decision.ballot_id}/"
    assert lead.kicker == f"General assembly · {decision.proposal.label}"
    assert lead.meta.startswith("until ")
    make.cast(decision.ballot, plant.eve)
    after = front(plant.eve)
    assert after.context["lead"] is None
    vote = after.context["waiting"][0].stories[0]
    assert (vote.word, vote.button) == ("your vote is in", "")


def test_a_vote_that_ends_at_midnight_says_so(plant: make.Plant) -> None:
    """00:00 of tomorrow is the end of today, in the zone of the house."""
    zone = plant.cooperative.zone
    tomorrow = plant.cooperative.day_of(make.now()) + datetime.timedelta(days=1)
    midnight = datetime.datetime.combine(tomorrow, datetime.time(), zone)
    make.open_vote(plant, closes_at=midnight)
    assert front(plant.eve).context["lead"].meta == "until midnight"


def test_who_has_not_checked_in_is_told_to_and_can_at_once(plant: make.Plant) -> None:
    """Ida is on the register and not in the hall: the door leads, the vote says why it waits."""
    make.open_vote(plant)
    answer = front(plant.ida)
    meeting = Meeting.objects.get()
    lead = answer.context["lead"]
    assert (lead.headline, lead.button) == ("Assembly of the canteen", "I am here: check in")
    assert lead.post == f"/bakery/meetings/{meeting.pk}/check-in/"
    vote = answer.context["waiting"][0].stories[0]
    assert "Check in first, then vote." in vote.text
    assert vote.address == f"/bakery/meetings/{meeting.pk}/"
    client = make.sign_in(Client(), plant.ida)
    assert client.post(lead.post).status_code in (302, 303)
    assert Attendance.objects.filter(member=plant.ida).exists()
    assert client.get("/bakery/").context["lead"].button == "Vote now"


def test_what_else_can_be_done_now_stands_under_the_lead_with_its_button(plant: make.Plant) -> None:
    """At most three of them, and none a second time in its column; a fifth waits in its column as before."""
    for number in range(5):
        make.open_vote(plant, closes_at=make.now() + make.days(1 + number))
    answer = front(plant.eve)
    votes = {column.title: column.stories for column in answer.context["waiting"]}["Votes"]
    addresses = [answer.context["lead"].address]
    addresses += [story.address for story in answer.context["at_once"]] + [story.address for story in votes]
    assert addresses == [f"/bakery/ballots/{ballot.pk}/" for ballot in Ballot.objects.order_by("closes_at")]
    assert [len(answer.context["at_once"]), len(votes), answer.context["count"]] == [3, 1, 5]
    page = answer.content.decode()
    assert page.count('<a class="button button--primary"') == 1
    under = page.split('<ul class="stories at-once">')[1].split("</ul>")[0]
    assert under.count('<a class="button" href="/bakery/ballots/') == 3


def test_who_is_not_on_the_register_reads_why(plant: make.Plant) -> None:
    make.open_vote(plant)
    vote = front(plant.nan).context["waiting"][0].stories[0]
    assert "You are not on the register of voters" in vote.text
    assert vote.button == ""


def test_a_vote_whose_time_has_come_is_being_counted(plant: make.Plant) -> None:
    make.open_vote(plant, closes_at=make.now() - make.days(0.001))
    answer = front(plant.eve)
    vote = answer.context["waiting"][0].stories[0]
    assert (vote.word, vote.button, answer.context["lead"]) == ("being counted", "", None)


def test_a_convened_meeting_stands_there_before_its_doors_open(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant, starts_at=make.now() + make.days(2), at=make.now() - make.days(15))
    answer = front(plant.nan)
    assert list(columns(answer).items()) == [
        ("For you", ["You may ask to become a member"]),
        ("Meetings", ["Assembly of the canteen"]),
    ]
    [story] = answer.context["waiting"][1].stories
    assert (story.kicker, story.word, story.meta) == (meeting.label, "convened", "in 2 days")
    assert "Packing hall" in story.text
    assert answer.context["lead"] is None


def test_proposals_look_for_the_signatures_of_others(plant: make.Plant) -> None:
    proposal = make.published_motion(plant)
    answer = front(plant.gus)
    story = answer.context["waiting"][0].stories[0]
    assert columns(answer) == {"Looking for signatures": ["Canteen open to the school"]}
    assert (story.kicker, story.text) == (proposal.label, "2 signatures more and it is admitted.")
    assert columns(front(plant.eve)) == {}  # she wrote it, so she has signed
    proposals.support(proposal=proposal, by=plant.gus, at=make.now())
    assert columns(front(plant.gus)) == {}
    assert front(plant.hal).context["waiting"][0].stories[0].text == "1 signature more and it is admitted."


def test_proposals_whose_time_is_over_do_not(plant: make.Plant) -> None:
    make.published_motion(plant, at=make.now() - make.days(31))
    assert columns(front(plant.gus)) == {}


def test_drafts_are_their_authors_alone(plant: make.Plant) -> None:
    make.motion(plant)
    assert columns(front(plant.eve)) == {"Your drafts": ["Canteen open to the school"]}
    assert "Canteen" not in front(plant.fay).content.decode()


def test_what_was_settled_stands_below(plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    for name in ("ana", "bo", "cy"):
        make.cast(decision.ballot, plant.people[name])
    meetings.close_vote(item=Meeting.objects.get().items.get(number=2), by=plant.bo, at=make.now())
    [column] = re.findall("<section><h2>Settled lately</h2>.*?</section>", shown(front(plant.nan)), re.DOTALL)
    assert re.findall(r'<p class="kicker">D GA \d{4}-1</p>', column)
    assert re.findall(r'<h3><a href="/bakery/decisions/\d+/">Canteen open to the school</a></h3>', column)
    assert re.findall(r'<span class="state state--yes">.*</svg>carried</span>', column)


def shown(answer: Any) -> str:
    return str(answer.content.decode())


def test_columns_that_tell_many_the_same_are_drawn_once(
    plant: make.Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One's own drafts are not kept at all, and the second reader finds the meeting as the first had it drawn."""
    make.motion(plant, title="Only mine")
    make.convened_meeting(plant, starts_at=make.now() + make.days(2))
    kept._drawn.clear()
    assert columns(front(plant.eve)) == {
        "Meetings": ["Assembly of the canteen"],
        "Your drafts": ["Only mine"],
    }
    assert not any("Only mine" in part for part in kept._drawn.values())
    assert any("Assembly of the canteen" in part for part in kept._drawn.values())
    monkeypatch.setattr(kept, "render_to_string", _drawn_again)
    assert "Assembly of the canteen" in shown(front(plant.fay))


TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def test_a_button_that_posts_is_drawn_once_and_carries_the_token_of_whoever_presses_it(
    plant: make.Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = make.convened_meeting(plant, starts_at=make.now() + make.days(1 / 288))
    address = f"/bakery/meetings/{meeting.pk}/check-in/"
    kept.forget()
    phones = {
        who: make.sign_in(Client(enforce_csrf_checks=True), plant.people[who]) for who in ("eve", "fay")
    }
    pages = {}
    for who, phone in phones.items():
        pages[who] = shown(phone.get("/bakery/"))
        monkeypatch.setattr(kept, "render_to_string", _drawn_again)
    assert any(address in part and kept.TOKEN in part for part in kept._drawn.values())
    tokens = {}
    for who, page in pages.items():
        [out, door] = TOKEN.findall(page)
        assert out == door
        assert f'action="{address}"' in page
        assert kept.TOKEN not in page
        tokens[who] = door
    assert phones["fay"].post(address, {"csrfmiddlewaretoken": tokens["eve"]}).status_code == 403
    for who, phone in phones.items():
        assert phone.post(address, {"csrfmiddlewaretoken": tokens[who]}).status_code == 302
    assert {one.member for one in Attendance.objects.filter(meeting=meeting)} == {plant.eve, plant.fay}


def _drawn_again(template: str, shown: Any) -> str:
    assert template == "shared/who_reads.html", template
    return render_to_string(template, shown)


def test_what_tells_of_one_reader_alone_is_drawn_for_each(plant: make.Plant) -> None:
    here = Here(plant.cooperative, plant.eve, make.now(), demo=False)
    many, one = (Story("Report", "/bakery/", read_by=who) for who in ("many", "one"))
    assert home._as_read_by_many(here, "token", Column("For you", [many, one])).drawn is None
    assert not home._drawn_for_many(here, "token", "desks/home/at_once.html", [many, one])
    assert home._drawn_for_many(here, "token", "desks/home/at_once.html", [many, many])


# --- What an office asks --------------------------------------------------------------------------------------------


# Max and Nan; told to who keeps the register.
LONG_HERE = ("Hired work", "2 people have worked here for six months")


def office_column(who: Member) -> list[tuple[str, str]]:
    found = [column for column in front(who).context["waiting"] if column.title == "Your office"]
    return [(story.kicker, story.headline) for column in found for story in column.stories]


def test_a_meeting_is_prepared_led_and_written_up_by_whose_office_it_is(plant: make.Plant) -> None:
    motion = make.supported_motion(plant)
    draft = make.draft_meeting(plant, motions=[motion], starts_at=make.now() + make.days(20))
    assert office_column(plant.ana) == [("To prepare", "Assembly of the canteen")]
    assert office_column(plant.bo) == []
    page = front(plant.ana).content.decode()
    assert "notice at the latest on" in page
    assert f'href="/bakery/meetings/{draft.pk}/"' in page


def test_your_office_stands_in_the_order_of_its_days(plant: make.Plant) -> None:
    """Minutes are due fifteen days after their meeting; the notice of a draft fifteen days before it."""
    make.office(plant, plant.assembly, "registrar", plant.ana, [(Power.KEEP_REGISTER, None)])
    held = make.meeting_in_session(plant)
    meetings.close_meeting(meeting=held, by=plant.bo, at=make.now())
    sooner = make.draft_meeting(plant, starts_at=make.now() + make.days(20))
    later = make.draft_meeting(plant, starts_at=make.now() + make.days(22))
    rows = [
        (story.kicker, story.address.split("/")[3])
        for column in front(plant.ana).context["waiting"]
        if column.title == "Your office"
        for story in column.stories
    ]
    assert rows == [
        ("To prepare", str(sooner.pk)),
        ("To prepare", str(later.pk)),
        ("Minutes to write", str(held.pk)),
        ("Hired work", "hired"),
    ]


def test_what_is_overdue_stands_first_then_what_has_a_day_then_the_rest_as_it_comes() -> None:
    today = datetime.date(2026, 11, 22)

    def told(number: int, shape: str = "waiting", days: int | None = None) -> Story:
        until = None if days is None else today + datetime.timedelta(days)
        return Duty(str(number), "", shape=shape, until=until)

    stories = [
        told(6),
        told(5, days=30),
        told(4, "live", 0),
        told(7, "draft"),
        told(3, "late"),
        told(2, "draft", -1),
        told(1, "late", -9),
    ]
    found = sorted(stories, key=lambda story: by_its_day(story, today))
    assert [story.headline for story in found] == list("1234567")


def test_leading_and_minutes(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    led = [("To lead", str(meeting))]
    assert [office_column(who) for who in (plant.ana, plant.bo, plant.cy, plant.eve)] == [
        led,
        led,
        [LONG_HERE],
        [],
    ]
    assert f'href="/bakery/meetings/{meeting.pk}/attendance/"' in front(plant.bo).content.decode()
    meetings.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    written = [("Minutes to write", str(meeting))]
    assert [office_column(who) for who in (plant.ana, plant.bo)] == [written, []]


def test_second_signatures_wait_for_those_who_may_give_them(plant: make.Plant) -> None:
    assembly = make.office(plant, plant.assembly, "teller", plant.gus, [(Power.RUN_ELECTIONS, None)])
    seat = assembly.seats.create(number=2)
    actions.begin_mandate(
        seat=seat,
        member=plant.bo,
        since=make.FOUNDED,
        until=None,
        begun=Mandate.Begun.CARRIED_OVER,
        document="Book 3, page 14",
        entered_by=plant.cy,
        by=plant.cy.actor,
        at=make.now(),
    )
    make.sign_in(Client(), plant.eve)
    actions.issue_card(member=Member.objects.get(pk=plant.eve.pk), by=plant.cy, at=make.now())
    mandate, card = ("Mandate to confirm", "Bo: teller"), ("Card to countersign", "Eve")
    told = {name: office_column(plant.people[name]) for name in ("ana", "bo", "cy", "eve")}
    assert told == {"ana": [mandate, card], "bo": [card], "cy": [LONG_HERE], "eve": []}


# --- The same family as everywhere ----------------------------------------------------------------------------------


def test_other_methods_and_other_people_do_not_pass(client: Client, plant: make.Plant) -> None:
    mill = make.plant("mill", names=[f"Miller {name}" for name in make.NAMES])
    make.open_vote(mill)
    make.published_motion(mill, title="Only at the mill")
    assert client.get("/bakery/").headers["Location"] == "/bakery/sign-in/?next=%2Fbakery%2F"
    make.sign_in(client, plant.eve)
    assert client.post("/bakery/").status_code == 405
    assert client.get("/mill/").status_code == 404
    assert columns(client.get("/bakery/")) == {}


def everything(plant: make.Plant, numbers: range) -> None:
    """Of all that can wait for somebody, one for each number: proposals, drafts, meetings, mandates."""
    for number in numbers:
        make.published_motion(plant, title=f"Proposal {number}")
        make.motion(plant, by=plant.ana, title=f"Draft {number}")
        make.draft_meeting(plant)
        ready = make.draft_meeting(plant)
        meetings.convene(meeting=ready, by=plant.ana, at=make.now() - make.days(18))
        office = make.office(plant, plant.assembly, f"clerk {number}", plant.gus, [(Power.AUDIT, None)])
        actions.begin_mandate(
            seat=office.seats.create(number=2),
            member=plant.bo,
            since=make.FOUNDED,
            until=None,
            begun=Mandate.Begun.CARRIED_OVER,
            document="Book 3",
            entered_by=plant.cy,
            by=plant.cy.actor,
            at=make.now(),
        )


def test_as_many_questions_for_thirty_things(plant: make.Plant, django_assert_num_queries: Any) -> None:
    make.open_vote(plant)
    everything(plant, range(1))
    client = make.sign_in(Client(), plant.ana)
    with CaptureQueriesContext(connection) as few:
        client.get("/bakery/")
    everything(plant, range(1, 30))
    with django_assert_num_queries(len(few)):
        answer = client.get("/bakery/")
    assert len(few) <= 38
    assert len(gzip.compress(answer.content)) <= 14 * 1024
