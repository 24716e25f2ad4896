"""A text without some of its spans."""


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with blanks in the place of the spans."""
    for start, end in spans:
        text = text[:start] + ";" + " " * (end - start - 1) + text[end:]
    return text
