"""Migration operations that make PostgreSQL itself refuse changes to a table.

    operations = [migrations.CreateModel(...), append_only("ballots_tally")]

A migration that uses them depends on ("journal", "0001_initial"), which holds the trigger functions. Triggers
are ENABLE ALWAYS, so `session_replication_role` does not pass them. What no row of a table ever allows
(`append_only`, `write_once`, `never_deleted`) is no right of the application's role either; what depends on the
row (`only`, `by_steps`, `row_trigger`) the triggers alone refuse. Only the owner of the table can still switch
a trigger off; `journal_verify` is for that day.
"""

import json
import re
from collections.abc import Mapping, Sequence

from django.db.migrations import RunSQL

APPLICATION = "coop_app"


def append_only(table: str) -> RunSQL:
    """Rows may be inserted; never changed, deleted or truncated."""
    return RunSQL(
        [
            *_row_trigger(table, "never_changed", "UPDATE OR DELETE", "journal_refuse()"),
            *_truncate_trigger(table),
            _application(f"REVOKE UPDATE, DELETE, TRUNCATE ON {_name(table)} FROM {APPLICATION}"),
        ],
        reverse_sql=[
            *_dropped(table, "never_changed", "never_emptied"),
            _application(f"GRANT UPDATE, DELETE ON {_name(table)} TO {APPLICATION}"),
        ],
    )


def write_once(table: str, *, columns: Sequence[str]) -> RunSQL:
    """Rows may be inserted; each of the named columns may go from NULL to a value, once."""
    if not columns:
        raise ValueError("without columns this is append_only")
    names = ", ".join(_name(column) for column in columns)
    arguments = ", ".join(f"'{_name(column)}'" for column in columns)
    return RunSQL(
        [
            *_row_trigger(table, "written_once", "UPDATE", f"journal_write_once({arguments})"),
            *_row_trigger(table, "never_deleted", "DELETE", "journal_refuse()"),
            *_truncate_trigger(table),
            _application(
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {_name(table)} FROM {APPLICATION}",
                f"GRANT UPDATE ({names}) ON {_name(table)} TO {APPLICATION}",
            ),
        ],
        reverse_sql=[
            *_dropped(table, "written_once", "never_deleted", "never_emptied"),
            _application(f"GRANT UPDATE, DELETE ON {_name(table)} TO {APPLICATION}"),
        ],
    )


def never_deleted(table: str) -> RunSQL:
    """Rows may be inserted and changed, never deleted or truncated."""
    return RunSQL(
        [
            *_row_trigger(table, "never_deleted", "DELETE", "journal_refuse()"),
            *_truncate_trigger(table),
            _application(f"REVOKE DELETE, TRUNCATE ON {_name(table)} FROM {APPLICATION}"),
        ],
        reverse_sql=[
            *_dropped(table, "never_deleted", "never_emptied"),
            _application(f"GRANT DELETE ON {_name(table)} TO {APPLICATION}"),
        ],
    )


def only(table: str, *, columns: Sequence[str]) -> RunSQL:
    """Of a row nothing but these columns ever changes; a new column stays until somebody names it here."""
    arguments = ", ".join(f"'{_name(column)}'" for column in columns)
    return row_trigger(table, "only_these", "UPDATE", f"journal_only({arguments})")


def by_steps(
    table: str, column: str, *, steps: Mapping[str, Sequence[str]], once: Sequence[str] = ()
) -> RunSQL:
    """Rows begin where a step ">here" leads, and go from `column` to `column` as the steps say, never otherwise.

    Each step names the other columns it may change, "open>open" too: without such a step an open row stays as it is.
    Columns in `once` keep the first value whatever the step.
    """
    for step, columns in steps.items():
        before, _, after = step.partition(">")
        for name in [*filter(None, [before]), after, *columns]:
            _name(name)
    arguments = [_name(column), json.dumps({step: list(names) for step, names in steps.items()})]
    arguments += [_name(name) for name in once]
    quoted = ", ".join(f"'{argument}'" for argument in arguments)
    return row_trigger(table, "by_steps", "INSERT OR UPDATE", f"journal_steps({quoted})")


def row_trigger(table: str, name: str, events: str, function: str) -> RunSQL:
    """One more trigger before each row, enabled always, for a rule of its own."""
    return RunSQL(_row_trigger(table, name, events, function), reverse_sql=_dropped(table, name))


def _name(identifier: str) -> str:
    if not re.fullmatch("[a-z][a-z0-9_]*", identifier):
        raise ValueError(f"not a plain name of a table or column: {identifier!r}")
    return identifier


def _row_trigger(table: str, name: str, events: str, function: str) -> tuple[str, ...]:
    table = _name(table)
    return (
        f"CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
    )


def _truncate_trigger(table: str) -> tuple[str, ...]:
    table = _name(table)
    return (
        f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION journal_refuse()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER never_emptied",
    )


def _dropped(table: str, *triggers: str) -> tuple[str, ...]:
    return tuple(f"DROP TRIGGER {trigger} ON {_name(table)}" for trigger in triggers)


def _application(*statements: str) -> str:
    """The statements, where the application's role exists (a bare test database may have none)."""
    body = "; ".join(statements)
    exists = f"EXISTS (SELECT FROM pg_roles WHERE rolname = '{APPLICATION}')"
    return f"DO $$ BEGIN IF {exists} THEN {body}; END IF; END $$"
