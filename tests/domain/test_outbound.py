"""Which addresses are called at all."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.outbound import LONGEST_URL, NotCallable, allowed_in, is_public, must_be_callable, target
from tests.walks import each

# One of each range that leads somewhere else than to the public Internet.
ELSEWHERE = """
    0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.8.9.10 168.63.129.16
    169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255
    198.51.100.7 203.0.113.7 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 192.175.48.1 192.31.196.1 192.52.193.1
    :: ::1 ::7f00:1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::a00:1 64:ff9b::8.8.8.8
    64:ff9b:1::7f00:1 100::1 100:0:0:1::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1
    2001:db8::1 2002:7f00:1::1 2002:808:808::1 3ffe::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 febf::1 fec0::1 feff::1
    ff02::1 ff0e::1 fe80::1%eth0 2600::1%eth0 2620:4f:8000::1
"""
SOMEBODYS = """
    1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255 169.255.0.0
    172.15.255.255 172.32.0.0 192.0.1.0 192.0.3.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255
    2001:200::1 2001:4860:4860::8888 2003::1 2600::1 2a00:1450:4001::1 2c0f:fb50::1
"""
NOT_PUBLIC, PUBLIC = ELSEWHERE.split(), SOMEBODYS.split()


@each("address", NOT_PUBLIC)
def test_what_leads_elsewhere_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@each("address", PUBLIC)
def test_what_is_somebodys_on_the_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_our_list_lets_nothing_through_that_python_calls_private(address: IPv4Address | IPv6Address) -> None:
    """Ours is the stricter one: `is_global` lets through what holds an IPv4 address, and much of what is not given out."""
    assert not is_public(address) or (address.is_global and not address.is_multicast and not address.is_reserved)


@given(st.ip_addresses(v=4))
def test_no_ipv6_spelling_of_an_ipv4_address_is_public(address: IPv4Address) -> None:
    number = int(address)
    held = [number, 0xFFFF << 32 | number, 0xFFFF << 48 | number, 0x64FF9B << 96 | number, 0x64FF9B0001 << 80 | number]
    held += [0x2002 << 112 | number << 80 | 1, 0x20010000 << 96 | number ^ 0xFFFFFFFF]
    assert not any(is_public(IPv6Address(one)) for one in held)


@each(
    ("url", "authority", "path"),
    [
        ("https://calendar.google.com/calendar/ical/a%40b/private-0/basic.ics", "calendar.google.com", None),
        ("HTTPS://P12-Caldav.iCloud.com/published/2/MTIz?x=1#part", "p12-caldav.icloud.com", "/published/2/MTIz?x=1"),
        ("https://outlook.office365.com:443", "outlook.office365.com", "/"),
        ("https://nextcloud.example:8443/cal?export", "nextcloud.example:8443", "/cal?export"),
        ("https://8.8.8.8/x", "8.8.8.8", "/x"),
        ("https://[2001:4860:4860::8888]:8443/x", "[2001:4860:4860::8888]:8443", "/x"),
    ],
)
def test_an_address_is_taken_apart(url: str, authority: str, path: str | None) -> None:
    found = target(url)
    assert found.authority == authority
    assert found.path == (path or url.removeprefix("https://calendar.google.com"))


@each(
    "url",
    [
        "",
        "calendar.example",
        "//calendar.example/x",
        "https:",
        "https:///x",
        "https:/calendar.example",
        "http://calendar.example/x",
        "webcal://calendar.example/x",
        "file:///etc/passwd",
        "ftp://calendar.example/x",
        "gopher://calendar.example:443/x",
        "https://user@calendar.example/x",
        "https://user:password@calendar.example/x",
        "https://@calendar.example/x",
        "https://calendar.example:80/x",
        "https://calendar.example:22/x",
        "https://calendar.example:0/x",
        "https://calendar.example:65536/x",
        "https://calendar.example:-443/x",
        "https://calendar.example:http/x",
        "https://calendar.example\\@10.0.0.1/x",
        "https://calendar.exa mple/x",
        "https://calendar.example/x y",
        "https://calendar.example/\r\nHost: other",
        "https://calendar.example\t/x",
        "https://calendar.example/\u00e9",
        "https://b\u00fccher.example/x",
        "https://calendar.example\uff0fx/",
        "https://\uff11\uff12\uff17.0.0.1/",
        "https://calendar..example/x",
        "https://.calendar.example/x",
        "https://calendar.example./x",
        "https://-calendar.example/x",
        "https://cal*endar.example/x",
        "https://" + "a" * 64 + ".example/x",
        "https://" + "a." * 127 + "example/x",
        "https://calendar.example/" + "x" * LONGEST_URL,
        # This machine, as some read it.
        "https://2130706433/",
        "https://017700000001/",
        "https://0x7f000001/",
        "https://0x7f.1/",
        "https://127.1/",
        "https://0177.0.0.1/",
        "https://127.0.0.01/",
        "https://8.8.8.08/",
        "https://127.0.0.0x1/",
        "https://1.2.3.4.5/",
        "https://calendar.example.1/",
        "https://[::1%25eth0]/",
        "https://[2600::1%25eth0]/",
        "https://[::1/",
        "https://[calendar.example]/",
        "https://[127.0.0.1]/",
        *(f"https://{address}/" for address in NOT_PUBLIC if ":" not in address),
        *(f"https://[{address}]/" for address in NOT_PUBLIC if ":" in address),
    ],
)
def test_what_is_never_called_is_refused_before_anything_is_asked(url: str) -> None:
    with pytest.raises(NotCallable):
        target(url)


@given(st.text(max_size=60) | st.from_regex(r"https?://[\[\]a-z0-9.:@%/\\-]{0,40}", fullmatch=True))
def test_any_text_is_either_taken_apart_or_refused(text: str) -> None:
    try:
        found = target(text)
    except NotCallable:
        return
    assert found.scheme == "https"
    assert found.port in (443, 8443)


def test_one_address_that_is_not_public_condemns_all() -> None:
    found = target("https://calendar.example/x")
    must_be_callable(found, [ip_address("8.8.8.8"), ip_address("2600::1")])
    with pytest.raises(NotCallable):
        must_be_callable(found, [ip_address("8.8.8.8"), ip_address("10.0.0.1"), ip_address("2600::1")])


def test_an_exception_opens_its_address_and_port_alone() -> None:
    allowed = allowed_in("10.0.0.7:8080, [fd00::7]:443")
    assert target("http://10.0.0.7:8080/x", allowed).authority == "10.0.0.7:8080"
    assert target("https://[fd00::7]/x", allowed).port == 443
    for refused in ("http://10.0.0.7/x", "https://10.0.0.7/x", "http://10.0.0.8:8080/x", "http://[fd00::7]:8080/x"):
        with pytest.raises(NotCallable):
            target(refused, allowed)
    # A name may lead there; where it leads is seen later.
    named = target("http://nextcloud.internal:8080/x", allowed)
    must_be_callable(named, [ip_address("10.0.0.7")], allowed)
    for elsewhere in ("10.0.0.8", "8.8.8.8"):
        with pytest.raises(NotCallable):
            must_be_callable(named, [ip_address("10.0.0.7"), ip_address(elsewhere)], allowed)


@each(
    "written",
    ["localhost:80", "10.0.0.7", "10.0.0.7:0", "10.0.0.7:65536", "10.0.0.0/8:80", "fd00::7:80", "[10.0.0.7]:80", ":80"],
)
def test_an_exception_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        allowed_in(written)
