from django.db import migrations

from coop.elections.frozen import CONTEST_CHANGES, PAPER_AGAIN
from coop.journal.append_only import only, row_trigger


class Migration(migrations.Migration):
    """The paper of a contest is drawn up again when its vote was annulled; everything else of a contest is once."""

    dependencies = [("elections", "0006_challenges_stay"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL("DROP TRIGGER written_once ON elections_contest", migrations.RunSQL.noop),
        only("elections_contest", columns=CONTEST_CHANGES),
        migrations.RunSQL(PAPER_AGAIN, "DROP FUNCTION elections_paper_again()"),
        row_trigger("elections_contest", "paper_again", "UPDATE", "elections_paper_again()"),
    ]
