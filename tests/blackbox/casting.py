"""A. Casting: whatever is sent as a vote, one vote of one person is taken, or none and the reason is told."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, Option
from tests import make, make_votes

from .cases import SEALED, VOTED, Case, tables
from .telephone import Answer, Fields
from .world import World, at, number

NO_CHOICE = "Choose one of the answers."
UNKNOWN = "That answer does not stand on this ballot."
TWO = "Two answers came for one question."
NO_PAPER = "This form cannot be read."
NO_RANK = "A rank is a whole number"
CLOSED = "Voting is closed"
FORM = "0123456789abcdef" * 2


def paper(**fields: str | Sequence[str]) -> Any:
    """Eve's paper of the open vote. An underscore stands for the hyphen in a field's name."""
    sent = {name.replace("_", "-"): value for name, value in fields.items()}
    return lambda w: w.of("eve").post(at(w.vote), {"form": number(), **sent})


def ranking(**ranks: str) -> Any:
    """Eve's paper of an election with Jo, Kim and Lou."""

    def send(w: World) -> Answer:
        found = once(w, "ranked", make_votes.election(w.plant, "jo", "kim", "lou"))
        sent = {f"rank-1-{name}": rank for name, rank in ranks.items()}
        return w.of("eve").post(at(found), {"form": number(), **sent})

    return send


def marks(*chosen: str, **more: str) -> Any:
    """Eve's paper of an election of one by marks, where as many may be marked as there are posts."""

    def send(w: World) -> Answer:
        asked = make_votes.election(w.plant, "jo", "kim", "lou", method="plurality", seats=2)
        sent = {f"mark-1-{name}": "1" for name in chosen} | more
        return w.of("eve").post(at(once(w, "marked", asked)), {"form": number(), **sent})

    return send


def once(w: World, title: str, *asked: Any) -> Ballot:
    found = Ballot.objects.filter(title=title).first()
    return found or w.opened(*asked, title=title)


def to(ballot: Ballot, w: World, choice: str = "for", *, who: str = "eve", **more: str) -> Answer:
    return w.of(who).post(at(ballot), {"form": number(), "choice": choice, **more})


# --- Several requests -------------------------------------------------------------------------------------------------


def extra_fields(w: World) -> Answer:
    ballot = w.opened()
    more = {"member_id": "1", "member": "1", "weight": "5", "channel": "p", "state": "counted", "voter": "2"}
    answer = to(ballot, w, **more)
    votes = list(ballot.roll.exclude(channel=None).values_list("member__name", "channel"))
    assert votes == [("Eve", "phone")]
    return answer


def same_form_twice(w: World) -> list[Answer]:
    ballot, sent = w.secret(), {"form": number(), "choice": "for".ljust(7, ".")}
    answers = [w.of("eve").post(at(ballot), sent) for _time in range(2)]
    assert receipt_in(answers[0]) == receipt_in(answers[1])
    return answers


def receipt_in(answer: Answer) -> str:
    from tests.reliability.voters import RECEIPT

    found = RECEIPT.search(answer.page)
    assert found, answer.words
    return found[0]


def same_form_after_closing(w: World) -> list[Answer]:
    ballot, sent = w.opened(), {"form": number(), "choice": "for"}
    first = w.of("eve").post(at(ballot), sent)
    ballots.close(ballot=ballot, by=w.plant.hal.actor, at=make.now())
    w.from_here()
    return [first, w.of("eve").post(at(ballot), sent)]


def form_with_another_choice(w: World) -> list[Answer]:
    ballot, form = w.opened(), number()
    eve = w.of("eve")
    return [eve.post(at(ballot), {"form": form, "choice": choice}) for choice in ("for", "against")]


def second_vote(w: World) -> list[Answer]:
    ballot = w.opened()
    return [to(ballot, w), to(ballot, w, "against")]


def form_of_another(w: World) -> list[Answer]:
    ballot, form = w.opened(), number()
    return [w.of(who).post(at(ballot), {"form": form, "choice": "for"}) for who in ("eve", "fay")]


def fifty_at_once(w: World) -> list[Answer]:
    ballot, eve = w.opened(), w.of("eve")
    with ThreadPoolExecutor(50) as doors:
        papers = [{"form": number(), "choice": ("for", "against")[turn % 2]} for turn in range(50)]
        answers = list(doors.map(lambda sent: eve.post(at(ballot), sent), papers))
    assert ballot.roll.exclude(channel=None).count() == 1
    return sorted(answers, key=lambda answer: answer.status)


def on_a_draft(w: World) -> Answer:
    draft = make_votes.drawn_up(w.plant)
    w.from_here()
    return to(draft, w)


def on_an_annulled(w: World) -> Answer:
    ballot = w.opened()
    ballots.annul(ballot=ballot, because="The text was read wrongly.", by=w.plant.hal.actor, at=make.now())
    w.from_here()
    return to(ballot, w)


def on_a_counted(w: World) -> Answer:
    ballot = w.opened()
    closed = ballots.close(ballot=ballot, by=w.plant.hal.actor, at=make.now())
    ballots.count(ballot=closed, by=w.plant.hal.actor, at=make.now())
    w.from_here()
    return to(ballot, w)


def opened_before_and_sent_after(w: World) -> list[Answer]:
    ballot, eve = w.opened(), w.of("eve")
    lying_open = eve.get(at(ballot))
    ballots.close(ballot=ballot, by=w.plant.hal.actor, at=make.now())
    w.from_here()
    late = to(ballot, w)
    assert "You had marked: For. It was not entered." in late.words
    return [lying_open, late]


def somebody_elses_envelope(w: World) -> list[Answer]:
    """The number and the choice of Eve's paper, sent by Fay: her envelope is another one, so nothing is copied."""
    ballot, sent = w.secret(), {"form": number(), "choice": "for".ljust(7, ".")}
    answers = [w.of(who).post(at(ballot), sent) for who in ("eve", "fay")]
    assert receipt_in(answers[0]) != receipt_in(answers[1])
    return answers


def who_stepped_back(w: World) -> list[Answer]:
    """The paper stays as it was printed; that Kim stepped back stands beside it."""
    ballot = w.opened(make_votes.election(w.plant, "jo", "kim", "lou"))
    option = Option.objects.get(question__ballot=ballot, code="kim")
    ballots.withdraw(option=option, because="Ill.", by=w.plant.hal, at=make.now())
    w.from_here()
    shown = w.of("fay").get(at(ballot))
    assert "Kim" in shown.words
    sent: Fields = {"form": number(), "rank-1-kim": "1", "rank-1-jo": "2"}
    return [shown, w.of("fay").post(at(ballot), sent)]


def other_methods(w: World) -> list[Answer]:
    eve, path = w.of("eve"), at(w.vote, f"?choice=for&form={FORM}")
    token = {"X-CSRFToken": eve.token}
    return [
        eve.ask(method, path, headers=token)
        for method in ("HEAD", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS")
    ]


CASES = [
    Case("1", "a choice that is not on the paper", paper(choice="perhaps"), 422, UNKNOWN),
    Case("2", "no choice", paper(), 422, NO_CHOICE),
    Case("2b", "an empty choice", paper(choice=""), 422, NO_CHOICE),
    Case("3", "two choices", paper(choice=("for", "against")), 422, TWO),
    Case("3b", "two names for one question", paper(choice="for", choice_1="against"), 422, TWO),
    Case("4", "more marks than posts", marks("jo", "kim", "lou"), 422, "most"),
    Case("4b", "a mark beside the blank paper", marks("jo", "blank"), 422),
    Case("5", "one place for two", ranking(jo="1", kim="1"), 422),
    Case("6a", "a blank behind", paper(choice="for "), 422, UNKNOWN),
    Case("6b", "a zero-width letter", paper(choice="for\u200b"), 422, UNKNOWN),
    Case("6c", "a letter that looks alike", paper(choice="f\u043er"), 422, UNKNOWN),
    Case("6d", "another case", paper(choice="FOR"), 422, UNKNOWN),
    Case("6e", "a NUL byte", paper(choice="for\0"), 422, UNKNOWN),
    Case("6f", "half a letter", paper(choice="for\ud800"), 422, UNKNOWN),
    *(
        Case(f"7{letter}", f"the rank {rank!r}", ranking(jo=rank), 422)
        for letter, rank in zip("abcdefgh", ("-1", "1e3", "1.0", "٣", "9" * 5000, "0x1", "٠", "4"), strict=True)
    ),
    Case("8", "an option of another election", ranking(gus="1"), 422, UNKNOWN),
    Case("9", "fields that nobody asked for", extra_fields, 302, changes=VOTED),
    Case("10a", "no number of the paper", paper(form=(), choice="for"), 422, NO_PAPER),
    Case("10b", "a short number", paper(form=FORM[:-1], choice="for"), 422, NO_PAPER),
    Case("10c", "a number of 10 kB", paper(form="0" * 10_240, choice="for"), 422, NO_PAPER),
    Case("10d", "a number of other letters", paper(form="g" * 32, choice="for"), 422, NO_PAPER),
    Case("10e", "the number of somebody else's paper", form_of_another, (302, 409), changes=VOTED),
    Case("10f", "one number with two choices", form_with_another_choice, (302, 409), changes=VOTED),
    Case("11", "the same paper twice", same_form_twice, 200, changes=SEALED),
    Case("12", "a second vote", second_vote, (302, 409), "Your vote is in: For", VOTED),
    Case("13", "fifty papers at once", fifty_at_once, (302, *[409] * 49), changes=VOTED),
    Case("14a", "before the vote is opened", on_a_draft, 404,
         because="A draft is nobody's to read: it answers as if it were not there."),
    Case("14b", "a second after closing", lambda w: to(w.over_since_a_second(), w), 409, CLOSED,
         tables("ballots_ballot", "journal_chain", "journal_entry")),
    Case("15", "opened before, sent after closing", opened_before_and_sent_after, (200, 409), CLOSED),
    Case("16a", "in an annulled vote", on_an_annulled, 409, "This vote has been annulled."),
    Case("16b", "in a counted vote", on_a_counted, 409, CLOSED),
    Case("17", "the paper of another person, copied", somebody_elses_envelope, 200, changes=SEALED,
         because="The voter goes into what an envelope is made of, so nobody can send the same one."),
    Case("18", "a choice in the address",
         lambda w: w.of("eve").get(at(w.vote, f"?choice=for&form={FORM}")), 405),
    Case("19", "methods that are none of a vote", other_methods, 405),
    Case("20", "the answer was lost; the same again after closing", same_form_after_closing, 302),
    Case("22", "a candidate steps back while people vote", who_stepped_back, (200, 302), changes=VOTED),
]  # fmt: skip
