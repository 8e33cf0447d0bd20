from django.db import migrations

from coop.journal.append_only import append_only


class Migration(migrations.Migration):
    """What was read by the power to audit stays written down."""

    dependencies = [("oversight", "0003_readings"), ("journal", "0001_initial")]
    operations = [append_only("oversight_reading")]
