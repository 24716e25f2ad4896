"""XML without a document type: no entities, so none that multiply, and nothing from outside."""

from dataclasses import dataclass, field
from xml.parsers import expat

from domain.reading.unreadable import Unreadable

MOST_DEPTH, MOST_ELEMENTS = 400, 3_000_000


@dataclass(slots=True)
class Element:
    """An element: its name without a namespace's address ("w:p" however the file calls it), its attributes and children."""

    name: str
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    def child(self, name: str) -> "Element | None":
        """Its first child of this name."""
        for one in self.children:
            if one.name == name:
                return one
        return None

    def at(self, *path: str) -> "Element | None":
        """What the path of names leads to."""
        found: Element | None = self
        for name in path:
            if found is None:
                return None
            found = found.child(name)
        return found

    def value(self, *path: str) -> str | None:
        """`w:val` of what the path leads to."""
        found = self.at(*path)
        return None if found is None else found.attributes.get("w:val", "")


_PREFIX = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps:",
    "urn:schemas-microsoft-com:vml": "v:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
}


def _short(name: str) -> str:
    address, parted, local = name.rpartition(" ")
    return _PREFIX.get(address, "other:") + local if parted else local


def parsed(content: bytes) -> Element:
    """The root element. Raises `Unreadable` where it is no XML, has a document type, or goes too deep."""
    root = Element("", {})
    path = [root]
    kept = {"w:t", "w:delText", "w:instrText", "m:t"}
    count = 0
    names: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if len(path) > MOST_DEPTH or count > MOST_ELEMENTS:
            raise Unreadable("This document nests too deep, or holds too much.")
        short = names.get(name) or names.setdefault(name, _short(name))
        one = Element(short, {names.get(key) or names.setdefault(key, _short(key)): said for key, said in attributes.items()})
        path[-1].children.append(one)
        path.append(one)

    def end(name: str) -> None:
        path.pop()

    def text(said: str) -> None:
        if path[-1].name in kept:
            path[-1].text += said

    def refused(*_: object) -> None:
        raise Unreadable("This document declares entities, which no word processor writes.")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refused
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as why:
        raise Unreadable("This document is damaged: its text cannot be read.") from why
    return root.children[0]
