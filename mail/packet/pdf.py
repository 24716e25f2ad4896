"""A packet's PDF by Typst: what is in it, and where in it each thing stands."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
import pikepdf
import typst

from mail.packet.paper import PAPERS
from mail.typeset import fonts, lacking_in


def compiled(said: Any, timestamp: int, standards: Sequence[Any]) -> tuple[bytes | None, Any]:
    """The PDF, if it meets these standards, and what is said in it: characters that no font has are named by their number, so
    that nothing is lost and nothing is a box."""
    for _ in range(2):
        try:
            made = _compiler(said).compile(format="pdf", timestamp=timestamp, pdf_standards=list(standards))
            assert isinstance(made, bytes), "one document"
            return made, said
        except typst.TypstError as refused:
            lacking = lacking_in(refused)
            if not standards:
                raise
            if not lacking:
                break
            said = _without(said, lacking)
    return None, said


def _compiler(said: Mapping[str, Any]) -> typst.Compiler:
    source = (PAPERS / "packet.typ").read_bytes()
    # It may read nothing but the folder of the papers, in which there is nothing to read.
    return typst.Compiler(source, root=str(PAPERS), font_paths=fonts(), sys_inputs={"packet": orjson.dumps(said).decode()})


def _without(said: Any, lacking: Iterable[str]) -> Any:
    """The same, where each of these characters (composed ones as one) is named by its number."""
    names = {one: "".join(f"[U+{ord(part):04X}]" for part in one) for one in sorted(lacking, key=len, reverse=True)}
    if not names:
        return said
    pattern = re.compile("|".join(map(re.escape, names)))

    def named(value: Any) -> Any:
        if isinstance(value, str):
            return pattern.sub(lambda found: names[found[0]], value)
        if isinstance(value, Mapping):
            return {name: named(one) for name, one in value.items()}
        return [named(one) for one in value] if isinstance(value, list) else value

    return named(said)


def places(pdf: bytes) -> tuple[int, dict[str, int]]:
    """How many pages there are, and on which (from 0) each name stands that a link can lead to."""
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        index: dict[Any, int] = {page.objgen: number for number, page in enumerate(paper.pages)}
        names = pikepdf.NameTree(paper.Root.Names.Dests) if "/Names" in paper.Root else {}
        return len(index), {str(name): index[place[0].objgen] for name, place in names.items()}
