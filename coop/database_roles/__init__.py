"""Who may do what in PostgreSQL.

coop_owner       owns the database and every table; nobody logs in as it
coop_migrations  logs in to migrate, as coop_owner
coop_app         the application and its tests: reads and writes rows, owns nothing, switches no trigger off
coop_reader      reads, for auditors and reports; not sessions, accounts and cards, which hold the secrets

A new table gets its grants by itself (ALTER DEFAULT PRIVILEGES); the migration of an append-only table takes
UPDATE and DELETE away again. `prepare.py` makes all this, `acting.py` changes hats, and the command `migrate`
does both, so nobody can forget it.
"""

OWNER = "coop_owner"
MIGRATIONS = "coop_migrations"
APPLICATION = "coop_app"
READER = "coop_reader"
