import django.db.models.deletion
from django.db import migrations, models

from coop.journal.append_only import append_only, by_steps, row_trigger
from coop.proposals.frozen import BUDGET_IS_PUT, SETTLED_UNVOTED, STEPS


class Migration(migrations.Migration):
    """A budget is laid before the assembly; what fell of it is settled with the whole."""

    dependencies = [
        ("budget", "0002_budgets_stay"),
        ("proposals", "0007_agreements"),
    ]

    operations = [
        migrations.CreateModel(
            name="BudgetMotion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="budget.amendment",
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="proposals.proposal"
                    ),
                ),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="budget.year"
                    ),
                ),
            ],
            options={
                "ordering": ["year", models.OrderBy(models.F("amendment__number"), nulls_last=True)],
            },
        ),
        migrations.AddConstraint(
            model_name="budgetmotion",
            constraint=models.UniqueConstraint(
                fields=("year", "amendment"), name="budget_motion_once", nulls_distinct=False
            ),
        ),
        migrations.RunSQL(BUDGET_IS_PUT, "DROP FUNCTION proposals_budget_is_put()"),
        append_only("proposals_budgetmotion"),
        row_trigger("proposals_budgetmotion", "is_put", "INSERT", "proposals_budget_is_put()"),
        migrations.RunSQL("DROP TRIGGER by_steps ON proposals_proposal", migrations.RunSQL.noop),
        by_steps("proposals_proposal", "state", steps=STEPS),
        migrations.RunSQL(SETTLED_UNVOTED, "DROP FUNCTION proposals_settled_unvoted()"),
        row_trigger("proposals_proposal", "settled_unvoted", "UPDATE", "proposals_settled_unvoted()"),
    ]
