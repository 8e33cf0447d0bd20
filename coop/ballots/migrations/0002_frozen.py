from django.db import migrations

from coop.ballots.frozen.votes import (
    BALLOT_GOES_FORWARD,
    ROLL_FROZEN_AT_OPENING,
    ROLL_MARKED_ONCE,
    VOTE_ONLY_WHILE_OPEN,
)
from coop.journal.append_only import append_only, never_deleted, row_trigger

APPENDED = ["register", "registerentry", "question", "option", "namedvote", "tally", "tallyline"]


class Migration(migrations.Migration):
    """Nothing of a vote is changed after the fact: PostgreSQL refuses it, whoever asks."""

    dependencies = [("ballots", "0001_initial"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(BALLOT_GOES_FORWARD, "DROP FUNCTION ballots_ballot_goes_forward()"),
        migrations.RunSQL(ROLL_MARKED_ONCE, "DROP FUNCTION ballots_roll_marked_once()"),
        migrations.RunSQL(ROLL_FROZEN_AT_OPENING, "DROP FUNCTION ballots_roll_frozen_at_opening()"),
        migrations.RunSQL(VOTE_ONLY_WHILE_OPEN, "DROP FUNCTION ballots_vote_only_while_open()"),
        *(append_only(f"ballots_{table}") for table in APPENDED),
        never_deleted("ballots_ballot"),
        row_trigger("ballots_ballot", "goes_forward", "UPDATE", "ballots_ballot_goes_forward()"),
        never_deleted("ballots_rollentry"),
        row_trigger("ballots_rollentry", "marked_once", "UPDATE", "ballots_roll_marked_once()"),
        row_trigger("ballots_rollentry", "frozen_at_opening", "INSERT", "ballots_roll_frozen_at_opening()"),
        row_trigger("ballots_namedvote", "only_while_open", "INSERT", "ballots_vote_only_while_open()"),
    ]
