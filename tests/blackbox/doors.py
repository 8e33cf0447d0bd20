"""C. The door: secrets that are guessed, cards and codes that are used twice, sessions that are over."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.db.models import F

from coop.keys import actions as keys
from coop.keys.models import Session
from coop.keys.waiting import FREE_TRIES
from coop.members import actions as members
from coop.members.models import Account, Member
from coop.members.typed_codes import in_groups
from tests import make

from .cases import CAME_IN, GUESSED, Case, tables
from .casting import to
from .telephone import Answer, Telephone
from .world import HOUSE, OTHER, World

DOOR = f"/{HOUSE}/sign-in/"
INSIDE = f"/{HOUSE}/bylaws/"
WRONG = "999000"
NEUTRAL = "Number and secret do not belong together."
SECRETS = {"secret": "740291", "secret_again": "740291"}
ENROLLED = tables("journal_chain", "journal_entry", "keys_session", "members_accesscard", "members_account",
                  "members_member")  # fmt: skip


def knows_a_secret(w: World, name: str) -> Member:
    who = w.newcomer(name)
    make.account(who)
    w.from_here()
    return who


def knock(phone: Telephone, who: Member | int, secret: str = make.PIN, **more: str) -> Answer:
    number = who if isinstance(who, int) else who.number
    return phone.post(DOOR, {"number": str(number), "secret": secret, **more})


def inside(phone: Telephone) -> bool:
    return phone.get(INSIDE).status == 200


# --- Guessing ---------------------------------------------------------------------------------------------------------


def many_wrong_secrets(w: World) -> list[Answer]:
    """From a stranger's device, each time from another address as it says itself (43). Their own telephone opens."""
    who, phone = knows_a_secret(w, "forty"), w.stranger()
    assert knock(phone, who, own="on").status == 302
    phone.post(f"/{HOUSE}/sign-out/", {})
    w.from_here()
    guesser = w.stranger()
    wrong = [
        guesser.post(
            DOOR, {"number": str(who.number), "secret": f"{pin:06d}"}, {"X-Forwarded-For": f"10.0.0.{pin}"}
        )
        for pin in range(8)
    ]
    assert wrong[-1].headers["retry-after"] == "900"
    assert w.changed() == GUESSED
    return [*wrong, knock(guesser, who), knock(phone, who)]


def one_wrong_secret_each(w: World) -> list[Answer]:
    """Nobody is shut out by it."""
    guesser = w.stranger()
    wrong = [knock(guesser, who, WRONG) for who in list(w.plant.people.values())[:6]]
    assert w.changed() == GUESSED
    return [*wrong, knock(w.stranger(), knows_a_secret(w, "spray"))]


def nobody_and_somebody(w: World) -> list[Answer]:
    """They read the same, but for the number."""
    who, phone = knows_a_secret(w, "known"), w.stranger()
    answers = [knock(phone, number, WRONG) for number in (who.number, 988, 989)]
    pages = {
        answer.told.replace(str(n), "N") for answer, n in zip(answers, (who.number, 988, 989), strict=True)
    }
    assert len(pages) == 1
    return answers


def long_secret(w: World) -> list[Answer]:
    who, phone = knows_a_secret(w, "long"), w.stranger()
    return [knock(phone, who, "5" * length) for length in (201, 1_000_000, 1_100_000)]


# --- Cards and codes --------------------------------------------------------------------------------------------------


def card_of(w: World, name: str, *, days_ago: float = 0) -> str:
    _card, token = members.issue_card(
        member=w.newcomer(name), by=w.plant.cy, at=make.now() - make.days(days_ago)
    )
    w.from_here()
    return f"/{HOUSE}/enrol/{token}/"


def card_looked_at_and_used(w: World) -> list[Answer]:
    path, phone = card_of(w, "card"), w.stranger()
    looked = [phone.get(path) for _time in range(5)]
    assert w.changed() == set()
    return [*looked, phone.post(path, SECRETS), w.stranger().post(path, SECRETS)]


def cards_that_open_nothing(w: World) -> list[Answer]:
    """Over, forged, cut short, of another house: they read the same."""
    path = card_of(w, "over", days_ago=15)
    good = card_of(w, "cut")
    foreign = good.replace(f"/{HOUSE}/", f"/{OTHER}/")
    paths = [
        path,
        good[:-6] + "AAAAA/",
        good[:-3] + "/",
        f"/{HOUSE}/enrol/{'A' * 22}/",
        f"/{HOUSE}/enrol/{'A' * 5000}/",
    ]
    answers = [w.stranger().get(one) for one in paths]
    assert len({answer.told for answer in answers}) == 1
    return [*answers, w.stranger().get(foreign)]


def easy_secrets(w: World) -> list[Answer]:
    path, phone = card_of(w, "easy"), w.stranger()
    Member.objects.filter(name="Easy").update(born=datetime.date(1990, 3, 1))
    w.from_here()
    easy = ("000000", "123456", "010390", "19900301", "12345", "passwor")
    return [phone.post(path, {"secret": one, "secret_again": one}) for one in easy]


def codes_of(w: World, name: str) -> tuple[Member, list[str]]:
    who = w.newcomer(name)
    make.account(who)
    codes = keys.print_codes(by=who, at=make.now())
    w.from_here()
    return who, codes


def with_code(w: World, who: Member, code: str) -> Answer:
    return w.stranger().post(f"/{HOUSE}/sign-in/code/", {"number": str(who.number), "code": code})


def one_code_ten_times_at_once(w: World) -> list[Answer]:
    who, codes = codes_of(w, "coded")
    phones = [w.stranger() for _window in range(5)]
    for phone in phones:
        phone.open_form(f"/{HOUSE}/sign-in/code/")
    sent = {"number": str(who.number), "code": codes[0]}
    with ThreadPoolExecutor(5) as doors:
        answers = list(doors.map(lambda phone: phone.post(f"/{HOUSE}/sign-in/code/", sent), phones))
    assert sum(inside(phone) for phone in phones) == 1
    return sorted(answers, key=lambda answer: answer.status)


def code_as_a_hand_writes_it(w: World) -> list[Answer]:
    """In small letters and groups; nought as O and one as I or l, where the code has one."""
    who, codes = codes_of(w, "hand")
    written = in_groups(codes[0]).lower().replace("0", "o").replace("1", "l")
    other = in_groups(codes[1]).replace(" ", "-").replace("0", "O").replace("1", "I")
    return [with_code(w, who, f" {written} "), with_code(w, who, other)]


# --- Sessions ---------------------------------------------------------------------------------------------------------


def planted_session(w: World) -> Answer:
    who, phone = knows_a_secret(w, "fixed"), w.stranger()
    phone.open_form(DOOR)
    phone.cookies[settings.SESSION_COOKIE_NAME] = "plantedbysomebodyelse00000000000"
    answer = knock(phone, who)
    assert phone.cookies[settings.SESSION_COOKIE_NAME] != "plantedbysomebodyelse00000000000"
    assert not Session.objects.filter(session_key__startswith="planted").exists()
    return answer


def signed_out(w: World) -> list[Answer]:
    """The cookie is sent again, and the pages of before were to be kept nowhere (56)."""
    phone = w.newly_in("fay")
    w.from_here()
    before = phone.get(INSIDE)
    cookies = dict(phone.cookies)
    out = phone.post(f"/{HOUSE}/sign-out/", {})
    assert out.headers["clear-site-data"] == '"cache", "storage"'
    return [before, out, Telephone(w.port, cookies).get(INSIDE)]


def account_was_shut(w: World) -> list[Answer]:
    who = w.newcomer("shut")
    w.sign_in("shut")
    phone = w.of("shut")
    first = phone.get(INSIDE)
    Account.objects.filter(members=who).update(is_active=False)
    w.from_here()
    return [first, phone.get(INSIDE)]


def rested_for_half_an_hour(w: World) -> Answer:
    w.newcomer("rest")
    w.sign_in("rest")
    phone, back = w.of("rest"), datetime.timedelta(minutes=31)
    mine = Session.objects.filter(session_key=phone.cookies[settings.SESSION_COOKIE_NAME])
    mine.update(made_at=F("made_at") - back, seen_at=F("seen_at") - back, expire_date=make.now() - back)
    w.from_here()
    answer = to(w.vote, w, who="rest")
    assert (
        answer.headers["location"] == f"/{HOUSE}/sign-in/?next=%2F{HOUSE}%2F"
    )  # nothing of the vote stands in it
    return answer


def sent_elsewhere(w: World) -> list[Answer]:
    who = knows_a_secret(w, "next")
    wanted = (
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        f"/{OTHER}/",
    )
    answers = [knock(w.stranger(), who, next=one) for one in wanted]
    assert {answer.headers["location"] for answer in answers} == {f"/{HOUSE}/"}
    return answers


def rubbish_for_a_passkey(w: World) -> list[Answer]:
    phone, path = w.stranger(), f"/{HOUSE}/sign-in/passkey/"
    phone.open_form(DOOR)
    deep, twice = "[" * 50_000, '{"id": "a", "id": "b"}'
    rubbish = ("", "{", "null", "NaN", deep, twice, '{"id": NaN, "response": {}}', '{"id": 5, "rawId": []}')
    return [(phone.get(path), phone.post(path, {"credential": one}))[1] for one in rubbish]


def secret_replaced_by_one_office(w: World) -> list[Answer]:
    who = w.newcomer("alone")
    make.account(who)
    _card, token = members.issue_card(member=who, by=w.plant.cy, at=make.now())
    cy = w.of("cy")
    w.from_here()
    signed = cy.post(f"/{HOUSE}/members/{who.number}/card/countersign/", {})
    return [signed, w.stranger().post(f"/{HOUSE}/enrol/{token}/", SECRETS)]


CASES = [
    Case("40", "eight wrong secrets for one member, from ever new addresses (43)", many_wrong_secrets,
         (*[422] * FREE_TRIES, *[429] * 4, 302), changes=None),
    Case("41", "one wrong secret for each of six", one_wrong_secret_each, (*[422] * 6, 302), changes=None),
    Case("42", "a number that nobody has", nobody_and_somebody, 422, NEUTRAL, GUESSED),
    Case("44", "a card looked at five times, used, and used again", card_looked_at_and_used,
         (*[200] * 5, 302, 409), changes=ENROLLED),
    Case("45", "cards that are over, forged, cut short or of another house", cards_that_open_nothing, 404),
    Case("46", "one printed code in five windows at once", one_code_ten_times_at_once, (302, 422, 422, 422, 422),
         changes=None),
    Case("47", "codes as a hand writes them", code_as_a_hand_writes_it, 302,
         changes=CAME_IN | tables("keys_onetimecode")),
    Case("48", "a session planted before", planted_session, 302, changes=CAME_IN),
    Case("49", "a cookie after signing out", signed_out, (200, 302, 302), changes=tables("keys_session")),
    Case("50", "a cookie of an account that was shut", account_was_shut, (200, 302)),
    Case("51", "a vote after half an hour without anybody", rested_for_half_an_hour, 302),
    Case("52", "a way on that leads out of the house", sent_elsewhere, 302, changes=CAME_IN),
    Case("53", "rubbish in the place of a passkey (91)", rubbish_for_a_passkey, 409,
         because="An answer that is none is an answer to a question that is over: the page asks anew."),
    Case("54", "secrets that everybody guesses first", easy_secrets, 422),
    Case("55", "a secret of a million digits", long_secret, (422, 422, 413)),
    Case("57", "one office alone replaces a secret", secret_replaced_by_one_office, 409),
]  # fmt: skip
