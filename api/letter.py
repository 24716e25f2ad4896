"""Letters: drafted from a template and the case, edited, final; handed over, or sent with `/communications/send`."""

import hashlib
import io
import logging
import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Response

from api.attachment import CONTENT_HEADERS
from api.case import taken_up
from api.communication import recorded
from api.document import show_document_content
from api.doors import StaffDoor
from api.letter_words import can_be_blank, filled_anew, known, people, written
from api.problems import Problem
from api.verbs import add, caller, files, find, now, practice, work
from domain import child_named
from domain.file_type import FileType
from domain.refusal import FieldError, Invalid
from mail.typeset import Sheet, boxes, typeset
from models.case import Case
from models.communication import Communication
from models.concern import Concern
from models.document import MEDIA_TYPES, Document
from models.document_reading import DocumentReading
from models.files import Received
from models.letter import LAST_LETTER, LETTERS, NUMBERS, Letter, NotOnPaper
from models.student import Student
from schemas.communication import RecordedSchema
from schemas.letter import ContentQuery, HandOverSchema, LetterChange, LetterQuery, LetterSchema, NewLetterSchema

log = logging.getLogger("followthrough.api")
# What a final letter is set as.
FORMS: Sequence[FileType] = ("pdf", "docx")
A_CLOCK_THAT_IS_FAST = timedelta(minutes=5)
letters = StaffDoor("letters", __name__, "/letters", description="Letters of a case: drafts, and what went out.")


@letters.route("")
@letters.listing(LETTERS, LetterSchema, LetterQuery)
def list_letters() -> None:
    """Letters

    Newest first, by case, concern, proceeding, template or state.
    """


@letters.route("", methods=["POST"])
@letters.arguments(NewLetterSchema)
@letters.response(201, LetterSchema)
def draft_letter(said: dict[str, Any]) -> Letter:
    """Draft a letter

    From a template (see `/letter-templates`) and the case: the IEP in force and the words of the support, what the concern's
    steps have recorded, the addressees with their roles, the date and by when an answer is asked for. What nobody knows stands
    in the text in square brackets, and in `blanks`.
    """
    return add(written(said))


@letters.route("/<uuid:letter_id>")
@letters.response(200, LetterSchema)
def show_letter(letter_id: UUID) -> Letter:
    """A letter

    As text. As it is set: `/letters/{letter_id}/content`.
    """
    return find(Letter, letter_id)


@letters.route("/<uuid:letter_id>", methods=["PATCH"], problems=["immutable"])
@letters.arguments(LetterChange)
@letters.response(200, LetterSchema)
def change_letter(said: dict[str, Any], letter_id: UUID) -> Letter:
    """Change a draft

    Its text is filled anew when its dates or addressees change, until somebody has written in it: then it stays as they wrote
    it. A subject names no child. 409 `immutable` once the letter is final: a correction is a new letter.
    """
    letter = find(Letter, letter_id)
    if "subject" in said:
        _must_name_no_child(letter, said["subject"])
    for name in ("addressees", "copies"):
        if name in said:
            said[name] = people(find(Case, letter.case_id), said[name], f"/{name}")
    letter.edit(can_be_blank(letter), **said)
    if not letter.is_edited:
        filled_anew(letter)
    return letter


@letters.route("/<uuid:letter_id>", methods=["DELETE"], problems=["immutable"])
@letters.response(204)
def delete_letter(letter_id: UUID) -> None:
    """Delete a draft

    A final letter stays.
    """
    letter = find(Letter, letter_id)
    letter.must_be_draft()
    work().delete(letter)


@letters.route("/<uuid:letter_id>/finalise", methods=["POST"], role="advocate", problems=["immutable"])
@letters.response(200, LetterSchema)
def finalise_letter(letter_id: UUID) -> Letter:
    """Finalise a draft

    It gets the practice's next number, is set as PDF and as a Word document, which are documents of the case from now on, and
    is never changed again. 422 names the blanks that are left, and the characters that cannot be shown on paper. Nothing is
    sent by this.
    """
    letter = find(Letter, letter_id)
    letter.must_be_draft()
    letter.must_be_complete()
    _must_be_on_paper(letter)
    work().rows(NUMBERS)
    number = letter.number = work().rows(LAST_LETTER)[0].number + 1
    sheet = _sheet(letter, is_draft=False)
    made = {form: typeset(sheet, form) for form in FORMS}
    pdf, word = (_document(letter, form, made[form]) for form in FORMS)
    add(pdf, word, *(DocumentReading.of_our_own(one.id, now=now()) for one in (pdf, word)))
    letter.finalise(number=number, pdf=pdf, word=word, by=caller().staff_id, now=now())
    return letter


@letters.route("/<uuid:letter_id>/content")
@letters.arguments(ContentQuery, location="query")
@letters.example("%PDF-1.7 ...", *(MEDIA_TYPES[form] for form in FORMS))
@letters.response(200)
def show_letter_content(asked: dict[str, Any], letter_id: UUID) -> Response:
    """A letter as it is set

    As PDF or Word document. A final one as it was set then, byte for byte; a draft as it would be, with DRAFT across it and
    the line that it is no legal advice.
    """
    letter = find(Letter, letter_id)
    form = asked["format"]
    if letter.state == "final":
        document_id = letter.document_id if form == "pdf" else letter.docx_document_id
        assert document_id is not None, "a final letter has both"
        content: Response = show_document_content(document_id=document_id)
        return content
    answer = Response(typeset(_sheet(letter, is_draft=True), form), mimetype=MEDIA_TYPES[form], headers=CONTENT_HEADERS)
    name = quote(f"{letter.title()}.{form}", safe="")
    answer.headers["Content-Disposition"] = f"attachment; filename=letter.{form}; filename*=UTF-8''{name}"
    return answer


@letters.route("/<uuid:letter_id>/hand-over", methods=["POST"])
@letters.arguments(HandOverSchema)
@letters.response(201, RecordedSchema)
def hand_over_letter(said: dict[str, Any], letter_id: UUID) -> dict[str, Any]:
    """Record that a letter was handed over

    By post, in person or as was said: an outbound communication with the PDF, and the follow-ups of its template if an answer
    is awaited. 409 for a draft. To send it by mail from here: `POST /communications/send` with `letter_id`.
    """
    # Not `find`: a final letter is given to nobody to lock.
    letter = work().find(Letter, letter_id)
    letter.must_be_final()
    case = find(Case, letter.case_id, lock=True)
    concern = find(Concern, letter.concern_id) if letter.concern_id else None
    if "occurred_at" in said and said["occurred_at"] > now() + A_CLOCK_THAT_IS_FAST:
        detail = "This lies in the future: it is recorded once it was handed over."
        raise Invalid(detail, [FieldError(pointer="/occurred_at", detail=detail)])
    note = said.pop("note", None)
    summary = f"{letter.title()}: {letter.subject}"
    handed_over = {
        "occurred_at": now(),
        "awaiting_reply": letter.awaits_reply,
        **said,
        "direction": "outbound",
        "party": letter.party,
        "subject": letter.subject,
        "summary": f"{summary}\n\n{note}" if note else summary,
        "team_member_ids": [UUID(one["team_member_id"]) for one in letter.addressees if one.get("team_member_id")],
        "document_ids": [letter.document_id],
    }
    communication, rows = recorded(case, concern, handed_over)
    communication.letter_id = letter.id
    chased = work().all(Communication.open_follow_ups(communication.thread_id)) if communication.in_reply_to else []
    planned = communication.follow_ups(
        case=taken_up(case), practice=practice(), now=now(), asked_already=chased, ladder=letter.ladder
    )
    add(communication, rows, planned)
    return {**vars(communication), "reminders": planned}


def _sheet(letter: Letter, *, is_draft: bool) -> Sheet:
    firm = practice()
    head = [firm.name, ", ".join((firm.address or "").splitlines()), firm.phone, firm.website]
    return Sheet(
        title=letter.title(),
        language=letter.language,
        head=[line for line in head if line],
        dated_on=letter.dated_on,
        addressees=[
            [line for line in (one["name"], known(one).role_in(letter.language), *one.get("lines", ())) if line]
            for one in letter.addressees
        ],
        subject=letter.subject,
        body=letter.body,
        is_draft=is_draft,
    )


def _must_be_on_paper(letter: Letter) -> None:
    """Raises `NotOnPaper` where the PDF could not show what the letter says: it may be somebody's name."""
    sheet = _sheet(letter, is_draft=False)
    lacking = boxes(sheet)
    if lacking:
        said = {
            "/subject": sheet.subject,
            "/body": sheet.body,
            "/addressees": " ".join(line for lines in sheet.addressees for line in lines),
            "/practice": " ".join(sheet.head),
        }
        errors = []
        for place, text in said.items():
            composed = unicodedata.normalize("NFC", text)
            found = ", ".join(f"{one} (U+{ord(one[0]):04X})" for one in lacking[:50] if one in composed)
            if found:
                errors.append(FieldError(pointer=place, detail=f"No font has {found}."))
        raise NotOnPaper("Not all of this letter can be shown on paper: write it in other letters.", errors)


def _document(letter: Letter, form: FileType, content: bytes) -> Document:
    """The document of a letter, its file first (decision 29)."""
    made = Received(f"{letter.title()}.{form}", len(content), hashlib.sha256(content).digest(), io.BytesIO(content))
    document = Document.of(
        made, file_type=form, case_id=letter.case_id, kind="letter", by=caller().staff_id, name=None, note=None, is_kept=True
    )
    try:
        files().write(str(document.id), [content])
    except OSError as failed:
        log.error("letter not kept", {"practice": str(work().practice_id), "error": type(failed).__name__})
        raise Problem("unavailable", "The place for files cannot be used at this moment. Nothing was done.") from None
    return document


def _must_name_no_child(letter: Letter, subject: str) -> None:
    student = find(Student, find(Case, letter.case_id).student_id)
    if child_named.named(subject, student.name, student.disabilities):
        detail = "A subject names neither the child nor a disability."
        raise Invalid(detail, [FieldError(pointer="/subject", detail=detail)])
