from django.db import migrations

from coop.journal.append_only import append_only, by_steps, never_deleted, only, row_trigger
from coop.meetings.frozen import AGENDA_STAYS, MEETING_IS, NOTES_OF_OPEN_MINUTES, SITTING_STAYS, STEPS


class Migration(migrations.Migration):
    """No meeting goes back, the agenda closes with the notice, the book of attendance is never torn."""

    dependencies = [("meetings", "0001_initial"), ("decisions", "0001_initial"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(MEETING_IS, "DROP FUNCTION meetings_meeting_is()"),
        migrations.RunSQL(SITTING_STAYS, "DROP FUNCTION meetings_sitting_stays()"),
        migrations.RunSQL(AGENDA_STAYS, "DROP FUNCTION meetings_agenda_stays()"),
        migrations.RunSQL(NOTES_OF_OPEN_MINUTES, "DROP FUNCTION meetings_notes_of_open_minutes()"),
        append_only("meetings_minutes"),
        row_trigger("meetings_minutes", "meeting_is", "INSERT", "meetings_meeting_is('closed')"),
        append_only("meetings_signer"),
        row_trigger("meetings_signer", "meeting_is", "INSERT", "meetings_meeting_is('in_session')"),
        never_deleted("meetings_meeting"),
        by_steps("meetings_meeting", "state", steps=STEPS, once=["register_id"]),
        never_deleted("meetings_sitting"),
        row_trigger("meetings_sitting", "meeting_is", "INSERT", "meetings_meeting_is('draft')"),
        row_trigger("meetings_sitting", "stays", "UPDATE", "meetings_sitting_stays()"),
        never_deleted("meetings_attendance"),
        only("meetings_attendance", columns=["left_at"]),
        row_trigger(
            "meetings_attendance",
            "meeting_is",
            "INSERT OR UPDATE",
            "meetings_meeting_is('convened', 'in_session')",
        ),
        never_deleted("meetings_itemnote"),
        row_trigger(
            "meetings_itemnote", "open_minutes", "INSERT OR UPDATE", "meetings_notes_of_open_minutes()"
        ),
        row_trigger("meetings_agendaitem", "stays", "INSERT OR UPDATE OR DELETE", "meetings_agenda_stays()"),
    ]
