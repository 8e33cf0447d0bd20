"""The settings of `make run`, in a folder of their own: no demo, PostgreSQL as safe as in the plant."""

import os
from pathlib import Path

from coop.settings import *  # noqa: F403
from coop.settings import DATABASES, MIDDLEWARE

LOCAL = Path(os.environ["RELIABILITY"])
URN_SECRETS = LOCAL / "urns"
STATIC_ROOT = LOCAL / "static"
if "LOCAL_HOME" in DATABASES["default"]:  # otherwise the house is sent to a copy of its database
    DATABASES["default"]["LOCAL_HOME"] = str(LOCAL / "plant")

if broken := os.environ.get("BROKEN"):  # a protection taken away on purpose: the storm must notice
    MIDDLEWARE.insert(0, f"tests.reliability.broken.{broken}")
