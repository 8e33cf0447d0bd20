"""Does nothing. It was written by `makemigrations` while the table of articles was being edited, and later stages
already name it; it can go once their first migrations depend on 0002_bylaws."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("charter", "0002_bylaws")]

    operations = []
