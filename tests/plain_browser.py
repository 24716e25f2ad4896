"""A browser without scripts: it shows a page, fills in its forms by the words beside the fields, and sends them as HTML says.

It knows nothing of the pages; what a form does not hold, it does not send.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from tests.cast import an_address

ORIGIN = "https://practice.example"
EMPTY = ("input", "meta", "link", "img", "br", "path", "circle", "rect")


@dataclass(eq=False)
class Node:
    tag: str
    attributes: dict[str, str]
    above: "Node | None" = None
    inside: "list[Node | str]" = field(default_factory=list)

    def every(self, *tags: str) -> "Iterator[Node]":
        for each in self.inside:
            if isinstance(each, Node):
                if each.tag in tags:
                    yield each
                yield from each.every(*tags)

    @property
    def text(self) -> str:
        words = (each.text if isinstance(each, Node) else each for each in self.inside)
        return " ".join("".join(words).split())

    def around(self, tag: str) -> "Node | None":
        at = self.above
        while at is not None and at.tag != tag:
            at = at.above
        return at


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.at = Node("document", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.inside.append(node)
        if tag not in EMPTY:
            self.at = node

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            assert self.at.tag == tag, f"</{tag}> closes <{self.at.tag}>"
            assert self.at.above
            self.at = self.at.above

    def handle_data(self, data: str) -> None:
        self.at.inside.append(data)


class PlainBrowser:
    """Opens pages of the application, as somebody who has switched scripts off."""

    def __init__(self, app: Flask, *, languages: str = "") -> None:
        self._client = app.test_client()
        self.address = self._client.environ_base["REMOTE_ADDR"] = an_address()
        self._headers = {"Accept-Language": languages} if languages else {}
        self.page = Node("document", {})
        self.path, self.status = "", 0
        self.answer: TestResponse
        # So many mails go to one address in a day: hers alone.
        self.email = f"petra-{secrets.token_hex(4)}@example.org"

    def opens(self, path: str) -> "PlainBrowser":
        return self._goes("GET", path)

    @property
    def text(self) -> str:
        return next(self.page.every("body")).text

    @property
    def title(self) -> str:
        return next(self.page.every("title")).text

    @property
    def language(self) -> str:
        return next(self.page.every("html")).attributes["lang"]

    def link(self, words: str) -> str:
        found = [a for a in self.page.every("a") if words in a.text]
        assert found, f"no link says {words!r}"
        return found[0].attributes["href"]

    def follows(self, words: str) -> "PlainBrowser":
        return self.opens(self.link(words))

    def fills(self, label: str, words: str) -> None:
        """Types into the field with this label, or chooses what it offers under these words."""
        where = self._field(label)
        if where.tag == "textarea":
            where.inside[:] = [words]
        elif where.tag == "select":
            self._choose(where, words)
        else:
            where.attributes["value"] = words

    def ticks(self, label: str, *, under: str = "") -> None:
        """Ticks a box, or chooses one of several; `under` the name of their group."""
        found = [each for each in self.page.every("label") if each.text.startswith(label) and under in _group(each)]
        assert found, f"nothing to tick says {label!r}"
        chosen = next(found[0].every("input"))
        if chosen.attributes["type"] == "radio":
            for other in self.page.every("input"):
                if other.attributes.get("name") == chosen.attributes["name"]:
                    other.attributes.pop("checked", None)
        chosen.attributes["checked"] = ""

    def value(self, label: str) -> str:
        where = self._field(label)
        return where.text if where.tag == "textarea" else _value(where)

    def chosen(self) -> list[str]:
        """What is ticked, in the words beside it."""
        return [
            each.text for each in self.page.every("label") if any("checked" in box.attributes for box in each.every("input"))
        ]

    def wrong(self, label: str) -> str:
        """What is said to be wrong with a field, where a screen reader finds it too."""
        where = self._field(label)
        if where.attributes.get("aria-invalid") != "true":
            return ""
        described = where.attributes["aria-describedby"].split()
        return next(each.text for each in self.page.every("p") if each.attributes.get("id") == described[-1])

    def presses(self, words: str) -> "PlainBrowser":
        """Sends the form of this button, with what its fields hold, and goes where the answer leads."""
        button = next((each for each in self.page.every("button") if each.text == words), None)
        assert button, f"no button says {words!r}"
        form = button.around("form")
        assert form
        said = list(_fields(form))
        if "name" in button.attributes:
            said.append((button.attributes["name"], button.attributes.get("value", "")))
        action = urljoin(f"{ORIGIN}{self.path}", form.attributes["action"])
        if form.attributes.get("method") == "post":
            return self._goes("POST", action.removeprefix(ORIGIN), said)
        query = "&".join(f"{name}={value}" for name, value in said)
        return self.opens(f"{urlsplit(action).path}?{query}")

    def _goes(self, method: str, path: str, said: list[tuple[str, str]] | None = None) -> "PlainBrowser":
        fields: dict[str, list[str]] = {}
        for name, value in said or ():
            fields.setdefault(name, []).append(value)
        answer = self._client.open(
            path.partition("#")[0], method=method, data=fields or None, headers=self._headers, base_url=ORIGIN, buffered=True
        )
        if answer.status_code == 303:
            return self.opens(urljoin(path, answer.headers["Location"]))
        reader = _Reader()
        reader.feed(answer.get_data(as_text=True))
        assert reader.at is reader.root, f"<{reader.at.tag}> is not closed"
        self.path, self.status, self.page, self.answer = path, answer.status_code, reader.root, answer
        return self

    def _field(self, label: str) -> Node:
        for each in self.page.every("label"):
            if each.text.startswith(label) and "for" in each.attributes:
                return self._by_id(each.attributes["for"])
        raise AssertionError(f"no field is called {label!r}")

    def _by_id(self, name: str) -> Node:
        return next(each for each in self.page.every("input", "select", "textarea") if each.attributes.get("id") == name)

    @staticmethod
    def _choose(select: Node, words: str) -> None:
        options = list(select.every("option"))
        wanted = [option for option in options if option.text == words]
        assert wanted, f"{words!r} is not offered"
        for option in options:
            option.attributes.pop("selected", None)
        wanted[0].attributes["selected"] = ""


def _fields(form: Node) -> Iterator[tuple[str, str]]:
    """What a form sends (HTML standard, constructing the entry list)."""
    for each in form.every("input", "select", "textarea"):
        name = each.attributes.get("name")
        is_off = each.attributes.get("type") in ("checkbox", "radio") and "checked" not in each.attributes
        if name and not is_off:
            yield name, _value(each).replace("\n", "\r\n")


def _value(where: Node) -> str:
    if where.tag == "textarea":
        return "".join(each for each in where.inside if isinstance(each, str)).removeprefix("\n")
    if where.tag == "select":
        options = list(where.every("option"))
        found = next((option for option in options if "selected" in option.attributes), options[0])
        return found.attributes.get("value", found.text)
    return where.attributes.get("value", "")


def _group(node: Node) -> str:
    """The name of what a choice is one of."""
    around: Node | None = node
    while around is not None:
        if around.attributes.get("role") == "radiogroup":
            return around.attributes["aria-label"]
        if around.tag == "fieldset":
            return next(around.every("legend")).text
        around = around.above
    return ""
