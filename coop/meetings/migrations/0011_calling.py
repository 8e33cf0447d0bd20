from django.db import migrations, models
from django.db.models import Q

from coop.journal.append_only import APPLICATION, row_trigger
from coop.meetings.frozen import SITTING_OF_A_DRAFT

NEVER_DELETED = """
CREATE TRIGGER never_deleted BEFORE DELETE ON meetings_sitting FOR EACH ROW EXECUTE FUNCTION journal_refuse();
ALTER TABLE meetings_sitting ENABLE ALWAYS TRIGGER never_deleted
"""


def to_the_application(act: str) -> str:
    """The right to delete, where the role of the application exists (a bare test database may have none)."""
    right = f"{act} {APPLICATION}"
    return f"DO $$ BEGIN IF to_regrole('{APPLICATION}') IS NOT NULL THEN {right}; END IF; END $$"


class Migration(migrations.Migration):
    """Why a meeting was cancelled, the day of its series it stands for, and drafts whose sittings are laid down anew."""

    dependencies = [("meetings", "0010_in_session_stays"), ("journal", "0001_initial")]
    operations = [
        migrations.AddField("meeting", "series_on", models.DateField(blank=True, null=True)),
        migrations.AddField(
            "meeting", "cancelled_because", models.CharField(blank=True, default="", max_length=300), False
        ),
        migrations.AddConstraint(
            "meeting",
            models.UniqueConstraint(fields=["series", "series_on"], name="series_meets_once_a_day"),
        ),
        migrations.AddConstraint(
            "meeting",
            models.CheckConstraint(
                condition=Q(("series", None), ("series_on", None))
                | Q(("series__isnull", False), ("series_on__isnull", False)),
                name="meeting_of_a_series_names_its_day",
            ),
        ),
        migrations.AddConstraint(
            "meeting",
            models.CheckConstraint(
                condition=Q(("cancelled_because", ""), ("state", "cancelled"), _connector="OR"),
                name="only_cancelled_says_why",
            ),
        ),
        migrations.RunSQL(SITTING_OF_A_DRAFT, "DROP FUNCTION meetings_sitting_of_a_draft()"),
        migrations.RunSQL("DROP TRIGGER never_deleted ON meetings_sitting", NEVER_DELETED),
        migrations.RunSQL(
            to_the_application("GRANT DELETE ON meetings_sitting TO"),
            to_the_application("REVOKE DELETE ON meetings_sitting FROM"),
        ),
        row_trigger("meetings_sitting", "of_a_draft", "DELETE", "meetings_sitting_of_a_draft()"),
    ]
