from django.db import migrations

from coop.journal.append_only import append_only, by_steps, never_deleted, row_trigger
from coop.oversight.frozen import FINDING_STEPS, SAID_WHILE_IT_RUNS


class Migration(migrations.Migration):
    """A finding goes forward only; what was said to it stays, and nothing is said once it is closed."""

    dependencies = [("oversight", "0001_findings"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(SAID_WHILE_IT_RUNS, "DROP FUNCTION oversight_said_while_it_runs()"),
        never_deleted("oversight_finding"),
        by_steps("oversight_finding", "state", steps=FINDING_STEPS, once=["owed_id"]),
        append_only("oversight_findingword"),
        row_trigger("oversight_findingword", "while_it_runs", "INSERT", "oversight_said_while_it_runs()"),
    ]
