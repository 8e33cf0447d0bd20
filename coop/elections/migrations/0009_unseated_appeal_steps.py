from django.db import migrations

from coop.elections.frozen import CHALLENGE_STEPS
from coop.journal.append_only import by_steps


class Migration(migrations.Migration):
    """A challenge that was upheld may be appealed too, by whoever lost a seat."""

    dependencies = [("elections", "0008_unseated_appeal"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL("DROP TRIGGER by_steps ON elections_challenge", migrations.RunSQL.noop),
        by_steps("elections_challenge", "state", steps=CHALLENGE_STEPS),
    ]
