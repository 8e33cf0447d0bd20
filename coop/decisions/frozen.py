"""What PostgreSQL keeps of a decision: it says what the box has counted, and once settled it stays."""

SETTLING = ["decided_at", "year", "number", "adopted_text", "adopted_hash"]
STEPS = {
    ">pending": [],
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

# What a proposal would end is said before it is voted, and comes true through the decision that carried it.
ENDING_GOES_FORWARD = """
CREATE FUNCTION decisions_ending_goes_forward() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.struck_at IS NOT NULL OR NEW.ended_at IS NOT NULL OR NEW.through_id IS NOT NULL
            OR (SELECT state FROM proposals_proposal WHERE id = NEW.proposal_id)
                NOT IN ('draft', 'admitted', 'tabled') THEN
            RAISE EXCEPTION 'what a proposal would end is said before it is voted' USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF NEW.through_id IS DISTINCT FROM OLD.through_id AND NOT EXISTS (SELECT FROM decisions_decision made
            WHERE made.id = NEW.through_id AND made.proposal_id = NEW.proposal_id AND made.amendment_id IS NULL
            AND made.outcome = 'carried') THEN
        RAISE EXCEPTION 'an earlier decision ends by one that was carried on the same proposal'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# Beside a decision speaks who could have voted on it, after it was taken.
MINORITY_WAS_THERE = """
CREATE FUNCTION decisions_minority_was_there() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM decisions_decision made JOIN ballots_rollentry line ON line.ballot_id = made.ballot_id
            WHERE made.id = NEW.decision_id AND made.number IS NOT NULL AND line.member_id = NEW.member_id) THEN
        RAISE EXCEPTION 'beside a decision speaks who could have voted on it' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# One number is given once, whether a vote of ours gave it or it was copied from the book.
NUMBER_FREE = """
CREATE FUNCTION decisions_number_free() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.confirmed_at IS NOT NULL AND NEW.replaced_at IS NULL AND EXISTS (SELECT FROM decisions_decision made
            WHERE made.body_id = NEW.body_id AND made.year = NEW.year AND made.number = NEW.number) THEN
        RAISE EXCEPTION 'a decision made here has this number' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

_FREE_HERE = """
    IF NEW.number IS NOT NULL AND EXISTS (SELECT FROM decisions_carrieddecision carried
            WHERE carried.body_id = NEW.body_id AND carried.year = NEW.year AND carried.number = NEW.number
            AND carried.confirmed_at IS NOT NULL AND carried.replaced_at IS NULL) THEN
        RAISE EXCEPTION 'a decision carried over from the book has this number' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.outcome = OLD.outcome THEN"""

AS_COUNTED_AND_NUMBERED = AS_COUNTED.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(
    "\n    IF NEW.outcome = OLD.outcome THEN", _FREE_HERE
)
