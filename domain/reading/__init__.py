"""Reading an IEP document: what the school promises in it, as proposals for staff to correct and accept.

The path of a document, from its layout to provisions:

- `page`: what one page draws, as lines and tables in reading order; `text`: the same of a plain text; `pages`: all pages of a
  document as one. They end in `block.Pages`, which DOCX gives by itself.
- `form`: what the words of forms mean, of headings, of labels, and what people put in. All that follows asks it.
- `about`: what the document is, whose, from when to when. What is no IEP is refused here.
- `passages`: lines put together again to what was written as one.
- `sections`: block by block, what is promised below each heading; `tables`: row by row. They end in `promise.draft.Draft`.
- `promise`: the draft's words taken apart, to its kind, amount, dates, place and role: a `ReadProvision`.

`document_reading.read_document` goes it from end to end.
"""

from domain.reading.block import Pages
from domain.reading.result import Quote, Reading, ReadProvision, Refusal, Warning

__all__ = ["Quote", "ReadProvision", "Reading", "Refusal", "Warning", "read"]


def read(pages: Pages, kind: str) -> Reading:
    """Read a document that was taken apart; `kind` is what it was: pdf, docx or txt."""
    # All the words of forms are loaded where a document is read: by the child process, and not by the worker that starts it.
    from domain.reading.document_reading import read_document

    return read_document(pages, kind)
