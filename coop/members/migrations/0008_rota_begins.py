from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0007_cards_on_paper")]

    operations = [
        migrations.AddField(
            model_name="rota",
            name="offset",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
