"""Templates of letters: our words, and the practice's own in their place."""

from typing import Any

from flask import request

from api.doors import StaffDoor
from api.letter_words import in_use, words_of, written
from api.problems import Problem
from api.verbs import add, as_it_was_read, change, find, work
from domain.letter_case import names
from domain.letters import LANGUAGES, NOTICE, TEMPLATES
from domain.letters import LetterTemplate as Template
from mail.paper import Wording, checked, standard
from models.letter import OWN_WORDINGS, Letter, LetterTemplate
from models.transaction import NotFound
from schemas.letter_template import (
    LetterPreviewSchema,
    LetterTemplateListSchema,
    LetterTemplateSchema,
    PreviewedLetterSchema,
    WordingOfLetterChange,
    WordingOfLetterSchema,
)

letter_templates = StaffDoor(
    "letter-templates", __name__, "/letter-templates", description="Templates of letters, and the practice's own wording."
)
# The post only asks; the words themselves are a setting, which people change.
letter_templates.keeps_answers = False
letter_templates.only_asks = True


@letter_templates.route("")
@letter_templates.response(200, LetterTemplateListSchema)
def list_letter_templates() -> dict[str, Any]:
    """Templates of letters

    All of them, in all languages: to whom each goes, what it asks for, what its words may name, the words in use and ours.
    """
    own = {(row.template, row.language): row for row in work().rows(OWN_WORDINGS)}
    return {
        "items": [_shown(one, language, own.get((one.name, language))) for one in TEMPLATES.values() for language in LANGUAGES]
    }


@letter_templates.route("/<string:template>/<string:language>")
@letter_templates.response(200, LetterTemplateSchema)
def show_letter_template(template: str, language: str) -> dict[str, Any]:
    """A template in a language

    The words in use, and ours.
    """
    return _shown(_named(template, language), language, _own(template, language))


@letter_templates.route("/<string:template>/<string:language>", methods=["PUT"], role="owner")
@letter_templates.arguments(WordingOfLetterSchema)
@letter_templates.response(200, LetterTemplateSchema)
def set_letter_template(said: dict[str, Any], template: str, language: str) -> dict[str, Any]:
    """Set the practice's own words

    Liquid, in a sandbox: `if`, `unless`, `case`, `for`, `assign` and `capture`; the filters `or_blank: "label"` (what stands in
    brackets while it is not known), `sentence`, `bare`, `default`, `join`, `size`, `first`, `last`, `append`, `prepend`,
    `upcase`, `downcase`, `capitalize` and `strip`; the names in `variables`. They are tried on a made-up case first: 422 says
    in which line a name is not known. Letters that are drafted from then on have these words.
    """
    return _kept(_named(template, language), language, Wording(**said))


@letter_templates.route("/<string:template>/<string:language>", methods=["PATCH"], role="owner")
@letter_templates.arguments(WordingOfLetterChange)
@letter_templates.response(200, LetterTemplateSchema)
def change_letter_template(said: dict[str, Any], template: str, language: str) -> dict[str, Any]:
    """Change the subject or the body alone

    Of the words in use: what is not said stays as it is.
    """
    found, used = _named(template, language), in_use(template, language)
    return _kept(found, language, Wording(said.get("subject", used.subject), said.get("body", used.body)))


@letter_templates.route("/<string:template>/<string:language>", methods=["DELETE"], role="owner")
@letter_templates.response(204)
def delete_letter_template(template: str, language: str) -> None:
    """Give up the practice's own words

    Ours are in use again. Letters that were drafted stay as they are.
    """
    _named(template, language)
    own = _own(template, language)
    if own is None:
        raise NotFound("The practice has no words of its own here.")
    work().delete(_held(own))


@letter_templates.route("/preview", methods=["POST"])
@letter_templates.arguments(LetterPreviewSchema)
@letter_templates.response(200, PreviewedLetterSchema)
def preview_letter(said: dict[str, Any]) -> dict[str, Any]:
    """Try words out

    On a made-up case in which all is known, or on a case of the practice's. Nothing is kept.
    """
    found, language = TEMPLATES[said["template"]], said["language"]
    used = in_use(found.name, language)
    wording = Wording(said.get("subject", used.subject), said.get("body", used.body))
    text = checked(found, language, wording)
    if said.get("case_id"):
        text = words_of(_imagined(found, said), wording)
    return {"subject": text.subject, "body": text.body, "blanks": list(text.blanks), "notice": NOTICE[language]}


def _imagined(found: Template, said: dict[str, Any]) -> Letter:
    """A letter of a real case that is never kept."""
    return written({"party": found.parties[0], **{name: value for name, value in said.items() if name in _OF_A_LETTER}})


_OF_A_LETTER = ("template", "language", "case_id", "concern_id", "facts")


def _named(template: str, language: str) -> Template:
    if template not in TEMPLATES or language not in LANGUAGES:
        raise NotFound("There is no such template.")
    return TEMPLATES[template]


def _own(template: str, language: str) -> Any:
    """The practice's row, if it has one."""
    return next((row for row in work().rows(OWN_WORDINGS) if (row.template, row.language) == (template, language)), None)


def _held(own: Any) -> LetterTemplate:
    """The row, locked, and held against If-Match."""
    return as_it_was_read(find(LetterTemplate, own.id, lock=True))


def _kept(found: Template, language: str, wording: Wording) -> dict[str, Any]:
    checked(found, language, wording)
    own = _own(found.name, language)
    if own is None:
        if request.if_match and not request.if_match.contains("v0"):
            raise Problem("stale", "It was changed since you read it.")
        row = LetterTemplate(template=found.name, language=language, subject=wording.subject, body=wording.body)
        return _shown(found, language, add(row))
    row = change(_held(own), {"subject": wording.subject, "body": wording.body})
    work().flush()
    return _shown(found, language, row)


def _shown(found: Template, language: str, own: Any) -> dict[str, Any]:
    ours = standard(found.name, language)
    return {
        "id": own.id if own else None,
        "created_at": own.created_at if own else None,
        "updated_at": own.updated_at if own else None,
        "version": own.version if own else 0,
        "template": found.name,
        "language": language,
        "title": found.titled(language),
        "parties": list(found.parties),
        "law": found.law,
        "ladder": found.ladder,
        "reply_within": found.reply_within,
        "fields": found.fields,
        "variables": _tree(names(found)),
        "is_own": own is not None,
        "subject": own.subject if own else ours.subject,
        "body": own.body if own else ours.body,
        "standard_subject": ours.subject,
        "standard_body": ours.body,
    }


def _tree(names: Any) -> Any:
    """The names by which a letter's facts are called, without any facts: a list of what an entry has, or nothing."""
    if isinstance(names, dict):
        return {name: _tree(inner) for name, inner in names.items()}
    if isinstance(names, list):
        return [_tree(names[0])]
    return None
