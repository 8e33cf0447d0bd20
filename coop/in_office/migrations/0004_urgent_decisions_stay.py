from django.db import migrations

from coop.in_office.frozen import URGENT_STEPS
from coop.journal.append_only import by_steps, never_deleted


class Migration(migrations.Migration):
    """What was decided without waiting stays as it was told; only what the meeting made of it is added, once."""

    dependencies = [("in_office", "0003_urgent_decisions"), ("journal", "0001_initial")]
    operations = [
        never_deleted("in_office_urgentdecision"),
        by_steps("in_office_urgentdecision", "state", steps=URGENT_STEPS, once=["request_id"]),
    ]
