from django.db import migrations

from coop.ballots.frozen.paper import MIXED_BEFORE_THE_COUNT, STANDS_ASIDE
from coop.ballots.frozen.votes import ROLL_MARKED_ONCE
from coop.journal.append_only import row_trigger


class Migration(migrations.Migration):
    """Boxes stay within their vote and are mixed before the count; tellers are named and do not stand in it."""

    dependencies = [("ballots", "0010_sealed_urn"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(MIXED_BEFORE_THE_COUNT, "DROP FUNCTION ballots_mixed_before_the_count()"),
        migrations.RunSQL(ROLL_MARKED_ONCE, migrations.RunSQL.noop),
        migrations.RunSQL(STANDS_ASIDE, "DROP FUNCTION ballots_stands_aside()"),
        row_trigger("ballots_urn", "mixed_before_the_count", "UPDATE", "ballots_mixed_before_the_count()"),
        *(
            row_trigger(f"ballots_{table}", "stands_aside", "INSERT", "ballots_stands_aside()")
            for table in ("teller", "tellersheet", "agreedsheet")
        ),
    ]
