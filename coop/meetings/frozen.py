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
        "universal",
    ],
    "convened>convened": ["register_id"],
    "convened>in_session": [],
    "convened>closed": ["closed_at"],  # no sitting found a quorum
    "in_session>closed": ["closed_at"],
    "draft>cancelled": ["cancelled_because"],
    "convened>cancelled": ["cancelled_because"],
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
            WHEN held = 'draft' THEN field IN ('starts_at', 'for_whom', 'place')
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

# Items are laid down in a draft, and late ones that members ask for until the first sitting. In session an item gets
# its decision; another only when the first vote was annulled.
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
                           WHERE id = NEW.decision_id AND proposal_id = OLD.proposal_id
                           AND amendment_id IS NOT DISTINCT FROM OLD.amendment_id)
            OR EXISTS (SELECT FROM decisions_decision WHERE id = OLD.decision_id AND outcome <> 'void')) THEN
            RAISE EXCEPTION 'an item keeps its decision' USING ERRCODE = 'restrict_violation';
        END IF;
        IF to_jsonb(NEW) - 'decision_id' = to_jsonb(OLD) - 'decision_id' THEN
            RETURN NEW;
        END IF;
        -- Amendments may be put in another order as long as they are not voted.
        IF OLD.part > 0 AND held = 'in_session' AND OLD.decision_id IS NULL
            AND to_jsonb(NEW) - 'part' = to_jsonb(OLD) - 'part' THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'INSERT' AND NEW.decision_id IS NOT NULL THEN
        RAISE EXCEPTION 'an item begins without a decision' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' AND held = 'convened' AND NEW.request_id IS NOT NULL THEN
        RETURN NEW;
    END IF;
    -- An amendment belongs to business that stands on the agenda already.
    IF TG_OP = 'INSERT' AND held IN ('convened', 'in_session') AND NEW.amendment_id IS NOT NULL AND EXISTS (
            SELECT FROM meetings_agendaitem item JOIN proposals_amendment amendment ON amendment.id = NEW.amendment_id
            WHERE item.meeting_id = NEW.meeting_id AND item.number = NEW.number AND item.part = 0
            AND item.proposal_id = NEW.proposal_id AND amendment.proposal_id = NEW.proposal_id) THEN
        RETURN NEW;
    END IF;
    IF held <> 'draft' THEN
        RAISE EXCEPTION 'the agenda closed with the notice' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$
"""

# As a database has it that was made before amendments of a budget stood on agendas.
AGENDA_STAYS_AGAIN = AGENDA_STAYS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")

NOTES_OF_OPEN_MINUTES = """
CREATE FUNCTION meetings_notes_of_open_minutes() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM meetings_minutes minutes JOIN meetings_agendaitem item
            ON item.meeting_id = minutes.meeting_id WHERE item.id = NEW.item_id) THEN
        RAISE EXCEPTION 'the minutes are closed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.id <> OLD.id OR NEW.item_id <> OLD.item_id
        OR NEW.sitting_id IS DISTINCT FROM OLD.sitting_id OR NEW.revision <= OLD.revision) THEN
        RAISE EXCEPTION 'a note stays with its item and counts its savings' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# A new sitting after the notice is only where an adjourned one goes on.
SITTING_IS_LAID_DOWN = """
CREATE FUNCTION meetings_sitting_is_laid_down() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    held text := (SELECT state FROM meetings_meeting WHERE id = NEW.meeting_id);
BEGIN
    IF held = 'draft' AND NEW.continues_id IS NULL THEN
        RETURN NEW;
    END IF;
    IF held IN ('convened', 'in_session') AND EXISTS (SELECT FROM meetings_sitting before
            WHERE before.id = NEW.continues_id AND before.meeting_id = NEW.meeting_id
              AND before.closed_at IS NOT NULL AND NEW.starts_at > before.closed_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'no sitting is added while the meeting is "%"', held USING ERRCODE = 'restrict_violation';
END $$
"""

# The hours of a draft are laid down anew as often as somebody corrects it.
SITTING_OF_A_DRAFT = """
CREATE FUNCTION meetings_sitting_of_a_draft() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM meetings_meeting WHERE id = OLD.meeting_id) <> 'draft' THEN
        RAISE EXCEPTION 'a sitting stays once the notice is out' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$
"""

# As meetings_meeting_is, for what hangs on a sitting.
SITTING_IS_OF = """
CREATE FUNCTION meetings_sitting_is_of() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    held text := (SELECT meeting.state FROM meetings_meeting meeting JOIN meetings_sitting sitting
        ON sitting.meeting_id = meeting.id WHERE sitting.id = NEW.sitting_id);
BEGIN
    IF NOT held = ANY (TG_ARGV) THEN
        RAISE EXCEPTION '% is not written while the meeting is "%"', TG_TABLE_NAME, held
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# Who signs has signed the text that stands there, and after the seal nobody signs.
SIGNED_BEFORE_SEALED = """
CREATE FUNCTION meetings_signed_before_sealed() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.hash <> (SELECT hash FROM meetings_minutes WHERE id = NEW.minutes_id)
       OR EXISTS (SELECT FROM meetings_sealedminutes WHERE minutes_id = NEW.minutes_id) THEN
        RAISE EXCEPTION 'not this text, or sealed already' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# What is only ever added, and what is filled in once: the table, and the columns that begin empty.
ADDED = (
    "meetings_actionevent",
    "meetings_announcement",
    "meetings_instruction",
    "meetings_minutesentry",
    "meetings_minutessignature",
    "meetings_noticegiven",
    "meetings_onwatch",
    "meetings_proceduralmotion",
    "meetings_quorumcount",
    "meetings_reportback",
    "meetings_reportread",
    "meetings_requestsignature",
    "meetings_sealedminutes",
)
# Also only added; their tables came after the others.
ADDED_LATER = ("meetings_closedpart", "meetings_minutesapproval")
FILLED_IN_ONCE = {
    "meetings_conflictofinterest": ["lifted_at"],
    "meetings_itemcall": ["ended_at"],
    "meetings_pause": ["until"],
    "meetings_phrase": ["retired_at"],
    "meetings_request": ["reached_at", "due_on", "withdrawn_at"],
    "meetings_series": ["ended_at"],
    "meetings_sittingoffice": ["ended_at"],
    "meetings_stay": ["went_at"],
    "meetings_turn": ["began_at", "ended_at", "withdrawn_at"],
}
CHANGED_IN_PART = {
    "meetings_action": ["owner_id", "due_on", "done_at", "dropped_at"],
    "meetings_feed": ["read_on", "revoked_at"],
    "meetings_offagenda": ["item_id"],
    "meetings_workingtable": ["after", "report", "ended_at"],
}
# In which states of its meeting something hangs on a sitting.
ON_A_SITTING = {
    "meetings_itemcall": "'in_session'",
    "meetings_onwatch": "'convened', 'in_session'",
    "meetings_pause": "'in_session'",
    "meetings_proceduralmotion": "'in_session'",
    "meetings_quorumcount": "'convened', 'in_session'",
    "meetings_sittingoffice": "'convened', 'in_session'",
    "meetings_stay": "'convened', 'in_session'",
    "meetings_turn": "'in_session'",
}
# As the tables of ON_A_SITTING that are filled in once; this one came after the others.
CALLED_LATER = {"meetings_problemcall": ["ended_at"]}
