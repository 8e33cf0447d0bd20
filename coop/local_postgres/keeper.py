"""Waits until nobody uses a cluster any more, stops its server, and goes. `cluster.keep` runs this file as a script."""

import fcntl
import os
import sys
import time
from pathlib import Path

LINGER = 2.0  # between two commands of a script the server stays up


def wait_and_stop(home: Path) -> None:
    from coop.local_postgres.cluster import Cluster

    cluster = Cluster(home)
    with (cluster.home / "keeper").open("w") as keeper, (cluster.home / "users").open("w") as users:
        try:
            fcntl.flock(keeper, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # another one keeps it
        while True:
            fcntl.flock(users, fcntl.LOCK_EX)  # nobody is left
            fcntl.flock(users, fcntl.LOCK_UN)
            time.sleep(LINGER)
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                continue
        cluster.stop()
        keeper.close()  # before `users`: the next one in must find no keeper


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    if os.fork() == 0:  # whoever started it has no child to wait for
        wait_and_stop(Path(sys.argv[1]))
