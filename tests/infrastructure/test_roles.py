"""What the application may not do, whoever tells it to."""

import psycopg
import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from coop.database_roles.acting import acting_as_owner
from coop.database_roles.prepare import advice, rights


def asked(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def test_tests_connect_as_the_application(db: None) -> None:
    assert asked("SELECT current_user") == "coop_app"


@pytest.mark.parametrize(
    "forbidden",
    [
        "TRUNCATE journal_entry",
        "TRUNCATE keys_session",
        "UPDATE journal_entry SET verb = 'x'",
        "DELETE FROM journal_entry",
        "DROP TABLE journal_entry",
        "ALTER TABLE journal_entry ADD COLUMN more int",
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "CREATE TRIGGER sly AFTER INSERT ON journal_entry EXECUTE FUNCTION tsvector_update_trigger()",
        "SET session_replication_role = replica",
        "CREATE TABLE public.mine ()",
        "CREATE TEMPORARY TABLE mine ()",
        "CREATE SCHEMA mine",
        "DELETE FROM django_migrations",
        "COPY (SELECT 1) TO PROGRAM 'true'",
    ],
)
def test_the_application_is_refused(db: None, forbidden: str) -> None:
    with pytest.raises(ProgrammingError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(forbidden)
    assert refused.value.__cause__.sqlstate == "42501"  # insufficient privilege


def test_a_new_table_gets_its_grants_by_itself(committed_db: str) -> None:
    with acting_as_owner(connection), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench (id int)")
    assert asked("SELECT has_table_privilege('coop_app', 'bench', 'SELECT, INSERT, UPDATE, DELETE')")
    assert asked("SELECT has_table_privilege('coop_reader', 'bench', 'SELECT')")
    assert not asked("SELECT has_table_privilege('coop_reader', 'bench', 'INSERT, UPDATE, DELETE')")
    assert not asked("SELECT has_table_privilege('coop_app', 'bench', 'TRUNCATE, TRIGGER, REFERENCES')")


def test_every_table_belongs_to_the_owner(db: None) -> None:
    assert (
        asked(
            "SELECT array_agg(relname::text) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'v', 'S', 'p') AND pg_get_userbyid(relowner) <> 'coop_owner'"
        )
        is None
    )


def test_the_reader_reads_no_secrets(db: None) -> None:
    """Every column of every table, by its name; only the articles on secret votes sound like a secret and are none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attrelid::regclass || '.' || attname,"
            " has_column_privilege('coop_reader', attrelid, attnum, 'SELECT')"
            " FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
            " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') AND attnum > 0"
            " AND NOT attisdropped AND attname ~ 'passw|secret|token|session_|(^|_)pin(_|$)|salt|pepper'"
            " AND attrelid <> 'charter_bylaws'::regclass"
        )
        found = dict(cursor.fetchall())
    assert {
        "members_account.password",
        "members_accesscard.token_hash",
        "keys_session.session_data",
    } <= set(found)
    assert [name for name, readable in found.items() if readable] == []


@pytest.mark.parametrize(
    "table",
    [
        "in_office_question",
        "in_office_answer",
        "in_office_attempt",
        "in_office_handedover",
        "oversight_appeal",
        "elections_petitionsignature",
        "meetings_closedpart",
        "pay_slip",
    ],
)
def test_the_reader_reads_nothing_that_pages_show_to_few(db: None, table: str) -> None:
    """Personal questions, case files, what was handed over, appeals, who signed a recall, closed parts, slips."""
    assert asked(f"SELECT has_table_privilege('coop_app', '{table}', 'SELECT')")
    assert not asked(f"SELECT has_table_privilege('coop_reader', '{table}', 'SELECT')")


def test_the_reader_reads_the_rest(db: None) -> None:
    assert asked("SELECT has_table_privilege('coop_reader', 'journal_entry', 'SELECT')")
    assert asked("SELECT has_table_privilege('coop_reader', 'members_member', 'SELECT')")


def test_migrate_again_changes_nothing_and_leaves_the_application_connected(committed_db: str) -> None:
    who_may = "SELECT datacl::text FROM pg_database WHERE datname = current_database()"
    before = asked(who_may)
    call_command("migrate", verbosity=0)
    assert asked(who_may) == before
    assert asked("SELECT current_user") == "coop_app"


def test_the_advice_can_be_pasted(administrator: "psycopg.Connection") -> None:
    text = advice(rights(administrator.info.dbname))
    administrator.execute("SET ROLE coop_owner")
    administrator.execute(text.partition("run: ")[2])
