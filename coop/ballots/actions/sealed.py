"""Secret votes on screens: the urn and its key, one sealed vote, and opening the urn. Voting writes no journal line.

Answers and codes stand in variables here for the time of one request and nowhere else: no journal line, no exception
and no report of an error may carry them.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from coop.journal.actions import write
from coop.members.models import Member
from coop.refusals import Reason, Refused, refuse_if

from ..models import Ballot, FinalEnvelope, RollEntry, SealedKey, SealedUrn, Tally, Trustee
from ..printed import questions_on
from ..rules.answers import obstacles_in_answers
from ..rules.casting import obstacles_in_form, obstacles_to_casting
from ..rules.urn import (
    length_needed,
    obstacles_in_codes,
    obstacles_to_destroying,
    obstacles_to_drawing,
    obstacles_to_making,
    obstacles_to_opening_urn,
    obstacles_to_setting_up,
    obstacles_to_taking,
    obstacles_to_testing,
    obstacles_to_trying,
    urn_of,
)
from ..sealed import sealing, trustees, urn_secrets
from .counting import count
from .locks import locked, subject_of

# What PostgreSQL answers, where our own rules would have said nothing: its clock is a moment later than ours.
ANSWERS = {
    "NOT_OPEN": Reason("vote-closed"),
    "ALREADY_VOTED": Reason("already-voted", {"channel": "phone"}),
    "PAPER_ONLY": Reason("paper-only-after-reset"),
    "NOT_PRESENT": Reason("not-checked-in"),
    "PART_OVER": Reason("sitting-has-voted"),
    "BAD_LENGTH": Reason("paper-outgrew-the-urn"),
    "DUPLICATE": Reason("envelope-copied"),
}


@dataclass(frozen=True)
class SecretReceipt:
    """What the voter takes home: that an envelope with these signs is in the urn. Nothing of what is in it."""

    ballot: int
    words: str


# --- The urn and its key -------------------------------------------------------------------------------------


@transaction.atomic
def set_up_urn(*, ballot: Ballot, trustees: Sequence[Member], by: Member, at: datetime.datetime) -> SealedUrn:
    """An empty urn for a draft, and who will keep its codes: any two of three, or any three of five."""
    ballot = locked(ballot)
    refuse_if(obstacles_to_setting_up(ballot, trustees, by=by, at=at))
    mark = secrets.token_hex(16)
    urn = SealedUrn.objects.create(
        ballot=ballot, mark=mark, need=_need(len(trustees)), length=length_needed(ballot, mark)
    )
    Trustee.objects.bulk_create(
        Trustee(urn=urn, place=place, member=member) for place, member in enumerate(trustees, 1)
    )
    urn_secrets.make(mark)
    write(
        ballot.cooperative.chain,
        verb="urn-set-up",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts={"trustees": [member.name for member in trustees], "need": urn.need},
    )
    return urn


def _bytes(column: bytes | memoryview | None) -> bytes:
    """What is filled by now: the rules have refused before."""
    assert column is not None
    return bytes(column)


def _need(count: int) -> int:
    return trustees.NEED[count]


@sensitive_variables()
@transaction.atomic
def draw_code(*, ballot: Ballot, by: Member, at: datetime.datetime) -> str:
    """The code of this trustee, to be shown once and printed. Stored is only what belongs to it in public."""
    ballot = locked(ballot)
    trustee = Trustee.objects.filter(urn__ballot=ballot, member=by).first()
    refuse_if(obstacles_to_drawing(ballot, trustee, by))
    assert trustee is not None  # the rule has refused everybody else
    code, salt = trustees.new_code(), trustees.new_salt()
    trustee.salt, trustee.drawn_at = salt, at
    trustee.public_key = trustees.key_pair(code, salt)[0]
    trustee.save(update_fields=["salt", "public_key", "drawn_at"])
    write(
        ballot.cooperative.chain,
        verb="urn-code-drawn",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts={"place": trustee.place},
    )
    return code


@sensitive_variables()
@transaction.atomic
def make_key(*, ballot: Ballot, by: Member, at: datetime.datetime) -> SealedUrn:
    """Makes the key of the urn on this server, divides it among the trustees, and forgets it. The record says so."""
    ballot = locked(ballot)
    urn = urn_of(ballot)
    refuse_if(obstacles_to_making(ballot, urn, by=by, at=at))
    assert urn is not None
    public_key, key = trustees.new_key()
    keepers = {trustee.place: _bytes(trustee.public_key) for trustee in urn.trustees.all()}
    SealedKey.objects.bulk_create(
        SealedKey(urn=urn, holders=list(holders), blob=blob)
        for holders, blob in trustees.divided(key, keepers).items()
    )
    _key_is_there(urn, public_key, SealedUrn.MadeBy.SERVER, by, at)
    return urn


@transaction.atomic
def take_key(*, ballot: Ballot, file: str, by: Member, at: datetime.datetime) -> SealedUrn:
    """Takes over what a ceremony on another machine made public. The trustees hold their codes since then."""
    try:
        found = trustees.read_ceremony(file)
    except ValueError:
        raise Refused([Reason("key-file-unreadable")]) from None
    ballot = locked(ballot)
    urn = urn_of(ballot)
    refuse_if(obstacles_to_taking(ballot, urn, len(found.keepers), by=by, at=at))
    assert urn is not None
    for trustee in urn.trustees.all():
        trustee.salt, trustee.public_key = found.keepers[trustee.place]
        trustee.drawn_at = at
        trustee.save(update_fields=["salt", "public_key", "drawn_at"])
    SealedKey.objects.bulk_create(
        SealedKey(urn=urn, holders=list(holders), blob=blob) for holders, blob in found.blobs.items()
    )
    _key_is_there(urn, found.public_key, SealedUrn.MadeBy.ELSEWHERE, by, at)
    return urn


def _key_is_there(urn: SealedUrn, public_key: bytes, made_by: str, by: Member, at: datetime.datetime) -> None:
    urn.public_key, urn.made_at, urn.made_by = public_key, at, made_by
    urn.save(update_fields=["public_key", "made_at", "made_by"])
    write(
        urn.ballot.cooperative.chain,
        verb="urn-key-made",
        subject=subject_of(urn.ballot),
        by=by.actor,
        at=at,
        facts={"made_by": made_by, "public_key": public_key.hex()},
    )


@sensitive_variables()
@transaction.atomic
def test_key(*, ballot: Ballot, codes: Mapping[int, str], by: Member, at: datetime.datetime) -> SealedUrn:
    """Opens a test envelope with the codes of as many trustees as are needed (place -> code). Before any vote opens."""
    refuse_if(obstacles_to_trying(ballot, by=by, at=at))
    key = _key_from(ballot, codes)
    ballot = locked(ballot)
    urn = urn_of(ballot)
    refuse_if(obstacles_to_testing(ballot, urn, by=by, at=at))
    assert urn is not None
    if not _opens(urn, key):
        raise Refused([Reason("codes-do-not-open")])
    urn.tested_at, urn.tested_with = at, sorted(codes)
    urn.save(update_fields=["tested_at", "tested_with"])
    write(
        ballot.cooperative.chain,
        verb="urn-key-tested",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts={"trustees": _names(urn, codes)},
    )
    return urn


@sensitive_variables()
def _key_from(ballot: Ballot, codes: Mapping[int, str]) -> bytes | None:
    """The key of the urn, or None. Slow, so it stands before every lock; what must hold is asked again under it."""
    urn = urn_of(ballot)
    if urn is None or urn.public_key is None:
        return None
    refuse_if(obstacles_in_codes(urn, codes))
    salts = {trustee.place: _bytes(trustee.salt) for trustee in urn.trustees.all()}
    hidden = {place: trustees.key_pair(codes[place], salts[place])[1] for place in codes}
    blobs = {tuple(piece.holders): bytes(piece.blob) for piece in urn.keys.all()}
    try:
        return trustees.joined(blobs, hidden)
    except trustees.CodesDoNotOpen:
        return None


@sensitive_variables()
def _opens(urn: SealedUrn, key: bytes | None) -> bool:
    """Whether this key opens an envelope that is sealed with the public key, as it will be for every vote."""
    if key is None:
        return False
    body = sealing.seal(
        public_key=_bytes(urn.public_key),
        secret=secrets.token_bytes(32),
        mark=urn.mark,
        voter=0,
        form="test",
        answers=["test"],
        length=max(urn.length, sealing.length_for(urn.mark, ["test"])),
    )
    opened = sealing.open_all(
        [body], key=key, mark=urn.mark, questions=1, valid=lambda _number, answer: answer == "test"
    )
    return opened.papers == {("test",): 1}


def _names(urn: SealedUrn, places: Mapping[int, str]) -> list[str]:
    chosen = urn.trustees.filter(place__in=list(places)).select_related("member")
    return [trustee.member.name for trustee in chosen]


# --- One vote ------------------------------------------------------------------------------------------------


@sensitive_variables()
@transaction.atomic
def cast_secret(
    *, ballot: Ballot, answers: Mapping[int, str], form: str, by: Member, at: datetime.datetime
) -> SecretReceipt:
    """Seals one paper of a secret vote and puts it into the urn: question number -> answer, as in `casting.cast`.

    PostgreSQL sees the envelope only; its function marks the roll, takes the envelope and judges the hour, all at once.
    The same form with the same answers gives the same receipt, after closing too, until the count begins.
    """
    refuse_if(obstacles_in_form(form))
    questions = questions_on(ballot)
    refuse_if(obstacles_in_answers({number: asked for number, (_key, asked) in questions.items()}, answers))
    urn = urn_of(ballot)
    secret = urn_secrets.read(urn.mark) if urn else None
    if urn is None or urn.public_key is None or secret is None:
        raise Refused(_refusal(ballot, by, at) or [Reason("urn-secret-missing")])
    body = sealing.seal(
        public_key=_bytes(urn.public_key),
        secret=secret,
        mark=urn.mark,
        voter=by.pk,
        form=form,
        answers=[answers[number] for number in sorted(questions)],
        length=urn.length,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT ballots_cast_sealed(%s, %s, %s)", [ballot.pk, by.pk, body])
        said = cursor.fetchone()[0]
    if said == "RECORDED":
        return SecretReceipt(ballot.pk, sealing.receipt_words(sealing.tracker(body)))
    raise Refused(_refusal(ballot, by, at) or [ANSWERS[said]])


def _refusal(ballot: Ballot, by: Member, at: datetime.datetime) -> list[Reason]:
    """Why not, as our own rules say it."""
    entry = RollEntry.on(ballot, by)
    return obstacles_to_casting(Ballot.objects.select_related("register").get(pk=ballot.pk), entry, at)


# --- Opening and the end -------------------------------------------------------------------------------------


@sensitive_variables()
@transaction.atomic
def open_urn(
    *, ballot: Ballot, codes: Mapping[int, str], chair: str = "", by: Member, at: datetime.datetime
) -> list[Tally]:
    """Opens the urn with the codes of as many trustees as are needed, and counts everything together, in one act.

    An envelope that does not open, or says nothing that stands on the paper, is a spoiled paper. When the count needs
    a lot or the word of the `chair` (refused with `lot-needed`, `casting-vote-needed`), nothing is written; the codes
    are typed once more when there is one.
    """
    refuse_if(obstacles_to_trying(ballot, by=by, at=at))
    key = _key_from(ballot, codes)
    ballot = locked(ballot)
    urn = urn_of(ballot)
    refuse_if(obstacles_to_opening_urn(ballot, urn, by=by, at=at))
    assert urn is not None
    if key is None or not _opens(urn, key):
        raise Refused([Reason("codes-do-not-open")])
    opened = _all_of(ballot, urn, key)
    urn.opened_at, urn.opened_with = at, sorted(codes)
    urn.save(update_fields=["opened_at", "opened_with"])
    write(
        ballot.cooperative.chain,
        verb="urn-opened",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts={
            "trustees": _names(urn, codes),
            "envelopes": urn.envelopes,
            "unreadable": opened.unreadable,
            "root": urn.root,
        },
    )
    tallies = count(ballot=ballot, opened=opened.papers, chair=chair, by=by.actor, at=at)
    urn_secrets.destroy(urn.mark)
    return tallies


@transaction.atomic
def note_wrong_codes(*, ballot: Ballot, by: Member, at: datetime.datetime) -> None:
    """Codes were typed that do not open it: everybody may read by whom and how often, nobody which."""
    write(ballot.cooperative.chain, verb="urn-codes-refused", subject=subject_of(ballot), by=by.actor, at=at)


@sensitive_variables()
def _all_of(ballot: Ballot, urn: SealedUrn, key: bytes) -> sealing.Opened:
    paper = {number: asked for number, (_key, asked) in questions_on(ballot).items()}
    bodies = FinalEnvelope.objects.filter(ballot=ballot).values_list("body", flat=True)
    return sealing.open_all(
        (bytes(body) for body in bodies.iterator()),
        key=key,
        mark=urn.mark,
        questions=len(paper),
        valid=lambda number, answer: not obstacles_in_answers({number: paper[number]}, {number: answer}),
    )


@transaction.atomic
def destroy_key(*, ballot: Ballot, note: str, by: Member, at: datetime.datetime) -> SealedUrn:
    """Writes down that codes and pieces of the key were destroyed, where and before whom; removes what is left here."""
    ballot = locked(ballot)
    urn = urn_of(ballot)
    refuse_if(obstacles_to_destroying(ballot, urn, note, by=by, at=at))
    assert urn is not None
    urn.destroyed_at, urn.destroyed_note = at, note.strip()
    urn.save(update_fields=["destroyed_at", "destroyed_note"])
    urn_secrets.destroy(urn.mark)
    write(
        ballot.cooperative.chain,
        verb="urn-keys-destroyed",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts={"note": urn.destroyed_note},
    )
    return urn
