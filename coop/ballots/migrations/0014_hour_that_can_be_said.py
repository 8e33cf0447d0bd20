import datetime

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """No vote closes in an hour that is one of the year 10000 in other zones."""

    dependencies = [("ballots", "0013_paper_stays")]
    operations = [
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=Q(closes_at=None)
                | Q(closes_at__lt=datetime.datetime(9999, 1, 1, tzinfo=datetime.UTC)),
                name="ballot_closes_in_an_hour_that_can_be_said",
            ),
        ),
    ]
