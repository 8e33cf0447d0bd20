from django.db import migrations

from coop.decisions.frozen import AS_COUNTED, STEPS
from coop.journal.append_only import by_steps, never_deleted, row_trigger


class Migration(migrations.Migration):
    """A decision is settled by its count alone; then it is superseded by another, never edited."""

    dependencies = [("decisions", "0001_initial"), ("ballots", "0001_initial"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(AS_COUNTED, "DROP FUNCTION decisions_as_counted()"),
        never_deleted("decisions_decision"),
        by_steps("decisions_decision", "outcome", steps=STEPS, once=["supersedes_id"]),
        row_trigger("decisions_decision", "as_counted", "UPDATE", "decisions_as_counted()"),
    ]
