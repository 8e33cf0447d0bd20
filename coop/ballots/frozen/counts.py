"""What PostgreSQL itself keeps about counting: who may still write what, and that a count is that of its papers."""

# `ballots_while('open', 'closed')`: rows come only while the ballot they belong to is in one of these states.
WHILE = """
CREATE FUNCTION ballots_while() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    row_ constant jsonb := to_jsonb(NEW);
    box bigint := (row_ ->> 'ballot_id')::bigint;
BEGIN
    IF TG_TABLE_NAME = 'ballots_urnentry' THEN
        SELECT ballot_id INTO box FROM ballots_urn WHERE id = NEW.urn_id;
    ELSIF TG_TABLE_NAME IN ('ballots_trustee', 'ballots_sealedkey') THEN
        SELECT ballot_id INTO box FROM ballots_sealedurn WHERE id = NEW.urn_id;
    ELSIF TG_TABLE_NAME = 'ballots_reservedseat' THEN
        SELECT ballot_id INTO box FROM ballots_question WHERE id = NEW.question_id;
    ELSIF TG_TABLE_NAME = 'ballots_withdrawal' THEN
        SELECT question.ballot_id INTO box FROM ballots_question question
            JOIN ballots_option option ON option.question_id = question.id WHERE option.id = NEW.option_id;
    END IF;
    IF NOT EXISTS (SELECT FROM ballots_ballot WHERE id = box AND state = ANY (TG_ARGV)) THEN
        RAISE EXCEPTION 'too early or too late for this in %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# Hands are counted while the vote is open; papers when it is closed, so that nobody knows a part of the result before.
SHEET_IN_ITS_TIME = """
CREATE FUNCTION ballots_sheet_in_its_time() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    box ballots_ballot%ROWTYPE;
BEGIN
    SELECT * INTO box FROM ballots_ballot WHERE id = NEW.ballot_id;
    IF NOT NEW.channel = ANY (box.channels)
        OR (NEW.channel = 'paper' AND NEW.subject = 'votes' AND box.state <> 'closed')
        OR box.state NOT IN ('open', 'closed')
        OR (NEW.urn_id IS NOT NULL AND NOT EXISTS (
                SELECT FROM ballots_urn WHERE id = NEW.urn_id AND ballot_id = box.id)) THEN
        RAISE EXCEPTION 'nothing is counted here now' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

AGREED_BY_TWO_AND_A_THIRD = """
CREATE FUNCTION ballots_agreed_by_two_and_a_third() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    one ballots_tellersheet%ROWTYPE;
    other ballots_tellersheet%ROWTYPE;
BEGIN
    SELECT * INTO one FROM ballots_tellersheet WHERE id = NEW.first_id;
    SELECT * INTO other FROM ballots_tellersheet WHERE id = NEW.second_id;
    IF (one.ballot_id, one.channel, one.urn_id, one.block, one.subject, one.attempt, one.figures)
            IS DISTINCT FROM
            (other.ballot_id, other.channel, other.urn_id, other.block, other.subject, other.attempt, other.figures)
        OR (one.ballot_id, one.channel, one.urn_id, one.block, one.subject, one.figures)
            IS DISTINCT FROM (NEW.ballot_id, NEW.channel, NEW.urn_id, NEW.block, NEW.subject, NEW.figures)
        OR one.teller_id = other.teller_id OR NEW.confirmed_by_id IN (one.teller_id, other.teller_id)
        OR EXISTS (SELECT FROM ballots_tellersheet later WHERE later.attempt > one.attempt
                AND (later.ballot_id, later.urn_id, later.block, later.subject)
                    IS NOT DISTINCT FROM (one.ballot_id, one.urn_id, one.block, one.subject)) THEN
        RAISE EXCEPTION 'two tellers count the same, and a third confirms it' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# A decision is only as true as the count it rests on. Of a secret vote on screens PostgreSQL knows only how many
# envelopes there are; what was in them is vouched for by the trustees who opened them.
COUNT_IS_OF_THE_PAPERS = """
CREATE OR REPLACE FUNCTION ballots_count_is_of_the_papers() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    box ballots_ballot%ROWTYPE;
    question ballots_question%ROWTYPE;
    option_code text;
    on_screens bigint;
    by_tellers bigint;
BEGIN
    IF TG_TABLE_NAME = 'ballots_tally' THEN
        SELECT * INTO question FROM ballots_question WHERE id = NEW.question_id;
    ELSE
        SELECT asked.* INTO question FROM ballots_question asked
            JOIN ballots_tally tally ON tally.question_id = asked.id WHERE tally.id = NEW.tally_id;
        SELECT code INTO option_code FROM ballots_option WHERE id = NEW.option_id AND question_id = question.id;
    END IF;
    SELECT * INTO box FROM ballots_ballot WHERE id = question.ballot_id;
    IF box.state IS DISTINCT FROM 'closed' THEN
        RAISE EXCEPTION 'a ballot is counted once, when it is closed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_TABLE_NAME = 'ballots_tally' THEN
        SELECT CASE box.secrecy WHEN 'open'
            THEN (SELECT count(*) FROM ballots_namedvote WHERE question_id = question.id)
            ELSE coalesce((SELECT envelopes FROM ballots_sealedurn WHERE ballot_id = box.id), 0) END INTO on_screens;
        SELECT coalesce(sum((figures -> question.number::text ->> 'papers')::bigint), 0) INTO by_tellers
            FROM ballots_agreedsheet WHERE ballot_id = box.id AND subject = 'votes';
        IF (NEW.voted, NEW.present, NEW.register)
                IS DISTINCT FROM (on_screens + by_tellers, box.present, box.roll_size)
            OR (question.method = 'motion' AND (NEW.majority, NEW.base) IS DISTINCT FROM (box.majority, box.base))
            OR (NEW.how = 'acclamation' AND (NEW.voted > 0 OR box.secrecy <> 'open'
                OR EXISTS (SELECT FROM ballots_countdemand WHERE ballot_id = box.id))) THEN
            RAISE EXCEPTION 'the count is not that of the papers' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    SELECT coalesce(sum((figures -> question.number::text -> 'votes' ->> option_code)::bigint), 0) INTO by_tellers
        FROM ballots_agreedsheet
        WHERE ballot_id = box.id AND subject = 'votes' AND channel = coalesce(NEW.channel, channel);
    on_screens := 0;
    IF coalesce(NEW.channel, 'phone') = 'phone' AND box.secrecy = 'open' THEN
        SELECT count(*) INTO on_screens FROM ballots_namedvote
            WHERE question_id = question.id AND option_code = ANY (string_to_array(answer, '='));
    END IF;
    IF option_code IS NULL OR NEW.votes < on_screens + by_tellers OR NEW.votes > on_screens + by_tellers + (
            CASE WHEN box.secrecy = 'secret' AND coalesce(NEW.channel, 'phone') = 'phone' THEN
                coalesce((SELECT envelopes FROM ballots_sealedurn WHERE ballot_id = box.id), 0) ELSE 0 END) THEN
        RAISE EXCEPTION 'the count is not that of the papers' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
