import logging
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.clock import now
from coop.meetings.due import finders

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Does what is due by the clock: closes votes, settles them, draws registers, lets proposals fall."

    def add_arguments(self, parser: CommandParser) -> None:
        how_often = parser.add_mutually_exclusive_group()
        how_often.add_argument(
            "--every", metavar="SECONDS", type=int, help="again and again, with this pause, until stopped"
        )
        how_often.add_argument("--once", action="store_true", help="one round (this is what happens anyway)")

    def handle(self, *args: Any, every: int | None, **options: Any) -> None:
        if every is None:
            broken = self.round()
            if broken:
                raise CommandError(
                    ngettext("%(count)d task failed.", "%(count)d tasks failed.", broken) % {"count": broken}
                )
            return
        if every < 1:
            raise CommandError(_("--every takes a whole number of seconds from 1 on."))
        try:
            while True:
                self.round()
                close_old_connections()
                time.sleep(every)
        except KeyboardInterrupt:
            return

    def round(self) -> int:
        """Everything that is due now. What breaks is told and left for the next round; how many broke."""
        broken = 0
        for find in finders():
            try:
                at = now()
                tasks = list(find(at))
            except Exception:
                log.exception("tick could not look for %s", find.__name__.replace("_", " "))
                broken += 1
                continue
            for task in tasks:
                try:
                    task.act()
                except Exception:
                    log.exception("tick failed at “%s”", task.says)
                    broken += 1
                else:
                    self.stdout.write(task.says)
        return broken
