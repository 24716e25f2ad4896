"""Who asked and became no client is forgotten once the practice has kept them for long enough: with every word, everywhere."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.cast import Practice, Staff
from tests.conftest import Clock
from tests.test_conversion import CHILD

# A word of its own for every field in which a visitor, or somebody about them, says something.
WORDS = {
    "name": "Quillonia Zephyrine",
    "email": "quagmire@zephyrine.example",
    "phone": "+1 503 917 4268",
    "message": "Xylophones were never read to my Thistlewood.",
    "reason": "Wisteria is ill.",
    "source": "https://www.example.org/page?who=Marzipan",
    "reply": "Dear Obsidian, we call you.",
    "also": "Juniper Zephyrine",
    "note": "Tamarind is another family.",
}
CANARIES = (
    *("quillonia", "zephyrine", "quagmire", "9174268", "917 4268", "xylophones", "thistlewood", "wisteria", "marzipan"),
    *("obsidian", "juniper", "tamarind"),
)


@pytest.fixture
def whole(admin_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(admin_url, autocommit=True) as connection:
        yield connection


def kept(whole: psycopg.Connection, practice: Practice) -> set[str]:
    """Where in all that the database holds of a practice, and of nobody, one of the words stands: table and word."""
    tables = whole.execute(
        "select relname, exists (select from pg_attribute where attrelid = c.oid and attname = 'tenant_id') from pg_class c"
        " where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
    ).fetchall()
    assert len(tables) > 40
    found = set()
    for table, is_practices in tables:
        query = sql.SQL("select t::text from {} t").format(sql.Identifier(table))
        if is_practices:
            slug = sql.Literal(practice.slug)
            query += sql.SQL(" where tenant_id = (select id from practices where slug = {})").format(slug)
        text = "\n".join(row[0] for row in whole.execute(query)).lower()
        found |= {f"{table} {word}" for word in CANARIES if word in text}
    return found


def books(practice: Practice) -> Any:
    """A booking about which everything is said that can be."""
    if not practice.olga.get("/consultation-types")["items"]:
        practice.olga.opens_consultations(hosts=(practice.ana,))
    visitor = practice.visitor()
    tomorrow = practice.clock() + timedelta(days=1)
    slot = visitor.slots(tomorrow.isoformat(), (tomorrow + timedelta(days=9)).isoformat())[0]["starts_at"]
    said = {name: WORDS[name] for name in ("name", "email", "phone", "message")}
    return visitor.books(slot, **said)


def enquires(practice: Practice, **more: str) -> Any:
    visitor = practice.visitor()
    said = {name: WORDS[name] for name in ("name", "email", "phone", "message")}
    visitor.post(f"/public/{visitor.slug}/enquiries", {**said, "source_url": WORDS["source"], **more})
    return practice.olga.get("/enquiries?limit=1&state=" + ("spam" if "website" in more else "new"))["items"][0]


def is_checked(staff: Staff, place: str) -> None:
    """Searched twice; the newer one signed off."""
    staff.post(f"{place}/conflict-checks", {"also": [WORDS["also"]]})
    check = staff.post(f"{place}/conflict-checks", {})
    staff.post(f"/conflict-checks/{check['id']}/sign-off", {"decision": "clear", "note": WORDS["note"]})


def again(practice: Practice) -> Staff:
    """Olga, who signs in again after a long time."""
    return practice.signs_in(practice.olga.email)


def test_a_booking_is_forgotten_a_year_after_the_meeting_with_every_word(
    riverside: Practice, clock: Clock, whole: psycopg.Connection
) -> None:
    """Red without any one of the statements of `models.retention.forgetting`, or any one field of them."""
    booked = books(riverside)
    place, token = f"/bookings/{booked['id']}", booked["manage_url"].rsplit("/", 1)[1]
    is_checked(riverside.ana, place)
    # Somebody else is like them: what was found of them then goes as well.
    is_checked(riverside.ana, f"/bookings/{books(riverside)['id']}")
    client = riverside.ana.adds_a_client(name="Quill Zephyr", email="q@families.example")
    riverside.ana.post(f"/clients/{client['id']}/conflict-checks", {"also": ["Quillonia Zephyrine"]})
    riverside.visitor().post(f"/public/bookings/{token}/cancel", {"reason": WORDS["reason"]})
    riverside.works()
    before = kept(whole, riverside)
    assert {found.split()[0] for found in before} == {"bookings", "booking_events", "messages", "conflict_checks"}

    clock.move(days=364)
    riverside.worker.keep_house()
    assert kept(whole, riverside) == before, "not a day too early"
    clock.move(days=9)
    whole.execute(
        "update conflict_checks set terms = '[]' where client_id = %s", [client["id"]]
    )  # What Ana typed to find somebody else is hers: the practice's own client stands behind it.
    riverside.worker.keep_house()
    assert kept(whole, riverside) == set()

    olga = again(riverside)
    left = olga.get(place)
    assert (left["state"], left["starts_at"], left["host_id"]) == ("cancelled", left["starts_at"], riverside.ana.id)
    assert (left["name"], left["email"], left["phone"], left["message"], left["reason"]) == (None,) * 5
    assert left["erased_at"] is not None
    assert riverside.visitor().ask("GET", f"/public/bookings/{token}").status_code == 404
    [check] = olga.get(f"/clients/{client['id']}/conflict-checks")["items"]
    assert [(hit["kind"], hit["name"], hit["why"]) for hit in check["hits"]] == [("booking", None, None)] * 2
    signed, first = olga.get(f"{place}/conflict-checks")["items"]
    assert (signed["decision"], signed["hits"], signed["terms"], signed["note"]) == ("clear", [], [], None)
    assert first["decision"] == "open"
    for act in ("convert", "conflict-checks"):
        assert olga.ask("POST", f"{place}/{act}", CHILD if act == "convert" else {}).status_code == 409
    # What the trail says of it: by whom, and which fields.
    entries = [row for row in olga.entries(row_id=booked["id"]) if row["actor"] == "worker"]
    assert any({"name", "email", "message", "erased_at"} <= set(row["fields"]) for row in entries)


def test_an_enquiry_is_forgotten_a_year_after_the_last_that_was_done(
    riverside: Practice, clock: Clock, whole: psycopg.Connection
) -> None:
    enquiry = enquires(riverside)
    place = f"/enquiries/{enquiry['id']}"
    is_checked(riverside.ana, place)
    riverside.ana.post(f"{place}/answer", {"text": WORDS["reply"]})
    riverside.works()
    clock.move(days=200)
    again(riverside).post(f"{place}/dismiss", {"reason": WORDS["reason"]})
    clock.move(days=200)
    riverside.worker.keep_house()
    assert again(riverside).get(place)["name"] == WORDS["name"]
    clock.move(days=170)
    riverside.worker.keep_house()
    assert kept(whole, riverside) == set()
    left = again(riverside).get(place)
    assert (left["state"], left["name"], left["replies"], left["source_url"]) == ("dismissed", None, [], None)
    assert (left["created_at"], left["answered_at"]) == (enquiry["created_at"], "2026-10-05T16:00:00Z")
    for act in ("answer", "dismiss", "reopen", "convert"):
        body = {"answer": {"text": "Hello."}, "convert": CHILD}.get(act, {})
        assert again(riverside).ask("POST", f"{place}/{act}", body).status_code == 409


def test_a_practice_says_how_long(riverside: Practice, clock: Clock, whole: psycopg.Connection) -> None:
    riverside.olga.patch("/practice", {"retention_days": 30})
    books(riverside), enquires(riverside)
    clock.move(days=29)
    riverside.worker.keep_house()
    assert kept(whole, riverside) != set()
    clock.move(days=3)
    riverside.worker.keep_house()
    assert kept(whole, riverside) == set()


def test_what_was_cancelled_counts_from_then_and_what_is_ahead_is_kept(riverside: Practice, clock: Clock) -> None:
    riverside.olga.patch("/practice", {"retention_days": 30})
    riverside.olga.opens_consultations(hosts=(riverside.ana,), horizon_days=90)
    visitor = riverside.visitor()
    slots = [slot["starts_at"] for slot in visitor.slots("2026-11-20T00:00:00Z", "2026-12-01T00:00:00Z")]
    ahead, cancelled = (visitor.books(slot, name=WORDS["name"], email=WORDS["email"])["id"] for slot in slots[:2])
    riverside.olga.post(f"/bookings/{cancelled}/cancel", {})
    clock.move(days=31)
    riverside.worker.keep_house()
    olga = again(riverside)
    assert (olga.get(f"/bookings/{ahead}")["name"], olga.get(f"/bookings/{cancelled}")["name"]) == (WORDS["name"], None)


def test_who_became_a_client_is_kept(riverside: Practice, clock: Clock) -> None:
    booking, enquiry = f"/bookings/{books(riverside)['id']}", f"/enquiries/{enquires(riverside)['id']}"
    for place in (booking, enquiry):
        riverside.ana.post(f"{place}/convert", CHILD)
    riverside.works()
    clock.move(days=4000)
    riverside.worker.keep_house()
    olga = again(riverside)
    assert [olga.get(place)["message"] for place in (booking, enquiry)] == [WORDS["message"]] * 2
    assert {row["to"] for row in olga.everything("/messages")} >= {WORDS["email"]}


def test_spam_is_gone_after_thirty_days(riverside: Practice, clock: Clock, whole: psycopg.Connection) -> None:
    spam, reopened = enquires(riverside, website="https://spam.example/"), enquires(riverside, website="x", message="Real.")
    riverside.ana.post(f"/enquiries/{reopened['id']}/reopen")
    clock.move(days=29)
    riverside.worker.keep_house()
    assert again(riverside).get(f"/enquiries/{spam['id']}")["state"] == "spam"
    clock.move(days=2)
    riverside.worker.keep_house()
    assert again(riverside).ask("GET", f"/enquiries/{spam['id']}").status_code == 404
    assert again(riverside).get(f"/enquiries/{reopened['id']}")["name"] == WORDS["name"], "staff said that it is none"


def test_a_mail_that_waits_is_not_sent_any_more(riverside: Practice, clock: Clock, whole: psycopg.Connection) -> None:
    place = f"/enquiries/{enquires(riverside)['id']}"
    riverside.ana.post(f"{place}/answer", {"text": WORDS["reply"]})
    whole.execute("update messages set due_at = due_at + interval '3000 days' where to_address = %s", [WORDS["email"]])
    clock.move(days=400)
    riverside.worker.keep_house()
    clock.move(days=3000)
    before = len(riverside.sink.to(WORDS["email"]))
    assert len(riverside.mails_to(WORDS["email"])) == before
    assert "withdrawn" in {row["state"] for row in again(riverside).everything("/messages")}


def test_many_are_forgotten_a_few_at_a_time_and_the_second_time_nothing_is_left_to_do(
    riverside: Practice, lakeside: Practice, clock: Clock, whole: psycopg.Connection
) -> None:
    for practice, many in ((riverside, 250), (lakeside, 1)):
        whole.execute(
            "insert into enquiries"
            " (tenant_id, id, name, email, message, language, state, replies, version, created_at, updated_at)"
            " select p.id, gen_random_uuid(), 'Quillonia', 'q' || n || '@zephyrine.example', 'Thistlewood',"
            " 'en', 'new', '[]', 1, %s, %s from practices p, generate_series(1, %s) n where p.slug = %s",
            [clock(), clock(), many, practice.slug],
        )
    clock.move(days=366)
    assert riverside.worker.keep_house() >= 251
    assert kept(whole, riverside) == kept(whole, lakeside) == set()
    before = whole.execute("select count(*), max(sequence) from audit_entries").fetchone()
    riverside.worker.keep_house()
    assert whole.execute("select count(*), max(sequence) from audit_entries").fetchone() == before


def test_one_practice_forgets_and_the_other_keeps(
    riverside: Practice, lakeside: Practice, clock: Clock, whole: psycopg.Connection
) -> None:
    riverside.olga.patch("/practice", {"retention_days": 30})
    for practice in (riverside, lakeside):
        books(practice), enquires(practice)
    before = kept(whole, lakeside)
    clock.move(days=60)
    riverside.worker.keep_house()
    assert (kept(whole, riverside), kept(whole, lakeside)) == (set(), before)


def test_a_practice_whose_turn_fails_holds_up_no_other(
    riverside: Practice, lakeside: Practice, clock: Clock, whole: psycopg.Connection
) -> None:
    """Riverside's rows refuse to be forgotten; lakeside's go all the same, and riverside's once it is mended."""
    enquires(riverside), enquires(lakeside)
    practice_id = riverside.olga.get("/practice")["id"]
    whole.execute(f"alter table enquiries add constraint refuses check (tenant_id <> '{practice_id}' or erased_at is null)")
    clock.move(days=366)
    try:
        riverside.worker.keep_house()
        assert (kept(whole, lakeside), bool(kept(whole, riverside))) == (set(), True)
    finally:
        whole.execute("alter table enquiries drop constraint refuses")
    riverside.worker.keep_house()
    assert kept(whole, riverside) == set()
