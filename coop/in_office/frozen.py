"""What PostgreSQL keeps of what is done in offices: they go forward only; each step writes down what belongs to it."""

SETTLED = ["meeting_id", "decision_id", "said", "settled_by_id", "settled_at"]
URGENT_STEPS = {
    ">waiting": [],
    "waiting>waiting": ["request_id"],  # the item on the next agenda, made in the same act
    "waiting>confirmed": SETTLED,
    "waiting>changed": SETTLED,
    "waiting>ended": SETTLED,
}

# What binds the house is signed at once, or waits for the second signature and gets it or is turned down.
COMMITMENT_STEPS = {
    ">waiting": [],
    ">signed": [],
    "waiting>signed": ["second_office_id", "second_by_id", "second_at"],
    "waiting>refused": ["refused_by_id", "refused_at", "refused_because"],
}

# The limit is that of the bylaws of the day, and who signs holds the office in that moment, or stands in for who holds
# it. Offices that watch sign nothing.
SIGNED_IN_OFFICE = """
CREATE FUNCTION in_office_signed_in_office() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    its_limit numeric;
    of_office bigint;
    who bigint;
    moment timestamptz;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT two_signatures_over INTO its_limit FROM charter_bylaws
            WHERE cooperative_id = NEW.cooperative_id AND (valid_from <= NEW.signed_on OR version = 1)
            ORDER BY version DESC LIMIT 1;
        IF NEW.over IS DISTINCT FROM its_limit OR NEW.second_by_id IS NOT NULL THEN
            RAISE EXCEPTION 'the bylaws say what needs two signatures, and the second comes later'
                USING ERRCODE = 'restrict_violation';
        END IF;
        of_office := NEW.office_id;
        who := NEW.signed_by_id;
        moment := NEW.signed_at;
    ELSIF NEW.state = 'signed' AND OLD.state = 'waiting' THEN
        of_office := NEW.second_office_id;
        who := NEW.second_by_id;
        moment := NEW.second_at;
    ELSE
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
            SELECT FROM members_mandate held
            JOIN members_seat seat ON seat.id = held.seat_id AND NOT seat.alternate AND seat.office_id = of_office
            JOIN members_office office ON office.id = seat.office_id
            JOIN members_body body ON body.id = office.body_id AND body.cooperative_id = NEW.cooperative_id
            LEFT JOIN (members_deputy deputy JOIN members_mandate through ON through.id = deputy.through_id
                    AND through.confirmed_at IS NOT NULL AND through.since <= moment
                    AND (through.until IS NULL OR through.until > moment))
                ON deputy.mandate_id = held.id AND deputy.since <= moment AND deputy.until > moment
                AND (deputy.ended_at IS NULL OR deputy.ended_at > moment)
            WHERE held.confirmed_at IS NOT NULL AND held.since <= moment
            AND (held.until IS NULL OR held.until > moment) AND coalesce(through.member_id, held.member_id) = who)
            OR NOT EXISTS (SELECT FROM members_officepower WHERE office_id = of_office
                AND power IN ('convene', 'chair', 'keep_budget', 'decide_urgent'))
            OR EXISTS (SELECT FROM members_officepower WHERE office_id = of_office
                AND power IN ('audit', 'run_elections')) THEN
        RAISE EXCEPTION 'who signs holds an office that signs, in that moment' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
