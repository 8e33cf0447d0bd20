"""The words of proposals, amendments, decisions and minutes as PostgreSQL finds them.

`searchable` folds accents and case like `coop.members.folding`, parts words at every mark, and gives each word as it is
and without its ending in the three languages: a row does not know in which of them its co-operative speaks, and whoever
asks does. PostgreSQL's Portuguese does not know that "reuniões" are more than one "reunião". Of very long texts only the words as they are, because PostgreSQL keeps at most a megabyte of them for a row.
"""

from django.db import migrations

SEARCHABLE = r"""
CREATE FUNCTION searchable(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 2000
BEGIN ATOMIC
    SELECT CASE
        WHEN length(plain) > 100000 THEN to_tsvector('pg_catalog.simple'::regconfig, left(plain, 400000))
        ELSE to_tsvector('pg_catalog.simple'::regconfig, plain)
            || to_tsvector('pg_catalog.english'::regconfig, plain)
            || to_tsvector('pg_catalog.spanish'::regconfig, plain)
            || to_tsvector('pg_catalog.portuguese'::regconfig, regexp_replace(plain, 'oes\M', 'ao', 'g'))
        END
    FROM (
        SELECT lower(regexp_replace(
            regexp_replace(normalize(words, NFKD), '[\u0300-\u036f]', '', 'g'),
            '[!-/:-@[-`{-~\u2010-\u203a\u00a1\u00ab\u00b7\u00bb\u00bf]', ' ', 'g'
        )) AS plain
    ) AS folded;
END
"""
FINAL_TEXT = "CASE WHEN adopted_text = '' THEN text ELSE adopted_text END"
INDEXED = [
    ("proposals_proposal", "title"),
    ("proposals_proposal", "reasons"),
    ("proposals_clause", "text"),
    ("proposals_amendment", "reasons"),
    ("proposals_amendmentchange", "text"),
    ("decisions_decision", "title"),
    ("decisions_decision", FINAL_TEXT),
    ("decisions_carrieddecision", "title"),
    ("decisions_carrieddecision", "text"),
    ("meetings_minutes", "searched"),
]


def name_of(table: str, words: str) -> str:
    return f"{table}_{'final' if words == FINAL_TEXT else words}_words"


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0005_life"),
        ("decisions", "0006_backing_stays"),
        ("meetings", "0017_minutes_found_elsewhere"),
    ]
    operations = [
        migrations.RunSQL([SEARCHABLE], ["DROP FUNCTION searchable(text)"]),
        *(
            migrations.RunSQL(
                [f"CREATE INDEX {name_of(table, words)} ON {table} USING gin (searchable({words}))"],
                [f"DROP INDEX {name_of(table, words)}"],
            )
            for table, words in INDEXED
        ),
    ]
