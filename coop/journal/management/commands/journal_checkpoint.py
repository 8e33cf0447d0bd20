from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from coop.journal.checkpoints import checkpoint
from coop.journal.models import Chain


class Command(BaseCommand):
    help = "Prints how far each chain has come, as lines of JSON to keep outside."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--coop", metavar="SLUG", help="only this co-operative")
        parser.add_argument("--out", metavar="FILE", type=Path, help="append the lines to this file")

    def handle(self, *args: Any, coop: str | None, out: Path | None, **options: Any) -> None:
        chains = Chain.objects.annotate(read_at=Now()).order_by("label")
        if coop is not None:
            chains = chains.filter(label=coop)
            if not chains.exists():
                raise CommandError(_("There is no co-operative “%(slug)s”.") % {"slug": coop})
        lines = [
            checkpoint(
                chain=chain.label, sequence=chain.head_sequence, hash=chain.head_hash, at=chain.read_at
            ).line()
            for chain in chains
        ]
        if out is None:
            for line in lines:
                self.stdout.write(line)
            return
        try:
            with out.open("a", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in lines)
        except OSError as error:
            raise CommandError(
                _("Cannot write %(file)s: %(why)s") % {"file": out, "why": error.strerror}
            ) from error
