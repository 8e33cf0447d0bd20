"""The locked dependencies: complete, hashed, of these .in files, and silent about where they were fetched."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("lock", ROOT / ".ci" / "lock.py")
assert _spec is not None
assert _spec.loader is not None
lock = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(lock)


@pytest.mark.parametrize("name", lock.NAMES)
def test_every_line_is_hashed_and_names_no_host(name: str) -> None:
    text = (ROOT / f"{name}.txt").read_text()
    assert not re.search(r"https?:|file:|--index|--find-links|@ ", text)
    packages = re.findall(r"^[a-z0-9].*(?:\n +.*)*", text, flags=re.MULTILINE)
    assert packages
    assert all("--hash=sha256:" in package and "==" in package for package in packages)


def test_a_lock_of_another_list_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock.check()
    for name in lock.NAMES:
        shutil.copy(ROOT / f"{name}.in", tmp_path)
        shutil.copy(ROOT / f"{name}.txt", tmp_path)
    monkeypatch.setattr(lock, "ROOT", tmp_path)
    lock.check()
    with (tmp_path / "requirements.in").open("a") as file:
        file.write("openpyxl\n")
    with pytest.raises(SystemExit, match=r"^requirements\.in was changed .* Run: make lock$"):
        lock.check()


@pytest.mark.parametrize(
    ("fails_at", "line"),
    [
        ("version_info", "Python 3.11 or newer is needed; name it: make run PYTHON=python3.12"),
        ("import venv", "Python lacks the venv module. On Debian or Ubuntu: apt-get install python3-venv"),
        ("--check", "requirements.in was changed after requirements.txt was made from it. Run: make lock"),
    ],
)
def test_make_says_what_is_missing_and_leaves_nothing_behind(
    tmp_path: Path, fails_at: str, line: str
) -> None:
    """A Python too old, one without venv, and a lock that no longer belongs to its list: one line each."""
    python = tmp_path / "python"
    python.write_text(
        f"""#!/bin/sh
case "$*" in
    *"{fails_at}"*) [ "{fails_at}" != --check ] || echo "{line}"; exit 1 ;;
    *"-m venv"*) echo "went on to make the environment"; exit 1 ;;
esac
"""
    )
    python.chmod(0o755)
    done = subprocess.run(
        ["make", "--no-print-directory", f"VENV={tmp_path / 'venv'}", f"PYTHON={python}", "run"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == [line]
    assert done.returncode == 2
    assert not (tmp_path / "venv").exists()
