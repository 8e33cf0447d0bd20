from django.db import migrations, models

from coop.ballots.frozen.votes import (
    CLAIM_STEPS,
    LINE_BY_CLAIM,
    LIST_NOT_FINAL,
    OPENS_ON_A_FINAL_REGISTER,
    REGISTER_FINAL_OF_ITS_LINES,
)
from coop.journal.append_only import by_steps, never_deleted, row_trigger, write_once


class Migration(migrations.Migration):
    """The list of voters changes by granted claims alone, and not at all once it is final; votes open on final lists."""

    dependencies = [("ballots", "0005_claims"), ("journal", "0001_initial")]
    operations = [
        migrations.AlterField("register", "claims_until", models.DateTimeField()),
        migrations.RunSQL(LIST_NOT_FINAL, "DROP FUNCTION ballots_list_not_final()"),
        migrations.RunSQL(LINE_BY_CLAIM, "DROP FUNCTION ballots_line_by_claim()"),
        migrations.RunSQL(REGISTER_FINAL_OF_ITS_LINES, "DROP FUNCTION ballots_register_final_of_its_lines()"),
        migrations.RunSQL(OPENS_ON_A_FINAL_REGISTER, "DROP FUNCTION ballots_opens_on_a_final_register()"),
        write_once("ballots_register", columns=["final_at", "final_size", "final_hash"]),
        row_trigger(
            "ballots_register",
            "final_of_its_lines",
            "INSERT OR UPDATE",
            "ballots_register_final_of_its_lines()",
        ),
        write_once("ballots_registerentry", columns=["struck_by_id"]),
        row_trigger("ballots_registerentry", "not_final", "INSERT OR UPDATE", "ballots_list_not_final()"),
        row_trigger("ballots_registerentry", "by_claim", "INSERT OR UPDATE", "ballots_line_by_claim()"),
        never_deleted("ballots_claim"),
        by_steps("ballots_claim", "state", steps=CLAIM_STEPS),
        row_trigger("ballots_claim", "not_final", "INSERT", "ballots_list_not_final()"),
        row_trigger("ballots_ballot", "on_a_final_register", "UPDATE", "ballots_opens_on_a_final_register()"),
    ]
