"""Photos that are too heavy together: what was typed beside them comes back in the form, and they are let go.

A script says so before anything is sent. Without it all of it arrives: the words are read out of it, and the photos
are read past and never held.
"""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

MOST_MEGABYTES = 30  # together; said on the form


class ReadPast(FileUploadHandler):
    """Takes no file at all."""

    def new_file(self, *_args: Any, **_more: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never called: there is no file."""

    def file_complete(self, file_size: int) -> None:
        """Of each field the file that came of it: none."""


def read_past_photos(request: HttpRequest) -> None:
    request.upload_handlers = [ReadPast(request)]


def too_heavy(request: HttpRequest) -> bool:
    return any(isinstance(one, ReadPast) for one in request.upload_handlers)
