import django.db.models.deletion
from django.db import migrations, models

from coop.budget.frozen import BLOC_WAITS
from coop.journal.append_only import row_trigger, write_once


class Migration(migrations.Migration):
    """Amendments that are voted in one question, and which of them somebody wanted to be voted singly."""

    dependencies = [
        ("budget", "0005_challenges"),
        ("members", "0016_courses_stay"),
    ]

    operations = [
        migrations.CreateModel(
            name="InBloc",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("put_in_at", models.DateTimeField()),
                ("out_at", models.DateTimeField(blank=True, null=True)),
                (
                    "amendment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="in_blocs",
                        to="budget.amendment",
                    ),
                ),
                (
                    "out_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                    ),
                ),
                (
                    "put_in_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("out_at", None)),
                        fields=("amendment",),
                        name="budget_in_one_bloc_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("out_at", None), ("out_by", None)),
                            models.Q(("out_at__isnull", False), ("out_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="budget_out_of_a_bloc_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(BLOC_WAITS, "DROP FUNCTION budget_bloc_waits()"),
        write_once("budget_inbloc", columns=["out_by_id", "out_at"]),
        row_trigger("budget_inbloc", "waits", "INSERT", "budget_bloc_waits()"),
    ]
