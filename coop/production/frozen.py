"""What PostgreSQL keeps of the shop floor: problems change as their events tell, and nobody closes one alone."""

# What may change while a problem waits: its priority with the clock, its level, and that it was answered.
_WAITS = ["priority", "answer_by", "answered_at", "level", "untouched"]
_SOLVED = ["solved_by_id", "solved_at", "answered_at", "untouched"]
_UNSOLVED = ["solved_by_id", "solved_at", "met_since", "untouched"]
PROBLEM_STEPS = {
    ">open": [],
    "open>open": _WAITS,
    "in_progress>in_progress": _WAITS,
    "reopened>reopened": _WAITS,
    "open>in_progress": ["answered_at", "untouched"],
    "reopened>in_progress": ["answered_at", "untouched"],
    "open>solved": _SOLVED,
    "in_progress>solved": _SOLVED,
    "reopened>solved": _SOLVED,
    "solved>solved": ["met_since"],
    "solved>in_progress": _UNSOLVED,
    "solved>verified": ["verified_by_id", "verified_at"],
    "verified>reopened": [
        "verified_by_id",
        "verified_at",
        *_UNSOLVED,
        "answer_by",
        "answered_at",
        "level",
        "reopened",
    ],
    "open>joined": ["joined_to_id"],
    "in_progress>joined": ["joined_to_id"],
    "reopened>joined": ["joined_to_id"],
    "joined>open": ["joined_to_id"],
    "open>conduct": [],
    "in_progress>conduct": [],
    "reopened>conduct": [],
    "solved>conduct": [],
}

# The event is written first; then the problem may become what the event says.
AS_ITS_EVENTS_TELL = """
CREATE FUNCTION production_as_its_events_tell() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.state, NEW.level, NEW.priority) IS DISTINCT FROM (OLD.state, OLD.level, OLD.priority)
            AND NOT EXISTS (SELECT FROM production_problemevent told
            WHERE told.id = (SELECT max(id) FROM production_problemevent WHERE problem_id = NEW.id)
            AND told.before = OLD.state AND told.after = NEW.state
            AND told.level = NEW.level AND told.priority = NEW.priority) THEN
        RAISE EXCEPTION 'a problem changes as its last event tells' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# By whoever raised it; otherwise by somebody who sits in a council at that moment.
VERIFIED_BY_WHO_MAY = """
CREATE FUNCTION production_verified_by_who_may() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state = 'verified' AND OLD.state <> 'verified'
            AND NEW.verified_by_id IS DISTINCT FROM NEW.raised_by_id AND NOT EXISTS (
            SELECT FROM members_mandate held
            JOIN members_seat seat ON seat.id = held.seat_id AND NOT seat.alternate
            JOIN members_office office ON office.id = seat.office_id
            JOIN members_body body ON body.id = office.body_id
                AND body.kind IN ('department_council', 'administrative_council')
                AND body.cooperative_id = NEW.cooperative_id
            WHERE held.member_id = NEW.verified_by_id AND held.confirmed_at IS NOT NULL
            AND held.since <= NEW.verified_at AND (held.until IS NULL OR held.until > NEW.verified_at)) THEN
        RAISE EXCEPTION 'who raised a problem confirms that it is solved, or a council'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# What is countersigned is confirmed or turned down, once.
SETTLED = ["confirmed_by_id", "confirmed_at", "refused_by_id", "refused_at", "refused_because"]

# Every line that stood when a sheet was given is answered before it is signed, and none after.
SHEET_IS_WHOLE = """
CREATE FUNCTION production_sheet_is_whole() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'production_handoveranswer' THEN
        IF NOT EXISTS (SELECT FROM production_handover sheet
                JOIN production_handoverline line ON line.id = NEW.line_id AND line.area_id = sheet.area_id
                WHERE sheet.id = NEW.handover_id AND sheet.taken_at IS NULL) THEN
            RAISE EXCEPTION 'a sheet is answered before it is signed, line by line of its place'
                USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF NEW.taken_at IS NOT NULL AND EXISTS (SELECT FROM production_handoverline line
            WHERE line.area_id = NEW.area_id AND line.made_at <= NEW.given_at
            AND (line.dropped_at IS NULL OR line.dropped_at > NEW.given_at)
            AND NOT EXISTS (SELECT FROM production_handoveranswer given
                WHERE given.handover_id = NEW.id AND given.line_id = line.id)) THEN
        RAISE EXCEPTION 'a sheet with an open line is not taken over' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# Prices are written while their list waits, and hold from its day on, once it is confirmed.
PRICES_OF_THEIR_LIST = """
CREATE FUNCTION production_prices_of_their_list() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    list record;
BEGIN
    SELECT * INTO list FROM production_pricelist WHERE id = NEW.price_list_id;
    IF TG_OP = 'INSERT' THEN
        IF list.confirmed_at IS NOT NULL OR list.refused_at IS NOT NULL OR NEW.since IS NOT NULL THEN
            RAISE EXCEPTION 'prices are written while their list waits' USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF OLD.since IS NULL AND NEW.since IS NOT NULL
            AND (list.confirmed_at IS NULL OR NEW.since < list.since) THEN
        RAISE EXCEPTION 'prices hold from the day of their list, once it is confirmed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# The price beside a sale is that of the list on that day, for that kind of buyer; under cost only by a decision.
SOLD_BY_THE_LIST = """
CREATE FUNCTION production_sold_by_the_list() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    list production_price%ROWTYPE;
    percent integer;
BEGIN
    SELECT * INTO list FROM production_price WHERE id = NEW.price_id AND product_id = NEW.product_id
        AND since <= NEW.sold_on AND (until IS NULL OR until > NEW.sold_on);
    SELECT discount_percent INTO percent FROM charter_bylaws
        WHERE cooperative_id = NEW.cooperative_id AND (valid_from <= NEW.sold_on OR version = 1)
        ORDER BY version DESC LIMIT 1;
    IF list IS NULL OR NEW.discount_percent IS DISTINCT FROM percent
            OR NEW.list_price IS DISTINCT FROM
                (CASE NEW.kind WHEN 'peer' THEN list.peer WHEN 'market' THEN list.market ELSE list.support END)
            OR (NEW.unit_price < list.cost AND NEW.unit_price < NEW.list_price AND NEW.decision = '') THEN
        RAISE EXCEPTION 'a sale stands beside the price that held, and goes under cost only by a decision'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# The same; an emergency price that two have signed stands in the place of the list's as long as it holds.
SOLD_BY_THE_LIST_AS_MOVED = (
    SOLD_BY_THE_LIST.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    .replace(
        "    percent integer;",
        "    percent integer;\n    moved production_pricemove%ROWTYPE;",
    )
    .replace(
        "    SELECT discount_percent INTO",
        """    SELECT * INTO moved FROM production_pricemove WHERE price_id = NEW.price_id
        AND confirmed_at IS NOT NULL AND since <= NEW.sold_on AND until > NEW.sold_on;
    IF moved.id IS NOT NULL AND list.id IS NOT NULL THEN
        list.peer := moved.peer;
        list.market := moved.market;
        list.support := moved.support;
    END IF;
    SELECT discount_percent INTO""",
    )
)

# Whoever signs a month entered none of the figures that count in it, and signs all there are.
SIGNED_BY_ANOTHER = """
CREATE FUNCTION production_signed_by_another() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM production_output made JOIN production_product product ON product.id = made.product_id
            WHERE product.cooperative_id = NEW.cooperative_id AND made.year = NEW.year AND made.month = NEW.month
            AND (made.id > NEW.last_id OR (made.entered_by_id = NEW.signed_by_id AND NOT EXISTS (
                SELECT FROM production_output later WHERE later.product_id = made.product_id
                AND later.year = made.year AND later.month = made.month AND later.version > made.version))))
        OR NOT EXISTS (SELECT FROM production_output made
            JOIN production_product product ON product.id = made.product_id
            WHERE made.id = NEW.last_id AND product.cooperative_id = NEW.cooperative_id
            AND made.year = NEW.year AND made.month = NEW.month) THEN
        RAISE EXCEPTION 'a month is signed whole, by somebody who entered none of it'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

PLAN_LINE_ONCE = [*SETTLED, "replaced_at"]

# A line of the book is a slip that two have signed, word for word.
SOLD_AS_SIGNED = """
CREATE FUNCTION production_sold_as_signed() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM production_saleslip slip WHERE slip.id = NEW.slip_id
            AND slip.confirmed_at IS NOT NULL AND slip.entered_by_id = NEW.signed_by_id
            AND slip.confirmed_by_id = NEW.second_by_id
            AND (slip.cooperative_id, slip.product_id, slip.price_id, slip.kind, slip.buyer, slip.quantity,
                slip.unit_price, slip.list_price, slip.discount_percent, slip.reason, slip.decision, slip.sold_on)
            = (NEW.cooperative_id, NEW.product_id, NEW.price_id, NEW.kind, NEW.buyer, NEW.quantity,
                NEW.unit_price, NEW.list_price, NEW.discount_percent, NEW.reason, NEW.decision, NEW.sold_on)
            AND slip.kin_id IS NOT DISTINCT FROM NEW.kin_id) THEN
        RAISE EXCEPTION 'a line of the book is what two have signed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
