from django.db import migrations, models

from coop.meetings.frozen import AGENDA_STAYS_AGAIN


class Migration(migrations.Migration):
    """The amendments of a budget stand under it on the agenda, as proposals of their own, and are put in order."""

    dependencies = [
        ("meetings", "0021_list_of_problems_stays"),
        ("proposals", "0008_budget_motions"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="agendaitem", name="item_names_its_amendment"),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amendment__isnull", False), ("kind", "amendment"), ("part__gt", 0)),
                    models.Q(
                        models.Q(("kind", "amendment"), _negated=True),
                        ("amendment", None),
                        models.Q(("part", 0), ("kind", "proposal"), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="item_names_its_amendment",
            ),
        ),
        migrations.RunSQL(AGENDA_STAYS_AGAIN, migrations.RunSQL.noop),
    ]
