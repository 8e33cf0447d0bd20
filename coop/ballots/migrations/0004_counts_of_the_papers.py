from django.db import migrations

from coop.ballots.frozen.counts import COUNT_IS_OF_THE_PAPERS
from coop.ballots.frozen.votes import BEGINS_AS_DRAFT, PAPER_OF_A_DRAFT
from coop.journal.append_only import row_trigger


class Migration(migrations.Migration):
    """No ballot is born open, no question slips onto an opened paper, and no count is other than that of the papers."""

    dependencies = [("ballots", "0003_paper_number_once")]
    operations = [
        migrations.RunSQL(BEGINS_AS_DRAFT, "DROP FUNCTION ballots_begins_as_draft()"),
        migrations.RunSQL(PAPER_OF_A_DRAFT, "DROP FUNCTION ballots_paper_of_a_draft()"),
        migrations.RunSQL(COUNT_IS_OF_THE_PAPERS, "DROP FUNCTION ballots_count_is_of_the_papers()"),
        row_trigger("ballots_ballot", "begins_as_draft", "INSERT", "ballots_begins_as_draft()"),
        row_trigger("ballots_question", "of_a_draft", "INSERT", "ballots_paper_of_a_draft()"),
        row_trigger("ballots_option", "of_a_draft", "INSERT", "ballots_paper_of_a_draft()"),
        row_trigger("ballots_tally", "of_the_papers", "INSERT", "ballots_count_is_of_the_papers()"),
        row_trigger("ballots_tallyline", "of_the_papers", "INSERT", "ballots_count_is_of_the_papers()"),
    ]
