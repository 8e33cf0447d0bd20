"""The trigger functions of the first migration, as SQL.

They set their own search path, so that a temporary table of the same name cannot stand in for the real one.
"""

REFUSE = """
CREATE FUNCTION journal_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$
"""

WRITE_ONCE = """
CREATE FUNCTION journal_write_once() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    field text;
    value jsonb;
BEGIN
    FOR field, value IN SELECT * FROM jsonb_each(to_jsonb(NEW)) LOOP
        IF value IS DISTINCT FROM before -> field
           AND NOT (field = ANY (TG_ARGV) AND before -> field = 'null'::jsonb) THEN
            RAISE EXCEPTION '%.% is written once: change refused', TG_TABLE_NAME, field
                USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$
"""

# Of a changed row only the named columns may differ.
ONLY = """
CREATE FUNCTION journal_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    field text;
    value jsonb;
BEGIN
    FOR field, value IN SELECT * FROM jsonb_each(to_jsonb(NEW)) LOOP
        IF value IS DISTINCT FROM before -> field AND NOT field = ANY (TG_ARGV) THEN
            RAISE EXCEPTION '%.% never changes', TG_TABLE_NAME, field USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$
"""

# Arguments: the column that says where a row stands; the steps it may take and the columns each of them may change,
# as {"draft>open": ["number"], ">draft": []}; columns that no step changes a second time.
STEPS = """
CREATE FUNCTION journal_steps() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    place constant text := TG_ARGV[0];
    steps constant jsonb := TG_ARGV[1];
    is_now constant jsonb := to_jsonb(NEW);
    before jsonb := '{}';
    step text;
    field text;
    value jsonb;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        before := to_jsonb(OLD);
    END IF;
    step := concat(before ->> place, '>', is_now ->> place);
    IF NOT steps ? step AND (TG_OP = 'INSERT' OR before -> place <> is_now -> place) THEN
        RAISE EXCEPTION '% never goes from "%" to "%"', TG_TABLE_NAME, before ->> place, is_now ->> place
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        RETURN NEW;
    END IF;
    FOR field, value IN SELECT * FROM jsonb_each(is_now) LOOP
        IF field <> place AND value IS DISTINCT FROM before -> field
           AND (NOT coalesce(steps -> step ? field, false)
                OR (field = ANY (TG_ARGV[2:]) AND before -> field <> 'null'::jsonb)) THEN
            RAISE EXCEPTION '%.% never changes at the step %', TG_TABLE_NAME, field, step
                USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$
"""

# An entry takes the next free place of its chain and names the hash of the head.
ENTRY_FOLLOWS_HEAD = """
CREATE FUNCTION journal_entry_follows_head() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    head record;
BEGIN
    SELECT head_sequence, head_hash INTO head FROM journal_chain WHERE id = NEW.chain_id;
    IF head IS NULL OR NEW.sequence <> head.head_sequence + 1 OR NEW.previous_hash <> head.head_hash THEN
        RAISE EXCEPTION 'entry % does not follow the head of chain %', NEW.sequence, NEW.chain_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# The head starts at nothing, and only ever moves on to the entry that was just written.
HEAD_MOVES_FORWARD = """
CREATE FUNCTION journal_head_moves_forward() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.head_sequence <> 0 OR NEW.head_hash <> repeat('0', 64) THEN
            RAISE EXCEPTION 'a chain starts empty' USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF NEW.id <> OLD.id OR NEW.label <> OLD.label OR NEW.head_sequence <> OLD.head_sequence + 1
          OR NOT EXISTS (SELECT FROM journal_entry AS entry WHERE entry.chain_id = NEW.id
                         AND entry.sequence = NEW.head_sequence AND entry.hash = NEW.head_hash) THEN
        RAISE EXCEPTION 'the head of chain % only moves to the entry just written', OLD.label
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
