from django.db import migrations

from coop.ballots.frozen.votes import BALLOT_GOES_FORWARD, BEGINS_AS_DRAFT


class Migration(migrations.Migration):
    """Who leads a vote for the day is of the house, only in a meeting, and stays once the vote is over."""

    dependencies = [("ballots", "0015_votes_in_parts"), ("members", "0001_initial")]
    operations = [
        migrations.RunSQL(function, migrations.RunSQL.noop)
        for function in (BALLOT_GOES_FORWARD, BEGINS_AS_DRAFT)
    ]
