from django.db import migrations, models


class Migration(migrations.Migration):
    """A pause may be announced with the hour at which the sitting goes on."""

    dependencies = [("meetings", "0012_minutes_approved")]
    operations = [
        migrations.AddField(
            model_name="pause",
            name="goes_on_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
