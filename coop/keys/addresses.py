"""From where somebody knocks: the nearest address that is not one of our own proxies. Pure.

`X-Forwarded-For` grows on the right: every proxy adds the address it was called from. Whatever stands further left
was written by somebody we do not know, so it is not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

UNKNOWN = "unknown"


def client_address(remote: str, forwarded: str, proxies: Sequence[IPv4Network | IPv6Network]) -> str:
    """The address to count wrong tries by; of IPv6 the first 64 bits, because one household has them all.

    >>> client_address("10.0.0.7", "1.2.3.4", [])
    '10.0.0.7'
    >>> client_address("10.0.0.7", "1.2.3.4, 200.1.1.9", [ip_network("10.0.0.0/24")])
    '200.1.1.9'
    >>> client_address("2001:db8::5", "", [])
    '2001:db8::/64'
    """
    found = _read(remote)
    if found is None:
        return UNKNOWN
    for hop in reversed(forwarded.split(",")):
        if not any(found.version == proxy.version and found in proxy for proxy in proxies):
            break
        before = _read(hop)
        if before is None:  # what a proxy of ours cannot have written ends the chain
            break
        found = before
    return str(ip_network(f"{found}/64", strict=False)) if found.version == 6 else str(found)


def _read(text: str) -> IPv4Address | IPv6Address | None:
    """An address, with or without a port; IPv4 written as IPv6 is IPv4."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        return address.ipv4_mapped or IPv6Address(int(address))  # without the zone of a link
    return address
