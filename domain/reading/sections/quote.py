"""The words of a passage as they stand in the document."""

from domain.reading.passages import Passage


def as_written(passage: Passage) -> str:
    return " ".join(" ".join(raw for _, _, raw in passage.pieces).split()).removeprefix("• ")


def quoted_at(passage: Passage, start: int, words: str) -> str:
    """The words as they stand there."""
    if words not in passage.text:
        return as_written(passage) if len(passage.text) < 2 * len(words) + 80 else words
    end = min(len(passage.text), start + len(words) + 1)
    said = passage.text[start:end].strip()
    if len(said) >= 0.9 * len(passage.text):
        return as_written(passage)
    return said or words
