"""Lines of a text file from anywhere: UTF-8 with or without its mark, or Latin-1; any line ends, or none at
the last.
"""

from collections.abc import Iterator
from pathlib import Path

LONGEST = 1_000_000  # letters on one line; more is no ballot file


class BadFile(Exception):  # what is wrong with it is its message
    """The file cannot be counted. The message is one line, and names the line of the file where there is one."""

    def __init__(self, why: str, line: int | None = None) -> None:
        super().__init__(why if line is None else f"line {line}: {why}")


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, from 1; blanks at the ends taken off.

    Raises BadFile when there is no such file, or it is no text.
    """
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape") as file:
            number = 0
            while line := file.readline(LONGEST):
                number += 1
                if "\0" in line or len(line) == LONGEST:
                    raise BadFile("this is no text", number)
                yield number, _repaired(line.strip())
    except OSError as error:
        raise BadFile(f"cannot be read ({error.strerror or error})") from error


def _repaired(line: str) -> str:
    """A line that is not UTF-8 is taken for Latin-1, as older programs write it.

    >>> _repaired(b"Jos\\xe9".decode("utf-8", "surrogateescape"))
    'José'
    """
    if line.isascii():
        return line
    try:
        line.encode()
    except UnicodeEncodeError:
        return line.encode("utf-8", "surrogateescape").decode("latin-1")
    return line
