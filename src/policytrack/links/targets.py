"""Whom an address leads to, and whether that may be asked: the public web alone, whatever a record or a redirect says.

A record is data from a stranger, and whoever checks links does so from inside some network. So a name is looked up
once, every address that it has must be a public one, and the connection goes to the address that was looked at.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urljoin, urlsplit

_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"(?=.{1,253}$)(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*\.?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Networks that lead on to IPv4: the address inside is the one that counts.
_NAT64 = IPv6Network("64:ff9b::/96")
_LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")
_COMPATIBLE = IPv6Network("::/96")
_LONGEST = 2_000


class RefusedError(ValueError):
    """An address that is not asked, and why."""


@dataclass(frozen=True, slots=True)
class Target:
    """A web address in parts: ``host`` is ASCII, in lower case and without brackets; ``path`` has the query with it."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> tuple[str, str, int]:
        """What shares one robots.txt."""
        return (self.scheme, self.host, self.port)

    @property
    def url(self) -> str:
        """The address as text."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


def target(url: str) -> Target:
    """Return the parts of ``url``; raises `RefusedError` for what is no plain address of the web."""
    if len(url) > _LONGEST:
        message = f"the address is longer than {_LONGEST} characters"
        raise RefusedError(message)
    if any(sign.isspace() or not sign.isprintable() for sign in url):
        raise RefusedError("the address holds a space or a control character")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        message = f"the address cannot be read: {error}"
        raise RefusedError(message) from None
    if parts.scheme not in _PORTS:
        message = f"the scheme is `{parts.scheme}`, not http or https"
        raise RefusedError(message)
    if "@" in parts.netloc:
        raise RefusedError("the address holds a user name or a password")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?[]|')}" if parts.query else ""
    # A port that is written as 0 is not the same as none.
    return Target(
        parts.scheme, _host(parts.hostname or ""), _PORTS[parts.scheme] if port is None else port, path + query
    )


def follow(here: Target, location: str) -> Target:
    """Return where a redirect leads; raises `RefusedError` where that may not be asked."""
    try:
        there = urljoin(here.url, location.strip())
    except ValueError as error:
        message = f"the redirect cannot be read: {error}"
        raise RefusedError(message) from None
    return target(there)


def _host(written: str) -> str:
    """Return a host as names are looked up; numbers that only some programs take for an address are refused."""
    if ":" in written and "%" not in written:
        # What stood in brackets and is no address was refused when it was split.
        return str(ip_address(written))
    with suppress(ValueError):
        return str(IPv4Address(written))
    try:
        host = written if written.isascii() else written.encode("idna").decode()
    except UnicodeError:
        host = ""
    host = host.lower()
    last = host.rstrip(".").rpartition(".")[2]
    # 2130706433, 0x7f000001, 0177.0.0.1 and 127.1 are one machine to a resolver, and no name to anybody.
    if not _NAME.fullmatch(host) or _NUMBER.fullmatch(last):
        message = f"`{written}` is no name of a host"
        raise RefusedError(message)
    return host


def vetted(host: str, addresses: list[str], exempt: Collection[str] = ()) -> list[str]:
    """Return ``addresses`` if every one is public or ``exempt``; raises `RefusedError` otherwise."""
    for address in addresses:
        reason = "" if address in exempt else forbidden(address)
        if reason:
            message = f"{host} leads to {address}, {reason}"
            raise RefusedError(message)
    return addresses


def forbidden(address: str) -> str:
    """Return why an IP address is not asked, or empty for a public one."""
    try:
        here = _inner(ip_address(address))
    except ValueError:
        return "which is no address"
    kinds = {
        "a loopback address": here.is_loopback,
        "a link-local address": here.is_link_local,
        "a multicast address": here.is_multicast,
        "an unspecified address": here.is_unspecified,
        "a private address": here.is_private,
        "a reserved address": here.is_reserved or not here.is_global,
    }
    return next((kind for kind, holds in kinds.items() if holds), "")


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 address stands for, if it stands for one."""
    if isinstance(address, IPv4Address):
        return address
    if address in _LOCAL_NAT64:
        return IPv6Address("fd00::")
    last = IPv4Address(int(address) & 0xFFFF_FFFF)
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        return last
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address
