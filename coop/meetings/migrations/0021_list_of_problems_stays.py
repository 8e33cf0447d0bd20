from django.db import migrations

from coop.journal.append_only import row_trigger, write_once
from coop.meetings.frozen import CALLED_LATER


class Migration(migrations.Migration):
    """Which problem a sitting spoke about, and until when, stays as it was written."""

    dependencies = [("meetings", "0020_list_of_problems"), ("journal", "0001_initial")]
    operations = [
        *(write_once(table, columns=columns) for table, columns in CALLED_LATER.items()),
        *(
            row_trigger(table, "sitting_is_of", "INSERT", "meetings_sitting_is_of('in_session')")
            for table in CALLED_LATER
        ),
    ]
