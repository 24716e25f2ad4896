"""Where a text gives an address: of a house in the United States, of a mailbox, of mail, or a number of a phone; in English and
Spanish.

Every pattern has bounds, so that the time is linear in the text.
"""

import re
from collections.abc import Iterator

_S = r"[ \t\u00a0]{1,4}(?:\r?\n[ \t]{0,40})?|[ \t]{0,4}\r?\n[ \t\u00a0]{0,40}"
_S = rf"(?:{_S})"
_GAP = rf"(?:,?{_S}|,)"
# Words of streets that are hardly anything else, and those that are words of the language too: these with a capital.
_STREETS = "street|avenue|boulevard|blvd|ave|rd|ln|pkwy|parkway|hwy|highway|road"
_STREET_WORDS = (
    "St|Av|Road|Drive|Dr|Lane|Court|Ct|Place|Pl|Circle|Cir|Terrace|Ter|Terr|Way|Square|Sq|Trail|Trl|Loop|Alley|Plaza|Plz|Row|Run|"
    "Path|Pike|Crossing|Xing|Heights|Hts|Expressway|Turnpike|Point|Pt|Cove|Cv|Bend|Ridge|Hill|Glen|Grove|Park|Walk|Broadway|"
    "Crescent|Cres|Close|Mews"
)
# What a street is called with nothing but an article: "7 The Crescent".
_THE_STREETS = (
    "Crescent|Close|Square|Mews|Green|Grove|Glen|Terrace|Avenue|Street|Lane|Drive|Circle|Loop|Cove|Ridge|Heights|Parade"
)
_FOREIGN_STREETS = "calle|avenida|camino|paseo|carr(?:etera)?|v[ií]a|callej[oó]n|calzada|rue|rua|viale|strada"
_PARTICLES = "de|del|la|los|las|el|du|des|le|les|da|do|della"
_POINT = r"(?:N\.?[EW]?\.?|S\.?[EW]?\.?|[EW]\.?|North|South|East|West|Northeast|Northwest|Southeast|Southwest)"
_NUMBER = r"(?<![\w.$/-])\d{1,6}(?:[-–]\d{1,5})?[A-Za-z]?(?:[ ]1/2)?"
_NUMBER_IN_WORDS = (
    r"(?<![\w-])(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty)"
)
_NAME = r"[A-Z0-9ÁÉÍÓÚÑ][\w.'’-]{0,30}"
_UNIT_WORDS = (
    "apartment|apartamento|apto|apt|unit|unidad|suite|ste|building|bldg|floor|lot|trailer|spc|departamento|depto|dpto|edificio|"
    "edif|piso|interior|int|room|rm"
)
_UNIT = rf"(?:(?i:(?:{_UNIT_WORDS})\b\.?{_S}?#?[ ]?|#[ ]?)(?:[A-Za-z]?\d{{1,5}}[A-Za-z]?|[A-Za-z])\b)"
_STATES = (
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC "
    "SD TN TX UT VT VA WA WV WI WY DC PR GU VI AS MP"
)
_STATE_NAMES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|"
    "Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|"
    "New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|"
    "South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming|"
    "District of Columbia|Puerto Rico|Nuevo México|Nueva York"
)
_STATE = rf"(?:(?:{'|'.join(_STATES.split())})\b\.?|(?i:{_STATE_NAMES})\b)"
_ZIP = r"\d{5}(?:[-–]\d{4})?(?![\w-])"
_CITY = r"[A-ZÁÉÍÓÚÑ][\w.'’-]{1,30}(?:[ ][A-ZÁÉÍÓÚÑa-z][\w.'’-]{1,30}){0,3}"
_TOWN = rf"(?:{_CITY}{_GAP}{_STATE}(?:{_GAP}{_ZIP})?|{_CITY}{_GAP}{_ZIP}|{_STATE}{_GAP}{_ZIP})"
_AFTER = rf"(?:{_GAP}{_UNIT}){{0,3}}(?:{_GAP}{_TOWN})?"
_BEFORE_STREET = rf"(?:{_NAME}{_S}){{0,4}}"

_NAMED_STREET = (
    rf"(?:{_NAME}{_S}){{1,4}}(?:{_STREET_WORDS}|(?i:{_STREETS}))\b"
    rf"|[Tt]he{_S}(?:{_THE_STREETS})\b"
    rf"|(?i:{_FOREIGN_STREETS}){_S}(?:(?:(?:{_PARTICLES}){_S}|[dl]['’])){{0,2}}{_NAME}(?:{_S}{_NAME}){{0,2}}"
)

_HOUSE = re.compile(
    rf"{_NUMBER}{_S}(?:{_POINT}{_S})?(?:"
    rf"(?i:(?:county|state|ranch) (?:road|rd|route)|cr|highway|hwy|route|rte|farm to market|fm|us){_S}\d{{1,5}}\b"
    rf"|{_NAMED_STREET}"
    rf"|(?:[\w'’.-]{{1,30}}{_S}){{1,3}}(?i:{_STREETS})\b"
    rf"|Broadway\b"
    rf")\.?(?:{_S}{_POINT}(?!\w))?{_AFTER}"
)
# "One" counts much else: only what has the capitals of a street.
_HOUSE_IN_WORDS = re.compile(rf"{_NUMBER_IN_WORDS}{_S}(?:{_POINT}{_S})?(?:{_NAMED_STREET})\.?(?:{_S}{_POINT}(?!\w))?{_AFTER}")
# "14 NW 5th": a street that is a number has its word left out.
_HOUSE_OF_NUMBERS = re.compile(rf"{_NUMBER}{_S}{_POINT}{_S}\d{{1,3}}(?i:st|nd|rd|th)\b{_AFTER}")
_HOUSE_SPANISH = re.compile(
    r"(?<!\w)(?i:(?:calle|avenida|avda|av\.|camino|paseo|carretera|callej[oó]n|bulevar|blvr|calzada|urb(?:anizaci[oó]n)?)\.?"
    rf"{_S}|c/{_S}?)(?:(?:de|del|la|los|las|el){_S}){{0,2}}(?:[\wÁÉÍÓÚÑñ][\w.'’-]{{0,30}}{_GAP}){{1,5}}?"
    rf"(?:(?i:n[uú]mero|n[uú]m\.?|no\.?|n[º°]\.?|km\.?){_S}?)?#?[ ]?\d{{1,5}}(?:\.\d)?[A-Za-z]?\b{_AFTER}"
)
_BOX = re.compile(
    r"(?<!\w)(?i:p\.?[ ]?o\.?[ ]?box|post[ ]office[ ]box|pmb|(?:apartado|apdo\.?)(?:[ ]postal)?|(?:rr|hc)[ ]?\d{1,3},?[ ]box)"
    rf"{_S}?#?[ ]?[A-Z]?\d[\w-]{{0,9}}{_AFTER}"
)
_ALONE = re.compile(
    r"(?<!\w)(?i:apartment|apartamento|apto\.?|apt\.?|depto\.?|dpto\.?|suite|ste\.)"
    rf"{_S}?#?[ ]?(?:[A-Za-z]?\d{{1,5}}[A-Za-z]?|[A-Z])(?!\w)"
)
_TOWN_WITH_ZIP = re.compile(rf"(?<!\w)(?:{_CITY}{_GAP})?{_STATE}{_GAP}{_ZIP}|(?<![\w-])\d{{5}}[-–]\d{{4}}(?![\w-])")
_NEWLINE = r"(?:[ \t]*\r?\n[ \t]*)?"
_AT = r"(?:@|[ ]?[(\[](?:at|arroba)[)\]][ ]?)"
_DOT = r"(?:\.|[ ]?[(\[](?:dot|punto)[)\]][ ]?)"
_MAIL = re.compile(
    r"(?<![\w.+%-])[\w+%](?:[\w.+%'-]|(?<=[._-])\r?\n(?=\w)){0,80}"
    rf"{_NEWLINE}{_AT}{_NEWLINE}[\w-]{{1,63}}(?:{_NEWLINE}{_DOT}{_NEWLINE}[\w-]{{1,63}}){{1,6}}"
)
# Written so that no machine finds it: with spaces, or "at" and "dot". What it ends with tells it from prose.
_ENDINGS = "com|org|net|edu|gov|us|info|io|co|mx|es"
_LABEL = r"[\w-]{1,63}"
_AT_APART = r"[ ]{0,2}(?:@|[(\[{<][ ]?(?i:at|arroba)[ ]?[)\]}>])[ ]{0,2}"
_DOT_APART = r"[ ]{0,2}(?:\.|[(\[{<][ ]?(?i:dot|punto)[ ]?[)\]}>]|(?<=[ ])(?i:dot|punto)(?=[ ]))[ ]{0,2}"
_MAIL_APART = re.compile(
    rf"(?<![\w.+%-])[\w+%][\w.+%'-]{{0,80}}(?:"
    rf"{_AT_APART}{_LABEL}(?:{_DOT_APART}{_LABEL}){{0,4}}?{_DOT_APART}(?i:{_ENDINGS})\b"
    rf"|[ ](?i:at|arroba)[ ]{_LABEL}(?:[ ](?i:dot|punto)[ ]{_LABEL}){{0,4}}?[ ](?i:dot|punto)[ ](?i:{_ENDINGS})\b)"
)
_DASH = r"[-‐‑‒–—.\s\u00a0/]"
_EXTENSION = r"(?:,?\s{0,2}(?i:x|ext\.?|extension|extensi[oó]n)\s{0,2}\d{1,6})?"
_PHONE = re.compile(
    rf"(?<![\w.$+-])(?:\+?1{_DASH}{{0,2}})?(?:\(\s?\d{{3}}\s?\){_DASH}{{0,3}}|\d{{3}}{_DASH}{{1,2}})"
    rf"\d{{3}}{_DASH}{{1,2}}\d{{4}}(?![\w-]){_EXTENSION}"
    rf"|(?<![\w.$+-])(?:\+?1)?[2-9]\d{{2}}[2-9]\d{{6}}(?![\w-]){_EXTENSION}"
    rf"|(?<![\w.$+-])[2-9]\d{{2}}[-‐‑‒–]\d{{4}}(?![\w-]){_EXTENSION}"
    r"|(?<![\w])\+\d{1,3}(?:[-‐‑. ()]{0,2}\d){6,14}(?!\w)"
)
_SENTENCE_ENDS = re.compile(r"\w{5}\.$")
_KINDS = (
    *(_MAIL, _MAIL_APART, _HOUSE, _HOUSE_IN_WORDS, _HOUSE_OF_NUMBERS, _HOUSE_SPANISH),
    *(_BOX, _TOWN_WITH_ZIP, _PHONE, _ALONE),
)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Places in the text, of each kind in order."""
    for kind in _KINDS:
        for found in kind.finditer(text):
            # A sentence's end is no part of it; the point of "St." is.
            yield found.start(), found.end() - bool(_SENTENCE_ENDS.search(found.group()))
