from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error
from django.utils.translation import gettext as _

from coop.safekeeping import guard
from coop.safekeeping.guard import Readings
from coop.safekeeping.standby import Standby, standbys


class Command(BaseCommand):
    help = (
        "Says whether a vote on screens may open on this server, and what else its operator should know."
        " Exit code 0: it may, 1: something is not safe."
    )

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
            read = guard.readings()
            followed = standbys() if read.waits_for or read.follow else []
        except Error as problem:
            raise CommandError(str(problem)) from problem
        found = guard.findings_in(read, hours=backup_hours)
        for one in found:
            self.stdout.write(_("%(guard)s is “%(found)s”, and must be “%(wanted)s”.") % one._asdict())
        for line in told(read, followed):
            self.stdout.write(line)
        if settings.UNGUARDED:
            self.stdout.write(
                _("Votes open all the same; the reason given: %(why)s") % {"why": settings.UNGUARDED}
            )
        if found:
            raise SystemExit(1)
        self.stdout.write(_("Votes on screens may open here."))


def told(read: Readings, followed: list[Standby]) -> Iterator[str]:
    """What holds no vote back by itself."""
    if read.free is None:
        yield _("The disk of the database is not seen from here: look at it there.")
    else:
        yield _("Free on the disk of the database: %(share)s") % {"share": f"{read.free:.0%}"}
    if read.rehearsed is None:
        yield _("No backup has been restored for a try yet.")
    else:
        yield _("Hours since a backup was last restored: %(hours)s") % {"hours": f"{read.rehearsed:.0f}"}
    for one in followed:
        if one.state is None:
            yield _("A standby follows; how far, only a login in pg_read_all_stats may see.")
        else:
            yield _("Standby %(name)s: %(state)s, %(sync_state)s, %(behind)s bytes behind") % one._asdict()
