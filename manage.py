#!/usr/bin/env python
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coop.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        raise SystemExit(
            "Django is not here. `make run` makes the environment; then: .venv/bin/python manage.py …"
        ) from None
    execute_from_command_line(sys.argv)
