from django.db import migrations


class Migration(migrations.Migration):
    """The search over everything has an index of its own over these words."""

    dependencies = [("meetings", "0016_motions_on_amendments")]
    operations = [migrations.RemoveIndex(model_name="minutes", name="minutes_searched")]
