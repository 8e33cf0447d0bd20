from django.db import migrations

from coop.budget.frozen import (
    ADOPTED_BALANCES,
    AMENDMENT_IS_OF,
    AMENDMENT_STEPS,
    HANDED_IN_BALANCED,
    LINES_OF_DRAFTS,
    MOVED_BY_A_DECISION,
    MOVES_OF_DRAFTS,
    PARTS_OF_DRAFTS,
    SPENT_IN_A_YEAR_THAT_RUNS,
    SUPPORT_WHILE_OPEN,
    YEAR_STEPS,
)
from coop.journal.append_only import append_only, by_steps, never_deleted, row_trigger, write_once


class Migration(migrations.Migration):
    """A line moves while it is drawn up, and after that by decisions; what is handed in balances and stays."""

    dependencies = [("budget", "0001_budgets"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(LINES_OF_DRAFTS, "DROP FUNCTION budget_lines_of_drafts()"),
        migrations.RunSQL(ADOPTED_BALANCES, "DROP FUNCTION budget_adopted_balances()"),
        migrations.RunSQL(AMENDMENT_IS_OF, "DROP FUNCTION budget_amendment_is_of()"),
        migrations.RunSQL(HANDED_IN_BALANCED, "DROP FUNCTION budget_handed_in_balanced()"),
        migrations.RunSQL(MOVES_OF_DRAFTS, "DROP FUNCTION budget_moves_of_drafts()"),
        migrations.RunSQL(SUPPORT_WHILE_OPEN, "DROP FUNCTION budget_support_while_open()"),
        migrations.RunSQL(PARTS_OF_DRAFTS, "DROP FUNCTION budget_parts_of_drafts()"),
        migrations.RunSQL(MOVED_BY_A_DECISION, "DROP FUNCTION budget_moved_by_a_decision()"),
        migrations.RunSQL(SPENT_IN_A_YEAR_THAT_RUNS, "DROP FUNCTION budget_spent_in_a_year_that_runs()"),
        never_deleted("budget_year"),
        by_steps("budget_year", "state", steps=YEAR_STEPS),
        row_trigger("budget_year", "balances", "UPDATE", "budget_adopted_balances()"),
        row_trigger("budget_line", "of_drafts", "INSERT OR UPDATE OR DELETE", "budget_lines_of_drafts()"),
        row_trigger("budget_ceiling", "of_drafts", "INSERT OR UPDATE OR DELETE", "budget_lines_of_drafts()"),
        never_deleted("budget_amendment"),
        by_steps("budget_amendment", "state", steps=AMENDMENT_STEPS),
        row_trigger("budget_amendment", "is_of", "INSERT", "budget_amendment_is_of()"),
        row_trigger("budget_amendment", "balances", "UPDATE", "budget_handed_in_balanced()"),
        row_trigger(
            "budget_amendmentmove", "of_drafts", "INSERT OR UPDATE OR DELETE", "budget_moves_of_drafts()"
        ),
        append_only("budget_amendmentsupport"),
        row_trigger("budget_amendmentsupport", "while_open", "INSERT", "budget_support_while_open()"),
        write_once("budget_partof", columns=["agreed_by_id", "agreed_at"]),
        row_trigger("budget_partof", "of_drafts", "INSERT", "budget_parts_of_drafts()"),
        append_only("budget_ordermove"),
        append_only("budget_actual"),
        row_trigger("budget_actual", "while_running", "INSERT", "budget_spent_in_a_year_that_runs()"),
        append_only("budget_movement"),
        row_trigger("budget_movement", "by_a_decision", "INSERT", "budget_moved_by_a_decision()"),
        write_once("budget_unmet", columns=["carried_to_id"]),
    ]
