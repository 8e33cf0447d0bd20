"""Text of others inside Markdown, shown as it was typed."""

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-=.!|<>~&])")
_EDGES = re.compile(r"\A\s|\s\Z")
LINE_END = re.compile(r"\r\n?|\n")


def literal(text: str) -> str:
    """One line that Markdown must show as it was typed. Line ends become spaces; outer spaces are kept by number.

    >>> literal("1. *Bold* & <b>")
    '1\\\\. \\\\*Bold\\\\* \\\\& \\\\<b\\\\>'
    """
    line = _MARKS.sub(r"\\\1", LINE_END.sub(" ", text))
    return _EDGES.sub(lambda space: f"&#{ord(space[0])};", line)
