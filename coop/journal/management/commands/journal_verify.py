from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.journal.checkpoints import Checkpoint, Unreadable, read_checkpoints
from coop.journal.models import Chain
from coop.journal.verify import Finding, Kind, verify

SENTENCES = {
    Kind.EDITED: gettext_lazy("entry %(sequence)s was edited: it does not say what its hash was made of"),
    Kind.UNLINKED: gettext_lazy(
        "entry %(sequence)s does not follow the entry before it: one of them was replaced"
    ),
    Kind.DELETED: gettext_lazy("deleted from the middle: entries %(sequence)s to %(last)s"),
    Kind.CUT: gettext_lazy("the tail was cut: entries %(sequence)s to %(last)s are gone"),
    Kind.BEYOND_HEAD: gettext_lazy("entries %(sequence)s to %(last)s stand behind the head of the chain"),
    Kind.HEAD: gettext_lazy("the head of the chain does not name the hash of entry %(sequence)s"),
    Kind.REWRITTEN: gettext_lazy(
        "the chain was rewritten: entry %(sequence)s has another hash than was kept"
    ),
    Kind.CHAIN_MISSING: gettext_lazy("the whole chain is gone"),
}


class Command(BaseCommand):
    help = (
        "Recomputes the journal, compares what it holds the hashes of, and names what was changed."
        " Exit code 0: nothing found, 1: something found."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--coop", metavar="SLUG", help="only this co-operative")
        parser.add_argument(
            "--against", metavar="FILE", type=Path, help="checkpoints kept from journal_checkpoint"
        )

    def handle(self, *args: Any, coop: str | None, against: Path | None, **options: Any) -> None:
        chains = Chain.objects.order_by("label")
        checkpoints = _read(against) if against else []
        if coop is not None:
            chains = chains.filter(label=coop)
            checkpoints = [checkpoint for checkpoint in checkpoints if checkpoint.chain == coop]
            if not chains.exists() and not checkpoints:
                raise CommandError(_("There is no co-operative “%(slug)s”.") % {"slug": coop})
        checked = list(chains)
        findings = verify(checked, checkpoints)
        told = [_sentence(finding) for finding in findings] + _compared(checked)
        for sentence in told:
            self.stdout.write(sentence)
        if told:
            raise SystemExit(1)
        for chain in checked:
            words = _("%(chain)s: %(count)s entries, nothing found") % {
                "chain": chain.label,
                "count": chain.head_sequence,
            }
            self.stdout.write(words)
        if against is None:
            self.stdout.write(_("Without --against FILE a cut tail or a rewritten chain can stay hidden."))


def _compared(chains: list[Chain]) -> list[str]:
    """What stages further down keep beside the hashes that the journal holds (settings.COMPARED_WITH_JOURNAL)."""
    comparisons = [import_string(name) for name in settings.COMPARED_WITH_JOURNAL]
    return [
        f"{chain.label}: {fault}" for chain in chains for compare in comparisons for fault in compare(chain)
    ]


def _sentence(finding: Finding) -> str:
    words = SENTENCES[finding.kind] % {"sequence": finding.sequence, "last": finding.last}
    if finding.checkpoint:
        words = _("%(what)s (checkpoint of %(at)s)") % {"what": words, "at": finding.checkpoint.at}
    return f"{finding.chain}: {words}"


def _read(file: Path) -> list[Checkpoint]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(_("Cannot read %(file)s: %(why)s") % {"file": file, "why": error}) from error
    try:
        checkpoints = read_checkpoints(lines)
    except Unreadable as error:
        raise CommandError(
            _("%(file)s, line %(number)s is not a checkpoint.") % {"file": file, "number": error.number}
        ) from error
    if not checkpoints:
        raise CommandError(_("%(file)s holds no checkpoint.") % {"file": file})
    return checkpoints
