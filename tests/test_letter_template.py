"""The practice's own words of a letter: tried before they are kept, in a sandbox that nothing gets out of."""

from typing import Any

import pytest

from domain.letters import LANGUAGES, TEMPLATES
from tests.cast import Practice, Staff

PLACE = "/letter-templates/thank_you/en"
OURS = {
    "subject": "With thanks, {{ date }}",
    "body": '{{ salutation }}\n\n{% for one in who %}\n- {{ one }}\n{% endfor %}\n{{ what_works | or_blank: "what works" }}',
}


def refused(staff: Staff, body: str, subject: str = "Thank you", place: str = PLACE) -> list[tuple[str, str]]:
    answer = staff.ask("PUT", place, {"subject": subject, "body": body})
    assert answer.status_code == 422, answer.get_data(as_text=True)
    return [(error["pointer"], error["detail"]) for error in answer.get_json()["errors"]]


def test_all_templates_are_shown_with_what_they_ask_for_and_our_words(sam: Staff) -> None:
    shown = sam.get("/letter-templates")["items"]
    assert [(one["template"], one["language"]) for one in shown] == [(n, lang) for n in TEMPLATES for lang in LANGUAGES]
    handover = next(one for one in shown if one["template"] == "new_teacher_handover")
    assert (handover["parties"][0], handover["ladder"], handover["law"]) == ("teacher", "teacher", "34 CFR 300.323(d)")
    assert {"name": "supports", "type": "text_list", "label": "The supports, in plain words"}.items() <= handover["fields"][
        0
    ].items()
    assert handover["variables"]["student"].keys() == {"name", "grade", "school", "district"}
    assert (handover["is_own"], handover["subject"]) == (False, handover["standard_subject"])


def test_the_practice_has_its_own_words_until_it_gives_them_up(olga: Staff, ana: Staff, lakeside: Practice) -> None:
    for method, body in (("PUT", OURS), ("PATCH", {"subject": "Thanks"}), ("DELETE", None)):
        assert ana.ask(method, PLACE, body).status_code == 403
    kept = olga.put(PLACE, OURS)
    assert (kept["is_own"], kept["subject"], kept["body"]) == (True, OURS["subject"], OURS["body"])
    assert kept["standard_subject"] == "Thank you"
    assert ana.get(PLACE) == kept
    assert lakeside.ana.get(PLACE)["is_own"] is False
    case = ana.opens_a_case()
    ana.adds_a_team_member(case, role="general_education_teacher")
    letter = ana.post("/letters", {"template": "thank_you", "case_id": case["id"], "facts": {"who": ["Maria", "Terry"]}})
    assert letter["subject"] == "With thanks, October 5, 2026"
    assert letter["body"] == "Dear Terry Thompson:\n\n- Maria\n- Terry\n[what works]"
    assert letter["blanks"] == ["what works"]
    stale = olga.ask("PATCH", PLACE, {"subject": "Thanks"}, If_Match='"v7"')
    assert stale.status_code == 412
    assert olga.patch(PLACE, {"subject": "Thanks"}, If_Match='"v1"')["body"] == OURS["body"]
    olga.delete(PLACE)
    assert olga.ask("DELETE", PLACE).status_code == 404
    assert ana.get(PLACE)["subject"] == "Thank you"
    assert ana.get(f"/letters/{letter['id']}") == letter
    for nowhere in ("/letter-templates/threat/en", "/letter-templates/thank_you/fr"):
        assert olga.ask("GET", nowhere).status_code == 404


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Dear\n\n{{ studnet.name }}", "Line 3: nothing is known as studnet.name here."),
        ("{{ student.disabilities }}", "Line 1: nothing is known as student.disabilities here."),
        ("{% for one in agreed %}x{% endfor %}", "Line 1: nothing is known as agreed here."),
        ("{% for a in addressees %}\n{{ a.nmae }}\n{% endfor %}", "Line 2: a.nmae is undefined"),
        ("{{ student.__class__ }}", "Line 1: nothing is known as student.__class__ here."),
        ("{{ 'now' | date: '%Y' }}", "Line 1: there is no filter date."),
        ("{% include 'other' %}", "Line 1: unexpected tag 'include'"),
        ("{% render '/etc/passwd' %}", "Line 1: unexpected tag 'render'"),
        ("x\n{% if date %}", "expected tag endif, found end of expression"),
        ("{{ date", "Line 1: what begins here is not closed with }}."),
        ("{% assign a = 1 %}", "There would be nothing in it."),
    ],
)
def test_what_nobody_knows_is_refused_at_its_line(olga: Staff, body: str, told: str) -> None:
    [(pointer, detail)] = refused(olga, body)
    assert pointer == "/body"
    assert detail == told


def test_a_subject_can_name_nothing_of_the_child(olga: Staff) -> None:
    for subject in ("About {{ student.name }}", "{{ parents }}", "{{ what_works }}", "{{ support.words }}"):
        [(pointer, detail)] = refused(olga, "Fine.", subject)
        assert pointer == "/subject"
        assert "nothing is known as" in detail
    case = olga.opens_a_case()
    answer = olga.ask("POST", "/letter-templates/preview", {"template": "thank_you", "subject": "Sasha", "case_id": case["id"]})
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/subject")


HOSTILE = {
    "a loop of a billion": "{% for i in (1..1000000000) %}x{% endfor %}",
    "the same backwards": "{% for i in (1..1000000000) reversed %}x{% endfor %}",
    "a list of a billion": "{{ (1..1000000000) | join: 'x' }}",
    "loops in loops": "{% for a in addressees %}" * 9 + "x" + "{% endfor %}" * 9,
    "a text that doubles": "{% assign s = 'xxxxxxxxxx' %}" + "{% assign s = s | append: s %}" * 60 + "{{ s }}",
    "a text that is caught twice": "{% capture s %}x{{ date }}{% endcapture %}"
    + "{% capture s %}{{ s }}{{ s }}{% endcapture %}" * 60,
    "tags that never close": "{{" * 6000,
    "spaces without end": "{% if" + " " * 11_000 + "%}",
    "brackets without end": "{{ a" + "[a" * 5000 + "]" * 5000 + " }}",
    "comments in comments": "{% comment %}" * 900,
    "nested choices": "{% if date %}" * 900,
    "too much of it": "x" * 12_001,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_wording_that_would_never_end_is_refused(olga: Staff, body: str) -> None:
    """Red, by minutes, without `_must_close` and `_ranges` in mail.paper."""
    assert refused(olga, body)
    assert olga.get(PLACE)["is_own"] is False


def test_words_that_fit_the_made_up_case_and_not_this_one_are_told_to_who_writes_a_letter(olga: Staff, ana: Staff) -> None:
    body = "{% for a in addressees %}{% if party == 'client' %}{{ a.nobody }}{% endif %}{% endfor %}Thanks."
    olga.put(PLACE, {"subject": "Thanks", "body": body})
    said = {"template": "thank_you", "case_id": ana.opens_a_case()["id"], "to_client": True, "language": "en"}
    answer = ana.ask("POST", "/letters", said)
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/template")


def test_words_are_tried_on_a_made_up_case_and_on_a_real_one_and_nothing_is_kept(
    ana: Staff, sam: Staff, lakeside: Practice
) -> None:
    made_up: Any = sam.post("/letter-templates/preview", {"template": "thank_you", **OURS})
    assert made_up["body"].startswith("Dear Terry Thompson:\n\n- Terry Thompson, general education teacher\n- Maria")
    assert made_up["blanks"] == []
    case = ana.opens_a_case()
    real = sam.post("/letter-templates/preview", {"template": "thank_you", "language": "es", "case_id": case["id"]})
    assert "en nombre de Petra Petrov acerca de Sasha Petrov" in real["body"]
    assert "qué funciona ahora" in real["blanks"]
    other = lakeside.ana.ask("POST", "/letter-templates/preview", {"template": "thank_you", "case_id": case["id"]})
    assert (other.status_code, other.get_json()["errors"][0]["pointer"]) == (422, "/case_id")
    assert sam.get("/letters")["items"] == []
    assert sam.get(PLACE)["is_own"] is False
