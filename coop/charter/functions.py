"""SQL functions for the CHECK constraints of the bylaws. The same text gives the same answer, always."""

# A share "n/d" between two others, both included, compared by cross-multiplication.
SHARE_WITHIN = """
CREATE FUNCTION charter_share_within(share text, low text, high text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
    SELECT CASE WHEN share ~ '^[1-9][0-9]{0,2}/[1-9][0-9]{0,2}$' THEN
        split_part(share, '/', 1)::int * split_part(low, '/', 2)::int
            >= split_part(low, '/', 1)::int * split_part(share, '/', 2)::int
        AND split_part(share, '/', 1)::int * split_part(high, '/', 2)::int
            <= split_part(high, '/', 1)::int * split_part(share, '/', 2)::int
    ELSE false END
$$
"""

# A list of codes joined by commas: only codes of the table, each once, in the order of the table.
IS_SOME_OF = """
CREATE FUNCTION charter_is_some_of(chosen text, codes text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
    SELECT chosen = coalesce((
        SELECT string_agg(code, ',' ORDER BY place)
        FROM unnest(string_to_array(codes, ',')) WITH ORDINALITY AS known(code, place)
        WHERE code = ANY (string_to_array(chosen, ','))
    ), '')
$$
"""
