from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error
from django.utils.translation import gettext as _

from coop.safekeeping.guard import findings_in, readings


class Command(BaseCommand):
    help = "Says whether a vote on screens may open on this server. Exit code 0: it may, 1: something is not safe."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--backup-hours",
            metavar="HOURS",
            type=int,
            default=settings.BACKUP_HOURS,
            help="how old the last backup may be; 0 asks for none (default: COOP_BACKUP_HOURS)",
        )

    def handle(self, *args: Any, backup_hours: int, **options: Any) -> None:
        try:
            found = findings_in(readings(), hours=backup_hours)
        except Error as problem:
            raise CommandError(str(problem)) from problem
        for one in found:
            self.stdout.write(_("%(guard)s is “%(found)s”, and must be “%(wanted)s”.") % one._asdict())
        if settings.UNGUARDED:
            self.stdout.write(
                _("Votes open all the same; the reason given: %(why)s") % {"why": settings.UNGUARDED}
            )
        if found:
            raise SystemExit(1)
        self.stdout.write(_("Votes on screens may open here."))
