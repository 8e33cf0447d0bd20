import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from coop.ballots.sealed import trustees

CLEAR = "\033[2J\033[H\033[3J"


class Command(BaseCommand):
    help = (
        "Makes the key of a sealed urn, away from the server and without a database: shows each trustee a code, one "
        "after another, and writes FILE, which is public and is taken over on the page of the key. Nothing else stays."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="where to write what is public")
        parser.add_argument(
            "--trustees",
            type=int,
            choices=sorted(trustees.NEED),
            default=3,
            help="any 2 of 3 open, or 3 of 5",
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if file.exists():
            raise CommandError(
                _("%(file)s is there already; a ceremony overwrites nothing.") % {"file": file}
            )
        codes, public = trustees.ceremony(options["trustees"])
        try:
            file.write_text(trustees.written(public), encoding="utf-8")
        except OSError as error:
            raise CommandError(_("Cannot write %(file)s: %(why)s") % {"file": file, "why": error}) from error
        alone = sys.stdin.isatty() and sys.stdout.isatty()
        for place, code in codes.items():
            if alone:
                input(CLEAR + _("Only trustee %(place)s looks now. Enter shows the code.") % {"place": place})
            words = _("Trustee %(place)s: %(code)s") % {"place": place, "code": trustees.in_groups(code)}
            self.stdout.write(words)
            if alone:
                input(_("Written down and read back? Enter wipes it away."))
                self.stdout.write(CLEAR)
        self.stdout.write(_("What is public stands in %(file)s.") % {"file": file})
