"""The one clock of the house is the database's; a page reads it once and hands it on as `at` (ruling 2)."""

import datetime

from django.db import connection


def now() -> datetime.datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        moment: datetime.datetime = cursor.fetchone()[0]
        return moment
