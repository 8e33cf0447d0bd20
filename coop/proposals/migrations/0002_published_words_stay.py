from django.db import migrations

from coop.journal.append_only import append_only, by_steps, never_deleted, row_trigger
from coop.proposals.frozen import CLAUSES_OF_DRAFTS, STEPS, SUPPORT_WHILE_OPEN


class Migration(migrations.Migration):
    """Members sign words; from publication on those words do not move, and no state leads back to the draft."""

    dependencies = [("proposals", "0001_initial"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(CLAUSES_OF_DRAFTS, "DROP FUNCTION proposals_clauses_of_drafts()"),
        migrations.RunSQL(SUPPORT_WHILE_OPEN, "DROP FUNCTION proposals_support_while_open()"),
        append_only("proposals_support"),
        row_trigger("proposals_support", "while_open", "INSERT", "proposals_support_while_open()"),
        never_deleted("proposals_proposal"),
        by_steps("proposals_proposal", "state", steps=STEPS),
        row_trigger(
            "proposals_clause", "of_drafts", "INSERT OR UPDATE OR DELETE", "proposals_clauses_of_drafts()"
        ),
    ]
