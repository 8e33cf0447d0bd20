"""Seats that are empty, and how the bylaws fill them: counted back, named for a time. And two posts at once."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coop.ballots.acta.gathering import Gathered, gathered
from coop.ballots.acta.outcomes import Terms
from coop.charter.models import Bylaws
from coop.elections import actions as elections
from coop.elections.choices import choices_waiting
from coop.elections.counting_back import counted_back
from coop.elections.models import Election
from coop.elections.vacant import count_back_for, term_ends, vacancies
from coop.journal.models import CLOCK
from coop.meetings import actions as meetings
from coop.meetings.due import choices_to_pass
from coop.meetings.models import Meeting, Request
from coop.meetings.off_the_desk import bodies_without_majority
from coop.meetings.requests import obstacles_to_calling
from coop.members import actions as members
from coop.members.actions.dated import empty_seats
from coop.members.models import Body, Mandate
from coop.refusals import Refused
from tests import make, make_offices, make_proclaimed
from tests.elections.test_elections import DAY, council

COUNT_BACK = {"vacancy_filled_by": "count_back,by_election,named"}


def plant_with(**bylaws: object) -> make.Plant:
    return make_offices.plant(bylaws={**COUNT_BACK, **bylaws})


def bylaws_of(plant: make.Plant) -> Bylaws:
    return Bylaws.in_force(plant.cooperative, plant.cooperative.day_of(make.now()))


# --- Computing ------------------------------------------------------------------------------------------------------

TENNESSEE = {"m>n>c>k": 42, "n>c>k>m": 26, "c>k>n>m": 15, "k>c>n>m": 17}
RANKED = ("runoff", "schulze", "stv")


def ranked(papers: dict[str, int], terms: Terms) -> Gathered:
    return gathered(additive=False, papers={"paper": papers}, followed=terms.followed)


@pytest.mark.parametrize(
    ("method", "out", "next_one"),
    [
        (
            "runoff",
            "k",
            "n",
        ),  # without Knoxville: Memphis 42, Nashville 26, Chattanooga 32; c against m, n goes
        ("schulze", "n", "c"),  # each of the others loses to it
        ("schulze", "nc", "k"),
        ("stv", "kc", "n"),
        ("runoff", "nck", "m"),
        ("stv", "nckm", ""),
    ],
)
def test_papers_are_counted_again_as_if_those_had_not_stood(method: str, out: str, next_one: str) -> None:
    terms = Terms(method, ("m", "n", "c", "k"), persons=True)
    found = counted_back(terms, lambda narrowed: ranked(TENNESSEE, narrowed), set(out))
    if method == "runoff" and out == "k":
        next_one = "c"  # Nashville's papers go to Chattanooga: 58 against 42
    assert found == ((next_one,) if next_one else ())


CODES = ("a", "b", "c", "d", "e")
PAPERS = st.dictionaries(
    st.permutations(CODES).flatmap(lambda order: st.integers(1, 5).map(lambda many: ">".join(order[:many]))),
    st.integers(1, 9),
    max_size=8,
)


@settings(max_examples=60)
@given(
    papers=PAPERS,
    out=st.sets(st.sampled_from(CODES)),
    method=st.sampled_from([*RANKED, "plurality", "approval"]),
)
def test_nobody_who_left_or_has_a_seat_comes_next(papers: dict[str, int], out: set[str], method: str) -> None:
    """Whatever the papers: who comes next is none of those, was marked by somebody, and is the same each time."""
    terms = Terms(method, CODES, persons=True)
    if method in RANKED:
        gather = lambda narrowed: ranked(papers, narrowed)  # noqa: E731
    else:
        marks: Counter[str] = Counter()
        for paper, number in papers.items():
            marks[paper.partition(">")[0]] += number
        sums = Gathered(additive=True)
        sums.add_papers("paper", marks)
        gather = lambda narrowed: sums  # noqa: E731
    found = counted_back(terms, gather, out)
    assert not set(found) & out
    assert set(found) <= {code for paper in papers for code in paper.split(">")}
    assert found == counted_back(terms, gather, out)
    if method in ("plurality", "approval"):
        left = {code: sums.totals.get(code, 0) for code in CODES if code not in out}
        most = max(left.values(), default=0)
        assert set(found) == {code for code, votes in left.items() if votes == most and most}


# --- Count-back -----------------------------------------------------------------------------------------------------


def resign(plant: make.Plant, name: str, at: datetime.datetime) -> None:
    who = plant.people[name]
    mandate = Mandate.objects.filter(Mandate.not_over(at), member=who, seat__alternate=False).get()
    elections.resign(mandate=mandate, by=who, at=at)


@pytest.mark.django_db
def test_who_comes_next_by_the_papers_has_the_rest_of_the_term() -> None:
    """Sol 3, Tita 2, Uma 1: Sol goes, Tita moves up as alternate and goes as well; the papers give it to Uma."""
    plant = plant_with(majority_election="1/2")
    election = make_proclaimed.proclaimed(plant, {"sol": 4, "tita": 1, "uma": 1, "rita": 0})
    seat = make_proclaimed.seat_of(plant)
    at = make.now() + 10 * DAY
    with pytest.raises(Refused, match=r"seat-taken \(name=Sol\)"):
        elections.count_back(seat=seat, by=plant.gus, at=at)
    resign(plant, "sol", at)
    first = Mandate.objects.get(begun="moved_up", until__gt=at)
    assert first.member.name in ("Tita", "Uma")
    resign(plant, first.member.name.lower(), at + DAY)
    other = {"Tita": "Uma", "Uma": "Tita"}[first.member.name]
    (empty,) = [one for one in vacancies(plant.cooperative, at + 2 * DAY) if one.seat.pk == seat.pk]
    assert (empty.since, empty.coming, empty.election) == (at + DAY, None, None)
    for by, why in (("ana", "no-mandate"),):
        with pytest.raises(Refused, match=why):
            elections.count_back(seat=seat, by=plant.people[by], at=at + 2 * DAY)
    made = elections.count_back(seat=seat, by=plant.gus, at=at + 2 * DAY)
    ends = election.begins_on.replace(year=election.begins_on.year + 1)
    assert (made.member.name, made.begun, made.document) == (other, "counted_back", election.label)
    assert made.until == term_ends(seat)
    assert made.until is not None
    assert plant.cooperative.day_of(made.until) == ends
    with pytest.raises(Refused, match="seat-taken"):
        elections.count_back(seat=seat, by=plant.gus, at=at + 2 * DAY)
    resign(plant, other.lower(), at + 3 * DAY)
    with pytest.raises(Refused, match="nobody-to-count-back"):  # nobody marked Rita
        elections.count_back(seat=seat, by=plant.gus, at=at + 4 * DAY)


@pytest.mark.django_db
def test_a_tie_is_not_settled_in_silence() -> None:
    plant = plant_with()
    make_proclaimed.proclaimed(plant, {"sol": 4, "tita": 1, "uma": 1}, seats=[make_proclaimed.seat_of(plant)])
    seat, at = make_proclaimed.seat_of(plant), make.now() + 10 * DAY
    quin = Mandate.objects.get(member=plant.people["quin"])
    elections.resign(mandate=quin, by=plant.people["quin"], at=at)
    resign(plant, "sol", at)
    with pytest.raises(Refused, match=r"count-back-ties \(names=Tita, Uma\)"):
        elections.count_back(seat=seat, by=plant.gus, at=at + DAY)


@pytest.mark.django_db
def test_a_seat_of_a_crew_is_counted_back_within_it() -> None:
    """Rita (by day) has more votes than Tita (at night), and the empty seat is that of the night."""
    plant = plant_with()
    office = council(plant)
    full = list(office.seats.filter(alternate=False))
    make_proclaimed.proclaimed(plant, {"pia": 2, "rita": 1, "sol": 2, "tita": 1}, seats=full)
    at = make.now() + 10 * DAY
    resign(plant, "sol", at)
    seat = make_proclaimed.seat_of(plant, "delegate of packing", 2)
    found = count_back_for(seat, at + DAY, bylaws_of(plant))
    assert found.winner is not None
    assert found.winner.name == "Tita"


@pytest.mark.django_db
def test_where_the_bylaws_do_not_count_back() -> None:
    plant = make_offices.plant()
    make_proclaimed.proclaimed(plant, {"sol": 4, "tita": 1}, seats=[make_proclaimed.seat_of(plant)])
    at = make.now() + 10 * DAY
    resign(plant, "sol", at)
    with pytest.raises(Refused, match=r"way-not-in-bylaws \(way=count_back\)"):
        elections.count_back(seat=make_proclaimed.seat_of(plant), by=plant.gus, at=at)


@pytest.mark.django_db
def test_who_leaves_the_house_is_followed_by_the_alternate() -> None:
    plant = make_offices.plant()
    pia = plant.people["pia"]
    at = make.now()
    empty_seats(member=pia, by=CLOCK, at=at)
    assert [one.member.name for one in Mandate.objects.filter(begun="moved_up", since=at)] == ["Quin"]


# --- Named for a time -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_auditor_names_until_the_next_assembly() -> None:
    plant = make_offices.plant()
    seat = make_proclaimed.seat_of(plant)
    at = make.now()
    resign(plant, "pia", at)
    resign(plant, "quin", at)
    with pytest.raises(Refused, match="no-assembly-ahead"):
        _named(plant, "sol", at)
    draft = make.draft_meeting(plant, starts_at=at + 20 * DAY)
    for name, why in (
        ("dee", "names-oneself"),
        ("ana", "elects-its-own"),
        ("max", "not-a-full-member"),
    ):
        with pytest.raises(Refused, match=why):
            _named(plant, name, at)
    with pytest.raises(Refused, match="no-mandate"):
        meetings.name_until_assembly(
            seat=seat, member=plant.people["sol"], because="Empty.", by=plant.ana, at=at
        )
    made = _named(plant, "sol", at)
    assert (made.begun, made.entered_by_id, made.confirmed_at) == ("named", plant.dee.pk, None)
    assert plant.cooperative.day_of(made.until - DAY / 1000) == plant.cooperative.day_of(at + 20 * DAY)  # type: ignore[operator]
    assert Request.objects.get(about=f"named/{made.pk}").title.startswith(
        "Empty seat: coordinator of packing"
    )
    assert draft.items.filter(request__about=f"named/{made.pk}").count() == 1
    with pytest.raises(Refused, match="seat-taken"):
        _named(plant, "tita", at)
    members.confirm_mandate(mandate=made, by=plant.bo, at=at)
    (one,) = [one for one in vacancies(plant.cooperative, at) if one.seat.pk == seat.pk]
    assert (one.stands_in, one.named) == (made, None)


def _named(plant: make.Plant, name: str, at: datetime.datetime) -> Mandate:
    return meetings.name_until_assembly(
        seat=make_proclaimed.seat_of(plant),
        member=plant.people[name],
        because="Nobody is left.",
        by=plant.dee,
        at=at,
    )


@pytest.mark.django_db
def test_who_was_named_for_a_whole_term_leaves_no_seat_empty() -> None:
    """A commission that is named, and not elected, is none of the empty seats; half a term is held for a time."""
    plant = plant_with()
    office = make_proclaimed.board(plant, seats=2)
    whole, half = office.seats.order_by("number")
    assert [one.seat for one in vacancies(plant.cooperative, make.now())] == [whole, half]
    since = make.now() - DAY
    for seat, who, months in ((whole, "sol", 12), (half, "tita", 6)):
        members.begin_mandate(
            seat=seat,
            member=plant.people[who],
            since=since,
            until=since + make.days(366 * months / 12),
            begun=Mandate.Begun.NAMED,
            document="Book 3",
            by=make.FOUNDING,
            at=make.now(),
        )
    (found,) = vacancies(plant.cooperative, make.now())
    assert (found.seat, found.stands_in and found.stands_in.member.name) == (half, "Tita")


# --- The right to convene -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_without_a_majority_the_auditor_calls_the_assembly() -> None:
    """Of the four seats of the council (secretary, president, keeper, auditor) three fall empty."""
    plant = make_offices.plant()
    at = make.now()
    call = lambda at: [  # noqa: E731
        reason.code for reason in obstacles_to_calling(plant.assembly, request=None, by=plant.dee, at=at)
    ]
    for name in ("ana", "cy"):
        members.end_mandate(
            mandate=make_offices.mandate(plant.people[name]),
            ended=Mandate.Ended.RESIGNED,
            document="x",
            by=make.FOUNDING,
            at=at,
        )
    assert (call(at), bodies_without_majority(plant.assembly, at)) == (["no-mandate"], [])
    members.end_mandate(
        mandate=make_offices.mandate(plant.bo),
        ended=Mandate.Ended.RESIGNED,
        document="x",
        by=make.FOUNDING,
        at=at,
    )
    assert (call(at), bodies_without_majority(plant.assembly, at)) == ([], [Body.objects.get(code="ADM")])
    assert [
        reason.code for reason in obstacles_to_calling(plant.assembly, request=None, by=plant.eve, at=at)
    ] == ["no-mandate"]
    meeting = meetings.prepare(
        body=plant.assembly,
        kind=Meeting.Kind.EXTRAORDINARY,
        title="A new council",
        place="Hall",
        sittings=[at + 30 * DAY],
        by=plant.dee,
        at=at,
    )
    assert meeting.state == Meeting.State.DRAFT


@pytest.mark.django_db
def test_a_recall_of_the_majority_moves_the_right_to_convene() -> None:
    """Of the council's four, the recall of three is admitted."""
    plant = make_offices.plant()
    at = make.now()
    for place, name in enumerate(("ana", "bo", "cy")):
        held = make_offices.mandate(plant.people[name])
        asked = elections.file_petition(mandate=held, reasons="No.", by=plant.eve, at=at)
        for signer in ("fay", "jo", "kim"):
            elections.sign(petition=asked, by=plant.people[signer], at=at)
        elections.hand_in(petition=asked, by=plant.eve, at=at)
        assert bodies_without_majority(plant.assembly, at) == []
        elections.verify(petition=asked, by=plant.gus, at=at)
        assert bool(bodies_without_majority(plant.assembly, at)) == (place == 2)


# --- Two posts ------------------------------------------------------------------------------------------------------


def elected_twice(**bylaws: object) -> tuple[make.Plant, Election, Mandate, Mandate]:
    """Sol sits in the board of the auditors, and is elected coordinator, Tita as alternate."""
    plant = plant_with(**bylaws)
    office = make_proclaimed.board(plant, kind=Body.Kind.OVERSIGHT, seats=1)
    old = make_offices.hold(office.seats.get(), plant.people["sol"])
    election = make_proclaimed.proclaimed(plant, {"sol": 3, "tita": 2})
    new = Mandate.objects.get(member=plant.people["sol"], begun="elected", since__gt=make.now())
    return plant, election, old, new


@pytest.mark.django_db
def test_whoever_is_elected_to_two_posts_chooses_the_new_one() -> None:
    plant, _election, old, new = elected_twice()
    (choice,) = choices_waiting(plant.cooperative, make.now())
    assert (choice.first, choice.second) == (old, new)
    assert choice.until == plant.cooperative.day_of(make.now()) + 5 * DAY
    with pytest.raises(Refused, match="not-your-office"):
        elections.choose_post(keep=new, give_up=old, by=plant.people["tita"], at=make.now())
    elections.choose_post(keep=new, give_up=old, by=plant.people["sol"], at=make.now())
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.ended, new.ended) == ("other_post", "")
    with pytest.raises(Refused, match="nothing-to-choose"):
        elections.choose_post(keep=old, give_up=new, by=plant.people["sol"], at=make.now())


@pytest.mark.django_db
def test_whoever_stays_leaves_the_new_post_to_the_alternate_from_its_first_day() -> None:
    plant, _election, old, new = elected_twice()
    after = elections.choose_post(keep=old, give_up=new, by=plant.people["sol"], at=make.now())
    assert after is not None
    assert (after.member.name, after.since, after.until, after.begun) == (
        "Tita",
        new.since,
        new.until,
        "moved_up",
    )
    new.refresh_from_db()
    assert (new.ended, new.until) == ("other_post", new.since)


@pytest.mark.django_db
def test_who_does_not_choose_in_time_has_not_the_second() -> None:
    plant, _election, old, new = elected_twice()
    last = make.now() + 5 * DAY
    assert list(choices_to_pass(last)) == []
    with pytest.raises(Refused, match="choice-days-over"):
        elections.choose_post(keep=new, give_up=old, by=plant.people["sol"], at=last + DAY)
    (task,) = choices_to_pass(last + DAY)
    task.act()
    task.act()
    new.refresh_from_db()
    old.refresh_from_db()
    assert (old.ended, new.ended, new.until) == ("", "other_post", new.since)
    assert Mandate.objects.filter(member=plant.people["tita"], begun="moved_up").count() == 1


@pytest.mark.django_db
def test_posts_exclude_each_other_only_where_the_bylaws_say_so() -> None:
    plant, *_rest = elected_twice(incompatible_posts="commission")
    assert choices_waiting(plant.cooperative, make.now()) == []


@pytest.mark.django_db
def test_who_has_a_recall_against_them_resigns_instead() -> None:
    plant, _election, old, new = elected_twice()
    asked = elections.file_petition(mandate=old, reasons="No.", by=plant.ana, at=make.now())
    with pytest.raises(Refused, match="recall-asked-for"):
        elections.choose_post(keep=new, give_up=old, by=plant.people["sol"], at=make.now())
    assert asked.state == "collecting"
