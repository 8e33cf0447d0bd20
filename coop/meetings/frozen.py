"""What PostgreSQL keeps of a meeting: the notice, the agenda, the book of attendance, the minutes."""

# Which steps a meeting may take, and what each may change besides the state. The rules are copied in at convening.
STEPS = {
    ">draft": [],
    "draft>draft": ["kind", "title", "place"],
    "draft>convened": [
        "year",
        "number",
        "convened_by_id",
        "convened_at",
        "register_closes_on",
        "quorum_share",
        "second_call_minutes",
        "second_call_rule",
        "second_call_share",
        "second_call_number",
        "rules_version",
    ],
    "convened>convened": ["register_id"],
    "convened>in_session": [],
    "in_session>closed": ["closed_at"],
    "draft>cancelled": [],
    "convened>cancelled": [],
}

# The arguments are the states of its meeting in which a row may be written.
MEETING_IS = """
CREATE FUNCTION meetings_meeting_is() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    held text := (SELECT state FROM meetings_meeting WHERE id = NEW.meeting_id);
BEGIN
    IF NOT held = ANY (TG_ARGV) THEN
        RAISE EXCEPTION '% is not written while the meeting is "%"', TG_TABLE_NAME, held
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# The hour stands in the notice. What was counted at the opening is written once.
SITTING_STAYS = """
CREATE FUNCTION meetings_sitting_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    held text := (SELECT state FROM meetings_meeting WHERE id = OLD.meeting_id);
    before jsonb := to_jsonb(OLD);
    field text;
    value jsonb;
BEGIN
    FOR field, value IN SELECT * FROM jsonb_each(to_jsonb(NEW)) LOOP
        IF value IS DISTINCT FROM before -> field AND NOT (CASE
            WHEN held = 'draft' THEN field = 'starts_at'
            WHEN held IN ('convened', 'in_session') THEN before -> field = 'null'::jsonb
                AND field IN ('opened_at', 'opened_on_call', 'present_at_opening', 'closed_at')
            ELSE false
        END) THEN
            RAISE EXCEPTION '% of a sitting stays while the meeting is "%"', field, held
                USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$
"""

# Items are laid down in a draft. In session an item gets its decision; another only when the first vote was annulled.
AGENDA_STAYS = """
CREATE FUNCTION meetings_agenda_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    held text := (SELECT state FROM meetings_meeting
        WHERE id = CASE TG_OP WHEN 'INSERT' THEN NEW.meeting_id ELSE OLD.meeting_id END);
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.id <> OLD.id OR NEW.meeting_id <> OLD.meeting_id THEN
            RAISE EXCEPTION 'an item stays on its agenda' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.decision_id IS DISTINCT FROM OLD.decision_id AND (held <> 'in_session'
            OR NOT EXISTS (SELECT FROM decisions_decision
                           WHERE id = NEW.decision_id AND proposal_id = OLD.proposal_id)
            OR EXISTS (SELECT FROM decisions_decision WHERE id = OLD.decision_id AND outcome <> 'void')) THEN
            RAISE EXCEPTION 'an item keeps its decision' USING ERRCODE = 'restrict_violation';
        END IF;
        IF to_jsonb(NEW) - 'decision_id' = to_jsonb(OLD) - 'decision_id' THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'INSERT' AND NEW.decision_id IS NOT NULL THEN
        RAISE EXCEPTION 'an item begins without a decision' USING ERRCODE = 'restrict_violation';
    END IF;
    IF held <> 'draft' THEN
        RAISE EXCEPTION 'the agenda closed with the notice' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$
"""

NOTES_OF_OPEN_MINUTES = """
CREATE FUNCTION meetings_notes_of_open_minutes() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM meetings_minutes minutes JOIN meetings_agendaitem item
            ON item.meeting_id = minutes.meeting_id WHERE item.id = NEW.item_id) THEN
        RAISE EXCEPTION 'the minutes are closed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.id <> OLD.id OR NEW.item_id <> OLD.item_id OR NEW.revision <= OLD.revision) THEN
        RAISE EXCEPTION 'a note stays with its item and counts its savings' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
