"""A part of what was promised as a whole: the directions of a test, the headings of a book."""

from typing import TYPE_CHECKING

from domain.changes.words import WORD, listed, stem

if TYPE_CHECKING:
    from domain.changes.terms import Terms

# What a test, a book or a lesson consists of.
_PARTS_OF_WORK = frozenset(
    map(
        stem,
        listed(
            "directions instructions question item section portion part title heading caption passage vocabulary prompt "
            "introduction summary page beginning"
        ),
    )
)


_WHOLES = frozenset(
    map(
        stem,
        listed(
            "test quiz exam assessment assignment homework classwork worksheet book textbook text reading lesson lecture "
            "chapter project task work material handout note essay article novel packet form exercise activity"
        ),
    )
)


def parts_of(whole: "Terms", of: "Terms") -> frozenset[str]:
    """The words that make a part of what the other promises as a whole: "test directions" beside "tests"."""
    mine = {stem(word) for word in WORD.findall(whole.plain)}
    words = [stem(word) for word in WORD.findall(of.plain)]
    found: set[str] = set()
    for place, word in enumerate(words):
        if word not in _PARTS_OF_WORK or word in mine or _PARTS_OF_WORK & mine:
            continue
        near = words[place - 1 : place] if place else []
        following = words[place + 1 : place + 5]
        if following and following[0] in _OF_WHOLE:
            near = near + [each for each in following[1:] if each in _WHOLES][:1]
        if any(each in _WHOLES and each in mine for each in near):
            found.add(word)
    return frozenset(found)


_OF_WHOLE = frozenset(("of", "on", "for", "in"))
