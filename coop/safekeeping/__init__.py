"""What keeps the record from being lost: the guard before a vote opens, backups, and their way back.

`guard` asks the server, `programs` finds PostgreSQL's own tools, `backups` writes and reads copies. No tables.
"""
