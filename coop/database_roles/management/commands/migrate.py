"""Django's migrate, run as the owner of the tables; the roles and rights are made before."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections

from coop.database_roles.acting import acting_as_owner
from coop.database_roles.prepare import RolesMissing, prepare, withhold


class Command(migrate.Command):
    def execute(self, *args: Any, **options: Any) -> str | None:
        connection = connections[options["database"]]
        try:
            prepare(connection)
        except RolesMissing as missing:
            raise CommandError(str(missing)) from missing
        with acting_as_owner(connection):
            said: str | None = super().execute(*args, **options)  # its checks already ask the database
        withhold(connection)
        return said
