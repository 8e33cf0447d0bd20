from django.db import migrations

from coop.journal.append_only import append_only, by_steps, never_deleted, row_trigger, write_once
from coop.production.frozen import AS_ITS_EVENTS_TELL, PROBLEM_STEPS, VERIFIED_BY_WHO_MAY


class Migration(migrations.Migration):
    """A problem changes as its events tell, nobody closes one alone, and what was said about it stays."""

    dependencies = [
        ("production", "0001_problems"),
        ("journal", "0001_initial"),
        ("members", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(AS_ITS_EVENTS_TELL, "DROP FUNCTION production_as_its_events_tell()"),
        migrations.RunSQL(VERIFIED_BY_WHO_MAY, "DROP FUNCTION production_verified_by_who_may()"),
        write_once("production_area", columns=["closed_at"]),
        never_deleted("production_problem"),
        by_steps("production_problem", "state", steps=PROBLEM_STEPS),
        row_trigger("production_problem", "as_told", "UPDATE", "production_as_its_events_tell()"),
        row_trigger("production_problem", "verified", "UPDATE", "production_verified_by_who_may()"),
        append_only("production_problemevent"),
        append_only("production_metoo"),
        append_only("production_problemphoto"),
        write_once(
            "production_stop", columns=["asked_by_id", "asked_at", "made_safe", "lifted_by_id", "lifted_at"]
        ),
        append_only("production_meetingheld"),
    ]
