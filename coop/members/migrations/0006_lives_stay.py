from django.db import migrations

from coop.journal.append_only import append_only, by_steps, never_deleted, only, write_once
from coop.members.frozen import APPLICATION_STEPS, DATED_ONCE, MEMBER_MAY_CHANGE, STANDING_ONCE


class Migration(migrations.Migration):
    """What may be written of people later on: birth dates and telephones; that an entry was wrong; appeals."""

    dependencies = [("members", "0005_lives_of_members"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL("DROP TRIGGER only_these ON members_member", migrations.RunSQL.noop),
        only("members_member", columns=MEMBER_MAY_CHANGE),
        *(
            migrations.RunSQL(
                f"DROP TRIGGER written_once ON {table}; DROP TRIGGER never_deleted ON {table};"
                f" DROP TRIGGER never_emptied ON {table}",
                migrations.RunSQL.noop,
            )
            for table in ("members_standing", "members_posting")
        ),
        write_once("members_standing", columns=STANDING_ONCE),
        write_once("members_posting", columns=DATED_ONCE),
        append_only("members_correction"),
        append_only("members_workedhours"),
        never_deleted("members_application"),
        by_steps("members_application", "state", steps=APPLICATION_STEPS),
    ]
