from django.db import migrations

from coop.journal.append_only import never_deleted, row_trigger

SETTLED_STAYS = """
CREATE FUNCTION decisions_settled_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.outcome <> 'pending' OR (OLD.text, OLD.text_hash, OLD.title, OLD.ballot_id, OLD.proposal_id, OLD.body_id)
            IS DISTINCT FROM (NEW.text, NEW.text_hash, NEW.title, NEW.ballot_id, NEW.proposal_id, NEW.body_id) THEN
        RAISE EXCEPTION 'a decision is superseded, never edited' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    """A settled decision is superseded by another, never edited."""

    dependencies = [("decisions", "0001_initial"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(SETTLED_STAYS, "DROP FUNCTION decisions_settled_stays()"),
        never_deleted("decisions_decision"),
        row_trigger("decisions_decision", "settled_stays", "UPDATE", "decisions_settled_stays()"),
    ]
