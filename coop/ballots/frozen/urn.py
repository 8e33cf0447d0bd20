"""What PostgreSQL itself does and keeps about the sealed urn, as plain SQL functions.

Two of them run with the rights of the owner, because the application may neither read an envelope nor write one:
`ballots_cast_sealed` takes a sealed vote, `ballots_shake` empties the urn at closing. Both are called as one statement
in one transaction, and no vote is acknowledged before that is committed.
"""

# The answer is a word: RECORDED (also for the very same envelope again, after closing too), or why not. The ballot is
# held in share mode, so closing waits for votes in flight and they for closing; the database's own clock judges. The
# line of the roll is held from before it is read: of two votes of one person the second finds it filled. No error is
# caught here: that would make a second transaction number, one apart from the first, and tell them apart from others.
CAST_SEALED = """
CREATE OR REPLACE FUNCTION ballots_cast_sealed(box bigint, voter bigint, sealed bytea) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    mine constant bytea := sha256(sealed);
    vote ballots_ballot%ROWTYPE;
    line ballots_rollentry%ROWTYPE;
BEGIN
    SELECT * INTO vote FROM ballots_ballot WHERE id = box FOR SHARE;
    SELECT * INTO line FROM ballots_rollentry WHERE ballot_id = box AND member_id = voter FOR NO KEY UPDATE;
    IF line.channel = 'phone' AND vote.secrecy = 'secret'
        AND (EXISTS (SELECT FROM ballots_envelope WHERE ballot_id = box AND tracker = mine)
            OR EXISTS (SELECT FROM ballots_finalenvelope WHERE ballot_id = box AND tracker = mine)) THEN
        RETURN 'RECORDED';
    END IF;
    IF vote.state IS DISTINCT FROM 'open' OR vote.secrecy <> 'secret' OR NOT 'phone' = ANY (vote.channels)
        OR clock_timestamp() >= vote.closes_at THEN
        RETURN 'NOT_OPEN';
    END IF;
    IF line.id IS NULL THEN
        RETURN 'NOT_ON_ROLL';
    END IF;
    IF line.channel IS NOT NULL THEN
        RETURN 'ALREADY_VOTED';
    END IF;
    IF EXISTS (SELECT FROM members_member person
            JOIN members_account account ON account.id = person.account_id
            JOIN ballots_register register ON register.id = vote.register_id
            WHERE person.id = voter AND account.reset_at > register.drawn_at) THEN
        RETURN 'PAPER_ONLY';
    END IF;
    IF vote.needs_presence AND NOT line.present THEN
        RETURN 'NOT_PRESENT';
    END IF;
    IF line.part = ANY (vote.parts_over) THEN
        RETURN 'PART_OVER';
    END IF;
    IF octet_length(sealed) IS DISTINCT FROM (SELECT length + 48 FROM ballots_sealedurn WHERE ballot_id = box) THEN
        RETURN 'BAD_LENGTH';
    END IF;
    INSERT INTO ballots_envelope (ballot_id, tracker, body) VALUES (box, mine, sealed) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN 'DUPLICATE';
    END IF;
    UPDATE ballots_rollentry SET channel = 'phone' WHERE id = line.id;
    RETURN 'RECORDED';
END $$
"""

# Shaking the urn: the envelopes go, in the order of their trackers, where nobody adds any, and the lines of the roll
# are written anew in one go. Then no transaction number, place or order in the tables leads from one to the other.
# An urn with more or fewer envelopes than people marked is not touched ('MISMATCH'), unless the vote is annulled.
SHAKE = """
CREATE FUNCTION ballots_shake(box bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    vote ballots_ballot%ROWTYPE;
    line bigint;
BEGIN
    SELECT * INTO vote FROM ballots_ballot WHERE id = box FOR NO KEY UPDATE;
    IF vote.state IS NULL OR vote.state NOT IN ('closed', 'annulled') OR vote.secrecy <> 'secret'
        OR EXISTS (SELECT FROM ballots_finalenvelope WHERE ballot_id = box) THEN
        RETURN 'NOT_NOW';
    END IF;
    IF vote.state = 'closed'
        AND (SELECT count(*) FROM ballots_rollentry WHERE ballot_id = box AND channel = 'phone')
            <> (SELECT count(*) FROM ballots_envelope WHERE ballot_id = box) THEN
        RETURN 'MISMATCH';
    END IF;
    INSERT INTO ballots_finalenvelope (ballot_id, tracker, body)
        SELECT ballot_id, tracker, body FROM ballots_envelope WHERE ballot_id = box ORDER BY tracker;
    DELETE FROM ballots_envelope WHERE ballot_id = box;
    FOR line IN SELECT id FROM ballots_rollentry WHERE ballot_id = box ORDER BY member_id LOOP
        UPDATE ballots_rollentry SET channel = channel WHERE id = line;
    END LOOP;
    RETURN 'SHAKEN';
END $$
"""

ENVELOPE_GOES_IN_AND_OUT = """
CREATE FUNCTION ballots_envelope_goes_in_and_out() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.tracker = sha256(NEW.body) AND EXISTS (SELECT FROM ballots_ballot
            WHERE id = NEW.ballot_id AND state = 'open' AND secrecy = 'secret') THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND EXISTS (SELECT FROM ballots_finalenvelope kept WHERE kept.ballot_id = OLD.ballot_id
            AND kept.tracker = OLD.tracker AND kept.body = OLD.body)
        AND NOT EXISTS (SELECT FROM ballots_ballot WHERE id = OLD.ballot_id AND state IN ('draft', 'open')) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'an envelope enters an open urn, and leaves it when the urn is shaken'
        USING ERRCODE = 'restrict_violation';
END $$
"""

FINAL_IS_OF_THE_URN = """
CREATE FUNCTION ballots_final_is_of_the_urn() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM ballots_envelope held JOIN ballots_ballot ballot ON ballot.id = held.ballot_id
            WHERE held.ballot_id = NEW.ballot_id AND held.tracker = NEW.tracker AND held.body = NEW.body
                AND ballot.state IN ('closed', 'annulled')) THEN
        RAISE EXCEPTION 'only what was in the urn when it closed is counted' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# Whoever has the application's password cannot mark somebody as having voted without an envelope going in: the mark
# comes from within the function, which runs as the owner and stands in the list of who called whom.
ROLL_BY_ENVELOPE = """
CREATE FUNCTION ballots_roll_by_envelope() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    callers text;
BEGIN
    IF NEW.channel IS DISTINCT FROM 'phone' OR OLD.channel IS NOT NULL
        OR NOT EXISTS (SELECT FROM ballots_ballot WHERE id = NEW.ballot_id AND secrecy = 'secret') THEN
        RETURN NEW;
    END IF;
    GET DIAGNOSTICS callers = PG_CONTEXT;
    IF current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID)
        OR callers NOT LIKE '%PL/pgSQL function ballots_cast_sealed(bigint,bigint,bytea) %' THEN
        RAISE EXCEPTION 'a secret vote on a screen is marked with its envelope' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# A secret vote on screens opens with a key that enough trustees have tried, and is counted when they opened the urn.
NEEDS_ITS_URN = """
CREATE FUNCTION ballots_needs_its_urn() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    urn ballots_sealedurn%ROWTYPE;
BEGIN
    IF NEW.secrecy <> 'secret' OR NOT 'phone' = ANY (NEW.channels) OR NEW.state = OLD.state THEN
        RETURN NEW;
    END IF;
    SELECT * INTO urn FROM ballots_sealedurn WHERE ballot_id = NEW.id;
    IF NEW.state = 'open' AND urn.tested_at IS NULL THEN
        RAISE EXCEPTION 'a secret vote on screens opens with a tested key' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state = 'counted' AND urn.opened_at IS NULL AND urn.envelopes IS DISTINCT FROM 0 THEN
        RAISE EXCEPTION 'the sealed urn is opened before it is counted' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# Each fact of the urn in its time: the key while the vote is a draft, number and root at closing, and so on.
URN_IN_ITS_TIME = """
CREATE FUNCTION ballots_urn_in_its_time() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    vote ballots_ballot%ROWTYPE;
BEGIN
    SELECT * INTO vote FROM ballots_ballot WHERE id = OLD.ballot_id;
    IF (vote.state <> 'draft' AND (OLD.made_at, OLD.made_by, OLD.public_key, OLD.tested_at, OLD.tested_with)
            IS DISTINCT FROM (NEW.made_at, NEW.made_by, NEW.public_key, NEW.tested_at, NEW.tested_with))
        OR (OLD.tested_at IS NULL AND NEW.tested_at IS NOT NULL
            AND coalesce(cardinality(NEW.tested_with), 0) < NEW.need)
        OR (OLD.envelopes IS NULL AND NEW.envelopes IS NOT NULL AND (vote.state NOT IN ('closed', 'annulled')
            OR NEW.envelopes <> (SELECT count(*) FROM ballots_finalenvelope WHERE ballot_id = NEW.ballot_id)
            OR (vote.state = 'closed' AND NEW.envelopes <> (SELECT count(*) FROM ballots_rollentry
                WHERE ballot_id = NEW.ballot_id AND channel = 'phone'))))
        OR (OLD.opened_at IS NULL AND NEW.opened_at IS NOT NULL
            AND (vote.state <> 'closed' OR coalesce(cardinality(NEW.opened_with), 0) < NEW.need))
        OR (OLD.destroyed_at IS NULL AND NEW.destroyed_at IS NOT NULL
            AND (vote.state NOT IN ('counted', 'annulled') OR coalesce(NEW.destroyed_note, '') = '')) THEN
        RAISE EXCEPTION 'too early or too late for this in the record of the urn' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
