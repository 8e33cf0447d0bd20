from django.db import migrations

from coop.journal.append_only import append_only, row_trigger, write_once
from coop.production.frozen import (
    PRICES_OF_THEIR_LIST,
    SETTLED,
    SHEET_IS_WHOLE,
    SOLD_AS_SIGNED,
    SOLD_BY_THE_LIST,
)


class Migration(migrations.Migration):
    """Sheets are signed whole, figures are followed and never mended, and the book holds what two have signed."""

    dependencies = [
        ("production", "0003_handover_figures_prices"),
        ("journal", "0001_initial"),
        ("charter", "0003_cooperative_stays"),
    ]
    operations = [
        migrations.RunSQL(SHEET_IS_WHOLE, "DROP FUNCTION production_sheet_is_whole()"),
        migrations.RunSQL(PRICES_OF_THEIR_LIST, "DROP FUNCTION production_prices_of_their_list()"),
        migrations.RunSQL(SOLD_BY_THE_LIST, "DROP FUNCTION production_sold_by_the_list()"),
        migrations.RunSQL(SOLD_AS_SIGNED, "DROP FUNCTION production_sold_as_signed()"),
        write_once("production_handoverline", columns=["dropped_at"]),
        write_once("production_handover", columns=["taken_by_id", "taken_at", "taken_words"]),
        row_trigger("production_handover", "whole", "INSERT OR UPDATE", "production_sheet_is_whole()"),
        append_only("production_handoveranswer"),
        row_trigger("production_handoveranswer", "before_signed", "INSERT", "production_sheet_is_whole()"),
        append_only("production_product"),
        write_once("production_planline", columns=SETTLED),
        append_only("production_output"),
        append_only("production_costsheet"),
        write_once("production_pricelist", columns=SETTLED),
        write_once("production_price", columns=["since", "until"]),
        row_trigger("production_price", "of_list", "INSERT OR UPDATE", "production_prices_of_their_list()"),
        write_once("production_saleslip", columns=SETTLED),
        row_trigger("production_saleslip", "by_the_list", "INSERT", "production_sold_by_the_list()"),
        append_only("production_sale"),
        row_trigger("production_sale", "as_signed", "INSERT", "production_sold_as_signed()"),
        append_only("production_gift"),
        append_only("production_kincontract"),
    ]
