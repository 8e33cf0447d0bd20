from django.db import migrations

from coop.journal.append_only import append_only, never_deleted, row_trigger

CLAUSES_OF_DRAFTS = """
CREATE FUNCTION proposals_clauses_of_drafts() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    parent bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.proposal_id ELSE NEW.proposal_id END;
BEGIN
    IF (SELECT state FROM proposals_proposal WHERE id = parent) <> 'draft' THEN
        RAISE EXCEPTION 'the words of a published proposal stay' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$
"""

WORDS_STAY = """
CREATE FUNCTION proposals_words_stay() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.state <> 'draft' AND (OLD.title, OLD.reasons, OLD.matter, OLD.kind, OLD.author_id, OLD.year, OLD.number,
            OLD.support_needed) IS DISTINCT FROM (NEW.title, NEW.reasons, NEW.matter, NEW.kind, NEW.author_id,
            NEW.year, NEW.number, NEW.support_needed) THEN
        RAISE EXCEPTION 'the words of a published proposal stay' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    """Members sign words; from publication on those words do not move."""

    dependencies = [("proposals", "0001_initial"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(CLAUSES_OF_DRAFTS, "DROP FUNCTION proposals_clauses_of_drafts()"),
        migrations.RunSQL(WORDS_STAY, "DROP FUNCTION proposals_words_stay()"),
        append_only("proposals_support"),
        never_deleted("proposals_proposal"),
        row_trigger("proposals_proposal", "words_stay", "UPDATE", "proposals_words_stay()"),
        row_trigger(
            "proposals_clause", "of_drafts", "INSERT OR UPDATE OR DELETE", "proposals_clauses_of_drafts()"
        ),
    ]
