from django.db import migrations

from coop.in_office.frozen import COMMITMENT_STEPS, SIGNED_IN_OFFICE
from coop.journal.append_only import by_steps, never_deleted, row_trigger


class Migration(migrations.Migration):
    """Over the limit of the bylaws nothing binds the house before a second office has signed."""

    dependencies = [
        ("in_office", "0007_commitments"),
        ("charter", "0010_two_signatures_and_appeals"),
        ("members", "0016_courses_stay"),
        ("journal", "0001_initial"),
    ]
    operations = [
        never_deleted("in_office_commitment"),
        by_steps("in_office_commitment", "state", steps=COMMITMENT_STEPS),
        migrations.RunSQL(SIGNED_IN_OFFICE, "DROP FUNCTION in_office_signed_in_office()"),
        row_trigger(
            "in_office_commitment", "signed_in_office", "INSERT OR UPDATE", "in_office_signed_in_office()"
        ),
    ]
