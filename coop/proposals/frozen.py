"""What PostgreSQL keeps of a proposal: from publication on, its words and numbers stay, and it only goes forward."""

# Which steps a proposal may take, and what each may change besides the state.
STEPS = {
    ">draft": [],
    "draft>draft": ["title", "reasons", "kind", "matter", "on_behalf_of_id", "again_id", "revision"],
    "draft>open": [
        "year",
        "number",
        "published_at",
        "support_needed",
        "support_until",
        "words_hash",
        "again_id",
    ],
    "open>admitted": ["admitted_at"],
    "admitted>tabled": [],
    "tabled>tabled": ["amendments_until", "debated_at"],
    "tabled>admitted": ["amendments_until", "debated_at"],
    "tabled>settled": ["settled_at", "carried"],
    "admitted>settled": ["settled_at", "carried"],  # only what SETTLED_UNVOTED leaves
    "open>fallen": ["settled_at"],
    "open>refused": ["settled_at", "said"],
    "admitted>refused": ["settled_at", "said"],
    "draft>withdrawn": ["settled_at"],
    "open>withdrawn": ["settled_at"],
    "admitted>withdrawn": ["settled_at"],
    "withdrawn>open": ["settled_at", "taken_over_by_id"],
    "withdrawn>admitted": ["settled_at", "taken_over_by_id"],
}

ENDED = ["ended_at"]
GIVING_WAY = ["ended_at", "fell_because", "through_id"]
AMENDMENT_STEPS = {
    ">submitted": [],
    "submitted>admitted": ["admitted_at", "leave_at"],
    "submitted>accepted": ENDED,
    "admitted>accepted": ENDED,
    "submitted>withdrawn": ["ended_at", "said"],
    "admitted>withdrawn": ["ended_at", "said"],
    "submitted>refused": ["ended_at", "said"],
    "submitted>fallen": GIVING_WAY,
    "admitted>fallen": GIVING_WAY,
    "submitted>replaced": GIVING_WAY,
    "admitted>replaced": GIVING_WAY,
    "carried>replaced": GIVING_WAY,  # a text that reconciles two carried ones
    "admitted>carried": ENDED,
    "admitted>not_carried": ENDED,
    "fallen>admitted": [*GIVING_WAY, "wanted_at"],  # the meeting wants to vote on it all the same
}

# What an amendment changes is of the same proposal and amends nothing itself.
AMENDMENT_IS_OF = """
CREATE FUNCTION proposals_amendment_is_of() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.amends_id IS NOT NULL AND NOT EXISTS (SELECT FROM proposals_amendment WHERE id = NEW.amends_id
            AND proposal_id = NEW.proposal_id AND amends_id IS NULL) THEN
        RAISE EXCEPTION 'an amendment of an amendment is of the same proposal, and one level deep'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (SELECT state FROM proposals_proposal WHERE id = NEW.proposal_id) NOT IN ('open', 'admitted', 'tabled') THEN
        RAISE EXCEPTION 'nothing is moved to a text that is not before anybody' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# The changes are numbered from 1 and written in one go; nobody adds another to what has been submitted.
CHANGES_OF_NEW = """
CREATE FUNCTION proposals_changes_of_new() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.number NOT BETWEEN 1 AND (SELECT change_count FROM proposals_amendment WHERE id = NEW.amendment_id) THEN
        RAISE EXCEPTION 'an amendment is written in one go and its words stay' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

AMENDMENT_SUPPORT = """
CREATE FUNCTION proposals_amendment_support() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM proposals_amendment WHERE id = NEW.amendment_id) <> 'submitted' THEN
        RAISE EXCEPTION 'nobody signs an amendment that is not open' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

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

AGREEMENT_STEPS = {
    ">drafting": [],
    "drafting>drafting": ["by_article", "comments_until", "starts_on", "expires_on", "proposal_id"],
    "drafting>adopted": ["adopted_on", "adopted_by", "starts_on", "replaces_id"],
    "adopted>adopted": ["ended_on"],
}

# Articles, and what is said about them, belong to a time of writing.
AGREEMENT_IS_WRITTEN = """
CREATE FUNCTION proposals_agreement_is_written() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    of_agreement bigint;
BEGIN
    IF TG_TABLE_NAME = 'proposals_agreementarticle' THEN
        of_agreement := NEW.agreement_id;
    ELSE
        of_agreement := (SELECT agreement_id FROM proposals_agreementarticle WHERE id = NEW.article_id);
    END IF;
    IF (SELECT state FROM proposals_agreement WHERE id = of_agreement) <> 'drafting' THEN
        RAISE EXCEPTION 'an agreement that was adopted is not written any more' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# The words of a change of the bylaws are made from its values, so nobody adds one to what is published.
RULES_OF_DRAFTS = """
CREATE FUNCTION proposals_rules_of_drafts() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM proposals_proposal
            WHERE id = NEW.proposal_id AND state = 'draft' AND kind = 'bylaws') THEN
        RAISE EXCEPTION 'only the draft of a change of the rules names rules' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# The words of a plan, a price list or a choice of technique are made from its rows: they stand with the draft.
FLOOR_OF_DRAFTS = """
CREATE FUNCTION proposals_floor_of_drafts() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM proposals_proposal
            WHERE id = NEW.proposal_id AND state = 'draft' AND kind = TG_ARGV[0]) THEN
        RAISE EXCEPTION 'figures and options are those of a draft of their kind' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# What says that a vote set it was asked for by a proposal that was carried in that moment: word for word, figure for
# figure. (A plan may begin later than asked, where its first month went by before the vote.)
SET_AS_CARRIED = """
CREATE FUNCTION proposals_set_as_carried() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    found boolean;
    list record;
BEGIN
    IF TG_TABLE_NAME = 'production_planline' THEN
        found := NOT NEW.voted OR EXISTS (SELECT FROM proposals_planasked asked
            JOIN proposals_proposal moved ON moved.id = asked.proposal_id
            WHERE moved.kind = 'plan' AND moved.state = 'settled' AND moved.carried
            AND moved.settled_at = NEW.confirmed_at AND moved.cooperative_id = NEW.cooperative_id
            AND asked.product_id = NEW.product_id AND asked.year = NEW.year AND asked.from_month <= NEW.from_month
            AND (asked.target, asked.capacity) IS NOT DISTINCT FROM (NEW.target, NEW.capacity));
    ELSE
        SELECT * INTO list FROM production_pricelist WHERE id = NEW.price_list_id;
        found := NOT list.voted OR EXISTS (SELECT FROM proposals_priceasked asked
            JOIN proposals_proposal moved ON moved.id = asked.proposal_id
            WHERE moved.kind = 'price' AND moved.state = 'settled' AND moved.carried
            AND moved.settled_at = list.entered_at AND moved.cooperative_id = list.cooperative_id
            AND asked.product_id = NEW.product_id AND (asked.since IS NULL OR asked.since <= list.since)
            AND (asked.cost, asked.peer, asked.market, asked.support)
                = (NEW.cost, NEW.peer, NEW.market, NEW.support));
    END IF;
    IF NOT found THEN
        RAISE EXCEPTION 'what a vote sets was asked for and carried' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# An amendment of a budget that fell is voted by nobody and settled with the whole; nothing else skips the agenda.
SETTLED_UNVOTED = """
CREATE FUNCTION proposals_settled_unvoted() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.state = 'admitted' AND NEW.state = 'settled' AND (NEW.carried IS NOT FALSE OR NOT EXISTS (
            SELECT FROM proposals_budgetmotion WHERE proposal_id = NEW.id AND amendment_id IS NOT NULL)) THEN
        RAISE EXCEPTION 'what stood on no agenda is not settled' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# A budget comes before the assembly once it is put: as a whole, and each of its own amendments.
BUDGET_IS_PUT = """
CREATE FUNCTION proposals_budget_is_put() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM proposals_proposal laid
            JOIN budget_year year ON year.cooperative_id = laid.cooperative_id
            WHERE laid.id = NEW.proposal_id AND laid.kind = 'budget' AND laid.state = 'draft'
            AND year.id = NEW.year_id AND year.state = 'put')
        OR (NEW.amendment_id IS NOT NULL AND NOT EXISTS (SELECT FROM budget_amendment
            WHERE id = NEW.amendment_id AND year_id = NEW.year_id AND state = 'admitted')) THEN
        RAISE EXCEPTION 'what is laid before the assembly is of a budget that is put'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
