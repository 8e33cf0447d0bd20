"""What PostgreSQL keeps of a decision: it says what the box has counted, and once settled it stays."""

SETTLING = ["decided_at", "year", "number"]
STEPS = {
    ">pending": [],
    "pending>pending": ["supersedes_id"],
    "pending>carried": SETTLING,
    "pending>not_carried": SETTLING,
    "pending>tie": SETTLING,
    "pending>void": [],
}

AS_COUNTED = """
CREATE FUNCTION decisions_as_counted() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    box text;
    counted text;
BEGIN
    IF NEW.outcome = OLD.outcome THEN
        RETURN NEW;
    END IF;
    SELECT ballot.state, tally.outcome INTO box, counted FROM ballots_ballot ballot
        LEFT JOIN ballots_question question ON question.ballot_id = ballot.id AND question.number = 1
        LEFT JOIN ballots_tally tally ON tally.question_id = question.id
        WHERE ballot.id = OLD.ballot_id;
    IF (NEW.outcome = 'void' AND box IS DISTINCT FROM 'annulled')
        OR (NEW.outcome <> 'void' AND (box IS DISTINCT FROM 'counted' OR counted IS DISTINCT FROM NEW.outcome)) THEN
        RAISE EXCEPTION 'a decision is what its ballot counted: % is not "%"', coalesce(counted, box), NEW.outcome
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
