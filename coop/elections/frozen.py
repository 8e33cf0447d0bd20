"""What PostgreSQL keeps of recalls: a petition goes forward only, and each step writes down what belongs to it."""

PETITION_ENDS = ["ended_at", "ending"]
ANSWER = ["answer", "answered_at"]
PETITION_STEPS = {
    ">collecting": [],
    ">joined": [],
    "collecting>collecting": ANSWER,
    "collecting>handed_in": ["handed_in_at"],
    "collecting>lapsed": PETITION_ENDS,
    "handed_in>handed_in": ANSWER,
    "handed_in>admitted": ["verified_at", "verified_by_id", "valid", "vote_until"],
    "handed_in>not_admitted": ["verified_at", "verified_by_id", "valid", "ended_at"],
    "handed_in>lapsed": PETITION_ENDS,
    "admitted>admitted": ANSWER,
    "admitted>voting": ["ballot_id"],
    "admitted>lapsed": PETITION_ENDS,
    "voting>admitted": ["ballot_id"],  # the vote was annulled: another follows
    "voting>passed": PETITION_ENDS,
    "voting>failed": PETITION_ENDS,
    "voting>lapsed": PETITION_ENDS,
}

# A line is added while signatures are collected, and by the holder never.
SIGNED_WHILE_COLLECTING = """
CREATE FUNCTION elections_signed_while_collecting() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM elections_petition WHERE id = NEW.petition_id) <> 'collecting' THEN
        RAISE EXCEPTION 'nobody signs a petition that is not open' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# The vote on a petition is a secret one, of the same electors, with the holder's name on it.
VOTED_BY_ITS_ELECTORS = """
CREATE FUNCTION elections_voted_by_its_electors() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.ballot_id IS NOT NULL AND NEW.ballot_id IS DISTINCT FROM OLD.ballot_id AND NOT EXISTS (
            SELECT FROM ballots_ballot vote
            JOIN ballots_question question ON question.ballot_id = vote.id
            JOIN ballots_option choice ON choice.question_id = question.id AND choice.code = 'for'
            JOIN members_mandate held ON held.id = NEW.mandate_id AND held.member_id = choice.member_id
            WHERE vote.id = NEW.ballot_id AND vote.cooperative_id = NEW.cooperative_id
            AND vote.department = NEW.department AND vote.crew = NEW.crew) THEN
        RAISE EXCEPTION 'a recall is voted by the electors of the mandate' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
