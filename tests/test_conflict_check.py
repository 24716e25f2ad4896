"""Before somebody is taken on: whom the practice knows already, and who answers for it."""

import time
from typing import Any

import psycopg
import pytest

from domain.similar_names import LEAST
from tests.cast import Actor, Practice, Staff, Visitor
from tests.test_booking import TUESDAY_NINE


def checks(staff: Staff, path: str, *also: str) -> Any:
    return staff.post(f"{path}/conflict-checks", {"also": also} if also else {})


def found(check: Any) -> list[tuple[str, str]]:
    return [(hit["kind"], hit["name"]) for hit in check["hits"]]


def books(riverside: Practice, visitor: Visitor, **more: str) -> str:
    """The path of a booking at a time of its own."""
    if not riverside.olga.get("/consultation-types")["items"]:
        riverside.olga.opens_consultations()
    slot = visitor.slots("2026-10-06T00:00:00Z", "2026-10-12T00:00:00Z")[0]["starts_at"]
    return f"/bookings/{visitor.books(slot, **more)['id']}"


def enquires(riverside: Practice, name: str, email: str = "somebody@example.org") -> str:
    visitor = riverside.visitor()
    visitor.post(f"/public/{visitor.slug}/enquiries", {"name": name, "email": email, "message": f"I am {name}, please help."})
    return f"/enquiries/{riverside.olga.get('/enquiries')['items'][0]['id']}"


def test_everybody_whom_the_practice_knows_is_looked_through(riverside: Practice, visitor: Visitor) -> None:
    ana = riverside.ana
    case = ana.opens_a_case()
    ana.adds_a_client(name="Francisco García", email="paco@example.org")
    ana.adds_a_student(name="Paco Garcia")
    ana.adds_a_team_member(case, name="F. Garcia")
    enquires(riverside, "Garcia López, Francisco")
    books(riverside, visitor, name="Frank García", email="frank@example.org")
    riverside.takes_on(f"paco.garcia@{riverside.slug}.example")  # "Paco.Garcia", a colleague
    ana.adds_a_client(name="Maria Ortiz", email="maria@example.org")
    place = books(riverside, visitor, name="Paco García", email="another@example.org")
    check = checks(ana, place)
    assert {kind for kind, _ in found(check)} == {"client", "student", "booking", "enquiry", "team_member", "staff"}
    assert ("client", "Francisco García") in found(check)
    assert [name for _, name in found(check) if "Ortiz" in name] == []
    scores = [hit["score"] for hit in check["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert (scores[0], check["hits"][0]["why"]) == (100, "The same name.")
    by_kind = {hit["kind"]: hit for hit in check["hits"]}
    assert by_kind["client"]["why"] == "Francisco and Paco may be one name; Garcia in both."
    assert check["terms"] == [
        {"kind": "name", "value": "Paco García"},
        {"kind": "email", "value": "another@example.org"},
    ]
    assert (check["decision"], check["searched_by_id"], check["searched_at"]) == ("open", ana.id, "2026-10-05T16:00:00Z")


def test_an_address_or_a_number_tells_whatever_the_name_is(riverside: Practice, visitor: Visitor) -> None:
    ana = riverside.ana
    ana.adds_a_client(name="Pavel Orlov", email="Family@example.org")
    ana.adds_a_client(name="Zoe Zimmer", email="zoe@example.org", phone="(503) 555-0142")
    check = checks(ana, books(riverside, visitor, name="Petra Petrov", email="family@example.org", phone="+1 503 555 0142"))
    told = {hit["name"]: (hit["score"], hit["why"]) for hit in check["hits"]}
    assert told == {
        "Pavel Orlov": (100, "The same e-mail address."),
        "Zoe Zimmer": (100, "The same phone number."),
    }


def test_the_child_and_the_other_parent_are_looked_for_too(riverside: Practice) -> None:
    ana = riverside.ana
    ana.adds_a_student(ana.adds_a_client(name="Nora Nolan", email="nora@example.org"), name="Sasha Petrov")
    ana.adds_a_client(name="Pavel Orlov", email="pavel@example.org")
    place = enquires(riverside, "Petra Petrov")
    # The other parent shares the family name, if anything.
    [hit] = checks(ana, place)["hits"]
    assert (hit["name"], hit["score"], hit["why"]) == ("Sasha Petrov", LEAST, "The same family name.")
    assert found(checks(ana, place, "Sascha Petrov", "Orlov, Pavel")) == [
        ("client", "Pavel Orlov"),
        ("student", "Sasha Petrov"),
    ]


def test_what_is_their_own_is_no_hit(riverside: Practice, visitor: Visitor) -> None:
    """A client, their child, and the booking and the enquiry from which they came."""
    ana = riverside.ana
    booking = books(riverside, visitor, name="Petra Petrov", email="petra@example.org")
    made = ana.post(f"{booking}/convert", {"student": {"name": "Sasha Petrov"}, "title": "Reading"})
    assert found(checks(ana, booking, "Sasha Petrov")) == [("student", "Sasha Petrov")], "nobody has said whose child it is"
    check = checks(ana, f"/clients/{made['client_id']}")
    assert [term["value"] for term in check["terms"]] == ["Petra Petrov", "Sasha Petrov", "petra@example.org"]
    assert found(check) == []
    # But when she comes again, it is seen that she did.
    assert ("client", "Petra Petrov") in found(checks(ana, enquires(riverside, "Petra Petrov")))


def test_the_advocate_is_warned_before_the_call(riverside: Practice, visitor: Visitor) -> None:
    ana = riverside.ana
    ana.adds_a_client(name="Petra Petrov", email="someone@example.org")
    place = books(riverside, visitor, name="Petra Petrova", email="petra@example.org")
    assert ana.get(place)["conflict_check"] is None
    check = checks(ana, place)
    in_short = {"id": check["id"], "decision": "open", "hits": 1}
    assert ana.get(place)["conflict_check"] == in_short
    assert [row["conflict_check"] for row in ana.get("/bookings")["items"]] == [in_short]
    signed = ana.post(f"/conflict-checks/{check['id']}/sign-off", {"decision": "conflict", "note": "We speak for the school."})
    assert (signed["decision"], signed["note"], signed["decided_by_id"]) == ("conflict", "We speak for the school.", ana.id)
    assert signed["decided_at"] == "2026-10-05T16:00:00Z"
    assert ana.get(place)["conflict_check"]["decision"] == "conflict"
    enquiry = enquires(riverside, "Quentin Quist")
    checks(ana, enquiry)
    assert [row["conflict_check"]["decision"] for row in ana.get("/enquiries")["items"]] == ["open"]
    assert ana.get(enquiry)["conflict_check"]["hits"] == 0


def test_a_check_is_signed_off_once_and_a_newer_one_counts(riverside: Practice, visitor: Visitor) -> None:
    ana = riverside.ana
    place = books(riverside, visitor)
    first = checks(ana, place)
    ana.post(f"/conflict-checks/{first['id']}/sign-off", {"decision": "clear"})
    again = ana.ask("POST", f"/conflict-checks/{first['id']}/sign-off", {"decision": "waived"})
    assert (again.status_code, again.get_json()["type"]) == (409, "/problems/conflict")
    second, third = checks(ana, place), checks(ana, place, "Sasha Petrov")
    assert ana.get(place)["conflict_check"]["decision"] == "open"
    late = ana.ask("POST", f"/conflict-checks/{second['id']}/sign-off", {"decision": "clear"})
    assert (late.status_code, "newer" in late.get_json()["detail"]) == (409, True)
    ana.post(f"/conflict-checks/{third['id']}/sign-off", {"decision": "waived", "note": "Both families agree."})
    listed = ana.everything(f"{place}/conflict-checks")
    assert [row["id"] for row in listed] == [third["id"], second["id"], first["id"]]
    assert [row["decision"] for row in listed] == ["waived", "open", "clear"]
    assert ana.get(f"/conflict-checks/{first['id']}") == listed[2]


def test_an_assistant_searches_and_an_advocate_answers_for_it(riverside: Practice, visitor: Visitor) -> None:
    check = checks(riverside.sam, books(riverside, visitor))
    sign_off = ("POST", f"/conflict-checks/{check['id']}/sign-off", {"decision": "clear"})
    assert riverside.sam.ask(*sign_off).status_code == 403
    assert riverside.ana.ask(*sign_off[:2], {"decision": "open"}).status_code == 422
    assert riverside.ana.ask(*sign_off).status_code == 200


def test_a_check_stays_as_it_was_searched(riverside: Practice, visitor: Visitor) -> None:
    ana = riverside.ana
    client = ana.adds_a_client(name="Petra Petrov")
    check = checks(ana, books(riverside, visitor))
    ana.patch(f"/clients/{client['id']}", {"name": "Somebody Else"})
    assert ana.get(f"/conflict-checks/{check['id']}")["hits"] == check["hits"]


def test_spam_is_reopened_before_it_is_checked(riverside: Practice, visitor: Visitor) -> None:
    said = {"name": "Petra Petrov", "email": "petra@example.org", "message": "Buy.", "website": "https://spam.example/"}
    visitor.post(f"/public/{visitor.slug}/enquiries", said)
    place = f"/enquiries/{riverside.ana.get('/enquiries?state=spam')['items'][0]['id']}"
    assert riverside.ana.ask("POST", f"{place}/conflict-checks", {}).status_code == 409
    assert found(checks(riverside.ana, enquires(riverside, "Petra Petrov"))) == [], "spam is nobody"
    riverside.ana.post(f"{place}/reopen")
    assert found(checks(riverside.ana, place)) == [("enquiry", "Petra Petrov")]


def test_nobody_of_another_practice_is_ever_found(riverside: Practice, lakeside: Practice, visitor: Visitor) -> None:
    """Red without row security and `of_practice` for `models.people.PEOPLE`."""
    lakeside.ana.opens_a_case()
    lakeside.ana.adds_a_client(name="Petra Petrov", email="petra@example.org", phone="+1 503 555 0142")
    enquires(lakeside, "Petra Petrov", "petra@example.org")
    place = books(riverside, visitor, name="Petra Petrov", email="petra@example.org", phone="+1 503 555 0142")
    check = checks(riverside.ana, place)
    assert check["hits"] == []
    for path in (f"{place}/conflict-checks", f"/conflict-checks/{check['id']}"):
        assert lakeside.olga.ask("GET", path).status_code == 404
    assert lakeside.olga.ask("POST", f"{place}/conflict-checks", {}).status_code == 404
    assert lakeside.olga.ask("POST", f"/conflict-checks/{check['id']}/sign-off", {"decision": "clear"}).status_code == 404


@pytest.mark.parametrize(("scope", "status"), [("bookings:write", 403), ("conflict-checks:write", 201)])
def test_a_key_needs_the_scope_of_checks(riverside: Practice, visitor: Visitor, scope: str, status: int) -> None:
    """A check names people of all kinds: who may write bookings may not read them by it."""
    place = books(riverside, visitor)
    server = Actor(riverside.app, riverside.olga.makes_a_key(scope)["key"])
    assert server.ask("POST", f"{place}/conflict-checks", {}).status_code == status


def test_five_thousand_people_are_searched_while_one_waits(riverside: Practice, visitor: Visitor, admin_url: str) -> None:
    place = books(riverside, visitor, name="Paco García", email="paco@example.org")
    with psycopg.connect(admin_url, autocommit=True) as whole:
        whole.execute(
            "insert into clients (tenant_id, id, name, email, version, created_at, updated_at)"
            " select p.id, gen_random_uuid(), initcap(translate(substr(md5(n::text), 1, 6), '0123456789', 'eiouaeioua')) || ' '"
            " || initcap(translate(substr(md5(n::text), 7, 9), '0123456789', 'eiouaeioua')),"
            " 'c' || n || '@example.org', 1, now(), now()"
            " from practices p, generate_series(1, 5000) n where p.slug = %s",
            [riverside.slug],
        )
    riverside.ana.adds_a_client(name="Francisco Garcia", email="francisco@example.org")
    begun = time.monotonic()
    check = checks(riverside.ana, place, "Sasha García")
    # Measured at two tenths of a second; the machine may be busy.
    assert time.monotonic() - begun < 3
    assert ("client", "Francisco Garcia") in found(check)


def test_the_time_of_a_booking_does_not_matter(riverside: Practice, visitor: Visitor) -> None:
    """One that was cancelled is known all the same."""
    riverside.olga.opens_consultations()
    cancelled = visitor.books(TUESDAY_NINE, name="Petra Petrov", email="petra@example.org")
    riverside.olga.post(f"/bookings/{cancelled['id']}/cancel", {})
    assert found(checks(riverside.ana, enquires(riverside, "Petra Petrov"))) == [("booking", "Petra Petrov")]
