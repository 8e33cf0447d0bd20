from django.db import migrations, models


def some_of(key: str, codes: str) -> models.CheckConstraint:
    condition = models.Func(
        models.F(key),
        models.Value(codes),
        function="charter_is_some_of",
        output_field=models.BooleanField(),
    )
    return models.CheckConstraint(condition=condition, name=f"bylaws_{key}")


class Migration(migrations.Migration):
    """Which posts exclude each other, and how a seat is filled that is empty."""

    dependencies = [("charter", "0007_amendment_supporters")]
    operations = [
        migrations.AddField(
            model_name="bylaws",
            name="incompatible_posts",
            field=models.CharField(blank=True, default="oversight,commission", max_length=120),
        ),
        migrations.AddField(
            model_name="bylaws",
            name="vacancy_filled_by",
            field=models.CharField(blank=True, default="by_election,named", max_length=120),
        ),
        migrations.AddConstraint(
            model_name="bylaws", constraint=some_of("incompatible_posts", "oversight,commission,coordinators")
        ),
        migrations.AddConstraint(
            model_name="bylaws", constraint=some_of("vacancy_filled_by", "count_back,by_election,named")
        ),
    ]
