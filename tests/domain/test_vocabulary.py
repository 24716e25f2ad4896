"""The words of the trade, found in what people write, and spelled out."""

from hypothesis import given
from hypothesis import strategies as some

from domain.vocabulary import ROLES, SERVICES, SETTINGS, all_roles, all_services, all_settings, spelled_out
from tests.walks import each


@each(
    ("text", "full"),
    [
        ("SLP", "speech-language pathologist"),
        ("S.L.P.", "speech-language pathologist"),
        ("w/ peers", "with peers"),
        ("w/peers", "with peers"),
        ("sped rm", "special education room"),
        ("PE", "physical education"),
        ("10 min 2x/wk", "10 minutes 2 times per week"),
        ("1 hr/mo", "1 hour per month"),
        ("30-min sessions", "30-minute sessions"),
        ("min. of 2 breaks", "minimum of 2 breaks"),
        ("ext. time on HW", "extended time on homework"),
        ("PT consult w/ PE teacher", "physical therapy consult with physical education teacher"),
        ("by the OT", "by the occupational therapist"),
        ("EXTRA TIME AT HOME", "EXTRA TIME AT HOME"),
        ("he sits at the front", "he sits at the front"),
    ],
)
def test_abbreviations_are_spelled_out(text, full):
    assert spelled_out(text) == full


@each(
    ("text", "full"),
    [
        ("PT", "physical therapist"),
        ("OTR/L", "occupational therapist"),
        ("OT/PT", "occupational therapist/physical therapist"),
        ("special ed teacher", "special education teacher"),
        ("SLP/SLPA", "speech-language pathologist/speech-language pathology assistant"),
        ("PE teacher", "physical education teacher"),
        ("School psych", "School psychologist"),
    ],
)
def test_who_acts_is_spelled_out_as_a_person(text, full):
    assert spelled_out(text, as_role=True) == full


@each(
    ("text", "role", "is_professional"),
    [
        ("Speech/Language Pathologist", "speech-language pathologist", True),
        ("speech-language pathology assistants", "speech-language pathology assistant", False),
        ("the SLPA", "speech-language pathology assistant", False),
        ("Gen. Ed. teacher", "general education teacher", True),
        ("SpEd teacher", "special education teacher", True),
        ("1:1 aide", "paraprofessional", False),
        ("the teacher's aide", "paraprofessional", False),
        ("COTA", "occupational therapy assistant", False),
        ("TVI", "teacher of the visually impaired", True),
        ("O&M specialist", "orientation and mobility specialist", True),
        ("BCBA", "behavior analyst", True),
        ("the nurse’s", "school nurse", True),
        ("the bus driver", "bus driver", False),
    ],
)
def test_a_role_is_known_and_whether_it_is_a_professional(text, role, is_professional):
    [(found, _, _)] = all_roles(text)
    assert (found.name, found.is_professional) == (role, is_professional)


@each("text", ["hearing aide", "first aide kit", "staff", "an adult", "at home", "set of cards", "read aloud"])
def test_a_word_that_only_looks_like_a_role_is_none(text):
    assert all_roles(text) == []


def test_all_who_are_named_have_their_span():
    text = "Gen ed teacher or para"
    assert [(role.name, text[start:end]) for role, start, end in all_roles(text)] == [
        ("general education teacher", "Gen ed teacher"),
        ("paraprofessional", "para"),
    ]


@each("each", [*ROLES, *SERVICES, *SETTINGS], ids=lambda each: each.name)
def test_every_form_is_found_as_its_own(each):
    find = {"Role": all_roles, "Service": all_services, "Setting": all_settings}[type(each).__name__]
    assert [found.name for found, _, _ in find(each.name)] == [each.name]


@given(some.text(max_size=60))
def test_whatever_is_typed_the_spans_lie_in_the_text(text):
    for find in (all_roles, all_services, all_settings):
        for _, start, end in find(text):
            assert 0 <= start < end <= len(text)
    assert isinstance(spelled_out(text), str)
