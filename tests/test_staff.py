"""Roles hold everywhere: owners settle how the practice works, assistants run the day. And people come and go."""

import pytest
from flask import Flask

from tests.cast import ZONE, Actor, Practice, Staff, text_of
from tests.conftest import Clock
from tests.promises.racing import at_once

OWNERS_ONLY = [
    ("PATCH", "/practice", {"about": "New words."}),
    ("POST", "/staff/invitations", {"email": "x@example.org", "role": "owner"}),
    ("POST", "/api-keys", {"kind": "publishable", "name": "The website"}),
    ("POST", "/consultation-types", {"name": "Long", "slug": "long", "minutes": 60}),
]


@pytest.mark.parametrize(("method", "path", "body"), OWNERS_ONLY)
def test_only_the_owner_changes_settings(riverside: Practice, method: str, path: str, body: dict[str, object]) -> None:
    for person in (riverside.ana, riverside.sam):
        answer = person.ask(method, path, body)
        assert (answer.status_code, answer.get_json()["type"]) == (403, "/problems/forbidden")
        # Who may not learns that before what is wrong with what was sent.
        assert person.ask(method, path, {"nonsense": 1}).status_code == 403
    assert riverside.olga.ask(method, path, body).status_code < 300


def test_an_assistant_runs_the_day(sam: Staff) -> None:
    case = sam.opens_a_case()
    asked = sam.asks_the_team(case)
    assert len(asked["reminders"]) == 3
    assert sam.post(f"/reminders/{asked['reminders'][0]['id']}/complete")["state"] == "done"


def test_everybody_sees_who_works_here(riverside: Practice) -> None:
    for person in (riverside.olga, riverside.ana, riverside.sam):
        assert [(row["email"], row["role"]) for row in person.get("/staff")["items"]] == [
            (riverside.olga.email, "owner"),
            (riverside.ana.email, "advocate"),
            (riverside.sam.email, "assistant"),
        ]
    assert riverside.sam.get(f"/staff/{riverside.ana.id}")["name"] == "Ana"


# Roles change.


def test_a_new_role_holds_at_the_next_request(riverside: Practice) -> None:
    olga, sam = riverside.olga, riverside.sam
    assert sam.ask("PATCH", "/practice", {"about": "New words."}).status_code == 403
    assert olga.patch(f"/staff/{sam.id}", {"role": "owner"})["role"] == "owner"
    assert sam.patch("/practice", {"about": "New words."})["about"] == "New words."
    assert sam.get("/me")["practice"]["role"] == "owner"
    olga.patch(f"/staff/{sam.id}", {"role": "assistant", "name": "Sam Sato"})
    assert sam.ask("PATCH", "/practice", {"about": "Old words."}).status_code == 403
    assert sam.get("/me")["user"]["name"] == "Sam Sato"


def test_only_owners_say_who_is_what(riverside: Practice, lakeside: Practice) -> None:
    for person in (riverside.ana, riverside.sam):
        for method, body in (("PATCH", {"role": "owner"}), ("DELETE", None)):
            assert person.ask(method, f"/staff/{riverside.sam.id}", body).status_code == 403
            assert person.ask(method, f"/staff/{person.id}", body).status_code == 403
    for method, body in (("PATCH", {"role": "owner"}), ("DELETE", None), ("GET", None)):
        assert lakeside.olga.ask(method, f"/staff/{riverside.sam.id}", body).status_code == 404
    assert riverside.olga.ask("PATCH", f"/staff/{riverside.sam.id}", {"role": "boss"}).status_code == 422
    assert riverside.olga.ask("PATCH", f"/staff/{riverside.sam.id}", {"email": "x@example.org"}).status_code == 422
    assert riverside.sam.get("/me")["practice"]["role"] == "assistant"


def test_the_last_owner_stays(riverside: Practice) -> None:
    olga, ana = riverside.olga, riverside.ana
    for method, body in (("PATCH", {"role": "advocate"}), ("DELETE", None)):
        answer = olga.ask(method, f"/staff/{olga.id}" + ("" if body else f"?hand_over_to={ana.id}"), body)
        assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/conflict")
    assert olga.patch(f"/staff/{olga.id}", {"name": "Olga Orlova"})["role"] == "owner"
    olga.patch(f"/staff/{ana.id}", {"role": "owner"})
    assert olga.patch(f"/staff/{olga.id}", {"role": "assistant"})["role"] == "assistant"
    assert olga.ask("PATCH", f"/staff/{ana.id}", {"role": "assistant"}).status_code == 403
    assert ana.ask("PATCH", f"/staff/{ana.id}", {"role": "assistant"}).status_code == 409


# They go.


def test_who_leaves_hands_over_what_is_open(app: Flask, riverside: Practice, clock: Clock) -> None:
    olga, ana, sam = riverside.olga, riverside.ana, riverside.sam
    case, closed = ana.opens_a_case(), ana.opens_a_case()
    asked = ana.asks_the_team(case)["reminders"]
    done = ana.post(f"/reminders/{asked[0]['id']}/complete")
    ana.patch(f"/cases/{closed['id']}", {"state": "closed"})
    olgas = olga.opens_a_case()

    left = olga.delete(f"/staff/{ana.id}?hand_over_to={sam.id}")
    handed = {"cases": 1, "reminders": 2, "check_ins": 0, "deadlines": 0, "bookings": 0, "bookings_left": []}
    assert left == {"handed_over_to": sam.id, **handed}
    assert olga.get(f"/cases/{case['id']}")["advocate_id"] == sam.id
    assert {row["id"] for row in sam.reminders(assignee_id=sam.id)} == {row["id"] for row in asked[1:]}
    # What is over keeps the name of whoever did it; what is somebody else's stays theirs.
    assert olga.get(f"/cases/{closed['id']}")["advocate_id"] == ana.id
    assert olga.get(f"/reminders/{done['id']}")["assignee_id"] == ana.id
    assert olga.get(f"/cases/{olgas['id']}")["advocate_id"] == olga.id
    gone = olga.get(f"/staff/{ana.id}")
    assert gone["ended_at"] == clock.at.isoformat().replace("+00:00", "Z")
    assert not ana.is_in()
    # The mail of the follow-up goes to who took over.
    clock.move(days=14)
    told = {who.email: [text_of(mail) for mail in riverside.mails_to(who.email)] for who in (ana, sam)}
    assert not any(asked[1]["title"] in text for text in told[ana.email])
    assert any(asked[1]["title"] in text for text in told[sam.email])


def test_without_a_name_it_goes_to_who_removes_them(riverside: Practice) -> None:
    case = riverside.ana.opens_a_case()
    assert riverside.olga.delete(f"/staff/{riverside.ana.id}")["handed_over_to"] == riverside.olga.id
    assert riverside.olga.get(f"/cases/{case['id']}")["advocate_id"] == riverside.olga.id
    again = riverside.olga.ask("DELETE", f"/staff/{riverside.ana.id}")
    assert (again.status_code, again.get_json()["type"]) == (409, "/problems/conflict")


def test_consultations_go_along_and_what_finds_no_room_is_listed(riverside: Practice) -> None:
    olga, ana = riverside.olga, riverside.ana
    olga.opens_consultations(hosts=(ana,))
    petra = riverside.visitor()
    clash = petra.books("2026-10-06T16:00:00Z", email="clash@example.org")
    free = petra.books("2026-10-06T17:00:00Z", email="free@example.org")
    weekly = [{"weekday": "tuesday", "start": "09:00", "end": "12:00"}]
    olga.put("/availability", {"staff_id": olga.id, "timezone": ZONE, "weekly": weekly})
    olgas = petra.books("2026-10-06T16:00:00Z", email="olgas@example.org")
    assert olga.get(f"/bookings/{olgas['id']}")["host_id"] == olga.id
    riverside.works()

    left = olga.delete(f"/staff/{ana.id}?hand_over_to={olga.id}")
    assert (left["bookings"], left["bookings_left"]) == (1, [clash["id"]])
    assert olga.get(f"/bookings/{free['id']}")["host_id"] == olga.id
    # The parent whose host changed is told, and the new host; the link in the mail is alive.
    assert len(riverside.mails_to("free@example.org")) == 2
    assert len(riverside.mails_to("clash@example.org")) == 1
    link = free["manage_url"].rpartition("/")[2]
    assert petra.get(f"/public/bookings/{link}")["state"] == "confirmed"
    # Ana's hours are offered no more, and what was left can be moved to a host who is here.
    moved = olga.post(f"/bookings/{clash['id']}/reschedule", {"starts_at": "2026-10-06T18:00:00Z"})
    assert moved["host_id"] == olga.id
    assert petra.tries_to_book("2026-10-07T16:00:00Z").status_code == 409


def test_nothing_can_be_given_to_who_has_left(riverside: Practice) -> None:
    olga, ana, sam = riverside.olga, riverside.ana, riverside.sam
    case = olga.opens_a_case()
    olga.opens_consultations()
    booking = riverside.visitor().books("2026-10-06T16:00:00Z")
    olga.delete(f"/staff/{ana.id}")
    child = {"student": {"name": "Sasha"}, "title": "Reading"}
    unknown = "0192f0c1-2345-7abc-8def-0123456789ab"
    for method, path, body, pointer in (
        ("POST", "/cases", {"client_id": case["client_id"], "student_id": case["student_id"], "title": "X"}, "advocate_id"),
        ("PATCH", f"/cases/{case['id']}", {}, "advocate_id"),
        ("POST", "/reminders", {"case_id": case["id"], "title": "X", "due_at": "2026-10-09T16:00:00Z"}, "assignee_id"),
        ("PUT", "/availability", {"timezone": ZONE, "weekly": []}, "staff_id"),
        ("POST", f"/bookings/{booking['id']}/convert", child, "advocate_id"),
    ):
        answers = [olga.ask(method, path, {**body, pointer: who}, X_Request_ID="one-for-both") for who in (ana.id, unknown)]
        assert [answer.status_code for answer in answers] == [422, 422], answers[0].get_data(as_text=True)
        assert [error["pointer"] for error in answers[0].get_json()["errors"]] == [f"/{pointer}"]
        assert answers[0].data == answers[1].data, "who has left is like nobody"
    for heir, pointer in ((ana.id, "/hand_over_to"), (sam.id, "/hand_over_to"), (unknown, "/hand_over_to")):
        answer = olga.ask("DELETE", f"/staff/{sam.id}?hand_over_to={heir}")
        assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, pointer)
    assert sam.is_in()


@pytest.mark.parametrize("what", ["reopens it", "asks the team", "takes a step"])
def test_a_closed_case_of_who_has_left_is_taken_up_by_who_goes_on_with_it(riverside: Practice, what: str, clock: Clock) -> None:
    """Otherwise the mails about it would go to somebody who works here no more."""
    olga, ana, sam = riverside.olga, riverside.ana, riverside.sam
    case = ana.opens_a_case()
    concern = ana.opens_a_concern(case)
    ana.patch(f"/cases/{case['id']}", {"state": "closed"})
    olga.delete(f"/staff/{ana.id}")
    assert sam.patch(f"/cases/{case['id']}", {"title": "Reading, closed"})["advocate_id"] == ana.id
    before = len(riverside.mails_to(ana.email))
    if what == "reopens it":
        sam.patch(f"/cases/{case['id']}", {"state": "open"})
    elif what == "takes a step":
        sam.takes("find_unfounded", concern, reason="The aide was there.")
    else:
        assert sam.asks_the_team(case)["reminders"] == [], "in a closed case nothing is planned"
    assert olga.get(f"/cases/{case['id']}")["advocate_id"] == sam.id
    clock.move(days=30)
    assert len(riverside.mails_to(ana.email)) == before


def test_a_consultation_whose_host_has_left_becomes_the_case_of_who_takes_it_on(riverside: Practice) -> None:
    olga, ana = riverside.olga, riverside.ana
    olga.opens_consultations(hosts=(ana, olga))
    pair = [riverside.visitor().books("2026-10-06T16:00:00Z") for _ in range(2)]
    [left] = olga.delete(f"/staff/{ana.id}")["bookings_left"]
    assert left in {booking["id"] for booking in pair}
    made = riverside.sam.post(f"/bookings/{left}/convert", {"student": {"name": "Sasha"}, "title": "Reading"})
    assert riverside.sam.get(f"/cases/{made['case_id']}")["advocate_id"] == riverside.sam.id


def test_who_comes_back_is_who_they_were(app: Flask, riverside: Practice, clock: Clock) -> None:
    olga, ana = riverside.olga, riverside.ana
    case = ana.opens_a_case()
    olga.delete(f"/staff/{ana.id}")
    assert not ana.is_in()
    clock.move(days=30)
    back = riverside.takes_on(ana.email, "assistant")
    assert back.id == ana.id
    assert back.get("/me")["practice"]["role"] == "assistant"
    assert olga.get(f"/staff/{ana.id}")["ended_at"] is None
    assert len(olga.everything("/staff")) == 2
    assert not ana.is_in(), "the sign-in of then stays ended"
    assert back.get(f"/cases/{case['id']}")["advocate_id"] == olga.id, "what was handed over stays with the heir"
    # Somebody who is here is not taken on twice.
    answer = olga.ask("POST", "/staff/invitations", {"email": ana.email.upper(), "role": "owner"})
    assert (answer.status_code, back.get("/me")["practice"]["role"]) == (409, "assistant")


def test_an_invitation_can_be_withdrawn_until_it_is_accepted(app: Flask, riverside: Practice, lakeside: Practice) -> None:
    olga, address = riverside.olga, f"nina@{riverside.slug}.example"
    invitation = olga.post("/staff/invitations", {"email": address, "role": "owner"})
    path = f"/staff/invitations/{invitation['id']}"
    token = riverside.invitation_of(address)
    assert riverside.ana.ask("DELETE", path).status_code == 403
    assert lakeside.olga.ask("DELETE", path).status_code == 404
    olga.delete(path)
    olga.delete(path)
    said = {"token": token, "name": "Nina", "password": "a sentence that only I know"}
    assert Actor(app).ask("POST", "/auth/invitations/accept", said).status_code == 404
    accepted = next(row for row in olga.everything("/staff/invitations") if row["state"] == "accepted")
    assert olga.ask("DELETE", f"/staff/invitations/{accepted['id']}").status_code == 409
    assert [row["email"] for row in olga.everything("/staff")].count(address) == 0


def accepts(app: Flask, token: str, name: str = "Nina") -> int:
    said = {"token": token, "name": name, "password": "a sentence that only I know"}
    return Actor(app).ask("POST", "/auth/invitations/accept", said).status_code


@pytest.mark.parametrize("end", ["removed", "demoted"])
def test_what_an_owner_sent_out_does_not_outlive_the_ownership(app: Flask, riverside: Practice, end: str) -> None:
    """Red without `_withdraw_all(Invitation.open_of(member))` in `api.staff` and the join in `INVITATION_BY_LINK` together."""
    mallory = riverside.takes_on(f"mallory@{riverside.slug}.example", "owner")
    mallory.post("/staff/invitations", {"email": f"other@{riverside.slug}.example", "role": "owner"})
    token = riverside.invitation_of(f"other@{riverside.slug}.example")
    if end == "removed":
        riverside.olga.delete(f"/staff/{mallory.id}")
    else:
        riverside.olga.patch(f"/staff/{mallory.id}", {"role": "assistant"})
    assert accepts(app, token) == 404
    open_ones = [row for row in riverside.olga.everything("/staff/invitations") if row["state"] == "open"]
    assert open_ones == []


def test_of_eight_invitations_to_one_address_at_once_one_is_open(riverside: Practice) -> None:
    """Red without `find(Practice, ..., lock=True)` in `api.staff.invite`."""
    invited = {"email": f"nina@{riverside.slug}.example", "role": "assistant"}
    answers = at_once(*(lambda: riverside.olga.ask("POST", "/staff/invitations", invited) for _ in range(8)))
    assert [answer.status_code for answer in answers] == [201] * 8
    states = [row["state"] for row in riverside.olga.everything("/staff/invitations") if row["email"] == invited["email"]]
    assert sorted(states) == ["open"] + ["withdrawn"] * 7


def test_an_address_gets_ten_invitations_a_day(riverside: Practice, clock: Clock) -> None:
    invited = {"email": f"nina@{riverside.slug}.example", "role": "assistant"}
    assert [riverside.olga.ask("POST", "/staff/invitations", invited).status_code for _ in range(11)] == [201] * 10 + [429]
    clock.move(days=1, minutes=1)
    olga = riverside.signs_in(riverside.olga.email)
    assert olga.ask("POST", "/staff/invitations", invited).status_code == 201


def test_an_owner_signs_a_member_out_everywhere_in_the_practice(riverside: Practice, lakeside: Practice) -> None:
    olga, ana = riverside.olga, riverside.ana
    again = riverside.signs_in(ana.email)
    assert ana.ask("POST", f"/staff/{ana.id}/sign-out").status_code == 403
    assert lakeside.olga.ask("POST", f"/staff/{ana.id}/sign-out").status_code == 404
    assert olga.ask("POST", f"/staff/{ana.id}/sign-out").status_code == 204
    assert [ana.is_in(), again.is_in(), olga.is_in(), riverside.sam.is_in()] == [False, False, True, True]
    assert riverside.signs_in(ana.email).is_in(), "the password is still theirs"


def test_who_has_left_hears_nothing_more_of_a_consultation_that_found_no_room(riverside: Practice, clock: Clock) -> None:
    """Red without `host.ended_at` in `models.booking_mail`, and without `ends_at > now` in `Booking.ahead_of`."""
    olga, ana = riverside.olga, riverside.ana
    olga.opens_consultations(hosts=(ana,))
    petra = riverside.visitor()
    left = petra.books("2026-10-06T16:00:00Z", email="left@example.org")
    weekly = [{"weekday": "tuesday", "start": "08:45", "end": "12:00"}]
    olga.put("/availability", {"staff_id": olga.id, "timezone": ZONE, "weekly": weekly})
    olga.post("/bookings", {"consultation_type_id": petra_kind(olga), "starts_at": "2026-10-06T15:45:00Z", **STRANGER})
    clock.move(hours=23, minutes=50)
    riverside.works()
    before = len(riverside.mails_to(ana.email))
    # Olga is in a consultation just now, that reaches into the one that would be hers.
    assert olga.delete(f"/staff/{ana.id}?hand_over_to={olga.id}")["bookings_left"] == [left["id"]]
    petra.post(f"/public/bookings/{left['manage_url'].rsplit('/', 1)[1]}/cancel")
    assert len(riverside.mails_to(ana.email)) == before
    assert len(riverside.mails_to("left@example.org")) >= 2


STRANGER = {"timezone": "America/Denver", "name": "Petra Petrov", "email": "now@example.org"}


def petra_kind(olga: Staff) -> str:
    [kind] = olga.get("/consultation-types")["items"]
    return str(kind["id"])
