"""Django's migrate, run as the owner of the tables; the roles and rights are made before."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from coop.database_roles.acting import acting_as_owner
from coop.database_roles.prepare import prepare, withhold


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        prepare(connection)
        with acting_as_owner(connection):
            super().handle(*args, **options)
        withhold(connection)
