"""A problem is carried until whoever raised it says that it is solved; nobody closes one alone."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coop.journal.models import Entry
from coop.members import actions as members
from coop.members.models import Department
from coop.production import actions as production
from coop.production.models import Area, Problem, ProblemEvent, ProblemPhoto, Stop
from coop.production.rules.problems import readable_by
from coop.refusals import Refused
from tests import make, make_production

pytestmark = pytest.mark.django_db
State, Level = Problem.State, Problem.Level


@pytest.fixture
def plant() -> make.Plant:
    return make_production.plant()


def refused(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act()
    return [reason.code for reason in refusal.value.reasons]


def told(problem: Problem) -> list[tuple[str, str, str]]:
    return [(event.kind, event.before, event.after) for event in problem.events.all()]


# --- Raising --------------------------------------------------------------------------------------------------------


def test_who_raises_it_has_the_clock_of_its_priority(plant: make.Plant) -> None:
    at = datetime.datetime(
        2026, 10, 13, 4, 10, tzinfo=datetime.UTC
    )  # ten past one at night where the plant stands
    problem = make_production.problem(plant, priority="safety", at=at)
    assert (problem.label, problem.state, problem.level) == ("PR 2026-1", State.OPEN, Level.MEETING)
    assert (problem.raised_by, problem.through) == (plant.eve, None)
    assert problem.answer_by == datetime.date(2026, 10, 14)
    late = make_production.problem(plant, at=at - datetime.timedelta(hours=2), title="Before midnight")
    assert late.answer_by == datetime.date(2026, 10, 15)  # raised on the twelfth, high: three days
    assert late.label == "PR 2026-2"


def test_through_a_colleague_both_are_named(plant: make.Plant) -> None:
    problem = make_production.problem(plant, colleague=plant.gus, by=plant.fay)
    assert (problem.raised_by, problem.through) == (plant.gus, plant.fay)


def test_unnamed_nobody_is_written_anywhere(plant: make.Plant) -> None:
    before = Entry.objects.count()
    problem = make_production.problem(
        plant, unnamed=True, by=plant.fay, stopped=True, photos=[make_production.photo()]
    )
    assert (problem.raised_by, problem.through) == (None, None)
    entries = list(Entry.objects.order_by("sequence"))[before:]
    assert [entry.verb for entry in entries] == ["problem-raised-unnamed", "line-stopped-unnamed"]
    assert {entry.actor_id for entry in entries} == {"unnamed"}
    with connection.cursor() as cursor:
        for table in (
            "production_problem",
            "production_problemevent",
            "production_stop",
            "production_problemphoto",
        ):
            cursor.execute(f"SELECT row_to_json({table})::text FROM {table}")
            keys = [f'_by_id":{plant.fay.pk},' in row for (row,) in cursor.fetchall()]
            assert not any(keys)


def test_of_what_is_raised_unnamed_the_day_alone_is_kept(plant: make.Plant) -> None:
    """Neither a row nor the journal tells the minute, which beside a list of who signed in would tell the name."""
    at = make.now()
    before = Entry.objects.count()
    make_production.problem(
        plant, unnamed=True, at=at, by=plant.fay, stopped=True, photos=[make_production.photo()]
    )
    house = plant.cooperative
    midnight = datetime.datetime.combine(house.day_of(at), datetime.time.min, tzinfo=house.zone)
    moments = [
        *Problem.objects.values_list("raised_at", flat=True),
        *ProblemPhoto.objects.values_list("added_at", flat=True),
        *Stop.objects.values_list("stopped_at", flat=True),
        *ProblemEvent.objects.values_list("at", flat=True),
        *[entry.at for entry in Entry.objects.order_by("sequence")[before:]],
    ]
    assert moments == [midnight] * 6
    named = make_production.problem(plant, at=at, by=plant.fay)
    assert named.raised_at == at


@pytest.mark.parametrize("who", ["max", "nan", "oz"])
def test_on_trial_hired_and_suspended_people_see_problems_too(plant: make.Plant, who: str) -> None:
    assert make_production.problem(plant, by=plant.people[who]).raised_by == plant.people[who]


def test_who_has_left_raises_nothing(plant: make.Plant) -> None:
    members.leave(
        member=plant.lou,
        since=plant.cooperative.day_of(make.now()),
        document="Letter",
        by=plant.cy,
        at=make.now(),
    )
    assert refused(lambda: make_production.problem(plant, by=plant.lou, at=make.now())) == [
        "not-in-the-register"
    ]
    assert refused(lambda: make_production.problem(plant, colleague=plant.lou, at=make.now())) == [
        "not-in-the-register"
    ]


def test_without_words_or_at_a_place_that_was_given_up_it_is_refused(plant: make.Plant) -> None:
    production.close_area(area=make_production.area("Belt"), by=plant.cy, at=make.now())
    raised = {"category": "cost", "priority": "low", "by": plant.eve, "at": make.now()}
    codes = refused(
        lambda: production.raise_problem(area=make_production.area("Belt"), title=" \u200b ", **raised)
    )
    assert codes == ["area-given-up", "problem-without-words"]
    assert Problem.objects.count() == 0


def test_a_foreigner_raises_nothing_here(plant: make.Plant) -> None:
    other = make.plant("mill")
    assert refused(lambda: make_production.problem(plant, by=other.eve)) == ["not-in-the-register"]


def test_photos_come_with_it_each_once_and_no_more_than_four(plant: make.Plant) -> None:
    same = make_production.photo()
    problem = make_production.problem(plant, photos=[same, same, make_production.photo("blue")])
    assert [(photo.width, photo.height) for photo in problem.photos.all()] == [(40, 30), (40, 30)]
    production.add_photo(problem=problem, content=same, by=plant.fay, at=make.now())
    assert problem.photos.count() == 2
    for colour in ("green", "white"):
        production.add_photo(
            problem=problem, content=make_production.photo(colour), by=plant.fay, at=make.now()
        )
    more = make_production.photo("black")
    assert refused(
        lambda: production.add_photo(problem=problem, content=more, by=plant.fay, at=make.now())
    ) == ["photos-too-many"]


def test_with_a_photo_that_is_none_nothing_is_stored(plant: make.Plant) -> None:
    assert refused(lambda: make_production.problem(plant, photos=[make_production.photo(), b"<html> "])) == [
        "photo-is-more"
    ]
    assert Problem.objects.count() == 0


# --- Answering, solving, closing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["ida", "kim"])
def test_who_answers_for_the_place_takes_it_up(plant: make.Plant, who: str) -> None:
    """The council of the ovens, and who chairs the production meeting."""
    problem = make_production.problem(plant)
    production.take_up(problem=problem, by=plant.people[who], at=make.now())
    assert make_production.fresh(problem).state == State.IN_PROGRESS


@pytest.mark.parametrize("who", ["eve", "ana", "bo", "dee"])
def test_nobody_else_takes_it_up(plant: make.Plant, who: str) -> None:
    problem = make_production.problem(plant)
    codes = refused(lambda: production.take_up(problem=problem, by=plant.people[who], at=make.now()))
    assert codes == ["answers-for-no-such-place"]


def test_the_first_answer_stops_the_clock(plant: make.Plant) -> None:
    problem = make_production.problem(plant)
    first, second = make.now() - datetime.timedelta(minutes=9), make.now()
    production.say(problem=problem, kind="note", words="Look here.", by=plant.fay, at=first)
    assert make_production.fresh(problem).answered_at is None
    production.say(problem=problem, kind="answer", words="On Friday.", by=plant.ida, at=first)
    production.take_up(problem=problem, by=plant.jo, at=second)
    assert make_production.fresh(problem).answered_at == first


def test_a_measure_has_a_name_and_a_figure(plant: make.Plant) -> None:
    problem = make_production.problem(plant)
    said = {"problem": problem, "kind": "measure", "by": plant.ida, "at": make.now()}
    assert refused(lambda: production.say(**said)) == ["measure-incomplete"]
    assert refused(lambda: production.say(**said, measured="cm", value_before=Decimal(10) ** 9 + 1)) == [
        "measure-too-large"
    ]
    production.say(**said, measured="gap, cm", value_before=Decimal("4.5"), value_after=Decimal(0))
    event = problem.events.get()
    assert (event.measured, event.value_before, event.value_after) == ("gap, cm", Decimal("4.5"), Decimal(0))
    assert refused(
        lambda: production.say(problem=problem, kind="verified", words="x", by=plant.ida, at=make.now())
    ) == ["said-elsewhere"]


def test_another_priority_has_its_clock_from_the_first_day(plant: make.Plant) -> None:
    at = make.now() - make.days(2)
    problem = make_production.problem(plant, at=at)
    production.set_priority(problem=problem, priority="low", by=plant.ida, at=make.now())
    found = make_production.fresh(problem)
    assert (found.priority, found.answer_by) == ("low", plant.cooperative.day_of(at) + make.days(30))
    assert refused(
        lambda: production.set_priority(problem=problem, priority="low", by=plant.ida, at=make.now())
    ) == ["priority-stays"]


def test_raised_solved_confirmed_and_back_again_with_its_history(plant: make.Plant) -> None:
    problem = make_production.problem(plant, at=make.now() - make.days(40))
    production.take_up(problem=problem, by=plant.ida, at=make.now())
    production.say_solved(problem=problem, words="New hinge.", by=plant.fay, at=make.now())
    production.object_to(problem=problem, words="It still gapes.", by=plant.eve, at=make.now())
    assert make_production.fresh(problem).solved_by is None
    production.say_solved(problem=problem, words="Two hinges.", by=plant.fay, at=make.now())
    production.verify(problem=problem, by=plant.eve, at=make.now())
    assert make_production.fresh(problem).verified_by == plant.eve
    production.reopen(problem=problem, words="Gapes again.", by=plant.nan, at=make.now())
    found = make_production.fresh(problem)
    assert (found.state, found.reopened, found.answered_at) == (State.REOPENED, 1, None)
    assert found.answer_by == plant.cooperative.day_of(make.now()) + make.days(3)
    assert told(problem) == [
        ("taken_up", "open", "in_progress"),
        ("solved", "in_progress", "solved"),
        ("objected", "solved", "in_progress"),
        ("solved", "in_progress", "solved"),
        ("verified", "solved", "verified"),
        ("reopened", "verified", "reopened"),
    ]


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("fay", "nobody-closes-alone"),
        ("ida", "who-raised-it-confirms"),
        ("kim", "who-raised-it-confirms"),
        ("gus", "who-raised-it-confirms"),
    ],
)
def test_nobody_else_confirms_what_eve_raised(plant: make.Plant, who: str, why: str) -> None:
    problem = make_production.solved(plant)
    assert refused(lambda: production.verify(problem=problem, by=plant.people[who], at=make.now())) == [why]


def test_the_council_confirms_for_who_is_gone(plant: make.Plant) -> None:
    problem = make_production.solved(plant)
    members.leave(
        member=plant.eve,
        since=plant.cooperative.day_of(make.now()),
        document="Letter",
        by=plant.cy,
        at=make.now(),
    )
    assert refused(lambda: production.verify(problem=problem, by=plant.gus, at=make.now())) == [
        "who-raised-it-confirms"
    ]
    production.verify(problem=problem, by=plant.ida, at=make.now())
    assert make_production.fresh(problem).state == State.VERIFIED


def test_the_council_confirms_what_was_raised_unnamed_and_what_who_raised_it_solved(
    plant: make.Plant,
) -> None:
    unnamed = make_production.solved(plant, unnamed=True)
    production.verify(problem=unnamed, by=plant.jo, at=make.now())
    own = make_production.solved(plant, by=plant.eve, title="Own")
    assert refused(lambda: production.verify(problem=own, by=plant.eve, at=make.now())) == [
        "nobody-closes-alone"
    ]
    production.verify(problem=own, by=plant.ida, at=make.now())
    assert {make_production.fresh(one).state for one in (unnamed, own)} == {State.VERIFIED}


def test_packing_has_no_council_so_the_administrative_one_confirms(plant: make.Plant) -> None:
    problem = make_production.solved(plant, place="Belt", unnamed=True)
    assert refused(lambda: production.verify(problem=problem, by=plant.ida, at=make.now())) == [
        "who-raised-it-confirms"
    ]
    production.verify(problem=problem, by=plant.ana, at=make.now())


@pytest.mark.parametrize("allowed", [True, False])
def test_after_two_meetings_without_objection_the_council_confirms_where_the_bylaws_say_so(
    allowed: bool,
) -> None:
    plant = make_production.plant(bylaws={"council_may_verify": allowed})
    problem = make_production.solved(plant)
    meeting = make_production.body(plant, "RP")
    for number in (1, 2):
        assert refused(lambda: production.verify(problem=problem, by=plant.ida, at=make.now())) == [
            "who-raised-it-confirms"
        ]
        production.met(body=meeting, label=f"RP 2026-{number}", touched=[], by=plant.kim.actor, at=make.now())
    assert make_production.fresh(problem).met_since == 2
    if allowed:
        production.verify(problem=problem, by=plant.ida, at=make.now())
    else:
        assert refused(lambda: production.verify(problem=problem, by=plant.ida, at=make.now())) != []


def test_who_has_it_too_may_say_that_it_is_not_solved(plant: make.Plant) -> None:
    problem = make_production.problem(plant)
    production.say_me_too(problem=problem, by=plant.gus, at=make.now())
    assert refused(lambda: production.say_me_too(problem=problem, by=plant.gus, at=make.now())) == [
        "said-already"
    ]
    assert refused(lambda: production.say_me_too(problem=problem, by=plant.eve, at=make.now())) == [
        "said-already"
    ]
    production.say_solved(problem=problem, words="Done.", by=plant.fay, at=make.now())
    assert refused(
        lambda: production.object_to(problem=problem, words="No.", by=plant.hal, at=make.now())
    ) == ["problem-of-others"]
    production.object_to(problem=problem, words="No.", by=plant.gus, at=make.now())


def test_what_is_closed_is_not_closed_again(plant: make.Plant) -> None:
    problem = make_production.solved(plant)
    production.verify(problem=problem, by=plant.eve, at=make.now())
    assert refused(lambda: production.verify(problem=problem, by=plant.eve, at=make.now())) == [
        "problem-not-there"
    ]
    assert refused(
        lambda: production.say_solved(problem=problem, words="x", by=plant.eve, at=make.now())
    ) == ["problem-not-there"]


# --- Going up and coming down ---------------------------------------------------------------------------------------


def test_left_by_two_meetings_it_goes_up_by_itself_and_the_answer_comes_down(plant: make.Plant) -> None:
    left, spoken = make_production.problem(plant), make_production.problem(plant, title="Spoken about")
    meeting, council = make_production.body(plant, "RP"), make_production.body(plant, "CO-OVN")
    by = plant.kim.actor
    assert production.met(body=meeting, label="RP 2026-1", touched=[spoken], by=by, at=make.now()) == []
    assert production.met(body=meeting, label="RP 2026-2", touched=[spoken], by=by, at=make.now()) == [left]
    assert production.met(body=meeting, label="RP 2026-2", touched=[], by=by, at=make.now()) == []
    found = make_production.fresh(left)
    assert (found.level, found.untouched, make_production.fresh(spoken).untouched) == (Level.COUNCIL, 0, 0)
    event = left.events.get()
    assert (event.kind, event.by, event.level, event.words) == ("escalated", None, "council", "RP 2026-2")
    entry = Entry.objects.last()
    assert (entry.verb, entry.facts) == (
        "problems-gone-through", {"meeting": "RP 2026-2", "number": 2, "risen": [left.label]}
    )  # fmt: skip
    for number in (1, 2):
        production.met(body=council, label=f"CO 2026-{number}", touched=[], by=by, at=make.now())
    assert make_production.fresh(left).level == Level.ADMINISTRATION
    assert refused(
        lambda: production.send_down(problem=left, words="No money.", by=plant.ida, at=make.now())
    ) == ["level-of-others"]
    production.send_down(problem=left, words="Money from March on.", by=plant.bo, at=make.now())
    found = make_production.fresh(left)
    assert (found.level, found.answered_at is not None) == (Level.COUNCIL, True)


def test_a_council_meets_on_its_own_department_only(plant: make.Plant) -> None:
    belt = make_production.problem(plant, place="Belt")
    oven = make_production.problem(plant)
    for problem in (belt, oven):
        production.send_up(problem=problem, words="Too dear for us.", by=plant.kim, at=make.now())
    for number in (1, 2):
        production.met(
            body=make_production.body(plant, "CO-OVN"),
            label=f"CO {number}",
            touched=[],
            by=plant.ida.actor,
            at=make.now(),
        )
    assert (make_production.fresh(belt).level, make_production.fresh(oven).level) == (
        "council",
        "administration",
    )
    for number in (1, 2):  # packing has no council: its problems come before the administrative council
        production.met(
            body=make_production.body(plant, "ADM"),
            label=f"ADM {number}",
            touched=[oven],
            by=plant.bo.actor,
            at=make.now(),
        )
    assert (make_production.fresh(belt).level, make_production.fresh(oven).level) == ("administration",) * 2


def test_before_the_assembly_it_stays_and_on_the_floor_nothing_is_below(plant: make.Plant) -> None:
    problem = make_production.problem(plant)
    assert refused(lambda: production.send_down(problem=problem, words="x", by=plant.kim, at=make.now())) == [
        "nothing-below"
    ]
    for _level in range(3):
        production.send_up(problem=problem, words="Up.", by=plant.ida, at=make.now())
    assert refused(lambda: production.send_up(problem=problem, words="Up.", by=plant.ida, at=make.now())) == [
        "nothing-above"
    ]
    for number in range(3):
        production.met(
            body=plant.assembly, label=f"GA {number}", touched=[], by=plant.ana.actor, at=make.now()
        )
    assert make_production.fresh(problem).level == Level.ASSEMBLY


def test_an_electoral_commission_has_no_problems_before_it(plant: make.Plant) -> None:
    body = members.create_body(
        cooperative=plant.cooperative, code="EC", name="Commission", kind="commission", composition="mandate",
        by=make.FOUNDING, at=make.now(),
    )  # fmt: skip
    assert refused(
        lambda: production.met(body=body, label="EC 1", touched=[], by=plant.ana.actor, at=make.now())
    ) == ["no-problems-before"]


@pytest.mark.parametrize("number", [1, 30])
def test_a_meeting_over_many_problems_takes_as_many_statements_as_over_one(
    plant: make.Plant, number: int
) -> None:
    for place in range(number):
        make_production.problem(plant, title=f"Number {place}")
    meeting = make_production.body(plant, "RP")
    production.met(body=meeting, label="RP 1", touched=[], by=plant.kim.actor, at=make.now())
    with CaptureQueriesContext(connection) as asked:
        risen = production.met(body=meeting, label="RP 2", touched=[], by=plant.kim.actor, at=make.now())
    assert len(risen) == number
    assert len(asked) == 11


# --- The same twice, and what does not belong on a board ------------------------------------------------------------


def test_the_same_twice_goes_on_as_one(plant: make.Plant) -> None:
    first, second = (
        make_production.problem(plant),
        make_production.problem(plant, by=plant.gus, title="Door gapes"),
    )
    assert refused(lambda: production.join(problem=second, other=first, by=plant.hal, at=make.now())) == [
        "answers-for-no-such-place"
    ]
    assert refused(lambda: production.join(problem=second, other=second, by=plant.gus, at=make.now())) == [
        "joined-to-itself"
    ]
    production.join(problem=second, other=first, by=plant.gus, at=make.now())
    found = make_production.fresh(second)
    assert (found.state, found.joined_to) == (State.JOINED, first)
    assert [line.member for line in first.me_too.all()] == [plant.gus]
    assert refused(lambda: production.join(problem=first, other=second, by=plant.ida, at=make.now())) == [
        "problem-not-there",
        "others-are-joined",
    ]
    production.part(problem=second, by=plant.ida, at=make.now())
    assert make_production.fresh(second).state == State.OPEN


def test_words_that_blame_somebody_leave_the_list_and_stand_in_no_journal(plant: make.Plant) -> None:
    problem = make_production.problem(plant, title="Hal sleeps at the oven")
    assert refused(lambda: production.move_to_conduct(problem=problem, by=plant.eve, at=make.now())) == [
        "answers-for-no-such-place"
    ]
    production.move_to_conduct(problem=problem, by=plant.ida, at=make.now())
    found = make_production.fresh(problem)
    readers = [name for name, who in plant.people.items() if readable_by(found, by=who, at=make.now())]
    assert readers == ["eve", "ida", "jo"]
    assert not any("sleeps" in f"{entry.subject_label} {entry.facts}" for entry in Entry.objects.all())


# --- Stopping the line ----------------------------------------------------------------------------------------------


def test_two_people_let_a_stopped_line_run_again(plant: make.Plant) -> None:
    problem = make_production.problem(plant, priority="safety", by=plant.nan, stopped=True)
    stop = Stop.objects.get()
    assert refused(lambda: production.stop_line(problem=problem, by=plant.fay, at=make.now())) == [
        "line-stands-still"
    ]
    assert refused(
        lambda: production.say_solved(problem=problem, words="x", by=plant.fay, at=make.now())
    ) == ["line-stands-still"]
    assert refused(lambda: production.lift(stop=stop, by=plant.fay, at=make.now())) == ["stop-not-asked"]
    assert refused(lambda: production.ask_to_lift(stop=stop, made_safe=" ", by=plant.fay, at=make.now())) == [
        "stop-without-words"
    ]
    production.ask_to_lift(stop=stop, made_safe="Wire is gone.", by=plant.fay, at=make.now())
    assert refused(lambda: production.lift(stop=stop, by=plant.fay, at=make.now())) == [
        "stop-needs-somebody-else"
    ]
    assert refused(lambda: production.ask_to_lift(stop=stop, made_safe="x", by=plant.gus, at=make.now())) == [
        "stop-asked-already"
    ]
    production.lift(stop=stop, by=plant.gus, at=make.now())
    assert refused(lambda: production.lift(stop=stop, by=plant.hal, at=make.now())) == ["stop-lifted"]
    assert [event.kind for event in problem.events.all()] == ["stopped", "lifted"]
    production.stop_line(problem=problem, by=plant.fay, at=make.now())
    assert Stop.objects.filter(lifted_at=None).count() == 1


# --- Places ---------------------------------------------------------------------------------------------------------


def test_whoever_keeps_the_register_keeps_the_places(plant: make.Plant) -> None:
    packing = Department.objects.get(cooperative=plant.cooperative, code="PAC")
    act = {"department": packing, "at": make.now()}
    assert refused(lambda: production.add_area(name="Ramp", by=plant.eve, **act)) == ["no-mandate"]
    assert refused(lambda: production.add_area(name=" Belt ", by=plant.cy, **act)) == ["area-there-already"]
    assert refused(lambda: production.add_area(name="", by=plant.cy, **act)) == ["no-name"]
    problem = make_production.problem(plant, place="Belt")
    close = lambda: production.close_area(area=make_production.area("Belt"), by=plant.cy, at=make.now())  # noqa: E731
    assert refused(close) == ["area-has-problems"]
    production.say_solved(problem=problem, words="x", by=plant.fay, at=make.now())
    production.verify(problem=problem, by=plant.eve, at=make.now())
    close()
    assert refused(close) == ["area-given-up"]
    production.add_area(name="Belt", by=plant.cy, **act)
    assert Area.objects.filter(name="Belt").count() == 2


def test_events_say_which_priority_and_level_stood_then(plant: make.Plant) -> None:
    problem = make_production.problem(plant)
    production.send_up(problem=problem, words="Up.", by=plant.ida, at=make.now())
    production.set_priority(problem=problem, priority="safety", by=plant.ida, at=make.now())
    assert [(event.level, event.priority) for event in ProblemEvent.objects.filter(problem=problem)] == [
        ("council", "high"),
        ("council", "safety"),
    ]
