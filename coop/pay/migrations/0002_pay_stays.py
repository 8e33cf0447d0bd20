from django.db import migrations

from coop.journal.append_only import append_only, row_trigger
from coop.members.frozen import kept_by_two, waits_first
from coop.pay.frozen import (
    ALL_SLIPS_AT_ONCE,
    ALL_SLIPS_DROPPED,
    OF_A_HELD_SCALE,
    PARTS_BEFORE_SIGNATURE,
    SLIP_OF_ITS_SCALE,
)


class Migration(migrations.Migration):
    """A scale is only signed; a month is entered whole, and entered again where it was wrong."""

    dependencies = [("pay", "0001_pay"), ("journal", "0001_initial")]
    operations = [
        waits_first("pay"),
        migrations.RunSQL(PARTS_BEFORE_SIGNATURE, "DROP FUNCTION pay_parts_before_signature()"),
        migrations.RunSQL(OF_A_HELD_SCALE, "DROP FUNCTION pay_of_a_held_scale()"),
        migrations.RunSQL(SLIP_OF_ITS_SCALE, "DROP FUNCTION pay_slip_of_its_scale()"),
        *kept_by_two("pay", "pay_payscale"),
        append_only("pay_grade"),
        row_trigger("pay_grade", "before_signature", "INSERT", "pay_parts_before_signature()"),
        append_only("pay_supplement"),
        row_trigger("pay_supplement", "before_signature", "INSERT", "pay_parts_before_signature()"),
        append_only("pay_paymonth"),
        row_trigger("pay_paymonth", "of_a_held_scale", "INSERT", "pay_of_a_held_scale()"),
        append_only("pay_gradeinmonth"),
        append_only("pay_slip"),
        row_trigger("pay_slip", "of_its_scale", "INSERT", "pay_slip_of_its_scale()"),
        migrations.RunSQL(ALL_SLIPS_AT_ONCE, ALL_SLIPS_DROPPED),
        append_only("pay_slipsupplement"),
    ]
