from django.db import migrations

from coop.decisions.frozen import ENDING_GOES_FORWARD, MINORITY_WAS_THERE, STEPS
from coop.journal.append_only import append_only, by_steps, row_trigger, write_once


class Migration(migrations.Migration):
    """What comes after a decision stands in rows of its own; the decision has no column left that changes later."""

    dependencies = [
        ("decisions", "0007_afterwards"),
        ("ballots", "0001_initial"),
        ("journal", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL("DROP TRIGGER by_steps ON decisions_decision", migrations.RunSQL.noop),
        by_steps("decisions_decision", "outcome", steps=STEPS),
        migrations.RunSQL(ENDING_GOES_FORWARD, "DROP FUNCTION decisions_ending_goes_forward()"),
        write_once("decisions_ending", columns=["struck_at", "through_id", "ended_at"]),
        row_trigger(
            "decisions_ending", "goes_forward", "INSERT OR UPDATE", "decisions_ending_goes_forward()"
        ),
        append_only("decisions_review"),
        migrations.RunSQL(MINORITY_WAS_THERE, "DROP FUNCTION decisions_minority_was_there()"),
        append_only("decisions_minoritystatement"),
        row_trigger("decisions_minoritystatement", "was_there", "INSERT", "decisions_minority_was_there()"),
    ]
