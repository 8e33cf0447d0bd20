from django.db import migrations

from coop.journal.append_only import append_only


class Migration(migrations.Migration):
    """Who has asked for a secret vote has asked."""

    dependencies = [("meetings", "0005_secrecy_demands"), ("journal", "0001_initial")]
    operations = [append_only("meetings_secrecydemand")]
