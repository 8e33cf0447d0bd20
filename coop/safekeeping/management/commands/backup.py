from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error
from django.utils.translation import gettext as _

from coop.safekeeping.backups import AlreadyThere, back_up
from coop.safekeeping.programs import ProgramFailed


class Command(BaseCommand):
    help = (
        "Copies the whole database into a new folder that only its owner reads, with hash, counts and checkpoints."
        " Without sessions, the pepper and the secrets of urns."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="PATH", type=Path, help="a folder that is not there yet")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            made = back_up(folder.absolute())
        except (AlreadyThere, ProgramFailed, OSError, Error) as problem:
            raise CommandError(str(problem)) from problem
        words = _("%(folder)s: %(tables)s tables, %(rows)s rows, %(bytes)s bytes") % {
            "folder": folder,
            "tables": len(made.contents.rows),
            "rows": sum(made.contents.rows.values()),
            "bytes": made.bytes,
        }
        self.stdout.write(words)
