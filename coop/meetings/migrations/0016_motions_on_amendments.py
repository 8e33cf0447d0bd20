from django.db import migrations, models


class Migration(migrations.Migration):
    """The hall may take up a late amendment, or vote on one that fell as contrary."""

    dependencies = [
        ("meetings", "0015_amendments"),
    ]

    operations = [
        migrations.AlterField(
            model_name="proceduralmotion",
            name="kind",
            field=models.CharField(
                choices=[
                    ("close_list", "close the list of speakers"),
                    ("close_debate", "close the debate and vote"),
                    ("next_item", "go on to the next item"),
                    ("count", "count those present"),
                    ("adjourn", "adjourn"),
                    ("take_up", "take up an amendment that came late"),
                    ("vote_anyway", "vote on an amendment that fell as contrary"),
                    ("against_chair", "appeal against a ruling of the chair"),
                    ("other", "another motion of order"),
                ],
                max_length=16,
            ),
        ),
    ]
