"""Where this server may call when somebody else names the address: a calendar, a web hook.

Such a call comes from inside the operator's network, where much trusts whoever can reach it. So only what is on the public
Internet is called, by https, on the two usual ports; what an operator allows besides is named by address and port.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from domain.refusal import Refusal

Address = IPv4Address | IPv6Address
# What the operator allows besides: addresses with a port.
Allowed = Collection[tuple[Address, int]]

PORTS = (443, 8443)
LONGEST_URL = 2000
_HOST = re.compile(r"([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
# What ends in a number is an address to some, in octal or as one number: 127.1, 0177.0.0.1, 2130706433, 0x7f.1 (WHATWG URL).
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)

# IANA's registry of special-purpose addresses, and what clouds answer at. `ipaddress.is_private` misses some of them.
_NOT_PUBLIC_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network; reaches this machine
        "10.0.0.0/8",
        "100.64.0.0/10",  # behind carriers' NAT; a cloud's metadata too
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's own services, as each machine of it sees them
        "169.254.0.0/16",  # link-local; the clouds' metadata
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",  # documentation, as are 198.51.100 and 203.0.113
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
# All that is given out for the Internet lies in here. Outside of it lie loopback, unique local (fc00::/7), link-local
# (fe80::/10) and site-local (fec0::/10) addresses, multicast, and those that hold an IPv4 address: mapped (::ffff:0:0/96),
# compatible (::/96), NAT64 (64:ff9b::/96 and 64:ff9b:1::/48).
_GIVEN_OUT_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocols; Teredo (2001::/32) holds an IPv4 address
        "2001:db8::/32",  # documentation, as is 3fff::/20
        "2002::/16",  # 6to4, which holds an IPv4 address
        "2620:4f:8000::/48",
        "3ffe::/16",  # the 6bone, given back
        "3fff::/20",
    )
)


class NotCallable(Refusal):
    """This address is not called; the sentence says why, and says nothing of what was found there."""


@dataclass(frozen=True)
class Target:
    """An address taken apart: what is dialled, what TLS checks, what is asked for."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """As the Host header says it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == {"https": 443, "http": 80}[self.scheme] else f"{host}:{self.port}"


def is_public(address: Address) -> bool:
    """Whether an address is somebody's on the Internet, and leads nowhere else."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_4)
    return address.scope_id is None and address in _GIVEN_OUT_6 and not any(address in network for network in _NOT_PUBLIC_6)


def target(url: str, allowed: Allowed = ()) -> Target:
    """What a URL names. Raises `NotCallable` for what is never called, wherever its name may lead."""
    # Before it is taken apart: urlsplit drops line ends by itself.
    if len(url) > LONGEST_URL or not re.fullmatch(r"[!-~]+", url, re.ASCII):
        raise NotCallable(f"An address has at most {LONGEST_URL} characters, all of them ASCII, without spaces.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NotCallable("This cannot be read as an address.") from None
    if parts.scheme not in ("https", "http"):
        raise NotCallable("An address begins with https://.")
    if "@" in parts.netloc:
        raise NotCallable("An address holds no user and no password.")
    port = {"https": 443, "http": 80}[parts.scheme] if port is None else port
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    found = Target(parts.scheme, host, port, path)
    if not _is_usual(found) and port not in {port for _, port in allowed}:
        raise NotCallable("An address begins with https://, and its port is 443 or 8443.")
    literal = _literal(host)
    if literal is not None:
        must_be_callable(found, [literal], allowed)
    elif not _HOST.fullmatch(host) or len(host) > 253 or _NUMBER.fullmatch(host.rpartition(".")[2]):
        raise NotCallable("This is no name of a host.")
    return found


def must_be_callable(found: Target, addresses: Iterable[Address], allowed: Allowed = ()) -> None:
    """Refuses a target if any of its addresses is neither public nor allowed: whichever is dialled, it was looked at."""
    for address in addresses:
        if (address, found.port) not in allowed and not (_is_usual(found) and is_public(address)):
            raise NotCallable("This is at an address that is not on the public Internet.")


def _is_usual(found: Target) -> bool:
    return found.scheme == "https" and found.port in PORTS


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def allowed_in(written: str) -> frozenset[tuple[Address, int]]:
    """Exceptions as an operator writes them: `10.0.0.7:8080,[fd00::7]:443`. Raises ValueError for what is none."""
    return frozenset(_exception(one.strip()) for one in written.split(",") if one.strip())


def _exception(written: str) -> tuple[Address, int]:
    address, colon, port = written.rpartition(":")
    is_6 = address.startswith("[") and address.endswith("]")
    found = ip_address(address[1:-1] if is_6 else address)
    if not colon or (found.version == 6) is not is_6 or not re.fullmatch(r"[1-9]\d{0,4}", port, re.ASCII) or int(port) > 65535:
        raise ValueError("not address:port")
    return found, int(port)
