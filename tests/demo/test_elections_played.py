"""What elections.yaml says stands in the database after the acts of the commission, to the figure."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from coop.ballots.models import AgreedSheet, Ballot, Tally, Urn, UrnEntry
from coop.demo.timeline import World
from coop.elections.models import Candidature, Contest, Election, Petition
from coop.elections.rules.candidatures import obstacles_to_standing
from coop.journal.models import Entry
from coop.members.models import Mandate
from tests.planted import NOW

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)
MOVED = datetime.timedelta(days=28)


def plans(world: World) -> dict[str, Any]:
    read = world.files.read("elections")
    return {one["id"]: one for one in [*read["elections"], *read["recalls"]]}


def election(vote_on: datetime.date) -> Election:
    return Election.objects.get(vote_on=vote_on)


def numbers(world: World, people: Any) -> list[int]:
    return [world.files.number(person) for person in people]


def votes_of(tally: Tally) -> dict[str, int]:
    return {code: number for code, number in tally.result["totals"].items() if number and code != "blank"}


def as_codes(world: World, votes: dict[str, int]) -> dict[str, int]:
    return {f"m{world.files.number(person)}": number for person, number in votes.items()}


# --- EL-1 -------------------------------------------------------------------------------------------------------------


def test_the_council_is_elected_as_the_boxes_were_counted(world: World) -> None:
    plan = plans(world)["EL-1"]
    made = election(plan["timetable"]["vote"])
    days = plan["timetable"]
    assert (made.label, made.state) == ("EL 2026-1", "proclaimed")
    assert made.candidates_until == days["candidates_until"]
    assert made.published_on == days["candidates_published"]
    assert made.objections_until == days["objections_until"]
    assert made.final_on == days["final_register_posted"]
    ballot = Ballot.objects.get(pk__in=made.votes.values("ballot"), parent=None)
    assert (ballot.roll_size, ballot.secrecy, ballot.channels) == (313, "secret", ["paper"])
    totals = plan["totals"]
    assert ballot.roll.exclude(channel=None).count() == totals["signatures"]
    council, auditor = Tally.objects.filter(question__ballot=ballot).order_by("question__number")
    assert (council.voted, council.blank, council.spoiled) == (255, 6, 5)
    assert council.voted - council.blank - council.spoiled == totals["valid"] == 244
    rows = plan["result"]["council"]
    assert votes_of(council) == as_codes(world, {row["candidate"]: row["total"] for row in rows})
    assert council.result["elected"] == [f"m{number}" for number in numbers(world, plan["elected"])]
    (tie,) = council.result["ties"]
    assert (set(tie["tied"]), tie["seats"]) == ({"m204", "m66"}, 1)
    assert council.outcome == "second_round"
    assert (auditor.voted, auditor.blank, auditor.spoiled) == (255, 11, 7)
    assert (votes_of(auditor), auditor.outcome) == ({"m266": 163, "m273": 74}, "elected")


def test_every_box_was_counted_by_its_officers_and_the_small_one_with_another(world: World) -> None:
    plan = plans(world)["EL-1"]
    ballot = Ballot.objects.get(
        pk__in=election(plan["timetable"]["vote"]).votes.values("ballot"), parent=None
    )
    boxes = {urn.name: urn for urn in Urn.objects.filter(ballot=ballot)}
    rows = {row["id"]: row for row in plan["urns"]}
    assert set(boxes) == {row["name"] for row in rows.values()}
    for row in rows.values():
        urn = boxes[row["name"]]
        signed = AgreedSheet.objects.get(urn=urn, subject="signatures")
        assert len(signed.figures["numbers"]) == row["signatures"]
        assert ballot.roll.filter(urn=urn).count() == row["signatures"]
        counted = {signed.first.teller.number, signed.second.teller.number}
        assert counted == set(numbers(world, row["officers"]))
        assert signed.confirmed_by.number not in counted
    assert boxes[rows["U-H"]["name"]].mixed_into == boxes[rows["U-M"]["name"]]
    for held in (["U-M", "U-H"], ["U-A"], ["U-N"]):
        (agreed,) = AgreedSheet.objects.filter(urn=boxes[rows[held[0]]["name"]], subject="votes")
        told = agreed.figures["1"]
        assert told["papers"] == sum(rows[one]["ballots"] for one in held)
        assert told["spoiled"] == sum(rows[one]["spoiled"] for one in held)
        assert told["votes"]["blank"] == sum(rows[one]["blank"] for one in held)
        for row in plan["result"]["council"]:
            code = f"m{world.files.number(row['candidate'])}"
            assert told["votes"][code] == sum(row[one] for one in held)
        assert agreed.remark == rows[held[0]].get("remark", "")
    assert UrnEntry.objects.filter(urn__ballot=ballot, kind="remark").count() == 3


def test_the_run_off_gives_the_seventh_seat_and_the_order_of_the_alternates(world: World) -> None:
    plan = plans(world)["EL-1b"]
    first = election(plans(world)["EL-1"]["timetable"]["vote"])
    tally = Tally.objects.get(question__ballot__parent__in=first.votes.values("ballot"))
    assert (tally.voted, tally.blank, tally.spoiled) == (238, 3, 1)
    assert votes_of(tally) == {"m204": 121, "m66": 113}
    contest = first.contests.get(office__title="member")
    elected = [one.member.number for one in contest.elected.filter(alternate=False)]
    assert elected == numbers(world, plans(world)["EL-1"]["elected"] + plan["elected"])
    alternates = [one.member.number for one in contest.elected.filter(alternate=True)]
    assert alternates == numbers(world, plan["alternates_in_order"])
    signed = {
        one.member.number: one.signatures.count()
        for one in Candidature.objects.filter(contest__election=first).select_related("member")
    }
    rows = plans(world)["EL-1"]["candidates"]
    assert signed == {world.files.number(one["person"]): one["nominated_by"] for one in rows}


# --- EL-2 -------------------------------------------------------------------------------------------------------------


def test_every_coordinator_was_elected_by_their_own_people(world: World) -> None:
    plan = plans(world)["EL-2"]
    made = election(plan["vote"])
    assert (made.state, made.register.size if made.register else 0) == ("proclaimed", 315)
    for one in plan["contests"]:
        contest = Contest.objects.select_related("question__ballot").get(
            election=made, office__title=one["post"]
        )
        assert contest.question is not None
        ballot = contest.question.ballot
        if one.get("round", 1) == 2:
            ballot = Ballot.objects.get(parent=ballot)
        tally = Tally.objects.get(question__ballot=ballot)
        alone = len(one["votes"]) == 1
        assert (ballot.roll_size, tally.voted, tally.spoiled) == (
            one["entitled"],
            one["ballots"],
            one["spoiled"],
        ), one["post"]
        if alone:
            assert tally.result["totals"] == {
                "for": sum(one["votes"].values()),
                "against": 0,
                "abstain": one["blank"],
            }
        else:
            assert (votes_of(tally), tally.blank) == (as_codes(world, one["votes"]), one["blank"])
        if one["elected"]:
            elected = contest.elected.get()
            assert elected.member.number == world.files.number(one["elected"])
            assert tally.outcome == ("carried" if alone else "elected")
        else:
            assert tally.outcome == "second_round"
    assert made.votes.count() == len(plan["contests"]) == 13


# --- EL-5 -------------------------------------------------------------------------------------------------------------


def test_the_by_election_is_six_days_ahead_and_the_recalled_one_may_not_stand(world: World) -> None:
    plan = plans(world)["EL-5"]
    made = Election.objects.get(state="final")
    assert made.vote_on == world.files.today + 6 * ONE == plan["vote"] + world.files.ahead
    assert made.ends_on == datetime.date(2027, 4, 20) + MOVED
    contest = made.contests.get()
    assert (contest.department, contest.signatures) == ("MNT", 3)
    ballot = made.votes.get().ballot
    assert (ballot.state, ballot.department) == ("draft", "MNT")
    assert ballot.register.lines().filter(department="MNT").count() == plan["register"]["entitled"]
    listed = contest.candidatures.filter(state="admitted")
    assert [(one.member.number, one.statement) for one in listed] == [
        (world.files.number(one["person"]), one["statement"]) for one in plan["candidates"]
    ]
    barred = contest.candidatures.exclude(state="admitted").get()
    assert (barred.member.number, barred.state) == (223, "refused")
    assert barred.reasons == "Recalled from this post in this term."
    assert Urn.objects.filter(ballot=ballot).count() == 3


def test_of_the_recalled_one_the_rules_say_the_same(world: World) -> None:
    contest = Contest.objects.get(election__state="final")
    reasons = obstacles_to_standing(contest, world.people["M223"])
    assert [reason.code for reason in reasons] == ["barred-after-recall", "terms-in-a-row"]
    assert reasons[0].params["day"] == (datetime.date(2027, 4, 20) + MOVED).isoformat()


# --- Recalls ----------------------------------------------------------------------------------------------------------


def test_the_four_petitions_stand_where_the_file_says(world: World) -> None:
    told = plans(world)
    found = {one.label: one for one in Petition.objects.select_related("mandate__member", "ballot")}
    labels = {"RC-2": "RC 2026-1", "RC-1": "RC 2026-2", "RC-3": "RC 2026-3", "RC-4": "RC 2026-4"}
    states = {"RC-1": "passed", "RC-2": "not_admitted", "RC-3": "voting", "RC-4": "joined"}
    for key, label in labels.items():
        plan, petition = told[key], found[label]
        assert (petition.state, petition.electors, petition.needed) == (
            states[key],
            plan["entitled"],
            plan["threshold_signatures"],
        ), key
        assert petition.mandate.member.number == world.files.number(plan["holder"])
        assert petition.reasons == plan["reason"]
        if key == "RC-4":
            assert petition.joined_to == found["RC 2026-3"]
            continue
        signed = plan["signatures"]
        verdicts = list(petition.signatures.order_by().values_list("verdict", flat=True))
        assert (len(verdicts), petition.valid) == (signed["handed_in"], signed["valid"])
        for verdict, name in (
            ("counts", "valid"),
            ("twice", "twice"),
            ("elsewhere", "other_department"),
            ("no_vote", "not_entitled"),
        ):
            assert verdicts.count(verdict) == signed.get(name, 0), (key, verdict)
    planned = found["RC 2026-3"].ballot
    assert planned is not None
    assert planned.closes_at is not None
    assert (planned.state, world.cooperative.day_of(planned.closes_at)) == (
        "draft",
        world.files.today + 14 * ONE,
    )
    assert planned.register.size == told["RC-3"]["entitled"]
    assert told["RC-4"]["reason"] in planned.text


def test_the_recall_of_the_coordinator_was_voted_and_ended_the_mandate(world: World) -> None:
    plan = plans(world)["RC-1"]["vote"]
    petition = Petition.objects.select_related("mandate").get(state="passed")
    tally = Tally.objects.get(question__ballot=petition.ballot)
    assert (tally.register, tally.voted, tally.spoiled) == (46, plan["present"], 0)
    assert tally.result["totals"] == {
        "for": plan["for"],
        "against": plan["against"],
        "abstain": plan["blank"],
    }
    counted = world.moment(plan["date"], plan["counted"])
    assert (petition.mandate.until, petition.mandate.ended) == (counted, "recalled")
    assert Entry.objects.filter(verb="recalled").count() == 1


# --- Who holds what ---------------------------------------------------------------------------------------------------


def test_mandates_in_force_are_those_of_the_file(world: World) -> None:
    """On the day of the file, of every body: who sits in it, until when."""
    for body in world.files.read("bodies")["bodies"]:
        told = {
            (
                world.files.number(row["person"]),
                row["until"] + (world.files.ahead if "ahead" in row else 0 * ONE),
            )
            for row in body["seats"]
            if "ended" not in row and "until" in row
        }
        held = Mandate.objects.filter(Mandate.in_force(NOW), seat__office__body__code=body["id"])
        found = {
            (one.member.number, world.cooperative.day_of(one.until))
            for one in held.select_related("member")
            if one.until
        }
        assert found == told, body["id"]
