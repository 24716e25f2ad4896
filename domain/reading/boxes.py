"""Check boxes: the many ways in which a document draws one, and the two in which it is read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from domain.reading.block import CHECKED, UNCHECKED, Block, Line

# What a symbol font draws at the place of a letter. Where a font is used by its codes, no letter stands in the text.
_TICKS, _CROSSES = "✓", "✗"
SYMBOL_FONTS: dict[str, dict[int, str]] = {
    "wingdings": {
        0x6C: "●", 0x6D: UNCHECKED, 0x6E: "■", 0x6F: UNCHECKED, 0x70: UNCHECKED, 0x71: UNCHECKED, 0x72: UNCHECKED, 0x74: "◆",
        0x75: "◆", 0x76: "❖", 0x77: "◆", 0x78: CHECKED, 0x9F: "•", 0xA1: "○", 0xA4: CHECKED, 0xA6: UNCHECKED, 0xA7: "▪",
        0xA8: UNCHECKED, 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: _CROSSES, 0xFC: _TICKS, 0xFD: CHECKED,
        0xFE: CHECKED,
    },
    "wingdings2": {
        0x4F: _CROSSES, 0x50: _TICKS, 0x51: CHECKED, 0x52: CHECKED, 0x53: CHECKED, 0x54: CHECKED, 0x81: "○", 0x96: "●",
        0x97: "●", 0x98: "●", 0x99: "○", 0x9A: "○", 0x9D: "◉", 0xA1: "■", 0xA2: "■", 0xA3: UNCHECKED, 0xA4: UNCHECKED,
    },
    "wingdings3": {0x7D: "➢", 0x84: "➢"},
    "webdings": {0x3D: "•", 0x61: _TICKS, 0x63: UNCHECKED, 0x67: "■", 0x6E: "●", 0x72: _CROSSES, 0x80: "➢"},
    "zapfdingbats": {
        0x33: _TICKS, 0x34: _TICKS, 0x35: _CROSSES, 0x36: _CROSSES, 0x37: _CROSSES, 0x38: _CROSSES, 0x6C: "●", 0x6D: "○",
        0x6E: "■", 0x6F: UNCHECKED, 0x70: UNCHECKED, 0x71: UNCHECKED, 0x72: UNCHECKED, 0x73: "▲", 0x75: "◆", 0x76: "❖",
        0xD4: "➔", 0xD8: "➢",
    },
    "symbol": {0xB7: "•", 0xD6: "√", 0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xAE: "→", 0xBE: "—"},
}  # fmt: skip
_PRIVATE = 0xF000


def symbol(font: str, code: int) -> str | None:
    """What the `font` draws for the `code`; "" for a sign that says nothing here, None where it is no font of symbols."""
    name = re.sub(r"[^a-z0-9]", "", font.rpartition("+")[2].lower())
    for prefix in ("wingdings3", "wingdings2", "wingdings", "webdings", "zapfdingbats", "dingbats", "symbol"):
        if name.startswith(prefix):
            drawn = SYMBOL_FONTS["zapfdingbats" if prefix == "dingbats" else prefix]
            low = code - _PRIVATE if _PRIVATE <= code < _PRIVATE + 256 else code
            if prefix == "symbol" and low == code and low not in drawn:
                return None
            return drawn.get(low, "" if low < 256 else None)
    return None


# A code of a font of symbols whose name is lost: most are Wingdings, and of the rest most are bullets.
_LOST = {**SYMBOL_FONTS["symbol"], **SYMBOL_FONTS["wingdings2"], **SYMBOL_FONTS["wingdings"]}


def of_lost_font(code: int) -> str | None:
    """What a code of the private range most likely draws; None for a letter of its own right."""
    return _LOST.get(code - _PRIVATE, "") if _PRIVATE + 0x20 <= code < _PRIVATE + 256 else None


def _private(match: re.Match[str]) -> str:
    return of_lost_font(ord(match[0])) or ""


_PRIVATE_SIGN = re.compile("[\uf020-\uf0ff]")
# Signs that are a mark wherever they stand, and those that are an empty box.
MARKS = "☑☒✓✔✅✗✘✕✖❌❎☓⊠⌧⮽⮾🗹🗵🗷🗸🗴🗶🗙◉⦿⊗⊙🔘🞕"
EMPTY = "☐□◻▢❏❐❑❒⬜🔲🗆◯⬚▫"
_X = r"[xX×✓✔✗✘√☒☑]"
_BRACKETED = re.compile(
    rf"(?<![\w)\]])(?:\[ ?{_X}{{1,2}} ?\]|\( ?{_X} ?\)|\{{ ?{_X} ?\}}|< ?[xX✓✔√] ?>)(?![(\[])"
    rf"|(?<=[a-z:?.] )(?:\[ ?{_X} ?\])"
)
_BRACKETED_EMPTY = re.compile(r"(?<![\w)\]])(?:\[(?: {0,4}|_{1,4})\]|\((?: {1,4}|_{1,4})\)|(?<!\S)\(\)(?=\s|$)|\{ {1,3}\})")
# "_X_", "X__", "__X Yes"; but "__ x per week" is a number that nobody filled in.
_UNDERLINED = re.compile(
    rf"(?<!\w)(?:_{{1,12}}{_X}_{{1,12}}|_{{1,12}} {_X} _{{1,12}}|_{{1,12}}[X✓✔✗✘√☒☑](?!/)|[X✓✔✗✘√☒☑]_{{1,12}})(?!\w)"
)
_BLANK = re.compile(r"(?<!\w)_{1,6}(?!\w)")
_SPACED_MARK = re.compile(rf"(?<=\S)(?=[{CHECKED}{UNCHECKED}])|(?<=[{CHECKED}{UNCHECKED}])(?=[^\s{CHECKED}{UNCHECKED}])")
_ROOT = re.compile(r"√(?=\s*[A-Za-z]|\s*$)")
_FILLED = {"■": CHECKED, "⬛": CHECKED, "●": CHECKED, "⚫": CHECKED, "○": UNCHECKED, "⚪": UNCHECKED, "❍": UNCHECKED}
_CIRCLES = re.compile("[●⚫○⚪❍]")
_SQUARES = re.compile("[■⬛]")
_SIGNS = re.compile(f"[{MARKS}{EMPTY}■⬛●⚫○⚪❍√\\[({{<_\uf020-\uf0ff]")


@dataclass(frozen=True)
class Style:
    """What this document marks with: `blanks` when it writes `_X_`, `squares` when it draws empty ones beside full ones."""

    blanks: bool = False
    squares: bool = False


def style(texts: Iterable[str]) -> Style:
    """How the document marks: a blank or a full square is a box only where its counterpart is seen too."""
    blanks = squares = False
    for text in texts:
        blanks = blanks or ("_" in text and _UNDERLINED.search(text) is not None)
        squares = squares or any(sign in text for sign in "☐□❏❐❑❒")
    return Style(blanks, squares)


def with_boxes(text: str, marks: Style) -> str:
    """The text with each of its boxes as `CHECKED` or `UNCHECKED`, parted from its label by a space."""
    if not _SIGNS.search(text):
        return text
    text = _PRIVATE_SIGN.sub(_private, text)
    text = _BRACKETED.sub(CHECKED, text)
    text = _BRACKETED_EMPTY.sub(UNCHECKED, text)
    if "_" in text:
        text = _without_underlines(text, marks)
    text = _ROOT.sub(CHECKED, text)
    if len(_CIRCLES.findall(text)) > 1:
        text = _CIRCLES.sub(lambda match: _FILLED[match[0]], text)
    if marks.squares:
        text = _SQUARES.sub(CHECKED, text)
    text = text.translate(_SIGN_OF)
    return _SPACED_MARK.sub(" ", text)


_SIGN_OF = {ord(sign): CHECKED for sign in MARKS} | {ord(sign): UNCHECKED for sign in EMPTY}


def _without_underlines(text: str, marks: Style) -> str:
    marked = _UNDERLINED.sub(CHECKED, text)
    if not marks.blanks:
        return marked
    has_mark = marked != text

    def is_box(match: re.Match[str]) -> str:
        before, after = marked[: match.start()], marked[match.end() :]
        begins = not before.strip() or before.endswith("  ") or before.rstrip().endswith((CHECKED, UNCHECKED))
        return UNCHECKED if has_mark or (begins and after[:2].strip() != "") else match[0]

    return _BLANK.sub(is_box, marked)


# Dots that lead from a label to its value.
_LEADER = re.compile(r"(?<=[\w)?]) {0,3}(?:\.{4,}|(?:\. ){2,}\.?)(?: ?:)? *|(?<=\w) {1,12}(?:\. ?)?: (?=\S)")
_SHORT_LEADER = re.compile(_LEADER.pattern + r"|(?<=[\w)?]) \.{2,}(?= |$) *")


def without_leaders(text: str, short: bool = False) -> str:
    """The text with a colon in place of dots that lead on: "Goal ..... Ana will read"; `short` also for two or three.

    Dots that part more than two columns are a colon behind the first, which names what the others say.
    """
    if ".." not in text and ". ." not in text and " : " not in text:
        return text
    leader = _SHORT_LEADER if short else _LEADER
    parts = leader.split(text)
    # A label between the dots: "Name ..... Ana    Grade ..... 4".
    is_of_labels = ": " in text or any(_WIDE_GAP.search(part.strip()) for part in parts[1:-1])
    is_of_labels = is_of_labels or any(":" in found[0] for found in leader.finditer(text))
    if len(parts) < 3 or is_of_labels or any(not part.strip() for part in parts[:-1]):
        return leader.sub(": ", text).rstrip()
    return f"{parts[0]}: {'; '.join(part.strip() for part in parts[1:] if part.strip())}"


_WIDE_GAP = re.compile(r" {2,}")


def leaders_in(text: str) -> int:
    """How many such there are."""
    return len(_LEADER.findall(text))


def in_columns_of_leaders(text: str) -> str:
    """The line of a list whose columns dots part, where blanks do so behind the dots: "Counseling ..... 2x/mo   office"."""
    found = list(_LEADER.finditer(text))
    if not found or any(":" in one[0] for one in found):
        return text
    end = found[-1].end()
    return text[:end] + re.sub(r"(?<=[^\s.]) {2,}(?=[^\s.])", " ....... ", text[end:])


# The line of a form under what is filled in: "_30_ minutes", "Barnaby Hexley______".
_FILLED_IN = re.compile(r"(?<!\S)_{1,60}(?=[^\W_])|(?<=[^\s_])_{1,200}(?=\s|$)")


def without_lines(text: str) -> str:
    """The text without the line of the form under what is filled in; an empty line stays."""
    return _FILLED_IN.sub("", text) if "_" in text else text


def in_blocks(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with all boxes in one way."""
    marks = style(
        text for block in blocks for text in ([block.text] if isinstance(block, Line) else (cell.text for cell in block.cells))
    )
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Line):
            text = without_lines(with_boxes(block.text, marks))
            made.append(block if text == block.text else replace(block, text=text, raw=block.raw or block.text))
        else:
            cells = [replace(cell, text=without_lines(with_boxes(cell.text, marks))) for cell in block.cells]
            made.append(replace(block, cells=cells))
    return made
