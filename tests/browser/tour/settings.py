"""The settings of `make run`, in a folder of their own: the walk must not change the plant somebody else looks at."""

from coop.settings import *  # noqa: F403
from coop.settings import BASE_DIR, DATABASES

LOCAL = BASE_DIR / ".local" / "tour"
URN_SECRETS = LOCAL / "urns"
STATIC_ROOT = LOCAL / "static"
DATABASES["default"]["LOCAL_HOME"] = str(LOCAL / "plant")
