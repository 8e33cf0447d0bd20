import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from coop.journal.append_only import append_only
from coop.meetings.frozen import ADDED_LATER


class Migration(migrations.Migration):
    """Parts of minutes that are closed, and the vote of a later meeting on them; both are only ever added."""

    dependencies = [("meetings", "0011_calling"), ("members", "0009_tables_and_absence")]
    operations = [
        migrations.CreateModel(
            name="ClosedPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item_number", models.PositiveSmallIntegerField()),
                ("salt", models.CharField(max_length=32)),
                ("text", models.TextField()),
                ("hash", models.CharField(max_length=64)),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closed_parts",
                        to="meetings.minutes",
                    ),
                ),
            ],
            options={
                "ordering": ["item_number"],
                "constraints": [
                    models.UniqueConstraint(fields=("minutes", "item_number"), name="closed_part_once"),
                    models.CheckConstraint(
                        condition=Q(("hash__regex", "^[0-9a-f]{64}$"), ("salt__regex", "^[0-9a-f]{32}$")),
                        name="closed_part_is_hashed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MinutesApproval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("carried", models.BooleanField()),
                ("votes_for", models.PositiveIntegerField(blank=True, null=True)),
                ("votes_against", models.PositiveIntegerField(blank=True, null=True)),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approval",
                        to="meetings.agendaitem",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(
                            Q(("votes_against", None), ("votes_for", None)),
                            Q(("votes_against__isnull", False), ("votes_for__isnull", False)),
                            _connector="OR",
                        ),
                        name="approval_has_both_figures",
                    )
                ],
            },
        ),
        *(append_only(table) for table in ADDED_LATER),
    ]
