from django.db import migrations

from coop.ballots.frozen.urn import (
    CAST_SEALED,
    ENVELOPE_GOES_IN_AND_OUT,
    FINAL_IS_OF_THE_URN,
    NEEDS_ITS_URN,
    ROLL_BY_ENVELOPE,
    SHAKE,
    URN_IN_ITS_TIME,
)
from coop.ballots.frozen.votes import ROLL_MARKED_ONCE
from coop.journal.append_only import append_only, row_trigger

NOOP = migrations.RunSQL.noop
CALLED = {"ballots_cast_sealed": "bigint, bigint, bytea", "ballots_shake": "bigint"}


def where_there_is(role: str, *statements: str) -> migrations.RunSQL:
    """A bare database may have no such role."""
    body = "; ".join(statements)
    exists = f"EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}')"
    return migrations.RunSQL(f"DO $$ BEGIN IF {exists} THEN {body}; END IF; END $$", NOOP)


def function(sql: str, name: str, arguments: str = "") -> migrations.RunSQL:
    return migrations.RunSQL(sql, f"DROP FUNCTION {name}({arguments})")


class Migration(migrations.Migration):
    """The sealed urn: the application calls two functions and reads no envelope before the urn is shaken."""

    dependencies = [
        ("ballots", "0009_every_way_stays"),
        ("members", "0007_cards_on_paper"),
        ("journal", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(ROLL_MARKED_ONCE, NOOP),
        function(CAST_SEALED, "ballots_cast_sealed", CALLED["ballots_cast_sealed"]),
        function(SHAKE, "ballots_shake", CALLED["ballots_shake"]),
        function(ENVELOPE_GOES_IN_AND_OUT, "ballots_envelope_goes_in_and_out"),
        function(FINAL_IS_OF_THE_URN, "ballots_final_is_of_the_urn"),
        function(ROLL_BY_ENVELOPE, "ballots_roll_by_envelope"),
        function(NEEDS_ITS_URN, "ballots_needs_its_urn"),
        function(URN_IN_ITS_TIME, "ballots_urn_in_its_time"),
        row_trigger(
            "ballots_envelope",
            "in_and_out",
            "INSERT OR UPDATE OR DELETE",
            "ballots_envelope_goes_in_and_out()",
        ),
        migrations.RunSQL(
            [
                "CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ballots_envelope EXECUTE FUNCTION journal_refuse()",
                "ALTER TABLE ballots_envelope ENABLE ALWAYS TRIGGER never_emptied",
            ],
            "DROP TRIGGER never_emptied ON ballots_envelope",
        ),
        append_only("ballots_finalenvelope"),
        row_trigger("ballots_finalenvelope", "of_the_urn", "INSERT", "ballots_final_is_of_the_urn()"),
        row_trigger("ballots_rollentry", "by_envelope", "UPDATE", "ballots_roll_by_envelope()"),
        row_trigger("ballots_ballot", "needs_its_urn", "UPDATE", "ballots_needs_its_urn()"),
        row_trigger("ballots_sealedurn", "each_in_its_time", "UPDATE", "ballots_urn_in_its_time()"),
        *(
            migrations.RunSQL(f"REVOKE ALL ON FUNCTION {name}({arguments}) FROM PUBLIC", NOOP)
            for name, arguments in CALLED.items()
        ),
        where_there_is(
            "coop_app",
            "REVOKE ALL ON ballots_envelope FROM coop_app",
            "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ballots_finalenvelope FROM coop_app",
            *(
                f"GRANT EXECUTE ON FUNCTION {name}({arguments}) TO coop_app"
                for name, arguments in CALLED.items()
            ),
        ),
        where_there_is("coop_reader", "REVOKE ALL ON ballots_envelope FROM coop_reader"),
    ]
