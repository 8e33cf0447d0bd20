"""The settings of the tests for a server of its own: their database and their urns."""

import os
from pathlib import Path

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

DATABASES["default"]["NAME"] = os.environ["BLACKBOX_DATABASE"]
URN_SECRETS = Path(os.environ["BLACKBOX_URNS"])
