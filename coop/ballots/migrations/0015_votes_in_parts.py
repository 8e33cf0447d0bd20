from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from coop.ballots.frozen.urn import CAST_SEALED
from coop.ballots.frozen.votes import BALLOT_GOES_FORWARD, ROLL_MARKED_ONCE


class Migration(migrations.Migration):
    """A vote over several sittings: who was in which, which have voted, who leads them, the box of each."""

    dependencies = [("ballots", "0014_hour_that_can_be_said")]
    operations = [
        migrations.AddField(
            "ballot",
            "parts_over",
            ArrayField(models.PositiveSmallIntegerField(), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            "ballot", "leaders", ArrayField(models.BigIntegerField(), blank=True, default=list, size=None)
        ),
        migrations.AddField("rollentry", "part", models.PositiveSmallIntegerField(blank=True, null=True)),
        migrations.AddField("urn", "part", models.PositiveSmallIntegerField(blank=True, null=True)),
        *(
            migrations.RunSQL(function, migrations.RunSQL.noop)
            for function in (BALLOT_GOES_FORWARD, ROLL_MARKED_ONCE, CAST_SEALED)
        ),
    ]
