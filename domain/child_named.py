"""Whether words that leave the house name the child: a subject is read by whoever passes by a screen.

A name is found however it is written: in any capitals, with or without its accents and apostrophes, in wide letters, with signs
in it that nobody sees, run together. Only where a part of it is a word of the language too ("Will", "Rose", "Paz") do capitals
tell: "will" passes, and "Will" and "WILL" do not.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

# Shorter parts of a name are words of every language: Al, Ed, de, Jo.
SHORTEST_PART = 3
# Of names that are written without spaces between words.
_SHORTEST_UNSPACED = 2
# In a full name that is looked for within longer words: "sashapetrov".
_SHORTEST_GLUED = 6
_LONGEST = 2000
_APOSTROPHES = "'’‘ʼʻ`´＇"
_NO_LETTERS = re.compile(rf"[^\w{_APOSTROPHES}]+|[\d_]+")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]+")
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR")
# What has an accent of its own kind, which no form of Unicode takes away.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t"}
)
PARTICLES = frozenset(
    ("del", "los", "las", "der", "den", "des", "dos", "das", "van", "von", "dei", "della", "bin", "ibn", "and")
)
GENERATIONS = frozenset(("iii", "jnr", "snr"))
# Words of English and Spanish that people write in a mail, and that are names too; without accents.
_ENGLISH = (
    "ace angel april art august autumn baker ball bank banks bay beach bean bear bell berry best bill bird black blue bond "
    "book booth bow branch brand bright brook brown bush butcher cannon car case cash chance change charity chase church "
    "clay coach coffee cook corner cross dale dance dancer dawn day days dean deep den drew driver duke earl early east "
    "english eve ever fair faith fall farmer fast field fields fish fisher flower flowers ford forest free french friend "
    "frost gardener gay german glass good grace grant gray great green grey guard guy hall hand hands hard head heart high "
    "hill hills holiday holy home hope house hunt hunter jay joy judge june just justice keen key keys king knight lake "
    "lamb land lane large law laws learn lemon less light little long love low lucky major march mark marks marsh mason may "
    "meadow mercy mild miles mill miller mint mode monday moon new noble north ocean old orange page pages park parks pat "
    "patience peace penny pepper place pleasant pole pool poor pope porter post power powers price pride prince prior "
    "promise proper purple quick rain ray reach read reader ready real red rice rich ring rise river road rob rock root "
    "rose royal rule rush saint salt sand school scout season see self shade share sharp shepherd short silver singer sky "
    "small smart snow song speaker spring springs stack star start steel stone storm story street strong sue summer sun "
    "sunday sweet swift teacher temple tiger timber tower true trust turner tutor vale victor wade walk walker wall walls "
    "ward warden warren water waters way weaver week weeks well wells west wheeler white wide wild will wills wing winner "
    "winter wise wit wolf wood woods worth young youth"
)
_SPANISH = (
    "abril agosto alba alegria alma amado amor amparo ancha angel angeles arroyo aurora bella bello blanca blanco bravo "
    "buena bueno cabello cabeza calle camino campo campos cano caro casa casas castillo cielo clara claro conde consuelo "
    "corazon cordero corona cortes cruces cruz delgado dolores domingo dulce encarnacion escalera esperanza estrella feliz "
    "flor flores fortuna franco fuente fuentes gallo gracia gracias grande guerra guerrero hidalgo hierro iglesia iglesias "
    "jardin joya julio junio justo lago largo leal leon libertad linda lindo lobo luna luz maestra maestro malo mar marina "
    "mayo mayor mejor mercado merced mesa milagro milagros molino monte montes moreno nieve nieves noble nube nuevo oro "
    "pacifico palma paloma pardo parra pastor paz pena perla pilar pino pinos plata plaza prado primavera primero primo "
    "prudencia puente puerta quinto ramos real rey reyes rica rico rio rios roble robles roca rojas rojo rosa rosas rubio "
    "sabio sala salas salud santa santo santos sereno serrano sierra sol soledad tierra toro torre torres trigo trinidad "
    "valiente valle vega vera verde victoria vida viento virtud viva zapatero"
)
ORDINARY = frozenset((*_ENGLISH.split(), *_SPANISH.split(), *PARTICLES))


class _Word(NamedTuple):
    """A word of a text, by its bare letters; whether it has no capitals."""

    letters: str
    is_lower: bool


def named(text: str, name: str, disabilities: Iterable[str] = ()) -> list[str]:
    """What in a text names a child: the full name, or a part of it of three letters or more; a disability of theirs. See above
    for how it may be written.
    """
    whole = [part for part in _split(name) if part]
    # "Anne-Marie" is "Annemarie" to many.
    joined = ["".join(_split(one)) for one in name.split() if len(_split(one)) > 1]
    parts = [part for part in (*whole, *joined) if _counts(part)]
    words = list(_words(text))
    plain = f" {' '.join(_bare(piece) for piece in _split(text))} "
    found = []
    if len(whole) > 1 and _has_name(plain, words, [_bare(part) for part in whole]):
        found.append(" ".join(name.split()))
    found += [part for part in dict.fromkeys(parts) if _has_part(plain, words, part)]
    return found + [one for one in disabilities if _has_phrase(plain, one)]


def named_in(person: str, name: str) -> list[str]:
    """What in how somebody else is called names a child: the full name, and the given name unless it stands first, where it is
    their own ("Sasha's aunt", "Aunt of Sasha"; "Sasha Miller" is anybody). A family shares its family name."""
    given, own, *others = name.split()[0], *person.split()
    found = named(" ".join(others), given) or (named(own, given) if _bare(own) != _bare(given) else [])
    return found or [one for one in named(person, name) if " " in one]


def _has_name(plain: str, words: Iterable[_Word], parts: list[str]) -> bool:
    """Whether the full name stands there: its parts in a row, the family name first too, or run together."""
    glued = "".join(parts)
    orders = (parts, [parts[-1], *parts[:-1]])
    if any(f" {' '.join(order)} " in plain or f" {' '.join(order)}s " in plain for order in orders):
        return True
    if _is_unspaced(glued):
        return glued in plain
    return len(glued) >= _SHORTEST_GLUED and any(glued in word.letters for word in words)


def _has_part(plain: str, words: Iterable[_Word], part: str) -> bool:
    bare = _bare(part)
    if _is_unspaced(bare):
        return bare in plain
    if bare in ORDINARY:
        return any(word.letters == bare and not word.is_lower for word in words)
    # "Sashas Reader": an apostrophe is soon forgotten.
    return any(word.letters in (bare, f"{bare}s") for word in words)


def _has_phrase(plain: str, phrase: str) -> bool:
    pieces = [_bare(piece) for piece in _split(phrase)]
    bare = " ".join(piece for piece in pieces if piece)
    if _is_unspaced(bare):
        return bare in plain
    return len(bare.replace(" ", "")) >= SHORTEST_PART and f" {bare} " in plain


def _counts(part: str) -> bool:
    bare = _bare(part)
    if bare in GENERATIONS or (bare in PARTICLES and part.islower()):
        return False
    return len(bare) >= (_SHORTEST_UNSPACED if _is_unspaced(bare) else SHORTEST_PART)


def _words(text: str) -> Iterator[_Word]:
    """Each word as it stands, its pieces between apostrophes, and those that begin with a capital: "SashaPetrov"."""
    for piece in _split(text):
        between = _APOSTROPHE.split(piece)
        capitals = [one for part in between for one in _camels(part)]
        for part in dict.fromkeys((piece, *between, *capitals)):
            if bare := _bare(part):
                yield _Word(bare, part == part.lower())


def _camels(word: str) -> Iterator[str]:
    begin = 0
    for at in range(1, len(word)):
        follows = word[at + 1 : at + 2]
        if word[at].isupper() and (word[at - 1].islower() or (word[at - 1].isupper() and follows.islower())):
            yield word[begin:at]
            begin = at
    yield word[begin:]


def _split(text: str) -> list[str]:
    """A text in words, in letters of usual width and without signs that nobody sees."""
    seen = "".join(sign for sign in text[:_LONGEST] if unicodedata.category(sign) != "Cf")
    # An accent that stands alone is an apostrophe to whoever typed it, and a space to Unicode.
    usual = unicodedata.normalize("NFKC", re.sub(f"[{_APOSTROPHES}]", "'", seen))
    return [piece.strip("'") for piece in _NO_LETTERS.split(usual) if piece.strip("'")]


def _bare(word: str) -> str:
    """Its letters alone, small and without accents."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(sign for sign in apart if sign.isalpha())
    return unicodedata.normalize("NFC", letters.translate(_PLAIN_LETTERS))


def _is_unspaced(bare: str) -> bool:
    """Whether it is of a script that leaves no space between words, or joins words to others."""
    return bool(bare) and unicodedata.name(bare[0], "").startswith(_UNSPACED)
