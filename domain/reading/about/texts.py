"""The texts of a document: every line and cell, the running text, and labels beside their values."""

from collections.abc import Iterator, Sequence

from domain.reading.block import Line, Pages
from domain.reading.passages import passages, unfilled


def texts(pages: Pages) -> Iterator[str]:
    """Every line and cell."""
    for block in pages.blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells if cell.text.strip() and not cell.is_from_above)


def running_text(pages: Pages) -> str:
    """The running text, to tell its language."""
    out: list[str] = []
    length = 0
    for text in texts(pages):
        out.append(text)
        length += len(text)
        if length > 20_000:
            break
    return "\n".join(out)


def contexts(pages: Pages) -> Iterator[str]:
    """Texts in which a label stands beside its value: lines, and cells with the cell to the left or above."""
    above: dict[int, str] = {}
    table = -1
    lines: list[Line] = []
    for block in [*pages.blocks, None]:
        if isinstance(block, Line):
            lines.append(block)
            continue
        if lines:
            yield from _in_lines(lines)
            lines = []
        if block is None:
            break
        if block.table != table:
            above, table = {}, block.table
        left = ""
        for cell in block.cells:
            text = unfilled(cell.text).replace("\n", "  ").strip()
            if not text:
                continue
            yield text
            if left and len(left) < 80:
                yield f"{left.rstrip(' :')}: {text}"
            if (head := above.get(cell.column)) and len(head) < 80 and not left.rstrip().endswith(":"):
                yield f"{head.rstrip(' :')}: {text}"
            left = text
            above[cell.column] = text
    for index, text in enumerate(pages.margins):
        if index < 8:
            yield text


def _in_lines(lines: Sequence[Line]) -> Iterator[str]:
    found = [passage.text for passage in passages(lines)]
    for text, following in zip(found, [*found[1:], ""], strict=True):
        yield f"{text} {following}" if text.endswith((":", "?")) and len(text) < 100 else text
