"""What PostgreSQL keeps of a proposal: from publication on, its words and numbers stay, and it only goes forward."""

# Which steps a proposal may take, and what each may change besides the state.
STEPS = {
    ">draft": [],
    "draft>draft": ["title", "reasons", "kind", "matter", "on_behalf_of_id", "revision"],
    "draft>open": ["year", "number", "published_at", "support_needed", "support_until"],
    "open>admitted": ["admitted_at"],
    "admitted>tabled": [],
    "tabled>admitted": [],
    "tabled>settled": ["settled_at"],
    "open>fallen": ["settled_at"],
    "draft>withdrawn": ["settled_at"],
    "open>withdrawn": ["settled_at"],
    "admitted>withdrawn": ["settled_at"],
}

# Both ends are looked at, so that no clause is carried off to another proposal.
CLAUSES_OF_DRAFTS = """
CREATE FUNCTION proposals_clauses_of_drafts() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (TG_OP <> 'INSERT' AND (SELECT state FROM proposals_proposal WHERE id = OLD.proposal_id) <> 'draft')
        OR (TG_OP <> 'DELETE' AND (SELECT state FROM proposals_proposal WHERE id = NEW.proposal_id) <> 'draft') THEN
        RAISE EXCEPTION 'the words of a published proposal stay' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$
"""

SUPPORT_WHILE_OPEN = """
CREATE FUNCTION proposals_support_while_open() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM proposals_proposal WHERE id = NEW.proposal_id) <> 'open' THEN
        RAISE EXCEPTION 'nobody signs a proposal that is not open' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
