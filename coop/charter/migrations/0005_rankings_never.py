from django.db import migrations


class Migration(migrations.Migration):
    """Whole rankings of a secret vote are never published, so no number says from how many papers on they would be."""

    dependencies = [("charter", "0004_ties_of_persons")]
    operations = [
        migrations.RemoveConstraint("bylaws", "bylaws_rankings_published_from"),
        migrations.RemoveField("bylaws", "rankings_published_from"),
    ]
