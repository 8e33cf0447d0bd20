from django.db import migrations

from coop.journal.append_only import append_only, by_steps, never_deleted, row_trigger, write_once
from coop.proposals.frozen import AMENDMENT_IS_OF, AMENDMENT_STEPS, AMENDMENT_SUPPORT, CHANGES_OF_NEW


class Migration(migrations.Migration):
    """What somebody wants changed stays as it was written, and it only goes forward."""

    dependencies = [("proposals", "0003_amendments"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(AMENDMENT_IS_OF, "DROP FUNCTION proposals_amendment_is_of()"),
        migrations.RunSQL(CHANGES_OF_NEW, "DROP FUNCTION proposals_changes_of_new()"),
        migrations.RunSQL(AMENDMENT_SUPPORT, "DROP FUNCTION proposals_amendment_support()"),
        never_deleted("proposals_amendment"),
        by_steps("proposals_amendment", "state", steps=AMENDMENT_STEPS),
        row_trigger("proposals_amendment", "is_of", "INSERT", "proposals_amendment_is_of()"),
        append_only("proposals_amendmentchange"),
        row_trigger("proposals_amendmentchange", "of_new", "INSERT", "proposals_changes_of_new()"),
        append_only("proposals_amendmentsupport"),
        row_trigger("proposals_amendmentsupport", "while_open", "INSERT", "proposals_amendment_support()"),
        write_once("proposals_partof", columns=["agreed_by_id", "agreed_at"]),
        append_only("proposals_declaredcontrary"),
        append_only("proposals_ordermove"),
    ]
