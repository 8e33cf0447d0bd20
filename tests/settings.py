"""The same settings, with nothing of the person's own environment but DATABASE_URL."""

import os

for _name in [name for name in os.environ if name.startswith("COOP_") or name == "PORT"]:
    del os.environ[_name]
os.environ["SECRET_KEY"] = os.environ["PEPPER"] = "only-for-tests-" * 4

from coop.settings import *  # noqa: E402, F403
from coop.settings import DATABASES, LOCAL  # noqa: E402

DEMO = False
UNGUARDED = "tests"  # their cluster throws its safety away for speed
DATABASES["default"]["TEST"] = {"NAME": f"coop_test_{os.getpid()}"}  # two runs at once do not meet
if "LOCAL_HOME" in DATABASES["default"]:
    DATABASES["default"]["LOCAL_HOME"] = str(LOCAL / "test")
    DATABASES["default"]["LOCAL_THROWAWAY"] = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; the real one has its own tests
HALL_SECONDS = 0  # every answer is asked anew, except where that is what is tried
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # no collected folder to look into
WHITENOISE_USE_FINDERS = True
