import django.db.models.deletion
from django.db import migrations, models

from coop.journal.append_only import write_once


class Migration(migrations.Migration):
    """The yes of somebody in office to an entry of the register. It is used once, and never taken from the record."""

    dependencies = [("members", "0011_ends_earlier"), ("journal", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        choices=[
                            ("move", "I want to work in another department or crew"),
                            ("leave", "I want to leave the co-operative"),
                            ("mend", "What the register says of my standing or my place is wrong"),
                        ],
                        max_length=8,
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="members.member",
                    ),
                ),
            ],
            options={
                "ordering": ["given_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to__in", ["move", "leave", "mend"])),
                        name="consent_is_to_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_at", None),
                            ("used_at__gte", models.F("given_at")),
                            _connector="OR",
                        ),
                        name="consent_used_after_given",
                    ),
                ],
            },
        ),
        write_once("members_consent", columns=["used_at"]),
    ]
