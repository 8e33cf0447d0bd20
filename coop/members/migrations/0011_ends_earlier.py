from django.db import migrations, models

from coop.members.frozen import MANDATE_ENDS_EARLIER, MANDATE_ONLY_ENDS_AGAIN


class Migration(migrations.Migration):
    """Whoever has a successor from a day on may still resign, be recalled or leave before it; delegates move away."""

    dependencies = [("members", "0010_recalls")]
    operations = [
        migrations.AlterField(
            model_name="mandate",
            name="ended",
            field=models.CharField(
                blank=True,
                choices=[
                    ("term", "term over"),
                    ("resigned", "resigned"),
                    ("recalled", "recalled"),
                    ("resigned_recall", "resigned while a recall was asked for"),
                    ("left", "left the co-operative"),
                    ("replaced", "replaced"),
                    ("moved_up", "moved up to a full seat"),
                    ("refused", "not confirmed"),
                    ("absent", "absent too often"),
                    ("moved_away", "works elsewhere now"),
                ],
                max_length=16,
            ),
        ),
        migrations.RunSQL(MANDATE_ENDS_EARLIER, MANDATE_ONLY_ENDS_AGAIN),
    ]
