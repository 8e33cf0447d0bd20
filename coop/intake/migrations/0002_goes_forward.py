from django.db import migrations

from coop.intake.frozen import INTAKE_STEPS, ONLY_UNCONFIRMED_GO, ROW_STEPS
from coop.journal.append_only import by_steps, row_trigger


class Migration(migrations.Migration):
    """An intake goes forward; what nobody confirmed may be thrown away, everything else stays."""

    dependencies = [("intake", "0001_initial"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(ONLY_UNCONFIRMED_GO, "DROP FUNCTION intake_only_unconfirmed_go()"),
        by_steps("intake_intake", "state", steps=INTAKE_STEPS),
        by_steps("intake_intakerow", "state", steps=ROW_STEPS),
        *(
            row_trigger(table, "only_unconfirmed_go", "DELETE", "intake_only_unconfirmed_go()")
            for table in ("intake_intake", "intake_intakerow")
        ),
    ]
