"""`make lock`: requirements*.in -> requirements*.txt, hashed, for every system and Python; no host, no path.

`--check`: do the locks still belong to their .in files? `--upgrade`: take the newest versions that fit.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ["requirements", "requirements-dev"]  # the second is bound to the first
HOME = ROOT / ".local" / "lock"
UV = HOME / "bin" / "uv"
OPTIONS = [
    *(
        "pip",
        "compile",
        "--quiet",
        "--generate-hashes",
        "--universal",
        "--python-version",
        "3.11",
        "--no-config",
    ),
    *("--no-header", "--no-emit-index-url", "--no-emit-find-links"),
]


def stamp(name: str) -> str:
    digest = hashlib.sha256((ROOT / f"{name}.in").read_bytes()).hexdigest()
    return f"# `make lock` made this from {name}.in, sha256 {digest}"


def check() -> None:
    for name in NAMES:
        lock = ROOT / f"{name}.txt"
        if not lock.exists() or lock.read_text().partition("\n")[0] != stamp(name):
            raise SystemExit(f"{name}.in was changed after {name}.txt was made from it. Run: make lock")


def lock(upgrade: bool) -> None:
    if not UV.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(HOME)], check=True)
        subprocess.run([HOME / "bin" / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
    index = subprocess.run(
        [HOME / "bin" / "python", "-m", "pip", "config", "get", "global.index-url"],
        capture_output=True,
        text=True,
    )
    environment = dict(os.environ)
    if index.returncode == 0:  # whoever has a mirror for pip wants it here too
        environment.setdefault("UV_DEFAULT_INDEX", index.stdout.strip())
    for name in NAMES:
        target = ROOT / f"{name}.txt"
        more = ["--upgrade"] if upgrade else []
        subprocess.run(
            [UV, *OPTIONS, *more, f"{name}.in", "-o", target.name], cwd=ROOT, env=environment, check=True
        )
        target.write_text(f"{stamp(name)}\n{target.read_text()}")


if __name__ == "__main__":
    if "--check" in sys.argv:
        check()
    else:
        lock(upgrade="--upgrade" in sys.argv)
