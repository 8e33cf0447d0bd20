"""The one clock of the house is the database's (ruling 2). Only pages and commands read it, once, and hand it on."""

import datetime

from django.db import connection


def now() -> datetime.datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        moment: datetime.datetime = cursor.fetchone()[0]
        return moment
