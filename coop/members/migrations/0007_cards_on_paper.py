import django.db.models as models
from django.db import migrations

from coop.journal.append_only import row_trigger, write_once
from coop.members.frozen import CARD_ONCE, RESET_STANDS


class Migration(migrations.Migration):
    """A card can be typed; a secret replaced by others is told until its owner knows, and is never untold."""

    dependencies = [("members", "0006_lives_stay"), ("journal", "0001_initial")]
    operations = [
        migrations.AddField(
            "accesscard", "code_hash", models.CharField(max_length=64, null=True, unique=True)
        ),
        migrations.AddField("accesscard", "acknowledged_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "accesscard",
            models.CheckConstraint(
                condition=models.Q(replaces_secret=False)
                | models.Q(used_at=None)
                | models.Q(countersigned_by__isnull=False),
                name="secret_replaced_by_two",
            ),
        ),
        migrations.AddConstraint(
            "accesscard",
            models.CheckConstraint(
                condition=models.Q(acknowledged_at=None)
                | models.Q(replaces_secret=True, used_at__isnull=False),
                name="acknowledged_what_happened",
            ),
        ),
        migrations.RunSQL(
            "DROP TRIGGER written_once ON members_accesscard; DROP TRIGGER never_deleted ON members_accesscard;"
            " DROP TRIGGER never_emptied ON members_accesscard",
            migrations.RunSQL.noop,
        ),
        write_once("members_accesscard", columns=CARD_ONCE),
        migrations.RunSQL(RESET_STANDS, "DROP FUNCTION members_reset_stands()"),
        row_trigger("members_account", "reset_stands", "UPDATE", "members_reset_stands()"),
    ]
