from django.db import migrations

from coop.journal.append_only import append_only, never_deleted, only, row_trigger, write_once
from coop.meetings.frozen import (
    ADDED,
    CHANGED_IN_PART,
    FILLED_IN_ONCE,
    ON_A_SITTING,
    SIGNED_BEFORE_SEALED,
    SITTING_IS_LAID_DOWN,
    SITTING_IS_OF,
)


class Migration(migrations.Migration):
    """What happened in the hall, was said to the minutes and was agreed stays as it was written."""

    dependencies = [("meetings", "0009_in_session"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(SITTING_IS_LAID_DOWN, "DROP FUNCTION meetings_sitting_is_laid_down()"),
        migrations.RunSQL(SITTING_IS_OF, "DROP FUNCTION meetings_sitting_is_of()"),
        migrations.RunSQL(SIGNED_BEFORE_SEALED, "DROP FUNCTION meetings_signed_before_sealed()"),
        migrations.RunSQL(
            "DROP TRIGGER meeting_is ON meetings_sitting",
            "CREATE TRIGGER meeting_is BEFORE INSERT ON meetings_sitting FOR EACH ROW"
            " EXECUTE FUNCTION meetings_meeting_is('draft')",
        ),
        row_trigger("meetings_sitting", "laid_down", "INSERT", "meetings_sitting_is_laid_down()"),
        *(append_only(table) for table in ADDED),
        *(write_once(table, columns=columns) for table, columns in FILLED_IN_ONCE.items()),
        *(never_deleted(table) for table in CHANGED_IN_PART),
        *(only(table, columns=columns) for table, columns in CHANGED_IN_PART.items()),
        *(
            row_trigger(table, "sitting_is_of", "INSERT", f"meetings_sitting_is_of({states})")
            for table, states in ON_A_SITTING.items()
        ),
        row_trigger(
            "meetings_offagenda", "meeting_is", "INSERT", "meetings_meeting_is('in_session', 'closed')"
        ),
        row_trigger("meetings_reportback", "meeting_is", "INSERT", "meetings_meeting_is('closed')"),
        row_trigger(
            "meetings_minutessignature", "before_sealed", "INSERT", "meetings_signed_before_sealed()"
        ),
    ]
