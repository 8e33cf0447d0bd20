from django.db import migrations

from coop.journal.append_only import never_deleted, only, row_trigger, write_once
from coop.members.frozen import MANDATE_ONLY_ENDS

TABLES = ["account", "member", "body", "office", "officepower", "seat", "mandate"]


class Migration(migrations.Migration):
    """People and mandates end; their rows stay, and with them what was true from when until when."""

    dependencies = [("members", "0001_initial"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(MANDATE_ONLY_ENDS, "DROP FUNCTION members_mandate_only_ends()"),
        *(never_deleted(f"members_{table}") for table in TABLES),
        only(
            "members_member",
            columns=[
                "account_id",
                "name",
                "plain_name",
                "joined",
                "founder",
                "job",
                "area",
                "language",
                "contact",
                "support",
            ],
        ),
        row_trigger("members_mandate", "only_ends", "UPDATE", "members_mandate_only_ends()"),
        write_once("members_standing", columns=["until"]),
        write_once("members_posting", columns=["until"]),
        write_once(
            "members_accesscard",
            columns=["countersigned_by_id", "countersigned_at", "used_at", "withdrawn_at"],
        ),
    ]
