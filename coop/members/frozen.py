"""What PostgreSQL keeps of people and offices: the number of a member, and who held what from when until when."""

from collections.abc import Sequence

from django.db.migrations import RunSQL

from coop.journal.append_only import row_trigger, write_once

# All of a member but the number and the co-operative; a new column is added here when it may change.
MEMBER_MAY_CHANGE = [
    "account_id",
    "name",
    "plain_name",
    "joined",
    "founder",
    "job",
    "area",
    "language",
    "contact",
    "support",
    "born",
    "phone",
]

# What may be written of a standing or a posting after it was entered, each once: its end, and that it was wrong.
DATED_ONCE = ["until", "struck_at", "struck_because"]
STANDING_ONCE = [*DATED_ONCE, "appealed_at", "final_at"]

# A card is countersigned, used or withdrawn once; whose secret it replaced says once that they know.
CARD_ONCE = ["countersigned_by_id", "countersigned_at", "used_at", "withdrawn_at", "acknowledged_at"]

# An application is decided once; a refusal may be appealed once.
_DECIDED = ["decided_on", "document", "reasons"]
_APPEAL_DECIDED = ["appeal_decided_on", "appeal_document", "appeal_reasons"]
APPLICATION_STEPS = {
    ">open": [],
    "open>admitted": [*_DECIDED, "member_id"],
    "open>refused": _DECIDED,
    "open>withdrawn": ["decided_on", "reasons"],
    "refused>appealed": ["appealed_on", "appeal"],
    "appealed>admitted": [*_APPEAL_DECIDED, "member_id"],
    "appealed>upheld": _APPEAL_DECIDED,
}

# A mandate is confirmed once and ended once, never prolonged; an ended one stays as it is, but that one whose successor
# is elected may end before that day.
MANDATE_ONLY_ENDS = """
CREATE FUNCTION members_mandate_only_ends() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    field text;
    value jsonb;
BEGIN
    FOR field, value IN SELECT * FROM jsonb_each(to_jsonb(NEW)) LOOP
        IF value IS DISTINCT FROM before -> field AND NOT (OLD.ended = '' AND CASE
            WHEN field IN ('confirmed_by_id', 'confirmed_at') THEN OLD.confirmed_at IS NULL
            WHEN field = 'until' THEN NEW.ended <> '' AND NEW.until IS NOT NULL
                AND (OLD.until IS NULL OR NEW.until < OLD.until)
            WHEN field IN ('ended', 'end_document') THEN NEW.ended <> '' AND NEW.until IS NOT NULL
            ELSE false
        END) THEN
            RAISE EXCEPTION '% of a mandate never changes so', field USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$
"""

MANDATE_ONLY_ENDS_AGAIN = MANDATE_ONLY_ENDS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
MANDATE_ENDS_EARLIER = MANDATE_ONLY_ENDS_AGAIN.replace(
    "OLD.ended = '' AND CASE",
    "(OLD.ended = '' OR (OLD.ended = 'replaced' AND NEW.until < OLD.until)) AND CASE",
).replace("OLD.confirmed_at IS NULL", "OLD.ended = '' AND OLD.confirmed_at IS NULL")

# That others replaced a secret makes its owner vote on paper for a while; nothing takes that back.
RESET_STANDS = """
CREATE FUNCTION members_reset_stands() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.reset_at IS NOT NULL AND (NEW.reset_at IS NULL OR NEW.reset_at < OLD.reset_at) THEN
        RAISE EXCEPTION 'that a secret was replaced stays on record' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# --- What is entered by one person and signed by a second, in whatever stage it stands ------------------------------

SIGNATURES = ["confirmed_by_id", "confirmed_at", "refused_by_id", "refused_at", "refused_because"]


def waits_first(stage: str) -> RunSQL:
    """The trigger function of a stage that keeps such entries; goes before `kept_by_two`."""
    return RunSQL(
        f"""
CREATE FUNCTION {stage}_waits_first() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.confirmed_at IS NOT NULL OR NEW.refused_at IS NOT NULL THEN
        RAISE EXCEPTION 'an entry begins without a second signature' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
""",
        f"DROP FUNCTION {stage}_waits_first()",
    )


def kept_by_two(stage: str, table: str, *, once: Sequence[str] = ()) -> list[RunSQL]:
    """Entered without a second signature, then only signed; `once` names more columns that are written once."""
    return [
        write_once(table, columns=[*SIGNATURES, *once]),
        row_trigger(table, "waits_first", "INSERT", f"{stage}_waits_first()"),
    ]
