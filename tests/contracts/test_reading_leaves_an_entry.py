"""Whatever shows staff something of a child's record leaves an entry of who was shown it: the next resource too."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from domain.access_words import WHAT, what
from tests.cast import Actor
from tests.contracts.acts import FOR_STAFF, OPERATIONS, QUERIES, READS, signs_in
from tests.contracts.everything import Life, one_of_everything
from tests.walks import each

# What names a row of a child's and shows nothing of it, and why.
NOT_THE_RECORD = {
    "list_audit_entries": "who changed what: ids and the names of fields, and no value of any",
    "show_conflict_check": "whom the practice knew when it was searched: names that are alike, no record",
    "list_checks_of_client": "the same",
    "list_checks_of_booking": "the same",
    "list_checks_of_enquiry": "the same",
    "list_booking_events": "who moved a consultation, and when; the consultation itself counts",
}
NAMES = ("student_id", "case_id", "iep_version_id", "provision_id")


@pytest.fixture(scope="module")
def life(opens: Any) -> Life:
    return one_of_everything(opens("riverside"))


@pytest.fixture(scope="module")
def of_the_child(life: Life) -> set[str]:
    """The ids of all rows that are about the child, by what the API itself says of them."""
    about = {name for name, row in life.rows.items() if any(row.get(field) for field in NAMES)} | {"student", "inbound_mail"}
    return {life.rows[name]["id"] for name in about}


@pytest.fixture(scope="module")
def readers(life: Life) -> Iterator[Actor]:
    """Somebody new each time: who has looked within the hour leaves no second entry."""
    return (signs_in(life.practice, life.practice.olga) for _ in iter(int, 1))


def entries(whole: psycopg.Connection, reader: Actor) -> list[Any]:
    [mine] = [row["id"] for row in reader.get("/auth/sign-ins")["items"] if row["is_this_one"]]
    said = "select student_id::text, resource, kind from access_entries where sign_in_id = %s"
    return whole.execute(said, [mine]).fetchall()


@each("name", [name for name in READS if name in FOR_STAFF])
def test_what_shows_a_row_of_a_child_leaves_an_entry(
    name: str, life: Life, of_the_child: set[str], readers: Iterator[Actor], whole: psycopg.Connection
) -> None:
    _, path, _ = OPERATIONS[name]
    place = path.format_map(life.values(path)) + QUERIES.get(name, "").format_map(life.ids)
    reader = next(readers)
    answer = reader.ask("GET", place)
    text = answer.get_data().decode(errors="replace")
    assert answer.status_code == 200, text
    # What the path names is shown too, though the answer need not say so again.
    shown = {found for found in of_the_child if found in text or found in place}
    kept = [entry for entry in entries(whole, reader) if entry[0] == life.ids["student_id"]]
    if name in NOT_THE_RECORD:
        assert kept == []
        return
    resource = "/".join(part for part in path.strip("/").split("/") if "{" not in part)
    assert bool(shown) == bool(kept), f"{name} shows {shown or 'nothing'} and leaves {kept or 'no entry'}"
    if shown:
        assert (life.ids["student_id"], resource, "read") in kept
        assert {kind for _, _, kind in kept} <= {"read", "packet_downloaded"}


def test_what_is_no_record_is_named_for_as_long_as_it_is_there() -> None:
    assert NOT_THE_RECORD.keys() <= set(READS)


def test_every_thing_that_is_read_has_words_for_the_family() -> None:
    paths = [OPERATIONS[name][1] for name in READS if name in FOR_STAFF and name not in NOT_THE_RECORD]
    resources = {"/".join(part for part in path.strip("/").split("/") if "{" not in part) for path in paths}
    about_children = {resource for resource in resources if resource.split("/")[0] in WHAT["en"]}
    assert about_children >= {"students", "cases/timeline", "documents/content"}
    assert WHAT["en"].keys() == WHAT["es"].keys()
    for resource in about_children:
        for language in WHAT:
            assert what(resource, language) != resource
