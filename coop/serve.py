"""`make run`: the database, the migrations, the demo plant, the clock and the server, until Ctrl-C.

`python -m coop.serve --forget` is `make demo-reset`.
"""

import ctypes
import errno
import fcntl
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import IO, Any, NoReturn

MANAGE = [sys.executable, "manage.py"]
TICK = [*MANAGE, "tick", "--every", "20"]
PATIENCE = 20.0  # seconds for a server to come up, and for a request in flight to be answered at the end
WAITING = 4096  # connections that the system holds until a worker takes them
# So many one worker keeps open. A telephone holds its own between two questions: with too few, it keeps others out.
CONNECTIONS = 8192
STEADY, FALLS = (
    10.0,
    3,
)  # a server that stands so many seconds was well; one that falls so often without is not


class Stopped(BaseException):
    """Ctrl-C, SIGTERM, or the terminal was closed."""


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coop.settings")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    from django.conf import settings

    try:
        if arguments == ["--forget"]:
            forget(settings)
        else:
            run(settings)
    except Stopped:
        say("Stopped.")


def stop(number: int, frame: FrameType | None) -> NoReturn:
    raise Stopped


def run(settings: Any) -> None:
    alone = hold_alone(settings)
    refuse_busy_port(settings.LISTEN, settings.PORT)
    hall = open_to_the_hall(settings)
    try:
        set_up(settings)
        serve(settings, hall)
    finally:
        leave_the_database()
        alone.close()


def set_up(settings: Any) -> None:
    import django
    from django.core.management import CommandError, call_command
    from django.db import OperationalError, connections

    django.setup()
    try:
        say("Setting up the database ...")
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        if settings.DEMO:
            call_command("demo")
    except (CommandError, OperationalError) as problem:
        raise SystemExit(str(problem).strip()) from None
    connections.close_all()


def serve(settings: Any, hall: str | None) -> None:
    let_many_in()
    command = command_for(settings.LISTEN, settings.PORT)
    server, server_since, falls = start(command), time.monotonic(), 0
    clock, clock_due = start(TICK), 0.0
    try:
        wait_until_it_answers(server, settings)
        announce(settings, hall)
        while True:
            time.sleep(0.5)
            if server.poll() is not None:
                falls = 1 if time.monotonic() - server_since > STEADY else falls + 1
                if falls > FALLS:
                    raise SystemExit(f"The server ended by itself (code {server.returncode}).")
                say(f"The server ended by itself (code {server.returncode}); it starts again.")
                end([server])  # the workers that it left behind still hold the port
                server, server_since = start(command), time.monotonic()
            if clock.poll() is not None and not clock_due:
                say(f"`manage.py tick` ended (code {clock.returncode}); it starts again in 20 seconds.")
                clock_due = time.monotonic() + 20
            elif clock_due and time.monotonic() > clock_due:
                clock, clock_due = start(TICK), 0.0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # once is enough: what follows is short
        end([server, clock])


def command_for(listen: str, port: int) -> list[str]:
    workers = str(min(os.cpu_count() or 1, 24))  # the embedded database takes 60 connections
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", listen),
        *("--port", str(port), "--workers", workers, "--blocking-threads", "1"),
        *("--backlog", str(WAITING), "--backpressure", str(CONNECTIONS)),
        *("--respawn-failed-workers", "--respawn-interval", "0.5"),  # one killed worker is not the end of all
        *("--no-access-log", "--log-level", "warning", "coop.wsgi:application"),
    ]


def let_many_in() -> None:
    """Each connection is an open file, of which a terminal allows a thousand unless somebody asks for more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = CONNECTIONS + 1024 if hard == resource.RLIM_INFINITY else min(hard, CONNECTIONS + 1024)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def announce(settings: Any, hall: str | None) -> None:
    from django.core.management import call_command
    from django.db import connections

    say(f"\nAsamblea is ready: {settings.ORIGIN}/")
    if hall:
        say(f"On the hall's network: {hall}/")
    if settings.DEMO:
        call_command("demo", personas=True)
        connections.close_all()
    say("Ctrl-C stops it.")


def forget(settings: Any) -> None:
    from coop.local_postgres import Cluster, LocalDatabaseError

    home = settings.DATABASES["default"].get("LOCAL_HOME")
    if not home or not settings.DEMO:
        raise SystemExit(
            "make demo-reset throws away only the demo's own database: unset DATABASE_URL and COOP_DEMO."
        )
    hold_alone(settings).close()
    try:
        Cluster(Path(home)).forget()
    except LocalDatabaseError as problem:
        raise SystemExit(str(problem)) from None
    say("The demo plant is gone. `make run` starts it afresh.")


# --- children ---------------------------------------------------------------------------------------------


def start(command: list[str]) -> "subprocess.Popen[bytes]":
    from django.conf import settings

    # its own session: Ctrl-C reaches only this process, which then ends the others in order
    return subprocess.Popen(
        command, cwd=settings.BASE_DIR, start_new_session=True, preexec_fn=die_with_parent
    )


def die_with_parent() -> None:
    """Linux: the child gets SIGTERM when this process is killed outright; elsewhere it would stay."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def end(children: list["subprocess.Popen[bytes]"]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    last = time.monotonic() + PATIENCE
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, last - time.monotonic()))
        with suppress(ProcessLookupError):  # workers whose parent was killed go on serving
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def wait_until_it_answers(server: "subprocess.Popen[bytes]", settings: Any) -> None:
    last = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < last:
        with (
            suppress(OSError),
            socket.create_connection((reachable(settings.LISTEN), settings.PORT), timeout=1),
        ):
            return
        time.sleep(0.1)
    raise SystemExit("The server did not start; what it said stands above.")


def leave_the_database() -> None:
    from django.db import connections

    connections.close_all()
    cluster = getattr(connections["default"], "cluster", None)
    if cluster:
        cluster.leave()


# --- one at a time, on a free port ------------------------------------------------------------------------


def hold_alone(settings: Any) -> IO[str]:
    """One `make run` per folder; the file says where, for the next one who asks."""
    settings.LOCAL.mkdir(exist_ok=True)
    serving: IO[str] = (settings.LOCAL / "serving").open("a+")
    try:
        fcntl.flock(serving, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        serving.seek(0)
        where = serving.read().strip()
        serving.close()
        raise SystemExit(
            f"Asamblea already runs from this folder, at {where}. Stop it first (Ctrl-C there)."
        ) from None
    serving.truncate(0)
    serving.write(settings.ORIGIN)
    serving.flush()
    return serving


def refuse_busy_port(host: str, port: int) -> None:
    """The server itself would answer with fifty lines."""
    try:
        family, kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            line = f"Port {port} is taken by another program. Choose another: make run PORT={port + 1}"
        elif problem.errno == errno.EACCES:
            line = f"Port {port} needs the rights of root. Choose one from 1024 up: make run PORT=8000"
        else:  # unknown name, or not one of ours
            line = f"COOP_LISTEN is “{host}”, which is no address of this machine."
        raise SystemExit(line) from None


def open_to_the_hall(settings: Any) -> str | None:
    """With COOP_LISTEN=0.0.0.0 and no COOP_ORIGIN: the address phones in the hall can type."""
    if settings.LISTEN not in {"0.0.0.0", "::"} or os.environ.get("COOP_ORIGIN"):  # noqa: S104
        return None
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # sends nothing; the kernel says which address it would use
        mine = probe.getsockname()[0]
        os.environ["COOP_HOSTS"] = ",".join(filter(None, [os.environ.get("COOP_HOSTS", ""), mine]))
        return f"http://{mine}:{settings.PORT}"
    return None


def reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
