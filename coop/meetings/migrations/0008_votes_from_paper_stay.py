from django.db import migrations

from coop.journal.append_only import append_only


class Migration(migrations.Migration):
    """What was typed in from paper stays as it was typed in."""

    dependencies = [("meetings", "0007_votes_from_paper"), ("journal", "0001_initial")]
    operations = [append_only("meetings_votefrompaper")]
