"""Recounts a published file of a vote, without any database."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coop.ballots.acta.recounting import faults_in, not_recounted

UNREADABLE = 2


class Command(BaseCommand):
    help = (
        "Recounts the public file of a vote. Exit code 1: it does not bear itself out; 2: it cannot be read."
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="BUNDLE", help="as the page of the counting minutes gives it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = Path(options["file"]).read_bytes()
            bundle = json.loads(content)
        except (OSError, ValueError) as error:
            raise CommandError(f"the file cannot be read: {error}", returncode=UNREADABLE) from error
        if not isinstance(bundle, dict):
            raise CommandError("the file cannot be read: it holds no vote", returncode=UNREADABLE)
        self.stdout.write(f"fingerprint of the file (SHA-256): {hashlib.sha256(content).hexdigest()}")
        faults = faults_in(bundle)
        if faults:
            raise CommandError("\n".join(f"WRONG: {fault}" for fault in faults), returncode=1)
        for question in bundle["questions"]:
            without = question["number"] in not_recounted(bundle)
            how = "its papers are not told; sums and stages checked" if without else "counted again"
            self.stdout.write(f"question {question['number']}: {how}, {question['outcome']}")
        self.stdout.write("The file bears itself out.")
