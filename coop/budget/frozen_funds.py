"""What PostgreSQL keeps of funds: their money stays on the line, a list is of its days, and what was chosen stays."""

FUND_STEPS = {
    ">open": [],
    "open>closed": ["closed_at"],
    "closed>voting": ["vote", "put_at"],
    "voting>voting": ["vote", "put_at"],  # the vote before was annulled
    "voting>chosen": ["chosen_at", "decided_by", "left_over"],
    "open>given_up": ["ended_at", "said"],
    "closed>given_up": ["ended_at", "said"],
    "voting>given_up": ["ended_at", "said"],
}

WORDS = ["title", "words", "place", "cost", "proof", "answers_id", "agreed_at", "revision"]
PROJECT_STEPS = {
    ">put": [],
    "put>put": WORDS,
    "put>feasible": [],
    "put>not_feasible": [],
    "feasible>not_feasible": [],
    "not_feasible>feasible": [],
    "not_feasible>put": WORDS,
    "put>withdrawn": ["ended_at", "said"],
    "feasible>withdrawn": ["ended_at", "said"],
    "not_feasible>withdrawn": ["ended_at", "said"],
    "feasible>chosen": ["rank"],
    "feasible>not_chosen": [],
}

# What is set aside on a line: all of a fund until it is chosen from, and then what the chosen projects cost.
SET_ASIDE = """
CREATE FUNCTION budget_set_aside(line bigint) RETURNS numeric
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce(sum(amount - coalesce(left_over, 0)), 0) FROM budget_fund
    WHERE line_id = line AND state <> 'given_up'
$$
"""

LEFT_ON = """
CREATE FUNCTION budget_left_on(line bigint) RETURNS numeric
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce((SELECT adopted FROM budget_line WHERE id = line), 0)
        + coalesce((SELECT sum(amount) FROM budget_movement WHERE target_id = line), 0)
        - coalesce((SELECT sum(amount) FROM budget_movement WHERE source_id = line), 0)
$$
"""

# A fund is money of a line of expense of an adopted budget; chosen from, it is told to the last unit.
FUND_IS_MONEY = """
CREATE FUNCTION budget_fund_is_money() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NOT EXISTS (SELECT FROM budget_line line JOIN budget_year year ON year.id = line.year_id
            WHERE line.id = NEW.line_id AND year.id = NEW.year_id AND line.side = 'expense'
                AND year.state IN ('adopted', 'running')
                AND NEW.amount + budget_set_aside(line.id) <= budget_left_on(line.id)) THEN
        RAISE EXCEPTION 'a fund is money that an adopted line still has' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.state = 'chosen' AND OLD.state <> 'chosen' AND (
            NEW.left_over <> NEW.amount - coalesce(
                (SELECT sum(cost) FROM budget_project WHERE fund_id = NEW.id AND state = 'chosen'), 0)
            OR EXISTS (SELECT FROM budget_project WHERE fund_id = NEW.id AND state = 'feasible')) THEN
        RAISE EXCEPTION 'of a fund it is told what became of every project and every unit'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# Put forward and checked while the list is open; chosen, or not, while its vote is.
PROJECT_IN_ITS_TIME = """
CREATE FUNCTION budget_project_in_its_time() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    its_fund text := (SELECT state FROM budget_fund WHERE id = NEW.fund_id);
BEGIN
    IF its_fund <> (CASE WHEN NEW.state IN ('chosen', 'not_chosen') THEN 'voting' ELSE 'open' END) THEN
        RAISE EXCEPTION 'the list of a fund is closed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

CHECKED_WHILE_OPEN = """
CREATE FUNCTION budget_checked_while_open() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM budget_project project JOIN budget_fund fund ON fund.id = project.fund_id
            WHERE project.id = NEW.project_id AND fund.state = 'open'
                AND project.state IN ('put', 'feasible', 'not_feasible') AND project.revision = NEW.revision) THEN
        RAISE EXCEPTION 'a check is of the words as they stand, while the list is open'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

SPENT_AS_CHOSEN = """
CREATE FUNCTION budget_spent_as_chosen() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM budget_project WHERE id = NEW.project_id AND state = 'chosen'
            AND NEW.amount + coalesce(
                (SELECT sum(amount) FROM budget_spending WHERE project_id = NEW.project_id), 0)
                BETWEEN 0 AND cost) THEN
        RAISE EXCEPTION 'a chosen project is paid up to its cost' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# A decision that moves money leaves what is set aside.
FUNDS_KEEP_THEIR_MONEY = """
CREATE FUNCTION budget_funds_keep_their_money() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT side FROM budget_line WHERE id = NEW.source_id) = 'expense'
            AND NEW.amount > budget_left_on(NEW.source_id) - budget_set_aside(NEW.source_id) THEN
        RAISE EXCEPTION 'what is set aside for a fund stays on its line' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
