"""Numbers as people write them: figures, words and fractions."""

import re
from fractions import Fraction

ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBER_WORDS: dict[str, int] = {
    **{word: value for value, word in enumerate(ONES) if value},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    **{f"{ten}-{one}": 10 * tens + value for tens, ten in enumerate(_TENS, 2) for value, one in enumerate(ONES[:10]) if value},
    **{f"{ten} {one}": 10 * tens + value for tens, ten in enumerate(_TENS, 2) for value, one in enumerate(ONES[:10]) if value},
    "a": 1,
    "an": 1,
    "single": 1,
    "couple": 2,
    "dozen": 12,
    "hundred": 100,
    "one hundred": 100,
    "ninty": 90,
    "fourty": 40,
    "one hundred twenty": 120,
    "one hundred fifty": 150,
    "one hundred eighty": 180,
    "one hundred and twenty": 120,
    "one hundred and fifty": 150,
    "two hundred": 200,
    "three hundred": 300,
    "two hundred forty": 240,
}
FRACTIONS = {
    "½": Fraction(1, 2),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "1/2": Fraction(1, 2),
    "1/4": Fraction(1, 4),
    "3/4": Fraction(3, 4),
}
WORDS = "|".join(re.escape(each).replace(r"\ ", " ") for each in sorted(NUMBER_WORDS, key=lambda each: -len(each)))
DIGITS = r"\d{1,3}(?:,\d{3}){1,4}|\d{0,6}\.\d{1,2}|\d{1,12}"
NUMBER = rf"(?:{DIGITS}|\b(?:{WORDS})\b)"
# "A time" is no count.
COUNTED = NUMBER.replace("|an|", "|").replace("|a)", ")")


def number_of(said: str | None) -> Fraction | None:
    """The number that a figure or word says; None for anything else."""
    if not said:
        return None
    word = " ".join(said.casefold().split())
    if word in NUMBER_WORDS:
        return Fraction(NUMBER_WORDS[word])
    try:
        return Fraction(word.replace(",", ""))
    except ValueError:
        return None
