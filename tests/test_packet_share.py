"""Sharing a packet: a link in a mail, a code told apart from it, five tries, and every opening on record."""

import re
import threading
from collections.abc import Mapping
from typing import Any

import psycopg
import pytest

from models.packet_share import ALPHABET
from tests.cast import Actor, Practice, text_of, token_in
from tests.contracts.everything import is_built
from tests.test_packet import built


def dana(practice: Practice) -> str:
    return f"dana@{practice.slug}.example"


def asked(practice: Practice) -> Any:
    return practice.ana.post("/packets", {"case_id": practice.ana.opens_a_case()["id"], "purpose": "mediation"})


@pytest.fixture
def packet(riverside: Practice) -> Any:
    """A packet that is done, of which it is no matter what is in it; the child is Sasha Petrov."""
    waits = asked(riverside)
    is_built(riverside, waits)
    return riverside.ana.get(f"/packets/{waits['id']}")


def shares(practice: Practice, packet: Mapping[str, Any], **more: Any) -> Any:
    said = {"packet_id": packet["id"], "name": "Dana Torres", "email": dana(practice)}
    return practice.ana.post("/packet-shares", {**said, **more})


def token_of(practice: Practice) -> str:
    return token_in(practice.mails_to(dana(practice))[-1])


def opens(token: str, code: str, practice: Practice, form: str = "pdf", who: Actor | None = None) -> Any:
    return (who or Actor(practice.app)).ask("POST", f"/public/packets/{token}/content", {"code": code, "format": form})


def disclosures(practice: Practice, packet: Mapping[str, Any]) -> list[Any]:
    case = practice.ana.get(f"/cases/{packet['case_id']}")
    return list(reversed(practice.olga.get(f"/students/{case['student_id']}/disclosures")["items"]))


def everything_of(connection: psycopg.Connection, practice: Practice) -> list[Any]:
    practice_id = practice.olga.get("/practice")["id"]
    said = "select 'share', s::text from packet_shares s where tenant_id = %s union all"
    said += " select 'entry', e::text from access_entries e where tenant_id = %s and kind <> 'read' order by 1, 2"
    return connection.execute(said, [practice_id, practice_id]).fetchall()


def test_a_packet_is_shared_opened_with_its_code_and_withdrawn(riverside: Practice) -> None:
    ana, packet = riverside.ana, built(riverside, asked(riverside))
    share = shares(riverside, packet, organization="Office of Dispute Resolution", purpose="Mediation on November 3")
    assert re.fullmatch(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", share["code"])
    assert "by another way" in share["tell"]
    assert (share["state"], share["opens"], share["failures"], share["expires_at"]) == ("active", 0, 0, "2026-10-19T16:00:00Z")
    [mail] = riverside.mails_to(dana(riverside))
    for said in (text_of(mail), str(mail["Subject"])):
        assert share["code"] not in said
        assert "Sasha" not in said
        assert "Petrov" not in said
    token = token_of(riverside)

    behind = Actor(riverside.app).get(f"/public/packets/{token}")
    assert (behind["title"], behind["purpose"], behind["is_redacted"]) == ("Packet of evidence: mediation", "mediation", False)
    for size in ("pages", "pdf_bytes", "zip_bytes"):
        assert behind[size] == packet[size] > 0
    assert "Sasha" not in str(behind)
    answer = opens(token, share["code"].lower().replace("-", " "), riverside)
    assert answer.status_code == 200
    assert answer.get_data().startswith(b"%PDF")
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert opens(token, share["code"], riverside, "zip").get_data().startswith(b"PK")
    shown = ana.get(f"/packet-shares/{share['id']}")
    assert (shown["opens"], shown["failures"], shown["state"]) == (2, 0, "active")
    assert "code" not in shown
    assert shown["first_opened_at"]

    withdrawn = ana.post(f"/packet-shares/{share['id']}/withdraw")
    assert (withdrawn["state"], withdrawn["withdrawn_by_id"]) == ("withdrawn", ana.id)
    assert ana.post(f"/packet-shares/{share['id']}/withdraw")["withdrawn_at"] == withdrawn["withdrawn_at"]
    assert opens(token, share["code"], riverside).status_code == 404
    assert Actor(riverside.app).ask("GET", f"/public/packets/{token}").status_code == 404
    told = disclosures(riverside, packet)
    assert [entry["kind"] for entry in told][-4:] == ["packet_shared", "share_opened", "share_opened", "share_withdrawn"]
    opened = told[-2]
    whom = f"Dana Torres, Office of Dispute Resolution ({dana(riverside)})"
    assert (opened["disclosed_to"], opened["purpose"], opened["actor"]) == (whom, "Mediation on November 3", "link")
    assert opened["packet_share_id"] == share["id"]
    in_words = f"{whom} opened the packet of evidence that was shared with them. Purpose: Mediation on November 3."
    assert opened["in_words"] == in_words


def test_five_wrong_codes_lock_the_share_and_all_that_is_dead_answers_alike(riverside: Practice, packet: Any) -> None:
    ana = riverside.ana
    share, token = shares(riverside, packet), token_of(riverside)
    for body in ({}, {"code": 7}, {"code": None}):
        # No code at all is no try.
        assert Actor(riverside.app).ask("POST", f"/public/packets/{token}/content", body).status_code == 422
    for number in range(1, 6):
        answer = opens(token, "AAAA-AAAA", riverside)
        assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/code")
        assert ana.get(f"/packet-shares/{share['id']}")["failures"] == number
    assert ana.get(f"/packet-shares/{share['id']}")["state"] == "locked"
    locked = opens(token, share["code"], riverside)
    unknown = opens(token[:-3] + "abc", share["code"], riverside)
    shares(riverside, packet, expires_in_days=1)
    late = token_of(riverside)
    riverside.clock.move(days=1)
    expired = opens(late, share["code"], riverside)
    answers = [
        {name: said for name, said in one.get_json().items() if name != "request_id"} for one in (locked, unknown, expired)
    ]
    assert answers[0]["status"] == 404
    assert answers[0] == answers[1] == answers[2]
    assert not [entry for entry in disclosures(riverside, packet) if entry["kind"] == "share_opened"]


def test_of_twenty_who_guess_at_once_five_may(riverside: Practice, packet: Any) -> None:
    share, token = shares(riverside, packet), token_of(riverside)
    start, answers = threading.Barrier(20), []

    def guess() -> None:
        who = Actor(riverside.app)
        start.wait()
        answers.append(opens(token, "AAAA-AAAA", riverside, who=who).status_code)

    threads = [threading.Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [404] * 15 + [422] * 5
    assert riverside.ana.get(f"/packet-shares/{share['id']}")["failures"] == 5


def test_scanners_open_the_link_ten_times_and_nothing_has_changed(
    riverside: Practice, packet: Any, past_all_doors: psycopg.Connection
) -> None:
    shares(riverside, packet)
    token = token_of(riverside)
    before = everything_of(past_all_doors, riverside)
    for _ in range(10):
        scanner = Actor(riverside.app)
        assert scanner.opens(f"/packets/{token}").status_code == 200
        assert scanner.ask("HEAD", f"/public/packets/{token}").status_code == 200
        assert scanner.ask("GET", f"/public/packets/{token}/content").status_code == 405
    assert everything_of(past_all_doors, riverside) == before


def test_the_page_takes_the_code_and_hands_out_the_file_without_a_script(riverside: Practice, packet: Any) -> None:
    share, token = shares(riverside, packet), token_of(riverside)
    browser = Actor(riverside.app)

    def sends(**typed: str) -> Any:
        return browser._client.post(f"/packets/{token}", data=typed, base_url="https://practice.example", buffered=True)

    shown = browser.opens(f"/packets/{token}").get_data(as_text=True)
    assert "Download the PDF" in shown
    assert "<script" not in shown
    assert "Sasha" not in shown
    assert "Descargar el PDF" in browser.opens(f"/packets/{token}?lang=es").get_data(as_text=True)
    wrong = sends(code="AAAA-AAAA", format="pdf", lang="en")
    assert wrong.status_code == 422
    assert "This is not the code." in wrong.get_data(as_text=True)
    assert "AAAA-AAAA" not in wrong.get_data(as_text=True)
    assert "Este no es el código." in sends(code="AAAA-AAAA", format="pdf", lang="es").get_data(as_text=True)
    assert sends(format="pdf", lang="en").status_code == 422
    right = sends(code=share["code"], format="zip", lang="en")
    assert right.status_code == 200
    assert right.mimetype == "application/zip"
    assert right.headers["Referrer-Policy"] == "no-referrer"
    assert riverside.ana.get(f"/packet-shares/{share['id']}")["opens"] == 1
    riverside.ana.post(f"/packet-shares/{share['id']}/withdraw")
    assert browser.opens(f"/packets/{token}").status_code == 404
    assert sends(code=share["code"], format="pdf").status_code == 404


def test_the_page_speaks_the_language_of_the_mail(riverside: Practice, packet: Any) -> None:
    """Red before: it was that of the practice, whatever the mail had been written in."""
    shares(riverside, packet, language="es")
    token = token_of(riverside)
    behind = Actor(riverside.app).get(f"/public/packets/{token}")
    assert (behind["language"], behind["title"]) == ("es", "Paquete de pruebas: mediación")
    assert "Descargar el PDF" in Actor(riverside.app).opens(f"/packets/{token}").get_data(as_text=True)
    assert "Download the PDF" in Actor(riverside.app).opens(f"/packets/{token}?lang=en").get_data(as_text=True)
    shares(riverside, packet)
    assert Actor(riverside.app).get(f"/public/packets/{token_of(riverside)}")["language"] == "en"


def test_a_share_of_a_discarded_packet_says_so_and_its_link_is_dead(riverside: Practice, packet: Any) -> None:
    """Red before: it was said to be active."""
    ana, share = riverside.ana, shares(riverside, packet)
    token = token_of(riverside)
    ana.post(f"/packets/{packet['id']}/discard")
    assert ana.get(f"/packet-shares/{share['id']}")["state"] == "discarded"
    assert [row["id"] for row in ana.get("/packet-shares?state=discarded")["items"]] == [share["id"]]
    assert ana.get("/packet-shares?state=active")["items"] == []
    assert Actor(riverside.app).ask("GET", f"/public/packets/{token}").status_code == 404
    assert opens(token, share["code"], riverside).status_code == 404
    # To withdraw it still can be said, and is what is shown.
    assert ana.post(f"/packet-shares/{share['id']}/withdraw")["state"] == "withdrawn"


def test_who_may_share_and_with_what(
    riverside: Practice, lakeside: Practice, packet: Any, past_all_doors: psycopg.Connection
) -> None:
    ana, said = riverside.ana, {"packet_id": packet["id"], "name": "Dana Torres", "email": dana(riverside)}
    assert riverside.sam.ask("POST", "/packet-shares", said).status_code == 403
    assert lakeside.ana.ask("POST", "/packet-shares", said).status_code == 422
    for days in (0, 91):
        assert ana.ask("POST", "/packet-shares", {**said, "expires_in_days": days}).status_code == 422
    waits = ana.post("/packets", {"case_id": packet["case_id"], "purpose": "mediation"})
    assert ana.ask("POST", "/packet-shares", {**said, "packet_id": waits["id"]}).status_code == 409
    share = shares(riverside, packet)
    assert [row["id"] for row in riverside.sam.get(f"/packet-shares?packet_id={packet['id']}&state=active")["items"]] == [
        share["id"]
    ]
    assert riverside.sam.get("/packet-shares?state=locked")["items"] == []
    assert riverside.sam.ask("POST", f"/packet-shares/{share['id']}/withdraw").status_code == 403
    for method, path in (("GET", f"/packet-shares/{share['id']}"), ("POST", f"/packet-shares/{share['id']}/withdraw")):
        assert lakeside.olga.ask(method, path).status_code == 404
    assert lakeside.olga.get("/packet-shares")["items"] == []
    kept = past_all_doors.execute("select code_hash, s::text from packet_shares s where id = %s", [share["id"]]).fetchone()
    assert kept
    assert kept[0].startswith("$argon2id$")
    assert share["code"].replace("-", "") not in kept[1].upper().replace("-", "")
    token = token_of(riverside)
    ana.post(f"/packets/{packet['id']}/discard")
    assert opens(token, share["code"], riverside).status_code == 404
