"""Settings come from the environment. A missing or odd value stops the program with one line, never later."""

import os
import secrets
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

DATABASE_OPTIONS = {"sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "application_name"}


class OddSetting(SystemExit):
    """One clear line, without a stack trace."""


class Environment:
    """Reads values and remembers their names, so that a misspelt one is noticed as well."""

    def __init__(self, values: Mapping[str, str] = os.environ) -> None:
        self.values = values
        self.known: set[str] = set()

    def text(self, name: str, default: str = "") -> str:
        self.known.add(name)
        value = self.values.get(name, "").strip() or default
        if any(ord(sign) < 32 for sign in value):
            raise OddSetting(f"{name} contains a line break or another control character.")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.text(name, "1" if default else "0").lower()
        if value in {"1", "yes", "true", "on"}:
            return True
        if value in {"0", "no", "false", "off"}:
            return False
        raise OddSetting(f"{name} is “{value}”; say 1 or 0.")

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit() and len(value) < 10 and low <= int(value) <= high):
            raise OddSetting(f"{name} is “{value}”; it must be a whole number from {low} to {high}.")
        return int(value)

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value not in choices:
            raise OddSetting(f"{name} is “{value}”; it must be one of: {', '.join(choices)}.")
        return value

    def hosts(self, name: str) -> list[str]:
        found = [host.strip() for host in self.text(name).split(",") if host.strip()]
        for host in found:
            if "/" in host or " " in host or host == "*":
                raise OddSetting(f"{name} has “{host}”; write host names with commas between.")
        return found

    def networks(self, name: str) -> list[IPv4Network | IPv6Network]:
        """Addresses, or whole networks such as 10.0.0.0/24, with commas between."""
        found = []
        for text in filter(None, map(str.strip, self.text(name).split(","))):
            try:
                found.append(ip_network(text))
            except ValueError:
                raise OddSetting(
                    f"{name} has “{text}”; write addresses such as 10.0.0.5 or 10.0.0.0/24, with commas between."
                ) from None
            if found[-1].prefixlen == 0:
                raise OddSetting(f"{name} has “{text}”, which is everybody; name your own proxies only.")
        return found

    def origin(self, name: str, default: str) -> tuple[str, str, str]:
        """The address people type: (scheme, host, the whole without a slash at the end)."""
        value = self.text(name, default).rstrip("/")
        try:
            parts = urlsplit(value)
            host, _port = parts.hostname, parts.port
        except ValueError:
            host = None
        if (
            not host
            or parts.scheme not in {"http", "https"}
            or value != f"{parts.scheme}://{parts.netloc}"
            or parts.username
        ):
            raise OddSetting(
                f"{name} is “{value}”; it must look like https://assembly.example or http://10.0.0.5:8000."
            )
        return parts.scheme, f"[{host}]" if ":" in host else host, value

    def database(self, name: str) -> dict[str, Any] | None:
        """postgresql://user:password@host:port/name?sslmode=…, or ?host=/folder&port=… for a socket. None: unset."""
        value = self.text(name)
        if not value:
            return None
        shape = f"{name} must look like postgresql://user:password@host:5432/name"
        try:
            parts = urlsplit(value)
            port = parts.port
            query = dict(parse_qsl(parts.query, strict_parsing=True) if parts.query else [])
        except ValueError:
            raise OddSetting(f"{shape}; its port or what follows the question mark cannot be read.") from None
        if parts.scheme not in {"postgres", "postgresql"}:
            raise OddSetting(f"{shape}; only PostgreSQL is supported.")
        database = unquote(parts.path[1:])
        if not database or "/" in database:
            raise OddSetting(f"{shape}; it names no database.")
        host = query.pop("host", unquote(parts.hostname or ""))
        port_text = query.pop("port", str(port or ""))
        unknown = sorted(set(query) - DATABASE_OPTIONS)
        if unknown or (port_text and not port_text.isdigit()):
            raise OddSetting(f"{shape}; not understood: {', '.join(unknown) or 'port ' + port_text}.")
        return {
            "NAME": database,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": host,
            "PORT": port_text,
            "OPTIONS": query,
        }

    def secret(self, name: str, folder: Path) -> str:
        """From the environment; else from a file only its owner may read, made on the first run."""
        value = self.text(name)
        if not value:
            value = kept_secret(folder / name.lower())
        if len(value) < 32:
            raise OddSetting(f"{name} is too short; use at least 32 characters.")
        return value

    def refuse_unknown(self, prefix: str) -> None:
        unknown = sorted(name for name in self.values if name.startswith(prefix) and name not in self.known)
        if unknown:
            known = ", ".join(sorted(name for name in self.known if name.startswith(prefix)))
            raise OddSetting(f"{unknown[0]} is not a setting. The settings are: {known}.")


def kept_secret(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(
                draft, path
            )  # of two processes starting at once, one is first and both read the same secret
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    try:
        if path.stat().st_mode & 0o077:
            raise OddSetting(f"{path} can be read by others. Run: chmod 600 {path}")
        return path.read_text().strip()
    except PermissionError:
        raise OddSetting(f"{path} belongs to another user of this machine; run as that user.") from None
