"""What PostgreSQL keeps of the budget: lines move while it is drawn up only, and what is handed in balances."""

YEAR_STEPS = {
    ">draft": [],
    "draft>draft": ["amendments_until", "conciliation_until", "vote_on"],
    "draft>open": ["amendments_until", "conciliation_until", "vote_on", "published_at", "floor"],
    "open>conciliation": ["conciliation_at"],
    "conciliation>put": ["put_at"],
    "put>adopted": ["settled_at", "decided_by", "hash"],
    "put>rejected": ["settled_at", "decided_by"],
    "adopted>running": ["running_at"],
    "running>closed": ["closed_at"],
}

GIVING_WAY = ["ended_at", "fell_because", "through_id"]
AMENDMENT_STEPS = {
    ">draft": [],
    "draft>draft": ["title", "reasons", "proof", "revision", "remark", "on_behalf_of_id"],
    "draft>submitted": ["number", "submitted_at", "support_needed"],
    "submitted>submitted": ["remark"],
    "submitted>admitted": ["admitted_at", "backed_by"],
    "admitted>admitted": ["remark"],
    "draft>withdrawn": ["ended_at", "said"],
    "submitted>withdrawn": ["ended_at", "said"],
    "admitted>withdrawn": ["ended_at", "said"],
    "admitted>carried": ["ended_at", "decided_by"],
    "admitted>not_carried": ["ended_at", "decided_by"],
    "admitted>fallen": GIVING_WAY,
    "fallen>admitted": [*GIVING_WAY, "wanted_at"],  # the meeting wants to vote on it all the same
    "draft>not_put": ["ended_at"],
    "submitted>not_put": ["ended_at"],
}

# Lines and ceilings are written while the draft is; with the vote a line gets what was adopted, once.
LINES_OF_DRAFTS = """
CREATE FUNCTION budget_lines_of_drafts() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    old_state text;
    new_state text;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        old_state := (SELECT state FROM budget_year WHERE id = OLD.year_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        new_state := (SELECT state FROM budget_year WHERE id = NEW.year_id);
    END IF;
    IF TG_TABLE_NAME = 'budget_line' AND TG_OP = 'UPDATE' AND old_state = 'put' THEN
        IF to_jsonb(OLD) - 'adopted' = to_jsonb(NEW) - 'adopted' AND (to_jsonb(OLD) -> 'adopted') = 'null'::jsonb THEN
            RETURN NEW;
        END IF;
    END IF;
    IF coalesce(old_state, 'draft') <> 'draft' OR coalesce(new_state, 'draft') <> 'draft'
        OR (TG_TABLE_NAME = 'budget_line' AND TG_OP <> 'DELETE'
            AND to_jsonb(NEW) -> 'adopted' <> 'null'::jsonb) THEN
        RAISE EXCEPTION 'a line of a published budget moves by decisions only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$
"""

# A budget is adopted with an amount on every line, and with income equal to expense.
ADOPTED_BALANCES = """
CREATE FUNCTION budget_adopted_balances() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state = 'adopted' AND OLD.state <> 'adopted' AND NOT coalesce((
            SELECT count(*) = count(adopted)
                AND sum(adopted) FILTER (WHERE side = 'income') = sum(adopted) FILTER (WHERE side = 'expense')
            FROM budget_line WHERE year_id = NEW.id), false) THEN
        RAISE EXCEPTION 'a budget is adopted when its income is its expense' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# Begun while the budget is open; what it amends, or is kept from, is of the same co-operative and fits.
AMENDMENT_IS_OF = """
CREATE FUNCTION budget_amendment_is_of() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM budget_year WHERE id = NEW.year_id) NOT IN ('open', 'conciliation') THEN
        RAISE EXCEPTION 'nothing is moved in a budget that is not open' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.amends_id IS NOT NULL AND NOT EXISTS (SELECT FROM budget_amendment
            WHERE id = NEW.amends_id AND year_id = NEW.year_id AND amends_id IS NULL) THEN
        RAISE EXCEPTION 'an amendment of an amendment is of the same budget, and one level deep'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.kept_from_id IS NOT NULL AND NOT EXISTS (SELECT FROM budget_amendment kept
            JOIN budget_year was ON was.id = kept.year_id JOIN budget_year now ON now.follows_id = was.id
            WHERE kept.id = NEW.kept_from_id AND now.id = NEW.year_id) THEN
        RAISE EXCEPTION 'what is kept comes from the text that was turned down' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# It is handed in with moves that balance: what they give to expense is what they add to income.
HANDED_IN_BALANCED = """
CREATE FUNCTION budget_handed_in_balanced() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.state = 'draft' AND NEW.state = 'submitted' AND coalesce((
            SELECT sum(CASE line.side WHEN 'expense' THEN move.amount ELSE -move.amount END)
            FROM budget_amendmentmove move JOIN budget_line line ON line.id = move.line_id
            WHERE move.amendment_id = NEW.id), 1) <> 0 THEN
        RAISE EXCEPTION 'an amendment names where its money comes from' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# The moves of a draft may be written anew, on lines of its year; what is handed in stays.
MOVES_OF_DRAFTS = """
CREATE FUNCTION budget_moves_of_drafts() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (TG_OP <> 'INSERT' AND (SELECT state FROM budget_amendment WHERE id = OLD.amendment_id) <> 'draft')
        OR (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT FROM budget_amendment asked
            JOIN budget_line line ON line.id = NEW.line_id AND line.year_id = asked.year_id
            WHERE asked.id = NEW.amendment_id AND asked.state = 'draft')) THEN
        RAISE EXCEPTION 'the moves of an amendment stay as they were handed in' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$
"""

SUPPORT_WHILE_OPEN = """
CREATE FUNCTION budget_support_while_open() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM budget_amendment WHERE id = NEW.amendment_id) <> 'submitted' THEN
        RAISE EXCEPTION 'nobody signs an amendment that is not open' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

PARTS_OF_DRAFTS = """
CREATE FUNCTION budget_parts_of_drafts() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM budget_amendment whole JOIN budget_amendment part ON part.id = NEW.part_id
            AND part.year_id = whole.year_id AND part.amends_id IS NULL AND part.kind = 'own'
            WHERE whole.id = NEW.common_id AND whole.kind = 'common' AND whole.state = 'draft') THEN
        RAISE EXCEPTION 'a common text stands for amendments of its budget' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

MOVED_BY_A_DECISION = """
CREATE FUNCTION budget_moved_by_a_decision() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM budget_year year
            JOIN budget_line source ON source.id = NEW.source_id AND source.year_id = year.id
            JOIN budget_line target ON target.id = NEW.target_id AND target.year_id = year.id
                AND target.side = 'expense'
            WHERE year.id = NEW.year_id AND year.state IN ('adopted', 'running') AND (source.side = 'income'
                OR NEW.amount <= source.adopted
                    + coalesce((SELECT sum(amount) FROM budget_movement WHERE target_id = source.id), 0)
                    - coalesce((SELECT sum(amount) FROM budget_movement WHERE source_id = source.id), 0))) THEN
        RAISE EXCEPTION 'money moves within an adopted budget, and no line falls below zero'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

SPENT_IN_A_YEAR_THAT_RUNS = """
CREATE FUNCTION budget_spent_in_a_year_that_runs() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM budget_line line JOIN budget_year year ON year.id = line.year_id
            WHERE line.id = NEW.line_id AND year.state = 'running') THEN
        RAISE EXCEPTION 'figures of a month belong to a year that runs' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# What has not fallen is not challenged, and nothing is once the whole was voted.
CHALLENGED_WHILE_PUT = """
CREATE FUNCTION budget_challenged_while_put() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM budget_amendment asked JOIN budget_year year ON year.id = asked.year_id
            WHERE asked.id = NEW.amendment_id AND asked.state = 'fallen' AND year.state = 'put') THEN
        RAISE EXCEPTION 'what is challenged is the fall of an amendment, before the whole is voted'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# Together are voted amendments that wait for their vote, none of them an amendment to another.
BLOC_WAITS = """
CREATE FUNCTION budget_bloc_waits() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM budget_amendment asked JOIN budget_year year ON year.id = asked.year_id
            WHERE asked.id = NEW.amendment_id AND asked.state = 'admitted' AND asked.amends_id IS NULL
            AND year.state = 'put') THEN
        RAISE EXCEPTION 'what is voted in a bloc waits for its vote' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
