"""A telephone that speaks plain HTTP: what it sends is what stands here, and nothing of Django is asked."""

from __future__ import annotations

import html
import http.client
import re
import secrets
import socket
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from django.conf import settings

DOOR = "/bakery/sign-in/"
FORM = "application/x-www-form-urlencoded"
ANSWERS_WITHIN = 300.0  # seconds; only what hangs for ever takes them
HTMX = {"HX-Request": "true"}
Fields = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]  # by small letters
    body: bytes

    @property
    def page(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def told(self) -> str:
        """The same without what is printed below: the hour, and the address of the page."""
        return re.sub(r"Edition of \d\d:\d\d", "", self.words.partition("Printed on")[0])

    @property
    def words(self) -> str:
        """What a person reads."""
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", self.page)).split())


@dataclass
class Telephone:
    """Somebody's browser without a script. Its token goes along with every form, unless the form says another."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def token(self) -> str:
        return self.cookies.get(settings.CSRF_COOKIE_NAME, "")

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, fields: Fields, headers: Mapping[str, str] | None = None) -> Answer:
        if not self.token:
            self.open_form(path)
        if not self.token:  # there was no form at this address
            self.open_form(DOOR)
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields}, doseq=True, errors="surrogatepass")
        return self.ask("POST", path, body.encode(), {"Content-Type": FORM, **(headers or {})})

    def send_file(
        self, path: str, fields: Mapping[str, str], file: bytes, name: str, *, field: str = "file"
    ) -> Answer:
        return self.send_files(path, fields, [(field, name, file)])

    def send_files(
        self, path: str, fields: Mapping[str, str], files: Sequence[tuple[str, str, bytes]]
    ) -> Answer:
        line = secrets.token_hex(16)
        body = b""
        for key, value in {"csrfmiddlewaretoken": self.token, **fields}.items():
            body += f'--{line}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, name, content in files:
            head = f'--{line}\r\nContent-Disposition: form-data; name="{key}"; filename="{name}"\r\n\r\n'
            body += head.encode() + content + b"\r\n"
        body += f"--{line}--\r\n".encode()
        return self.ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={line}"})

    def open_form(self, path: str) -> None:
        """Reads the page on which a stranger finds a form; the token of its form comes along as a cookie."""
        self.get(path)

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request on a connection of its own."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWERS_WITHIN)
        sent = {"Host": f"localhost:{self.port}", "Connection": "close", **(headers or {})}
        if self.cookies:
            sent.setdefault("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        try:
            with suppress(
                BrokenPipeError, ConnectionResetError
            ):  # the answer may come before everything is sent
                line.request(method, path, body, sent)
            got = line.getresponse()
            content = got.read()
        finally:
            line.close()
        for value in got.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(value).items():
                self.cookies[name] = morsel.value
                if morsel["max-age"] == "0":
                    del self.cookies[name]
        return Answer(got.status, {name.lower(): value for name, value in got.headers.items()}, content)


def raw(port: int, sent: bytes, *, most: int = 64 * 1024) -> bytes:
    """What comes back when exactly these bytes are sent."""
    with socket.create_connection(("127.0.0.1", port), timeout=ANSWERS_WITHIN) as line:
        with suppress(OSError):
            line.sendall(sent)
        got = b""
        with suppress(OSError):
            while len(got) < most and (piece := line.recv(16 * 1024)):
                got += piece
    return got
