from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.clock import now
from coop.members.actions.cards import DAYS_VALID
from coop.members.founding.act import Act, FaultyAct
from coop.members.founding.file import read_act
from coop.members.founding.found import check as judge
from coop.members.founding.found import found, plain
from coop.refusals import Refused


class EachOnce(yaml.SafeLoader):
    """YAML takes the last of two equal fields without a word; an act is not to be read that way."""


def _each_once(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    fields: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise yaml.constructor.ConstructorError(None, None, "a field must be a word", key_node.start_mark)
        if key in fields:
            raise yaml.constructor.ConstructorError(
                None, None, f"the field “{key}” is given twice", key_node.start_mark
            )
        fields[key] = loader.construct_object(value_node, deep=True)
    return fields


EachOnce.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _each_once)


class Command(BaseCommand):
    help = "Founds a co-operative from its founding act (see docs/founding-act.example.yaml)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", metavar="ACT.yaml", type=Path)
        parser.add_argument("--check", action="store_true", help="only judge the act; nothing is founded")

    def handle(self, *args: Any, act: Path, check: bool, **options: Any) -> None:
        at = now()
        try:
            plan = read_act(self.read(act))
            if check:
                judge(act=plan, at=at)
                self.stdout.write(self.counted(plan))
                self.stdout.write(_("In order; nothing was founded."))
                return
            founded = found(act=plan, at=at)
        except (FaultyAct, Refused) as faulty:
            lines = (
                faulty.lines
                if isinstance(faulty, FaultyAct)
                else [plain(str(reason)) for reason in faulty.reasons]
            )
            head = ngettext(
                "Nothing was founded; %(count)d thing in %(file)s is not in order:",
                "Nothing was founded; %(count)d things in %(file)s are not in order:",
                len(lines),
            ) % {"count": len(lines), "file": act}
            raise CommandError("\n  ".join([head, *lines])) from None
        self.stdout.write(self.counted(plan))
        self.stdout.write(
            _(
                "%(name)s is founded. Hand each of these three their card, in person; it works once, for %(days)d days:"
            )
            % {"name": founded.cooperative.short_name, "days": DAYS_VALID}
        )
        for card in founded.cards:
            address = settings.ORIGIN + reverse("enrol", args=[founded.cooperative.slug, card.token])
            self.stdout.write(f"  {card.office}: {card.member.number} {card.member.name}\n    {address}")

    def read(self, path: Path) -> object:
        try:
            return yaml.load(path.read_text(encoding="utf-8"), Loader=EachOnce)  # noqa: S506 - a SafeLoader
        except OSError as error:
            raise CommandError(
                _("Cannot read %(file)s: %(why)s") % {"file": path, "why": error.strerror}
            ) from None
        except UnicodeDecodeError:
            words = _("%(file)s is not UTF-8. Save it again as UTF-8; accents are lost otherwise.")
            raise CommandError(words % {"file": path}) from None
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            why = " ".join(str(error).split())
            raise CommandError(_("%(file)s is not YAML: %(why)s") % {"file": path, "why": why}) from None

    def counted(self, plan: Act) -> str:
        offices = sum(len(body.offices) for body in plan.bodies)
        counts = {"members": len(plan.people), "bodies": len(plan.bodies), "offices": offices}
        return _("The act names: %(members)d members, %(bodies)d bodies, %(offices)d offices.") % counts
