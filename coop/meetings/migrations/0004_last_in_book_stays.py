from django.db import migrations

from coop.members.frozen import kept_by_two, waits_first


class Migration(migrations.Migration):
    """Where the book ends is only signed: whoever was wrong enters it again."""

    dependencies = [("meetings", "0003_last_in_book"), ("journal", "0001_initial")]
    operations = [waits_first("meetings"), *kept_by_two("meetings", "meetings_lastinbook")]
