"""The shop floor of the demonstration: the problems of the list, a meeting under way, sheets of handover."""

from collections import Counter

from coop.demo.files import raw
from coop.demo.floor import BODY
from coop.demo.timeline import World
from coop.meetings.models import Action, Meeting, ProblemCall
from coop.meetings.problems import on_the_list, under_way
from coop.production.models import Handover, Problem, ProblemEvent, ProblemPhoto

PROBLEMS = raw("problems")["problems"]
DECIDED_OR_UP = {"decided": "in_progress", "escalated": "in_progress"}


def of(label: str) -> Problem:
    """By its key in the file: they are numbered as they were raised."""
    title = next(one["title"] for one in PROBLEMS if one["id"] == label)
    return Problem.objects.get(title=title)


def test_every_problem_stands_where_the_list_has_it(world: World) -> None:
    assert Problem.objects.count() == len(PROBLEMS) == 30
    wrong = {}
    for one in PROBLEMS:
        found = of(one["id"])
        expected = DECIDED_OR_UP.get(one["state"], one["state"])
        if found.state != expected:
            wrong[one["id"]] = (found.state, expected)
        if one["state"] == "verified":
            assert found.verified_by == world.people[one["verified_by"]]
    assert wrong == {}
    assert of("PR-24").level == Problem.Level.ADMINISTRATION
    assert of("PR-03").reopened == 1
    measured = ProblemEvent.objects.filter(problem=of("PR-01"), kind="measure").order_by("pk")
    assert [(str(one.value_before), one.value_after is not None) for one in measured] == [
        ("1.9000", False),
        ("1.9000", True),
    ]
    assert ProblemPhoto.objects.count() == 2


def test_a_production_meeting_is_under_way_and_speaks_about_the_night(world: World) -> None:
    meeting = Meeting.objects.get(body__code=BODY, state=Meeting.State.IN_SESSION)
    first, second, third = meeting.sittings.all()
    assert first.closed_at is not None
    assert second.is_open
    assert third.opened_at is None
    assert [first.present_at_opening, second.present_at_opening] == [54, 74]
    call = under_way(second)
    assert call is not None
    assert call.problem in (of("PR-29"), of("PR-30"))
    assert Counter(ProblemCall.objects.values_list("sitting__number", flat=True))[2] == 2
    assert of("PR-24") not in on_the_list(meeting)  # it went up
    assert Action.objects.filter(problem__in=[of("PR-29"), of("PR-30")]).count() == 2


def test_the_last_sheet_of_the_pit_was_read_by_nobody_and_one_was_seen_otherwise(world: World) -> None:
    sheets = Handover.objects.filter(area__name="Billet casting pit").order_by("given_at")
    assert [sheet.unread for sheet in sheets] == [False, False, False, True]
    first = sheets[0]
    assert first.taken_words is not None
    assert first.taken_words.startswith("The alarm was bridged with a wire")
    assert not Handover.objects.filter(area__name="Line 1", taken_at=None).exists()
