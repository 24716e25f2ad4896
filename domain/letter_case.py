"""What a letter knows of its case, under the names by which a template calls it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.fact import Field
from domain.letters import CHOICES, PROCEEDINGS, ROLES, LetterTemplate, date_in_words, iep_in_words, joined, salutation

# What a subject may say: nothing of the child, and nothing that somebody wrote about it.
_OF_NOBODY = ("date", "reply_by", "practice", "sender", "party")


@dataclass(frozen=True)
class Person:
    """Somebody to whom a letter goes; `role` is one of `ROLES`, or in words."""

    name: str
    role: str | None = None

    def in_words(self, language: str) -> str:
        """With the role in brackets."""
        role = self.role_in(language)
        return f"{self.name} ({role})" if role else self.name

    def role_in(self, language: str) -> str:
        return ROLES[language].get(self.role or "", self.role or "")


@dataclass(frozen=True)
class Version:
    """The IEP that a letter is about, and the page on which the support stands, if that is known."""

    number: int
    effective_from: date
    page: int | None = None


@dataclass(frozen=True)
class Filed:
    """A proceeding that a letter is about."""

    kind: str
    filed_on: date | None = None
    reference: str | None = None


@dataclass(frozen=True)
class LetterCase:
    """The case of a letter."""

    party: str
    dated_on: date
    reply_by_on: date | None
    practice: Mapping[str, str | None]
    sender: Mapping[str, str | None]
    addressees: Sequence[Person]
    copies: Sequence[Person]
    student: Mapping[str, str | None]
    parents: Sequence[str]
    iep: Version | None = None
    support: str | None = None
    what_happened: str | None = None
    noticed_on: date | None = None
    proceeding: Filed | None = None

    def variables(self, template: LetterTemplate, facts: Mapping[str, Any], language: str) -> dict[str, Any]:
        """All that a template may name, with the facts of this one; nothing stands for what is not known."""
        known = {
            "party": self.party,
            "date": date_in_words(self.dated_on, language),
            "reply_by": self.reply_by_on and date_in_words(self.reply_by_on, language),
            "practice": dict(self.practice),
            "sender": dict(self.sender),
            "addressees": [{"name": one.name, "role": one.role_in(language) or None} for one in self.addressees],
            "salutation": salutation([one.name for one in self.addressees], language),
            "copies": joined([one.in_words(language) for one in self.copies], language) or None,
            "student": dict(self.student),
            "parents": joined(self.parents, language) or None,
            "iep": self._iep(language),
            "support": {"words": self.support},
            "concern": {
                "what_happened": self.what_happened,
                "noticed_on": self.noticed_on and date_in_words(self.noticed_on, language),
            },
            "proceeding": self._proceeding(language),
        }
        chosen = {
            f"{field.name}_in_words": CHOICES[language][field.name].get(facts.get(field.name, ""))
            for field in template.fields
            if field.type == "choice" and field.name != "how"
        }
        return {**{field.name: _said(field, facts.get(field.name), language) for field in template.fields}, **chosen, **known}

    def _iep(self, language: str) -> dict[str, Any]:
        if self.iep is None:
            return dict.fromkeys(("version", "effective_from", "page", "in_words"))
        return {
            "version": self.iep.number,
            "effective_from": date_in_words(self.iep.effective_from, language),
            "page": self.iep.page,
            "in_words": iep_in_words(self.iep.number, self.iep.effective_from, self.iep.page, language),
        }

    def _proceeding(self, language: str) -> dict[str, str | None]:
        if self.proceeding is None:
            return dict.fromkeys(("kind", "filed_on", "reference"))
        filed_on = self.proceeding.filed_on
        return {
            "kind": PROCEEDINGS[language][self.proceeding.kind],
            "filed_on": date_in_words(filed_on, language) if filed_on else None,
            "reference": self.proceeding.reference,
        }


def _said(field: Field, value: Any, language: str) -> Any:
    """A fact as it stands in a letter: dates in words, and what is missing as nothing, or as a list of nothing."""
    if field.type == "objects":
        return [{inner.name: _said(inner, row.get(inner.name), language) for inner in field.fields} for row in value or ()]
    if field.type.endswith("_list"):
        single = Field(field.name, "date" if field.type == "date_list" else "text", field.label)
        return [_said(single, one, language) for one in value or ()]
    if value is None:
        return None
    if field.type == "date":
        return date_in_words(date.fromisoformat(value), language)
    return CHOICES[language]["how"].get(value, value) if field.name == "how" else value


def names(template: LetterTemplate, *, in_subject: bool = False) -> dict[str, Any]:
    """The names that this template may use, as a tree; a list has the names of its first entry."""
    found = made_up(template, "en")
    if not in_subject:
        return found
    dates = [field.name for field in template.fields if field.type == "date"]
    return {name: found[name] for name in (*_OF_NOBODY, *dates)}


# A case that nobody has, told in each language: whoever looks at Spanish words sees nothing in English between them.

_MADE_UP: Mapping[str, Mapping[str, Any]] = {
    "en": {
        "spoke_on": "2026-10-05",
        "how": "phone",
        "with_whom": "Terry Thompson and Maria Lopez",
        "they_said": "The reader was away in September; one is there again from Monday on.",
        "we_said": "All tests are read aloud, in science as well",
        "agreed": [
            {"what": "A reader for the tests in science", "who": "Terry Thompson", "by": "2026-10-12"},
            {"what": "A note home after each test", "who": "Maria Lopez", "by": "2026-10-16"},
        ],
        "open_points": ["Who reads when the reader is away"],
        "purpose": "To agree on how tests are read aloud",
        "topics": ["What the IEP says", "Who reads, and when", "What happens when the reader is away"],
        "wanted": ["Terry Thompson, general education teacher", "The representative of the school district"],
        "dates": ["2026-10-20", "2026-10-21", "2026-10-23"],
        "records": ["The log of the reader for tests", "Tests in science with the conditions under which they were taken"],
        "from_on": "2026-09-08",
        "to_on": "2026-10-05",
        "access": "both",
        "representative": "Ana Alvarez",
        "meeting_on": "2026-10-20",
        "refusal_in_their_words": "We do not read tests in science; that is district policy.",
        "refused_on": "2026-10-05",
        "refused_by": "Terry Thompson",
        "policy_asked_for": "the district's policy on reading tests aloud",
        "what_was_asked": "A reader for tests in science",
        "asked_on": "2026-10-05",
        "asked_by": "Petra Petrov",
        "action": "refused",
        "native_language": "Ukrainian",
        "old_words": "A reader for tests as needed.",
        "new_words": "A reader for all tests, in all subjects, in the resource room.",
        "why": "Nobody can tell from “as needed” when a test is read",
        "evaluation": "The psychological evaluation",
        "evaluated_on": "2026-05-12",
        "requirement": "34 CFR 300.323(c)(2): the services of the IEP are made available",
        "residence": "7 River Road, Portland, OR 97201",
        "school": "Riverside Elementary School",
        "homeless_contact": None,
        "facts": "On September 14, 21 and 28, 2026, no reader was there",
        "problem": "Three tests in science were taken without a reader",
        "proposed_resolution": "The tests are taken again, with a reader",
        "agency": "Portland School District",
        "state_agency": "Oregon Department of Education",
        "complainant_contact": "petra@example.org, +1 503 555 0142",
        "happened_on": "2026-09-14",
        "change": "No reader for tests in science",
        "issues": ["Who reads tests in science", "Tests that were taken without a reader"],
        "place": "The public library",
        "what_works": "Every test in science was read aloud",
        "since_on": "2026-10-12",
        "who": ["Terry Thompson, general education teacher", "Maria Lopez, who reads"],
        "supports": ["All tests are read aloud", "Extra time, half as much again", "A seat near the board"],
        "your_part": ["Tell the reader of each test two days before"],
        "who_has_iep": "the case manager, Maria Lopez",
        "what_helps": ["A quiet word before a test", "Short instructions, one at a time"],
        "family_contact": "Petra Petrov, petra@example.org, +1 503 555 0142",
    },
    "es": {
        "spoke_on": "2026-10-05",
        "how": "phone",
        "with_whom": "Terry Thompson y Maria Lopez",
        "they_said": "La persona que lee faltó en septiembre; desde el lunes hay alguien de nuevo.",
        "we_said": "Se leen en voz alta todas las pruebas, también las de ciencias",
        "agreed": [
            {"what": "Una persona que lea las pruebas de ciencias", "who": "Terry Thompson", "by": "2026-10-12"},
            {"what": "Una nota a casa después de cada prueba", "who": "Maria Lopez", "by": "2026-10-16"},
        ],
        "open_points": ["Quién lee cuando falta la persona que lee"],
        "purpose": "Acordar cómo se leen las pruebas en voz alta",
        "topics": ["Lo que dice el IEP", "Quién lee, y cuándo", "Qué pasa cuando falta la persona que lee"],
        "wanted": ["Terry Thompson, docente de educación general", "Quien representa al distrito escolar"],
        "dates": ["2026-10-20", "2026-10-21", "2026-10-23"],
        "records": ["El registro de quien lee las pruebas", "Las pruebas de ciencias, y en qué condiciones se hicieron"],
        "from_on": "2026-09-08",
        "to_on": "2026-10-05",
        "access": "both",
        "representative": "Ana Alvarez",
        "meeting_on": "2026-10-20",
        "refusal_in_their_words": "No leemos pruebas de ciencias; es la política del distrito.",
        "refused_on": "2026-10-05",
        "refused_by": "Terry Thompson",
        "policy_asked_for": "la política del distrito sobre la lectura de pruebas en voz alta",
        "what_was_asked": "Una persona que lea las pruebas de ciencias",
        "asked_on": "2026-10-05",
        "asked_by": "Petra Petrov",
        "action": "refused",
        "native_language": "ucraniano",
        "old_words": "Una persona que lea las pruebas cuando haga falta.",
        "new_words": "Una persona lee todas las pruebas, en todas las materias, en el aula de recursos.",
        "why": "Con “cuando haga falta”, nadie sabe cuándo se lee una prueba",
        "evaluation": "La evaluación psicológica",
        "evaluated_on": "2026-05-12",
        "requirement": "34 CFR 300.323(c)(2): los servicios del IEP están a disposición del niño o la niña",
        "residence": "7 River Road, Portland, OR 97201",
        "school": "Escuela Primaria Riverside",
        "homeless_contact": None,
        "facts": "El 14, el 21 y el 28 de septiembre de 2026 no hubo quien leyera",
        "problem": "Se hicieron tres pruebas de ciencias sin nadie que leyera",
        "proposed_resolution": "Las pruebas se repiten, con una persona que las lea",
        "agency": "el Distrito Escolar de Portland",
        "state_agency": "Departamento de Educación de Oregón",
        "complainant_contact": "petra@example.org, +1 503 555 0142",
        "happened_on": "2026-09-14",
        "change": "Nadie lee las pruebas de ciencias",
        "issues": ["Quién lee las pruebas de ciencias", "Las pruebas que se hicieron sin nadie que leyera"],
        "place": "La biblioteca pública",
        "what_works": "Se leyó en voz alta cada prueba de ciencias",
        "since_on": "2026-10-12",
        "who": ["Terry Thompson, docente de educación general", "Maria Lopez, que lee"],
        "supports": ["Se leen en voz alta todas las pruebas", "La mitad más de tiempo", "Un asiento cerca de la pizarra"],
        "your_part": ["Avisar de cada prueba dos días antes a quien la lee"],
        "who_has_iep": "Maria Lopez, que coordina el caso",
        "what_helps": ["Unas palabras tranquilas antes de una prueba", "Instrucciones cortas, una por una"],
        "family_contact": "Petra Petrov, petra@example.org, +1 503 555 0142",
    },
}
_TOLD: Mapping[str, Mapping[str, str]] = {
    "en": {
        "school": "Riverside Elementary School",
        "support": "A reader for all tests.",
        "what_happened": "No reader in science.",
    },
    "es": {
        "school": "Escuela Primaria Riverside",
        "support": "Una persona lee todas las pruebas.",
        "what_happened": "Nadie leyó en ciencias.",
    },
}


def made_up_facts(template: LetterTemplate, language: str = "en") -> dict[str, Any]:
    known = _MADE_UP[language]
    return {field.name: known[field.name] for field in template.fields if known[field.name] is not None}


def made_up_case(party: str = "team", language: str = "en") -> LetterCase:
    told = _TOLD[language]
    to_family = party == "client"
    family = [Person("Petra Petrov", "parent")]
    return LetterCase(
        party=party,
        dated_on=date(2026, 10, 6),
        reply_by_on=date(2026, 10, 14),
        practice={
            "name": "Riverside Advocacy",
            "address": "12 Main Street, Portland, OR 97201",
            "phone": "+1 503 555 0100",
            "website": "https://riverside.example/",
        },
        sender={"name": "Ana Alvarez", "email": "ana@riverside.example"},
        addressees=family if to_family else [Person("Terry Thompson", "general_education_teacher")],
        copies=[] if to_family else family,
        student={"name": "Sasha Petrov", "grade": "4", "school": told["school"], "district": "Portland"},
        parents=["Petra Petrov"],
        iep=Version(2, date(2026, 9, 8), 7),
        support=told["support"],
        what_happened=told["what_happened"],
        noticed_on=date(2026, 9, 14),
        proceeding=Filed("mediation", date(2026, 10, 1), "M-26-104"),
    )


def made_up(template: LetterTemplate, language: str) -> dict[str, Any]:
    """The variables of a case that nobody has, in which everything is known."""
    return made_up_case(template.parties[0], language).variables(template, made_up_facts(template, language), language)
