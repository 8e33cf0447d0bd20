from django.db import migrations

from coop.budget.frozen_funds import (
    CHECKED_WHILE_OPEN,
    FUND_IS_MONEY,
    FUND_STEPS,
    FUNDS_KEEP_THEIR_MONEY,
    LEFT_ON,
    PROJECT_IN_ITS_TIME,
    PROJECT_STEPS,
    SET_ASIDE,
    SPENT_AS_CHOSEN,
)
from coop.journal.append_only import append_only, by_steps, never_deleted, row_trigger


class Migration(migrations.Migration):
    """The money of a fund stays on its line, and what was chosen with it stays chosen."""

    dependencies = [("budget", "0003_funds"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(SET_ASIDE, "DROP FUNCTION budget_set_aside(bigint)"),
        migrations.RunSQL(LEFT_ON, "DROP FUNCTION budget_left_on(bigint)"),
        migrations.RunSQL(FUND_IS_MONEY, "DROP FUNCTION budget_fund_is_money()"),
        migrations.RunSQL(PROJECT_IN_ITS_TIME, "DROP FUNCTION budget_project_in_its_time()"),
        migrations.RunSQL(CHECKED_WHILE_OPEN, "DROP FUNCTION budget_checked_while_open()"),
        migrations.RunSQL(SPENT_AS_CHOSEN, "DROP FUNCTION budget_spent_as_chosen()"),
        migrations.RunSQL(FUNDS_KEEP_THEIR_MONEY, "DROP FUNCTION budget_funds_keep_their_money()"),
        never_deleted("budget_fund"),
        by_steps("budget_fund", "state", steps=FUND_STEPS),
        row_trigger("budget_fund", "is_money", "INSERT OR UPDATE", "budget_fund_is_money()"),
        never_deleted("budget_project"),
        by_steps("budget_project", "state", steps=PROJECT_STEPS),
        row_trigger("budget_project", "in_its_time", "INSERT OR UPDATE", "budget_project_in_its_time()"),
        append_only("budget_projectcheck"),
        row_trigger("budget_projectcheck", "while_open", "INSERT", "budget_checked_while_open()"),
        append_only("budget_spending"),
        row_trigger("budget_spending", "as_chosen", "INSERT", "budget_spent_as_chosen()"),
        row_trigger("budget_movement", "keeps_funds", "INSERT", "budget_funds_keep_their_money()"),
    ]
