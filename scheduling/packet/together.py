"""The packet put together: the pages of each exhibit behind its cover sheet, each with its stamp, and all of it one PDF whose
structure, bookmarks and links are those of the paper."""

import os
import sys
from contextlib import ExitStack
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, String

from scheduling.child_process import Limits
from scheduling.packet.answer import Made, answer
from scheduling.packet.exhibit import STRIP

LIMITS = Limits(whole_seconds=300, processor_seconds=280, memory_bytes=3 << 29, is_alone=True, files=512)
STAMP = {
    "en": "Exhibit {number} \u00b7 page {page} of {pages} \u00b7 packet page {packet_page}",
    "es": "Anexo {number} \u00b7 p\u00e1gina {page} de {pages} \u00b7 p\u00e1gina {packet_page} del expediente",
}
_SHOWN = {"en": "Exhibit {number}, page {page} of {pages}", "es": "Anexo {number}, p\u00e1gina {page} de {pages}"}
_PAGES_OF_PAPER = "{http://ns.adobe.com/xap/1.0/t/pg/}NPages"
# Points; and one of the faces that every reader of PDF has.
_SIZE, _FROM_LEFT = 8, 36
_FACE = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)

# What the exhibits hold is read while the packet is written, at the end of this process.
_open = ExitStack()


def together(said: dict[str, Any]) -> tuple[dict[str, Any], Made]:
    """Of the paper under the number `front`, and of `exhibits`, in their order, each `{number, sheet, file}`: `{pages}`, and
    the packet."""
    made = pikepdf.open(os.fdopen(said["front"], "rb"))
    tags, face = _Tags(made), made.make_indirect(_FACE)
    inserted = 0
    for one in said["exhibits"]:
        if one.get("file") is None:
            continue
        source = _open.enter_context(pikepdf.open(_open.enter_context(os.fdopen(one["file"], "rb"))))
        pages, first = len(source.pages), one["sheet"] + 1 + inserted
        for place, page in enumerate(source.pages):
            made.pages.insert(first + place, page)
            facts = {"number": one["number"], "page": place + 1, "pages": pages, "packet_page": first + place + 1}
            _stamp(made, made.pages[first + place], face, STAMP[said["language"]].format(**facts))
            tags.add(made.pages[first + place], one["number"], _SHOWN[said["language"]].format(**facts))
        inserted += pages
    made.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    _say_nothing_of_tools(made)
    return {"pages": len(made.pages)}, made


def _stamp(made: pikepdf.Pdf, page: pikepdf.Page, face: pikepdf.Object, text: str) -> None:
    """The stamp, in the strip below the evidence and never on it."""
    across, above = float(page.mediabox[2]), STRIP - 5
    page.obj.Resources.Font = Dictionary(Stamp=face)
    drawn = b"/Artifact BMC q 0.6 G 0.5 w %d %d m %f %d l S 0.2 g BT /Stamp %d Tf %d 8 Td <%s> Tj ET Q EMC" % (
        *(_FROM_LEFT, above, across - _FROM_LEFT, above),
        *(_SIZE, _FROM_LEFT, text.encode("cp1252").hex().encode()),
    )
    evidence = page.obj.Contents.read_bytes()
    page.obj.Contents = made.make_stream(b"/Figure <</MCID 0>> BDC\n%s\nEMC\n%s" % (evidence, drawn))


class _Tags:
    """The structure of the paper, to which each page of an exhibit is added as a figure that says which it is."""

    def __init__(self, made: pikepdf.Pdf) -> None:
        self._made = made
        self._tree = made.Root.get(Name.StructTreeRoot)
        if self._tree is None:
            return
        if Name.ParentTree not in self._tree:
            self._tree.ParentTree = NumberTree.new(made).obj
        self._parents = NumberTree(self._tree.ParentTree)
        self._next = int(self._tree.get(Name.ParentTreeNextKey, max((int(key) for key in self._parents), default=-1) + 1))
        kids = self._tree.K
        self._top = self._tree if isinstance(kids, Array) and len(kids) != 1 else (kids[0] if isinstance(kids, Array) else kids)
        self._sections: dict[int, pikepdf.Object] = {}

    def add(self, page: pikepdf.Page, number: int, alternative: str) -> None:
        if self._tree is None:
            return
        if number not in self._sections:
            self._sections[number] = self._element(self._top, S=Name.Sect)
        box = Dictionary(O=Name.Layout, BBox=Array([0, STRIP, *page.mediabox[2:]]), Placement=Name.Block)
        figure = self._element(self._sections[number], S=Name.Figure, Alt=String(alternative), A=box, Pg=page.obj)
        figure.K = 0
        page.obj.StructParents = self._next
        self._parents[self._next] = self._made.make_indirect(Array([figure]))
        self._next += 1
        self._tree.ParentTreeNextKey = self._next

    def _element(self, parent: pikepdf.Object, **said: Any) -> pikepdf.Object:
        made = self._made.make_indirect(Dictionary(Type=Name.StructElem, P=parent, K=Array([]), **said))
        if not isinstance(parent.get(Name.K), Array):
            parent.K = Array([parent.K] if Name.K in parent else [])
        parent.K.append(made)
        return made


def _say_nothing_of_tools(made: pikepdf.Pdf) -> None:
    """Title and language stay; by which programs it was made is nobody's business. It claims no standard for the pages of
    others."""
    for name in (Name.Producer, Name.Creator):
        if name in made.docinfo:
            del made.docinfo[name]
    with made.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for known in (
            _PAGES_OF_PAPER,
            "pdf:Producer",
            "xmp:CreatorTool",
            "pdfuaid:part",
            "pdfuaid:rev",
            "pdfaid:part",
            "pdfaid:conformance",
        ):
            if known in metadata:
                del metadata[known]


if __name__ == "__main__":
    sys.exit(answer(LIMITS, together))
