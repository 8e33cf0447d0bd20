import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("charter", "0003_cooperative_stays"),
        ("members", "0006_lives_stay"),
    ]

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("made_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.department"
                    ),
                ),
            ],
            options={
                "ordering": ["department__code", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("department", "name"),
                        name="area_name_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="area_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingHeld",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.body"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("body", "label"), name="meeting_held_once"),
                    models.CheckConstraint(
                        condition=models.Q(("label", ""), _negated=True), name="meeting_held_has_a_label"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Problem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("safety", "safety"),
                            ("quality", "quality"),
                            ("output", "output"),
                            ("supply", "supply"),
                            ("cost", "cost"),
                            ("people", "people"),
                            ("environment", "environment"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("details", models.TextField(blank=True, max_length=2000)),
                ("risk", models.TextField(blank=True, max_length=1000)),
                (
                    "priority",
                    models.CharField(
                        choices=[
                            ("safety", "safety"),
                            ("high", "high"),
                            ("normal", "normal"),
                            ("low", "low"),
                        ],
                        max_length=8,
                    ),
                ),
                ("raised_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("in_progress", "in progress"),
                            ("solved", "said to be solved"),
                            ("verified", "solved"),
                            ("reopened", "came back"),
                            ("joined", "the same as another"),
                            ("conduct", "about somebody's conduct; not on this list"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("meeting", "production meeting"),
                            ("council", "department council"),
                            ("administration", "administrative council"),
                            ("assembly", "assembly"),
                        ],
                        default="meeting",
                        max_length=16,
                    ),
                ),
                ("untouched", models.PositiveSmallIntegerField(default=0)),
                ("answer_by", models.DateField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("solved_at", models.DateTimeField(blank=True, null=True)),
                ("met_since", models.PositiveSmallIntegerField(default=0)),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("reopened", models.PositiveSmallIntegerField(default=0)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="production.area"
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
                    "joined_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joined",
                        to="production.problem",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                    ),
                ),
                (
                    "solved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                    ),
                ),
                (
                    "through",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                    ),
                ),
                (
                    "verified_by",
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
                "ordering": ["-year", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cooperative", "year", "number"), name="problem_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="problem_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "category__in",
                                ["safety", "quality", "output", "supply", "cost", "people", "environment"],
                            )
                        ),
                        name="problem_category_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("priority__in", ["safety", "high", "normal", "low"])),
                        name="problem_priority_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__in", ["meeting", "council", "administration", "assembly"])
                        ),
                        name="problem_level_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("through", None),
                            models.Q(
                                ("raised_by__isnull", False),
                                models.Q(("through", models.F("raised_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="problem_through_a_colleague",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["solved", "verified", "conduct"]),
                            models.Q(("met_since", 0), ("solved_at", None), ("solved_by", None)),
                            _connector="OR",
                        ),
                        name="problem_solved_while_it_is",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["solved", "verified"]), _negated=True),
                            models.Q(("solved_at__isnull", False), ("solved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="problem_solved_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("solved_by__isnull", False),
                                ("state", "verified"),
                                ("verified_at__isnull", False),
                                ("verified_by__isnull", False),
                                models.Q(("verified_by", models.F("solved_by")), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "verified"), _negated=True),
                                ("verified_at", None),
                                ("verified_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="problem_closed_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("joined_to__isnull", False),
                                ("state", "joined"),
                                models.Q(("joined_to", models.F("id")), _negated=True),
                            ),
                            models.Q(models.Q(("state", "joined"), _negated=True), ("joined_to", None)),
                            _connector="OR",
                        ),
                        name="problem_joined_names_the_other",
                    ),
                ],
                "indexes": [models.Index(fields=["cooperative", "state", "level"], name="problem_standing")],
            },
        ),
        migrations.CreateModel(
            name="MeToo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="me_too",
                        to="production.problem",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("problem", "member"), name="me_too_once")],
            },
        ),
        migrations.CreateModel(
            name="ProblemEvent",
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
                            ("note", "a note"),
                            ("cause", "a cause"),
                            ("idea", "an idea"),
                            ("answer", "an answer"),
                            ("decision", "decided"),
                            ("measure", "measured"),
                            ("priority", "another priority"),
                            ("taken_up", "taken up"),
                            ("solved", "said to be solved"),
                            ("objected", "not solved"),
                            ("verified", "confirmed as solved"),
                            ("reopened", "came back"),
                            ("escalated", "sent up"),
                            ("came_down", "answered from above"),
                            ("joined", "joined to another"),
                            ("parted", "taken apart again"),
                            ("conduct", "moved to the procedure on conduct"),
                            ("stopped", "work stopped"),
                            ("lifted", "stop lifted"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("words", models.TextField(blank=True, max_length=2000)),
                ("before", models.CharField(max_length=12)),
                ("after", models.CharField(max_length=12)),
                ("level", models.CharField(max_length=16)),
                ("priority", models.CharField(max_length=8)),
                ("measured", models.CharField(blank=True, max_length=80)),
                ("value_before", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                ("value_after", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="production.problem",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="production.problem",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "measure"),
                                models.Q(("measured", ""), _negated=True),
                                ("value_before__isnull", False),
                            ),
                            models.Q(
                                models.Q(("kind", "measure"), _negated=True),
                                ("measured", ""),
                                ("value_after", None),
                                ("value_before", None),
                            ),
                            _connector="OR",
                        ),
                        name="problem_event_measures",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "kind__in",
                                    ["note", "cause", "idea", "answer", "decision", "objected", "reopened"],
                                ),
                                _negated=True,
                            ),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="problem_event_has_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProblemPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("added_at", models.DateTimeField()),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                ("hash", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="production.problem",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("problem", "hash"), name="photo_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("height__gt", 0), ("height__lte", 1600), ("width__gt", 0), ("width__lte", 1600)
                        ),
                        name="photo_sides_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hash__regex", "^[0-9a-f]{64}$")), name="photo_hash_is_sha256"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stopped_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("made_safe", models.CharField(blank=True, max_length=300, null=True)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stops",
                        to="production.problem",
                    ),
                ),
                (
                    "stopped_by",
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
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("problem",),
                        name="one_stop_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_at", None), ("asked_by", None), ("made_safe", None)),
                            models.Q(
                                ("asked_at__isnull", False),
                                ("asked_by__isnull", False),
                                ("made_safe__gt", ""),
                            ),
                            _connector="OR",
                        ),
                        name="stop_asked_with_what_was_done",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at", None), ("lifted_by", None)),
                            models.Q(
                                ("asked_by__isnull", False),
                                ("lifted_at__isnull", False),
                                ("lifted_by__isnull", False),
                                models.Q(("lifted_by", models.F("asked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="stop_lifted_by_two",
                    ),
                ],
            },
        ),
    ]
