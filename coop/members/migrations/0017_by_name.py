from django.db import migrations, models


class Migration(migrations.Migration):
    """People by name within one house: over all names PostgreSQL walks past the people of every other plant."""

    dependencies = [("members", "0016_courses_stay")]
    operations = [
        migrations.AlterField(model_name="member", name="plain_name", field=models.CharField(max_length=120)),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                fields=["cooperative", "plain_name", "number"], name="members_of_a_house_by_name"
            ),
        ),
    ]
