"""Committed copies of the test database, for tests that commit: threads and other programs see them.

A copy takes as long as a few tests. So it is emptied and handed to the next test, when nothing but rows has changed:
one in which somebody touched a table, a trigger, a function or a right is dropped.
"""

from __future__ import annotations

import json
from typing import Any

import psycopg
from psycopg import sql

# Everything of the schema, its rights and the state of every trigger; also what is set for databases and roles.
SCHEMA = """
SELECT md5(string_agg(line, ' ' ORDER BY line)) FROM (
    SELECT t::text AS line FROM pg_trigger t
    UNION ALL SELECT c::text FROM pg_constraint c
    UNION ALL SELECT p::text FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT a::text FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', oid, relname, relacl, relowner, relkind, relrowsecurity) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', oid, nspname, nspacl) FROM pg_namespace WHERE nspname !~ '^pg_'
    UNION ALL SELECT s::text FROM pg_db_role_setting s
) AS everything
"""
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
TRIGGERS = """
SELECT jsonb_agg(jsonb_build_object('place', relname, 'name', tgname, 'state', tgenabled))
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal
"""
EMPTY = """
DO $$
DECLARE
    place text;
    held record;
BEGIN
    FOREACH place IN ARRAY {tables}::text[] LOOP
        EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', place);
        EXECUTE format('DELETE FROM %I', place);
    END LOOP;
    FOR held IN SELECT * FROM jsonb_to_recordset({triggers}::jsonb) AS t(place text, name text, state text) LOOP
        CONTINUE WHEN held.place <> ALL ({tables}::text[]);
        EXECUTE format('ALTER TABLE %I ENABLE %s TRIGGER %I', held.place,
            CASE held.state WHEN 'A' THEN 'ALWAYS' ELSE '' END, held.name);
    END LOOP;
END $$
"""


class Copy:
    """What a new copy looks like, and whether it can be made so again."""

    def __init__(self, inside: psycopg.Connection[Any]) -> None:
        self.schema = _one(inside, SCHEMA)
        self.triggers = _one(inside, TRIGGERS)
        self.filled = _filled(inside)  # by the migrations

    def emptied(self, inside: psycopg.Connection[Any]) -> bool:
        """Whether it is again as it was new. `inside`: the administrator, connected to the copy."""
        inside.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        if _one(inside, SCHEMA) != self.schema or not self.filled.items() <= _filled(inside).items():
            return False
        written = sorted(_filled(inside).keys() - self.filled.keys())
        if written:
            inside.execute("SET session_replication_role = replica")  # no foreign key is asked
            inside.execute(
                sql.SQL(EMPTY).format(
                    tables=sql.Literal(written), triggers=sql.Literal(json.dumps(self.triggers))
                )
            )
        return bool(_one(inside, SCHEMA) == self.schema and _filled(inside) == self.filled)


def _one(inside: psycopg.Connection[Any], question: str) -> Any:
    row = inside.execute(question).fetchone()
    assert row is not None
    return row[0]


def _filled(inside: psycopg.Connection[Any]) -> dict[str, int]:
    """How many rows each table holds that holds any."""
    tables = [name for (name,) in inside.execute(TABLES)]
    count = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {}, count(*) FROM {}").format(sql.Literal(name), sql.Identifier(name))
        for name in tables
    )
    return {name: many for name, many in inside.execute(count) if many}
