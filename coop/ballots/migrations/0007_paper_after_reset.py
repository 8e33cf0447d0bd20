from django.db import migrations

from coop.ballots.frozen.votes import PAPER_AFTER_RESET
from coop.journal.append_only import row_trigger


class Migration(migrations.Migration):
    """Whose secret others replaced after the register was drawn is not marked as having voted on a screen."""

    dependencies = [
        ("ballots", "0006_final_stays"),
        ("members", "0007_cards_on_paper"),
        ("journal", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(PAPER_AFTER_RESET, "DROP FUNCTION ballots_paper_after_reset()"),
        row_trigger("ballots_rollentry", "paper_after_reset", "UPDATE", "ballots_paper_after_reset()"),
    ]
