"""Counts a file of ballots, or the figures of a motion, without any database."""

from __future__ import annotations

import json
import sys
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coop.ballots.ballot_files import BadFile
from coop.ballots.counting import drawn_lot
from coop.ballots.management.told import WAYS, Told, Wish, counted
from coop.ballots.management.told.motions import sides, told_motion
from coop.ballots.management.told.words import said

METHODS = ("yes_no_abstain", *WAYS)
LEAST_STEP = Decimal("0.01")
WRONG = 2  # the exit code: what was asked cannot be counted


class OneLineParser(CommandParser):
    """Says what is wrong in one line; a whole page of usage hides it."""

    def error(self, message: str) -> NoReturn:
        if self.called_from_command_line:
            self.exit(WRONG, f"count: {message}\n")
        raise CommandError(message, returncode=WRONG)


class Command(BaseCommand):
    help = (
        "Counts a .blt, .pb or .csv file, or the figures of a motion. Exit code 2: it cannot be counted so."
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.__class__ = OneLineParser
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", nargs="?", help="the ballots; a motion can do without")
        parser.add_argument("--method", required=True, help=", ".join(METHODS))
        parser.add_argument("--format", default="text", help="text or json")
        parser.add_argument("--seats", metavar="N", help="otherwise those of the file, or one")
        parser.add_argument("--keep", metavar="N", help="schulze: the option that a winner must beat")
        parser.add_argument(
            "--variant", default="skip", help="budget_greedy: skip, stop or threshold=N votes"
        )
        parser.add_argument("--step", default="1", help="equal_shares: by how much the share is raised")
        parser.add_argument("--seed", help="what was drawn in public; lots follow from it")
        for figure in ("for", "against", "abstain", "present", "members"):
            parser.add_argument(f"--{figure}", metavar="N", help="yes_no_abstain: a figure")
        parser.add_argument("--quorum", default="0", help="yes_no_abstain: share of the members, as 1/2")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = _told(options)
        except (BadFile, ValueError) as error:
            raise CommandError(" ".join(str(error).split()), returncode=WRONG) from error
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="replace")  # a terminal that lacks a letter shows a question mark
        if options["format"] == "json":
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(said(told)))


def _told(options: dict[str, Any]) -> Told:
    method, file = options["method"], options["file"]
    if method not in METHODS:
        raise BadFile(f"there is no method {method!r}; there are {', '.join(METHODS)}")
    if options["format"] not in {"text", "json"}:
        raise BadFile("the formats are text and json")
    if method == "yes_no_abstain":
        return _told_motion(options, Path(file) if file else None)
    if not file:
        raise BadFile(f"{method} needs a file")
    wish = _wish(options)
    try:
        return counted(Path(file), method, wish)
    except BadFile as error:
        raise BadFile(f"{file}: {error}") from error


def _told_motion(options: dict[str, Any], file: Path | None) -> Told:
    given = {name: _whole(options, name) for name in ("for", "against", "abstain", "present", "members")}
    if file:
        if any(given[name] is not None for name in ("for", "against", "abstain")):
            raise BadFile(
                "the votes come from the file or from --for, --against and --abstain, not from both"
            )
        votes = sides(file)
    elif given["for"] is None or given["against"] is None:
        raise BadFile("a motion needs --for and --against")
    else:
        votes = (given["for"], given["against"], given["abstain"] or 0)
    try:
        quorum = Fraction(options["quorum"])
    except (ValueError, ZeroDivisionError):
        raise BadFile("--quorum is a share, as 1/2") from None
    return told_motion(*votes, present=given["present"], members=given["members"], quorum=quorum)


def _wish(options: dict[str, Any]) -> Wish:
    variant, sign, least = options["variant"].partition("=")
    if variant not in {"skip", "stop", "threshold"} or (variant == "threshold") != bool(sign):
        raise BadFile("the variants are skip, stop and threshold=N")
    threshold = _number(least, "--variant threshold") if sign else None
    try:
        step = Decimal(options["step"])
    except InvalidOperation:
        raise BadFile("--step is an amount of money") from None
    if not step.is_finite() or step < LEAST_STEP:
        raise BadFile(f"--step is at least {LEAST_STEP}")
    return Wish(
        seats=_whole(options, "seats"),
        lot=drawn_lot(options["seed"]) if options["seed"] is not None else None,
        keep=options["keep"],
        variant="stop" if variant == "stop" else "skip",
        threshold=threshold,
        step=step,
    )


def _whole(options: dict[str, Any], name: str) -> int | None:
    return None if options[name] is None else _number(options[name], f"--{name}")


def _number(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadFile(f"{name} is a whole number and not below zero, not {text!r}")
    return int(text)
