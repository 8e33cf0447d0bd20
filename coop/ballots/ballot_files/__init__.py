"""Ballots from files: `.blt` (rankings), `.pb` (projects and money), `.csv` (marks). Read line by line, equal
papers merged.

What is read is ready for `counting`. A file that cannot be right raises BadFile, which says where and why in
one line.
"""

from .blt import RankedFile, read_blt
from .lines import BadFile
from .marks import MarkedFile, read_marks
from .pb import ProjectFile, read_pb

__all__ = ["BadFile", "MarkedFile", "ProjectFile", "RankedFile", "read_blt", "read_marks", "read_pb"]
