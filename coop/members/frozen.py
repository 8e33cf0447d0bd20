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
]

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
