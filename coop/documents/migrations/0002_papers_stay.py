from django.db import migrations

from coop.documents.frozen import FILE_BEFORE_SIGNATURE
from coop.journal.append_only import append_only, row_trigger
from coop.members.frozen import kept_by_two, waits_first


class Migration(migrations.Migration):
    """A version is only signed, a document keeps its name, a file is neither changed nor added later."""

    dependencies = [("documents", "0001_documents"), ("journal", "0001_initial")]
    operations = [
        waits_first("documents"),
        migrations.RunSQL(FILE_BEFORE_SIGNATURE, "DROP FUNCTION documents_file_before_signature()"),
        append_only("documents_document"),
        *kept_by_two("documents", "documents_version"),
        append_only("documents_attachment"),
        row_trigger(
            "documents_attachment", "before_signature", "INSERT", "documents_file_before_signature()"
        ),
    ]
