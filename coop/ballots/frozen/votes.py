"""The guarantees of the box that PostgreSQL itself keeps, as plain SQL functions (law 9).

They do not replace the lock of `actions.casting`: a trigger reads what is committed, so only the lock makes closing
wait for votes in flight. They stop every later hand, ours included.
"""

BALLOT_GOES_FORWARD = """
CREATE OR REPLACE FUNCTION ballots_ballot_goes_forward() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    frozen constant text[] := ARRAY['id', 'cooperative_id', 'body_id', 'register_id', 'department', 'crew', 'title',
        'secrecy', 'channels', 'drawn_up_by_id', 'needs_presence', 'round', 'parent_id', 'opens_at', 'majority',
        'base', 'tie_rule', 'rules_version', 'text', 'text_hash'];
    was jsonb := to_jsonb(OLD);
    is_now jsonb := to_jsonb(NEW);
    name text;
BEGIN
    IF NEW.state <> OLD.state AND NOT (OLD.state || '>' || NEW.state = ANY (ARRAY[
        'draft>open', 'open>closed', 'closed>counted', 'draft>annulled', 'open>annulled', 'closed>annulled'])) THEN
        RAISE EXCEPTION 'a ballot never goes from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.leaders IS DISTINCT FROM OLD.leaders AND (OLD.state IN ('counted', 'annulled') OR EXISTS (
            SELECT FROM unnest(NEW.leaders) one WHERE NOT NEW.needs_presence OR NOT EXISTS (
                SELECT FROM members_member WHERE id = one AND cooperative_id = NEW.cooperative_id))) THEN
        RAISE EXCEPTION 'only a vote of a meeting that is not over is led for the day, by members of the co-operative'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'draft' THEN
        RETURN NEW;
    END IF;
    FOREACH name IN ARRAY frozen || ARRAY['opened_at', 'roll_size', 'closes_at'] LOOP
        IF was -> name IS DISTINCT FROM is_now -> name THEN
            RAISE EXCEPTION '% of an opened ballot never changes', name USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    FOREACH name IN ARRAY ARRAY['closed_at', 'present', 'counted_at', 'annulled_at'] LOOP
        IF was -> name <> 'null' AND was -> name IS DISTINCT FROM is_now -> name THEN
            RAISE EXCEPTION '% is written once', name USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    IF NOT is_now -> 'parts_over' @> (was -> 'parts_over')
        OR (OLD.state <> 'open' AND was -> 'parts_over' <> is_now -> 'parts_over') THEN
        RAISE EXCEPTION 'a sitting that has voted does not vote again' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# After closing, only the signatures on a printed register still come in, when two tellers read the same numbers.
ROLL_MARKED_ONCE = """
CREATE OR REPLACE FUNCTION ballots_roll_marked_once() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    box ballots_ballot%ROWTYPE;
BEGIN
    IF NEW.id <> OLD.id OR NEW.ballot_id <> OLD.ballot_id OR NEW.member_id <> OLD.member_id
        OR (OLD.channel IS NOT NULL AND NEW IS DISTINCT FROM OLD) THEN
        RAISE EXCEPTION 'a line of the roll is marked once' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;  -- the same line anew: when the urn is shaken
    END IF;
    SELECT * INTO box FROM ballots_ballot WHERE id = OLD.ballot_id;
    IF NEW.channel IS NOT NULL AND NOT NEW.channel = ANY (box.channels) THEN
        RAISE EXCEPTION 'this vote is not held that way' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.urn_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM ballots_urn WHERE id = NEW.urn_id AND ballot_id = OLD.ballot_id) THEN
        RAISE EXCEPTION 'this box is of another vote' USING ERRCODE = 'restrict_violation';
    END IF;
    IF box.state = 'closed' AND NEW.channel = 'paper' AND NEW.present = OLD.present AND EXISTS (
            SELECT FROM ballots_agreedsheet sheet JOIN members_member person ON person.id = OLD.member_id
            WHERE sheet.ballot_id = box.id AND sheet.urn_id = NEW.urn_id AND sheet.subject = 'signatures'
                AND sheet.figures -> 'numbers' @> to_jsonb(person.number)) THEN
        RETURN NEW;
    END IF;
    IF box.state <> 'open' THEN
        RAISE EXCEPTION 'the roll changes only while the vote is open' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.part = ANY (box.parts_over) AND (NEW.channel = 'phone'
            OR (NEW.part, NEW.present) IS DISTINCT FROM (OLD.part, OLD.present)) THEN
        RAISE EXCEPTION 'this sitting has voted' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# Two people can replace a secret. Whoever they are, they shall not cast its owner's vote on a register they could read.
PAPER_AFTER_RESET = """
CREATE FUNCTION ballots_paper_after_reset() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.channel = 'phone' AND OLD.channel IS NULL AND EXISTS (
        SELECT FROM members_member person
            JOIN members_account account ON account.id = person.account_id
            JOIN ballots_ballot ballot ON ballot.id = NEW.ballot_id
            JOIN ballots_register register ON register.id = ballot.register_id
            WHERE person.id = NEW.member_id AND account.reset_at > register.drawn_at) THEN
        RAISE EXCEPTION 'a secret replaced since the register was drawn votes on paper'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

ROLL_FROZEN_AT_OPENING = """
CREATE FUNCTION ballots_roll_frozen_at_opening() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM ballots_ballot WHERE id = NEW.ballot_id) <> 'draft' THEN
        RAISE EXCEPTION 'nobody is added to the roll of an opened ballot' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

VOTE_ONLY_WHILE_OPEN = """
CREATE OR REPLACE FUNCTION ballots_vote_only_while_open() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    paper ballots_ballot%ROWTYPE;
BEGIN
    SELECT ballot.* INTO paper FROM ballots_ballot ballot
        JOIN ballots_rollentry entry ON entry.ballot_id = ballot.id
        JOIN ballots_question question ON question.ballot_id = ballot.id
        WHERE entry.id = NEW.entry_id AND question.id = NEW.question_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'entry and question are not of one ballot' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT FROM unnest(regexp_split_to_array(NEW.answer, '[>=]')) said WHERE said NOT IN
            (SELECT code FROM ballots_option WHERE question_id = NEW.question_id)) THEN
        RAISE EXCEPTION 'the answer is not on the paper' USING ERRCODE = 'restrict_violation';
    END IF;
    IF paper.state <> 'open' OR paper.secrecy <> 'open' THEN
        RAISE EXCEPTION 'no named vote enters this ballot' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

BEGINS_AS_DRAFT = """
CREATE OR REPLACE FUNCTION ballots_begins_as_draft() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state <> 'draft' OR cardinality(NEW.leaders) + cardinality(NEW.parts_over) > 0 THEN
        RAISE EXCEPTION 'a ballot begins as a draft' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

PAPER_OF_A_DRAFT = """
CREATE FUNCTION ballots_paper_of_a_draft() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    paper bigint;
BEGIN
    IF TG_TABLE_NAME = 'ballots_question' THEN
        paper := NEW.ballot_id;
    ELSE
        SELECT ballot_id INTO paper FROM ballots_question WHERE id = NEW.question_id;
    END IF;
    IF (SELECT state FROM ballots_ballot WHERE id = paper) IS DISTINCT FROM 'draft' THEN
        RAISE EXCEPTION 'nothing is added to the paper of an opened ballot' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# What each step of a claim may change besides its state.
CLAIM_STEPS = {
    ">open": [],
    "open>granted": ["decided_by_id", "decided_at", "reasons"],
    "open>refused": ["decided_by_id", "decided_at", "reasons"],
}

# Claims and lines of a register that is final: none comes, none goes. A line comes or goes only by a granted claim
# about that person; those without a claim were drawn, and are counted when the register becomes final.
LIST_NOT_FINAL = """
CREATE FUNCTION ballots_list_not_final() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT final_at FROM ballots_register WHERE id = NEW.register_id) IS NOT NULL THEN
        RAISE EXCEPTION 'this register of voters is final' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

LINE_BY_CLAIM = """
CREATE FUNCTION ballots_line_by_claim() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    by_claim bigint := CASE TG_OP WHEN 'INSERT' THEN NEW.claim_id ELSE NEW.struck_by_id END;
BEGIN
    IF TG_OP = 'INSERT' AND NEW.struck_by_id IS NOT NULL THEN
        RAISE EXCEPTION 'a line is not struck before it is there' USING ERRCODE = 'restrict_violation';
    END IF;
    IF by_claim IS NOT NULL AND NOT EXISTS (SELECT FROM ballots_claim WHERE id = by_claim AND state = 'granted'
            AND register_id = NEW.register_id AND member_id = NEW.member_id) THEN
        RAISE EXCEPTION 'the list changes by a granted claim about that person' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

REGISTER_FINAL_OF_ITS_LINES = """
CREATE FUNCTION ballots_register_final_of_its_lines() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.final_at IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT'
        OR EXISTS (SELECT FROM ballots_claim WHERE register_id = NEW.id AND state = 'open')
        OR NEW.final_size <> (SELECT count(*) FROM ballots_registerentry
                              WHERE register_id = NEW.id AND struck_by_id IS NULL)
        OR NEW.size <> (SELECT count(*) FROM ballots_registerentry WHERE register_id = NEW.id AND claim_id IS NULL) THEN
        RAISE EXCEPTION 'a register becomes final once, with its own lines and without an open claim'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

OPENS_ON_A_FINAL_REGISTER = """
CREATE OR REPLACE FUNCTION ballots_opens_on_a_final_register() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.state = 'draft' AND NEW.state = 'open' AND NEW.roll_size IS DISTINCT FROM
            (SELECT count(*) FROM ballots_registerentry line JOIN ballots_register list ON list.id = line.register_id
                WHERE list.id = NEW.register_id AND list.final_at IS NOT NULL AND line.struck_by_id IS NULL
                AND NEW.department IN ('', line.department) AND NEW.crew IN ('', line.crew)) THEN
        RAISE EXCEPTION 'a vote opens on a final register, for everybody of its constituency'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
