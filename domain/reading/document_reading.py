"""The whole of a reading: what the document is, whether it can be read, what it promises, and what staff must know."""

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.language import NAMES, language_of
from domain.reading.about.child import Child
from domain.reading.about.child_named import child_in
from domain.reading.about.in_effect import in_effect
from domain.reading.about.kind import AMENDMENT, IEP, OTHER, is_draft, kind_of_document
from domain.reading.about.texts import running_text
from domain.reading.block import Pages
from domain.reading.form.no_promise import is_no_promise
from domain.reading.form.topic import GOAL
from domain.reading.promise.draft import Draft
from domain.reading.promise.provisions import provisions
from domain.reading.result import Reading, ReadProvision, Refusal, Warning
from domain.reading.sections.blocks import drafts_in

# Less than that is no document, whatever stands in it.
LEAST_LETTERS = 12


def read_document(pages: Pages, kind: str) -> Reading:
    """Read a document; a refused one tells no more than its kind, its language and why."""
    text = running_text(pages)
    if sum(char.isalpha() for char in text) < LEAST_LETTERS:
        detail = "No text could be read: the pages are images." if pages.without_text else "No text could be read."
        return Reading(OTHER, refusal=Refusal("no-text", detail))
    language = language_of(text) or "en"
    if language != "en":
        name = NAMES.get(language, language)
        detail = f"The document seems to be in {name}; only English is read."
        return Reading(OTHER, language, refusal=Refusal("language", detail))
    what = kind_of_document(pages)
    if what.name not in (IEP, AMENDMENT):
        seems = f"This seems to be {what.seems}." if what.seems else "This is no IEP: it has none of an IEP's sections."
        return Reading(what.name, language, refusal=Refusal("not-an-iep", seems))
    child = child_in(pages)
    starts, ends = in_effect(pages, what.name)
    drafts = drafts_in(pages.blocks, child, is_amendment=what.name == AMENDMENT, wraps=kind != "docx")
    found = _provisions(drafts, child)
    return Reading(
        what.name, language, child.initials, starts, ends, tuple(found), tuple(_warnings(pages, what.name, len(found)))
    )


def _provisions(drafts: Sequence[Draft], child: Child) -> list[ReadProvision]:
    """What the drafts promise, each once, and without what the form itself says; no quote but a goal's names the child."""
    found: dict[object, ReadProvision] = {}
    for draft in drafts:
        for each in provisions(draft, child):
            if not each.minutes and not each.starts_on and is_no_promise(each.kind, each.text):
                continue
            if each.kind != GOAL:
                each = replace(each, source=replace(each.source, quote=child.initialled(each.source.quote)))
            said = (each.kind, each.text.lower(), each.setting, each.provider_role)
            found.setdefault((*said, each.minutes, each.times, each.per, each.starts_on, each.ends_on), each)
    return list(found.values())


def _warnings(pages: Pages, kind: str, count: int) -> list[Warning]:
    given: list[Warning] = []
    if pages.without_text:
        numbers = tuple(pages.without_text)
        given.append(
            Warning(
                "pages-without-text", f"No text could be read on page{'s' * (len(numbers) > 1)} {_listed(numbers)}.", numbers
            )
        )
    if is_draft(pages):
        given.append(Warning("draft", "The document says that it is a draft."))
    if kind == AMENDMENT:
        given.append(
            Warning("amendment", "Only the new wording of the amendment was read; the rest of the IEP stands elsewhere.")
        )
    if not count:
        given.append(Warning("no-provisions", "No provisions were found; the form may not have been filled in."))
    return given


def _listed(numbers: tuple[int, ...]) -> str:
    return re.sub(r", (\d+)$", r" and \1", ", ".join(map(str, numbers)))
