from django.db import migrations

from coop.journal.append_only import by_steps, never_deleted
from coop.oversight.frozen import APPEAL_STEPS


class Migration(migrations.Migration):
    """An appeal is decided once, and its words stay."""

    dependencies = [("oversight", "0005_appeals"), ("journal", "0001_initial")]
    operations = [
        never_deleted("oversight_appeal"),
        by_steps("oversight_appeal", "state", steps=APPEAL_STEPS, once=["owed_id"]),
    ]
