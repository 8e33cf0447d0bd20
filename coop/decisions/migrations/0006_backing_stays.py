from django.db import migrations

from coop.journal.append_only import append_only


class Migration(migrations.Migration):
    """Which decision of a council stands behind an amendment is said once."""

    dependencies = [("decisions", "0005_amendments"), ("journal", "0001_initial")]
    operations = [append_only("decisions_backing")]
