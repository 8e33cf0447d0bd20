from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error
from django.utils.translation import gettext as _

from coop.database_roles.prepare import RolesMissing
from coop.journal.checkpoints import Checkpoint, Unreadable, read_checkpoints
from coop.safekeeping.backups import AlreadyThere, restore, scratch_database
from coop.safekeeping.machine import note, rehearsal_note
from coop.safekeeping.manifest import CHECKPOINTS, Manifest, NoBackup, differences, read
from coop.safekeeping.programs import ProgramFailed


class Command(BaseCommand):
    help = (
        "Makes a database of a backup again: an empty one is filled, and its rows, triggers and journal are"
        " compared with what was kept. Exit code 0: all is as it was, 1: it is not."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="PATH", type=Path, help="a folder that `backup` wrote")
        parser.add_argument(
            "--rehearse", action="store_true", help="into a database of its own, which is dropped afterwards"
        )
        parser.add_argument(
            "--against", metavar="FILE", type=Path, help="checkpoints kept outside, from journal_checkpoint"
        )
        parser.add_argument(
            "--older",
            action="store_true",
            help="restore it although a checkpoint shows that it is not the last",
        )

    def handle(
        self, *args: Any, folder: Path, rehearse: bool, against: Path | None, older: bool, **options: Any
    ) -> None:
        try:
            made = read(folder)
            if against:
                self.compare(_checkpoints(folder / CHECKPOINTS), _checkpoints(against), older)
            with scratch_database() if rehearse else nullcontext():
                self.fill(folder, made, against)
            note(rehearsal_note())
        except (NoBackup, AlreadyThere, ProgramFailed, RolesMissing, OSError, Error) as problem:
            raise CommandError(str(problem)) from problem

    def compare(self, kept: list[Checkpoint], outside: list[Checkpoint], older: bool) -> None:
        """A backup that ends before a checkpoint somebody else holds is not the present (a case of its own: an old
        backup, put in the place of the database, verifies in itself)."""
        ends = {one.chain: one.sequence for one in kept}
        late = [one for one in outside if one.sequence > ends.get(one.chain, -1)]
        for one in late:
            words = _(
                "%(chain)s: this backup ends at entry %(end)s, the checkpoint of %(at)s stands at %(there)s."
            ) % {
                "chain": one.chain,
                "end": ends.get(one.chain, 0),
                "at": one.at,
                "there": one.sequence,
            }
            self.stdout.write(words)
        if late and not older:
            raise CommandError(
                _("This is an older backup. Look for a newer one, or say --older and lose the rest.")
            )

    def fill(self, folder: Path, made: Manifest, against: Path | None) -> None:
        told = differences(made.contents, restore(folder, made))
        for line in told:
            self.stdout.write(line)
        for file in filter(None, [folder / CHECKPOINTS, against]):
            if _checkpoints(file):
                call_command("journal_verify", against=file, stdout=self.stdout)
        if told:
            raise SystemExit(1)
        words = _(
            "Restored from %(at)s: %(rows)s rows in %(tables)s tables, %(triggers)s triggers stand."
        ) % {
            "at": made.made_at,
            "rows": sum(made.contents.rows.values()),
            "tables": len(made.contents.rows),
            "triggers": made.contents.triggers,
        }
        self.stdout.write(words)


def _checkpoints(file: Path) -> list[Checkpoint]:
    try:
        return read_checkpoints(file.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(_("Cannot read %(file)s: %(why)s") % {"file": file, "why": error}) from error
    except Unreadable as error:
        raise CommandError(
            _("%(file)s, line %(number)s is not a checkpoint.") % {"file": file, "number": error.number}
        ) from error
