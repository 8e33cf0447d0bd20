"""The embedded database: found again, started under stale leftovers, stopped when nobody is left."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from coop.local_postgres import Cluster, LocalDatabaseError
from coop.local_postgres.cluster import ADMINISTRATOR, PORT

ROOT = Path(__file__).resolve().parents[2]
USER = """
import sys
from pathlib import Path
from coop.local_postgres import Cluster
Cluster(Path(sys.argv[1]), throwaway=True).use()
print("in", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("plant") / "home"
    yield folder
    Cluster(folder).leave()
    Cluster(folder).forget()


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that everybody may enter: root's PostgreSQL runs as another user, and pytest's own folders are shut."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def cluster(home: Path) -> Iterator[Cluster]:
    cluster = Cluster(home, throwaway=True)
    yield cluster
    cluster.leave()


def ask(cluster: Cluster, *statements: str) -> object:
    with psycopg.connect(
        host=str(cluster.sockets), port=PORT, user=ADMINISTRATOR, dbname="postgres", autocommit=True
    ) as connection:
        for statement in statements:
            cursor = connection.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def test_a_second_start_finds_the_data_again(cluster: Cluster) -> None:
    cluster.use()
    assert ask(cluster, "SHOW server_version_num").startswith("18")
    ask(cluster, "CREATE TABLE kept (words text)", "INSERT INTO kept VALUES ('still here')")
    cluster.leave()
    assert not cluster.ready()
    cluster.use()
    assert ask(cluster, "SELECT words FROM kept") == "still here"


def test_capital_letters_with_accents(cluster: Cluster) -> None:
    cluster.use()
    assert ask(cluster, "SELECT lower('ÁÑÇ')") == "áñç"


def test_nobody_else_reaches_the_socket(cluster: Cluster) -> None:
    cluster.use()
    assert cluster.sockets.stat().st_mode & 0o777 == 0o700


def test_a_pid_that_now_belongs_to_another_program(cluster: Cluster) -> None:
    cluster.use()
    pid_file = cluster.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    cluster.leave()
    pid_file.write_text("\n".join([str(os.getppid()), *lines[1:]]))  # as after a reboot or in a new container
    cluster.use()
    assert ask(cluster, "SELECT 1") == 1


def test_an_initdb_killed_half_way(reachable: Path) -> None:
    cluster = Cluster(reachable / "home", throwaway=True)
    (reachable / "home" / "draft").mkdir(parents=True, mode=0o700)
    (reachable / "home" / "draft" / "PG_VERSION").write_text("18\n")
    cluster.use()
    assert ask(cluster, "SELECT 1") == 1
    cluster.leave()
    cluster.forget()
    assert not (reachable / "home").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's PostgreSQL runs as another user")
def test_root_in_a_shut_folder(tmp_path: Path) -> None:
    """Root's own home is shut: the data goes where root's PostgreSQL gets in, and no folder is opened for it."""
    tmp_path.chmod(0o700)
    cluster = Cluster(tmp_path / "home", throwaway=True)
    assert tmp_path not in cluster.home.parents
    cluster.use()
    assert ask(cluster, "SELECT 1") == 1
    assert tmp_path.stat().st_mode & 0o777 == 0o700
    cluster.leave()
    cluster.forget()
    assert not cluster.home.exists()


def test_a_killed_server_is_started_again_under_its_user(cluster: Cluster) -> None:
    cluster.use()
    pid = int((cluster.data / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not cluster.ready())
    cluster.revive()
    assert ask(cluster, "SELECT 1") == 1


def test_the_server_goes_after_its_last_user_was_killed(cluster: Cluster, home: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", USER, str(home)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as user:
        assert user.stdout
        assert user.stdout.readline() == b"in\n"
        with pytest.raises(LocalDatabaseError, match="still uses this database"):
            cluster.forget()
        user.kill()
    assert cluster.ready()
    wait_until(lambda: not cluster.ready())


def test_whoever_used_it_leaves_nothing_open(home: Path) -> None:
    """Neither the lock that it held nor the keeper that it started is told as forgotten when it ends."""
    told = subprocess.run(
        [sys.executable, "-X", "dev", "-c", USER, str(home)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert (told.returncode, told.stdout, told.stderr) == (0, "in\n", "")


def test_a_link_in_place_of_the_folder_is_refused(reachable: Path) -> None:
    (reachable / "elsewhere").mkdir()
    cluster = Cluster(reachable / "home")
    (reachable / "home").symlink_to(reachable / "elsewhere")
    with pytest.raises(LocalDatabaseError, match="belongs to another user"):
        cluster.use()


def test_data_of_another_version_is_named(reachable: Path) -> None:
    (reachable / "home" / "data").mkdir(parents=True)
    (reachable / "home" / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(LocalDatabaseError, match="made by PostgreSQL 16, this is 18"):
        Cluster(reachable / "home").use()


def test_a_long_path_puts_the_socket_elsewhere(reachable: Path) -> None:
    assert len(str(Cluster(reachable / ("long" * 30)).sockets)) < 80
    assert Cluster(reachable / "s").sockets == reachable / "s"


def wait_until(true: "object", seconds: float = 60) -> None:
    last = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < last, "waited in vain"
        time.sleep(0.05)
