"""What PostgreSQL keeps of pay: a scale is what two have signed, a month has all its slips from the first moment."""

PARTS_BEFORE_SIGNATURE = """
CREATE FUNCTION pay_parts_before_signature() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pay_payscale WHERE id = NEW.scale_id
            AND confirmed_at IS NULL AND refused_at IS NULL) THEN
        RAISE EXCEPTION 'the scale has been signed without this line' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
OF_A_HELD_SCALE = """
CREATE FUNCTION pay_of_a_held_scale() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pay_payscale scale WHERE scale.id = NEW.scale_id
            AND scale.cooperative_id = NEW.cooperative_id
            AND scale.confirmed_at IS NOT NULL AND scale.valid_from <= NEW.month) THEN
        RAISE EXCEPTION 'a month is paid by a scale that held then' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
SLIP_OF_ITS_SCALE = """
CREATE FUNCTION pay_slip_of_its_scale() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pay_paymonth entry
            JOIN pay_grade grade ON grade.scale_id = entry.scale_id AND grade.id = NEW.grade_id
            JOIN members_member person ON person.cooperative_id = entry.cooperative_id AND person.id = NEW.member_id
            WHERE entry.id = NEW.month_id) THEN
        RAISE EXCEPTION 'a slip is of somebody here, by a grade of the scale of its month'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
# Once for all slips of a statement: counted row by row, a month of thousands would take minutes.
ALL_SLIPS_AT_ONCE = [
    """
CREATE FUNCTION pay_all_slips_at_once() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM pay_paymonth entry WHERE entry.id IN (SELECT month_id FROM added)
            AND entry.people <> (SELECT count(*) FROM pay_slip WHERE month_id = entry.id)) THEN
        RAISE EXCEPTION 'a month has all its slips from the first moment' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$
""",
    """
CREATE TRIGGER all_at_once AFTER INSERT ON pay_slip REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION pay_all_slips_at_once()
""",
    "ALTER TABLE pay_slip ENABLE ALWAYS TRIGGER all_at_once",
]
ALL_SLIPS_DROPPED = ["DROP TRIGGER all_at_once ON pay_slip", "DROP FUNCTION pay_all_slips_at_once()"]
