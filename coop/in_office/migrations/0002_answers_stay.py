from django.db import migrations

from coop.journal.append_only import append_only


class Migration(migrations.Migration):
    """What was asked and what was answered stays as it is."""

    dependencies = [("in_office", "0001_questions"), ("journal", "0001_initial")]
    operations = [append_only("in_office_question"), append_only("in_office_answer")]
