from django.db import migrations, models


class Migration(migrations.Migration):
    """An election that is annulled ends what it gave, a post that excludes another ends it; papers are counted back."""

    dependencies = [("members", "0012_consents")]
    operations = [
        migrations.AlterField(
            model_name="mandate",
            name="begun",
            field=models.CharField(
                choices=[
                    ("founding", "named in the founding act"),
                    ("carried_over", "carried over from the book"),
                    ("elected", "elected"),
                    ("moved_up", "moved up as alternate"),
                    ("named", "named for a time"),
                    ("counted_back", "counted back from the papers of the election"),
                ],
                max_length=16,
            ),
        ),
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
                    ("annulled", "the election was annulled"),
                    ("other_post", "holds a post that excludes this one"),
                ],
                max_length=16,
            ),
        ),
    ]
