"""What follows from the address people type: plain http in the hall, https for a real plant."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import json
from coop import settings as s
print(json.dumps({name: getattr(s, name, None) for name in (
    "DEBUG", "DEMO", "ALLOWED_HOSTS", "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "CSRF_TRUSTED_ORIGINS", "DATABASES",
    "UNGUARDED", "BACKUP_HOURS")}))
"""
SECRETS = {"SECRET_KEY": "only-for-tests-" * 4, "PEPPER": "only-for-tests-" * 4}


def settings_with(**variables: str) -> Any:
    done = started_with(**variables)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def started_with(**variables: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": os.defpath, **SECRETS, **variables}
    return subprocess.run(
        [sys.executable, "-c", ASK], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def test_the_plain_network_of_the_hall() -> None:
    found = settings_with(COOP_ORIGIN="http://10.0.0.5:8000", COOP_HOSTS="hall.local")
    assert found["ALLOWED_HOSTS"] == ["10.0.0.5", "localhost", "127.0.0.1", "[::1]", "hall.local"]
    assert (found["SESSION_COOKIE_NAME"], found["SESSION_COOKIE_SECURE"]) == ("session", False)
    assert (found["CSRF_COOKIE_NAME"], found["CSRF_COOKIE_SECURE"]) == ("csrftoken", False)
    assert found["SECURE_HSTS_SECONDS"] is None
    assert found["DEBUG"] is False


def test_a_real_plant_behind_https() -> None:
    found = settings_with(
        COOP_ORIGIN="https://assembly.example", DATABASE_URL="postgresql://coop_app@db/plant"
    )
    assert (found["SESSION_COOKIE_NAME"], found["SESSION_COOKIE_SECURE"]) == ("__Host-session", True)
    assert (found["CSRF_COOKIE_NAME"], found["CSRF_COOKIE_SECURE"]) == ("__Host-csrftoken", True)
    assert found["SECURE_HSTS_SECONDS"] == 31536000
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://assembly.example"]
    assert found["DATABASES"]["default"]["OPTIONS"]["assume_role"] == "coop_app"


def test_the_demo_is_on_by_itself_only_on_the_embedded_database() -> None:
    assert settings_with()["DEMO"] is True
    assert settings_with(COOP_DEMO="0")["DEMO"] is False
    assert settings_with(DATABASE_URL="postgresql://db/plant")["DEMO"] is False
    assert settings_with(COOP_DEMO="0")["DATABASES"]["default"]["LOCAL_HOME"].endswith("/.local/plant")


def test_an_odd_value_is_one_line_without_a_stack_trace() -> None:
    done = started_with(COOP_DEMO="perhaps")
    assert done.returncode == 1
    assert done.stderr == "COOP_DEMO is “perhaps”; say 1 or 0.\n"
