from django.db import migrations

from coop.journal.append_only import append_only


class Migration(migrations.Migration):
    """What came of verifying the journal, and what was carried out, stays written down."""

    dependencies = [("oversight", "0007_checks"), ("journal", "0001_initial")]
    operations = [append_only("oversight_journalcheck"), append_only("oversight_export")]
