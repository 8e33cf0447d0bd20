from django.db import migrations

from coop.elections.frozen import (
    ANNULLED_BY_A_CHALLENGE,
    CHALLENGE_STEPS,
    CHALLENGED_WHAT_WAS_PROCLAIMED,
    CONTEST_ONCE,
    ELECTION_STEPS,
)
from coop.journal.append_only import by_steps, never_deleted, row_trigger, write_once


class Migration(migrations.Migration):
    """What was proclaimed may be challenged, and annulled for it; a challenge goes forward only."""

    dependencies = [("elections", "0005_challenges"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL("DROP TRIGGER by_steps ON elections_election", migrations.RunSQL.noop),
        by_steps("elections_election", "state", steps=ELECTION_STEPS),
        migrations.RunSQL(
            "DROP TRIGGER written_once ON elections_contest; DROP TRIGGER never_deleted ON elections_contest;"
            " DROP TRIGGER never_emptied ON elections_contest",
            migrations.RunSQL.noop,
        ),
        write_once("elections_contest", columns=CONTEST_ONCE),
        migrations.RunSQL(
            CHALLENGED_WHAT_WAS_PROCLAIMED, "DROP FUNCTION elections_challenged_what_was_proclaimed()"
        ),
        never_deleted("elections_challenge"),
        by_steps("elections_challenge", "state", steps=CHALLENGE_STEPS),
        row_trigger(
            "elections_challenge", "proclaimed", "INSERT", "elections_challenged_what_was_proclaimed()"
        ),
        migrations.RunSQL(ANNULLED_BY_A_CHALLENGE, "DROP FUNCTION elections_annulled_by_a_challenge()"),
        row_trigger("elections_election", "by_a_challenge", "UPDATE", "elections_annulled_by_a_challenge()"),
        row_trigger("elections_contest", "by_a_challenge", "UPDATE", "elections_annulled_by_a_challenge()"),
    ]
