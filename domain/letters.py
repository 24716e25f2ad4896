"""The letters of the trade (DOMAIN section 9) as one table: to whom, what each asks for, by when, on what law it rests.

The words stand in `mail/papers`, one file for each template and language. Fields are those of the playbook's steps; here a
`required` one that nobody answered stands in the letter as a blank, so that a draft is there at once.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain import fact
from domain.calendar import add_business_days
from domain.deadlines import GENERAL
from domain.fact import Field, choose
from domain.refusal import FieldError, Invalid

LANGUAGES = ("en", "es")
# Under every draft (DOMAIN section 12).
NOTICE: Mapping[str, str] = {
    "en": GENERAL,
    "es": "Información general, no asesoría legal. Las reglas varían según el estado y cambian. Consulte con un abogado.",
}
DRAFT: Mapping[str, str] = {"en": "DRAFT", "es": "BORRADOR"}
COPIES: Mapping[str, str] = {"en": "Copies", "es": "Copias"}
SUBJECT: Mapping[str, str] = {"en": "Re", "es": "Asunto"}
NOT_ON_PAPER: Mapping[str, str] = {
    "en": "Not on paper yet, since no font has them: {}. Write them in other letters before this is final.",
    "es": "Aún no se ven en papel, pues ninguna fuente los tiene: {}. Escríbalos con otras letras antes de finalizar.",
}
MOST_SUBJECT, MOST_BODY = 200, 20_000
# As many paragraphs and items as one sets in a moment.
MOST_BLOCKS = 1000
# Of a template, which is filled yet.
MOST_WORDING = 12_000
FORMATS = ("pdf", "docx")


class FactsOfLetterInvalid(Invalid):
    """What was said for a letter is unknown to its template or of the wrong kind; `extra["errors"]` says where."""


@dataclass(frozen=True)
class LetterTemplate:
    """A template: its title, to whom it goes (the first by default), what it asks for, when an answer is wished.

    `from_steps` names, for a field, the steps and facts of the concern's history that answer it, the best first; `open` is
    how the concern was opened, `complaint` what the proceeding's says, `case` what the case itself knows.
    """

    name: str
    title: str
    title_es: str
    parties: tuple[str, ...]
    fields: tuple[Field, ...]
    reply_within: int
    law: str | None = None
    ladder: str | None = None
    needs_support: bool = False
    from_steps: tuple[tuple[str, str, str], ...] = ()

    def titled(self, language: str) -> str:
        return self.title_es if language == "es" else self.title

    def reply_by(self, dated_on: date, state_holidays: Collection[date] = ()) -> date:
        """So many business days later: ours, the law names none."""
        return add_business_days(dated_on, self.reply_within, state_holidays)

    def checked(self, facts: Mapping[str, object]) -> dict[str, object]:
        """The facts (JSON values) without nulls. Raises `FactsOfLetterInvalid`; what is missing becomes a blank."""
        asked = tuple(_optional(field) for field in self.fields)
        given = fact.tidy(asked, facts)
        errors = list(fact.errors(asked, given, "/facts"))
        if errors:
            raise FactsOfLetterInvalid("This letter cannot be written with what was given.", errors)
        return given

    def known_from(self, history: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
        """What the concern's steps have answered already; `history` holds the facts of the latest of each step."""
        found: dict[str, object] = {}
        for name, step, answer in self.from_steps:
            value = history.get(step, {}).get(answer)
            if value and name not in found:
                asked = next(field.type for field in self.fields if field.name == name)
                if asked == "text" and isinstance(value, list):
                    value = ", ".join(map(str, value))
                elif asked == "text_list" and isinstance(value, str):
                    value = [line.strip() for line in value.splitlines() if line.strip()]
                found[name] = value
        return found


def _optional(field: Field) -> Field:
    return replace(field, required=False, fields=tuple(_optional(inner) for inner in field.fields))


def template(name: str) -> LetterTemplate:
    """The template of this name. Raises `Invalid`."""
    try:
        return TEMPLATES[name]
    except KeyError:
        detail = f"A template is one of {', '.join(TEMPLATES)}."
        raise Invalid(detail, [FieldError(pointer="/template", detail=detail)]) from None


# What stands in a letter, line by line.


@dataclass(frozen=True)
class Block:
    """A paragraph, or an item of a list with its mark; `space` are the empty lines before it, besides the usual one."""

    lines: tuple[str, ...]
    mark: str = ""
    space: int = 0


_ITEM = re.compile(r"(\(?[0-9]{1,3}[.)]|[-•]) +(?=\S)")


def blocks(body: str) -> Iterator[Block]:
    """The paragraphs and items of a body: a blank line ends a paragraph, `1.`, `(1)` or `-` begins an item."""
    lines: list[str] = []
    mark, empty, space, begun = "", 0, 0, False
    for line in [*re.split(r"\r\n|[\n\r\u2028\u2029]", body), ""]:
        item = _ITEM.match(line.strip())
        if lines and (item or not line.strip()):
            yield Block(tuple(lines), mark, space)
            lines, mark, empty, begun = [], "", 0, True
        if not line.strip():
            empty += 1
            continue
        if not lines:
            space = min(max(empty - 1, 0), 6) if begun else 0
            mark = item[1] if item else ""
            lines = [line.strip()[item.end() :] if item else line.strip()]
        else:
            lines.append(line.strip())


# The table.


def _text(name: str, label: str, required: bool = True) -> Field:
    return Field(name, "text", label, required)


def _texts(name: str, label: str, required: bool = True) -> Field:
    return Field(name, "text_list", label, required)


def _date(name: str, label: str, required: bool = True) -> Field:
    return Field(name, "date", label, required)


def _dates(name: str, label: str, required: bool = True) -> Field:
    return Field(name, "date_list", label, required)


_SCHOOL = ("team", "teacher", "other")
_HOME = ("client", "other")
_COMPLAINT = (
    _text("residence", "The address of the child's residence"),
    _text("school", "The school that the child attends"),
    _text("homeless_contact", "If the child is homeless: contact information, and the school", required=False),
    _text("facts", "The facts on which it rests", required=False),
    _text("problem", "The problem, with its facts"),
    _text("proposed_resolution", "The resolution that the family proposes"),
    _text("agency", "The school district"),
    _text("state_agency", "The state's department of education"),
)
_COMPLAINT_FROM = (
    ("residence", "complaint", "child_address"),
    ("school", "complaint", "school"),
    ("school", "case", "school"),
    ("homeless_contact", "complaint", "homeless_contact"),
    ("facts", "complaint", "facts"),
    ("problem", "complaint", "problem"),
    ("problem", "open", "what_happened"),
    ("proposed_resolution", "complaint", "proposed_resolution"),
    ("agency", "case", "district"),
)

_TABLE = (
    LetterTemplate(
        name="follow_up_summary",
        title="Letter of understanding",
        title_es="Carta de entendimiento",
        parties=(*_SCHOOL, "client"),
        reply_within=5,
        needs_support=True,
        fields=(
            _date("spoke_on", "When you spoke"),
            choose("how", "How you spoke", "phone", "meeting", "in_person", "email", "video", required=False),
            _text("with_whom", "With whom"),
            _text("they_said", "What the school said"),
            _text("we_said", "What you said"),
            Field(
                "agreed",
                "objects",
                "What was agreed",
                required=True,
                fields=(_text("what", "What"), _text("who", "Who will provide it"), _date("by", "By when")),
            ),
            _texts("open_points", "What is open", required=False),
        ),
        from_steps=(
            ("spoke_on", "hold_team_meeting", "held_on"),
            ("spoke_on", "talk_to_teacher", "occurred_on"),
            ("how", "hold_team_meeting", "how"),
            ("they_said", "hold_team_meeting", "what_was_said"),
            ("they_said", "name_cause", "teacher_said"),
            ("we_said", "talk_to_teacher", "our_understanding"),
            ("with_whom", "hold_team_meeting", "attendees"),
            ("with_whom", "case", "addressees"),
            ("agreed", "agree_fix", "agreed"),
        ),
    ),
    LetterTemplate(
        name="meeting_request",
        title="Request for a meeting of the IEP team",
        title_es="Solicitud de una reunión del equipo del IEP",
        parties=("team", "other"),
        reply_within=5,
        law="34 CFR 300.324(b), 300.328, 300.501(b)",
        ladder="meeting",
        fields=(
            _text("purpose", "The purpose of the meeting"),
            _texts("topics", "The topics"),
            _texts("wanted", "Who is wanted at the meeting"),
            _dates("dates", "Three dates that suit the family"),
        ),
        from_steps=(
            ("topics", "call_team_meeting", "agenda"),
            ("wanted", "call_team_meeting", "wanted_attendees"),
            ("dates", "call_team_meeting", "proposed_dates"),
        ),
    ),
    LetterTemplate(
        name="records_request",
        title="Request for education records",
        title_es="Solicitud de expedientes educativos",
        parties=_SCHOOL,
        reply_within=10,
        law="34 CFR 300.613, 300.616, 300.617",
        ladder="team",
        fields=(
            _texts("records", "Which records"),
            _date("from_on", "From when"),
            _date("to_on", "Until when", required=False),
            choose("access", "How the family wishes to see them", "inspect", "copies", "both"),
            _text("representative", "Who may see them for the parent"),
            _date("meeting_on", "The meeting before which they are needed", required=False),
        ),
        from_steps=(("representative", "case", "sender"),),
    ),
    LetterTemplate(
        name="service_log_request",
        title="Request for a service log",
        title_es="Solicitud del registro de servicios",
        parties=_SCHOOL,
        reply_within=10,
        law="34 CFR 300.613, 300.501(a)",
        ladder="team",
        needs_support=True,
        fields=(_date("from_on", "From when"), _date("to_on", "Until when")),
    ),
    LetterTemplate(
        name="policy_request",
        title="Request for the written policy",
        title_es="Solicitud de la política por escrito",
        parties=_SCHOOL,
        reply_within=10,
        ladder="policy",
        needs_support=True,
        fields=(
            _text("refusal_in_their_words", "The refusal in their words"),
            _date("refused_on", "When it was said"),
            _text("refused_by", "Who said it"),
            _text("policy_asked_for", "The policy that was named", required=False),
        ),
        from_steps=(
            ("refusal_in_their_words", "request_policy", "refusal_in_their_words"),
            ("refusal_in_their_words", "hold_team_meeting", "what_was_said"),
            ("policy_asked_for", "request_policy", "policy_asked_for"),
            ("refused_on", "hold_team_meeting", "held_on"),
        ),
    ),
    LetterTemplate(
        name="prior_written_notice_request",
        title="Request for prior written notice",
        title_es="Solicitud de notificación previa por escrito",
        parties=("team", "other"),
        reply_within=10,
        law="34 CFR 300.503(b), (c)",
        ladder="team",
        fields=(
            _text("what_was_asked", "What was asked or proposed"),
            _date("asked_on", "When"),
            _text("asked_by", "By whom"),
            choose("action", "What the school did", "proposed", "refused"),
            _text("native_language", "The parent's language, where it is not English", required=False),
        ),
        from_steps=(("asked_on", "hold_team_meeting", "held_on"),),
    ),
    LetterTemplate(
        name="amendment_request",
        title="Request to amend the IEP",
        title_es="Solicitud de enmienda del IEP",
        parties=("team", "other"),
        reply_within=10,
        law="34 CFR 300.324(a)(4), (6)",
        ladder="team",
        needs_support=True,
        fields=(
            _text("old_words", "The words as they stand in the IEP"),
            _text("new_words", "The words that you propose"),
            _text("why", "Why"),
        ),
        from_steps=(("new_words", "contact_team", "proposed_wording"), ("old_words", "case", "support")),
    ),
    LetterTemplate(
        name="iee_request",
        title="Request for an independent educational evaluation",
        title_es="Solicitud de una evaluación educativa independiente",
        parties=("team", "other"),
        reply_within=10,
        law="34 CFR 300.502(a)(2), (b)",
        ladder="team",
        fields=(
            _text("evaluation", "The evaluation that the parent disagrees with"),
            _date("evaluated_on", "Its date", required=False),
        ),
    ),
    LetterTemplate(
        name="state_complaint_checklist",
        title="What a state complaint has to contain",
        title_es="Lo que debe contener una queja estatal",
        parties=_HOME,
        reply_within=5,
        law="34 CFR 300.153(b)-(d)",
        fields=(
            _text("requirement", "The requirement of IDEA that the complaint is about"),
            *_COMPLAINT,
            _text("complainant_contact", "How to reach who signs the complaint"),
            _date("happened_on", "The earliest day that it is about"),
        ),
        from_steps=(
            *_COMPLAINT_FROM,
            ("requirement", "complaint", "statement"),
            ("complainant_contact", "complaint", "contact"),
            ("complainant_contact", "case", "parent_contact"),
            ("happened_on", "complaint", "since_on"),
            ("happened_on", "open", "noticed_on"),
        ),
    ),
    LetterTemplate(
        name="due_process_checklist",
        title="What a due process complaint has to contain",
        title_es="Lo que debe contener una queja de debido proceso",
        parties=_HOME,
        reply_within=5,
        law="34 CFR 300.508(a), (b)",
        fields=(
            *_COMPLAINT,
            choose("action", "What the school did", "proposed", "refused"),
            _text("change", "The change that was proposed or refused"),
        ),
        from_steps=_COMPLAINT_FROM,
    ),
    LetterTemplate(
        name="mediation_request",
        title="Request for mediation",
        title_es="Solicitud de mediación",
        parties=("other", "team"),
        reply_within=10,
        law="34 CFR 300.506",
        ladder="team",
        fields=(
            _text("agency", "The school district"),
            _texts("issues", "What is to be mediated"),
            _dates("dates", "Dates that suit the family"),
            _text("place", "A place that suits the family"),
        ),
        from_steps=(("agency", "case", "district"),),
    ),
    LetterTemplate(
        name="thank_you",
        title="Thank you",
        title_es="Agradecimiento",
        parties=("teacher", "team", "client", "other"),
        reply_within=10,
        fields=(
            _text("what_works", "What works now"),
            _date("since_on", "Since when"),
            _texts("who", "Who made it work"),
        ),
        from_steps=(("since_on", "agree_fix", "effective_on"),),
    ),
    LetterTemplate(
        name="new_teacher_handover",
        title="Supports for a student new to your class",
        title_es="Apoyos para un estudiante nuevo en su clase",
        parties=("teacher", "team", "other"),
        reply_within=5,
        law="34 CFR 300.323(d)",
        ladder="teacher",
        fields=(
            _texts("supports", "The supports, in plain words"),
            _texts("your_part", "What this teacher does"),
            _text("who_has_iep", "Who has the IEP"),
            _texts("what_helps", "What helps"),
            _text("family_contact", "How to reach the family"),
        ),
        from_steps=(("supports", "case", "supports"), ("family_contact", "case", "parent_contact")),
    ),
)
TEMPLATES: Mapping[str, LetterTemplate] = {row.name: row for row in _TABLE}


# The words of the parts that the case fills.

ROLES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "general_education_teacher": "general education teacher",
        "special_education_teacher": "special education teacher",
        "related_service_provider": "related service provider",
        "lea_representative": "representative of the school district",
        "school_psychologist": "school psychologist",
        "principal": "principal",
        "other": "",
        "parent": "parent",
    },
    "es": {
        "general_education_teacher": "docente de educación general",
        "special_education_teacher": "docente de educación especial",
        "related_service_provider": "proveedor de servicios relacionados",
        "lea_representative": "representante del distrito escolar",
        "school_psychologist": "psicólogo escolar",
        "principal": "director de la escuela",
        "other": "",
        "parent": "madre, padre o tutor",
    },
}
# What was chosen, by field. Where a template has to ask which it was, the words stand beside it, as `action_in_words`.
CHOICES: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "en": {
        "how": {
            "phone": "on the phone",
            "meeting": "in a meeting",
            "in_person": "in person",
            "email": "by e-mail",
            "video": "by video",
        },
        "access": {"inspect": "to inspect them", "copies": "to have copies", "both": "to inspect them and to have copies"},
        "action": {"proposed": "proposed", "refused": "refused"},
    },
    "es": {
        "how": {
            "phone": "por teléfono",
            "meeting": "en una reunión",
            "in_person": "en persona",
            "email": "por correo electrónico",
            "video": "por video",
        },
        "access": {"inspect": "revisarlos", "copies": "recibir copias", "both": "revisarlos y recibir copias"},
        "action": {"proposed": "se propuso", "refused": "se rechazó"},
    },
}
PROCEEDINGS: Mapping[str, Mapping[str, str]] = {
    "en": {"mediation": "mediation", "state_complaint": "state complaint", "due_process": "due process"},
    "es": {"mediation": "mediación", "state_complaint": "queja estatal", "due_process": "debido proceso"},
}
_MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio"),
        *("agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
}
_AND = {"en": "and", "es": "y"}
# Before an i, "y" is "e": Ana e Inés, but Ana y Iago, where it glides.
_BEFORE_I = re.compile(r"h?[ií](?![aeouáéóú])", re.IGNORECASE)


def date_in_words(day: date, language: str) -> str:
    month = _MONTHS[language][day.month - 1]
    return f"{day.day} de {month} de {day.year}" if language == "es" else f"{month} {day.day}, {day.year}"


def joined(names: Collection[str], language: str) -> str:
    """`A`, `A and B`, `A, B and C`."""
    said = list(names)
    if len(said) < 2:
        return "".join(said)
    joining = "e" if language == "es" and _BEFORE_I.match(said[-1]) else _AND[language]
    return f"{', '.join(said[:-1])} {joining} {said[-1]}"


def salutation(names: Collection[str], language: str) -> str | None:
    """How a letter begins; None where nobody is named."""
    if not names:
        return None
    if len(names) > 3:
        return "Estimados miembros del equipo del IEP:" if language == "es" else "Dear members of the IEP team:"
    dear = ("Estimado/a" if len(names) == 1 else "Estimados/as") if language == "es" else "Dear"
    return f"{dear} {joined(names, language)}:"


def iep_in_words(number: int, effective_from: date, page: int | None, language: str) -> str:
    """Which IEP, and where in it."""
    day = date_in_words(effective_from, language)
    if language == "es":
        return f"el IEP vigente desde el {day} (versión {number}{f', página {page}' if page else ''})"
    return f"the IEP effective {day} (version {number}{f', page {page}' if page else ''})"
