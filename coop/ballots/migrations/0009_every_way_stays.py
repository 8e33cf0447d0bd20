from django.db import migrations

from coop.ballots.frozen.counts import (
    AGREED_BY_TWO_AND_A_THIRD,
    COUNT_IS_OF_THE_PAPERS,
    SHEET_IN_ITS_TIME,
    WHILE,
)
from coop.ballots.frozen.votes import BALLOT_GOES_FORWARD, ROLL_MARKED_ONCE, VOTE_ONLY_WHILE_OPEN
from coop.journal.append_only import append_only, row_trigger, write_once

NOOP = migrations.RunSQL.noop
# What is only ever added, and in which states of its ballot.
ADDED = {
    "reservedseat": ["draft"],
    "withdrawal": ["draft", "open", "closed"],
    "lot": ["closed"],
    "urnentry": ["draft", "open", "closed"],
    "teller": ["draft", "open", "closed"],
    "countdemand": ["open"],
    "clash": ["open", "closed"],
    "countedplace": ["closed"],
    "sealedkey": ["draft"],
}
FILLED_ONCE = {
    "urn": (["draft", "open"], ["mixed_into_id"]),
    "trustee": (["draft"], ["salt", "public_key", "drawn_at"]),
    "sealedurn": (
        ["draft"],
        [
            *("made_by", "public_key", "made_at", "tested_at", "tested_with", "envelopes", "root"),
            *("opened_at", "opened_with", "destroyed_at", "destroyed_note"),
        ],
    ),
}


def while_in(table: str, states: list[str]) -> migrations.RunSQL:
    arguments = ", ".join(f"'{state}'" for state in states)
    return row_trigger(f"ballots_{table}", "in_its_time", "INSERT", f"ballots_while({arguments})")


class Migration(migrations.Migration):
    """Boxes, tellers, lots and keys: what is written stays, and only in its time; counts are those of the papers."""

    dependencies = [("ballots", "0008_every_way"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(BALLOT_GOES_FORWARD, NOOP),
        migrations.RunSQL(ROLL_MARKED_ONCE, NOOP),
        migrations.RunSQL(VOTE_ONLY_WHILE_OPEN, NOOP),
        migrations.RunSQL(COUNT_IS_OF_THE_PAPERS, NOOP),
        append_only("ballots_namedvote"),
        row_trigger("ballots_namedvote", "only_while_open", "INSERT", "ballots_vote_only_while_open()"),
        migrations.RunSQL(WHILE, "DROP FUNCTION ballots_while()"),
        migrations.RunSQL(SHEET_IN_ITS_TIME, "DROP FUNCTION ballots_sheet_in_its_time()"),
        migrations.RunSQL(AGREED_BY_TWO_AND_A_THIRD, "DROP FUNCTION ballots_agreed_by_two_and_a_third()"),
        *(append_only(f"ballots_{table}") for table in ADDED),
        *(while_in(table, states) for table, states in ADDED.items()),
        *(
            write_once(f"ballots_{table}", columns=columns)
            for table, (_states, columns) in FILLED_ONCE.items()
        ),
        *(while_in(table, states) for table, (states, _columns) in FILLED_ONCE.items()),
        append_only("ballots_tellersheet"),
        row_trigger("ballots_tellersheet", "in_its_time", "INSERT", "ballots_sheet_in_its_time()"),
        append_only("ballots_agreedsheet"),
        row_trigger("ballots_agreedsheet", "in_its_time", "INSERT", "ballots_sheet_in_its_time()"),
        row_trigger(
            "ballots_agreedsheet", "by_two_and_a_third", "INSERT", "ballots_agreed_by_two_and_a_third()"
        ),
    ]
