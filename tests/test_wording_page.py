"""Checking a sentence of the IEP without a script."""

import pytest

from tests.cast import Practice, started_anew
from tests.plain_browser import ORIGIN, PlainBrowser

SENTENCE = "Staff may read tests aloud as needed."
SPANISH = "El maestro le lee los exámenes al niño cuando lo necesita para que los entienda."


def opened(practice: Practice, languages: str = "", query: str = "") -> PlainBrowser:
    return PlainBrowser(practice.app, languages=languages).opens(f"/wording/{practice.slug}{query}")


def checked(practice: Practice, sentence: str = SENTENCE) -> PlainBrowser:
    page = opened(practice)
    page.fills("The sentence", sentence)
    return page.presses("Check this sentence")


def marks(page: PlainBrowser) -> list[str]:
    return [next(each for each in mark.inside if isinstance(each, str)) for mark in page.page.every("mark")]


def test_a_parent_sees_what_is_weak_and_what_to_ask(riverside: Practice) -> None:
    page = checked(riverside)
    assert page.status == 200
    assert page.path == f"/wording/{riverside.slug}", "nothing of the sentence stands in the address"
    assert marks(page) == ["Staff", "may read", "as needed"]
    asked = {"text": SENTENCE}
    wording = riverside.visitor().post(f"/public/{riverside.slug}/wording-checks", asked)
    for finding in wording["findings"]:
        assert finding["why"] in page.text
        assert finding["question"] in page.text
    assert wording["rewrite"] in page.text
    assert [blank.text[0] for blank in page.page.every("span") if blank.attributes.get("class") == "blank"] != []
    assert f"Firmness: {wording['score']} of 100" in page.text
    elements = [each.text for each in page.page.every("dt")]
    assert elements == ["Who does it", "What is done", "Where", "When, or how often", "How much, or how long", "Why"]
    assert "3 weak places" in page.text
    assert "Allowed, but not promised" in page.text
    assert "no legal advice" in page.text
    assert page.value("The sentence") == SENTENCE, "so that it can be changed and checked again"
    assert page.answer.headers["Cache-Control"] == "no-store"
    assert page.link("Book a consultation") == f"/book/{riverside.slug}?lang=en"


def test_a_listener_hears_which_words_are_marked(riverside: Practice) -> None:
    page = checked(riverside)
    assert [mark.text for mark in page.page.every("mark")] == [
        "Staff1(weak place 1)",
        "may read2(weak place 2)",
        "as needed3(weak place 3)",
    ]
    assert [each.attributes.get("aria-hidden") for each in page.page.every("sup")] == ["true"] * 3
    focused = [each for each in page.page.every("h2") if "autofocus" in each.attributes]
    assert [each.text for each in focused] == ["3 weak places"], "the browser begins to read here"


def test_the_kind_goes_along_and_stays_chosen(riverside: Practice) -> None:
    page = opened(riverside)
    page.fills("The sentence", "The SLP sees Sasha for speech in the speech room.")
    page.fills("What is it?", "A service: therapy, instruction, counseling")
    page.presses("Check this sentence")
    assert page.status == 200
    said = {dt.text: dd.text for dt, dd in zip(page.page.every("dt"), page.page.every("dd"), strict=True)}
    assert said["Why"] == "Does not apply here", "as it does not for a service"
    [chosen] = [option for option in page.page.every("option") if "selected" in option.attributes]
    assert chosen.attributes["value"] == "service"


def test_where_a_consultation_is_free_the_link_says_so(riverside: Practice) -> None:
    riverside.olga.opens_consultations()
    assert checked(riverside).link("Book a free consultation") == f"/book/{riverside.slug}?lang=en"


def test_the_page_in_spanish_keeps_english_what_goes_to_the_meeting(riverside: Practice) -> None:
    page = opened(riverside, "es-MX")
    assert page.language == "es"
    page.fills("La frase", SENTENCE)
    page.presses("Revisar esta frase")
    assert "3 puntos débiles" in page.text
    assert "Se permite, pero no se promete" in page.text
    assert "están en inglés, para que pueda llevarlos a la reunión" in page.text
    english = " ".join(each.text for each in page.page.every("p", "blockquote", "span") if each.attributes.get("lang") == "en")
    [first, *_] = riverside.visitor().post(f"/public/{riverside.slug}/wording-checks", {"text": SENTENCE})["findings"]
    assert first["why"] in english
    assert first["question"] in english


@pytest.mark.parametrize(
    ("languages", "label", "button", "told"),
    [
        ("en", "The sentence", "Check this sentence", "So far we can check English alone"),
        ("es", "La frase", "Revisar esta frase", "Por ahora solo podemos revisar el inglés"),
    ],
)
def test_a_sentence_in_another_language_is_told_so_politely(
    riverside: Practice, languages: str, label: str, button: str, told: str
) -> None:
    page = opened(riverside, languages)
    page.fills(label, SPANISH)
    page.presses(button)
    assert page.status == 422
    assert told in page.wrong(label)
    assert page.value(label) == SPANISH
    assert list(page.page.every("mark")) == []


def test_an_empty_form_and_too_much_at_once(riverside: Practice) -> None:
    assert checked(riverside, "  ").wrong("The sentence") == "Please fill this in."
    page = checked(riverside, "may use " * 1300)
    assert page.status == 422
    assert page.wrong("The sentence") == "That is too much at once. Please paste one sentence, or one paragraph."


def test_what_is_typed_stays_text(riverside: Practice) -> None:
    sentence = "<script>alert(1)</script> Staff may help & {{ 7*7 }} </blockquote><b>as needed</b>"
    page = checked(riverside, sentence)
    [shown, *_] = page.page.every("blockquote")
    plain = "".join(
        each if isinstance(each, str) else next(e for e in each.inside if isinstance(e, str)) for each in shown.inside
    )
    assert plain == sentence
    assert list(page.page.every("b")) == []


def test_lines_keep_their_places(riverside: Practice) -> None:
    """A browser sends CR LF at the end of a line; what is marked is what was found all the same."""
    assert marks(checked(riverside, "Reading:\n\n\nStaff may read tests aloud\nas needed.")) == [
        "Staff",
        "may read",
        "as needed",
    ]


def test_who_comes_too_often_is_told_to_wait_and_keeps_the_sentence(riverside: Practice) -> None:
    there = started_anew(riverside.app, posts_a_minute=1)
    page = PlainBrowser(there).opens(f"/wording/{riverside.slug}")
    page.fills("The sentence", SENTENCE)
    page.presses("Check this sentence")
    assert page.status == 200
    page.presses("Check this sentence")
    assert page.status == 429
    assert 1 <= int(page.answer.headers["Retry-After"]) <= 61
    assert "There is a lot going on here" in page.text
    assert page.value("The sentence") == SENTENCE


def test_an_address_says_no_sentence(riverside: Practice) -> None:
    page = opened(riverside, query="?text=Zebrawren+may+sing.&kind=goal")
    assert page.value("The sentence") == ""
    assert "zebrawren" not in page.text.lower()


def test_a_form_that_a_website_copied_is_answered_too(riverside: Practice) -> None:
    elsewhere = {"Origin": "https://www.riverside.example", "Sec-Fetch-Site": "cross-site"}
    client = riverside.app.test_client()
    answer = client.post(f"/wording/{riverside.slug}", data={"text": SENTENCE}, headers=elsewhere, base_url=ORIGIN)
    assert answer.status_code == 200
    assert "<mark>may read" in answer.get_data(as_text=True)


def test_own_terms_of_the_practice_are_found(riverside: Practice, lakeside: Practice) -> None:
    riverside.olga.patch("/practice", {"wording_terms": [{"term": "when the bell allows", "category": "conditional"}]})
    sentence = "The aide reads tests aloud when the bell allows."
    assert "when the bell allows" in marks(checked(riverside, sentence))
    assert "when the bell allows" not in marks(checked(lakeside, sentence))


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_practice_that_is_none_has_no_page(riverside: Practice, method: str) -> None:
    data = {"text": SENTENCE} if method == "post" else None
    answer = riverside.app.test_client().open("/wording/nowhere", method=method, data=data, base_url=ORIGIN)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
