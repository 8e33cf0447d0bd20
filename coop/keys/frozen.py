"""What PostgreSQL keeps of keys: the count of a passkey goes forward, and what was taken away stays away."""

PASSKEY_GOES_FORWARD = """
CREATE FUNCTION keys_passkey_goes_forward() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.counter < OLD.counter THEN
        RAISE EXCEPTION 'the count of a passkey never goes back' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.removed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a passkey that was taken away stays so' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
