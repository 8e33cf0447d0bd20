"""B. Who votes, leads and counts: whoever may not is refused with the reason, or there is nothing there for them."""

from __future__ import annotations

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked, Choice
from coop.ballots.models import Ballot, RollEntry
from coop.members import actions as members
from coop.members.models import Power
from tests import make, make_paper, make_votes
from tests.decisions.test_carried_over import copied

from .cases import VOTED, Case, tables
from .casting import to
from .telephone import Answer
from .world import HOUSE, OTHER, World, at, note, number

NOT_ON_IT = "You are not on the register of voters"
PAPER_ONLY = "on paper"


# --- The register is frozen -------------------------------------------------------------------------------------------


def joined_afterwards(w: World) -> Answer:
    w.newcomer("late")
    w.sign_in("late")
    return to(w.vote, w, who="late")


def suspended_afterwards(w: World) -> Answer:
    who = w.newcomer("susp")
    ballot, day = w.opened(), w.plant.cooperative.day_of(make.now())
    members.suspend(
        member=who, since=day, expected_until=day + make.days(60), reason="Absent", document="Minute 12",
        by=w.plant.cy, at=make.now(),
    )  # fmt: skip
    w.sign_in("susp")
    return to(ballot, w, who="susp")


def gone_afterwards(w: World) -> Answer:
    who = w.newcomer("gone")
    ballot, day = w.opened(), w.plant.cooperative.day_of(make.now())
    w.sign_in("gone")
    members.leave(member=who, since=day, document="Letter", by=w.plant.cy, at=make.now())
    w.from_here()
    return to(ballot, w, who="gone")


def secret_replaced_afterwards(w: World) -> Answer:
    who = w.newcomer("reset")
    make.account(who)
    ballot = w.opened()
    card, _token = members.issue_card(member=who, by=w.plant.cy, at=make.now())
    members.countersign_card(card=card, by=w.plant.bo, at=make.now())
    members.enrol(card=card, secret="740258", by=who, at=make.now())
    who.refresh_from_db()
    w.sign_in("reset")
    return to(ballot, w, who="reset")


# --- What is not yours is not there -----------------------------------------------------------------------------------


def of_another_house(w: World) -> list[Answer]:
    """And a number that nothing has reads exactly the same."""
    stranger = w.of("ana", house=OTHER)
    foreign = stranger.get(at(w.vote, house=OTHER))
    nothing = stranger.get(f"/{OTHER}/ballots/999999999/")
    assert foreign.told == nothing.told
    inside = stranger.get(at(w.vote))
    sent = stranger.post(at(w.vote, house=OTHER), {"form": number(), "choice": "for"})
    return [foreign, nothing, inside, sent]


def odd_ids(w: World) -> list[Answer]:
    odd = (str(w.vote.pk + 100_000), "-1", "0", "1" + "0" * 20, "9" * 5000, "abc", "1.5", "%D9%A3",
           "0f8fad5b-d9cb-469f-a165-70867728950e")  # fmt: skip
    eve = w.of("eve")
    return [eve.get(f"/{HOUSE}/ballots/{one}/") for one in odd]


def pages_of_others(w: World) -> list[Answer]:
    eve = w.of("eve")
    of_the_vote = ("table/", "tellers/", "count/", "urns/", "office/", "key/", "urn/export/", "kit/")
    of_the_house = ("members/export/", "members/import/", "cards/", "members/not-reached/", "applications/")
    return [
        *(eve.get(at(w.vote, more)) for more in of_the_vote),
        *(eve.get(f"/{HOUSE}/{more}") for more in of_the_house),
    ]


# --- Offices ----------------------------------------------------------------------------------------------------------


def office_is_over(w: World) -> list[Answer]:
    """The form lies open in a window while the mandate ends."""
    who = w.newcomer("turn")
    made = make.office(w.plant, w.plant.assembly, "scrutineer", who, [(Power.RUN_ELECTIONS, None)])
    ballot = w.opened()
    w.sign_in("turn")
    lying_open = w.of("turn").get(at(ballot, "office/"))
    members.end_mandate(
        mandate=made.seats.get().mandates.get(), ended="resigned", document="Letter", by=w.plant.gus.actor,
        at=make.now(),
    )  # fmt: skip
    w.from_here()
    late = [w.of("turn").post(at(ballot, more), {"because": "So."}) for more in ("end/", "annul/")]
    return [lying_open, w.of("turn").get(at(ballot, "office/")), *late]


def minutes_by_an_old_form(w: World) -> Answer:
    return w.of("ana").post(note(w.minutes), {"text": "Gus said nothing.", "revision": "1"})


def approved_by_a_field(w: World) -> Answer:
    sent = {"text": "Gus asked.", "revision": "0", "status": "approved", "state": "closed", "closed_by": "1"}
    answer = w.of("ana").post(note(w.meeting), sent)
    w.meeting.refresh_from_db()
    assert w.meeting.state == "in_session"
    return answer


def own_entry_from_two_windows(w: World) -> list[Answer]:
    """Ana copied it; she confirms it neither here nor in a second session."""
    entry = copied(w.plant)
    sessions = [w.of("ana"), w.newly_in("ana")]
    w.from_here()
    path = f"/{HOUSE}/decisions/from-the-book/{entry.pk}/countersign/"
    return [one.post(path, {"do": "confirm"}) for one in sessions]


def about_himself(w: World) -> list[Answer]:
    """A vote on Gus, who is of the commission: he is no teller, no trustee, and opens and ends nothing."""
    asked = [Asked("Is Gus kept in office?", choices=[Choice("for", w.plant.gus.name, member=w.plant.gus)])]
    paper = make_votes.drawn_up(w.plant, asked, channels=("paper",), title="On paper")
    secret = make_votes.drawn_up(w.plant, asked, secrecy="secret", title="In secret")
    gus, hal = w.of("gus"), w.of("hal")
    w.from_here()
    g, k, lou = (str(w.plant.people[name].number) for name in ("gus", "kim", "lou"))
    return [
        hal.post(at(paper, "tellers/"), {"numbers": f"{g} {k}"}),
        hal.post(at(secret, "key/"), {"first": g, "second": k, "third": lou}),
        gus.post(at(paper, "start/"), {}),
        gus.post(at(paper, "annul/"), {"because": "So."}),
    ]


def on_paper(w: World) -> Ballot:
    ballot = w.opened(channels=("phone", "paper"))
    make_paper.name_tellers(w.plant, ballot)
    make_paper.open_boxes(w.plant, ballot, "Gate")
    w.from_here()
    return ballot


def at_the_table(w: World, ballot: Ballot, who: str) -> Answer:
    sent = {"number": str(w.plant.people[who].number), "box": "1"}
    return w.of("jo").post(at(ballot, "table/"), sent)


def nobody_is_put_on_the_roll(w: World) -> Answer:
    return at_the_table(w, on_paper(w), "max")


def voted_on_a_screen_already(w: World) -> Answer:
    ballot = on_paper(w)
    ballots.cast(ballot=ballot, answers={1: "for"}, form=number(), by=w.plant.eve, at=make.now())
    w.from_here()
    return at_the_table(w, ballot, "eve")


def both_tellers_are_one(w: World) -> list[Answer]:
    """Hal counts in two windows, runs the vote, and would confirm his own sheet."""
    ballot = w.opened(channels=("phone", "paper"))
    make_paper.name_tellers(w.plant, ballot, "hal", "jo")
    gate = make_paper.open_boxes(w.plant, ballot, "Gate")[0]
    make_paper.give(w.plant, gate, "ana", "bo", "cy", "dee", "eve")
    make_paper.end(w.plant, ballot, gate)
    make_paper.sheet(w.plant, ballot, gate, "hal", make_paper.motion(4, 1))
    windows = [w.of("hal"), w.newly_in("hal")]
    w.from_here()
    found = {
        "1-papers": "5",
        "1:for": "5",
        "1:against": "0",
        "1:abstain": "0",
        "1-spoiled": "0",
        "remark": "",
    }
    answers = [one.post(at(ballot, "count/box-1/"), found | {"attempt": "1"}) for one in windows]
    confirmed = windows[1].post(at(ballot, "count/box-1/confirm/"), {"attempt": "1", "remark": ""})
    assert not RollEntry.objects.filter(ballot=ballot, channel="hands").exists()
    return [*answers, confirmed]


CASES = [
    Case("23", "who is not on the register votes", lambda w: to(w.vote, w, who="max"), 409, NOT_ON_IT),
    Case("24", "who joined after the register was drawn votes", joined_afterwards, 409, NOT_ON_IT),
    Case("25a", "who was suspended afterwards votes", suspended_afterwards, 302, changes=VOTED,
         because="The roll is the list of its closing day, the same rule for all."),
    Case("25b", "who left afterwards votes", gone_afterwards, 404,
         because="Whoever has left does not come in any more, and the house is not there for them."),
    Case("26", "whose secret was replaced afterwards votes", secret_replaced_afterwards, 409, PAPER_ONLY),
    Case("27", "a vote of another house, by its number", of_another_house, 404),
    Case("28", "numbers that are none", odd_ids, 404),
    Case("29", "pages and forms of an office that is over", office_is_over, (200, 404, 404, 404)),
    Case("30", "circulated minutes are written by an old form", minutes_by_an_old_form, 409),
    Case("31", "minutes approved by a field of a form", approved_by_a_field, 302,
         changes=tables("journal_chain", "journal_entry", "meetings_itemnote")),
    Case("32", "somebody is put on the roll of an open vote", nobody_is_put_on_the_roll, 409),
    Case("33", "one's own entry confirmed, in two windows too (35)", own_entry_from_two_windows, 409),
    Case("34", "who is voted on leads and counts the vote", about_himself, 409),
    Case("35", "one person is both tellers and confirms", both_tellers_are_one, 409),
    Case("36", "a paper for who has voted on a screen", voted_on_a_screen_already, 409),
    Case("37", "who votes, counts and stands in lists, asked by Eve", pages_of_others, 404),
]  # fmt: skip
