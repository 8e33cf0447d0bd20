"""The PostgreSQL that lives inside the virtual environment, for people who set no DATABASE_URL.

`cluster.py` runs it, `keeper.py` stops it when nobody uses it any more, `programs.py` knows where its programs are, and
`base.py` is the Django engine that starts it when the first connection is asked for.
Importing settings, `manage.py check` and the type checker start nothing.
"""

from coop.local_postgres.cluster import Cluster
from coop.local_postgres.programs import LocalDatabaseError

__all__ = ["Cluster", "LocalDatabaseError"]
