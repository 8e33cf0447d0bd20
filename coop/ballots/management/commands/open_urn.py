import getpass
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from coop.ballots.acta.gathering import Gathered
from coop.ballots.acta.outcomes import Counted, TieForChair
from coop.ballots.counting import LotNeeded
from coop.ballots.sealed import file as urn_file
from coop.ballots.sealed import trustees


class Command(BaseCommand):
    help = (
        "Opens and counts the file of a closed urn with the codes of its trustees, without a database, by the same "
        "functions as the page. Prints totals and root, never a single paper. Exit code 2: it cannot be opened."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="as saved from the page of the urn")
        parser.add_argument(
            "--code",
            metavar="PLACE=FILE",
            action="append",
            default=[],
            help="reads the code of a trustee from a file; otherwise codes are asked for, unseen",
        )
        parser.add_argument(
            "--lot", metavar="SEED", default="", help="the lot that was drawn after the file was saved"
        )
        parser.add_argument("--chair", choices=["for", "against"], default="", help="what the chair decided")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    @sensitive_variables()
    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        urn = _read(file)
        codes = _from_files(urn, options["code"]) if options["code"] else _asked_for(urn)
        try:
            found = urn_file.opened(urn, urn_file.key_of(urn, codes))
            results = urn_file.counted(urn, found, lot=options["lot"], chair=options["chair"])
        except trustees.CodesDoNotOpen:
            raise CommandError(_("These codes do not open it."), returncode=2) from None
        except LotNeeded as tie:
            raise CommandError(
                _("A tie between %(tied)s waits for a lot; draw it and say --lot SEED.")
                % {"tied": ", ".join(tie.tied)},
                returncode=2,
            ) from None
        except TieForChair:
            raise CommandError(
                _("A tie waits for the chair; say --chair for or --chair against."), returncode=2
            ) from None
        told = {
            "root": urn.root,
            "envelopes": len(urn.bodies),
            "unreadable": found.unreadable,
            "questions": [_told(*one) for one in results],
        }
        if options["format"] == "json":
            self.stdout.write(json.dumps(told, indent=1, ensure_ascii=False, default=str))
        else:
            self.stdout.write(_as_text(urn, told))


def _read(file: Path) -> urn_file.Urn:
    try:
        return urn_file.read(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(
            _("%(file)s: %(why)s") % {"file": file, "why": str(error).splitlines()[0]}, returncode=2
        ) from None


@sensitive_variables()
def _from_files(urn: urn_file.Urn, named: list[str]) -> dict[int, str]:
    codes = {}
    for one in named:
        place, _sign, path = one.partition("=")
        if not (place.isascii() and place.isdigit()) or int(place) not in urn.keepers:
            raise CommandError(
                _("--code wants PLACE=FILE, with a place of this urn, and not “%(said)s”.") % {"said": place},
                returncode=2,
            )
        try:
            typed = Path(path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(
                _("Cannot read %(file)s: %(why)s") % {"file": path, "why": error}, returncode=2
            ) from None
        codes[int(place)] = _meant(typed, urn.keepers[int(place)][0])
    return codes


@sensitive_variables()
def _asked_for(urn: urn_file.Urn) -> dict[int, str]:
    """One after another, not shown; an empty line for who is not there. Enough are enough."""
    codes: dict[int, str] = {}
    for place, (name, _salt) in sorted(urn.keepers.items()):
        if len(codes) == urn.need:
            break
        asked = _("Code of %(name)s (Enter: not here): ") % {"name": name}
        typed = getpass.getpass(asked) if sys.stdin.isatty() else sys.stdin.readline()
        if typed.strip():
            codes[place] = _meant(typed, name)
    return codes


@sensitive_variables()
def _meant(typed: str, name: str) -> str:
    code = trustees.read_code(typed)
    if code is None:
        raise CommandError(
            _("The code of %(name)s was not typed whole: its last sign does not fit the others.")
            % {"name": name},
            returncode=2,
        )
    return code


def _told(asked: urn_file.Asked, given: Gathered, counted: Counted) -> dict[str, Any]:
    return {
        "number": asked.paper.number,
        "wording": asked.wording,
        "labels": dict(asked.labels),
        "outcome": counted.outcome,
        "voted": given.all_cast,
        "blank": given.blank,
        "spoiled": given.spoiled,
        "totals": given.totals if given.additive else None,
        "result": dict(counted.result),
    }


def _as_text(urn: urn_file.Urn, told: Mapping[str, Any]) -> str:
    lines = [
        f"{urn.house}: {urn.title}",
        _("Root: %(root)s") % told,
        _("Envelopes: %(envelopes)s, unreadable: %(unreadable)s") % told,
    ]
    for one in told["questions"]:
        lines += ["", f"{one['number']}. {one['wording']}"]
        lines.append(_("Voted: %(voted)s, blank: %(blank)s, spoiled: %(spoiled)s") % one)
        for code, votes in (one["totals"] or {}).items():
            lines.append(f"   {one['labels'].get(code, code)}: {votes}")
        found = one["result"]
        elected = found.get("elected") or found.get("selected") or found.get("winners") or []
        elected = elected or [code for code in [found.get("winner")] if code]
        lines.append(_("Outcome: %(outcome)s") % one)
        lines += [f"   {one['labels'].get(code, code)}" for code in elected]
    return "\n".join(lines)
