"""Envelopes and their names: always of one length, the same from the same form, opened only with the key."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey, SealedBox

from coop.ballots.sealed import merkle, sealing, trustees

MARK = "7f" * 16
FORM = "0123456789abcdef" * 2
PUBLIC, KEY = trustees.new_key()
CODES = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=20)


def sealed(
    *answers: str, voter: int = 1, form: str = FORM, secret: bytes = b"s" * 32, mark: str = MARK
) -> bytes:
    return sealing.seal(
        public_key=PUBLIC, secret=secret, mark=mark, voter=voter, form=form, answers=answers, length=160
    )


def opened(*bodies: bytes, valid: object = lambda number, answer: True, questions: int = 1) -> sealing.Opened:
    return sealing.open_all(bodies, key=KEY, mark=MARK, questions=questions, valid=valid)  # type: ignore[arg-type]


@given(st.lists(CODES, min_size=1, max_size=4))
def test_every_envelope_is_of_one_length_and_opens_to_what_was_said(answers: list[str]) -> None:
    body = sealed(*answers)
    assert len(body) == 160 + sealing.OVERHEAD
    assert opened(body, questions=len(answers)).papers == {tuple(answers): 1}


def test_the_same_form_with_the_same_answers_is_the_same_envelope() -> None:
    assert sealed("for") == sealed("for")


def test_anything_else_is_another_envelope() -> None:
    others = [
        sealed("against"),
        sealed("for", voter=2),
        sealed("for", form="f" * 32),
        sealed("for", secret=b"t" * 32),
        sealed("for", mark="80" * 16),
    ]
    assert len({sealed("for"), *others}) == 6


def test_two_envelopes_share_no_part() -> None:
    """Neither public key nor cipher text nor mark of genuineness: nothing to sort them by."""
    one, other = sealed("for"), sealed("for", form="f" * 32)
    assert one[:32] != other[:32]
    assert sum(a == b for a, b in zip(one, other, strict=True)) < 20


def test_an_ordinary_sealed_box_opens_it() -> None:
    message = SealedBox(PrivateKey(KEY)).decrypt(sealed("for"))
    size = int.from_bytes(message[:2], "big")
    assert message[2 : 2 + size] == b'{"answers":["for"],"urn":"%s"}' % MARK.encode()
    assert not any(message[2 + size :])


def test_what_does_not_fit_is_refused_and_not_cut() -> None:
    with pytest.raises(ValueError, match="longer than the envelope"):
        sealed("x" * 150)


def test_what_cannot_be_read_is_told_and_never_dropped() -> None:
    good = sealed("for")
    stranger = SealedBox(PrivateKey.generate().public_key).encrypt(b"x" * 160)
    of_another_urn = sealed("for", mark="80" * 16)
    with_more = sealed("for", "for")
    ours = SealedBox(PrivateKey(KEY).public_key)
    said = sealing.said(MARK, ["for"])
    signed = ours.encrypt(
        (len(said).to_bytes(2, "big") + said).ljust(159, b"\0") + b"!"
    )  # something in the padding
    loose = ours.encrypt(
        (len(said) + 1).to_bytes(2, "big") + said + b" " + bytes(20)
    )  # the same, otherwise written
    numbers = b'{"answers":[1],"urn":"%s"}' % MARK.encode()
    typed = ours.encrypt(len(numbers).to_bytes(2, "big") + numbers)
    flipped = good[:-1] + bytes([good[-1] ^ 1])
    bad = [stranger, of_another_urn, with_more, signed, loose, typed, flipped, b"", b"x" * 208]
    found = opened(good, *bad)
    assert found.papers[("for",)] == 1
    assert sum(found.papers.values()) == 1 + len(bad)
    assert found.spoiled == len(bad)
    assert found.unreadable == len(bad)


def test_an_answer_that_stands_on_no_paper_is_spoiled_for_its_question_only() -> None:
    found = opened(sealed("for", "zzz"), valid=lambda number, answer: answer in ("for",), questions=2)
    assert found.papers == {("for", ""): 1}
    assert (found.spoiled, found.unreadable) == (1, 0)


def test_the_order_of_the_envelopes_leaves_no_trace() -> None:
    bodies = [
        sealed(answer, voter=place) for place, answer in enumerate(["for", "against", "for", "abstain"])
    ]
    one, other = opened(*bodies), opened(*reversed(bodies))
    assert list(one.papers.items()) == list(other.papers.items())


# --- The signs of a receipt -----------------------------------------------------------------------------------------


@given(st.binary(min_size=32, max_size=32))
def test_the_words_of_a_tracker_lead_back_to_it(tracker: bytes) -> None:
    words = sealing.receipt_words(tracker)
    for typed in (words, words.lower(), words.replace("-", " "), words.replace("0", "O").replace("1", "l")):
        low, high = sealing.read_words(typed) or (b"", b"")
        assert low <= tracker <= high
        assert int.from_bytes(high, "big") - int.from_bytes(low, "big") == 2**126 - 1


@pytest.mark.parametrize("typed", ["", "0" * 25, "0" * 27, "U" * 26, "0" * 25 + "é", "٣" * 26])
def test_what_are_no_words_of_a_tracker(typed: str) -> None:
    assert sealing.read_words(typed) is None


# --- The tree of hashes ---------------------------------------------------------------------------------------------

# From the tests of Certificate Transparency: these eight entries and the roots of the first 1 … 8 of them.
ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_the_roots_are_those_of_the_standard() -> None:
    assert [merkle.root(ENTRIES[:size]).hex() for size in range(1, 9)] == ROOTS
    assert merkle.root([]) == hashlib.sha256(b"").digest()


@given(st.integers(1, 70), st.data())
def test_each_entry_is_proved_and_nothing_else_is(size: int, data: st.DataObject) -> None:
    entries = [bytes([place]) * 3 for place in range(size)]
    place = data.draw(st.integers(0, size - 1))
    root, path = merkle.root(entries), merkle.proof(entries, place)

    def proves(**changed: object) -> bool:
        return merkle.proves(
            **{"entry": entries[place], "place": place, "size": size, "path": path, "root": root, **changed}  # type: ignore[arg-type]
        )

    assert proves()
    assert not proves(entry=b"another")
    assert not proves(root=bytes(32))
    assert not proves(path=[*path, bytes(32)])
    assert not proves(place=place + size)
    assert not proves(place=-1)
    if path:
        assert not proves(path=path[:-1])
        assert not proves(path=[bytes(32), *path[1:]])
        assert not proves(entry=merkle.knot(merkle.leaf(entries[0]), merkle.leaf(entries[-1])))
    if size > 1:
        assert not proves(place=(place + 1) % size)


# --- The codes of trustees ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "need"), [(3, 2), (5, 3)])
def test_enough_codes_open_and_fewer_do_not(count: int, need: int) -> None:
    import itertools

    codes, public = trustees.ceremony(count)
    hidden = {place: trustees.key_pair(code, public.keepers[place][0])[1] for place, code in codes.items()}
    for size in range(count + 1):
        for chosen in itertools.combinations(hidden, size):
            given_ = {place: hidden[place] for place in chosen}
            if size < need:
                with pytest.raises(trustees.CodesDoNotOpen):
                    trustees.joined(public.blobs, given_)
            else:
                key = trustees.joined(public.blobs, given_)
                assert bytes(PrivateKey(key).public_key) == public.public_key


def test_a_wrong_code_says_no_more_than_that() -> None:
    codes, public = trustees.ceremony(3)
    salts = {place: salt for place, (salt, _public) in public.keepers.items()}
    hidden = {place: trustees.key_pair(code, salts[place])[1] for place, code in codes.items()}
    stranger = trustees.key_pair(trustees.new_code(), salts[1])[1]
    told = set()
    for given_ in (
        {1: stranger, 2: hidden[2]},
        {1: hidden[1], 2: stranger},
        {1: hidden[2], 2: hidden[1]},
    ):
        with pytest.raises(trustees.CodesDoNotOpen) as no:
            trustees.joined(public.blobs, given_)
        told.add((str(no.value), no.value.__cause__))
    assert told == {("", None)}


def test_a_code_has_125_bits_and_a_slip_is_seen() -> None:
    code = trustees.new_code()
    assert len(code) == trustees.LENGTH == 26
    assert trustees.read_code(trustees.in_groups(code).lower()) == code
    for place in range(26):
        for sign in "0123456789ABCDEFGHJKMNPQRSTVWXYZ":
            if sign != code[place]:
                assert trustees.read_code(code[:place] + sign + code[place + 1 :]) is None


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_a_file_holds_it_is_read_or_refused(text: bytes) -> None:
    with pytest.raises(ValueError):
        trustees.read_ceremony(text.decode("utf-8", "replace"))


def test_what_is_written_of_a_ceremony_is_read_again() -> None:
    _codes, public = trustees.ceremony(5)
    assert trustees.read_ceremony(trustees.written(public)) == public
