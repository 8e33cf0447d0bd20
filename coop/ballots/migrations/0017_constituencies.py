from django.db import migrations, models

from coop.ballots.frozen.votes import BALLOT_GOES_FORWARD, OPENS_ON_A_FINAL_REGISTER


class Migration(migrations.Migration):
    """A vote of one department or crew, on the register of all: each contest of an election has its electors."""

    dependencies = [("ballots", "0016_leaders_stay")]
    operations = [
        *(
            migrations.AddField("ballot", name, models.CharField(max_length=12, blank=True, default=""))
            for name in ("department", "crew")
        ),
        *(
            migrations.RunSQL(function, migrations.RunSQL.noop)
            for function in (BALLOT_GOES_FORWARD, OPENS_ON_A_FINAL_REGISTER)
        ),
    ]
