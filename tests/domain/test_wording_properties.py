"""The analysis of wording takes any text, says where what it found stands, and its own rewrites hold no way out."""

from hypothesis import example, given, settings
from hypothesis import strategies as some

from domain.language import language_of
from domain.wording import CATEGORIES, ELEMENTS, HOW_CLEAR, OwnTerm, weigh
from tests.wording.scoring import labelled

KINDS = (None, "service", "accommodation", "modification", "goal", "support")
TEXTS = [label["text"] for label in labelled()]
# The words of real statements in any order, between marks that mean something, reach more rules than letters at random.
MARKS = {*'()[]☐☑“”"/-–:;.,', "[x]", "e.g.", "i.e.", "2-3", "May"}
WORDS = sorted({word for text in TEXTS for word in text.split()} | MARKS)

kinds = some.sampled_from(KINDS)
jumbled = some.lists(some.sampled_from(WORDS), max_size=25).map(" ".join)
joined = some.lists(some.sampled_from(TEXTS), min_size=1, max_size=3).map(" ".join)
any_text = some.text(max_size=200) | jumbled | joined
own_terms = some.lists(
    some.builds(
        OwnTerm,
        some.sampled_from(["breaks", "as needed", "the", "Student will", "e.g.", " ", "é"]),
        some.sampled_from(CATEGORIES),
    ),
    max_size=3,
)


def english(text):
    return language_of(text) in (None, "en")


@settings(deadline=None)
@given(any_text.filter(english), kinds, own_terms)
@example("İ as needed 👩‍🏫 breaks", "goal", [OwnTerm("breaks", "conditional")])
def test_findings_stand_where_they_say_in_order_and_apart(text, kind, own):
    wording = weigh(text, kind, own)
    done = 0
    for finding in wording.findings:
        assert done <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.term
        assert finding.category in CATEGORIES
        assert finding.why
        assert finding.question.endswith("?")
        done = finding.end
    assert tuple(wording.elements) == ELEMENTS
    assert set(wording.elements.values()) <= set(HOW_CLEAR)
    assert 0 <= wording.score <= 100


@settings(deadline=None)
@given(any_text.filter(english), kinds)
def test_the_same_statement_is_always_weighed_the_same(text, kind):
    assert weigh(text, kind) == weigh(text, kind)


@settings(deadline=None)
@given((jumbled | joined).filter(english), kinds)
def test_a_rewrite_holds_no_finding(text, kind):
    rewrite = weigh(text, kind).rewrite
    assert rewrite is None or weigh(rewrite, kind).findings == ()


@settings(deadline=None)
@given(some.sampled_from(TEXTS), kinds)
def test_case_changes_no_finding_of_a_statement_without_names(text, kind):
    if "May" in text or "Ms." in text:
        return
    assert [finding.category for finding in weigh(text.lower(), kind).findings] == [
        finding.category for finding in weigh(text.lower().capitalize(), kind).findings
    ]


@settings(deadline=None)
@given(some.sampled_from(TEXTS), some.sampled_from(["  ", "\n", "\t"]))
def test_blanks_before_a_statement_move_its_findings_and_nothing_else(text, blanks):
    alone, moved = weigh(text), weigh(blanks + text)
    assert [(each.category, each.term, each.start + len(blanks)) for each in alone.findings] == [
        (each.category, each.term, each.start) for each in moved.findings
    ]
    assert dict(alone.elements) == dict(moved.elements)
