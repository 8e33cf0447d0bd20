from django.db import migrations

from coop.elections.frozen import PETITION_STEPS, SIGNED_WHILE_COLLECTING, VOTED_BY_ITS_ELECTORS
from coop.journal.append_only import append_only, by_steps, never_deleted, row_trigger, write_once


class Migration(migrations.Migration):
    """A petition goes forward only; what was signed stays; a recall is voted by the electors of the mandate."""

    dependencies = [
        ("elections", "0001_recalls"),
        ("journal", "0001_initial"),
        ("ballots", "0017_constituencies"),
    ]
    operations = [
        migrations.RunSQL(SIGNED_WHILE_COLLECTING, "DROP FUNCTION elections_signed_while_collecting()"),
        migrations.RunSQL(VOTED_BY_ITS_ELECTORS, "DROP FUNCTION elections_voted_by_its_electors()"),
        never_deleted("elections_petition"),
        by_steps("elections_petition", "state", steps=PETITION_STEPS),
        row_trigger("elections_petition", "its_electors", "UPDATE", "elections_voted_by_its_electors()"),
        append_only("elections_petitionsignature"),
        row_trigger(
            "elections_petitionsignature", "while_collecting", "INSERT", "elections_signed_while_collecting()"
        ),
        write_once("elections_resignation", columns=["counts_from"]),
    ]
