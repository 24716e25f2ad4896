"""Reading an IEP document: what the school promises in it, as proposals for staff to correct and accept."""

from domain.reading.block import Pages
from domain.reading.result import Quote, Reading, ReadProvision, Refusal, Warning

__all__ = ["Quote", "ReadProvision", "Reading", "Refusal", "Warning", "read"]


def read(pages: Pages, kind: str) -> Reading:
    """Read a document that was taken apart; `kind` is what it was: pdf, docx or txt."""
    from domain.reading.document_reading import read_document

    return read_document(pages, kind)
