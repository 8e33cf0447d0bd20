from django.db import migrations

from coop.journal.append_only import never_deleted

TABLES = [
    "account",
    "member",
    "standing",
    "posting",
    "body",
    "office",
    "officepower",
    "seat",
    "mandate",
    "accesscard",
]


class Migration(migrations.Migration):
    """People and mandates end; their rows stay."""

    dependencies = [("members", "0001_initial"), ("journal", "0001_initial")]
    operations = [never_deleted(f"members_{table}") for table in TABLES]
