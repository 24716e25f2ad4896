"""Letters: drafted from the case, edited, final; what is open is seen, what is final stays, and nothing sends itself."""

import io
import re
from typing import Any
from uuid import UUID

import docx
import psycopg
import pypdfium2
import pytest
import sqlalchemy

from domain.letters import LANGUAGES, NOTICE, TEMPLATES
from models.files import Files
from models.tenancy import practice as opening
from models.transaction import Transaction
from tests.cast import Practice, Staff
from tests.conftest import Clock

KNOWN = {
    "spoke_on": "2026-10-02",
    "how": "phone",
    "they_said": "The reader was away.",
    "we_said": "All tests are read aloud.",
    "agreed": [{"what": "A reader for science", "who": "Terry Thompson", "by": "2026-10-12"}],
}


@pytest.fixture
def case(ana: Staff) -> Any:
    """A child in grade 4, whose IEP in force promises a reader, and the teacher at the school."""
    client = ana.adds_a_client(phone="+1 503 555 0142")
    student = ana.adds_a_student(
        client, grade="4", school="Riverside Elementary", district="Portland", disabilities=["Dyslexia"]
    )
    case = ana.post("/cases", {"client_id": client["id"], "student_id": student["id"], "title": "Reading"})
    provisions = [{"kind": "accommodation", "text": "A reader for all tests.", "source": {"page": 7}}]
    ana.puts_in_force(ana.drafts_an_iep(case, provisions=provisions))
    ana.adds_a_team_member(case, role="general_education_teacher", email="terry@school.example")
    return case


@pytest.fixture
def provision(ana: Staff, case: Any) -> Any:
    version = ana.get(f"/iep-versions?student_id={case['student_id']}&state=in_force")["items"][0]
    return ana.provisions_of(version)[0]


@pytest.fixture
def concern(ana: Staff, case: Any, provision: Any) -> Any:
    return ana.opens_a_concern(case, provision_id=provision["id"])


def drafts(staff: Staff, case: Any, template: str = "follow_up_summary", **more: Any) -> Any:
    return staff.post("/letters", {"template": template, "case_id": case["id"], **more})


def finalises(staff: Staff, letter: Any) -> Any:
    return staff.post(f"/letters/{letter['id']}/finalise")


def final(staff: Staff, case: Any, provision: Any, **more: Any) -> Any:
    return finalises(staff, drafts(staff, case, provision_id=provision["id"], facts=KNOWN, **more))


def words(content: bytes) -> list[str]:
    """The words of a PDF or a Word document."""
    if content.startswith(b"%PDF"):
        pdf = pypdfium2.PdfDocument(content)
        return " ".join(page.get_textpage().get_text_bounded() for page in pdf).split()
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs).split()


def content(staff: Staff, letter: Any, form: str = "pdf") -> bytes:
    answer = staff.ask("GET", f"/letters/{letter['id']}/content?format={form}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data()


# Drafts.


def test_a_draft_is_filled_from_the_case_and_the_steps_of_its_concern(ana: Staff, case: Any, concern: Any) -> None:
    ana.takes("verify", concern, finding="Seen.", skip_reason="Seen in class.")
    said = {"direction": "outbound", "channel": "phone", "party": "teacher", "occurred_at": ana.clock().isoformat()}
    ana.takes(
        "talk_to_teacher",
        concern,
        our_understanding="All tests are read aloud.",
        why_we_ask="Two were not.",
        communication={**said, "summary": "Called."},
    )
    ana.takes("name_cause", concern, cause="misunderstanding", teacher_said="I thought it was for reading alone.")
    letter = drafts(ana, case, concern_id=concern["id"])
    assert letter["subject"] == "Thank you, and what I understood on October 5, 2026"
    for known in (
        "Dear Terry Thompson:",
        "on behalf of Petra Petrov about Sasha Petrov, grade 4, Riverside Elementary.",
        "on October 5, 2026, with Terry Thompson.",
        "In the IEP effective September 8, 2026 (version 1, page 7), the support reads:\n\n“A reader for all tests.”",
        "What you told me: I thought it was for reading alone.",
        "What I said: All tests are read aloud.",
        "1. [what was agreed]: [who will provide it], by [by when].",
        "Please write to me by October 13, 2026 if I understood anything wrongly.",
        "Ana\nRiverside",
        "Copies: Petra Petrov (parent)",
    ):
        assert known.casefold() in letter["body"].casefold(), known
    assert letter["blanks"] == ["what was agreed", "who will provide it", "by when"]
    assert (letter["state"], letter["number"], letter["notice"]) == ("draft", None, NOTICE["en"])
    assert NOTICE["en"] not in letter["body"]
    assert (letter["dated_on"], letter["reply_by_on"], letter["is_edited"]) == ("2026-10-05", "2026-10-13", False)
    assert (letter["addressees"][0]["name"], letter["copies"][0]["role"]) == ("Terry Thompson", "parent")
    assert ana.get(f"/letters/{letter['id']}") == letter
    assert ana.get(f"/letters?case_id={case['id']}&state=draft")["items"] == [letter]


def test_a_letter_to_the_client_is_in_the_language_of_the_practice(olga: Staff, ana: Staff, case: Any) -> None:
    olga.patch("/practice", {"language": "es"})
    to_school, to_client = drafts(ana, case, "thank_you"), drafts(ana, case, "thank_you", to_client=True)
    assert (to_school["language"], to_client["language"], to_client["party"]) == ("en", "es", "client")
    assert to_client["body"].startswith("Estimado/a Petra Petrov:\n\nMe alegra darle buenas noticias acerca de Sasha Petrov.")
    assert to_client["copies"] == []
    assert to_client["notice"] == NOTICE["es"]


def test_a_support_is_quoted_as_it_stands_in_the_version_in_force(ana: Staff, case: Any, concern: Any, provision: Any) -> None:
    again = {"kind": "accommodation", "text": "A reader for all tests and quizzes.", "support_id": provision["support_id"]}
    ana.puts_in_force(ana.drafts_an_iep(case, provisions=[again]))
    letter = drafts(ana, case, "service_log_request", concern_id=concern["id"])
    assert "version 2), the support reads:\n\n“A reader for all tests and quizzes.”" in letter["body"]
    assert letter["provision_id"] == provision["id"]


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"facts": {"nonsense": 1}}, "/facts/nonsense"),
        ({"facts": {"spoke_on": "yesterday"}}, "/facts/spoke_on"),
        ({"facts": {"agreed": [{"who": "Terry", "until": "now"}]}}, "/facts/agreed/0/until"),
        ({"template": "mediation_request", "party": "teacher"}, "/party"),
        ({"reply_by_on": "2026-10-01"}, "/reply_by_on"),
        ({"template": "threat"}, "/template"),
        ({"team_member_ids": ["0192f0c1-2345-7abc-8def-0123456789ab"]}, "/team_member_ids/0"),
    ],
)
def test_what_a_template_does_not_ask_for_is_refused_at_its_place(ana: Staff, case: Any, said: Any, pointer: str) -> None:
    answer = ana.ask("POST", "/letters", {"template": "follow_up_summary", "case_id": case["id"], **said})
    assert answer.status_code == 422
    assert pointer in [error["pointer"] for error in answer.get_json()["errors"]]


def test_what_belongs_to_another_case_or_practice_is_in_no_letter(
    ana: Staff, case: Any, provision: Any, lakeside: Practice
) -> None:
    other = ana.opens_a_case()
    member = ana.adds_a_team_member(other)
    theirs = lakeside.ana.opens_a_case()
    letter = drafts(ana, case)
    for said, pointer in (
        ({"team_member_ids": [member["id"]]}, "/team_member_ids/0"),
        ({"concern_id": ana.opens_a_concern(other)["id"]}, "/concern_id"),
        ({"case_id": other["id"], "provision_id": provision["id"]}, "/provision_id"),
        ({"case_id": theirs["id"]}, "/case_id"),
        ({"addressees": [{"name": "Terry", "team_member_id": member["id"]}]}, "/addressees/0/team_member_id"),
        ({"copies": [{"name": "Other", "client_id": other["client_id"]}]}, "/copies/0/client_id"),
    ):
        answer = ana.ask("POST", "/letters", {"template": "policy_request", "case_id": case["id"], **said})
        assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, pointer)
    place = f"/letters/{letter['id']}"
    for method, path, body in (
        *(("GET", place, None), ("PATCH", place, {"body": "Ours."}), ("DELETE", place, None)),
        *(("GET", f"{place}/content", None), ("POST", f"{place}/finalise", None), ("POST", f"{place}/hand-over", {})),
    ):
        assert lakeside.olga.ask(method, path, body).status_code == 404
    assert lakeside.olga.get("/letters")["items"] == []
    assert ana.get(place) == letter


def test_a_letter_to_the_teacher_that_names_nobody_goes_to_all_who_work_with_the_child(ana: Staff) -> None:
    case = ana.opens_a_case()
    for number in range(8):
        ana.adds_a_team_member(case, name=f"Lee {number}")
    ana.adds_a_team_member(case, name="Mary Moore", role="special_education_teacher")
    ana.adds_a_team_member(case, name="Omar Ortiz", role="related_service_provider")
    whom = {party: drafts(ana, case, party=party)["addressees"] for party in ("teacher", "team", "other")}
    assert [person["name"] for person in whom["teacher"]] == ["Mary Moore", "Omar Ortiz"]
    assert [person["name"] for person in whom["team"]] == [f"Lee {number}" for number in range(8)]
    assert whom["other"] == []


def test_dates_and_addressees_fill_a_draft_anew_until_somebody_writes_in_it(ana: Staff, case: Any, provision: Any) -> None:
    letter = drafts(ana, case, provision_id=provision["id"], facts=KNOWN)
    place = f"/letters/{letter['id']}"
    changed = ana.patch(place, {"reply_by_on": "2026-10-30", "addressees": [{"name": "Łucja Żółć", "role": "principal"}]})
    assert "Dear Łucja Żółć:" in changed["body"]
    assert "Please write to me by October 30, 2026" in changed["body"]
    mine = changed["body"].replace("Thank you for your time.", "Thank you for calling.")
    edited = ana.patch(place, {"body": mine})
    assert (edited["body"], edited["is_edited"]) == (mine, True)
    assert ana.patch(place, {"reply_by_on": "2026-11-02"})["body"] == mine
    stale = ana.ask("PATCH", place, {"body": "Another."}, If_Match='"v1"')
    assert (stale.status_code, stale.get_json()["type"]) == (412, "/problems/stale")


@pytest.mark.parametrize("subject", ["Reader for Sasha", "About Petrov", "Dyslexia and tests"])
def test_a_subject_names_neither_the_child_nor_a_disability(ana: Staff, case: Any, subject: str) -> None:
    letter = drafts(ana, case)
    answer = ana.ask("PATCH", f"/letters/{letter['id']}", {"subject": subject})
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/subject")
    assert subject not in answer.get_data(as_text=True)


def test_a_draft_is_deleted_by_who_may_delete(ana: Staff, sam: Staff, case: Any) -> None:
    letter = drafts(sam, case)
    assert sam.ask("DELETE", f"/letters/{letter['id']}").status_code == 403
    assert ana.ask("DELETE", f"/letters/{letter['id']}").status_code == 204
    assert ana.ask("GET", f"/letters/{letter['id']}").status_code == 404


# Final letters.


def test_what_is_open_is_named_and_a_letter_with_it_is_not_final(ana: Staff, case: Any) -> None:
    letter = drafts(ana, case, "policy_request", team_member_ids=[])
    answer = ana.ask("POST", f"/letters/{letter['id']}/finalise")
    assert answer.status_code == 422
    told = [error["detail"] for error in answer.get_json()["errors"]]
    assert told == [f"This stands open in the letter: {label}." for label in letter["blanks"]]
    assert "the refusal in their words" in letter["blanks"]
    text = re.sub(r"\[[^\]]*\]", "(as we discussed)", letter["body"])
    assert ana.patch(f"/letters/{letter['id']}", {"body": text})["blanks"] == []
    assert finalises(ana, letter)["state"] == "final"


def test_a_blank_that_was_taken_out_and_put_back_is_open_again(olga: Staff, ana: Staff, case: Any) -> None:
    letter = drafts(ana, case, "policy_request")
    place = f"/letters/{letter['id']}"
    ana.patch(place, {"body": "Nothing is open."})
    assert ana.patch(place, {"body": letter["body"]})["blanks"] == letter["blanks"]
    written = "[sic] we were refused in [the refusal in their words], or [when the policy comes]."
    assert ana.patch(place, {"body": written})["blanks"] == ["the refusal in their words"]
    refused = ana.ask("POST", f"{place}/finalise")
    assert [error["pointer"] for error in refused.get_json()["errors"]] == ["/blanks/0"]
    own = {"subject": "The policy", "body": "{{ policy_asked_for | or_blank: 'when the  policy comes' }}"}
    olga.ask("PUT", "/letter-templates/policy_request/en", own)
    both = ["the refusal in their words", "when the policy comes"]
    assert ana.patch(place, {"body": written.replace("sic", "no")})["blanks"] == both


def test_a_letter_whose_words_no_font_has_is_not_final(ana: Staff, case: Any, provision: Any) -> None:
    letter = drafts(ana, case, provision_id=provision["id"], facts=KNOWN)
    place = f"/letters/{letter['id']}"
    ana.patch(place, {"subject": "Thank you 𞄀", "addressees": [{"name": "བསྟན 美玲"}], "body": "About Łucja, Юлія and محمد."})
    assert "U+0F56 U+0F66 U+0F9F U+0F53 U+1E100" in " ".join(words(content(ana, letter))), "a draft warns"
    refused = ana.ask("POST", f"{place}/finalise")
    assert refused.status_code == 422
    assert [(error["pointer"], error["detail"]) for error in refused.get_json()["errors"]] == [
        ("/subject", "No font has 𞄀 (U+1E100)."),
        ("/addressees", "No font has བ (U+0F56), ས (U+0F66), ྟ (U+0F9F), ན (U+0F53)."),
    ]
    ana.patch(place, {"subject": "Thank you", "addressees": [{"name": "Tenzin"}]})
    ana.patch(place, {"body": " \n\u200b"})
    empty = ana.ask("POST", f"{place}/finalise")
    assert [error["pointer"] for error in empty.get_json()["errors"]] == ["/body"]
    assert ana.ask("PATCH", place, {"body": "- a\n" * 1001}).status_code == 422
    ana.patch(place, {"body": "Q" * 500})
    assert "".join(words(content(ana, letter))).count("Q") == 500, "no word runs off the page"
    assert finalises(ana, letter)["number"] == 1, "and no number was lost"


# What families in the United States are called, in the scripts in which they write it.
NAMES = (
    *(
        "美玲",
        "王小明",
        "陳怡君",
        "さくら",
        "김민준",
        "أحمد",
        "عائشہ",
        "שרה",
        "Юлія",
        "Ελένη",
        "Łucja",
        "Nguyễn",
        "आरव",
        "আয়েশা",
    ),
    *("ਗੁਰਪ੍ਰੀਤ", "પ્રિયા", "கவிதா", "శ్రీనివాస్", "ಕವಿತಾ", "അഞ്ജലി", "නිමල්", "สมชาย", "ສົມຊາຍ", "សុខា", "အောင်", "አበበ", "Արամ", "ნინო"),
)


def test_names_in_the_scripts_of_families_stand_on_paper(ana: Staff, case: Any, provision: Any) -> None:
    """Red without the packages of Noto fonts in `mail.typeset`."""
    letter = drafts(ana, case, provision_id=provision["id"], facts=KNOWN)
    ana.patch(f"/letters/{letter['id']}", {"addressees": [{"name": "美玲"}], "body": "\n\n".join(NAMES)})
    made = finalises(ana, letter)
    said = "".join(words(content(ana, made)))
    # How a PDF gives back what was shaped is its reader's affair; these scripts are set letter by letter.
    assert [name for name in NAMES[:5] + NAMES[8:12] if name not in said] == []
    assert [name for name in NAMES if name not in "".join(words(content(ana, made, "docx")))] == []


def test_marks_stand_above_one_another_and_joined_letters_are_joined(ana: Staff, case: Any, provision: Any) -> None:
    """A font may have every character and set them wrongly, which no box tells: red with the Kurinto fonts."""
    letter = drafts(ana, case, provision_id=provision["id"], facts=KNOWN)
    ana.patch(f"/letters/{letter['id']}", {"body": "\n\n".join(("ที", "ที่", "ທີ", "ທີ່", "ශරී", "ශ්\u200dරී"))})
    page = pypdfium2.PdfDocument(content(ana, finalises(ana, letter)))[0].get_textpage()
    size = {}
    for left, bottom, right, top in map(page.get_rect, range(page.count_rects())):
        size[page.get_text_bounded(left, bottom, right, top).strip()] = (right - left, top - bottom)
    assert size["ที่"][1] > size["ที"][1] + 1, "a tone of Thai stands above its vowel"
    assert size["ທີ່"][1] > size["ທີ"][1] + 1, "and of Lao"
    assert size["ශ්\u200dරී"][0] < size["ශරී"][0] - 1, "a sign below takes no place of its own"


def test_a_final_letter_has_a_number_and_is_a_document_in_two_forms(
    ana: Staff, sam: Staff, olga: Staff, case: Any, provision: Any
) -> None:
    olga.patch("/practice", {"address": "12 Main Street\nPortland, OR 97201", "phone": "+1 503 555 0100"})
    draft = drafts(ana, case, provision_id=provision["id"], facts=KNOWN)
    assert sam.ask("POST", f"/letters/{draft['id']}/finalise").status_code == 403
    letter = finalises(ana, draft)
    assert (letter["state"], letter["number"], letter["notice"], letter["finalised_by_id"]) == ("final", 1, None, ana.id)
    assert ana.get(f"/letters/{letter['id']}") == letter
    for form, named in (("pdf", "document_id"), ("docx", "docx_document_id")):
        document = ana.get(f"/documents/{letter[named]}")
        assert (document["kind"], document["name"]) == ("letter", f"Letter 1 - Letter of understanding.{form}")
        reading = ana.get(f"/documents/{letter[named]}/reading")
        assert (reading["state"], reading["refusal"]["reason"]) == ("done", "not-an-iep"), "nobody reads what we wrote"
        bytes_of_it = content(ana, letter, form)
        assert bytes_of_it == ana.ask("GET", f"/documents/{letter[named]}/content").get_data()
        said = words(bytes_of_it)
        assert [word for word in letter["body"].split() if word not in said] == []
        assert "97201" in " ".join(said)
        assert "DRAFT" not in said
        assert NOTICE["en"] not in " ".join(said)
        assert ana.ask("DELETE", f"/documents/{letter[named]}").status_code == 409
    assert letter["sha256"] == ana.get(f"/documents/{letter['document_id']}")["sha256"]
    about = pypdfium2.PdfDocument(content(ana, letter)).get_metadata_dict()
    assert about["Title"] == "Letter 1 - Letter of understanding"
    assert "Sasha" not in str(about)


def test_a_draft_shows_that_it_is_one(ana: Staff, case: Any) -> None:
    letter = drafts(ana, case, language="es")
    for form in ("pdf", "docx"):
        said = " ".join(words(content(ana, letter, form)))
        assert "BORRADOR" in said
        assert NOTICE["es"] in said
        assert "[quién lo proporcionará]" in said


def test_a_final_letter_stays_as_it_is(ana: Staff, case: Any, provision: Any, engine: sqlalchemy.Engine, clock: Clock) -> None:
    letter = final(ana, case, provision)
    place = f"/letters/{letter['id']}"
    for method, path, body in (
        *(("PATCH", place, {"body": "Other words."}), ("PATCH", place, {"dated_on": "2026-01-01"})),
        *(("DELETE", place, None), ("POST", f"{place}/finalise", None)),
    ):
        answer = ana.ask(method, path, body)
        assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/immutable")
    # Nor does the database give it to the role of the application, whatever the program says.
    draft = drafts(ana, case)
    for statement in ("update letters set body = 'Other words.' where id = %s", "delete from letters where id = %s"):
        for row, changed in ((letter, 0), (draft, 1)):
            with Transaction(engine, opening(UUID(ana.get("/practice")["id"])), clock()) as work:
                work.open()
                cursor = work._driver.cursor()
                cursor.execute(statement, [row["id"]])
                assert cursor.rowcount == changed
    assert ana.get(place) == letter


@pytest.mark.parametrize("named", ["document_id", "docx_document_id"])
def test_the_documents_of_a_final_letter_stay_as_they_are(
    ana: Staff, case: Any, provision: Any, app_url: str, named: str
) -> None:
    """Red without the policies on `documents` of migration 0010, or without `is_kept=True` in `api.letter`."""
    document, other = ana.get(f"/documents/{final(ana, case, provision)[named]}"), ana.uploads(case)
    assert (document["is_kept"], other["is_kept"]) == (True, False)
    place = f"/documents/{document['id']}"
    for method, path, said in (
        *(("PATCH", place, {"kind": "iep"}), ("PATCH", place, {"name": "Sasha.pdf"}), ("PATCH", place, {"note": "Sent."})),
        *(("DELETE", place, None), ("POST", f"{place}/reading", None)),
    ):
        answer = ana.ask(method, path, said)
        assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/immutable"), (method, path)
    practice_id = ana.get("/practice")["id"]
    for statement in ("update documents set name = 'x' where id = %s", "delete from documents where id = %s"):
        for row, changed in ((document, 0), (other, 1)):
            with psycopg.connect(app_url) as connection:
                connection.execute("select enter_practice(%s)", [practice_id])
                if "delete" in statement:
                    connection.execute("delete from document_readings where document_id = %s", [row["id"]])
                assert connection.execute(statement, [row["id"]]).rowcount == changed, statement
                connection.rollback()
    assert ana.get(place) == document


def test_a_place_for_files_that_cannot_be_used_leaves_a_draft_and_no_number(
    ana: Staff, case: Any, provision: Any, store: Files
) -> None:
    folder = store.documents(ana.get("/practice")["id"]).folder
    assert folder is not None
    letter = drafts(ana, case, provision_id=provision["id"], facts=KNOWN)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file where a folder should be")
    answer = ana.ask("POST", f"/letters/{letter['id']}/finalise")
    assert answer.status_code == 503
    folder.unlink()
    assert ana.get(f"/letters/{letter['id']}") == letter
    assert finalises(ana, letter)["number"] == 1


def test_a_final_letter_that_is_handed_over_plans_the_follow_ups_of_its_template(
    ana: Staff, sam: Staff, case: Any, provision: Any, clock: Clock
) -> None:
    said = {"refusal_in_their_words": "We do not do that.", "refused_on": "2026-10-02", "refused_by": "Terry Thompson"}
    draft = drafts(ana, case, "policy_request", provision_id=provision["id"], facts=said)
    early = ana.ask("POST", f"/letters/{draft['id']}/hand-over", {})
    assert (early.status_code, early.get_json()["type"]) == (409, "/problems/conflict")
    letter = finalises(ana, draft)
    done = sam.post(f"/letters/{letter['id']}/hand-over", {"channel": "in_person", "note": "Given to the office."})
    assert (done["letter_id"], done["document_ids"]) == (letter["id"], [letter["document_id"]])
    assert (done["direction"], done["channel"], done["party"], done["awaiting_reply"]) == (
        "outbound",
        "in_person",
        "team",
        True,
    )
    assert [reminder["title"] for reminder in done["reminders"]] == [
        "Has the written policy come?",
        "Ask again, copy the special education director",
        "No policy shown: escalate?",
    ]
    assert done["summary"].endswith("Given to the office.")
    assert "Sasha" not in done["subject"] + done["summary"]
    assert ana.get(f"/letters/{letter['id']}")["communication_ids"] == [done["id"]]
    quiet = final(ana, case, provision)
    assert ana.post(f"/letters/{quiet['id']}/hand-over", {})["reminders"] == [], "a letter of understanding chases nobody"


HARD = 'Nguyễn Thị Ánh, Łódź, Юлія Шевченко: #read("/etc/passwd") *bold* $x$ <b>&amp; `code` @label {{ date }} \\n 100%'


def test_what_people_type_is_text_on_paper_and_nothing_else(ana: Staff, case: Any) -> None:
    letter = drafts(ana, case)
    body = f"{HARD}\n\n1. one\n2. two\n\n- \u202eturned\u202c 😀 العربية\n\n" + "word " * 3900
    edited = ana.patch(f"/letters/{letter['id']}", {"body": body[:20_000].strip()})
    assert edited["body"] == body[:20_000].strip()
    pdf, word = content(ana, letter), content(ana, letter, "docx")
    assert set(HARD.split()) <= set(words(pdf))
    assert set(HARD.split()) <= set(words(word))
    assert pdf == content(ana, letter)
    assert word == content(ana, letter, "docx")
    assert len(pypdfium2.PdfDocument(pdf)) > 3


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_can_be_drafted_for_a_case_of_which_nothing_is_known(ana: Staff, template: str) -> None:
    case = ana.opens_a_case()
    for language in LANGUAGES:
        letter = drafts(ana, case, template, language=language)
        assert letter["blanks"] != []
        assert all(f"[{label}]" in letter["body"] for label in letter["blanks"])
        assert "Sasha" not in letter["subject"]
