"""What PostgreSQL keeps of an intake: it goes forward, and what was confirmed is never deleted."""

_READING = ["sheet", "header", "mapping", "since", "missing"]

INTAKE_STEPS = {
    ">read": [],
    "read>read": _READING,
    "read>running": ["document", "confirmed_at", "confirmed_by_id"],
    "running>done": ["done_at"],
    "done>done": ["tables"],
    "done>undoing": ["undone_by_id", "undone_because"],
    "undoing>undone": ["undone_at"],
    "undone>undone": ["tables"],
}

# What names a person goes when nothing can be taken back any more; that the row was there, and its number, stay.
_PERSON = ["name", "typed", "values", "errors", "changes", "made"]
ROW_STEPS = {
    ">read": [],
    "read>waiting": [],
    "read>same": [],
    "read>left_out": [],
    "waiting>done": ["member_id", "made"],
    "waiting>failed": ["reasons"],
    "done>undone": [],
    "done>kept": ["reasons"],
    **{f"{state}>{state}": _PERSON for state in ("same", "left_out", "done", "failed", "undone", "kept")},
}

ONLY_UNCONFIRMED_GO = """
CREATE FUNCTION intake_only_unconfirmed_go() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.state <> 'read' THEN
        RAISE EXCEPTION 'what was confirmed stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$
"""
