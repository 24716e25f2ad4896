"""The address of a case: nobody else can make one, and it survives what mail servers do to addresses."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.inbound_address import Addressed, found_in, make, read

DOMAIN = "cases.practice.example"
KEY, OLD = b"the present secret, of thirty-two bytes", b"the secret before it, as long as that one"
PRACTICE, CASE = UUID("0192f0c1-2345-7abc-8def-0123456789ab"), UUID("0192f0c1-2345-7abc-8def-ba9876543210")
ADDRESS = make(KEY, PRACTICE, CASE, DOMAIN)


@given(st.uuids(), st.uuids())
def test_what_is_made_is_read_in_any_capitals_and_fits_into_a_local_part(practice: UUID, case: UUID) -> None:
    address = make(KEY, practice, case, DOMAIN)
    assert len(address.partition("@")[0]) == 63
    for written in (address, address.upper(), f" {address.title()} "):
        assert read(written, [OLD, KEY], DOMAIN.upper()) == Addressed(practice, case)


def test_the_secret_before_the_present_one_is_read_too_and_no_other() -> None:
    assert read(ADDRESS, [b"a new one", KEY], DOMAIN) == Addressed(PRACTICE, CASE)
    assert read(ADDRESS, [OLD], DOMAIN) is None


@given(st.integers(0, 62), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_no_letter_can_be_another(place: int, letter: str) -> None:
    changed = ADDRESS[:place] + letter + ADDRESS[place + 1 :]
    assert (read(changed, [KEY], DOMAIN) is None) == (changed != ADDRESS)


def test_what_is_no_address_of_ours_names_nothing() -> None:
    local = ADDRESS.partition("@")[0]
    for wrong in (
        *("", "@", "@" + DOMAIN, local, f"{local}@", f"{local}@{DOMAIN}.evil.example", f"{local}@x{DOMAIN}"),
        *(f"{local}a@{DOMAIN}", f"{local[1:]}@{DOMAIN}", f"{local[:-1]}1@{DOMAIN}", f"{'é' * 63}@{DOMAIN}"),
    ):
        assert read(wrong, [KEY], DOMAIN) is None, wrong
    assert read(f"{local}@", [KEY], "") is None


def test_addresses_are_found_in_a_header_once_each_and_whole() -> None:
    other = make(KEY, PRACTICE, UUID(int=7), DOMAIN)
    header = f'"Ana" <{ADDRESS}>, x@y.example, {ADDRESS.upper()}, a{other}, {other}x, <{other}>'
    assert found_in(header, [KEY], DOMAIN) == [Addressed(PRACTICE, CASE), Addressed(PRACTICE, UUID(int=7))]
    assert found_in(f"a{other} {other}x {other}.evil.example b.{other}", [KEY], DOMAIN) == []
    assert found_in(header, [KEY], "") == []
