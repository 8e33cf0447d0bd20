from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """A form sent twice raises one problem; lists and pictures of ten years are found at once."""

    dependencies = [
        ("production", "0004_figures_stay"),
    ]
    operations = [
        migrations.AddField(
            model_name="problem",
            name="form",
            field=models.CharField(blank=True, max_length=32, null=True),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.UniqueConstraint(fields=("cooperative", "form"), name="problem_form_once"),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=Q(("form", None), ("form__regex", "^[0-9a-f]{32}$"), _connector="OR"),
                name="problem_form_is_drawn",
            ),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(fields=["cooperative", "raised_at"], name="problem_in_time"),
        ),
        migrations.AddIndex(
            model_name="problemevent",
            index=models.Index(
                condition=Q(("before", F("after")), _negated=True),
                fields=["at", "problem", "before", "after"],
                name="problem_event_steps",
            ),
        ),
    ]
