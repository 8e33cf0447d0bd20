"""What PostgreSQL itself keeps about voting on paper: boxes stay within their vote, tellers stand aside from it."""

# A small box goes into another of the same vote, once, when voting is over and before anybody has counted either.
MIXED_BEFORE_THE_COUNT = """
CREATE FUNCTION ballots_mixed_before_the_count() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.mixed_into_id IS NOT DISTINCT FROM OLD.mixed_into_id THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM ballots_urn other JOIN ballots_ballot box ON box.id = other.ballot_id
            WHERE other.id = NEW.mixed_into_id AND other.ballot_id = NEW.ballot_id AND other.mixed_into_id IS NULL
                AND box.state = 'closed')
        OR EXISTS (SELECT FROM ballots_tellersheet
            WHERE urn_id IN (NEW.id, NEW.mixed_into_id) AND subject = 'votes') THEN
        RAISE EXCEPTION 'a box is mixed into another of its vote, before either is counted'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# Whoever stands in a vote neither counts it nor confirms the count; and only who was named counts.
STANDS_ASIDE = """
CREATE FUNCTION ballots_stands_aside() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    who bigint;
BEGIN
    IF TG_TABLE_NAME = 'ballots_teller' THEN
        who := NEW.member_id;
    ELSIF TG_TABLE_NAME = 'ballots_tellersheet' THEN
        who := NEW.teller_id;
        IF NOT EXISTS (SELECT FROM ballots_teller WHERE ballot_id = NEW.ballot_id AND member_id = who) THEN
            RAISE EXCEPTION 'only a teller of this vote hands in a sheet' USING ERRCODE = 'restrict_violation';
        END IF;
    ELSE
        who := NEW.confirmed_by_id;
    END IF;
    IF EXISTS (SELECT FROM ballots_option option JOIN ballots_question question ON question.id = option.question_id
            WHERE question.ballot_id = NEW.ballot_id AND option.member_id = who) THEN
        RAISE EXCEPTION 'whoever stands in a vote does not count it' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
