"""Envelopes: a vote is sealed before the database sees it, and opened only with the key that trustees keep. Pure.

An envelope is an ordinary sealed box of libsodium, made in a way that the same form with the same answers gives the
same envelope: so a vote that is sent twice is one vote, and nothing on the server says whose envelope is whose.
    message = length (2 bytes) || canonical JSON {"answers": [...], "urn": mark} || zeros up to a constant length
    seed    = HMAC-SHA256(secret of the urn, "env1|" mark "|" voter "|" form "|" message)
    body    = public key from seed || crypto_box(message, blake2b24(both public keys), public key of the urn)
The secret of the urn keeps the form from proving the vote to a third party. The voter goes into the seed, so that
nobody who knows somebody's form finds out their vote by sending the same. The tracker is sha256(body).
"""

import hashlib
import hmac
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from nacl.bindings import crypto_box, crypto_box_seed_keypair
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from coop.members.typed_codes import SIGNS

OVERHEAD = 48  # bytes that sealing adds to a message: a public key and a mark of genuineness
STEP = 32  # the constant length of messages is a multiple of so many bytes
WORDS = 26  # signs of a tracker that a voter takes home: 130 of its 256 bits
GROUP = 4
SPOILED = ""  # what stands for an answer that cannot be read

_LOOKALIKES = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015]+")


# --- Closing an envelope ------------------------------------------------------------------------------------


def said(mark: str, answers: Sequence[str]) -> bytes:
    """Mark of the urn and one answer per question, in one way only.

    >>> said("7f", ["for", "b>a"])
    b'{"answers":["for","b>a"],"urn":"7f"}'
    """
    return json.dumps({"answers": list(answers), "urn": mark}, separators=(",", ":"), sort_keys=True).encode()


def length_for(mark: str, longest: Sequence[str]) -> int:
    """The constant length of every message of an urn, in bytes, from the longest answer to each question.

    >>> length_for("7f", ["against"])
    64
    """
    needed = 2 + len(said(mark, longest))
    return -(-needed // STEP) * STEP


def seal(
    *, public_key: bytes, secret: bytes, mark: str, voter: int, form: str, answers: Sequence[str], length: int
) -> bytes:
    """The envelope of this form with these answers, `length + OVERHEAD` bytes. The same again gives the same.

    Raises ValueError when the answers do not fit.
    """
    words = said(mark, answers)
    if len(words) + 2 > length:
        raise ValueError("the answers are longer than the envelope")
    message = len(words).to_bytes(2, "big") + words + bytes(length - 2 - len(words))
    seed = hmac.new(secret, f"env1|{mark}|{voter}|{form}|".encode() + message, hashlib.sha256).digest()
    once, hidden = crypto_box_seed_keypair(seed)
    number = hashlib.blake2b(once + public_key, digest_size=24).digest()  # as in libsodium's own sealed box
    return once + crypto_box(message, number, public_key, hidden)


def tracker(body: bytes) -> bytes:
    """The name of an envelope: its hash, 32 bytes."""
    return hashlib.sha256(body).digest()


# --- Opening all of them ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Opened:
    """What was in the urn: equal papers together, one answer per question in order; SPOILED where one is no answer.

    `unreadable`: envelopes that did not open, or were not of this urn; they are among the papers, all answers spoiled.
    """

    papers: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    unreadable: int = 0

    @property
    def spoiled(self) -> int:
        """Papers with at least one answer that is none."""
        return sum(number for answers, number in self.papers.items() if SPOILED in answers)


def open_all(
    bodies: Iterable[bytes], *, key: bytes, mark: str, questions: int, valid: Callable[[int, str], bool]
) -> Opened:
    """Opens every envelope and merges equal papers. `valid`: whether this is an answer to question number so and so.

    Nothing of the order of `bodies` is left in the result.
    """
    box = SealedBox(PrivateKey(key))
    papers: Counter[tuple[str, ...]] = Counter()
    unreadable = 0
    for body in bodies:
        answers = _answers(box, body, mark, questions)
        if answers is None:
            unreadable += 1
            papers[(SPOILED,) * questions] += 1
            continue
        papers[
            tuple(answer if valid(number, answer) else SPOILED for number, answer in enumerate(answers, 1))
        ] += 1
    return Opened(dict(sorted(papers.items())), unreadable)


def _answers(box: SealedBox[PrivateKey], body: bytes, mark: str, questions: int) -> list[str] | None:
    """What the envelope says, when it is one of this urn, with as many answers as there are questions."""
    try:
        message = box.decrypt(body)
        size = int.from_bytes(message[:2], "big")
        if any(message[2 + size :]):
            return None
        words = message[2 : 2 + size]
        answers = json.loads(words)["answers"]
        if words != said(mark, answers) or len(answers) != questions:
            return None
        return answers if all(isinstance(answer, str) for answer in answers) else None
    except (CryptoError, ValueError, KeyError, TypeError):
        return None


# --- What a voter takes home --------------------------------------------------------------------------------


def receipt_words(of_tracker: bytes) -> str:
    """The first 130 bits of a tracker, in groups: a sign is five bits, and none of them looks like another.

    >>> receipt_words(bytes(32))
    '0000-0000-0000-0000-0000-0000-00'
    """
    bits = int.from_bytes(of_tracker[:17], "big") >> 17 * 8 - WORDS * 5
    signs = "".join(SIGNS[bits >> 5 * place & 31] for place in reversed(range(WORDS)))
    return "-".join(signs[start : start + GROUP] for start in range(0, WORDS, GROUP))


def read_words(typed: str) -> tuple[bytes, bytes] | None:
    """The least and the greatest tracker that these words can mean; None when they are no words of a tracker.

    >>> read_words("oooo 0000 0000 0000 0000 0000 01")[0].hex()[:36]
    '000000000000000000000000000000004000'
    """
    signs = _BETWEEN.sub("", typed).upper().translate(_LOOKALIKES)
    if len(signs) != WORDS or not set(signs) <= set(SIGNS):
        return None
    bits = 0
    for sign in signs:
        bits = bits << 5 | SIGNS.index(sign)
    rest = 256 - WORDS * 5
    return (bits << rest).to_bytes(32, "big"), ((bits + 1 << rest) - 1).to_bytes(32, "big")
