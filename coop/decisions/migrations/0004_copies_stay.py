from django.db import migrations

from coop.decisions.frozen import AS_COUNTED, AS_COUNTED_AND_NUMBERED, NUMBER_FREE
from coop.journal.append_only import row_trigger
from coop.members.frozen import kept_by_two, waits_first


class Migration(migrations.Migration):
    """A copied decision is only signed and, once, replaced; one number is given once, from the book or by a vote."""

    dependencies = [("decisions", "0003_carried_over"), ("journal", "0001_initial")]
    operations = [
        waits_first("decisions"),
        *kept_by_two("decisions", "decisions_carrieddecision", once=("replaced_at",)),
        migrations.RunSQL(NUMBER_FREE, "DROP FUNCTION decisions_number_free()"),
        row_trigger(
            "decisions_carrieddecision", "number_free", "INSERT OR UPDATE", "decisions_number_free()"
        ),
        migrations.RunSQL(
            AS_COUNTED_AND_NUMBERED, AS_COUNTED.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
        ),
    ]
