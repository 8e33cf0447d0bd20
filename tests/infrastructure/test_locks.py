"""The locked dependencies: complete, hashed, of these .in files, and silent about where they were fetched."""

import importlib.util
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


def test_make_says_what_is_missing() -> None:
    """A Python too old, and one without venv, each give one line; nothing is left behind."""
    for python, line in [
        ("python-that-is-not-there", "Python 3.11 or newer is needed"),
    ]:
        done = subprocess.run(
            ["make", "--no-print-directory", "VENV=.local/no-such-place", f"PYTHON={python}", "run"],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert done.returncode
        assert line in done.stdout
        assert not (ROOT / ".local" / "no-such-place").exists()
