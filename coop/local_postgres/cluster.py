"""A PostgreSQL cluster that starts when it is wanted and stops when nobody uses it.

Every process that uses it holds a shared lock on the file `users`; the kernel drops the lock however the
process dies. One keeper process (`keeper.py`) waits for the exclusive lock: when nobody is left it stops the
server and goes. It imports this package, so nothing else of the project may be imported here.
"""

import fcntl
import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

from coop.local_postgres.programs import MAJOR, LocalDatabaseError, binaries, place_for, servant

PORT = "5432"  # only the name of the socket file; nothing listens on the network
ADMINISTRATOR = "coop"
SETTINGS = {"max_connections": "60", "timezone": "UTC", "listen_addresses": ""}
THROWAWAY = {
    "max_connections": "200",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "2GB",
}
KEEPER = Path(__file__).with_name("keeper.py")

# A bare number, for nothing closes it before the process ends: whatever way it ends, the kernel drops the lock.
_held: dict[Path, int] = {}


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
        users = os.open(self.home / "users", os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o666)
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            self.revive()
        except BaseException:
            os.close(users)  # whoever could not start it does not use it
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
        os.close(held)
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

    def keep(self) -> None:
        """Starts a keeper, unless there is one."""
        with (self.home / "keeper").open("w") as keeper:
            try:
                fcntl.flock(keeper, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
        # Comes back at once: what stays is no child of this process, which may end long before it.
        subprocess.run(
            [sys.executable, "-I", str(KEEPER), str(self.asked)],
            start_new_session=True,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
