from django.db import migrations

from coop.elections.frozen import (
    CANDIDATURE_STEPS,
    ELECTED_TO_A_SEAT,
    ELECTION_STEPS,
    OBJECTION_STEPS,
    SEATS_OF_NEW,
    SIGNED_BEFORE_IT_IS_DECIDED,
)
from coop.journal.append_only import append_only, by_steps, never_deleted, row_trigger, write_once


class Migration(migrations.Migration):
    """An election goes forward only; what is filled, who stood and who was proclaimed stays."""

    dependencies = [("elections", "0003_elections"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(SEATS_OF_NEW, "DROP FUNCTION elections_seats_of_new()"),
        migrations.RunSQL(ELECTED_TO_A_SEAT, "DROP FUNCTION elections_elected_to_a_seat()"),
        migrations.RunSQL(
            SIGNED_BEFORE_IT_IS_DECIDED, "DROP FUNCTION elections_signed_before_it_is_decided()"
        ),
        never_deleted("elections_election"),
        by_steps("elections_election", "state", steps=ELECTION_STEPS),
        write_once("elections_contest", columns=["question_id"]),
        append_only("elections_contestseat"),
        row_trigger("elections_contestseat", "of_new", "INSERT", "elections_seats_of_new()"),
        never_deleted("elections_candidature"),
        by_steps("elections_candidature", "state", steps=CANDIDATURE_STEPS),
        append_only("elections_candidaturesignature"),
        row_trigger(
            "elections_candidaturesignature", "undecided", "INSERT", "elections_signed_before_it_is_decided()"
        ),
        never_deleted("elections_objection"),
        by_steps("elections_objection", "verdict", steps=OBJECTION_STEPS),
        append_only("elections_elected"),
        row_trigger("elections_elected", "to_a_seat", "INSERT", "elections_elected_to_a_seat()"),
        append_only("elections_electionvote"),
    ]
