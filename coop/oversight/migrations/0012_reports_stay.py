from django.db import migrations

from coop.journal.append_only import append_only


class Migration(migrations.Migration):
    """What the auditor has reported stays as it was written."""

    dependencies = [("oversight", "0011_reports"), ("journal", "0001_initial")]
    operations = [append_only("oversight_auditreport")]
