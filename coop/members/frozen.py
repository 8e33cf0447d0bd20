"""What PostgreSQL keeps of people and offices: the number of a member, and who held what from when until when."""

# All of a member but the number and the co-operative; a new column is added here when it may change.
MEMBER_MAY_CHANGE = [
    "account_id",
    "name",
    "plain_name",
    "joined",
    "founder",
    "job",
    "area",
    "language",
    "contact",
    "support",
    "born",
    "phone",
]

# What may be written of a standing or a posting after it was entered, each once: its end, and that it was wrong.
DATED_ONCE = ["until", "struck_at", "struck_because"]
STANDING_ONCE = [*DATED_ONCE, "appealed_at", "final_at"]

# A card is countersigned, used or withdrawn once; whose secret it replaced says once that they know.
CARD_ONCE = ["countersigned_by_id", "countersigned_at", "used_at", "withdrawn_at", "acknowledged_at"]

# An application is decided once; a refusal may be appealed once.
_DECIDED = ["decided_on", "document", "reasons"]
_APPEAL_DECIDED = ["appeal_decided_on", "appeal_document", "appeal_reasons"]
APPLICATION_STEPS = {
    ">open": [],
    "open>admitted": [*_DECIDED, "member_id"],
    "open>refused": _DECIDED,
    "open>withdrawn": ["decided_on", "reasons"],
    "refused>appealed": ["appealed_on", "appeal"],
    "appealed>admitted": [*_APPEAL_DECIDED, "member_id"],
    "appealed>upheld": _APPEAL_DECIDED,
}

# A mandate is confirmed once and ended once, never prolonged; an ended one stays as it is.
MANDATE_ONLY_ENDS = """
CREATE FUNCTION members_mandate_only_ends() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    field text;
    value jsonb;
BEGIN
    FOR field, value IN SELECT * FROM jsonb_each(to_jsonb(NEW)) LOOP
        IF value IS DISTINCT FROM before -> field AND NOT (OLD.ended = '' AND CASE
            WHEN field IN ('confirmed_by_id', 'confirmed_at') THEN OLD.confirmed_at IS NULL
            WHEN field = 'until' THEN NEW.ended <> '' AND NEW.until IS NOT NULL
                AND (OLD.until IS NULL OR NEW.until < OLD.until)
            WHEN field IN ('ended', 'end_document') THEN NEW.ended <> '' AND NEW.until IS NOT NULL
            ELSE false
        END) THEN
            RAISE EXCEPTION '% of a mandate never changes so', field USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$
"""

# That others replaced a secret makes its owner vote on paper for a while; nothing takes that back.
RESET_STANDS = """
CREATE FUNCTION members_reset_stands() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.reset_at IS NOT NULL AND (NEW.reset_at IS NULL OR NEW.reset_at < OLD.reset_at) THEN
        RAISE EXCEPTION 'that a secret was replaced stays on record' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
