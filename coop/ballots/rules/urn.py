"""What stands in the way of a secret vote on screens: of its urn, its key, its opening and the end of the key."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence

from coop.charter.models import Bylaws
from coop.journal.models import Entry
from coop.members.models import Member, Power
from coop.members.powers import powers_of
from coop.refusals import Reason

from ..models import Ballot, Option, SealedUrn, Trustee
from ..office import obstacles_to_running, obstacles_to_serving
from ..printed import questions_on
from ..sealed import guards, urn_secrets
from ..sealed.sealing import length_for
from ..sealed.trustees import NEED

TIED = "="
WRONG_TRIES = (
    6  # of one person at one urn within an hour; slips of the finger are told before and do not count
)
HOUR = datetime.timedelta(hours=1)


def urn_of(ballot: Ballot) -> SealedUrn | None:
    urn = SealedUrn.objects.filter(ballot=ballot).first()
    if urn is not None:
        urn.ballot = ballot
    return urn


def binds_nothing(ballot: Ballot) -> bool:
    """A consultation: drawn up by an office and not put to the vote by a meeting, and nobody is elected or removed."""
    persons = Option.objects.filter(question__ballot=ballot, member__isnull=False)
    return ballot.drawn_up_by_id is not None and not persons.exists()


def obstacles_to_screens(ballot: Ballot) -> list[Reason]:
    """Rulings 6 and 7: may this secret vote be held on screens at all, by the rules it was drawn up under?"""
    rules = Bylaws.objects.get(cooperative=ballot.cooperative, version=ballot.rules_version)
    held_for, reasons = rules.electronic_secret_votes, []
    if held_for == "off":
        reasons.append(Reason("no-secret-votes-on-screens"))
    elif held_for == "consultations" and not binds_nothing(ballot):
        reasons.append(Reason("screens-only-for-consultations"))
    if ballot.people < rules.small_register_floor:
        reasons.append(
            Reason(
                "register-too-small",
                {"people": ballot.people, "floor": rules.small_register_floor},
            )
        )
    return reasons + guards.obstacles_from_guards()


def obstacles_to_sealed_voting(ballot: Ballot) -> list[Reason]:
    """What a secret vote on screens needs before it opens: rules, guards, and a key that trustees have tried."""
    reasons = obstacles_to_screens(ballot)
    urn = urn_of(ballot)
    if urn is None or urn.tested_at is None:
        reasons.append(Reason("key-not-tested"))
    elif urn_secrets.read(urn.mark) is None:
        reasons.append(Reason("urn-secret-missing"))
    elif urn.length < length_needed(ballot, urn.mark):
        reasons.append(Reason("paper-outgrew-the-urn"))
    return reasons


def length_needed(ballot: Ballot, mark: str) -> int:
    """The longest paper decides how long every message is; so no envelope tells by its length what it says."""
    longest = []
    for _number, (_key, asked) in sorted(questions_on(ballot).items()):
        choices = sorted(asked.choices, key=len, reverse=True)
        most = 1 if asked.takes_one else (asked.most or len(choices))
        said = TIED.join(choices[:most])
        longest.append(max([said, *asked.codes], key=len))
    return length_for(mark, longest)


def obstacles_to_setting_up(
    ballot: Ballot, trustees: Sequence[Member], *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Three or five keep the codes; none of them stands in the vote, and none hands out the access to accounts."""
    reasons = obstacles_to_running(ballot, by=by, at=at)
    if ballot.state != Ballot.State.DRAFT:
        reasons.append(Reason("ballot-not-draft", {"state": ballot.state}))
    if not (ballot.is_secret and ballot.on_screens):
        reasons.append(Reason("no-urn-needed"))
    elif not ballot.questions.exists():
        reasons.append(Reason("ballot-without-question"))
    if urn_of(ballot) is not None:
        reasons.append(Reason("urn-set-up-already"))
    if len(trustees) not in NEED or len(set(trustees)) < len(trustees):
        reasons.append(Reason("trustees-three-or-five"))
    for trustee in trustees:
        reasons += obstacles_to_serving(ballot, trustee)
        if trustee.cooperative_id != ballot.cooperative_id:
            reasons.append(Reason("not-of-this-house", {"name": trustee.name}))
        if powers_of(trustee, at).has(Power.KEEP_REGISTER):
            reasons.append(Reason("keeper-of-accounts-is-no-trustee", {"name": trustee.name}))
    return reasons


def obstacles_to_drawing(ballot: Ballot, trustee: Trustee | None, by: Member) -> list[Reason]:
    """Everybody draws their own code, once, on their own screen."""
    if trustee is None or trustee.member_id != by.pk:
        return [Reason("not-a-trustee")]
    if ballot.state != Ballot.State.DRAFT:
        return [Reason("ballot-not-draft", {"state": ballot.state})]
    return [Reason("code-drawn-already")] if trustee.drawn_at is not None else []


def obstacles_to_making(
    ballot: Ballot, urn: SealedUrn | None, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    reasons = obstacles_to_running(ballot, by=by, at=at)
    if ballot.state != Ballot.State.DRAFT:
        reasons.append(Reason("ballot-not-draft", {"state": ballot.state}))
    if urn is None:
        return [*reasons, Reason("no-urn-yet")]
    if urn.made_at is not None:
        reasons.append(Reason("key-made-already"))
    if waiting := urn.trustees.filter(drawn_at=None).count():
        reasons.append(Reason("codes-not-drawn", {"count": waiting}))
    return reasons


def obstacles_to_taking(
    ballot: Ballot, urn: SealedUrn | None, count: int, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """A key made on another machine comes instead of the codes drawn here, for as many trustees as are named."""
    reasons = obstacles_to_running(ballot, by=by, at=at)
    if ballot.state != Ballot.State.DRAFT:
        reasons.append(Reason("ballot-not-draft", {"state": ballot.state}))
    if urn is None:
        return [*reasons, Reason("no-urn-yet")]
    if urn.made_at is not None:
        reasons.append(Reason("key-made-already"))
    elif urn.trustees.exclude(drawn_at=None).exists():
        reasons.append(Reason("codes-drawn-here"))
    if urn.trustees.count() != count:
        reasons.append(Reason("key-for-others", {"count": count, "named": urn.trustees.count()}))
    return reasons


def obstacles_to_key_work(ballot: Ballot, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Trying the key and opening the urn: whoever runs the vote, or a trustee; and nobody who stands in it."""
    if Trustee.objects.filter(urn__ballot=ballot, member=by).exists():
        return obstacles_to_serving(ballot, by)
    return obstacles_to_running(ballot, by=by, at=at)


def obstacles_in_codes(urn: SealedUrn, codes: Mapping[int, str]) -> list[Reason]:
    """As many codes as are needed, each at the place of a trustee. Whether they open anything only trying tells."""
    places = set(urn.trustees.values_list("place", flat=True))
    if len(codes) != urn.need or not set(codes) <= places:
        return [Reason("too-few-codes", {"need": urn.need})]
    return []


def obstacles_to_trying(ballot: Ballot, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Whoever typed wrong codes too often waits; everybody else at this urn goes on, so nobody can block the others."""
    wrong = Entry.objects.filter(
        chain=ballot.cooperative.chain,
        verb="urn-codes-refused",
        subject_kind="ballot",
        subject_id=str(ballot.pk),
        actor_id=by.actor.id,
        at__gt=at - HOUR,
    )
    times = sorted(wrong.values_list("at", flat=True))
    if len(times) < WRONG_TRIES:
        return []
    seconds = (times[-WRONG_TRIES] + HOUR - at).total_seconds()
    return [Reason("too-many-wrong-codes", {"minutes": max(1, math.ceil(seconds / 60))})]


def obstacles_to_testing(
    ballot: Ballot, urn: SealedUrn | None, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    reasons = obstacles_to_key_work(ballot, by=by, at=at)
    if ballot.state != Ballot.State.DRAFT:
        reasons.append(Reason("ballot-not-draft", {"state": ballot.state}))
    if urn is None or urn.made_at is None:
        return [*reasons, Reason("no-key-yet")]
    return [*reasons, Reason("key-tested-already")] if urn.tested_at is not None else reasons


def obstacles_to_opening_urn(
    ballot: Ballot, urn: SealedUrn | None, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    reasons = obstacles_to_key_work(ballot, by=by, at=at)
    if ballot.state != Ballot.State.CLOSED:
        reasons.append(Reason("vote-not-closed", {"state": ballot.state}))
    if urn is None or urn.tested_at is None:
        return [*reasons, Reason("no-key-yet")]
    return reasons


def obstacles_to_destroying(
    ballot: Ballot, urn: SealedUrn | None, note: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """In public, after the time for contesting: codes and pieces of the key. The note says where, how, before whom."""
    reasons = obstacles_to_running(ballot, by=by, at=at)
    if ballot.state not in (Ballot.State.COUNTED, Ballot.State.ANNULLED):
        reasons.append(Reason("destroyed-after-the-count"))
    if urn is None or urn.made_at is None:
        return [*reasons, Reason("no-key-yet")]
    if urn.destroyed_at is not None:
        reasons.append(Reason("keys-destroyed-already"))
    return reasons if note.strip() else [*reasons, Reason("no-reason-given")]
