"""What PostgreSQL keeps of the auditor's work: a finding goes forward only, and nothing that was said changes."""

CLOSED = ["closing", "closed_by_id", "closed_at"]
FINDING_STEPS = {
    ">open": [],
    "open>open": ["owed_id"],  # its day is over: it goes before the assembly, and still waits for an answer
    "open>answered": [],
    "open>settled": CLOSED,
    "open>unsettled": [*CLOSED, "owed_id"],
    "answered>settled": CLOSED,
    "answered>unsettled": [*CLOSED, "owed_id"],
}

DECIDED = ["decision_id", "decided_by_id", "decided_at"]
APPEAL_STEPS = {">open": [], "open>open": ["owed_id"], "open>lifted": DECIDED, "open>upheld": DECIDED}

SAID_WHILE_IT_RUNS = """
CREATE FUNCTION oversight_said_while_it_runs() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM oversight_finding WHERE id = NEW.finding_id) NOT IN ('open', 'answered') THEN
        RAISE EXCEPTION 'nothing is said to a finding that is closed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
