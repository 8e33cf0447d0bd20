"""The words of problems of production, as PostgreSQL finds them."""

from django.db import migrations

INDEXED = [
    ("production_problem", "title"),
    ("production_problem", "details"),
    ("production_problem", "risk"),
    ("production_problemevent", "words"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_words"),
        ("production", "0005_problems_found"),
    ]
    operations = [
        migrations.RunSQL(
            [f"CREATE INDEX {table}_{words}_words ON {table} USING gin (searchable({words}))"],
            [f"DROP INDEX {table}_{words}_words"],
        )
        for table, words in INDEXED
    ]
