import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils.translation import gettext as _

from coop.clock import now
from coop.demo.aside import InUse, LoadingElsewhere, plant_at_once
from coop.demo.personas import PINS, PLANT
from coop.demo.plant import planted
from coop.members.models import Mandate, Member


class Command(BaseCommand):
    help = "Plants Lucerna, an invented aluminium works of 320 members, with an assembly that votes today."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--short", action="store_true", help="leave out the assemblies and councils of the year so far"
        )
        parser.add_argument("--personas", action="store_true", help="print who you may be, with their PINs")

    def handle(self, *args: Any, personas: bool, short: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                _("The PINs of the demonstration are no secret: it is planted only where COOP_DEMO=1 is set.")
            )
        if personas:
            self.personas()
            return
        if planted():
            self.stdout.write(_("The demonstration plant “%(slug)s” is there already.") % {"slug": PLANT})
            return
        started = time.monotonic()
        try:
            plant_at_once(now=now(), say=self.say, year=not short)
        except LoadingElsewhere:
            raise CommandError(_("Another program is planting the demonstration just now.")) from None
        except InUse:
            raise CommandError(
                _("Another program uses the database. Stop it first; the demonstration is planted before.")
            ) from None
        took = {"seconds": f"{time.monotonic() - started:.0f}"}
        self.stdout.write(_("The demonstration plant is there (%(seconds)s seconds).") % took)

    def say(self, words: str) -> None:
        self.stdout.write(f"  {words} ...")
        self.stdout.flush()

    def personas(self) -> None:
        cooperative = planted()
        if cooperative is None:
            raise CommandError(_("The demonstration plant is not there yet: manage.py demo"))
        members = {
            member.number: member
            for member in Member.objects.filter(cooperative=cooperative, number__in=PINS)
        }
        rows = [(_("Name"), _("Number"), _("Office"), _("PIN"))]
        rows += [
            (member.name, str(number), self.office(member), PINS[number])
            for number, member in sorted(members.items())
        ]
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        for name, number, office, pin in rows:
            line = f"  {name:{widths[0]}}  {number:>{widths[1]}}  {office:{widths[2]}}  {pin:>{widths[3]}}"
            self.stdout.write(line)

    def office(self, member: Member) -> str:
        """The office with powers, where there is one; else what seat they hold, else that they are a member."""
        held = Mandate.objects.filter(Q(Mandate.in_force(now())), member=member, seat__alternate=False)
        offices = [mandate.seat.office for mandate in held.select_related("seat__office__body")]
        strong = [office for office in offices if office.powers.exists()] or offices
        strong = [office for office in strong if office.title != "member"] or strong
        told = [f"{office.title}, {office.body.name}" for office in strong]
        return "; ".join(told) or _("member")
