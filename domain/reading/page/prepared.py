"""A page before its words are put in order: boxes are words, ruled lines grids, and what is struck out is gone."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from domain.reading.page.drawn_boxes import with_marks
from domain.reading.page.grids import Grid, grids_of
from domain.reading.page.lines import printed_lines
from domain.reading.page.signs import Glyph, Rule, Sheet
from domain.reading.page.words import Word, turned_texts, typed_words, words_of


@dataclass
class Prepared:
    """A page before its words are put in order: what is drawn as a box is a word, what is ruled a grid."""

    sheet: Sheet
    words: list[Word]
    rules: list[Rule]
    turned: list[Word]
    grids: list[Grid]


def prepared(sheet: Sheet) -> Prepared:
    """The page's words and ruled tables. A grid of one cell is a frame around text, and none."""
    printed = words_of(_without_struck(sheet.glyphs, [rule for rule in sheet.rules if rule.right - rule.left > 3]))
    words, rules = with_marks(sheet, [*printed, *typed_words(sheet.fields, printed)])
    words, dashes = _without_dashes(words)
    rules = [*rules, *dashes]
    grids = [grid for grid in grids_of(rules) if len(grid.cells) > 1 and not _is_of_fields(grid, sheet)]
    return Prepared(sheet, words, rules, turned_texts(sheet.glyphs), grids)


def _without_struck(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> list[Glyph]:
    """The signs without those that a line is drawn through: they are what no longer holds."""
    across = sorted((rule.top, rule.left, rule.right) for rule in rules if rule.bottom - rule.top < 1)
    heights = [top for top, _, _ in across]
    kept: list[Glyph] = []
    for one in glyphs:
        begin, end = bisect_left(heights, one.baseline - 0.42 * one.size), bisect_right(heights, one.baseline - 0.16 * one.size)
        middle = (one.left + one.right) / 2
        if begin == end or one.turn or not any(left <= middle <= right for _, left, right in across[begin:end]):
            kept.append(one)
    return kept


def _without_dashes(words: Sequence[Word]) -> tuple[list[Word], list[Rule]]:
    """The words, and as rules the lines that are drawn with dashes."""
    kept: list[Word] = []
    rules: list[Rule] = []
    for line in printed_lines(words):
        here = [word for phrase in line.phrases for word in phrase.words]
        if all(set(word.text) <= set("-=–—_") for word in here) and sum(len(word.text) for word in here) > 8:
            rules += [Rule(word.left, word.down, word.right, word.down) for word in here if word.text[0] != "_"]
        else:
            kept += here
    return kept, rules


def _is_of_fields(grid: Grid, sheet: Sheet) -> bool:
    """Whether the lines are the frames of the form's own fields, one below another."""
    fields = [one for one in sheet.fields if one.is_marked is None and grid.left - 3 < one.left and one.right < grid.right + 3]
    inside = sum(grid.top - 3 < one.top and one.bottom < grid.bottom + 3 for one in fields)
    return max(cell.columns for cell in grid.cells) == len(grid.edges) - 1 == 1 and inside > 0
