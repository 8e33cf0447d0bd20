import django.db.models.deletion
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    """One sitting of several may have voted on paper: its part is typed in beside what the others did."""

    dependencies = [("meetings", "0013_pause_hour"), ("decisions", "0004_copies_stay")]
    operations = [
        migrations.AddField(
            "votefrompaper",
            "sitting",
            models.ForeignKey(
                blank=True, null=True, on_delete=PROTECT, related_name="+", to="meetings.sitting"
            ),
        ),
        migrations.AlterField(
            "votefrompaper",
            "decision",
            models.ForeignKey(on_delete=PROTECT, related_name="+", to="decisions.decision"),
        ),
        migrations.AddConstraint(
            "votefrompaper",
            models.UniqueConstraint(
                fields=("decision", "sitting"), name="typed_from_paper_once", nulls_distinct=False
            ),
        ),
    ]
