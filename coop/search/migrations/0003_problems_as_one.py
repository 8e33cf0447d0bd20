"""All words of a problem in one place: its title, its details, its risk, and everything that was said about it.

Whoever looks for several words in the list of problems asks whether one problem holds them all, wherever they stand in
it. Passage by passage that was a reading of every line that holds one of them. A row of this table follows its problem
as an index does: the triggers write it, nothing reads words from it, and it can be written anew from the others. It has
no foreign key: it is no more than an index, and what is emptied together with its tables need not know it.

PostgreSQL keeps at most a megabyte of words for a row; what comes after that is found passage by passage only.
"""

from django.db import migrations

TABLE = """
CREATE TABLE search_problemwords (
    problem_id bigint PRIMARY KEY,
    words tsvector NOT NULL
)
"""
INDEX = "CREATE INDEX search_problemwords_words ON search_problemwords USING gin (words)"
FOLLOW = """
CREATE FUNCTION search_problem_words() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'production_problem' THEN
        INSERT INTO search_problemwords (problem_id, words)
        VALUES (NEW.id, searchable(NEW.title) || searchable(NEW.details) || searchable(NEW.risk))
        ON CONFLICT (problem_id) DO UPDATE SET words = EXCLUDED.words;
    ELSIF NEW.words <> '' THEN
        UPDATE search_problemwords SET words = words || searchable(NEW.words)
        WHERE problem_id = NEW.problem_id;
    END IF;
    RETURN NULL;
EXCEPTION WHEN program_limit_exceeded THEN
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE TRIGGER search_problem_words AFTER INSERT ON {table}
FOR EACH ROW EXECUTE FUNCTION search_problem_words()
"""
ALWAYS = "ALTER TABLE {table} ENABLE ALWAYS TRIGGER search_problem_words"
FILL = """
DO $$
DECLARE
    one record;
    said record;
    told tsvector;
BEGIN
    FOR one IN SELECT id, title, details, risk FROM production_problem LOOP
        told := searchable(one.title) || searchable(one.details) || searchable(one.risk);
        FOR said IN SELECT words FROM production_problemevent
                WHERE problem_id = one.id AND words <> '' ORDER BY id LOOP
            BEGIN
                told := told || searchable(said.words);
            EXCEPTION WHEN program_limit_exceeded THEN
                NULL;
            END;
        END LOOP;
        INSERT INTO search_problemwords (problem_id, words) VALUES (one.id, told);
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_problems"),
    ]
    operations = [
        migrations.RunSQL([TABLE], ["DROP TABLE search_problemwords"]),
        migrations.RunSQL([FILL, INDEX], migrations.RunSQL.noop),
        migrations.RunSQL([FOLLOW], ["DROP FUNCTION search_problem_words() CASCADE"]),
        *(
            migrations.RunSQL(
                [TRIGGER.format(table=table), ALWAYS.format(table=table)], migrations.RunSQL.noop
            )
            for table in ("production_problem", "production_problemevent")
        ),
    ]
