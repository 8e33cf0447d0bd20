import django.db.models.deletion
from django.db import migrations, models

from coop.budget.frozen import AMENDMENT_STEPS, CHALLENGED_WHILE_PUT
from coop.journal.append_only import by_steps, row_trigger, write_once


class Migration(migrations.Migration):
    """A fall is challenged while the vote goes on, and answered once; a draft says anew on whose behalf it is."""

    dependencies = [
        ("budget", "0004_funds_stay"),
        ("members", "0016_courses_stay"),
    ]

    operations = [
        migrations.CreateModel(
            name="Challenge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("because", models.CharField(max_length=500)),
                ("made_at", models.DateTimeField()),
                ("is_right", models.BooleanField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=500, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "amendment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="budget.amendment",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("amendment",),
                        name="budget_challenge_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("because", ""), _negated=True), name="budget_challenge_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", None),
                                ("answered_at", None),
                                ("answered_by", None),
                                ("is_right", None),
                            ),
                            models.Q(
                                ("answer__gt", ""),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("is_right__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="budget_challenge_answered_whole",
                    ),
                ],
            },
        ),
        migrations.RunSQL(CHALLENGED_WHILE_PUT, "DROP FUNCTION budget_challenged_while_put()"),
        write_once("budget_challenge", columns=["is_right", "answer", "answered_by_id", "answered_at"]),
        row_trigger("budget_challenge", "while_put", "INSERT", "budget_challenged_while_put()"),
        migrations.RunSQL("DROP TRIGGER by_steps ON budget_amendment", migrations.RunSQL.noop),
        by_steps("budget_amendment", "state", steps=AMENDMENT_STEPS),
    ]
