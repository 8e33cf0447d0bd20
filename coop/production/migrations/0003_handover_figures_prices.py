import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import coop.members.ranges


class Migration(migrations.Migration):
    dependencies = [
        ("production", "0002_problems_stay"),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("words", models.TextField(blank=True, max_length=2000)),
                ("nobody_there", models.BooleanField(default=False)),
                ("given_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("taken_words", models.TextField(blank=True, max_length=2000, null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="production.area",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
                (
                    "shift",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.shift"
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                    ),
                ),
            ],
            options={
                "ordering": ["-day", "-given_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "day", "shift"), name="handover_once_a_shift"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_at", None), ("taken_by", None), ("taken_words", None)),
                            models.Q(
                                ("taken_at__isnull", False),
                                ("taken_by__isnull", False),
                                ("taken_words__isnull", False),
                                models.Q(("taken_by", models.F("given_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="handover_signed_by_both",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandoverLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("question", models.CharField(max_length=160)),
                ("made_at", models.DateTimeField()),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handover_lines",
                        to="production.area",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("dropped_at", None)),
                        fields=("area", "question"),
                        name="handover_line_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("question", ""), _negated=True), name="handover_line_asks"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandoverAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nothing", models.BooleanField()),
                ("words", models.CharField(blank=True, max_length=500)),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="production.handover",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="production.handoverline",
                    ),
                ),
            ],
            options={
                "ordering": ["line_id"],
                "constraints": [
                    models.UniqueConstraint(fields=("handover", "line"), name="handover_answer_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("nothing", True), ("words", "")),
                            models.Q(("nothing", False), models.Q(("words", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="handover_answer_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KinContract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("party", models.CharField(max_length=160)),
                ("relation", models.CharField(max_length=80)),
                ("what", models.CharField(max_length=300)),
                ("amount", models.DecimalField(decimal_places=4, max_digits=14)),
                ("decision", models.CharField(max_length=200)),
                ("agreed_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="charter.cooperative",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
            ],
            options={
                "ordering": ["-agreed_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="kin_contract_not_below_zero"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision", ""), _negated=True), name="kin_contract_by_decision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("party", ""), _negated=True),
                            models.Q(("relation", ""), _negated=True),
                            models.Q(("what", ""), _negated=True),
                        ),
                        name="kin_contract_says_with_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("entered_by", models.F("member")), _negated=True),
                        name="kin_contract_entered_by_somebody_else",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PriceList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                ("entered_on", models.DateField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("refused_at", models.DateTimeField(blank=True, null=True)),
                ("refused_because", models.CharField(blank=True, max_length=300, null=True)),
                ("decision", models.CharField(max_length=200)),
                ("since", models.DateField()),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="charter.cooperative",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                    ),
                ),
            ],
            options={
                "ordering": ["-since", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None)),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="price_list_confirmed_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("refused_at", None), ("refused_because", None), ("refused_by", None)),
                            models.Q(
                                ("confirmed_at", None),
                                ("refused_at__isnull", False),
                                ("refused_because__gt", ""),
                                ("refused_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="price_list_turned_down_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision", ""), _negated=True),
                        name="price_list_cites_a_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("since__gte", models.F("entered_on"))),
                        name="price_list_not_backwards",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=16)),
                ("name", models.CharField(max_length=120)),
                ("unit", models.CharField(max_length=16)),
                ("made_at", models.DateTimeField()),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="charter.cooperative",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.department"
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "code"), name="product_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[A-Z0-9][A-Z0-9-]{0,15}$")),
                        name="product_code_is_plain",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("unit", ""), _negated=True)
                        ),
                        name="product_has_a_name_and_unit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CostSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("material", models.DecimalField(decimal_places=4, max_digits=14)),
                ("other_inputs", models.DecimalField(decimal_places=4, max_digits=14)),
                ("energy", models.DecimalField(decimal_places=4, max_digits=14)),
                ("work", models.DecimalField(decimal_places=4, max_digits=14)),
                ("wear", models.DecimalField(decimal_places=4, max_digits=14)),
                ("total", models.DecimalField(decimal_places=4, max_digits=14)),
                ("work_hours", models.DecimalField(decimal_places=4, max_digits=10)),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cost_sheets",
                        to="production.product",
                    ),
                ),
            ],
            options={
                "ordering": ["-entered_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("energy__gte", 0),
                            ("material__gte", 0),
                            ("other_inputs__gte", 0),
                            ("wear__gte", 0),
                            ("work__gte", 0),
                            ("work_hours__gte", 0),
                        ),
                        name="cost_sheet_not_below_zero",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "total",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("material"), "+", models.F("other_inputs")
                                            ),
                                            "+",
                                            models.F("energy"),
                                        ),
                                        "+",
                                        models.F("work"),
                                    ),
                                    "+",
                                    models.F("wear"),
                                ),
                            )
                        ),
                        name="cost_sheet_adds_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Price",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cost", models.DecimalField(decimal_places=4, max_digits=14)),
                ("peer", models.DecimalField(decimal_places=4, max_digits=14)),
                ("market", models.DecimalField(decimal_places=4, max_digits=14)),
                ("support", models.DecimalField(decimal_places=4, max_digits=14)),
                ("support_percent", models.PositiveSmallIntegerField()),
                ("below_cost_by", models.CharField(blank=True, max_length=200)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "cost_sheet",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="production.costsheet",
                    ),
                ),
                (
                    "price_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prices",
                        to="production.pricelist",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prices",
                        to="production.product",
                    ),
                ),
            ],
            options={
                "ordering": ["product__code"],
                "constraints": [
                    models.UniqueConstraint(fields=("price_list", "product"), name="price_once_in_a_list"),
                    models.CheckConstraint(
                        condition=models.Q(("cost__gte", 0), ("market__gt", 0), ("peer__gte", 0)),
                        name="price_not_below_zero",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("market__lte", models.F("support")), ("peer__lte", models.F("market"))
                        ),
                        name="prices_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cost__lte", models.F("peer")),
                            models.Q(("below_cost_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="price_under_cost_by_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "support__lte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("market"),
                                        "*",
                                        django.db.models.expressions.CombinedExpression(
                                            models.Value(100), "+", models.F("support_percent")
                                        ),
                                    ),
                                    "/",
                                    models.Value(100),
                                ),
                            )
                        ),
                        name="support_price_within_limit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None),
                            models.Q(("since__isnull", False), ("until__gt", models.F("since"))),
                            _connector="OR",
                        ),
                        name="price_ends_after_it_begins",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("since__isnull", False)),
                        expressions=[
                            (coop.members.ranges.Number("product_id"), "&&"),
                            (coop.members.ranges.Days("since", "until", models.Value("[)")), "&&"),
                        ],
                        name="one_price_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                ("entered_on", models.DateField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("refused_at", models.DateTimeField(blank=True, null=True)),
                ("refused_because", models.CharField(blank=True, max_length=300, null=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("from_month", models.PositiveSmallIntegerField(default=1)),
                ("target", models.DecimalField(decimal_places=3, max_digits=14)),
                ("capacity", models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                ("decision", models.CharField(max_length=200)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="charter.cooperative",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan",
                        to="production.product",
                    ),
                ),
            ],
            options={
                "ordering": ["year", "from_month", "product__code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None)),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="plan_line_confirmed_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("refused_at", None), ("refused_because", None), ("refused_by", None)),
                            models.Q(
                                ("confirmed_at", None),
                                ("refused_at__isnull", False),
                                ("refused_because__gt", ""),
                                ("refused_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="plan_line_turned_down_with_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("refused_at", None)),
                        fields=("product", "year", "from_month"),
                        name="plan_line_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_month__gte", 1), ("from_month__lte", 12)),
                        name="plan_line_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("target__gte", 0),
                            ("target__lte", 1000000000),
                            models.Q(
                                ("capacity", None),
                                models.Q(("capacity__gt", 0), ("capacity__lte", 1000000000)),
                                _connector="OR",
                            ),
                        ),
                        name="plan_line_amounts_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision", ""), _negated=True), name="plan_line_cites_a_decision"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Output",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("month", models.PositiveSmallIntegerField()),
                ("version", models.PositiveSmallIntegerField()),
                ("amount", models.DecimalField(decimal_places=3, max_digits=14)),
                ("because", models.CharField(blank=True, max_length=300)),
                ("due_on", models.DateField()),
                ("entered_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="output",
                        to="production.product",
                    ),
                ),
            ],
            options={
                "ordering": ["year", "month", "product__code", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("product", "year", "month", "version"), name="output_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__gte", 1), ("month__lte", 12)), name="output_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0), ("amount__lte", 1000000000)),
                        name="output_amount_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("version", 1),
                            models.Q(("version__gt", 1), models.Q(("because", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="output_corrected_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SaleSlip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                ("entered_on", models.DateField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("refused_at", models.DateTimeField(blank=True, null=True)),
                ("refused_because", models.CharField(blank=True, max_length=300, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("peer", "another plant of workers"),
                            ("market", "the market"),
                            ("support", "a supporter"),
                        ],
                        max_length=8,
                    ),
                ),
                ("buyer", models.CharField(max_length=160)),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=14)),
                ("unit_price", models.DecimalField(decimal_places=4, max_digits=14)),
                ("list_price", models.DecimalField(decimal_places=4, max_digits=14)),
                ("discount_percent", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("decision", models.CharField(blank=True, max_length=200)),
                ("sold_on", models.DateField()),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="charter.cooperative",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
                (
                    "kin",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                    ),
                ),
                (
                    "price",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="production.price"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="production.product"
                    ),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                    ),
                ),
            ],
            options={
                "ordering": ["-sold_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None)),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="sale_slip_confirmed_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("refused_at", None), ("refused_because", None), ("refused_by", None)),
                            models.Q(
                                ("confirmed_at", None),
                                ("refused_at__isnull", False),
                                ("refused_because__gt", ""),
                                ("refused_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="sale_slip_turned_down_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["peer", "market", "support"])),
                        name="sale_slip_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quantity__gt", 0),
                            ("unit_price__gte", 0),
                            models.Q(("buyer", ""), _negated=True),
                        ),
                        name="sale_slip_is_of_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unit_price__gte", models.F("list_price")),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="sale_slip_under_list_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "unit_price__gte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("list_price"),
                                        "*",
                                        django.db.models.expressions.CombinedExpression(
                                            models.Value(100), "-", models.F("discount_percent")
                                        ),
                                    ),
                                    "/",
                                    models.Value(100),
                                ),
                            ),
                            models.Q(("decision", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="sale_slip_far_under_list_by_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kin", None), models.Q(("decision", ""), _negated=True), _connector="OR"
                        ),
                        name="sale_slip_to_kin_by_decision",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sale",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("peer", "another plant of workers"),
                            ("market", "the market"),
                            ("support", "a supporter"),
                        ],
                        max_length=8,
                    ),
                ),
                ("buyer", models.CharField(max_length=160)),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=14)),
                ("unit_price", models.DecimalField(decimal_places=4, max_digits=14)),
                ("list_price", models.DecimalField(decimal_places=4, max_digits=14)),
                ("discount_percent", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("decision", models.CharField(blank=True, max_length=200)),
                ("sold_on", models.DateField()),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("signed_at", models.DateTimeField()),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="charter.cooperative",
                    ),
                ),
                (
                    "kin",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                    ),
                ),
                (
                    "price",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="production.price"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="production.product"
                    ),
                ),
                (
                    "second_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
                (
                    "slip",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sale",
                        to="production.saleslip",
                    ),
                ),
            ],
            options={
                "ordering": ["-sold_on", "-number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["peer", "market", "support"])),
                        name="sale_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quantity__gt", 0),
                            ("unit_price__gte", 0),
                            models.Q(("buyer", ""), _negated=True),
                        ),
                        name="sale_is_of_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unit_price__gte", models.F("list_price")),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="sale_under_list_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "unit_price__gte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("list_price"),
                                        "*",
                                        django.db.models.expressions.CombinedExpression(
                                            models.Value(100), "-", models.F("discount_percent")
                                        ),
                                    ),
                                    "/",
                                    models.Value(100),
                                ),
                            ),
                            models.Q(("decision", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="sale_far_under_list_by_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kin", None), models.Q(("decision", ""), _negated=True), _connector="OR"
                        ),
                        name="sale_to_kin_by_decision",
                    ),
                    models.UniqueConstraint(
                        fields=("cooperative", "year", "number"), name="sale_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("signed_by", models.F("second_by")), _negated=True),
                        name="sale_signed_by_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Gift",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("giver", models.CharField(max_length=160)),
                ("what", models.CharField(max_length=200)),
                ("value", models.DecimalField(decimal_places=4, max_digits=14)),
                ("handed_in", models.BooleanField()),
                ("received_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="charter.cooperative",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
            ],
            options={
                "ordering": ["-received_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("value__gte", 0)), name="gift_value_not_below_zero"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("giver", ""), _negated=True), models.Q(("what", ""), _negated=True)
                        ),
                        name="gift_is_something",
                    ),
                ],
            },
        ),
    ]
