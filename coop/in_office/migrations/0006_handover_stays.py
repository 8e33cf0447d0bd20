from django.db import migrations

from coop.journal.append_only import write_once


class Migration(migrations.Migration):
    """A line is signed by who goes and by who comes, once each, and stays as it was written."""

    dependencies = [("in_office", "0005_handover"), ("journal", "0001_initial")]
    operations = [
        write_once("in_office_handedover", columns=["handed_at", "received_at", "received_by_id"]),
    ]
