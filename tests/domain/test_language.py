"""A language is named where it is sure; English with abbreviations is never called another."""

from hypothesis import given
from hypothesis import strategies as some

from domain.language import NAMES, language_of
from tests.walks import each
from tests.wording.scoring import labelled


@each(
    ("language", "text"),
    [
        ("es", "El estudiante recibirá tiempo adicional en los exámenes según sea necesario."),
        ("pt", "O aluno terá mais tempo para as provas quando for necessário."),
        ("fr", "L'élève recevra plus de temps pour les examens si nécessaire."),
        ("ht", "Elèv la ap resevwa plis tan pou egzamen yo lè li bezwen li."),
        ("vi", "Học sinh sẽ được thêm thời gian khi cần."),
        ("tl", "Ang mag-aaral ay bibigyan ng karagdagang oras sa mga pagsusulit."),
        ("so", "Ardayga waxaa la siin doonaa wakhti dheeraad ah marka loo baahdo."),
        ("pl", "Uczeń będzie miał więcej czasu na testach w razie potrzeby."),
        ("zh", "学生将根据需要获得额外的时间。"),
        ("ja", "生徒は必要に応じて追加の時間を受けます。"),
        ("ko", "학생은 필요에 따라 추가 시간을 받습니다."),
        ("ar", "سيحصل الطالب على وقت إضافي عند الحاجة."),
        ("ru", "Ученик получит дополнительное время по необходимости."),
        ("uk", "Учень отримає додатковий час за потреби."),
        ("hi", "छात्र को आवश्यकतानुसार अतिरिक्त समय मिलेगा।"),
    ],
)
def test_a_whole_sentence_of_another_language_is_recognized(language, text):
    assert language_of(text) == language
    assert language in NAMES


@each(
    "text",
    [
        "SLP 2x30 min/wk, pull-out",
        "OT/PT consult PRN w/ gen ed tchr",
        "Student counts uno, dos, tres with the maestra in la clase de español.",
        "José Peña sits next to María de la Cruz.",
        "Ext. time la la la la la",
        "",
    ],
)
def test_english_with_names_quotations_and_abbreviations_is_no_other_language(text):
    assert language_of(text) in ("en", None)


def test_no_labelled_statement_is_called_anything_but_english():
    assert {language_of(label["text"]) for label in labelled()} <= {"en", None}


@given(some.text(max_size=300))
def test_any_text_has_a_known_language_or_none(text):
    assert language_of(text) is None or language_of(text) in NAMES
