from django.db import migrations

from coop.journal.append_only import only

MAY_CHANGE = [
    "legal_name",
    "short_name",
    "legal_form",
    "town",
    "region",
    "motto",
    "registered_number",
    "language",
    "reference_pay",
]


class Migration(migrations.Migration):
    """Every date and sum on record is read in the zone and the currency of the founding, under one address and chain."""

    dependencies = [("charter", "0002_bylaws"), ("journal", "0001_initial")]
    operations = [
        only("charter_cooperative", columns=MAY_CHANGE),
    ]
