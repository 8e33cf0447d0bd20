"""Fills an empty database for `make bench`: a plant of 3,000 members, open votes for all of them, and their sessions.

    python -m tests.bench.fill USERS.jsonl [--members 3000] [--votes 40] [--secret]

One line of USERS a member: the cookies they would have after signing in, and the number of their voting form. The open
votes are motions as the assembly decides them; the secret ones ask the same, with a sealed urn each.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import secrets
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coop.settings")

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.middleware.csrf import _get_new_csrf_string
from django.utils import timezone

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.ballots.sealed import trustees
from coop.decisions.actions import put_to_the_vote
from coop.keys.models import Kind, Session
from coop.keys.store import SessionStore
from coop.members.models import Account, Member
from coop.proposals import actions as proposals
from tests import make, make_votes


def people(plant: make.Plant, count: int) -> list[Member]:
    """The plant's twelve voters and as many workers as are missing, each with an account."""
    first = 1 + max(member.number for member in plant.people.values())
    for number in range(first, first + count - len(make.NAMES)):
        make.member(plant.cooperative, number, f"Worker {number:04}")
    members = list(
        Member.objects.exclude(name__in=[name for name, *_ in make.WITHOUT_VOTE]).order_by("number")
    )
    now = timezone.now()
    accounts = Account.objects.bulk_create(
        Account(made_at=now, secret_set_at=now, password=f"!{secrets.token_hex(20)}") for _member in members
    )
    for member, account in zip(members, accounts, strict=True):
        member.account = account
    Member.objects.bulk_update(members, ["account"])
    return members


def votes(plant: make.Plant, count: int) -> None:
    """`count` open votes of everybody, outside a meeting, that close tomorrow."""
    register = ballots.draw_register(
        body=plant.assembly, closes_on=timezone.now().date(), by=make.FOUNDING, at=timezone.now()
    )
    for number in range(count):
        motion = make.published_motion(plant, title=f"Motion {number}", at=timezone.now())
        motion = proposals.table(proposal=motion, by=make.FOUNDING, at=timezone.now())
        put_to_the_vote(
            proposal=motion,
            register=register,
            present=None,
            closes_at=timezone.now() + datetime.timedelta(days=1),
            by=make.FOUNDING,
            at=timezone.now(),
        )


def secret_votes(plant: make.Plant, count: int) -> None:
    """The same as secret votes on screens. The codes of their trustees are cheap: nobody guesses them here."""
    trustees.OPERATIONS, trustees.MEMORY = 1, 8192
    for number in range(count):
        ballot = make_votes.drawn_up(
            plant,
            title=f"Secret {number}",
            secrecy=Ballot.Secrecy.SECRET,
            closes_at=timezone.now() + datetime.timedelta(days=1),
        )
        make_votes.with_key(ballot, plant)
        ballots.open_ballot(ballot=ballot, present=(), by=plant.hal.actor, at=timezone.now())


def session(member: Member) -> dict[str, object]:
    """A session as signing in leaves it, and a form number."""
    account = member.account
    assert account is not None
    store = SessionStore()
    key = store._get_new_session_key()
    data = {
        SESSION_KEY: str(account.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: account.get_session_auth_hash(),
        "kind": Kind.OWN,
    }
    now = timezone.now()
    Session.objects.create(
        session_key=key,
        session_data=store.encode(data),
        account=account,
        kind=Kind.OWN,
        made_at=now,
        seen_at=now,
        expire_date=now + datetime.timedelta(days=1),
    )
    csrf = _get_new_csrf_string()
    cookie = f"{settings.SESSION_COOKIE_NAME}={key}; {settings.CSRF_COOKIE_NAME}={csrf}"
    return {"n": member.number, "cookie": cookie, "csrf": csrf, "form": secrets.token_hex(16)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("users", type=Path)
    parser.add_argument("--members", type=int, default=3000)
    parser.add_argument("--votes", type=int, default=40)
    parser.add_argument("--secret", action="store_true", help="secret votes instead of open ones")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    plant = make.plant("bench", bylaws={"proposal_support_percent": 0, **make_votes.ON_SCREENS})
    make_votes.commission(plant)
    members = people(plant, options.members)
    print(f"{len(members)} members", file=sys.stderr)
    (secret_votes if options.secret else votes)(plant, options.votes)
    print(f"{options.votes} votes", file=sys.stderr)
    options.users.write_text("\n".join(json.dumps(session(member)) for member in members))


if __name__ == "__main__":
    main()
