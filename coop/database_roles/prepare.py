"""Roles of the cluster and rights of one database. Everything may run again and again."""

import time
from typing import Any

from django.db import Error, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from coop.database_roles import APPLICATION, MIGRATIONS, OWNER, READER
from coop.database_roles.acting import acting_as_administrator, acting_as_owner

CREATE = {
    OWNER: f"CREATE ROLE {OWNER} NOLOGIN",
    MIGRATIONS: f"CREATE ROLE {MIGRATIONS} LOGIN",
    APPLICATION: f"CREATE ROLE {APPLICATION} LOGIN",
    READER: f"CREATE ROLE {READER} LOGIN",
}
# Taken away again after each migrate: from Django's own table, and from the reader what lets somebody in, and what
# the pages show to few.
WITHHELD = {
    "django_migrations": f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {APPLICATION}",
    "keys_session": f"REVOKE ALL ON keys_session FROM {READER}",
    "keys_onetimecode": f"REVOKE ALL ON keys_onetimecode FROM {READER}",
    "keys_device": f"REVOKE ALL ON keys_device FROM {READER}",
    "keys_kiosk": f"REVOKE ALL ON keys_kiosk FROM {READER}",
    "keys_guesses": f"REVOKE ALL ON keys_guesses FROM {READER}",
    "in_office_question": f"REVOKE ALL ON in_office_question FROM {READER}",  # some of them are personal
    "in_office_answer": f"REVOKE ALL ON in_office_answer FROM {READER}",
    "in_office_attempt": f"REVOKE ALL ON in_office_attempt FROM {READER}",  # charges against a person by name
    "in_office_handedover": f"REVOKE ALL ON in_office_handedover FROM {READER}",  # where keys and passwords lie
    "oversight_appeal": f"REVOKE ALL ON oversight_appeal FROM {READER}",
    "elections_petitionsignature": f"REVOKE ALL ON elections_petitionsignature FROM {READER}",  # hidden from the holder
    "meetings_feed": f"REVOKE ALL ON meetings_feed FROM {READER}",
    "meetings_closedpart": f"REVOKE ALL ON meetings_closedpart FROM {READER}",
    "pay_slip": f"REVOKE ALL ON pay_slip FROM {READER}",  # read by whom they are about, and by nobody else
    "pay_slipsupplement": f"REVOKE ALL ON pay_slipsupplement FROM {READER}",
    "ballots_trustee": f"REVOKE ALL ON ballots_trustee FROM {READER}",
    "ballots_sealedkey": f"REVOKE ALL ON ballots_sealedkey FROM {READER}",
    "members_account": f"REVOKE ALL ON members_account FROM {READER}",
    "members_accesscard": f"REVOKE ALL ON members_accesscard FROM {READER}",
}


class RolesMissing(OperationalError):
    """Says what the administrator of the server has to run."""


def prepare(connection: BaseDatabaseWrapper) -> None:
    """Before the migrations: the roles are there and the database belongs to its owner."""
    if "LOCAL_HOME" in connection.settings_dict:
        make_local_database(connection)
    with acting_as_administrator(connection), connection.cursor() as cursor:
        for _attempt in range(5):
            missing = statements_missing(cursor, connection.settings_dict)
            if not missing:
                break
            try:
                for statement in missing:
                    cursor.execute(statement)
            except Error as refused:
                if getattr(refused.__cause__, "sqlstate", "") == "42501":
                    raise RolesMissing(advice(missing)) from refused
                time.sleep(0.2)  # two test processes at once: the other one was first
        else:
            raise RolesMissing(advice(statements_missing(cursor, connection.settings_dict)))
    with acting_as_owner(connection), connection.cursor() as cursor:
        for statement in rights(connection.settings_dict["NAME"]):
            cursor.execute(statement)


def withhold(connection: BaseDatabaseWrapper) -> None:
    """After the migrations: what the application and the reader must not touch all the same."""
    with acting_as_owner(connection), connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) & set(WITHHELD):
            cursor.execute(WITHHELD[table])


def statements_missing(cursor: CursorWrapper, settings: dict[str, Any]) -> list[str]:
    """What the administrator has yet to run, as SQL that can be copied."""
    cursor.execute(
        "SELECT current_user, current_database(), pg_get_userbyid(datdba), rolname"
        " FROM pg_roles, pg_database WHERE datname = current_database()"
    )
    rows = cursor.fetchall()
    login, database, database_owner = rows[0][:3]
    there = {row[3] for row in rows}
    if login in {APPLICATION, READER}:
        raise RolesMissing(
            f"{login} may not migrate. Name another login, such as {MIGRATIONS}, in DATABASE_OWNER_URL."
        )
    missing = [statement for role, statement in CREATE.items() if role not in there]
    application_login = settings["APPLICATION_LOGIN"] if settings.get("OWNER_LOGIN") else login
    for role, member in [(OWNER, MIGRATIONS), (OWNER, login), (APPLICATION, application_login)]:
        if not is_member(cursor, member, role, there):
            missing.append(f"GRANT {role} TO {quoted(member)}")
    if database_owner != OWNER:
        missing.append(f"ALTER DATABASE {quoted(database)} OWNER TO {OWNER}")
    return missing


def is_member(cursor: CursorWrapper, member: str, role: str, there: set[str]) -> bool:
    if not {role, member} <= there:
        return False
    may = "SET" if cursor.connection.info.server_version >= 160000 else "MEMBER"
    cursor.execute("SELECT pg_has_role(%s, %s, %s)", [member, role, may])
    return bool(cursor.fetchone()[0])


def quoted(name: str) -> str:
    return sql.Identifier(name).as_string(None)


def advice(statements: list[str]) -> str:
    return "This login may not set up the database roles. Ask the server's administrator to run: " + " ".join(
        f"{statement};" for statement in statements
    )


def rights(database: str) -> list[str]:
    name = quoted(database)
    defaults = f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public GRANT"
    return [
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {name} TO {MIGRATIONS}, {APPLICATION}, {READER}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {APPLICATION}, {READER}",
        f"{defaults} SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APPLICATION}",
        f"{defaults} USAGE, SELECT ON SEQUENCES TO {APPLICATION}",
        f"{defaults} SELECT ON TABLES TO {READER}",
    ]


def make_local_database(connection: BaseDatabaseWrapper) -> None:
    """The embedded cluster starts empty; tests name their own database, which is there already."""
    name = connection.settings_dict["NAME"]
    with acting_as_administrator(connection), connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
