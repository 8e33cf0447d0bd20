import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from coop.journal.append_only import never_deleted, only, row_trigger, write_once
from coop.keys.frozen import PASSKEY_GOES_FORWARD


class Migration(migrations.Migration):
    """Codes on paper, each good once; and passkeys, whose count goes forward."""

    dependencies = [
        ("keys", "0001_initial"),
        ("journal", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OneTimeCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code_hash", models.CharField(max_length=64, unique=True)),
                ("printed_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["printed_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("used_at", None), ("withdrawn_at", None), _connector="OR"),
                        name="code_used_or_withdrawn",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Passkey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("credential", models.BinaryField(max_length=1023, unique=True)),
                ("public_key", models.BinaryField(max_length=2000)),
                ("counter", models.BigIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["added_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="passkey_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("counter__gte", 0)), name="passkey_counts_from_zero"
                    ),
                ],
            },
        ),
        write_once("keys_onetimecode", columns=["used_at", "withdrawn_at"]),
        migrations.RunSQL(PASSKEY_GOES_FORWARD, "DROP FUNCTION keys_passkey_goes_forward()"),
        never_deleted("keys_passkey"),
        only("keys_passkey", columns=["counter", "removed_at"]),
        row_trigger("keys_passkey", "goes_forward", "UPDATE", "keys_passkey_goes_forward()"),
    ]
