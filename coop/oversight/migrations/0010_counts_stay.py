from django.db import migrations

from coop.journal.append_only import append_only, write_once


class Migration(migrations.Migration):
    """A count is filed once; whoever was there signs it once."""

    dependencies = [("oversight", "0009_counts"), ("journal", "0001_initial")]
    operations = [
        write_once("oversight_countsheet", columns=["agrees", "says", "signed_at"]),
        append_only("oversight_countline"),
    ]
