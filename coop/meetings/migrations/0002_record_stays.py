from django.db import migrations

from coop.journal.append_only import append_only, never_deleted, row_trigger

NOTES_OF_OPEN_MINUTES = """
CREATE FUNCTION meetings_notes_of_open_minutes() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM meetings_minutes minutes JOIN meetings_agendaitem item
            ON item.meeting_id = minutes.meeting_id WHERE item.id = NEW.item_id) THEN
        RAISE EXCEPTION 'the minutes are closed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

AGENDA_OF_DRAFTS = """
CREATE FUNCTION meetings_agenda_of_drafts() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    parent bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.meeting_id ELSE NEW.meeting_id END;
BEGIN
    IF (SELECT state FROM meetings_meeting WHERE id = parent) <> 'draft' AND (TG_OP <> 'UPDATE' OR
            (OLD.number, OLD.kind, OLD.title, OLD.proposal_id) IS DISTINCT FROM
            (NEW.number, NEW.kind, NEW.title, NEW.proposal_id)) THEN
        RAISE EXCEPTION 'the agenda closed with the notice' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$
"""


class Migration(migrations.Migration):
    """The agenda closes with the notice, the book of attendance is never torn, closed minutes are closed."""

    dependencies = [("meetings", "0001_initial"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(NOTES_OF_OPEN_MINUTES, "DROP FUNCTION meetings_notes_of_open_minutes()"),
        migrations.RunSQL(AGENDA_OF_DRAFTS, "DROP FUNCTION meetings_agenda_of_drafts()"),
        append_only("meetings_minutes"),
        append_only("meetings_signer"),
        never_deleted("meetings_meeting"),
        never_deleted("meetings_sitting"),
        never_deleted("meetings_attendance"),
        never_deleted("meetings_itemnote"),
        row_trigger(
            "meetings_itemnote", "open_minutes", "INSERT OR UPDATE", "meetings_notes_of_open_minutes()"
        ),
        row_trigger(
            "meetings_agendaitem", "of_drafts", "INSERT OR UPDATE OR DELETE", "meetings_agenda_of_drafts()"
        ),
    ]
