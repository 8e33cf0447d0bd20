"""What PostgreSQL keeps of elections and recalls: they go forward only; each step writes down what belongs to it."""

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

ANNULLED = ["annulled_at", "annulled_because"]
DAYS = [
    "candidates_until",
    "published_on",
    "objections_until",
    "final_on",
    "vote_on",
    "proclaimed_until",
    "challenge_days",
    "begins_on",
    "ends_on",
]
ELECTION_STEPS = {
    ">drawn_up": [],
    "drawn_up>drawn_up": DAYS,  # put right before it is called
    "drawn_up>candidatures": [*DAYS, "called_by_id", "called_at"],
    "drawn_up>annulled": ANNULLED,
    ">candidatures": [],
    "candidatures>objections": ["posted_at"],
    "objections>final": ["final_at", "register_id"],
    "final>proclaimed": ["proclaimed_at"],
    "candidatures>annulled": ANNULLED,
    "objections>annulled": ANNULLED,
    "final>annulled": ANNULLED,
    "proclaimed>annulled": ANNULLED,  # a challenge of all of it was upheld
}
CONTEST_ONCE = ["question_id", "annulled_at"]
CONTEST_CHANGES = ["question_id", "annulled_at"]

ACCEPTING = ["accepted_at", "statement", "kin"]
DECIDED = ["decided_by_id", "decided_at"]
CANDIDATURE_STEPS = {
    ">nominated": [],
    ">accepted": [],
    "nominated>accepted": ACCEPTING,
    "nominated>withdrawn": [],
    "nominated>refused": [*DECIDED, "reasons"],
    "accepted>admitted": DECIDED,
    "accepted>refused": [*DECIDED, "reasons"],
    "accepted>withdrawn": [],
    "admitted>refused": ["reasons"],  # an objection was upheld
    "admitted>withdrawn": [],
}
OBJECTION_STEPS = {
    ">open": [],
    "open>upheld": [*DECIDED, "reasons"],
    "open>dismissed": [*DECIDED, "reasons"],
}

# Seats are named with the call; whoever is elected has a mandate for one of them, which this election gave.
SEATS_OF_NEW = """
CREATE FUNCTION elections_seats_of_new() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT election.state FROM elections_election election JOIN elections_contest contest
            ON contest.election_id = election.id WHERE contest.id = NEW.contest_id)
            NOT IN ('drawn_up', 'candidatures') THEN
        RAISE EXCEPTION 'what is filled is said with the call' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
ELECTED_TO_A_SEAT = """
CREATE FUNCTION elections_elected_to_a_seat() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM members_mandate held
            JOIN elections_contestseat filled ON filled.seat_id = held.seat_id AND filled.contest_id = NEW.contest_id
            JOIN elections_contest contest ON contest.id = filled.contest_id
            JOIN elections_election election ON election.id = contest.election_id AND election.state = 'final'
            JOIN elections_candidature stood ON stood.contest_id = contest.id AND stood.member_id = held.member_id
                AND stood.state = 'admitted'
            WHERE held.id = NEW.mandate_id AND held.member_id = NEW.member_id AND held.begun = 'elected') THEN
        RAISE EXCEPTION 'who is elected stood on the list, and has a seat that was voted'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
SIGNED_BEFORE_IT_IS_DECIDED = """
CREATE FUNCTION elections_signed_before_it_is_decided() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM elections_candidature WHERE id = NEW.candidature_id) NOT IN ('nominated', 'accepted') THEN
        RAISE EXCEPTION 'nobody signs a candidature that is decided' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

CHALLENGE_DECIDED = [*DECIDED, "reasons"]
CHALLENGE_APPEALED = ["appeal", "appealed_at", "appealed_by_id"]
CHALLENGE_SETTLED = ["settled_by_id", "settled_at", "decision"]
CHALLENGE_STEPS = {
    ">open": [],
    "open>upheld": [*CHALLENGE_DECIDED, "appeal_until"],
    "open>dismissed": [*CHALLENGE_DECIDED, "appeal_until"],
    "dismissed>appealed": CHALLENGE_APPEALED,
    "upheld>appealed": CHALLENGE_APPEALED,  # by whoever lost a seat by it
    "appealed>appeal_upheld": CHALLENGE_SETTLED,
    "appealed>appeal_dismissed": CHALLENGE_SETTLED,
}

# What is challenged was proclaimed, and a contest or a box that is named belongs to the election.
CHALLENGED_WHAT_WAS_PROCLAIMED = """
CREATE FUNCTION elections_challenged_what_was_proclaimed() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM elections_election WHERE id = NEW.election_id) <> 'proclaimed' OR NEW.contest_id IS NOT NULL
            AND NOT EXISTS (SELECT FROM elections_contest contest
                WHERE contest.id = NEW.contest_id AND contest.election_id = NEW.election_id)
            OR NEW.box_id IS NOT NULL AND NOT EXISTS (SELECT FROM ballots_urn box
                JOIN elections_electionvote paper ON paper.ballot_id = box.ballot_id
                WHERE box.id = NEW.box_id AND paper.election_id = NEW.election_id) THEN
        RAISE EXCEPTION 'only what was proclaimed is challenged' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# A contest adds to another only where a challenge of a box in which that one was voted has been upheld.
BOX_AGAIN = """
CREATE FUNCTION elections_box_again() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.adds_to_id IS NOT NULL AND NOT EXISTS (SELECT FROM elections_contest before
            JOIN ballots_question asked ON asked.id = before.question_id
            JOIN ballots_urn box ON box.ballot_id = asked.ballot_id
            JOIN elections_challenge challenge ON challenge.box_id = box.id
                AND challenge.state IN ('upheld', 'appealed', 'appeal_upheld')
            WHERE before.id = NEW.adds_to_id AND before.annulled_at IS NOT NULL
            AND before.office_id = NEW.office_id) THEN
        RAISE EXCEPTION 'a box is voted again when a challenge of it was upheld'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# What was proclaimed is annulled by a challenge that was upheld, and by nothing else.
ANNULLED_BY_A_CHALLENGE = """
CREATE FUNCTION elections_annulled_by_a_challenge() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    of_election bigint;
    of_contest bigint;
BEGIN
    IF TG_TABLE_NAME = 'elections_contest' THEN
        IF NEW.annulled_at IS NULL OR OLD.annulled_at IS NOT NULL THEN RETURN NEW; END IF;
        of_election := NEW.election_id;
        of_contest := NEW.id;
    ELSE
        IF OLD.state <> 'proclaimed' OR NEW.state <> 'annulled' THEN RETURN NEW; END IF;
        of_election := NEW.id;
    END IF;
    IF NOT EXISTS (SELECT FROM elections_challenge
            WHERE election_id = of_election AND state IN ('upheld', 'appeal_upheld')
            AND (of_contest IS NULL OR contest_id IS NULL OR contest_id = of_contest)) THEN
        RAISE EXCEPTION 'what was proclaimed is annulled by a challenge' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# What a contest is asked by stays; only after its vote was annulled is another paper drawn up. An end is written once.
PAPER_AGAIN = """
CREATE FUNCTION elections_paper_again() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.annulled_at IS NOT NULL THEN
        RAISE EXCEPTION 'a contest that was annulled stays as it is' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.question_id IS NOT NULL AND NEW.question_id IS DISTINCT FROM OLD.question_id AND (
            NEW.question_id IS NULL OR NOT EXISTS (SELECT FROM ballots_question asked
                JOIN ballots_ballot vote ON vote.id = asked.ballot_id
                WHERE asked.id = OLD.question_id AND vote.state = 'annulled')) THEN
        RAISE EXCEPTION 'a paper is drawn up again when its vote was annulled' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# A sheet of paper is read by a second person, once. Neither is the one who stands.
SHEET_READ = ["read_by_id", "read_at"]
ACCEPTANCE_STEPS = {
    ">waiting": [],
    "waiting>confirmed": SHEET_READ,
    "waiting>turned_down": [*SHEET_READ, "because"],
}
SHEET_OF_ANOTHER = """
CREATE FUNCTION elections_sheet_of_another() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM elections_candidature stood WHERE stood.id = NEW.candidature_id
            AND stood.member_id IN (NEW.entered_by_id, NEW.read_by_id)) THEN
        RAISE EXCEPTION 'a sheet is entered and read by others than who signed it'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
KINSHIP_ONCE = ["taken_back_by_id", "taken_back_at"]
