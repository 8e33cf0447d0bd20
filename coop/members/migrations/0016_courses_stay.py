from django.db import migrations

from coop.journal.append_only import append_only
from coop.members.frozen import kept_by_two, waits_first


class Migration(migrations.Migration):
    """What an office asks for and who has done it is entered by one and signed by another, and stays."""

    dependencies = [("members", "0015_courses"), ("journal", "0001_initial")]
    operations = [
        append_only("members_course"),
        waits_first("members"),
        *kept_by_two("members", "members_courseasked"),
        *kept_by_two("members", "members_coursedone"),
    ]
